"""From tagged or labelled documents to what the student learns from, some of their sentences made headlines."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from ingest.lexicon import words
from ingest.tagger.labels import TAGS
from ingest.tagger.marks import Marker
from ingest.tagger.network import Floats
from ingest.tagger.word_features import FEATURES, word_features
from ingest.tokens import Token
from ingest.training.corpus import Sentence
from ingest.training.student import Example

DOCUMENTS_WITH_HEADLINES: Final = 0.5
WHOLLY_HEADLINES: Final = 0.15

_SMALL = words("a an the of in on to for and or at by with as from is")
_STYLES = ("small words small", "small words small", "all capitalised", "all capitalised", "upper", "upper", "upper")


class Examples:
    """Makes examples of documents.

    Args:
        vocabulary: row of the ready-made vectors by lower-case word.
        marker: gives tokens their marks.
        seed: of which sentences are made headlines.
    """

    def __init__(self, vocabulary: Mapping[str, int], marker: Marker, *, seed: int) -> None:
        self._vocabulary = vocabulary
        self._marker = marker
        self._random = random.Random(seed)
        self._known: dict[str, tuple[int, ...]] = {}

    def of(self, sentences: Sequence[Sentence], wanted: Sequence[Floats]) -> Iterator[Example]:
        """The sentences of a document, and now and then some once more as headlines.

        wanted: probabilities (tokens, tags) of each sentence.
        """
        yield from self._plain(sentences, wanted, range(len(sentences)))
        if sentences and self._random.random() < DOCUMENTS_WITH_HEADLINES:
            chosen = self._chosen(len(sentences))
            style = self._random.choice(_STYLES)
            headlines = [
                tuple(_styled(token, style) for token in sentence) if number in chosen else sentence
                for number, sentence in enumerate(sentences)
            ]
            yield from self._plain(headlines, wanted, sorted(chosen))

    def features(self, sentence: Sentence) -> np.ndarray[tuple[int, int], np.dtype[np.int32]]:
        """The features (tokens, FEATURES) of a sentence."""
        rows = [self._features(token.text) for token in sentence]
        return np.asarray(rows, np.int32).reshape(len(sentence), len(FEATURES))

    def _plain(
        self, sentences: Sequence[Sentence], wanted: Sequence[Floats], numbers: Sequence[int] | range
    ) -> Iterator[Example]:
        marks = self._marker.mark(sentences)
        for number in numbers:
            if len(sentences[number]):
                yield Example(self.features(sentences[number]), marks[number], wanted[number])

    def _chosen(self, sentences: int) -> set[int]:
        if self._random.random() < WHOLLY_HEADLINES:
            return set(range(sentences))
        return set(self._random.sample(range(sentences), min(2, sentences)))

    def _features(self, word: str) -> tuple[int, ...]:
        if word not in self._known:
            self._known[word] = word_features(word, self._vocabulary)
        return self._known[word]


def wanted_of(tags: Sequence[int]) -> Floats:
    """Gold tags as probabilities."""
    return np.eye(len(TAGS), dtype=np.float32)[list(tags)]


def _styled(token: Token, style: str) -> Token:
    text = token.text
    if style == "upper":
        upper = text.upper()
        text = upper if len(upper) == len(text) else text
    elif text[0].islower() and not (style == "small words small" and text in _SMALL):
        text = text[0].upper() + text[1:]
    return token._replace(text=text)
