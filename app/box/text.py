"""How wide a text is, and how it is broken into lines that fit, without a font at hand.

Whoever shows a box does so in a font of their own. Texts are measured as the widest of the usual ones sets them (DejaVu
Sans, whose advances are those of Verdana): what fits there fits in the others too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Advances of the bold face in hundredths of the font size; the regular one takes 0.93 of them.
_CLASSES = {
    33: "'",
    38: " ijlıI|/\\J’‘łії,.",
    43: ":;-",
    50: '()[]ft`r"*_',
    60: "cszçº°–?!",
    69: "aekvxyFLT”“",
    73: "bdghnopquPSYEøßðþ0123456789$",
    78: "ABCKRVXZ",
    87: "wDGHNOQU&#+<=>~^",
    105: "mMШшЖжЩщ%@…—",
    112: "Wæœ",
}
_WIDTHS = {char: share / 100 for share, chars in _CLASSES.items() for char in chars}
_WIDE = 1.05  # a Chinese character, and a picture
_OTHER = 0.86  # any letter that is not listed
REGULAR = 0.93

# What would turn its surroundings around, and what no XML document may hold.
_UNFIT = re.compile(
    "[\u202a-\u202e\u2066-\u2069\u200e\u200f\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]"
)


def plain(text: str) -> str:
    """The text in one line, without characters that XML forbids or that turn the direction of what stands around."""
    return " ".join(_UNFIT.sub("", text).split())


def width(text: str, size: float, *, bold: bool) -> float:
    """How wide the text is at most, in the unit of the font's `size`."""
    return sum(map(_share, text)) * size * (1.0 if bold else REGULAR)


def lines(text: str, size: float, *, bold: bool, room: float, most: int) -> tuple[str, ...]:
    """The text in at most so many lines, about equally long, of which none is wider than `room`.

    What does not fit ends in an ellipsis.
    """
    broken = _broken(plain(text), size, bold, room)
    if len(broken) > most:
        return (*broken[: most - 1], _cut(" ".join(broken[most - 1 :]), size, bold, room))
    longest = max((width(word, size, bold=bold) for word in plain(text).split()), default=0)
    for share in (0.5, 0.6, 0.7, 0.8, 0.9):
        even = _broken(plain(text), size, bold, share * room)
        if len(even) == len(broken) and longest <= share * room:
            return tuple(even)
    return tuple(broken)


def _broken(text: str, size: float, bold: bool, room: float) -> list[str]:
    """The text in as many lines as it takes."""
    broken: list[str] = []
    for word in _pieces(text, size, bold, room):
        joined = f"{broken[-1]} {word}" if broken else word
        if broken and width(joined, size, bold=bold) <= room:
            broken[-1] = joined
        else:
            broken.append(word)
    return broken


def _pieces(text: str, size: float, bold: bool, room: float) -> Iterator[str]:
    """The words; one that is wider than a line, as names in Chinese are, comes in parts, at hyphens if it has any."""
    for word in text.split():
        for part in [word] if width(word, size, bold=bold) <= room else re.findall("[^-]*-|[^-]+", word):
            yield from _parts(part, size, bold, room)


def _parts(word: str, size: float, bold: bool, room: float) -> Iterator[str]:
    while width(word, size, bold=bold) > room and len(word) > 1:
        part = _beginning(word, size, bold, room)
        yield part
        word = word[len(part) :]
    if word:
        yield word


def _cut(text: str, size: float, bold: bool, room: float) -> str:
    ellipsis = width("…", size, bold=bold)
    return f"{_beginning(text, size, bold, room - ellipsis).rstrip()}…"


def _beginning(text: str, size: float, bold: bool, room: float) -> str:
    """As much of the text as fits, at least one character, no combining mark parted from what it stands on."""
    end = 1
    while end < len(text) and width(text[: end + 1], size, bold=bold) <= room:
        end += 1
    while 1 < end < len(text) and (unicodedata.combining(text[end]) or text[end] in "\u200d\ufe0f"):
        end -= 1
    return text[:end]


def _share(char: str) -> float:
    known = _WIDTHS.get(char)
    if known is not None:
        return known
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(char) in "WF" or unicodedata.category(char) == "So":
        return _WIDE
    bare = unicodedata.normalize("NFD", char)[0]
    return _WIDTHS.get(bare, _OTHER) if bare != char else _OTHER
