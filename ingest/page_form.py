"""The page form: an article page copied as plain text, with the headings its parts stand under.

A line with the title, a line of hashtags, then "Key Takeaways", "Full Retelling", "Themes" and the box "Entity
Intersection Graph", each heading on a line of its own, with or without a pictogram. Parts may be missing or stand in
another order. The box belongs to the page and not to the article, so what stands under it is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ingest.characters import distinct, one_line

_TAKEAWAYS, _RETELLING, _THEMES, _BOX = "key takeaways", "full retelling", "themes", "entity intersection graph"
_HEADING = re.compile(rf"[\W_]*({_TAKEAWAYS}|{_RETELLING}|{_THEMES}|{_BOX})[\W_]*", re.IGNORECASE)
_BULLET = re.compile(r"\s*(?:[-*•‣▪\u2013\u2014]|\d{1,2}[.)])\s+(?=\S)")
_TITLE_MARKS = re.compile(r"^\s*#{1,6}\s+|\*\*|__")
_LONGEST_HEADING = 80
_LONGEST_TITLE = 300
_LONGEST_THEMES = 200
_LONGEST_TAG = 60


@dataclass(frozen=True, slots=True)
class PageForm:
    """The parts of a page; those that it does not have are empty."""

    title: str = ""
    tags: tuple[str, ...] = ()
    takeaways: tuple[str, ...] = ()
    text: str = ""
    themes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Parts:
    """The lines of a page by the heading they stand under; None for those before the first heading."""

    lines: dict[str | None, list[str]] = field(default_factory=dict)

    def under(self, heading: str | None) -> list[str]:
        return self.lines.setdefault(heading, [])


def parse_page(text: str) -> PageForm | None:
    """The parts of a page; None where the text is not in page form.

    It is where "Full Retelling" or "Entity Intersection Graph" is a heading, or "Key Takeaways" and "Themes" both are:
    "Key Takeaways" alone stands on many pages of others.
    """
    parts = _split(text)
    found = parts.lines.keys()
    if not (_RETELLING in found or _BOX in found or {_TAKEAWAYS, _THEMES} <= found):
        return None
    title, tags, opening = _preamble(parts.under(None), titled=bool(found & {_TAKEAWAYS, _RETELLING}))
    takeaways, beside = _takeaways(parts.under(_TAKEAWAYS), bulleted=_RETELLING not in found)
    themes, after = _themes(parts.under(_THEMES))
    body = [*opening, *beside, *parts.under(_RETELLING), *after]
    return PageForm(title, tags, takeaways, "\n".join(body).strip(), themes)


def split_tags(text: str) -> tuple[str, ...]:
    """Tags from one text: hashtags ("#Iran Nuclear Deal #Hamas", blanks allowed inside) or separated by commas."""
    text = one_line(text)
    separator = r"[,;]|(?:^|\s)#+" if text.startswith("#") else r"[,;]"
    return clean_tags(re.split(separator, text))


def clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags without their hash signs, each once."""
    return distinct(one_line(tag).lstrip("#,; ").rstrip(",; ") for tag in tags)


def _split(text: str) -> _Parts:
    parts, heading = _Parts(), None
    for line in text.splitlines():
        new = _heading(line)
        heading = new or heading
        under = parts.under(heading)
        if new is None:
            under.append(line)
    return parts


def _heading(line: str) -> str | None:
    plain = " ".join(line.split())
    match = _HEADING.fullmatch(plain) if len(plain) <= _LONGEST_HEADING else None
    return match[1].lower() if match else None


def _preamble(lines: list[str], *, titled: bool) -> tuple[str, tuple[str, ...], list[str]]:
    """Title, tags and what else stands before the first heading.

    Where neither takeaways nor a retelling follow, the preamble is the article itself and only its tags are taken out.
    """
    hashtags, rest = _partition(lines, _is_hashtags)
    tags = clean_tags(tag for line in hashtags for tag in split_tags(line))
    filled = next((number for number, line in enumerate(rest) if line.strip()), None)
    if not titled or filled is None or len(rest[filled]) > _LONGEST_TITLE:
        return "", tags, rest
    return one_line(_TITLE_MARKS.sub("", rest[filled])), tags, rest[filled + 1 :]


def _is_hashtags(line: str) -> bool:
    """Whether the line is hashtags alone: a sentence may begin with one, but then what follows is long."""
    stripped = line.strip()
    return re.match(r"#[^\s#]", stripped) is not None and all(len(tag) <= _LONGEST_TAG for tag in split_tags(stripped))


def _takeaways(lines: list[str], *, bulleted: bool) -> tuple[tuple[str, ...], list[str]]:
    """The takeaways, and lines that are none: where no retelling follows, those without a bullet are the text."""
    taken, beside = _partition(lines, lambda line: not bulleted or _BULLET.match(line) is not None)
    return distinct(one_line(_BULLET.sub("", line, count=1)) for line in taken), beside


def _themes(lines: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """The themes, and lines too long for a list of themes: they belong to the text."""
    named, after = _partition(lines, lambda line: len(line) <= _LONGEST_THEMES)
    themes = (theme for line in named for theme in split_tags(_BULLET.sub("", line, count=1)))
    return clean_tags(themes), after


def _partition(lines: list[str], chosen: Callable[[str], bool]) -> tuple[list[str], list[str]]:
    """The lines that are chosen, and the others."""
    return [line for line in lines if chosen(line)], [line for line in lines if not chosen(line)]
