"""The small network at work: words in, scores of their tags out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from threading import Lock
from typing import Final

import numpy as np

from ingest.lexicon import SENTENCE_OPENERS, words
from ingest.tagger.labels import OUTSIDE, TAGS
from ingest.tagger.marks import Marker
from ingest.tagger.name_lists import NameLists
from ingest.tagger.network import Booleans, Floats, add_marks, near, tag_scores, word_vectors
from ingest.tagger.tagging import Document, Sentence
from ingest.tagger.weights import Model
from ingest.tagger.word_features import word_features
from ingest.tokens import Token

WORDS_KEPT: Final = 200_000
"""Vectors of so many different words are kept; beyond that all are forgotten and computed anew."""

BEFORE: Final = 1
"""A word so far before one that can begin a name can be part of it ("al-Nusra")."""

BEHIND: Final = 2
"""And so far behind one ("South Pars gas field")."""

_PARTICLES = words("al el")
_BEGIN_NO_NAME = (SENTENCE_OPENERS - words("may will")) | words("i we they monday tuesday wednesday thursday friday")
_BETWEEN = Token("", 0, 0, "")
"""Stands between sentences; its vector is zero."""
_FIRST_ROWS = 1 << 12
_UNLIKELY = np.float32(-20)


class SmallNetwork:
    """Scores documents, in any number of threads. It keeps the vectors of words it has seen.

    Args:
        model: what it has learnt.
        lists: the known names.
    """

    __slots__ = ("_can_begin", "_lists", "_lock", "_marker", "_model", "_numbers", "_vectors")

    def __init__(self, model: Model, lists: NameLists) -> None:
        self._model = model
        self._lists = lists
        self._lock = Lock()
        self._marker = Marker(lists)
        self._numbers = {_BETWEEN.text: 0}
        self._vectors = np.zeros((_FIRST_ROWS, len(model.weights["word gain"])), np.float32)
        self._can_begin = np.zeros(_FIRST_ROWS, np.bool_)

    @property
    def version(self) -> str:
        """Names what it has learnt: equal models have an equal version."""
        return f"cnn-{self._model.digest}"

    def __reduce__(self) -> tuple[type[SmallNetwork], tuple[Model, NameLists]]:
        return SmallNetwork, (self._model, self._lists)

    def scores_all(self, documents: Sequence[Document]) -> list[list[Floats]]:
        """Scores (tokens, tags) of each sentence of each document; many together are quicker.

        Words far from any capital letter or digit are no part of a name, and are not looked at closely.
        """
        sentences = [sentence for document in documents for sentence in document]
        if not sentences:
            return [[] for _ in documents]
        vectors, is_word, can_begin = self._word_rows(sentences)
        add_marks(self._model.weights, vectors, *self._marks(documents))
        asked = np.flatnonzero(near(can_begin, is_word, before=BEFORE, behind=BEHIND))
        scores = np.full((len(vectors), len(TAGS)), _UNLIKELY, np.float32)
        scores[:, OUTSIDE] = 0
        scores[asked] = tag_scores(self._model.weights, vectors, is_word, asked)
        found = _cut(scores, sentences)
        return [[next(found) for _ in document] for document in documents]

    def _word_rows(self, sentences: Sequence[Sentence]) -> tuple[Floats, Booleans, Booleans]:
        """The vectors of all words below each other, a row of zeros behind each sentence.

        With them which rows are words, and which of these can begin a name.
        """
        tokens = [token for sentence in sentences for token in (*sentence, _BETWEEN)]
        texts = [token.text for token in tokens]
        with self._lock:
            if len(self._numbers) > WORDS_KEPT:
                self._numbers = {_BETWEEN.text: 0}
            known = self._numbers
            if new := {text: token for text, token in zip(texts, tokens, strict=True) if text not in known}:
                self._learn(new)
            numbers = np.asarray([known[text] for text in texts])
            return self._vectors[numbers], numbers > 0, self._can_begin[numbers]

    def _marks(self, documents: Sequence[Document]) -> tuple[list[int], list[int]]:
        """Rows, and the marks that surroundings give to each."""
        rows: list[int] = []
        marks: list[int] = []
        row = 0
        for document in documents:
            for sentence, own in zip(document, self._marker.around(document), strict=True):
                rows += [row + place for place in own.places]
                marks += own.marks
                row += len(sentence) + 1
        return rows, marks

    def _learn(self, tokens: Mapping[str, Token]) -> None:
        """Compute the vectors of new words, with the marks that a word has everywhere."""
        new = sorted(tokens)
        begin = len(self._numbers)
        self._make_room(begin + len(new))
        features = np.asarray([word_features(word, self._model.vocabulary) for word in new], np.int32)
        vectors = word_vectors(self._model.weights, features)
        marks = [(row, mark) for row, word in enumerate(new) for mark in self._marker.of_word(tokens[word])]
        add_marks(self._model.weights, vectors, [row for row, _ in marks], [mark for _, mark in marks])
        self._vectors[begin : begin + len(new)] = vectors
        self._can_begin[begin : begin + len(new)] = [_can_begin(word) for word in new]
        self._numbers.update((word, number) for number, word in enumerate(new, start=begin))

    def _make_room(self, rows: int) -> None:
        if rows > len(self._vectors):
            more = max(rows, 2 * len(self._vectors)) - len(self._vectors)
            self._vectors = np.pad(self._vectors, ((0, more), (0, 0)))
            self._can_begin = np.pad(self._can_begin, (0, more))


def _can_begin(word: str) -> bool:
    """Whether a name may begin with a word: not with "The" or "On" if no other word of the name has a capital."""
    if not (word[0].isupper() or word[0].isdigit()):
        return word in _PARTICLES
    return not (word.lower() in _BEGIN_NO_NAME and (word.istitle() or word == "I"))


def _cut(scored: Floats, sentences: Sequence[Sentence]) -> Iterator[Floats]:
    row = 0
    for sentence in sentences:
        yield scored[row : row + len(sentence)]
        row += len(sentence) + 1
