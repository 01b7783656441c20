"""Ties among chosen entities, counted in a window of the incidence."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from graph.counting.lists import Common, Lists, Units
from graph.counting.postings import Window
from graph.counting.rows import Counts

# With a dozen entities an article, 100,000 articles opened at once take some tens of megabytes.
OPENED_AT_ONCE = 100_000


def shared_units(window: Window, entities: Sequence[int], *, dated_from: int) -> Common:
    """What every two of the entities share, as tables by their places; units from `dated_from` on have a date."""
    size = len(entities)
    counts, first, last = np.zeros((size, size), np.int64), np.full((size, size), -1), np.full((size, size), -1)
    for place, others, units, lists in _against_rarer(window, entities, dated_from=dated_from):
        found = lists.common(units)
        for table, row in ((counts, found.counts), (first, found.first), (last, found.last)):
            table[place, others] = table[others, place] = row
    return Common(counts, first, last)


def shared_counts(window: Window, entities: Sequence[int]) -> Counts:
    """How many units every two of the entities share, as a table by their places; half the time of `shared_units`."""
    counts = np.zeros((len(entities), len(entities)), np.int64)
    for place, others, units, lists in _against_rarer(window, entities, dated_from=window.stop):
        counts[place, others] = counts[others, place] = lists.counts(units)
    return counts


def _against_rarer(
    window: Window, entities: Sequence[int], *, dated_from: int
) -> Iterator[tuple[int, NDArray[np.intp], Units, Lists]]:
    """Each entity's place and units, with the places and units of those named less often than it.

    Thus the long list of a hub is gone through once. With Zipf's law the whole takes time in proportion to the number
    of entities times the longest list, where every list against every other would take its square.
    """
    order = np.argsort([-len(window.naming(entity)) for entity in entities], kind="stable")
    lists = window.lists([entities[place] for place in order], dated_from=dated_from)
    for rank, place in enumerate(order[:-1].tolist()):
        yield place, order[rank + 1 :], lists.row(rank), lists.behind(rank)


class WindowTies:
    """Ties in a window of at least `min_articles` articles, to entities that are `allowed`; a Ties of paths.

    at_once: about how many articles are opened at the same time, which bounds the memory of a search.
    """

    def __init__(
        self, window: Window, allowed: NDArray[np.bool_], *, min_articles: int, at_once: int = OPENED_AT_ONCE
    ) -> None:
        self._window = window
        self._allowed = allowed
        self._min_articles = min_articles
        self._at_once = at_once

    def adjacent(self, entities: Collection[int]) -> set[int]:
        """Everybody tied to one of the entities."""
        found = np.zeros(len(self._allowed), np.bool_)
        for _, others, _ in self._ties(sorted(entities), self._allowed):
            found[others] = True
        return set(np.flatnonzero(found).tolist())

    def degrees(self, entities: Collection[int]) -> Mapping[int, int]:
        """How many are tied to each of the entities."""
        found = np.zeros(len(self._allowed), np.int64)
        for nodes, _, _ in self._ties(sorted(entities), self._allowed):
            found += np.bincount(nodes, minlength=len(found))
        return {entity: int(found[entity]) for entity in entities}

    def strengths(self, sources: Collection[int], targets: Collection[int]) -> Mapping[tuple[int, int], int]:
        """The articles behind each tie from one of the sources to one of the targets."""
        among = np.zeros(len(self._allowed), np.bool_)
        among[list(targets)] = True
        found: dict[tuple[int, int], int] = {}
        for nodes, others, articles in self._ties(sorted(sources), among):
            found.update(zip(zip(nodes.tolist(), others.tolist(), strict=True), articles.tolist(), strict=True))
        return found

    def _ties(
        self, entities: Sequence[int], among: NDArray[np.bool_]
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]]:
        size = len(among)
        for chunk in self._chunks(entities):
            keys, counts = _tally(self._keys(chunk, among), size=len(chunk) * size)
            rows, others = np.divmod(keys, size)
            nodes = np.array(chunk)[rows]
            tied = (counts >= self._min_articles) & (nodes != others)
            yield nodes[tied], others[tied], counts[tied]

    def _keys(self, chunk: Sequence[int], among: NDArray[np.bool_]) -> NDArray[np.int64]:
        """For each entity of the chunk (by row) everybody in each of its articles, as row · size + other."""
        articles = [self._window.naming(entity) for entity in chunk]
        named = self._window.postings.by_unit.take(np.concatenate(articles))
        rows = np.repeat(np.repeat(np.arange(len(chunk)), [len(numbers) for numbers in articles]), named.lengths)
        wanted = among[named.values]
        return rows[wanted] * len(among) + named.values[wanted]

    def _chunks(self, entities: Sequence[int]) -> Iterator[list[int]]:
        chunk, opened = list[int](), 0
        for entity in entities:
            chunk.append(entity)
            opened += len(self._window.naming(entity))
            if opened >= self._at_once:
                yield chunk
                chunk, opened = [], 0
        if chunk:
            yield chunk


def _tally(keys: NDArray[np.int64], *, size: int) -> tuple[NDArray[np.int64], Counts]:
    """The different keys below `size`, ascending, and how often each stands there.

    Counts into an array of that size where the keys are dense, else sorts them.
    """
    if size > 4 * len(keys) + 1024:
        return np.unique(keys, return_counts=True)
    counts = np.bincount(keys, minlength=size)
    present = np.flatnonzero(counts)
    return present, counts[present]
