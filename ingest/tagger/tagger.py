"""The tagger at work: sentences in, names with their labels out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ingest.tagger.labels import OUTSIDE, TAGS, Span, may_follow, spans_of
from ingest.tagger.marks import Marker
from ingest.tagger.name_lists import NameLists
from ingest.tagger.network import Floats, add_marks, tag_scores, word_vectors
from ingest.tagger.weights import Model
from ingest.tagger.word_features import word_features
from ingest.tokens import Token

WORDS_KEPT: Final = 200_000
"""Vectors of so many different words are kept; beyond that all are forgotten and computed anew."""

_FIRST_ROWS = 1 << 12
_NEVER = np.float32(-1e4)


class Tagger:
    """Tags documents. It keeps the vectors of words it has seen, so it belongs to one thread.

    Args:
        model: what it has learnt.
        lists: the known names.
    """

    __slots__ = ("_marker", "_model", "_numbers", "_vectors")

    def __init__(self, model: Model, lists: NameLists) -> None:
        self._model = model
        self._marker = Marker(lists)
        self._numbers: dict[str, int] = {}
        self._vectors = np.zeros((_FIRST_ROWS, len(model.weights["word gain"])), np.float32)

    def tag(self, sentences: Sequence[Sequence[Token]]) -> list[list[Span]]:
        """The names in each sentence of a document."""
        scores = self.scores(sentences)
        return [list(spans_of(best_tags(scored))) for scored in scores]

    def scores(self, sentences: Sequence[Sequence[Token]]) -> list[Floats]:
        """Scores (tokens, tags) of each sentence of a document; their softmax is a probability."""
        if len(self._numbers) > WORDS_KEPT:
            self._numbers.clear()
        words = [number for sentence in sentences for number in (*self._words(sentence), 0)]
        if not words:
            return []
        numbers = np.asarray(words)
        vectors = self._vectors[numbers]
        add_marks(self._model.weights, vectors, *self._marks(sentences))
        scored = tag_scores(self._model.weights, vectors, numbers > 0)
        return list(_cut(scored, sentences))

    def _marks(self, sentences: Sequence[Sequence[Token]]) -> tuple[list[int], list[int]]:
        rows: list[int] = []
        marks: list[int] = []
        row = 0
        for sentence in self._marker.mark(sentences):
            for own in sentence:
                rows += [row] * len(own)
                marks += own
                row += 1
            row += 1
        return rows, marks

    def _words(self, sentence: Sequence[Token]) -> list[int]:
        numbers = self._numbers
        new = {token.text for token in sentence if token.text not in numbers}
        if new:
            self._learn(sorted(new))
        return [numbers[token.text] for token in sentence]

    def _learn(self, words: Sequence[str]) -> None:
        begin = len(self._numbers) + 1
        self._make_room(begin + len(words))
        features = np.asarray([word_features(word, self._model.vocabulary) for word in words], np.int32)
        self._vectors[begin : begin + len(words)] = word_vectors(self._model.weights, features)
        self._numbers.update((word, number) for number, word in enumerate(words, start=begin))

    def _make_room(self, rows: int) -> None:
        if rows > len(self._vectors):
            grown = np.zeros((max(rows, 2 * len(self._vectors)), self._vectors.shape[1]), np.float32)
            grown[: len(self._vectors)] = self._vectors
            self._vectors = grown


def best_tags(scores: Floats) -> list[int]:
    """The best tags (numbers) that can stand one behind the other; mostly they are the best of each word."""
    best: list[int] = scores.argmax(1).tolist()
    before = OUTSIDE
    for tag in best:
        if not may_follow(before, tag):
            return _viterbi(scores)
        before = tag
    return best


def _viterbi(scores: Floats) -> list[int]:
    """The best path through the scores (Viterbi 1967)."""
    reached = scores[0] + _first_scores()
    came_from: list[NDArray[np.intp]] = []
    follows = _follow_scores()
    for row in scores[1:]:
        paths = reached[:, None] + follows
        before = paths.argmax(0)
        came_from.append(before)
        reached = paths[before, np.arange(len(TAGS))] + row
    tags = [int(reached.argmax())]
    for before in reversed(came_from):
        tags.append(int(before[tags[-1]]))
    return tags[::-1]


def _first_scores() -> Floats:
    return np.asarray([0 if may_follow(OUTSIDE, tag) else _NEVER for tag in range(len(TAGS))], np.float32)


def _follow_scores() -> Floats:
    rows = [[0 if may_follow(one, other) else _NEVER for other in range(len(TAGS))] for one in range(len(TAGS))]
    return np.asarray(rows, np.float32)


def _cut(scored: Floats, sentences: Sequence[Sequence[Token]]) -> Iterator[Floats]:
    row = 0
    for sentence in sentences:
        yield scored[row : row + len(sentence)]
        row += len(sentence) + 1
