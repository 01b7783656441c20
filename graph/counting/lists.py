"""Several ascending lists of units held against another one at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.counting.rows import Counts, Numbers, Starts

Units: TypeAlias = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Common:
    """How many units are shared, and the first and the last dated one of them; -1 where there is none."""

    counts: Counts
    first: Units
    last: Units


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """Lists one after the other. `dated` is where the dated units of each begin; `flags` is scratch, always False."""

    values: Units
    starts: Starts
    dated: Starts
    flags: NDArray[np.bool_]

    @classmethod
    def of(cls, lists: Sequence[Numbers], *, below: int, dated_from: int) -> Lists:
        """Lists of units below a number; those from `dated_from` on have a date."""
        starts = np.cumsum([0, *map(len, lists)], dtype=np.int64)
        undated = np.array([np.searchsorted(units, dated_from) for units in lists], np.int64)
        joined = np.concatenate(lists) if lists else np.empty(0)
        return cls(joined.astype(np.intp), starts, starts[:-1] + undated, np.zeros(below, np.bool_))

    def row(self, number: int) -> Units:
        """One of the lists."""
        return self.values[self.starts[number] : self.starts[number + 1]]

    def behind(self, number: int) -> Lists:
        """The lists that come after one."""
        start = self.starts[number + 1]
        return Lists(
            self.values[start:], self.starts[number + 1 :] - start, self.dated[number + 1 :] - start, self.flags
        )

    def counts(self, units: NDArray[np.integer]) -> Counts:
        """How many of the units stand in each list."""
        hits = np.append(self._hits(units), False).view(np.uint8)
        counts = np.add.reduceat(hits, self.starts[:-1], dtype=np.int64)
        counts[np.diff(self.starts) == 0] = 0  # reduceat gives an empty list the value that follows it
        return counts

    def common(self, units: NDArray[np.integer]) -> Common:
        """What the units share with each list."""
        hits = np.flatnonzero(self._hits(units))
        bounds = np.searchsorted(hits, self.starts)
        start, stop = np.searchsorted(hits, self.dated), bounds[1:]
        dated = start < stop
        first, last = np.full(len(start), -1), np.full(len(start), -1)
        first[dated] = self.values[hits[start[dated]]]
        last[dated] = self.values[hits[stop[dated] - 1]]
        return Common(np.diff(bounds), first, last)

    def _hits(self, units: NDArray[np.integer]) -> NDArray[np.bool_]:
        self.flags[units] = True
        hits = self.flags.take(self.values, mode="clip")  # "clip" skips the check of bounds: twice as fast
        self.flags[units] = False
        return hits
