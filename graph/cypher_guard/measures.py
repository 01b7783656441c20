"""How large a value may be, as far as its text tells (strict)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from graph.cypher_guard.limits import COLLECTED_ROWS, COLLECTED_UNITS, TEXT_UNITS, UNIT_CHARACTERS

LONG_PROPERTIES: Final = frozenset({"text", "extra", "takeaways"})
"""Properties of the graph that may hold pages of text."""


@dataclass(frozen=True, slots=True)
class Size:
    """Size of a value, in units of a stored name or number.

    A collected list has as many elements as there were rows, which no text tells: `many` counts how many such lists are
    inside one another.
    """

    units: int
    many: int = 0
    levels: int = 0
    """How many lists and maps are inside one another."""
    text: bool = False
    """Whether it may be, or hold, the text of an article."""
    number: bool = False
    """Whether it is a number for certain."""

    @property
    def work(self) -> int:
        """How many elements are touched by looking through it."""
        return self.units + COLLECTED_ROWS * (self.many > 0)

    @property
    def element(self) -> Size:
        """One element, where it is a list or map; else the same."""
        units = max(1, self.units - COLLECTED_UNITS) if self.many == 1 else self.units
        return Size(units, max(0, self.many - 1), max(0, self.levels - 1), self.text)

    def joined(self, other: Size) -> Size:
        """Both, one behind the other."""
        return replace(self.either(other), units=self.units + other.units)

    def either(self, other: Size) -> Size:
        """One of the two, nobody knows which."""
        return Size(
            max(self.units, other.units),
            max(self.many, other.many),
            max(self.levels, other.levels),
            self.text or other.text,
            self.number and other.number,
        )

    def listed(self) -> Size:
        """The same as an element of a list or map."""
        return self.repeated(1)

    def collected(self) -> Size:
        """A list with such an element for each row."""
        return Size(self.units + COLLECTED_UNITS, self.many + 1, self.levels + 1, self.text)

    def repeated(self, times: int) -> Size:
        """A list of so many elements of this size."""
        return Size(self.units * times, self.many + (self.many > 0), self.levels + 1, self.text)

    def first(self, count: int) -> Size:
        """Its first elements, where it is a list."""
        return self.element.repeated(count) if self.many else self


ONE: Final = Size(1)
NUMBER: Final = Size(1, number=True)
TEXT: Final = Size(TEXT_UNITS, text=True)


def size_of(value: Any) -> Size:
    """Size of a value that is sent beside the statement."""
    units = 0
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Mapping):
            waiting += [*item, *item.values()]
        elif isinstance(item, (list, tuple)):
            waiting += item
        units += -(-len(item) // UNIT_CHARACTERS) if isinstance(item, (str, bytes)) else 1
    return Size(max(1, units), number=isinstance(value, (int, float)))
