"""What a word is by itself: numbers into tables of vectors, looked up once for every different word.

Tables are addressed by hash (Weinberger et al. 2009, "Feature hashing"), so that no vocabulary has to be kept but that
of the ready-made vectors. Number 0 of a table means "none".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Final
from zlib import crc32

from ingest.tokens import plain

SIZES: Final[Mapping[str, int]] = {"words": 16384, "prefixes": 4096, "suffixes": 4096, "shapes": 512}
"""Rows of each table."""

FEATURES: Final = ("vectors", "words", "prefixes", "suffixes", "shapes", "suffixes", "suffixes")
"""The table that each number of `word_features` points into."""

_SHAPES = str.maketrans(ascii_uppercase + ascii_lowercase + digits, "X" * 26 + "x" * 26 + "d" * 10)
_DIGIT = re.compile(r"\d")
_RUN = re.compile(r"(.)\1{2,}")
_SHAPE_LENGTH = 8


def word_features(word: str, vocabulary: Mapping[str, int]) -> tuple[int, ...]:
    """The numbers of a word as it stands in a text.

    Args:
        word: a token's text; marks on letters and kinds of apostrophes make no difference.
        vocabulary: row of the ready-made vectors by lower-case word.
    """
    bare = plain(word)
    key = bare.lower()
    return (
        vocabulary.get(word.lower()) or vocabulary.get(key, 0),
        _hashed(key, "words"),
        _hashed(key[:3], "prefixes"),
        _hashed(key[-3:], "suffixes"),
        _hashed(_shape(bare) + _case(bare), "shapes"),
        _hashed("4" + key[-4:], "suffixes"),
        _hashed("2" + key[-2:], "suffixes"),
    )


def _hashed(text: str, table: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass")) % (SIZES[table] - 1) + 1


def _shape(word: str) -> str:
    """ "Trump" → "Xxx", "F-16" → "X-dd", "2026" → "dd": runs are cut to two."""
    shape = word.translate(_SHAPES) if word.isascii() else _DIGIT.sub("d", word.translate(_SHAPES))
    return _RUN.sub(r"\1\1", shape)[:_SHAPE_LENGTH]


def _case(word: str) -> str:
    if word.isupper() and len(word) > 1:
        return "U"
    if word[0].isupper():
        return "T"
    return "l" if word[0].islower() else "x"
