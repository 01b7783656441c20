"""Sparse rows: lists of integers one after the other in one array (compressed sparse rows).

Row r is `values[starts[r]:starts[r + 1]]`. The inverse direction is made by counting, not by comparing, so that
building and updating take time in proportion to the number of values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.int32]
Starts: TypeAlias = NDArray[np.int64]
Counts: TypeAlias = NDArray[np.int64]

_RADIX_BITS = 16


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Sparse rows of integers; the values of a row ascend."""

    starts: Starts
    values: Numbers

    @classmethod
    def of_lengths(cls, lengths: NDArray[np.int64] | Sequence[int], values: Numbers) -> Rows:
        """Rows of the given lengths cut from `values` one after the other."""
        return cls(np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64))), values)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.starts) - 1

    @property
    def lengths(self) -> Counts:
        """How many values each row has."""
        return np.diff(self.starts)

    def row(self, number: int) -> Numbers:
        """The values of one row (a view)."""
        return self.values[self.starts[number] : self.starts[number + 1]]

    def span(self, first: int, stop: int) -> Numbers:
        """The values of the rows from `first` up to `stop` (a view)."""
        return self.values[self.starts[first] : self.starts[stop]]

    def take(self, numbers: Numbers) -> Rows:
        """The rows with these numbers, in this order."""
        lengths = self.starts[numbers + 1] - self.starts[numbers]
        taken = Rows.of_lengths(lengths, np.empty(0, np.int32))
        places = np.repeat(self.starts[numbers] - taken.starts[:-1], lengths)
        places += np.arange(taken.starts[-1])
        return Rows(taken.starts, self.values[places])

    def numbers(self) -> Numbers:
        """For each value the number of the row it stands in."""
        return np.repeat(np.arange(self.count, dtype=np.int32), self.lengths)

    def inverse(self, values: int) -> Rows:
        """For each value below `values` the numbers of the rows that hold it, ascending."""
        order = _counting_order(self.values, values)
        return Rows.of_lengths(np.bincount(self.values, minlength=values), self.numbers()[order])


def _counting_order(values: Numbers, limit: int) -> NDArray[np.intp]:
    """A stable order of non-negative values below `limit`, by their 16-bit digits, the lowest first.

    numpy sorts 16-bit integers by counting (radix sort), four times as fast as it sorts wider ones by comparing.
    """
    order = np.argsort(values.astype(np.uint16), kind="stable")
    for shift in range(_RADIX_BITS, max(limit - 1, 0).bit_length(), _RADIX_BITS):
        order = order[np.argsort((values[order] >> shift).astype(np.uint16), kind="stable")]
    return order
