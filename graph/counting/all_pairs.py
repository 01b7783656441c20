"""Every pair of entities that some article names, counted at once in numpy: how CO_MENTIONED is derived as a whole.

Articles with the same number of entities stand as one matrix; its columns taken two by two are their pairs. Since
articles are numbered by date, the smallest dated number of a pair is its first article and the largest its last.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.counting.incidence import Incidence
from graph.counting.pairs import PairCount
from graph.counting.rows import Rows

Longs: TypeAlias = NDArray[np.int64]

# Pairs looked at in one go: 5 million of them take about 150 MB.
PAIRS_AT_ONCE = 5_000_000


def all_pairs(index: Incidence) -> Iterator[PairCount]:
    """The pairs of a whole graph, by source and target; equal to what its articles add up to one by one."""
    entities = len(index.content.entities)
    keys, articles, first, last = _tally(index.content.named, entities, index.first_dated)
    in_sentences, counts, _, _ = _tally(index.content.together, entities, 0)
    sentences = np.zeros(len(keys), np.int64)
    sentences[np.searchsorted(keys, in_sentences)] = counts
    names, dates = index.content.entities, index.content.published
    for place, key in enumerate(keys.tolist()):
        dated = first[place] <= last[place]
        yield PairCount(
            source=names[key // entities],
            target=names[key % entities],
            articles=int(articles[place]),
            sentences=int(sentences[place]),
            first_seen=dates[first[place]] if dated else None,
            last_seen=dates[last[place]] if dated else None,
        )


def _tally(rows: Rows, entities: int, dated_from: int) -> tuple[Longs, Longs, Longs, Longs]:
    """For each pair (as source × entities + target, ascending): rows that hold it, its first and last row.

    Rows before `dated_from` count but are nobody's first or last; a pair of such rows alone has first > last.
    """
    none = np.zeros(0, np.int64)
    merged = (none, none, none, none)
    for keys, numbers in _pairs(rows, entities):
        merged = _merged(merged, _counted(keys, numbers, dated_from))
    return merged


def _pairs(rows: Rows, entities: int) -> Iterator[tuple[Longs, Longs]]:
    lengths = rows.lengths
    for length in np.unique(lengths[lengths > 1]).tolist():
        numbers = np.flatnonzero(lengths == length)
        left, right = np.triu_indices(length, k=1)
        step = max(1, PAIRS_AT_ONCE // len(left))
        for start in range(0, len(numbers), step):
            some = numbers[start : start + step]
            matrix = rows.values[rows.starts[some][:, None] + np.arange(length)].astype(np.int64)
            keys = matrix[:, left] * entities + matrix[:, right]
            yield keys.ravel(), np.repeat(some, len(left))


def _counted(keys: Longs, numbers: Longs, dated_from: int) -> tuple[Longs, Longs, Longs, Longs]:
    unique, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    first = np.full(len(unique), np.iinfo(np.int64).max)
    last = np.full(len(unique), -1)
    dated = numbers >= dated_from
    np.minimum.at(first, inverse[dated], numbers[dated])
    np.maximum.at(last, inverse[dated], numbers[dated])
    return unique, counts, first, last


def _merged(
    one: tuple[Longs, Longs, Longs, Longs], other: tuple[Longs, Longs, Longs, Longs]
) -> tuple[Longs, Longs, Longs, Longs]:
    keys, inverse = np.unique(np.concatenate((one[0], other[0])), return_inverse=True)
    counts = np.zeros(len(keys), np.int64)
    first = np.full(len(keys), np.iinfo(np.int64).max)
    last = np.full(len(keys), -1)
    np.add.at(counts, inverse, np.concatenate((one[1], other[1])))
    np.minimum.at(first, inverse, np.concatenate((one[2], other[2])))
    np.maximum.at(last, inverse, np.concatenate((one[3], other[3])))
    return keys, counts, first, last
