"""A tagger that asks several networks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from small_tagger import name_lists, small_model

from ingest.tagger.labels import OUTSIDE, TAGS, Span, begin_of
from ingest.tagger.network import Floats
from ingest.tagger.small_network import SmallNetwork
from ingest.tagger.tagger import Tagger
from ingest.tagger.tagging import Document, Scorer
from ingest.tokens import tokenize

PERSON, STATE = begin_of("person"), begin_of("state")
DOCUMENTS: list[Document] = [[tokenize("Iran met Kerry"), (), tokenize("in Vienna")], [], [()]]


@dataclass(frozen=True)
class Fixed:
    """Gives every token the same probabilities."""

    of: dict[int, float]
    version: str = "fixed"

    def scores_all(self, documents: Sequence[Document]) -> list[list[Floats]]:
        """They are scores less any number."""
        row = np.full(len(TAGS), 1e-9)
        row[list(self.of)] = list(self.of.values())
        scores = (np.log(row) + 5).astype(np.float32)
        return [[np.tile(scores, (len(sentence), 1)) for sentence in document] for document in documents]


def tagged(*networks: Scorer) -> list[Span]:
    """What is found in two words."""
    return Tagger(*networks).tag([tokenize("A B")])[0]


def test_probabilities_are_averaged_not_scores() -> None:
    """One that is sure outweighs two that hesitate, as long as the mean says so."""
    sure, hesitant = Fixed({PERSON: 0.98, OUTSIDE: 0.02}), Fixed({STATE: 0.6, OUTSIDE: 0.3, PERSON: 0.1})
    assert tagged(hesitant) == [Span(0, 1, "state"), Span(1, 2, "state")]
    assert tagged(sure, hesitant) == tagged(hesitant, sure) == [Span(0, 1, "person"), Span(1, 2, "person")]
    assert tagged(sure, hesitant, hesitant, hesitant) == tagged(hesitant)
    mean = np.exp(Tagger(sure, hesitant).scores([tokenize("A")])[0][0])
    np.testing.assert_allclose([mean[PERSON], mean[STATE], mean[OUTSIDE]], [0.54, 0.3, 0.16], atol=1e-5)


def test_tags_that_cannot_follow_each_other_are_mended_after_averaging() -> None:
    """The best tag of every word goes on with a name that nothing began."""
    inside = Fixed({PERSON + 1: 0.9, OUTSIDE: 0.06, PERSON: 0.04})
    assert tagged(inside, Fixed({PERSON + 1: 0.5, OUTSIDE: 0.2, PERSON: 0.3})) == [Span(0, 2, "person")]


def test_a_network_twice_is_that_network() -> None:
    """In what it finds and in its probabilities."""
    small = SmallNetwork(small_model(4), name_lists({}))
    assert Tagger(small, small).tag_all(DOCUMENTS) == Tagger(small).tag_all(DOCUMENTS)
    once, twice = (np.exp(Tagger(*some).scores(DOCUMENTS[0])[0]) for some in ((small,), (small, small)))
    np.testing.assert_allclose(twice, once / once.sum(1, keepdims=True), atol=1e-6)


def test_the_version_names_every_network() -> None:
    """In their order."""
    assert Tagger(Fixed({}, "a"), Fixed({}, "b")).version == "a+b"
    assert Tagger(Fixed({}, "a")).version == "a"


@pytest.mark.parametrize("count", [1, 2])
def test_texts_without_words_have_no_names(count: int) -> None:
    """Nor do no texts."""
    tagger = Tagger(*[Fixed({PERSON: 1.0})] * count)
    assert tagger.tag_all([]) == []
    assert tagger.tag_all(DOCUMENTS)[1:] == [[], [[]]]
