"""The student: the tagger's own network, trained to give the probabilities that gold tags or a teacher give.

Gradients are written out by hand, layer by layer, so that training needs nothing but numpy: on two cores it is as fast
as with a framework. Optimised by AdamW (Loshchilov and Hutter 2019); of tables only rows that a batch used are moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ingest.tagger import network
from ingest.tagger.name_lists import LIST_NAMES
from ingest.tagger.network import NEIGHBOURS, Floats, Numbers, centre, layer_count, linear
from ingest.tagger.word_features import FEATURES

TABLES: Final = ("words", "prefixes", "suffixes", "shapes", "marks")
"""Weights of which a batch uses only some rows."""
FIXED: Final = frozenset({"vectors"})
NAME_MARKS: Final = 2 * len(LIST_NAMES)
"""Marks up to this number say that a known name stands there."""

_TABLE_SPREAD = 0.1


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence: features (words, len(FEATURES)), marks of each word, wanted probabilities (words, tags)."""

    features: Numbers
    marks: Sequence[Sequence[int]]
    wanted: Floats
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Batch:
    """Sentences below each other, a row of zeros behind each."""

    features: Numbers
    mark_rows: NDArray[np.int64]
    marks: NDArray[np.int64]
    wanted: Floats
    weights: Floats

    @property
    def is_word(self) -> NDArray[np.bool_]:
        """Which rows are words."""
        return self.weights > 0


@dataclass(frozen=True, slots=True)
class Noise:
    """What is hidden while learning, as shares: any hidden value, a word's own row, its vector, a known name."""

    dropout: float = 0.2
    words: float = 0.3
    vectors: float = 0.08
    names: float = 0.15


@dataclass(slots=True)
class Gradients:
    """Of whole weights, and of rows of tables."""

    dense: dict[str, Floats] = field(default_factory=dict)
    rows: dict[str, list[tuple[NDArray[np.int64], Floats]]] = field(default_factory=dict)

    def add_rows(self, table: str, rows: NDArray[np.int64], gradient: Floats) -> None:
        """Add the gradient (n, width) of rows of a table; row 0 is "none" and stays."""
        used = rows > 0
        self.rows.setdefault(table, []).append((rows[used], gradient[used]))


def initial(shapes: Mapping[str, tuple[int, ...]], vectors: Floats, random: np.random.Generator) -> dict[str, Floats]:
    """Weights to begin with: tables small at random, matrices uniform (He et al. 2015), norms neutral."""
    weights: dict[str, Floats] = {"vectors": vectors}
    for name, shape in shapes.items():
        if name in TABLES:
            weights[name] = random.normal(0, _TABLE_SPREAD, shape).astype(np.float32)
            weights[name][0] = 0
        elif name.endswith((" weight", " bias")):
            inputs = shapes[f"{name.rpartition(' ')[0]} weight"][0]
            weights[name] = random.uniform(-1, 1, shape).astype(np.float32) / np.float32(np.sqrt(inputs))
        elif name not in FIXED:
            weights[name] = np.full(shape, 1.0 if name.endswith("gain") else 0.0, np.float32)
    return weights


def batches(examples: Sequence[Example], size: int, random: np.random.Generator) -> Iterator[list[int]]:
    """Numbers of examples in a random order, about `size` words together."""
    current: list[int] = []
    words = 0
    for number in random.permutation(len(examples)).tolist():
        current.append(number)
        words += len(examples[number].features)
        if words >= size:
            yield current
            current, words = [], 0
    if current:
        yield current


def collate(examples: Sequence[Example]) -> Batch:
    """Put sentences below each other."""
    lengths = [len(example.features) for example in examples]
    begins = np.cumsum([0] + [length + 1 for length in lengths])
    rows = int(begins[-1])
    features = np.zeros((rows, len(FEATURES)), np.int32)
    wanted = np.zeros((rows, examples[0].wanted.shape[1]), np.float32)
    weights = np.zeros(rows, np.float32)
    mark_rows: list[int] = []
    marks: list[int] = []
    for example, begin, length in zip(examples, begins.tolist(), lengths, strict=False):
        features[begin : begin + length], wanted[begin : begin + length] = example.features, example.wanted
        weights[begin : begin + length] = example.weight
        for row, own in enumerate(example.marks, start=begin):
            mark_rows += [row] * len(own)
            marks += own
    return Batch(features, np.asarray(mark_rows, np.int64), np.asarray(marks, np.int64), wanted, weights)


class Student:
    """A network that learns.

    Args:
        weights: to begin with; they are changed in place.
        random: of what is hidden.
        noise: how much is hidden.
    """

    def __init__(self, weights: dict[str, Floats], *, random: np.random.Generator, noise: Noise | None = None) -> None:
        self.weights = weights
        self._random = random
        self._noise = noise or Noise()

    def loss(self, batch: Batch) -> tuple[float, Gradients]:
        """Cross entropy of a batch per word, and its gradients."""
        gradients = Gradients()
        batch = self._hide(batch)
        words = _Words(self, batch)
        layers = _Layers(self, batch, words.vectors)
        scores = linear(self.weights, "scores", layers.hidden)
        scores -= scores.max(1, keepdims=True)
        logs = scores - np.log(np.exp(scores).sum(1, keepdims=True))
        total = batch.weights.sum()
        loss = float(-((batch.wanted * logs).sum(1) * batch.weights).sum() / total)
        share = (batch.weights / total)[:, None]
        back = (np.exp(logs) * batch.wanted.sum(1, keepdims=True) - batch.wanted) * share
        back = self.linear_back(gradients, "scores", layers.hidden, back)
        words.back(gradients, layers.back(gradients, back))
        return loss, gradients

    def drop(self, shape: tuple[int, ...]) -> Floats:
        """A mask that hides some values and scales the others up."""
        keep = 1 - self._noise.dropout
        kept = self._random.random(shape, np.float32) < keep
        return kept.astype(np.float32) / np.float32(keep)

    def linear_back(self, gradients: Gradients, name: str, rows: Floats, back: Floats) -> Floats:
        """Through a matrix and its bias: keeps their gradients, gives that of the rows."""
        gradients.dense[f"{name} weight"] = rows.T @ back
        gradients.dense[f"{name} bias"] = back.sum(0)
        result: Floats = back @ self.weights[f"{name} weight"].T
        return result

    def norm_back(self, gradients: Gradients, name: str, shaped: Floats, scale: Floats, back: Floats) -> Floats:
        """Through a layer normalisation of which `shaped` is the result before gain and shift."""
        gradients.dense[f"{name} gain"] = np.einsum("ij,ij->j", back, shaped)
        gradients.dense[f"{name} shift"] = back.sum(0)
        back = back * self.weights[f"{name} gain"]
        width = shaped.shape[1]
        along = np.einsum("ij,ij->i", back, shaped)[:, None] / width
        result: Floats = (back - back.mean(1, keepdims=True) - shaped * along) * scale
        return result

    def _hide(self, batch: Batch) -> Batch:
        """Hide words and vectors now and then, so that shape and context are learnt, and known names."""
        features = batch.features.copy()
        draw = self._random.random((2, len(features)), np.float32)
        features[draw[0] < self._noise.words, 1] = 0
        features[draw[1] < self._noise.vectors, 0] = 0
        hidden = self._random.random(len(features), np.float32) < self._noise.names
        kept = ~(hidden[batch.mark_rows] & (batch.marks <= NAME_MARKS))
        return Batch(features, batch.mark_rows[kept], batch.marks[kept], batch.wanted, batch.weights)


class _Words:
    """The vectors of a batch's words, marks added, and the way back."""

    def __init__(self, student: Student, batch: Batch) -> None:
        weights = student.weights
        self._student, self._batch = student, batch
        self._given = weights["vectors"][batch.features[:, 0]]
        total = linear(weights, "vector", self._given)
        for column, table in enumerate(FEATURES[1:], start=1):
            total += weights[table][batch.features[:, column]]
        centred, self._scale = centre(total)
        self._shaped = centred * self._scale
        self._normed = self._shaped * weights["word gain"] + weights["word shift"]
        self._dropped = student.drop(self._normed.shape)
        self._mixing = self._normed * self._dropped
        self._pairs = linear(weights, "mix", self._mixing)
        self._mixed = network.maxout(self._pairs)
        self.vectors = self._normed + linear(weights, "mixed", self._mixed)
        network.add_marks(weights, self.vectors, batch.mark_rows.tolist(), batch.marks.tolist())

    def back(self, gradients: Gradients, back: Floats) -> None:
        """Keep the gradients of everything below the word vectors."""
        student, batch = self._student, self._batch
        gradients.add_rows("marks", batch.marks, back[batch.mark_rows])
        through = student.linear_back(gradients, "mixed", self._mixed, back)
        through = student.linear_back(gradients, "mix", self._mixing, maxout_back(self._pairs, through))
        back = back + through * self._dropped
        back = student.norm_back(gradients, "word", self._shaped, self._scale, back)
        student.linear_back(gradients, "vector", self._given, back)
        for column, table in enumerate(FEATURES[1:], start=1):
            gradients.add_rows(table, batch.features[:, column].astype(np.int64), back)


class _Layers:
    """The layers above the word vectors, and the way back."""

    def __init__(self, student: Student, batch: Batch, vectors: Floats) -> None:
        weights = student.weights
        self._student = student
        self._mask = batch.is_word[:, None].astype(np.float32)
        centred, self._scale = centre(vectors)
        self._shaped = centred * self._scale
        self._dropped = student.drop(vectors.shape) * self._mask
        self.hidden = (self._shaped * weights["input gain"] + weights["input shift"]) * self._dropped
        self._seen: list[tuple[Floats, Floats, Floats, Floats, Floats]] = []
        for layer in range(layer_count(weights)):
            self._forward(f"layer {layer}")

    def _forward(self, name: str) -> None:
        weights = self._student.weights
        inputs = windows(self.hidden)
        pairs = linear(weights, name, inputs)
        centred, scale = centre(network.maxout(pairs))
        shaped = centred * scale
        dropped = self._student.drop(shaped.shape) * self._mask
        self._seen.append((inputs, pairs, shaped, scale, dropped))
        self.hidden = self.hidden + (shaped * weights[f"{name} gain"] + weights[f"{name} shift"]) * dropped

    def back(self, gradients: Gradients, back: Floats) -> Floats:
        """Through all layers, to the gradient of the word vectors."""
        for layer in range(len(self._seen) - 1, -1, -1):
            name = f"layer {layer}"
            inputs, pairs, shaped, scale, dropped = self._seen[layer]
            through = self._student.norm_back(gradients, name, shaped, scale, back * dropped)
            through = self._student.linear_back(gradients, name, inputs, maxout_back(pairs, through))
            back = back + windows_back(through)
        return self._student.norm_back(gradients, "input", self._shaped, self._scale, back * self._dropped)


def maxout_back(pairs: Floats, back: Floats) -> Floats:
    """The gradient goes to the half that was larger."""
    width = back.shape[1]
    first = pairs[:, :width] >= pairs[:, width:]
    result = np.empty_like(pairs)
    np.multiply(back, first, out=result[:, :width])
    np.multiply(back, ~first, out=result[:, width:])
    return result


def windows(rows: Floats) -> Floats:
    """Each row with its neighbours beside it; beyond the ends stand zeros."""
    count, width = rows.shape
    found = np.zeros((count, (2 * NEIGHBOURS + 1) * width), rows.dtype)
    for place, shift in enumerate(range(-NEIGHBOURS, NEIGHBOURS + 1)):
        block = found[:, place * width : (place + 1) * width]
        block[max(0, -shift) : count - max(0, shift)] = rows[max(0, shift) : count - max(0, -shift)]
    return found


def windows_back(back: Floats) -> Floats:
    """The gradients that the windows around a row give it, summed."""
    count = len(back)
    width = back.shape[1] // (2 * NEIGHBOURS + 1)
    result = np.zeros((count, width), back.dtype)
    for place, shift in enumerate(range(-NEIGHBOURS, NEIGHBOURS + 1)):
        block = back[:, place * width : (place + 1) * width]
        result[max(0, shift) : count - max(0, -shift)] += block[max(0, -shift) : count - max(0, shift)]
    return result


class Optimizer:
    """AdamW over whole weights and over the rows of tables that are used; gradients are cut to a norm of 1."""

    def __init__(self, weights: dict[str, Floats], *, decay: float = 0.01) -> None:
        self._weights = weights
        self._decay = decay
        self._step = 0
        moving = [name for name in weights if name not in FIXED]
        self._means = {name: np.zeros_like(weights[name]) for name in moving}
        self._squares = {name: np.zeros_like(weights[name]) for name in moving}

    def step(self, gradients: Gradients, rate: float) -> None:
        """Move the weights against their gradients."""
        self._step += 1
        rows = {table: _summed(parts) for table, parts in gradients.rows.items()}
        squares = sum(float(np.vdot(each, each)) for each in gradients.dense.values())
        squares += sum(float(np.vdot(each, each)) for _, each in rows.values())
        cut = np.float32(min(1.0, 1.0 / (np.sqrt(squares) + 1e-6)))
        for name, gradient in gradients.dense.items():
            self._move(name, slice(None), gradient * cut, rate)
        for name, (used, gradient) in rows.items():
            self._move(name, used, gradient * cut, rate)

    def _move(self, name: str, used: slice | NDArray[np.int64], gradient: Floats, rate: float) -> None:
        mean = 0.9 * self._means[name][used] + 0.1 * gradient
        square = 0.999 * self._squares[name][used] + 0.001 * gradient * gradient
        self._means[name][used], self._squares[name][used] = mean, square
        step = rate * np.sqrt(1 - 0.999**self._step) / (1 - 0.9**self._step)
        weights = self._weights[name]
        decayed = weights[used] * np.float32(1 - rate * self._decay)
        weights[used] = decayed - np.float32(step) * mean / (np.sqrt(square) + np.float32(1e-8))


def _summed(parts: Sequence[tuple[NDArray[np.int64], Floats]]) -> tuple[NDArray[np.int64], Floats]:
    """Gradients of the same row added up."""
    rows = np.concatenate([rows for rows, _ in parts])
    gradient = np.concatenate([gradient for _, gradient in parts])
    order = np.argsort(rows, kind="stable")
    rows = rows[order]
    begins = np.flatnonzero(np.r_[True, rows[1:] != rows[:-1]]) if len(rows) else np.zeros(0, np.int64)
    if not len(rows):
        return rows, gradient
    return rows[begins], np.add.reduceat(gradient[order], begins, axis=0)
