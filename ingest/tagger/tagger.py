"""The tagger at work: sentences in, names with their labels out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ingest.tagger.decoding import best_tags
from ingest.tagger.labels import Span, spans_of
from ingest.tagger.network import Floats
from ingest.tagger.tagging import Document, Scorer


class Tagger:
    """Takes the best tags by one network, or by what several say on average.

    Args:
        scorers: the networks, at least one.
    """

    __slots__ = ("_scorers",)

    def __init__(self, *scorers: Scorer) -> None:
        self._scorers = scorers

    @property
    def version(self) -> str:
        """Names what its networks have learnt."""
        return "+".join(each.version for each in self._scorers)

    def tag(self, document: Document) -> list[list[Span]]:
        """The names in each sentence of a document."""
        return self.tag_all([document])[0]

    def tag_all(self, documents: Sequence[Document]) -> list[list[list[Span]]]:
        """The names in each sentence of each document, which is quicker than one document after the other."""
        return [[list(spans_of(best_tags(each))) for each in scores] for scores in self._scores(documents)]

    def scores(self, document: Document) -> list[Floats]:
        """Scores (tokens, tags) of each sentence of a document; their softmax is a probability."""
        return self._scores([document])[0]

    def _scores(self, documents: Sequence[Document]) -> list[list[Floats]]:
        said = [each.scores_all(documents) for each in self._scorers]
        if len(said) == 1:
            return said[0]
        return [[_average(sentence) for sentence in zip(*each, strict=True)] for each in zip(*said, strict=True)]


def _average(scores: Sequence[Floats]) -> Floats:
    """Logarithms of the mean of the probabilities that several scores (tokens, tags) stand for."""
    mean = np.mean([_probabilities(each) for each in scores], axis=0)
    logarithms: Floats = np.log(mean + np.float32(1e-9))
    return logarithms


def _probabilities(scores: Floats) -> Floats:
    raised: Floats = np.exp(scores - scores.max(1, keepdims=True))
    raised /= raised.sum(1, keepdims=True)
    return raised
