"""Sizes of expressions, and the work of evaluating them (strict); the rules are told in `sizes`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from graph.cypher_guard import calls
from graph.cypher_guard.arguments import literal_integer
from graph.cypher_guard.limits import (
    BATCH_ROWS,
    COLLECTED_ROWS,
    ELEMENT_WORK,
    GROUPED_ROWS,
    LEVELS,
    NEIGHBOURS,
    NODE_WORK,
    PARAMETER_UNITS,
    SEARCH_WORK,
    UNIT_CHARACTERS,
    VALUE_UNITS,
    WORK_UNITS,
)
from graph.cypher_guard.matching import check_match
from graph.cypher_guard.measures import LONG_PROPERTIES, NOTHING, NUMBER, ONE, TEXT, Size, largest, size_of, total
from graph.cypher_guard.refusal import Refusal
from graph.cypher_guard.tokens import Kind
from graph.cypher_guard.tree import (
    Access,
    Call,
    Case,
    Collection,
    Group,
    Iteration,
    Literal,
    Node,
    Operation,
    Parameter,
    PatternComprehension,
    Query,
    Relationship,
    Slice,
    Subquery,
    Variable,
)
from graph.cypher_guard.vocabulary import ARITHMETIC


class ExpressionSizes(ABC):
    """Sizes, given those of the variables bound so far; unknown variables hold one stored value."""

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        self._parameters = parameters
        self._measured: dict[str, Size] = {}
        self._bound: dict[str, Size] = {}
        self._work = 0
        self._many_rows = False

    @abstractmethod
    def of_query(self, query: Query) -> dict[str, Size]:
        """Sizes of the columns that a query returns."""

    def of(self, node: Node) -> Size:
        """Size of what this evaluates to; raises `Refusal` where it is too large or too much work."""
        size = self._measure(node)
        if size.units > VALUE_UNITS:
            megabytes = VALUE_UNITS * UNIT_CHARACTERS // 1_000_000
            raise Refusal(f"this value may grow beyond {megabytes} MB", node.token.offset)
        if size.levels > LEVELS:
            raise Refusal(f"lists and maps are more than {LEVELS} deep inside one another", node.token.offset)
        self._does(NODE_WORK, node)
        return size

    def all(self, nodes: Sequence[Node]) -> list[Size]:
        """Sizes of several."""
        return [self.of(node) for node in nodes]

    def _does(self, work: int, node: Node) -> None:
        self._work += work * (BATCH_ROWS if self._many_rows else 1)
        if self._work > WORK_UNITS:
            where = "each of many rows" if self._many_rows else "one row"
            raise Refusal(
                f"too much work for {where}: shorten lists, as in names[..100], or UNWIND them", node.token.offset
            )

    def _measure(self, node: Node) -> Size:
        match node:
            case Literal():
                number = node.token.kind is Kind.NUMBER
                return Size(-(-len(node.token.text) // UNIT_CHARACTERS), number=number, crafted=not number)
            case Parameter():
                return self._parameter(node.name)
            case Variable():
                return self._bound.get(node.name, ONE)
            case Operation():
                return self._operation(node)
            case Access():
                return self._access(node)
            case Slice():
                return self._slice(node)
            case Call():
                return self._call(node)
            case _:
                return self._structure(node)

    def _structure(self, node: Node) -> Size:
        match node:
            case Group():
                return self.of(node.inner)
            case Collection():
                return total(self.all(node.items)).listed()
            case Case():
                self.all([*([node.subject] if node.subject else []), *node.conditions])
                return largest(self.all(node.results))
            case Iteration():
                return self._iteration(node)
            case PatternComprehension():
                return self._pattern_comprehension(node)
            case Subquery():
                return self._subquery(node)
            case _:
                self.all(node.children())
                return ONE

    def _parameter(self, name: str) -> Size:
        if name not in self._parameters:
            return Size(PARAMETER_UNITS, crafted=True)
        if name not in self._measured:
            self._measured[name] = size_of(self._parameters[name])
        return self._measured[name]

    def _access(self, node: Access) -> Size:
        """A property or an element. A key that is computed may name any property."""
        base = self._measure(node.base)
        key = self.of(node.key) if node.key else ONE
        long = node.name in LONG_PROPERTIES or (node.key is not None and not key.number)
        return base.element.either(TEXT) if long else base.element

    def _slice(self, node: Slice) -> Size:
        base = self.of(node.base)
        self.all([bound for bound in (node.lower, node.upper) if bound])
        self._does(_looked_through(base), node)
        count = _slice_length(node)
        return base if count is None else base.first(count)

    def _operation(self, operation: Operation) -> Size:
        """Operands joined by arithmetic add up (`+` and `||` concatenate); what is compared yields a boolean."""
        result = joined = NOTHING
        searched: Size | None = None
        compared = False
        for index, part in enumerate(operation.parts):
            if isinstance(part, Node):
                size = self.of(part)
                self._does(_searching(searched, size) if searched else _looked_through(size), part)
                joined = joined.joined(size)
                result = result.either(joined)
            elif part.key not in ARITHMETIC:
                if part.key == "=~":
                    check_match(part, operation.parts[index + 1 :], subject=joined)
                searched = joined if part.key == "CONTAINS" else None
                joined, compared = NOTHING, True
        return ONE if compared else replace(result, number=joined.number)

    def _call(self, call: Call) -> Size:
        sizes = self.all(call.arguments)
        if call.name not in calls.AT_ONCE:
            self._does(sum(_looked_through(size) for size in sizes), call)
        if call.name in calls.SEARCHING and len(sizes) > 1:
            self._does(_searching(sizes[0], sizes[1]), call)
        return calls.result(call, sizes)

    def _iteration(self, iteration: Iteration) -> Size:
        """A comprehension is as large as its source times its result, or as its result for the whole source."""
        source = self.of(iteration.source)
        whole = NUMBER if calls.is_range(iteration.source) else source.element
        bodies = [body for body in (iteration.condition, iteration.result) if body]
        each, at_once = self._for_each(self._elements(source), iteration.variable, whole, bodies)
        if iteration.token.key != "[":
            return NUMBER
        if iteration.result is None:
            return source
        result = each.repeated(source.units).either(at_once)
        return replace(result, many=max(source.many, result.many), number=False)

    def _elements(self, source: Size) -> int:
        """How many elements are gone through. Collected lists of many rows share what there is, but not again."""
        if not source.many:
            return source.units
        return GROUPED_ROWS if self._many_rows and not source.again else COLLECTED_ROWS

    def _for_each(self, times: int, variable: str, whole: Size, bodies: Sequence[Node]) -> tuple[Size, Size]:
        """Sizes of the last body for one element and for all of them in one; its work counts for each element."""
        if not bodies:
            return whole, whole
        outer = dict(self._bound)
        self._bound[variable] = whole
        at_once = self.all(bodies)[-1]
        self._bound[variable] = replace(whole, units=1)
        with self._repeating(times, bodies[-1]):
            each = self.all(bodies)[-1]
        self._bound = outer
        return each, at_once

    @contextmanager
    def _repeating(self, times: int, node: Node) -> Iterator[None]:
        """What is evaluated inside is done so many times."""
        before, self._work = self._work, 0
        yield
        work = self._work // (BATCH_ROWS if self._many_rows else 1)
        self._work = before
        self._does((work + ELEMENT_WORK) * times, node)

    def _pattern_comprehension(self, node: PatternComprehension) -> Size:
        relationships = sum(isinstance(part, Relationship) for part in node.path.parts)
        if relationships > 1 and self._many_rows:
            raise Refusal(
                "a pattern comprehension with more than one relationship for each of many rows: use COLLECT { … }",
                node.token.offset,
            )
        self.of(node.path)
        with self._repeating(NEIGHBOURS, node):
            sizes = self.all(node.bodies)
        return sizes[-1].collected()

    def _subquery(self, node: Subquery) -> Size:
        """EXISTS, COUNT and COLLECT: their rows are watched by the clock, so they count as many."""
        outer, self._many_rows = self._many_rows, True
        columns = self.of_query(node.query)
        self._many_rows = outer
        return largest([*columns.values(), ONE]).collected() if node.collects else NUMBER


def _looked_through(size: Size) -> int:
    """The work of passing all elements of a value."""
    return size.units + COLLECTED_ROWS * (size.many > 0)


def _searching(searched: Size, wanted: Size) -> int:
    """The work of looking for a text in another. Only who makes up the text can make it the worst one."""
    if not searched.crafted:
        return _looked_through(searched) + wanted.units
    return SEARCH_WORK * searched.units * wanted.units


def _slice_length(node: Slice) -> int | None:
    """How many elements `[..3]`, `[2..5]` or `[-3..]` has at most; None where the text does not tell."""
    lower = 0 if node.lower is None else literal_integer(node.lower)
    upper = None if node.upper is None else literal_integer(node.upper)
    if lower is None:
        return None
    if lower < 0:
        return -lower if node.upper is None else None
    return max(0, upper - lower) if upper is not None and upper >= 0 else None
