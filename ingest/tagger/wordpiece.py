"""Word pieces of BERT's uncased vocabulary, with a shape that says what lower case hides.

The greedy longest match of Wu et al. (2016), "Google's Neural Machine Translation System", as BERT uses it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

CLS: Final = "[CLS]"
SEP: Final = "[SEP]"
UNKNOWN: Final = "[UNK]"
SHAPES: Final = 17
"""How many shape numbers there are: 0 none, 1 to 8 of a word's first piece, 9 to 16 of its further pieces."""
WORDS_KEPT: Final = 200_000
"""So many different words are kept in pieces; beyond that all are forgotten and cut anew."""

PIECES_OF_A_WORD: Final = 12
_PARTS = re.compile(r"\w+|[^\w\s]")


class WordPieces:
    """Cuts words into numbered pieces, in any number of threads; holds what it has cut.

    Args:
        vocabulary: the pieces in the order of their numbers.
    """

    __slots__ = ("_cut", "_vocabulary", "begin", "end", "vocabulary")

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.vocabulary = tuple(vocabulary)
        self._vocabulary = {piece: number for number, piece in enumerate(vocabulary)}
        self._cut: dict[str, tuple[list[int], list[int]]] = {}
        self.begin = self._vocabulary[CLS]
        self.end = self._vocabulary[SEP]

    def cut(self, word: str) -> tuple[list[int], list[int]]:
        """The piece numbers of a word, at least one, and their shapes."""
        if (known := self._cut.get(word)) is not None:
            return known
        if len(self._cut) >= WORDS_KEPT:
            self._cut = {}
        pieces = [piece for part in _PARTS.findall(_uncased(word)) or [word] for piece in self._pieces(part)]
        pieces = pieces[:PIECES_OF_A_WORD] or [self._vocabulary[UNKNOWN]]
        shape = shape_of(word)
        self._cut[word] = found = pieces, [shape] + [shape + 8] * (len(pieces) - 1)
        return found

    def _pieces(self, part: str) -> list[int]:
        found: list[int] = []
        first = 0
        while first < len(part):
            stop = len(part)
            while stop > first and (number := self._number(part, first, stop)) is None:
                stop -= 1
            if stop == first or number is None:
                return [self._vocabulary[UNKNOWN]]
            found.append(number)
            first = stop
        return found

    def _number(self, part: str, first: int, stop: int) -> int | None:
        return self._vocabulary.get(("##" if first else "") + part[first:stop])


def shape_of(word: str) -> int:
    """How a word is written: 1 digits, 2 no letter, 3 lower, 4 upper, 5 one capital, 6 title, 7 mixed, 8 other."""
    if word.isdigit():
        return 1
    if not any(map(str.isalpha, word)):
        return 2
    if word.islower():
        return 3
    if word.isupper():
        return 4 if len(word) > 1 else 5
    if word[0].isupper():
        return 6 if word[1:].islower() else 7
    return 8


def _uncased(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.lower())
    return "".join(char for char in decomposed if unicodedata.category(char) != "Mn")
