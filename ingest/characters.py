"""Cleaning of characters: what is stored can be shown, hashed and sent to any database.

Offsets of mentions count code points of the cleaned text, so cleaning comes before everything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_TO_CLEAN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def clean_text(text: str) -> str:
    """Text with plain line ends, without control characters, lone surrogates replaced, and no blank at either end.

    Newline and tab stay. A lone surrogate (half of a broken JSON escape) cannot be written as UTF-8 and becomes U+FFFD.
    """
    if not _TO_CLEAN.search(text):  # nearly always: one pass instead of three
        return text.strip()
    plain = _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))
    return _SURROGATES.sub("\ufffd", plain).strip()


def one_line(text: str) -> str:
    """Cleaned text on one line, with single blanks: for titles, tags, names and ids."""
    return " ".join(clean_text(text).split())


def distinct(items: Iterable[str]) -> tuple[str, ...]:
    """The items in order, without empty ones and without those that differ from an earlier one in case alone."""
    kept: dict[str, str] = {}
    for item in items:
        if item:
            kept.setdefault(item.casefold(), item)
    return tuple(kept.values())
