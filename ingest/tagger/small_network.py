"""The small network at work: words in, scores of their tags out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from threading import Lock
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ingest.tagger.marks import Marker
from ingest.tagger.name_lists import NameLists
from ingest.tagger.network import Floats, add_marks, tag_scores, word_vectors
from ingest.tagger.tagging import Document, Sentence
from ingest.tagger.weights import Model
from ingest.tagger.word_features import word_features

WORDS_KEPT: Final = 200_000
"""Vectors of so many different words are kept; beyond that all are forgotten and computed anew."""

_FIRST_ROWS = 1 << 12


class SmallNetwork:
    """Scores documents, in any number of threads. It keeps the vectors of words it has seen.

    Args:
        model: what it has learnt.
        lists: the known names.
    """

    __slots__ = ("_lists", "_lock", "_marker", "_model", "_numbers", "_vectors")

    def __init__(self, model: Model, lists: NameLists) -> None:
        self._model = model
        self._lists = lists
        self._lock = Lock()
        self._marker = Marker(lists)
        self._numbers: dict[str, int] = {}
        self._vectors = np.zeros((_FIRST_ROWS, len(model.weights["word gain"])), np.float32)

    @property
    def version(self) -> str:
        """Names what it has learnt: equal models have an equal version."""
        return f"cnn-{self._model.digest}"

    def __reduce__(self) -> tuple[type[SmallNetwork], tuple[Model, NameLists]]:
        return SmallNetwork, (self._model, self._lists)

    def scores_all(self, documents: Sequence[Document]) -> list[list[Floats]]:
        """Scores (tokens, tags) of each sentence of each document; many together are quicker."""
        sentences = [sentence for document in documents for sentence in document]
        if not sentences:
            return [[] for _ in documents]
        vectors, is_word = self._word_rows(sentences)
        add_marks(self._model.weights, vectors, *self._marks(documents))
        found = _cut(tag_scores(self._model.weights, vectors, is_word), sentences)
        return [[next(found) for _ in document] for document in documents]

    def _word_rows(self, sentences: Sequence[Sentence]) -> tuple[Floats, NDArray[np.bool_]]:
        """The vectors of all words below each other, a row of zeros behind each sentence; and which rows are words."""
        with self._lock:
            if len(self._numbers) > WORDS_KEPT:
                self._numbers.clear()
            numbers = np.asarray([number for sentence in sentences for number in (*self._words(sentence), 0)])
            return self._vectors[numbers], numbers > 0

    def _marks(self, documents: Sequence[Document]) -> tuple[list[int], list[int]]:
        rows: list[int] = []
        marks: list[int] = []
        row = 0
        for sentence in (sentence for document in documents for sentence in self._marker.mark(document)):
            for own in sentence:
                rows += [row] * len(own)
                marks += own
                row += 1
            row += 1
        return rows, marks

    def _words(self, sentence: Sentence) -> list[int]:
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


def _cut(scored: Floats, sentences: Sequence[Sentence]) -> Iterator[Floats]:
    row = 0
    for sentence in sentences:
        yield scored[row : row + len(sentence)]
        row += len(sentence) + 1
