"""The box as a picture alone, SVG or PNG, for pages, mails and feeds that run no script."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Literal

import resvg_py

from app.box.card import Card
from app.box.document import NAME, type_name
from app.box.drawing import Colours, node_parts, tie_line, title
from app.box.fonts import FAMILY, family, font_files, lacks
from app.box.palette import NONE_CHOSEN, Chosen, Palette, palette
from app.box.picture import Picture, picture_of
from app.box.text import lines, plain

PADDING = 16
TITLE, LINE, SMALL = 17.0, 13.5, 12.0
# Screens have two pixels and more where a page counts one.
PIXELS = 2


@dataclass(frozen=True, slots=True)
class ImageLook:
    """How a picture looks: the theme, what the host chooses, and the width in pixels."""

    theme: Literal["light", "dark"] = "light"
    chosen: Chosen = NONE_CHOSEN
    width: int = 640


def svg(card: Card, look: ImageLook) -> str:
    """The card as an SVG document, with its colours in it and no link."""
    colours = palette(look.theme, look.chosen)
    inner = look.width - 2 * PADDING
    heading = _heading(card, inner)
    top = PADDING + heading.height
    picture = picture_of(card, inner) if card.state == "ok" else None
    bottom = top + (picture.height + 14 if picture else 0)
    height = bottom + SMALL + PADDING + 2
    parts = [
        f'<rect x=".5" y=".5" width="{look.width - 1}" height="{height - 1:g}" rx="10" '
        f'fill="{colours.background}" stroke="{colours.line}"/>',
        heading.svg(colours),
        _drawn(picture, top, colours) if picture else "",
        f'<text x="{PADDING}" y="{bottom + SMALL:g}" font-size="{SMALL:g}" fill="{colours.soft}">{NAME}</text>',
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{look.width}" height="{height:g}" '
        f'viewBox="0 0 {look.width} {height:g}" role="img" font-family="{FAMILY}, system-ui, sans-serif">'
        f"{title(_title(card))}<desc>{escape(_described(card))}</desc>{''.join(parts)}</svg>\n"
    )


def png(card: Card, look: ImageLook) -> bytes:
    """The same as a PNG of twice as many pixels, set in fonts of ours."""
    drawing = svg(card, look)
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=drawing, zoom=PIXELS, skip_system_fonts=not lacks(drawing), font_files=list(font_files())
        )
    )


@dataclass(frozen=True, slots=True)
class _Heading:
    """The lines above a picture: the title, and what it shows."""

    title: tuple[str, ...]
    line: tuple[str, ...]

    @property
    def height(self) -> float:
        return len(self.title) * TITLE * 1.25 + len(self.line) * LINE * 1.35 + 10

    def svg(self, colours: Palette) -> str:
        rows = [*((text, TITLE, 1.25, 700) for text in self.title), *((text, LINE, 1.35, 400) for text in self.line)]
        said, y = "", float(PADDING)
        for text, size, step, weight in rows:
            fill = colours.text if weight == 700 else colours.soft
            said += (
                f'<text x="{PADDING}" y="{y + size:g}" font-size="{size:g}" font-weight="{weight}" fill="{fill}"'
                f"{_font(text)}>{escape(text)}</text>"
            )
            y += size * step
        return said


def _heading(card: Card, room: float) -> _Heading:
    return _Heading(
        title=lines(_title(card), TITLE, bold=True, room=room, most=2),
        line=lines(card.line, LINE, bold=False, room=room, most=4),
    )


def _title(card: Card) -> str:
    return (plain(card.article.title) if card.article else "") or NAME


def _drawn(picture: Picture, top: float, colours: Palette) -> str:
    paint = Colours(colours)
    ties = "".join(tie_line(picture, tie, paint) for tie in picture.ties)
    nodes = "".join(
        f'<g transform="translate({placed.x:g} {placed.y:g})" font-size="{placed.size:g}" '
        f'font-weight="{600 if placed.node.inside else 400}"{_font(placed.node.name)}>'
        f"{title(placed.node.name)}{node_parts(placed, paint)}</g>"
        for placed in reversed(picture.nodes)
    )
    return f'<g transform="translate({PADDING} {top:g})" text-anchor="middle" paint-order="stroke">{ties}{nodes}</g>'


def _font(text: str) -> str:
    """The font of a text in another script than ours."""
    wanted = family(text)
    return "" if wanted == FAMILY else f' font-family="{wanted}, {FAMILY}, system-ui, sans-serif"'


def _described(card: Card) -> str:
    """The picture in words."""
    named = ", ".join(f"{plain(node.name)} ({type_name(node.type)})" for node in card.nodes if node.inside)
    others = ", ".join(plain(node.name) for node in card.nodes if not node.inside)
    elsewhere = f" Elsewhere in the news they are most strongly tied to {others}." if others else ""
    return card.line.rstrip(".") + (f": {named}." if named else ".") + elsewhere
