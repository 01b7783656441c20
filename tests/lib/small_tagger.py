"""Networks of the tagger's own form that are small enough to be computed by hand, and what they read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np

from ingest.tagger import network
from ingest.tagger.labels import TAGS
from ingest.tagger.marks import MARKS
from ingest.tagger.name_lists import LIST_NAMES, ListName, NameLists, Names, add_length
from ingest.tagger.network import Floats
from ingest.tagger.small_network import SmallNetwork
from ingest.tagger.tagger import Tagger
from ingest.tagger.weights import Model
from ingest.tagger.word_features import SIZES
from ingest.tokens import tokenize
from ingest.training.student import initial

VOCABULARY: Mapping[str, int] = MappingProxyType({"iran": 1, "the": 2, "said": 3, "vienna": 4, "talks": 5})
VECTORS = (len(VOCABULARY) + 1, 3)
FEW_ROWS: Mapping[str, int] = MappingProxyType({"words": 7, "prefixes": 5, "suffixes": 6, "shapes": 4})


def small_weights(
    seed: int,
    *,
    width: int = 6,
    layers: int = 2,
    tables: Mapping[str, int] = SIZES,
    marks: int = len(MARKS) + 1,
    tags: int = len(TAGS),
) -> dict[str, Floats]:
    """Weights of a small network; its norms differ from neutral ones, so that they matter."""
    random = np.random.default_rng(seed)
    shapes = network.shapes(width=width, layers=layers, vectors=VECTORS, tables=tables, marks=marks, tags=tags)
    vectors = random.normal(0, 1, VECTORS).astype(np.float32)
    vectors[0] = 0
    weights = initial(shapes, vectors, random)
    for name in weights:
        if name.endswith((" gain", " shift")):
            weights[name] += random.normal(0, 0.2, weights[name].shape).astype(np.float32)
    return weights


def small_model(seed: int) -> Model:
    """A small network with its vocabulary."""
    return Model(small_weights(seed), VOCABULARY)


def tagger_of(model: Model, lists: NameLists) -> Tagger:
    """A tagger with one small network."""
    return Tagger(SmallNetwork(model, lists))


def name_lists(
    *tables: Mapping[str, Sequence[ListName]],
    given: Mapping[str, int] | None = None,
    family: Mapping[str, int] | None = None,
) -> NameLists:
    """Known names: each table says of a name, as it is written, which lists hold it."""
    longest: dict[str, int] = {}
    for name in (name for table in tables for name in table):
        add_length(longest, keys_of(name))
    return NameLists(tuple(_names(table) for table in tables), longest, given or {}, family or {})


def bits(*lists: ListName) -> int:
    """The number that stands for lists."""
    return sum(1 << LIST_NAMES.index(name) for name in set(lists))


def keys_of(text: str) -> list[str]:
    """The keys of a text's tokens."""
    return [token.key for token in tokenize(text)]


def _names(table: Mapping[str, Sequence[ListName]]) -> Names:
    numbers = {" ".join(keys_of(name)): number for number, name in enumerate(table)}
    return Names(numbers, [bits(*lists) for lists in table.values()])
