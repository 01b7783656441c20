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
Booleans: TypeAlias = NDArray[np.bool_]
Weights: TypeAlias = Mapping[str, Floats]
"""Arrays by name: see `shapes`."""

EPSILON: Final = 1e-5
NEIGHBOURS: Final = 1
"""A layer sees so many words on each side."""

_WINDOW = np.arange(2 * NEIGHBOURS + 1)


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


def tag_scores(weights: Weights, vectors: Floats, is_word: Booleans, asked: NDArray[np.intp]) -> Floats:
    """Scores (asked, tags) of some rows of word vectors, marks added.

    A layer is computed only where a score that is asked for depends on it.

    Args:
        weights: of the network.
        vectors: of words, sentences below each other.
        is_word: rows that are none stand between sentences.
        asked: the numbers of the rows, each a word.
    """
    hidden = np.zeros((len(vectors) + 2 * NEIGHBOURS, vectors.shape[1]), np.float32)  # zeros beyond both ends
    inside = hidden[NEIGHBOURS:-NEIGHBOURS]
    np.multiply(normalised(weights, "input", vectors), is_word[:, None], out=inside)
    for layer, rows in enumerate(_rows_of_layers(layer_count(weights), is_word, asked)):
        name = f"layer {layer}"
        windows = hidden.take(rows[:, None] + _WINDOW, axis=0).reshape(len(rows), _WINDOW.size * hidden.shape[1])
        inside[rows] += normalised(weights, name, maxout(linear(weights, name, windows)))
    return linear(weights, "scores", inside[asked])


def _rows_of_layers(layers: int, is_word: Booleans, asked: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    """The rows that each layer has to compute; a layer needs the neighbours of those of the one above it."""
    needed = np.zeros(len(is_word), np.bool_)
    needed[asked] = True
    found = [asked]
    while len(found) < layers:
        needed = near(needed, is_word, before=NEIGHBOURS, behind=NEIGHBOURS)
        found.append(np.flatnonzero(needed))
    return found[::-1]


def near(places: Booleans, is_word: Booleans, *, before: int, behind: int) -> Booleans:
    """The words that stand at most so far before or behind a place, in the same sentence."""
    found = places
    for distance in range(max(before, behind)):
        wider = found.copy()
        if distance < behind:
            wider[1:] |= found[:-1]
        if distance < before:
            wider[:-1] |= found[1:]
        found = wider & is_word
    return found


def add_marks(weights: Weights, vectors: Floats, rows: Sequence[int], marks: Sequence[int]) -> None:
    """Add the vectors of marks to rows in place; a row may have several marks, in any order."""
    if not rows:
        return
    order = np.argsort(rows, kind="stable")
    places = np.asarray(rows)[order]
    begins = np.flatnonzero(np.r_[True, places[1:] != places[:-1]])
    vectors[places[begins]] += np.add.reduceat(weights["marks"][np.asarray(marks)[order]], begins, axis=0)


def linear(weights: Weights, name: str, rows: Floats) -> Floats:
    """Rows (n, inputs) times a weight, and its bias."""
    result: Floats = rows @ weights[f"{name} weight"]
    result += weights[f"{name} bias"]
    return result


def maxout(pairs: Floats) -> Floats:
    """The larger of the two halves of each row (Goodfellow et al. 2013)."""
    width = pairs.shape[1] // 2
    return np.maximum(pairs[:, :width], pairs[:, width:])


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
