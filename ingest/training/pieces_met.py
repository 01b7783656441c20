"""Which word pieces a shipped network needs: those that news texts hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from ingest.tagger.wordpiece import CLS, SEP, UNKNOWN, WordPieces

LEAST: Final = 3
"""A piece that is met less often is left out; what it stood in is cut into smaller pieces then."""


def pieces_met(pieces: WordPieces, words: Iterable[str]) -> list[int]:
    """The numbers of the pieces that words are cut into, ascending, with the letters that every word can be cut into.

    Args:
        pieces: the whole vocabulary.
        words: of many texts, each as often as it stands there.
    """
    met: Counter[int] = Counter()
    for word, times in Counter(words).items():
        for number in pieces.cut(word)[0]:
            met[number] += times
    return [
        number for number, piece in enumerate(pieces.vocabulary) if met[number] >= LEAST or _is_always_needed(piece)
    ]


def _is_always_needed(piece: str) -> bool:
    letter = piece.removeprefix("##")
    return piece in {CLS, SEP, UNKNOWN} or (len(letter) == 1 and letter.isascii())
