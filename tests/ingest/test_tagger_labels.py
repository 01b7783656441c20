"""Tags, the names they mark, and the best sequence of them."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.tagger.decoding import best_tags
from ingest.tagger.labels import LABELS, OUTSIDE, TAGS, Span, begin_of, is_begin, may_follow, spans_of, tags_of
from ingest.tagger.network import Floats

ANY_TAGS = st.lists(st.integers(0, len(TAGS) - 1), max_size=12)
PERSON, STATE = begin_of("person"), begin_of("state")
FEW_TAGS = (OUTSIDE, PERSON, PERSON + 1, STATE, STATE + 1)


@st.composite
def names_of_sentences(draw: st.DrawFn) -> tuple[list[Span], int]:
    """The names of a sentence from left to right, some of them side by side, and the sentence's length."""
    length = draw(st.integers(0, 12))
    cuts = sorted(draw(st.sets(st.integers(0, length), max_size=8)))
    spans = [Span(*cut, draw(st.sampled_from(LABELS))) for cut in pairwise(cuts) if draw(st.booleans())]
    return spans, length


def scores_of(values: list[list[int]]) -> Floats:
    """Scores of all tags, where those that the values do not speak of are out of the question."""
    scores = np.full((len(values), len(TAGS)), -1000, np.float32)
    scores[:, FEW_TAGS] = values
    return scores


def well_formed(tags: list[int]) -> bool:
    """Whether each tag can stand where it does."""
    return all(may_follow(before, tag) for before, tag in pairwise([OUTSIDE, *tags]))


def test_tags_are_numbered_in_pairs() -> None:
    """Each label has an odd tag that begins a name and the even one behind it that goes on."""
    assert TAGS[OUTSIDE] == "O"
    for label in LABELS:
        begin = begin_of(label)
        assert (TAGS[begin], TAGS[begin + 1]) == (f"B-{label}", f"I-{label}")
        assert is_begin(begin)
        assert not is_begin(begin + 1)
    assert not is_begin(OUTSIDE)


@pytest.mark.parametrize(
    ("before", "tag", "allowed"),
    [
        (OUTSIDE, OUTSIDE, True),
        (PERSON + 1, OUTSIDE, True),
        (STATE, PERSON, True),
        (PERSON, PERSON + 1, True),
        (PERSON + 1, PERSON + 1, True),
        (OUTSIDE, PERSON + 1, False),
        (STATE, PERSON + 1, False),
        (STATE + 1, PERSON + 1, False),
        (PERSON + 1, STATE + 1, False),
    ],
)
def test_inside_needs_its_own_name_before_it(before: int, tag: int, allowed: bool) -> None:
    """Only the inside of a name asks for something before it: the begin or inside of the same label."""
    assert may_follow(before, tag) is allowed


@given(names_of_sentences())
def test_names_come_back_from_their_tags(sentence: tuple[list[Span], int]) -> None:
    """Whatever names do not overlap are read from the tags that were made of them."""
    spans, length = sentence
    tags = tags_of(spans, length)
    assert len(tags) == length
    assert well_formed(tags)
    assert list(spans_of(tags)) == spans


@given(ANY_TAGS)
def test_tags_come_back_from_their_names(tags: list[int]) -> None:
    """Tags are made again of the names they mark; an inside that follows nothing of its label has become a begin."""
    befores = [OUTSIDE, *tags]
    wanted = [tag if may_follow(before, tag) else tag - 1 for before, tag in zip(befores, tags, strict=False)]
    assert tags_of(spans_of(tags), len(tags)) == wanted


def test_of_names_that_overlap_the_first_stays() -> None:
    """A name that shares a token with one given before it is left out."""
    long, short, behind = Span(0, 3, "organization"), Span(2, 4, "person"), Span(3, 4, "state")
    assert list(spans_of(tags_of([long, short, behind], 4))) == [long, behind]
    assert list(spans_of(tags_of([short, long], 4))) == [short]


@given(st.lists(st.lists(st.integers(-5, 5), min_size=5, max_size=5), min_size=1, max_size=4))
def test_the_best_tags_score_as_much_as_any_that_are_well_formed(values: list[list[int]]) -> None:
    """No well-formed sequence has a larger sum of scores than the one that is found."""
    scores = scores_of(values)
    found = best_tags(scores)
    paths = [path for path in product(FEW_TAGS, repeat=len(values)) if well_formed(list(path))]
    rows = np.arange(len(values))
    assert well_formed(found)
    assert scores[rows, found].sum() == max(scores[rows, list(path)].sum() for path in paths)


@given(st.integers(1, 30), st.integers(0, 2**32 - 1))
def test_the_best_tags_are_well_formed(length: int, seed: int) -> None:
    """Scores of all tags at random, nearly all of which have no well-formed sequence of best tags."""
    scores = np.random.default_rng(seed).normal(0, 3, (length, len(TAGS))).astype(np.float32)
    tags = best_tags(scores)
    assert len(tags) == length
    assert well_formed(tags)


def test_an_inside_that_is_nearly_certain_brings_its_begin() -> None:
    """The begin of a name is taken although another tag scores more there, where the next word pays for it."""
    assert best_tags(scores_of([[2, 1, 0, 0, 0], [0, 0, 9, 0, 0]])) == [PERSON, PERSON + 1]
    assert best_tags(scores_of([[9, 0, 0, 0, 0], [0, 1, 2, 0, 0]])) == [OUTSIDE, PERSON]


def test_a_sentence_without_words_has_no_tags() -> None:
    """Nothing is found in nothing."""
    assert best_tags(np.zeros((0, len(TAGS)), np.float32)) == []
    assert list(spans_of([])) == []
    assert tags_of([], 0) == []
