"""A large network that is small: weights under the teacher's names, and BERT's formulas to read them by hand."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.tagger.chunks import LONGEST
from ingest.tagger.labels import TAGS
from ingest.tagger.network import Floats
from ingest.tagger.wordpiece import SHAPES

PIECES: Sequence[str] = tuple("[UNK] [CLS] [SEP] iran said met in the kerry bob ##s . - x ##x vienna".split())  # noqa: SIM905
WIDTH, HEADS, LAYERS, INNER = 24, 3, 2, 40

Doubles = NDArray[np.float64]


def small_encoder(seed: int) -> dict[str, Floats]:
    """Weights drawn at random."""
    random = np.random.default_rng(seed)
    shapes: dict[str, tuple[int, ...]] = {
        "words.weight": (len(PIECES), WIDTH),
        "positions.weight": (LONGEST + 20, WIDTH),
        "shapes.weight": (SHAPES, WIDTH),
    }
    linear = {"scores": (len(TAGS), WIDTH)}
    norms = ["norm"]
    for prefix in (f"layers.{layer}." for layer in range(LAYERS)):
        linear |= {f"{prefix}query_key_value": (3 * WIDTH, WIDTH), f"{prefix}attended": (WIDTH, WIDTH)}
        linear |= {f"{prefix}inner": (INNER, WIDTH), f"{prefix}outer": (WIDTH, INNER)}
        norms += [f"{prefix}attended_norm", f"{prefix}outer_norm"]
    for name, shape in linear.items():
        shapes |= {f"{name}.weight": shape, f"{name}.bias": shape[:1]}
    shapes |= {f"{name}.{part}": (WIDTH,) for name in norms for part in ("weight", "bias")}
    means = {f"{name}.weight": 1.0 for name in norms}
    spreads = {"words.weight": 1.0, "shapes.weight": 1.0}
    return {
        name: random.normal(means.get(name, 0), spreads.get(name, 0.3), shape).astype(np.float32)
        for name, shape in shapes.items()
    }


def read_by_hand(weights: Mapping[str, Floats], pieces: Sequence[int], shapes: Sequence[int]) -> Doubles:
    """Scores (pieces, tags) of one chunk."""
    rows = weights["words.weight"][list(pieces)].astype(np.float64)
    rows += weights["positions.weight"][: len(pieces)] + weights["shapes.weight"][list(shapes)]
    rows = _normed(weights, "norm", rows)
    for layer in range(LAYERS):
        rows = _layer(weights, f"layers.{layer}.", rows)
    return _linear(weights, "scores", rows)


def _layer(weights: Mapping[str, Floats], prefix: str, rows: Doubles) -> Doubles:
    query, key, value = np.split(_linear(weights, f"{prefix}query_key_value", rows), 3, axis=1)
    heads = []
    for head in np.split(np.arange(WIDTH), HEADS):
        strength = np.exp(query[:, head] @ key[:, head].T / math.sqrt(len(head)))
        heads.append(strength / strength.sum(1, keepdims=True) @ value[:, head])
    rows = _normed(weights, f"{prefix}attended_norm", rows + _linear(weights, f"{prefix}attended", np.hstack(heads)))
    inner = _linear(weights, f"{prefix}inner", rows)
    inner = inner * (1 + np.vectorize(math.erf)(inner / math.sqrt(2))) / 2
    return _normed(weights, f"{prefix}outer_norm", rows + _linear(weights, f"{prefix}outer", inner))


def _linear(weights: Mapping[str, Floats], name: str, rows: Doubles) -> Doubles:
    return rows @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]


def _normed(weights: Mapping[str, Floats], name: str, rows: Doubles) -> Doubles:
    normed: Doubles = (rows - rows.mean(1, keepdims=True)) / np.sqrt(rows.var(1, keepdims=True) + 1e-12)
    return normed * weights[f"{name}.weight"] + weights[f"{name}.bias"]
