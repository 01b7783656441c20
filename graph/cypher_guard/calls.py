"""How large the result of a function is (strict)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from graph.cypher_guard.arguments import is_string, range_items
from graph.cypher_guard.limits import UNIT_CHARACTERS
from graph.cypher_guard.measures import NUMBER, Size, largest
from graph.cypher_guard.tree import Call, Node
from graph.cypher_guard.vocabulary import NUMBERS

AT_ONCE: Final = frozenset({"collect", "elementid", "head", "id", "isempty", "last", "size", "type"})
"""Functions that look at one element, however long a list is."""

SEARCHING: Final = frozenset({"replace", "split"})
"""Functions that look for their second argument in their first."""


def result(call: Call, sizes: Sequence[Size]) -> Size:
    """Size of what a call returns, given the sizes of its arguments."""
    if call.name in NUMBERS or not sizes:
        return NUMBER
    if call.name == "range":
        return Size(range_items(call) or 1)
    if of_first := _OF_FIRST.get(call.name):
        return of_first(call, sizes[0])
    return largest(sizes)


def is_range(node: Node | None) -> bool:
    """Whether the elements of this list are numbers, each small however many they are."""
    return isinstance(node, Call) and node.name == "range"


def _split(_: Call, text: Size) -> Size:
    """A list of all characters, where nothing is given to split at."""
    return text.repeated(UNIT_CHARACTERS)


def _replaced(call: Call, text: Size) -> Size:
    """How many times longer `replace(text, search, replacement)` makes a text; an empty search matches everywhere."""
    lengths = [len(node.token.text) - 2 if is_string(node) else 0 for node in call.arguments]
    search, replacement = lengths[1:3] if len(lengths) == 3 else (0, 0)
    times = -(-replacement // search) if search else replacement + 1
    return replace(text, units=text.units * max(1, times), number=False, crafted=True)


_OF_FIRST: Final[Mapping[str, Callable[[Call, Size], Size]]] = {
    "collect": lambda _, value: value.collected(),
    "head": lambda _, value: value.element,
    "last": lambda _, value: value.element,
    "split": _split,
    "replace": _replaced,
}
