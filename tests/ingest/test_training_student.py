"""How the student learns: its gradients, its optimizer, and whether it comes to anything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from small_tagger import FEW_ROWS, small_weights

from ingest.tagger import network
from ingest.tagger.network import Floats, Weights
from ingest.tagger.word_features import FEATURES
from ingest.training.student import (
    FIXED,
    NAME_MARKS,
    TABLES,
    Example,
    Gradients,
    Noise,
    Optimizer,
    Student,
    batches,
    collate,
    initial,
)

QUIET = Noise(dropout=0, words=0, vectors=0, names=0)
MARKS, TAGS, WIDTH = NAME_MARKS + 4, 5, 4


def weights_of(seed: int) -> dict[str, Floats]:
    """A network of few weights."""
    return small_weights(seed, width=WIDTH, tables=FEW_ROWS, marks=MARKS, tags=TAGS)


def in_double(weights: Weights) -> dict[str, Floats]:
    """The same weights, as exact as finite differences need them."""
    return {name: weight.astype(np.float64) for name, weight in weights.items()}


def example(seed: int, length: int) -> Example:
    """A sentence of any words, with marks at most of them, of which nothing is certain."""
    random = np.random.default_rng(seed)
    features = random.integers(0, 4, (length, len(FEATURES))).astype(np.int32)
    marks = [random.integers(1, MARKS, size).tolist() for size in random.integers(0, 4, length)]
    wanted = random.random((length, TAGS)) + 0.01
    return Example(features, marks, (wanted / wanted.sum(1, keepdims=True)).astype(np.float32))


EXAMPLES = [example(1, 4), example(2, 1), replace(example(3, 3), weight=0.5), example(4, 0)]
BATCH = collate(EXAMPLES)


def whole(gradients: Gradients, weights: Weights) -> dict[str, NDArray[np.float64]]:
    """The gradient of every weight, with zeros at rows of tables that were not used."""
    found = {name: np.zeros(weight.shape) for name, weight in weights.items()}
    for name, gradient in gradients.dense.items():
        found[name] += gradient
    for name, parts in gradients.rows.items():
        for rows, gradient in parts:
            np.add.at(found[name], rows, gradient)
    return found


def difference(weight: Floats, loss: Callable[[], float]) -> NDArray[np.float64]:
    """How fast the loss grows with each value of a weight, by central differences."""
    found = np.zeros(weight.shape)
    for place in np.ndindex(weight.shape):
        before, losses = weight[place], []
        for step in (1e-6, -1e-6):
            weight[place] = before + step
            losses.append(loss())
        weight[place] = before
        found[place] = (losses[0] - losses[1]) / 2e-6
    return found


@pytest.mark.parametrize(
    "noise", [QUIET, Noise(dropout=0.3, words=0.3, vectors=0.3, names=0.3)], ids=["quiet", "noisy"]
)
def test_gradients_are_those_of_the_loss(noise: Noise) -> None:
    """Every value of every weight and table has the gradient that finite differences show; fixed ones have none."""
    weights = in_double(weights_of(5))

    def student() -> Student:
        return Student(weights, random=np.random.default_rng(6), noise=noise)

    gradients = whole(student().loss(BATCH)[1], weights)
    for name, weight in weights.items():
        wanted = difference(weight, lambda: student().loss(BATCH)[0])
        if name in TABLES:
            wanted[0] = 0  # the row that stands for "none" is not moved
        if name in FIXED:
            assert not gradients[name].any()
        else:
            np.testing.assert_allclose(gradients[name], wanted, rtol=1e-4, atol=1e-7, err_msg=name)
            assert gradients[name].any()


def scores_of(weights: Weights, vectors: Floats) -> Floats:
    """What the tagger's own network says of every word of one sentence."""
    rows = np.arange(len(vectors))
    return network.tag_scores(weights, vectors, rows >= 0, rows)


def plain_loss(weights: Weights, examples: Sequence[Example]) -> float:
    """The cross entropy per word that the tagger's own network has, sentence by sentence."""
    total = 0.0
    for each in examples:
        vectors = network.word_vectors(weights, each.features)
        rows = [row for row, own in enumerate(each.marks) for _ in own]
        network.add_marks(weights, vectors, rows, [mark for own in each.marks for mark in own])
        scores = scores_of(weights, vectors).astype(np.float64)
        logs = scores - np.log(np.exp(scores).sum(1, keepdims=True))
        total -= each.weight * float((each.wanted * logs).sum())
    return total / sum(each.weight * len(each.features) for each in examples)


@pytest.mark.parametrize("tag", [*range(TAGS), None])
def test_the_student_scores_as_the_tagger_will(tag: int | None) -> None:
    """Without noise the loss is that of the tagger's network, for every tag that may be wanted and for a mixture."""
    weights = weights_of(7)
    only = np.eye(TAGS, dtype=np.float32)[tag or 0]
    examples = [
        each if tag is None else replace(each, wanted=np.tile(only, (len(each.features), 1))) for each in EXAMPLES
    ]
    loss, _ = Student(weights, random=np.random.default_rng(0), noise=QUIET).loss(collate(examples))
    assert loss == pytest.approx(plain_loss(weights, examples), rel=1e-4)


def test_single_precision_stays_single() -> None:
    """No gradient and no score is computed in double precision on the way: it would take twice as long."""
    weights = weights_of(13)
    _, gradients = Student(weights, random=np.random.default_rng(0)).loss(BATCH)
    found = [*gradients.dense.values(), *(gradient for parts in gradients.rows.values() for _, gradient in parts)]
    found.append(scores_of(weights, network.word_vectors(weights, BATCH.features)))
    assert {each.dtype for each in found} == {np.dtype(np.float32)}


def test_a_loss_moves_nothing() -> None:
    """Weights and batch are the same after the loss was taken, noise or not."""
    weights = weights_of(8)
    before = {name: weight.copy() for name, weight in weights.items()}
    features = BATCH.features.copy()
    Student(weights, random=np.random.default_rng(0), noise=Noise(0.5, 1, 1, 1)).loss(BATCH)
    np.testing.assert_array_equal(BATCH.features, features)
    for name, weight in weights.items():
        np.testing.assert_array_equal(weight, before[name])


def test_words_and_their_vectors_can_be_hidden() -> None:
    """A hidden word is known by its other features alone, as if its own row were "none"."""
    weights = weights_of(9)
    student = Student(weights, random=np.random.default_rng(0), noise=replace(QUIET, words=1, vectors=1))
    hidden = [replace(each, features=each.features.copy()) for each in EXAMPLES]
    for each in hidden:
        each.features[:, :2] = 0
    loss, gradients = student.loss(BATCH)
    assert loss == pytest.approx(plain_loss(weights, hidden), rel=1e-4)
    assert not whole(gradients, weights)["words"].any()
    assert whole(gradients, weights)["suffixes"].any()


def test_known_names_can_be_hidden_but_no_other_mark() -> None:
    """What the lists say of a word is hidden all at once, what surrounds it never."""
    weights = weights_of(10)
    student = Student(weights, random=np.random.default_rng(0), noise=replace(QUIET, names=1))
    without = [
        replace(each, marks=[[mark for mark in own if mark > NAME_MARKS] for own in each.marks]) for each in EXAMPLES
    ]
    assert any(mark > NAME_MARKS for each in without for own in each.marks for mark in own)
    assert student.loss(BATCH)[0] == pytest.approx(plain_loss(weights, without), rel=1e-4)


def test_what_is_dropped_is_made_up_for() -> None:
    """A mask hides its share of the values and scales the others so that the mean stays."""
    mask = Student({}, random=np.random.default_rng(0), noise=Noise(dropout=0.25)).drop((200, 200))
    assert sorted(set(mask.flat)) == pytest.approx([0, 1 / 0.75])
    assert mask.mean() == pytest.approx(1, abs=0.02)


def toy(seed: int, sentences: int) -> list[Example]:
    """A task of two rules: words 1 to 3 have tags of their own, word 4 has the tag of the word before it."""
    random = np.random.default_rng(seed)
    found = []
    for _ in range(sentences):
        words = [int(random.integers(1, 4)), *random.integers(1, 5, 5).tolist()]
        tags: list[int] = []
        for word in words:
            tags.append(tags[-1] if word == 4 else word)
        features = np.ones((len(words), len(FEATURES)), np.int32)
        features[:, 1] = words
        found.append(Example(features, [[]] * len(words), np.eye(TAGS, dtype=np.float32)[tags]))
    return found


def learn(examples: Sequence[Example], *, epochs: int, seed: int) -> tuple[dict[str, Floats], list[float]]:
    """Weights that have learnt, and the loss of every step."""
    weights = small_weights(seed, width=12, tables=FEW_ROWS, marks=MARKS, tags=TAGS)
    random = np.random.default_rng(seed)
    student = Student(weights, random=random, noise=Noise(dropout=0.05, words=0, vectors=0, names=0.1))
    optimizer, losses = Optimizer(weights), []
    for _ in range(epochs):
        for numbers in batches(examples, 60, random):
            loss, gradients = student.loss(collate([examples[number] for number in numbers]))
            optimizer.step(gradients, 0.02)
            losses.append(loss)
    return weights, losses


def tags_by(weights: Weights, sentence: Example) -> list[int]:
    """The best tag of each word of a sentence without marks."""
    vectors = network.word_vectors(weights, sentence.features)
    tags: list[int] = scores_of(weights, vectors).argmax(1).tolist()
    return tags


def test_a_student_learns_words_and_their_neighbours() -> None:
    """The loss falls to a small part of what it was, and sentences it has not seen get the right tags."""
    weights, losses = learn(toy(1, 60), epochs=40, seed=2)
    assert np.mean(losses[-20:]) < 0.1 * losses[0]
    unseen = toy(99, 50)
    right = [found == wanted for each in unseen for found, wanted in _tags(weights, each)]
    assert np.mean(right) > 0.97


def _tags(weights: Weights, sentence: Example) -> list[tuple[int, int]]:
    return list(zip(tags_by(weights, sentence), sentence.wanted.argmax(1).tolist(), strict=True))


def test_equal_seeds_learn_equal_weights() -> None:
    """Two runs agree in every bit, a run with another seed does not."""
    examples = toy(3, 20)
    (one, losses), (two, again), (_, other) = (learn(examples, epochs=3, seed=seed) for seed in (4, 4, 5))
    assert losses == again != other
    for name, weight in one.items():
        np.testing.assert_array_equal(weight, two[name])


def test_the_first_step_is_that_of_adamw() -> None:
    """Each weight decays and moves by the rate against its gradient's sign, whatever the gradient's size."""
    weights = {"a weight": np.asarray([[1, -2], [3, 4]], np.float32)}
    gradient = np.asarray([[0.1, -0.2], [0.02, 0]], np.float32)
    before = weights["a weight"].copy()
    Optimizer(weights, decay=0.5).step(Gradients({"a weight": gradient.copy()}), 0.1)
    np.testing.assert_allclose(weights["a weight"], before * (1 - 0.1 * 0.5) - 0.1 * np.sign(gradient), rtol=1e-5)


def test_later_steps_follow_the_formula_of_adamw() -> None:
    """Means of gradients and of their squares, both corrected for having begun at zero."""
    weights = {"a bias": np.asarray([1.0, -1.0], np.float32)}
    optimizer = Optimizer(weights, decay=0.01)
    wanted, mean, square = weights["a bias"].astype(np.float64), np.zeros(2), np.zeros(2)
    for step, values in enumerate(([0.3, -0.1], [0.2, 0.4], [-0.5, 0.1]), start=1):
        gradient = np.asarray(values)
        optimizer.step(Gradients({"a bias": gradient.astype(np.float32)}), 0.05)
        mean, square = 0.9 * mean + 0.1 * gradient, 0.999 * square + 0.001 * gradient**2
        corrected = mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        wanted = wanted * (1 - 0.05 * 0.01) - 0.05 * corrected
        np.testing.assert_allclose(weights["a bias"], wanted, rtol=1e-4)


def test_a_large_gradient_is_cut_as_a_whole() -> None:
    """Gradients of all weights together have a norm of at most 1; their proportions stay."""
    weights = {"a bias": np.zeros(1, np.float32), "words": np.zeros((3, 1), np.float32)}
    optimizer = Optimizer(weights)
    rows = {"words": [(np.asarray([2]), np.asarray([[400]], np.float32))]}
    optimizer.step(Gradients({"a bias": np.asarray([300], np.float32)}, rows), 0.1)
    optimizer.step(Gradients({"a bias": np.asarray([0.6], np.float32)}, {}), 0.1)
    assert weights["a bias"] == pytest.approx(-0.2, abs=1e-3)  # as if both gradients had been 0.6


def test_only_rows_that_were_used_move() -> None:
    """The gradients of one row are summed; rows without any, the row of "none" and fixed vectors stay."""
    weights = {name: np.ones((4, 2), np.float32) for name in ("words", "vectors")}
    gradients = Gradients()
    gradients.add_rows("words", np.asarray([3, 0, 1, 3]), np.asarray([[1, 1], [9, 9], [1, -1], [-2, -1]], np.float32))
    gradients.add_rows("words", np.asarray([0]), np.asarray([[5, 5]], np.float32))
    Optimizer(weights, decay=0).step(gradients, 0.1)
    wanted = np.asarray([[1, 1], [0.9, 1.1], [1, 1], [1.1, 1]])
    np.testing.assert_allclose(weights["words"], wanted, rtol=1e-5)
    np.testing.assert_array_equal(weights["vectors"], np.ones((4, 2)))


def test_rows_of_which_none_was_used_are_no_trouble() -> None:
    """A batch in which every word is hidden moves no row."""
    weights = weights_of(12)
    before = weights["words"].copy()
    student = Student(weights, random=np.random.default_rng(0), noise=replace(QUIET, words=1))
    Optimizer(weights).step(student.loss(BATCH)[1], 0.1)
    np.testing.assert_array_equal(weights["words"], before)


@given(st.lists(st.integers(0, 9), max_size=30), st.integers(1, 20))
def test_batches_hold_every_example_once(lengths: list[int], size: int) -> None:
    """Each batch but the last has as many words as asked for, and would have fewer without its last example."""
    examples = [example(number, length) for number, length in enumerate(lengths)]
    found = list(batches(examples, size, np.random.default_rng(1)))
    assert sorted(number for batch in found for number in batch) == list(range(len(lengths)))
    for batch in found:
        assert sum(lengths[number] for number in batch[:-1]) < size
    for batch in found[:-1]:
        assert sum(lengths[number] for number in batch) >= size


def test_sentences_stand_below_each_other() -> None:
    """A row of zeros follows each sentence; marks and weights stand at the rows of their words."""
    assert BATCH.is_word.tolist() == [True] * 4 + [False, True, False] + [True] * 3 + [False] * 2
    assert BATCH.weights.tolist() == [1] * 4 + [0, 1, 0] + [0.5] * 3 + [0, 0]
    np.testing.assert_array_equal(BATCH.features[7:10], EXAMPLES[2].features)
    np.testing.assert_array_equal(BATCH.wanted[:4], EXAMPLES[0].wanted)
    assert not BATCH.features[~BATCH.is_word].any()
    at_third = BATCH.marks[(BATCH.mark_rows >= 7) & (BATCH.mark_rows < 10)].tolist()
    assert at_third == [mark for own in EXAMPLES[2].marks for mark in own]
    assert (np.diff(BATCH.mark_rows) >= 0).all()


def test_weights_begin_small_and_neutral() -> None:
    """Norms change nothing, "none" is zero, matrices stay within one over the root of their inputs."""
    shapes = network.shapes(width=6, layers=1, vectors=(3, 2), tables=FEW_ROWS, marks=9, tags=5)
    vectors = np.ones((3, 2), np.float32)
    weights = initial(shapes, vectors, np.random.default_rng(0))
    assert weights["vectors"] is vectors
    assert (weights["word gain"] == 1).all()
    assert (weights["layer 0 shift"] == 0).all()
    assert not any(weights[table][0].any() for table in TABLES)
    assert weights["marks"][1:].std() == pytest.approx(0.1, rel=0.3)
    for name in ("layer 0 weight", "layer 0 bias"):
        assert 0.7 < np.abs(weights[name]).max() * np.sqrt(18) <= 1.0001
    assert all(weight.dtype == np.float32 for weight in weights.values())
