"""The weights as a file: tables as bytes with a scale for each row, the rest in half precision, and the vocabulary.

A row of a table loses less than 0.5 % of its largest value that way; measured, no figure of quality changes by more
than noise, and the file is a quarter as large.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Final
from zipfile import BadZipFile

import numpy as np

from ingest.tagger.network import Floats, Weights

_BYTE_TABLES: Final = frozenset({"vectors", "words", "prefixes", "suffixes", "shapes", "marks"})
_SCALE: Final = " scale"
_VOCABULARY: Final = "vocabulary"


@dataclass(frozen=True, slots=True)
class Model:
    """What the tagger has learnt; `vocabulary` is the row of a lower-case word in the weight `vectors`."""

    weights: Weights
    vocabulary: Mapping[str, int]

    @property
    def digest(self) -> str:
        """A short digest of the weights in the precision of a file, vectors of words apart."""
        digest = hashlib.sha256()
        for name, weight in sorted(self.weights.items()):
            if name != "vectors":
                digest.update(name.encode() + weight.astype(np.float16).tobytes())
        return digest.hexdigest()[:8]


def save_model(model: Model, file: IO[bytes]) -> None:
    """Write a model; equal models give equal bytes."""
    arrays: dict[str, np.ndarray] = {}
    for name, weight in sorted(model.weights.items()):
        if name in _BYTE_TABLES:
            scale = np.abs(weight).max(1, keepdims=True) / 127 + 1e-9
            arrays[name] = np.round(weight / scale).astype(np.int8)
            arrays[name + _SCALE] = scale.astype(np.float16)
        else:
            arrays[name] = weight.astype(np.float16)
    words = "\n".join(sorted(model.vocabulary, key=model.vocabulary.__getitem__))
    arrays[_VOCABULARY] = np.frombuffer(words.encode(), np.uint8)
    np.savez_compressed(file, allow_pickle=False, **arrays)


def load_model(file: IO[bytes]) -> Model:
    """Read what `save_model` wrote.

    Raises:
        ValueError: it is another file, or a damaged one.
    """
    try:
        with np.load(file, allow_pickle=False) as arrays:
            names = [name for name in arrays.files if name != _VOCABULARY and not name.endswith(_SCALE)]
            weights = {name: _weight(arrays, name) for name in names}
            words = arrays[_VOCABULARY].tobytes().decode().split("\n")
    except (ValueError, KeyError, AttributeError, EOFError, BadZipFile, zlib.error) as error:
        raise ValueError("these are no weights that `eig train` wrote, or they are damaged") from error
    return Model(weights, dict(zip(words, range(1, len(words) + 1), strict=True)))


def _weight(arrays: Mapping[str, np.ndarray], name: str) -> Floats:
    weight: Floats = arrays[name].astype(np.float32)
    if name + _SCALE in arrays:
        weight *= arrays[name + _SCALE].astype(np.float32)
    return weight
