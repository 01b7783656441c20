"""The network against plain readings of its formulas, and the features of words it begins with."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from small_tagger import FEW_ROWS, VECTORS, VOCABULARY, small_weights

from ingest.tagger import network
from ingest.tagger.network import EPSILON, Floats, Weights
from ingest.tagger.word_features import FEATURES, SIZES, word_features
from ingest.tokens import tokenize
from ingest.training.student import maxout_back, windows, windows_back

Doubles = NDArray[np.float64]


def random_rows(seed: int, *shape: int) -> Floats:
    """Numbers about zero."""
    return np.random.default_rng(seed).normal(0, 2, shape).astype(np.float32)


def plain_norm(weights: Weights, name: str, row: Doubles) -> Doubles:
    """Layer normalisation of one row: (x - mean) / sqrt(variance + epsilon), times gain, plus shift."""
    mean = np.float64(sum(row) / len(row))
    variance = sum((value - mean) ** 2 for value in row) / len(row)
    normed: Doubles = (row - mean) / np.sqrt(variance + EPSILON)
    return normed * weights[f"{name} gain"] + weights[f"{name} shift"]


def plain_linear(weights: Weights, name: str, row: Doubles) -> Doubles:
    """One row times a matrix, and its bias."""
    columns = weights[f"{name} weight"].T.astype(np.float64)
    return np.asarray([column @ row for column in columns]) + weights[f"{name} bias"]


def plain_maxout(row: Doubles) -> Doubles:
    """The larger of each value and its partner in the second half."""
    half = len(row) // 2
    return np.asarray([max(row[place], row[place + half]) for place in range(half)])


def plain_scores(weights: Weights, vectors: Sequence[Doubles]) -> list[Doubles]:
    """The scores of one sentence, word by word."""
    hidden = [plain_norm(weights, "input", vector) for vector in vectors]
    nothing = np.zeros_like(hidden[0])
    for layer in range(2):
        beside = [nothing, *hidden, nothing]
        name = f"layer {layer}"
        seen = [np.concatenate(beside[place : place + 3]) for place in range(len(hidden))]
        found = [plain_norm(weights, name, plain_maxout(plain_linear(weights, name, row))) for row in seen]
        hidden = [old + new for old, new in zip(hidden, found, strict=True)]
    return [plain_linear(weights, "scores", row) for row in hidden]


def test_every_weight_has_its_shape() -> None:
    """The shapes that are asked for are those of the weights, and as many layers are counted."""
    shapes = network.shapes(width=6, layers=3, vectors=VECTORS, tables=FEW_ROWS, marks=9, tags=5)
    weights = small_weights(0, layers=3, tables=FEW_ROWS, marks=9, tags=5)
    assert {name: weight.shape for name, weight in weights.items()} == shapes
    assert shapes["layer 2 weight"] == (18, 12)
    assert shapes["scores weight"] == (6, 5)
    assert shapes["marks"] == (9, 6)
    assert network.layer_count(weights) == 3


def test_the_vector_of_a_word_follows_the_formula() -> None:
    """A word's rows of all tables and its own vector are added, normalised, and mixed with themselves."""
    weights = small_weights(1, tables=FEW_ROWS)
    features = np.random.default_rng(1).integers(0, 4, (5, len(FEATURES))).astype(np.int32)
    for numbers, vector in zip(features, network.word_vectors(weights, features), strict=True):
        rows = [weights[table][number] for table, number in zip(FEATURES[1:], numbers[1:], strict=True)]
        given = plain_linear(weights, "vector", weights["vectors"][numbers[0]].astype(np.float64))
        normed = plain_norm(weights, "word", np.sum(rows, axis=0) + given)
        mixed = plain_linear(weights, "mixed", plain_maxout(plain_linear(weights, "mix", normed)))
        np.testing.assert_allclose(vector, normed + mixed, rtol=1e-4, atol=1e-5)


def test_the_scores_of_a_batch_follow_the_formula() -> None:
    """Sentences that stand below each other get the scores each would get alone, word by word."""
    weights = small_weights(2, tables=FEW_ROWS)
    rows = random_rows(2, 8, 6)
    is_word = np.asarray([True, True, True, False, True, False, False, True])
    scores = network.tag_scores(weights, rows, is_word, np.flatnonzero(is_word))
    sentences = ((0, 3), (4, 5), (7, 8))
    wanted = [plain_scores(weights, list(rows[first:stop].astype(np.float64))) for first, stop in sentences]
    np.testing.assert_allclose(scores, np.concatenate(wanted), rtol=1e-4, atol=1e-4)


@given(st.integers(0, 2**32 - 1), st.lists(st.booleans(), min_size=1, max_size=12), st.data())
def test_scores_do_not_depend_on_which_others_are_asked_for(seed: int, words: list[bool], data: st.DataObject) -> None:
    """Of any words the scores are those they get among all."""
    is_word = np.asarray(words)
    every = np.flatnonzero(is_word)
    some = np.asarray([row for row in every.tolist() if data.draw(st.booleans())], np.intp)
    weights, rows = small_weights(5, layers=3, tables=FEW_ROWS), random_rows(seed, len(words), 6)
    scores = dict(zip(every.tolist(), network.tag_scores(weights, rows, is_word, every), strict=True))
    found = network.tag_scores(weights, rows, is_word, some)
    assert len(found) == len(some)
    for row, own in zip(some.tolist(), found, strict=True):
        np.testing.assert_allclose(own, scores[row], rtol=1e-4, atol=1e-4)


def test_rows_between_sentences_change_nothing() -> None:
    """Whatever stands in a row that is no word reaches no word."""
    weights = small_weights(3, tables=FEW_ROWS)
    rows, is_word = random_rows(3, 5, 6), np.asarray([True, True, False, True, False])
    others = np.where(is_word[:, None], rows, 100).astype(np.float32)
    asked = np.flatnonzero(is_word)
    scores, other = (network.tag_scores(weights, each, is_word, asked) for each in (rows, others))
    np.testing.assert_array_equal(scores, other)


@given(st.integers(0, 2**32 - 1), st.integers(1, 5), st.integers(2, 9))
def test_layer_normalisation_follows_the_formula(seed: int, count: int, width: int) -> None:
    """Rows less their mean, over their deviation, with gain and shift; a row of equal values becomes the shift."""
    gain, shift, rows = random_rows(seed, width), random_rows(seed + 1, width), random_rows(seed + 2, count, width)
    rows[0] = 3
    weights = {"a gain": gain, "a shift": shift}
    wanted = [plain_norm(weights, "a", row.astype(np.float64)) for row in rows]
    np.testing.assert_allclose(network.normalised(weights, "a", rows), wanted, rtol=1e-3, atol=1e-4)
    np.testing.assert_allclose(network.normalised(weights, "a", rows)[0], shift, atol=1e-5)


def test_inputs_are_left_as_they_are() -> None:
    """No function writes into the rows it is given, but the one that says so."""
    weights = small_weights(4, tables=FEW_ROWS)
    rows = random_rows(4, 3, 6)
    before = rows.copy()
    network.normalised(weights, "word", rows)
    network.tag_scores(weights, rows, np.ones(3, np.bool_), np.arange(3))
    np.testing.assert_array_equal(rows, before)


def test_a_window_is_a_word_between_its_neighbours() -> None:
    """Beyond the first and the last row stand zeros."""
    rows = np.asarray([[1, 2], [3, 4], [5, 6]], np.float32)
    wanted = [[0, 0, 1, 2, 3, 4], [1, 2, 3, 4, 5, 6], [3, 4, 5, 6, 0, 0]]
    np.testing.assert_array_equal(windows(rows), wanted)
    np.testing.assert_array_equal(windows(rows[:1]), [[0, 0, 1, 2, 0, 0]])


@given(st.integers(0, 2**32 - 1), st.integers(1, 6), st.integers(1, 4))
def test_the_way_back_through_windows_is_their_transpose(seed: int, count: int, width: int) -> None:
    """Windows are linear: the product of windows(x) with y is that of x with windows_back(y)."""
    rows, back = random_rows(seed, count, width), random_rows(seed + 1, count, 3 * width)
    there = np.vdot(windows(rows), back)
    assert there == pytest.approx(np.vdot(rows, windows_back(back)), abs=1e-3)


@given(st.integers(0, 2**32 - 1), st.integers(1, 6), st.integers(1, 4))
def test_maxout_takes_the_larger_half_and_sends_the_gradient_there(seed: int, count: int, width: int) -> None:
    """Each value and each gradient agrees with a plain comparison."""
    pairs, back = random_rows(seed, count, 2 * width), random_rows(seed + 1, count, width)
    wanted, wanted_back = np.zeros_like(back), np.zeros_like(pairs)
    for row in range(count):
        for place in range(width):
            larger = place if pairs[row, place] >= pairs[row, place + width] else place + width
            wanted[row, place] = pairs[row, larger]
            wanted_back[row, larger] = back[row, place]
    np.testing.assert_array_equal(network.maxout(pairs), wanted)
    np.testing.assert_array_equal(maxout_back(pairs, back), wanted_back)


def test_equal_halves_send_the_gradient_once() -> None:
    """Of two equal values the first one is moved."""
    pairs = np.asarray([[2, 2]], np.float32)
    np.testing.assert_array_equal(maxout_back(pairs, np.asarray([[5]], np.float32)), [[5, 0]])


def test_marks_are_added_row_by_row() -> None:
    """A row gets the sum of its marks, one mark may come twice, and rows without any stay."""
    weights = small_weights(5, tables=FEW_ROWS, marks=4)
    vectors = random_rows(5, 5, 6)
    rows, marks = [1, 1, 1, 4], [3, 1, 3, 2]
    wanted = vectors.copy()
    np.add.at(wanted, rows, weights["marks"][marks])
    network.add_marks(weights, vectors, rows, marks)
    np.testing.assert_allclose(vectors, wanted, rtol=1e-6)
    network.add_marks(weights, vectors, [], [])
    np.testing.assert_allclose(vectors, wanted, rtol=1e-6)


@given(st.text(max_size=30))
def test_every_word_has_features_within_the_tables(text: str) -> None:
    """Whatever a token is made of, its numbers point to rows that are there, and none but the first to "none"."""
    for token in tokenize(text):
        numbers = word_features(token.text, VOCABULARY)
        assert len(numbers) == len(FEATURES)
        assert 0 <= numbers[0] < VECTORS[0]
        assert all(0 < number < SIZES[table] for table, number in zip(FEATURES[1:], numbers[1:], strict=True))


@pytest.mark.parametrize(
    ("word", "other", "same"),
    [
        ("Erdoğan", "Erdogan", ["words", "prefixes", "suffixes", "shapes"]),
        ("Iran", "iran", ["vectors", "words", "prefixes", "suffixes"]),
        ("IRAN", "Iran", ["vectors", "words", "prefixes", "suffixes"]),
        ("Trump", "Obama", ["shapes"]),
        ("Trump", "Vanceburg", ["shapes"]),
        ("2026", "1979", ["shapes"]),
        ("F-16", "B-52", ["shapes"]),
        ("...", "....", ["prefixes", "suffixes", "shapes"]),
        ("A", "I", ["shapes"]),
        ("I", "II", []),
        ("reactors", "Reaction", ["prefixes"]),
        ("vienna", "sienna", ["suffixes", "shapes"]),
    ],
)
def test_words_share_what_they_have_in_common(word: str, other: str, same: list[str]) -> None:
    """Spellings meet under one key, beginnings, ends and shapes under their own, and everything else differs."""
    pair = zip(FEATURES[:5], *(word_features(each, VOCABULARY)[:5] for each in (word, other)), strict=True)
    assert [table for table, one, two in pair if one == two and (table != "vectors" or one)] == same


def test_a_word_with_a_dot_may_have_a_vector_of_its_own() -> None:
    """The vector is looked up as the word is written first, then under its plain spelling."""
    vocabulary = {"u.s.": 1, "us": 2, "nato": 3}
    assert [word_features(word, vocabulary)[0] for word in ("U.S.", "US", "N.A.T.O.", "UN")] == [1, 2, 3, 0]
