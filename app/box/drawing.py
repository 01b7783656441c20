"""A picture as SVG: with classes, to be painted by a style sheet, or with the colours in it."""

from __future__ import annotations

import math
from html import escape
from typing import Protocol

from app.box.card import Node, Tie
from app.box.palette import Palette
from app.box.picture import GAP, LINE_HEIGHT, Picture, Placed
from app.box.shapes import below, outline
from app.box.text import plain


class Paint(Protocol):
    """Gives the parts of a picture the attributes by which they get their colour."""

    def tie(self, tie: Tie, /) -> str:
        """Of a tie's line."""

    def shape(self, node: Node, /) -> str:
        """Of a node's shape."""

    def label(self, node: Node, /) -> str:
        """Of a node's label."""


class Colours:
    """Colours as attributes, for pictures that stand alone."""

    def __init__(self, palette: Palette) -> None:
        self._palette = palette

    def tie(self, tie: Tie) -> str:
        """Pale where it leads out of the article."""
        return f' stroke="{self._palette.tie}" stroke-opacity="{1 if tie.inside else 0.55}"'

    def shape(self, node: Node) -> str:
        """Solid inside, pale with a rim outside."""
        full = self._palette.types[node.type]
        return f' fill="{full if node.inside else self._palette.pale[node.type]}" stroke="{full}"'

    def label(self, node: Node) -> str:
        """With a rim of the background, which keeps lines off the letters."""
        fill = self._palette.text if node.inside else self._palette.soft
        return f' fill="{fill}" stroke="{self._palette.background}" stroke-width="3" stroke-linejoin="round"'


def tie_line(picture: Picture, tie: Tie, paint: Paint) -> str:
    """The line of a tie, thicker where more articles name both."""
    a, b = picture.node(tie.source), picture.node(tie.target)
    thick = min(3.0, 0.9 + 0.4 * math.log2(tie.articles)) if tie.inside else 1.0
    ends = f'x1="{_n(a.x)}" y1="{_n(a.y)}" x2="{_n(b.x)}" y2="{_n(b.y)}"'
    return f'<line {ends} stroke-width="{_n(thick)}"{paint.tie(tie)}/>'


def node_parts(placed: Placed, paint: Paint) -> str:
    """The shape and the label of a node, around its middle."""
    shape = f'<path d="{outline(placed.node.type, placed.radius)}"{paint.shape(placed.node)}/>'
    if not placed.label:
        return shape
    first = placed.radius * below(placed.node.type) + GAP + 0.8 * placed.size
    step = placed.size * LINE_HEIGHT
    if len(placed.label) == 1:
        return f'{shape}<text y="{_n(first)}"{paint.label(placed.node)}>{escape(placed.label[0])}</text>'
    spans = "".join(
        f'<tspan x="0" y="{_n(first + number * step)}">{escape(line)}</tspan>'
        for number, line in enumerate(placed.label)
    )
    return f"{shape}<text{paint.label(placed.node)}>{spans}</text>"


def title(text: str) -> str:
    """A title element, which programs read out and browsers show on hovering."""
    return f"<title>{escape(plain(text))}</title>"


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
