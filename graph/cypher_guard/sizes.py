"""How large a value one row can build up, and how much work one expression can be (strict).

Concatenating a text or list with itself doubles it, and neither time limits nor memory limits of databases count what
an expression makes. So each expression gets an upper bound of its size, in units of a stored value: literals, ranges
and parameters are measured, concatenation and lists add up, a comprehension multiplies. Variables carry the size of
what they were bound to from clause to clause. Rows are not counted: they are made one by one, where the time limit
works.

The work of an expression is the sum of the sizes that its operators and functions look through; the body of an
iteration counts for each of its elements.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from graph.cypher_guard.arguments import is_string, literal_integer, range_items
from graph.cypher_guard.limits import (
    NEIGHBOURS,
    NESTING,
    PARAMETER_UNITS,
    REGEX_SUBJECT_UNITS,
    SEARCH_WORK,
    UNIT_CHARACTERS,
    VALUE_UNITS,
    WORK_UNITS,
)
from graph.cypher_guard.measures import LONG_PROPERTIES, NUMBER, ONE, TEXT, Size, size_of
from graph.cypher_guard.refusal import Refusal
from graph.cypher_guard.regex import objection
from graph.cypher_guard.tokens import Kind, Token
from graph.cypher_guard.tree import (
    Access,
    Branch,
    Call,
    Case,
    Clause,
    Collection,
    Group,
    Iteration,
    Literal,
    Node,
    Operation,
    Parameter,
    PatternComprehension,
    Query,
    Slice,
    Subquery,
    Variable,
)
from graph.cypher_guard.vocabulary import ARITHMETIC, NUMBERS

# These look at one element, however long the list is.
_AT_ONCE: Final = frozenset({"collect", "elementid", "head", "id", "isempty", "last", "size", "type"})


def check_sizes(query: Query, parameters: Mapping[str, Any]) -> None:
    """Refuse values that may grow past the limit, too much work in one expression, and `=~` that may hang.

    Iterations must not be nested (`check_iterations`): bodies are measured twice.
    """
    _Sizes(parameters).of_query(query)


class _Sizes:
    """Sizes of expressions, given the sizes of the variables bound so far; unknown variables hold one stored value."""

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        self._parameters = {name: size_of(value) for name, value in parameters.items()}
        self._bound: dict[str, Size] = {}
        self._work = 0
        self._inside = False  # whether this query is part of an expression

    def of_query(self, query: Query) -> dict[str, Size]:
        """Sizes of the columns that the query returns."""
        columns: dict[str, Size] = {}
        for branch in query.branches:
            for name, size in self._branch(branch).items():
                columns[name] = size.either(columns.get(name, size))
        return columns

    def _branch(self, branch: Branch) -> dict[str, Size]:
        outer = dict(self._bound)
        columns: dict[str, Size] = {}
        for clause in branch.clauses:
            if not self._inside:
                self._work = 0
            columns = self._clause(clause)
        self._bound = outer
        return columns

    def _clause(self, clause: Clause) -> dict[str, Size]:
        """Bind the names of the clause, all at once: WITH reads the former ones; sizes of its columns."""
        for path in clause.paths:
            self._of(path)
        columns = {binding.name or "": self._of(binding.value) if binding.value else ONE for binding in clause.bindings}
        if clause.keyword == "UNWIND":
            source = clause.bindings[0].value
            columns = {name: NUMBER if _is_range(source) else size.element for name, size in columns.items()}
        if clause.query:
            for name, size in self.of_query(clause.query).items():
                columns[name] = size.either(self._bound.get(name, size))
        self._bound |= columns
        for condition in clause.conditions:
            self._of(condition)
        return columns

    def _of(self, node: Node) -> Size:
        size = self._measure(node)
        if size.units > VALUE_UNITS:
            megabytes = VALUE_UNITS * UNIT_CHARACTERS // 1_000_000
            raise Refusal(f"this value may grow beyond {megabytes} MB", node.token.offset)
        if size.levels > NESTING:
            raise Refusal(f"lists and maps are more than {NESTING} deep inside one another", node.token.offset)
        self._does(1, node)
        return size

    def _does(self, work: int, node: Node) -> None:
        self._work += work
        if self._work > WORK_UNITS:
            raise Refusal(
                "too much work for one expression: shorten collected lists, as in names[..1000], or UNWIND them",
                node.token.offset,
            )

    def _measure(self, node: Node) -> Size:
        match node:
            case Literal():
                return Size(-(-len(node.token.text) // UNIT_CHARACTERS), number=node.token.kind is Kind.NUMBER)
            case Parameter():
                return self._parameters.get(node.name, Size(PARAMETER_UNITS))
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
                return self._of(node.inner)
            case Collection():
                return _total(self._all(node.items)).listed()
            case Case():
                self._all([*([node.subject] if node.subject else []), *node.conditions])
                return _largest(self._all(node.results))
            case Iteration():
                return self._iteration(node)
            case PatternComprehension():
                return self._pattern_comprehension(node)
            case Subquery():
                return self._subquery(node)
            case _:
                self._all(node.children())
                return ONE

    def _all(self, nodes: Sequence[Node]) -> list[Size]:
        return [self._of(node) for node in nodes]

    def _access(self, node: Access) -> Size:
        """A property or an element. A key that is computed may name any property."""
        base = self._measure(node.base)
        key = self._of(node.key) if node.key else ONE
        long = node.name in LONG_PROPERTIES or (node.key is not None and not key.number)
        return base.element.either(TEXT) if long else base.element

    def _slice(self, node: Slice) -> Size:
        base = self._of(node.base)
        self._all([bound for bound in (node.lower, node.upper) if bound])
        self._does(base.work, node)
        count = _slice_length(node)
        return base if count is None else base.first(count)

    def _operation(self, operation: Operation) -> Size:
        """Operands joined by arithmetic add up (`+` and `||` concatenate); what is compared yields a boolean."""
        largest, joined, searched = Size(0, number=True), Size(0, number=True), 0
        compared = False
        for index, part in enumerate(operation.parts):
            if isinstance(part, Node):
                size = self._of(part)
                self._does(size.work * (1 + SEARCH_WORK * searched), part)
                joined = joined.joined(size)
                largest = largest.either(joined)
            elif part.key not in ARITHMETIC:
                if part.key == "=~":
                    _check_match(part, operation.parts[index + 1 :], subject=joined)
                searched = joined.units if part.key == "CONTAINS" else 0
                joined, compared = Size(0, number=True), True
        return ONE if compared else replace(largest, number=joined.number)

    def _call(self, call: Call) -> Size:
        sizes = self._all(call.arguments)
        self._does(0 if call.name in _AT_ONCE else sum(size.work for size in sizes), call)
        if call.name in ("split", "replace") and len(sizes) > 1:
            self._does(SEARCH_WORK * sizes[0].units * sizes[1].units, call)
        if call.name in NUMBERS or not sizes:
            return NUMBER
        if call.name == "range":
            return Size(range_items(call) or 1)
        if growth := _GROWING.get(call.name):
            return growth(call, sizes[0])
        return _largest(sizes)

    def _iteration(self, iteration: Iteration) -> Size:
        """A comprehension is as large as its source times its result, or as its result for the whole source."""
        source = self._of(iteration.source)
        whole = NUMBER if _is_range(iteration.source) else source.element
        single = replace(whole, units=1)
        if iteration.condition:
            self._for_each(source.work, iteration, single, whole, iteration.condition)
        if iteration.result is None:
            return source if iteration.token.key == "[" else ONE
        each, at_once = self._for_each(source.work, iteration, single, whole, iteration.result)
        result = each.repeated(source.units).either(at_once)
        return replace(result, many=max(source.many, result.many), number=False)

    def _for_each(self, times: int, iteration: Iteration, single: Size, whole: Size, body: Node) -> tuple[Size, Size]:
        """Sizes of the body for one element and for all of them in one; its work counts for each element."""
        outer = dict(self._bound)
        self._bound[iteration.variable] = whole
        at_once = self._of(body)
        self._bound[iteration.variable] = single
        before, self._work = self._work, 0
        each = self._of(body)
        work, self._work = self._work, before
        self._bound = outer
        self._does(work * times, body)
        return each, at_once

    def _pattern_comprehension(self, node: PatternComprehension) -> Size:
        self._of(node.path)
        before, self._work = self._work, 0
        sizes = self._all(node.bodies)
        work, self._work = self._work, before
        self._does(work * NEIGHBOURS, node)
        return sizes[-1].collected()

    def _subquery(self, node: Subquery) -> Size:
        outer, self._inside = self._inside, True
        columns = self.of_query(node.query)
        self._inside = outer
        return _largest([*columns.values(), ONE]).collected() if node.collects else NUMBER


def _total(sizes: Sequence[Size]) -> Size:
    total = Size(0)
    for size in sizes:
        total = total.joined(size)
    return replace(total, units=max(1, total.units))


def _largest(sizes: Sequence[Size]) -> Size:
    largest = sizes[0]
    for size in sizes:
        largest = largest.either(size)
    return largest


def _is_range(node: Node | None) -> bool:
    """Whether the elements of this list are numbers, each small however many they are."""
    return isinstance(node, Call) and node.name == "range"


def _slice_length(node: Slice) -> int | None:
    """How many elements `[..3]`, `[2..5]` or `[-3..]` has at most; None where the text does not tell."""
    lower = 0 if node.lower is None else literal_integer(node.lower)
    upper = None if node.upper is None else literal_integer(node.upper)
    if lower is None:
        return None
    if lower < 0:
        return -lower if node.upper is None else None
    return max(0, upper - lower) if upper is not None and upper >= 0 else None


def _split(_: Call, text: Size) -> Size:
    """A list of all characters, where nothing is given to split at."""
    return text.listed().repeated(UNIT_CHARACTERS)


def _replaced(call: Call, text: Size) -> Size:
    """How many times longer `replace(text, search, replacement)` makes a text; an empty search matches everywhere."""
    lengths = [len(node.token.text) - 2 if is_string(node) else 0 for node in call.arguments]
    search, replacement = lengths[1:3] if len(lengths) == 3 else (0, 0)
    times = -(-replacement // search) if search else replacement + 1
    return replace(text, units=text.units * max(1, times), number=False)


_GROWING: Final[Mapping[str, Callable[[Call, Size], Size]]] = {
    "collect": lambda _, value: value.collected(),
    "head": lambda _, value: value.element,
    "last": lambda _, value: value.element,
    "split": _split,
    "replace": _replaced,
}


def _check_match(operator: Token, behind: Sequence[Node | Token], *, subject: Size) -> None:
    """`subject =~ 'literal'`: nothing may be joined to the literal, and the subject must be what is stored."""
    pattern = behind[0]
    joined = len(behind) > 1 and isinstance(behind[1], Token) and behind[1].key in ARITHMETIC
    if not isinstance(pattern, Node) or not is_string(pattern) or joined:
        raise Refusal("=~ takes its regular expression as one text in quotes", operator.offset)
    if subject.text:
        raise Refusal("=~ is for names and other short values: use CONTAINS for texts", operator.offset)
    if not 0 < subject.units <= REGEX_SUBJECT_UNITS:
        raise Refusal("=~ is for stored values: match a property such as e.name", operator.offset)
    if reason := objection(pattern.token.text[1:-1]):
        raise Refusal(f"this regular expression {reason}: use CONTAINS or STARTS WITH", pattern.token.offset)
