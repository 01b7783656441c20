"""How large a value may be, as far as its text tells (strict)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from graph.cypher_guard.limits import COLLECTED_UNITS, TEXT_UNITS, UNIT_CHARACTERS

LONG_PROPERTIES: Final = frozenset({"text", "extra", "takeaways"})
"""Properties of the graph that may hold pages of text."""


@dataclass(frozen=True, slots=True)
class Size:
    """Size of a value, in units of a stored name or number."""

    units: int
    many: int = 0
    """How many collected lists are inside one another: such a list has as many elements as there were rows."""
    levels: int = 0
    """How many lists and maps are inside one another."""
    again: bool = False
    """Whether a collected list comes again in several rows."""
    number: bool = False
    """Whether it is a number for certain."""
    text: bool = False
    """Whether it may be, or hold, the text of an article."""
    crafted: bool = False
    """Whether it may hold text that its author made up, and not only what is stored."""

    @property
    def element(self) -> Size:
        """One element, where it is a list or map; else the same."""
        units = max(1, self.units - COLLECTED_UNITS) if self.many == 1 else self.units
        many, levels = max(0, self.many - 1), max(0, self.levels - 1)
        return replace(self, units=units, many=many, levels=levels, number=False)

    def joined(self, other: Size) -> Size:
        """Both, one behind the other."""
        return replace(self.either(other), units=self.units + other.units)

    def either(self, other: Size) -> Size:
        """One of the two, nobody knows which."""
        return Size(
            max(self.units, other.units),
            max(self.many, other.many),
            max(self.levels, other.levels),
            self.again or other.again,
            self.number and other.number,
            self.text or other.text,
            self.crafted or other.crafted,
        )

    def listed(self) -> Size:
        """The same as an element of a list or map."""
        return self.repeated(1)

    def repeated(self, times: int) -> Size:
        """A list of so many elements of this size."""
        many = self.many + (self.many > 0)
        return replace(self, units=self.units * times, many=many, levels=self.levels + 1, number=False)

    def collected(self) -> Size:
        """A list with such an element for each row."""
        units, many = self.units + COLLECTED_UNITS, self.many + 1
        return replace(self, units=units, many=many, levels=self.levels + 1, number=False)

    def first(self, count: int) -> Size:
        """Its first elements, where it is a list."""
        return self.element.repeated(count) if self.many else self


NOTHING: Final = Size(0, number=True)
ONE: Final = Size(1)
NUMBER: Final = Size(1, number=True)
TEXT: Final = Size(TEXT_UNITS, text=True)


def size_of(value: Any) -> Size:
    """Size of a value that is sent beside the statement."""
    units = levels = 0
    waiting = [(value, 0)]
    while waiting:
        item, level = waiting.pop()
        if isinstance(item, (Mapping, list, tuple)):
            level += 1
            inner = [*item, *item.values()] if isinstance(item, Mapping) else item
            waiting += [(each, level) for each in inner]
        levels = max(levels, level)
        units += -(-len(item) // UNIT_CHARACTERS) if isinstance(item, (str, bytes)) else 1
    number = isinstance(value, (int, float))
    return Size(max(1, units), levels=levels, number=number, crafted=not number)


def total(sizes: Sequence[Size]) -> Size:
    """All of them together; at least one unit."""
    summed = NOTHING
    for size in sizes:
        summed = summed.joined(size)
    return replace(summed, units=max(1, summed.units), number=False)


def largest(sizes: Sequence[Size]) -> Size:
    """One of them, nobody knows which."""
    found = sizes[0]
    for size in sizes:
        found = found.either(size)
    return found
