"""The box as a web page: the pictures for all widths, and the same as a list, which needs neither script nor sight.

A style sheet shows the one picture that fits. All of it is here before any script runs.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from itertools import islice

from app.box.card import Card, Node, Tie
from app.box.drawing import node_parts, tie_line, title
from app.box.links import Links
from app.box.palette import NONE_CHOSEN, Chosen, Theme, palette
from app.box.picture import Picture, Placed, picture_of
from app.box.text import plain
from graph.model import EntityType

NAME = "Entity Intersection Graph"
# Widths that pictures are drawn for; box.css says which one is shown where.
WIDTHS = (280, 380, 500, 660)
PARTNERS = 4

TYPE_NAMES = {"organization": "organisation", "armed_group": "armed group"}

_NEW_PAGE = 'target="_blank" rel="noopener"'


@dataclass(frozen=True, slots=True)
class Look:
    """How the box looks where the host says so."""

    theme: Theme = "light"
    chosen: Chosen = NONE_CHOSEN

    def style(self) -> str:
        """The colours as a style sheet. Paper is light, so printing is too."""
        light, dark = (palette(theme, self.chosen).variables() for theme in ("light", "dark"))
        if self.theme == "light":
            return f":root{{{light}}}"
        if self.theme == "dark":
            return f":root{{{dark}}}@media print{{:root{{{light}}}}}"
        return f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"


def style_source(style: str) -> str:
    """The style sheet as the source of a Content-Security-Policy, which lets through that one alone."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"


def document(card: Card, look: Look, *, files: str, links: Links) -> str:
    """The page; `files` is the way to box.css and box.js."""
    heading = card.article.title if card.article else ""
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{escape(" · ".join(filter(None, [plain(heading), NAME])))}</title>
<style>{look.style()}</style>
<link rel="stylesheet" href="{escape(files)}box.css">
<script src="{escape(files)}box.js" defer></script>
</head>
<body>
<main class="box" data-state="{card.state}">
<h1>{NAME}</h1>
<p class="line">{escape(card.line)}</p>
{_source(card)}{_content(card, links)}<p class="more">{_explore(card, links)}</p>
</main>
</body>
</html>
"""


def _source(card: Card) -> str:
    """Which article it is, for those who see the box apart from it."""
    if card.article is None:
        return ""
    named = f"<bdi>{escape(plain(card.article.title)) or 'Untitled'}</bdi>"
    url = card.article.url or ""
    if url.startswith(("https://", "http://")):
        named = f'<a href="{escape(url)}" {_NEW_PAGE}>{named}</a>'
    about = [escape(plain(part)) for part in (card.article.publisher, card.article.published_at) if part]
    return f'<p class="source">{", ".join([named, *about])}</p>\n'


def _content(card: Card, links: Links) -> str:
    if card.state != "ok":
        return ""
    pictures = "\n".join(_picture(card, picture_of(card, wide), links) for wide in WIDTHS)
    return f"""<div class="pictures">
{pictures}
</div>
<details open><summary>As a list</summary>
{_list(card, links)}</details>
"""


def _explore(card: Card, links: Links) -> str:
    if card.article is None:
        return f'<a href="{escape(links.root)}" {_NEW_PAGE}>Explore the graph</a>'
    return f'<a href="{escape(links.article(card.article.id))}" {_NEW_PAGE}>Explore the full graph</a>'


# --- the picture ----------------------------------------------------------------------------------------------------


class _Classes:
    """Classes, for pictures that a style sheet paints; and which nodes a line ties, by number, for the script."""

    def __init__(self, picture: Picture) -> None:
        self._number = {placed.node.id: place for place, placed in enumerate(picture.nodes)}

    def tie(self, tie: Tie) -> str:
        """The class of those that lead out of the article, and the two numbers."""
        ends = f' data-ends="{self._number[tie.source]} {self._number[tie.target]}"'
        return ends if tie.inside else f'{ends} class="out"'

    def shape(self, _node: Node) -> str:
        """Nothing: the link around it has the classes."""
        return ""

    def label(self, _node: Node) -> str:
        """Nothing, as above."""
        return ""


def _picture(card: Card, picture: Picture, links: Links) -> str:
    """One picture; its nodes are links."""
    paint = _Classes(picture)
    lines = "".join(tie_line(picture, tie, paint) for tie in picture.ties)
    nodes = "".join(_node(card, picture, placed, links, paint) for placed in picture.nodes)
    said = f"{len(picture.nodes)} entities and the strongest of their ties"
    return (
        f'<svg class="w{picture.width}" viewBox="0 0 {picture.width} {picture.height}" width="{picture.width}" '
        f'height="{picture.height}" role="group" aria-label="{said}">{lines}{nodes}</svg>'
    )


def _node(card: Card, picture: Picture, placed: Placed, links: Links, paint: _Classes) -> str:
    node = placed.node
    inside = "" if node.inside else " out"
    return (
        f'<a class="{node.type}{inside}" href="{escape(links.node(card, node))}" {_NEW_PAGE} '
        f'transform="translate({placed.x:g} {placed.y:g})">'
        f"{title(_described(node, picture))}{node_parts(placed, paint)}</a>"
    )


def _described(node: Node, picture: Picture) -> str:
    """An entity in words: its name, its type, and what it is tied to in the picture."""
    names = {placed.node.id: plain(placed.node.name) for placed in picture.nodes}
    tied = [names[tie.other(node.id)] for tie in picture.ties if node.id in (tie.source, tie.target)]
    where = "" if node.inside else ", elsewhere in the news"
    return f"{plain(node.name)}, {type_name(node.type)}{where}" + (f": with {_enumerated(tied)}" if tied else "")


def _enumerated(names: list[str], most: int = PARTNERS) -> str:
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


# --- the list -------------------------------------------------------------------------------------------------------


def _list(card: Card, links: Links) -> str:
    names = {node.id: node.name for node in card.nodes}
    inside = "".join(_item(node, _partners(card, node), names, links) for node in card.nodes if node.inside)
    outside = "".join(_item(node, _partners(card, node), names, links) for node in card.nodes if not node.inside)
    left_out = card.inside - sum(node.inside for node in card.nodes)
    more = f"<li>and {left_out} more</li>" if left_out else ""
    elsewhere = f"<h2>Elsewhere in the news</h2>\n<ul>{outside}</ul>\n" if outside else ""
    return f"<h2>In this article</h2>\n<ul>{inside}{more}</ul>\n{elsewhere}"


def _partners(card: Card, node: Node) -> Iterable[str]:
    """Whom an entity is most strongly tied to: in the article, and for one outside, whom of the article."""
    ties = (tie for tie in card.ties_of(node.id) if tie.inside == node.inside)
    return islice((tie.other(node.id) for tie in ties), PARTNERS)


def _item(node: Node, partners: Iterable[str], names: dict[str, str], links: Links) -> str:
    pairs = ", ".join(_link(links.pair(node.id, other), names[other]) for other in partners)
    named = _link(links.entity(node.id), node.name)
    return f"<li>{named} <small>{type_name(node.type)}</small>{f' with {pairs}' if pairs else ''}</li>\n"


def _link(address: str, name: str) -> str:
    return f'<a href="{escape(address)}" {_NEW_PAGE}><bdi>{escape(plain(name))}</bdi></a>'


def type_name(kind: EntityType) -> str:
    """A type of entity as it is called in a sentence."""
    return TYPE_NAMES.get(kind, kind)
