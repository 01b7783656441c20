"""The network: vectors of words, then four layers that look at a word and its neighbours, in numpy.

A residual convolutional network of the kind spaCy uses (Honnibal and Montani 2017: hashed embeddings, maxout, layer
normalisation), with the differences that word vectors are computed once for each different word, and that sums of mark
vectors are added to them. All sentences of a batch stand below each other, with rows of zeros between them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ingest.tagger.word_features import FEATURES

Floats: TypeAlias = NDArray[np.float32]
Numbers: TypeAlias = NDArray[np.int32]
Weights: TypeAlias = Mapping[str, Floats]
"""Arrays by name: see `shapes`."""

EPSILON: Final = 1e-5
NEIGHBOURS: Final = 1
"""A layer sees so many words on each side."""


def shapes(
    *, width: int, layers: int, vectors: tuple[int, int], tables: Mapping[str, int], marks: int, tags: int
) -> dict[str, tuple[int, ...]]:
    """The shape of every weight.

    Args:
        width: of the hidden layers.
        layers: how many there are.
        vectors: rows and width of the ready-made word vectors.
        tables: rows of the tables that words are hashed into.
        marks: how many marks there are, "none" included.
        tags: how many tags there are.
    """
    window = (2 * NEIGHBOURS + 1) * width
    found: dict[str, tuple[int, ...]] = {"vectors": vectors, "marks": (marks, width)}
    found |= {name: (rows, width) for name, rows in tables.items()}
    found |= _linear("vector", vectors[1], width) | _norm("word", width)
    found |= _linear("mix", width, 2 * width) | _linear("mixed", width, width) | _norm("input", width)
    for layer in range(layers):
        found |= _linear(f"layer {layer}", window, 2 * width) | _norm(f"layer {layer}", width)
    return found | _linear("scores", width, tags)


def _linear(name: str, inputs: int, outputs: int) -> dict[str, tuple[int, ...]]:
    return {f"{name} weight": (inputs, outputs), f"{name} bias": (outputs,)}


def _norm(name: str, width: int) -> dict[str, tuple[int, ...]]:
    return {f"{name} gain": (width,), f"{name} shift": (width,)}


def layer_count(weights: Weights) -> int:
    """How many layers a network has."""
    return sum(name.startswith("layer") and name.endswith("weight") for name in weights)


def word_vectors(weights: Weights, features: Numbers) -> Floats:
    """Vectors (words, width) of words by their features (words, len(FEATURES))."""
    given = linear(weights, "vector", weights["vectors"][features[:, 0]])
    for column, table in enumerate(FEATURES[1:], start=1):
        given += weights[table][features[:, column]]
    vectors = normalised(weights, "word", given)
    return vectors + linear(weights, "mixed", maxout(linear(weights, "mix", vectors)))


def tag_scores(weights: Weights, vectors: Floats, is_word: NDArray[np.bool_]) -> Floats:
    """Scores (rows, tags) of rows of word vectors, marks added; rows that are no word stand between sentences."""
    mask = is_word[:, None].astype(np.float32)
    hidden = normalised(weights, "input", vectors) * mask
    for layer in range(layer_count(weights)):
        name = f"layer {layer}"
        seen = maxout(linear(weights, name, windows(hidden)))
        hidden += normalised(weights, name, seen)
        hidden *= mask
    return linear(weights, "scores", hidden)


def add_marks(weights: Weights, vectors: Floats, rows: Sequence[int], marks: Sequence[int]) -> None:
    """Add the vectors of marks to rows in place; `rows` ascends, a row may have several marks."""
    if not rows:
        return
    places = np.asarray(rows)
    begins = np.flatnonzero(np.r_[True, places[1:] != places[:-1]])
    vectors[places[begins]] += np.add.reduceat(weights["marks"][np.asarray(marks)], begins, axis=0)


def linear(weights: Weights, name: str, rows: Floats) -> Floats:
    """Rows (n, inputs) times a weight, and its bias."""
    result: Floats = rows @ weights[f"{name} weight"]
    result += weights[f"{name} bias"]
    return result


def maxout(pairs: Floats) -> Floats:
    """The larger of the two halves of each row (Goodfellow et al. 2013)."""
    width = pairs.shape[1] // 2
    return np.maximum(pairs[:, :width], pairs[:, width:])


def windows(rows: Floats) -> Floats:
    """Each row with its neighbours beside it; beyond the ends stand zeros."""
    count, width = rows.shape
    found = np.zeros((count, (2 * NEIGHBOURS + 1) * width), rows.dtype)
    for place, shift in enumerate(range(-NEIGHBOURS, NEIGHBOURS + 1)):
        block = found[:, place * width : (place + 1) * width]
        block[max(0, -shift) : count - max(0, shift)] = rows[max(0, shift) : count - max(0, -shift)]
    return found


def normalised(weights: Weights, name: str, rows: Floats) -> Floats:
    """Layer normalisation (Ba et al. 2016)."""
    centred, scale = centre(rows)
    centred *= scale
    centred *= weights[f"{name} gain"]
    centred += weights[f"{name} shift"]
    return centred


def centre(rows: Floats) -> tuple[Floats, Floats]:
    """Rows less their mean, and one over their standard deviation (n, 1)."""
    centred = rows - rows.mean(1, keepdims=True)
    variance = np.einsum("ij,ij->i", centred, centred) / rows.shape[1]
    scale: Floats = (1 / np.sqrt(variance + EPSILON))[:, None]
    return centred, scale
