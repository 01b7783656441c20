"""Which units of text name which entities, in both directions. A unit is an article or a sentence, by its number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from graph.counting.lists import Lists
from graph.counting.rows import Counts, Numbers, Rows


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """Units with the entities they name, and entities with the units that name them."""

    by_unit: Rows
    by_entity: Rows

    @classmethod
    def of_units(cls, by_unit: Rows, *, entities: int) -> Postings:
        """Postings from the entities of each unit."""
        return cls(by_unit, by_unit.inverse(entities))

    def within(self, first: int, stop: int) -> Window:
        """The part of the postings between two unit numbers."""
        return Window(self, first, stop)


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """A range of units, from `first` up to `stop`, and who is named in them."""

    postings: Postings
    first: int
    stop: int

    @property
    def size(self) -> int:
        """How many units the window holds."""
        return self.stop - self.first

    def naming(self, entity: int) -> Numbers:
        """The units that name an entity, ascending."""
        units = self.postings.by_entity.row(entity)
        if self.size == self.postings.by_unit.count:
            return units
        low, high = np.searchsorted(units, (self.first, self.stop))
        return units[low:high]

    def lists(self, entities: Iterable[int], *, dated_from: int) -> Lists:
        """The units that name each of the entities; those from `dated_from` on have a date."""
        naming = [self.naming(entity) for entity in entities]
        return Lists.of(naming, below=self.postings.by_unit.count, dated_from=dated_from)

    def naming_all(self, entities: Sequence[int]) -> Numbers:
        """The units that name every one of the entities, ascending."""
        return reduce(_intersection, sorted(map(self.naming, entities), key=len))

    def naming_any(self, entities: Sequence[int]) -> Numbers:
        """The units that name at least one of the entities, ascending."""
        named = np.zeros(self.postings.by_unit.count, np.bool_)
        for entity in entities:
            named[self.naming(entity)] = True
        return np.flatnonzero(named).astype(np.int32)

    def frequencies(self) -> Counts:
        """For each entity how many units name it."""
        by_entity, by_unit = self.postings.by_entity, self.postings.by_unit
        if self.size == by_unit.count:
            return by_entity.lengths
        return np.bincount(by_unit.span(self.first, self.stop), minlength=by_entity.count)

    def tally(self, units: Numbers) -> Counts:
        """For each entity how many of these units of the window name it.

        Where they are most of the window, the others are counted and taken off: a hub costs no more than half of all.
        """
        if 2 * len(units) <= self.size:
            return self._count(units)
        others = np.ones(self.size, np.bool_)
        others[units - self.first] = False
        return self.frequencies() - self._count((np.flatnonzero(others) + self.first).astype(np.int32))

    def _count(self, units: Numbers) -> Counts:
        named = self.postings.by_unit.take(units).values
        return np.bincount(named, minlength=self.postings.by_entity.count)


def _intersection(few: Numbers, many: Numbers) -> Numbers:
    """Numbers that two ascending lists share.

    Each of the shorter list is looked up in the longer one, by halving where it is much shorter, else by flags.
    """
    if len(many) == 0 or len(few) == 0:
        return few[:0]
    if 16 * len(few) > many[-1]:
        named = np.zeros(max(many[-1], few[-1]) + 1, np.bool_)
        named[many] = True
        return few[named[few]]
    places = np.searchsorted(many, few)
    return np.compress(many[np.minimum(places, len(many) - 1)] == few, few)
