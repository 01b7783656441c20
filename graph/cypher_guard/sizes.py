"""How large a value one row can build up (strict).

Concatenating a text or list with itself doubles it, and neither time limits nor memory limits of databases count what
an expression makes. So each expression gets an upper bound of its size, in units of a stored value: literals and ranges
are measured, concatenation and lists add up, a comprehension multiplies. Variables carry the size of what they were
bound to from clause to clause. Rows are not counted: they are made one by one, where the time limit works.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from graph.cypher_guard.arguments import is_string, range_items
from graph.cypher_guard.limits import PARAMETER_UNITS, REGEX_SUBJECT_UNITS, UNIT_CHARACTERS, VALUE_UNITS
from graph.cypher_guard.refusal import Refusal
from graph.cypher_guard.regex import objection
from graph.cypher_guard.tokens import Token
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
    Subquery,
    Variable,
)
from graph.cypher_guard.vocabulary import NUMBERS

_ARITHMETIC: Final = frozenset({"+", "||", "-", "*", "/", "%", "^"})


def check_sizes(query: Query) -> None:
    """Refuse values that may grow past the limit, and `=~` on more than stored names or with a pattern that may hang.

    Iterations must not be nested (`check_iterations`): bodies are measured twice.
    """
    _Sizes().of_query(query)


class _Sizes:
    """Sizes of expressions, given the sizes of the variables bound so far; unknown variables hold one stored value."""

    def __init__(self) -> None:
        self._bound: dict[str, int] = {}

    def of_query(self, query: Query) -> dict[str, int]:
        """Sizes of the columns that the query returns."""
        columns: dict[str, int] = {}
        for branch in query.branches:
            for name, size in self._branch(branch).items():
                columns[name] = max(size, columns.get(name, 1))
        return columns

    def _branch(self, branch: Branch) -> dict[str, int]:
        outer = dict(self._bound)
        columns: dict[str, int] = {}
        for clause in branch.clauses:
            columns = self._clause(clause)
        self._bound = outer
        return columns

    def _clause(self, clause: Clause) -> dict[str, int]:
        """Bind the names of the clause, all at once: WITH reads the former ones; sizes of its columns."""
        for path in clause.paths:
            self._of(path)
        columns = {binding.name or "": self._of(binding.value) if binding.value else 1 for binding in clause.bindings}
        if clause.keyword == "UNWIND" and _is_range(clause.bindings[0].value):
            columns = dict.fromkeys(columns, 1)
        if clause.query:
            for name, size in self.of_query(clause.query).items():
                columns[name] = max(size, self._bound.get(name, 1))
        self._bound |= columns
        for condition in clause.conditions:
            self._of(condition)
        return columns

    def _of(self, node: Node) -> int:
        size = self._measure(node)
        if size > VALUE_UNITS:
            megabytes = VALUE_UNITS * UNIT_CHARACTERS // 1_000_000
            raise Refusal(f"this value may grow beyond {megabytes} MB", node.token.offset)
        return size

    def _measure(self, node: Node) -> int:
        match node:
            case Literal():
                return -(-len(node.token.text) // UNIT_CHARACTERS)
            case Parameter():
                return PARAMETER_UNITS
            case Variable():
                return self._bound.get(node.name, 1)
            case Operation():
                return self._operation(node.parts)
            case Access():
                self._all(node.keys)
                return self._of(node.base)
            case Call():
                return self._call(node)
            case _:
                return self._structure(node)

    def _structure(self, node: Node) -> int:
        match node:
            case Group():
                return self._of(node.inner)
            case Collection():
                return max(1, sum(self._all(node.items)))
            case Case():
                self._all(node.conditions)
                return max(self._all(node.results))
            case Iteration():
                return self._iteration(node)
            case PatternComprehension():
                self._of(node.path)
                return self._all(node.bodies)[-1]
            case Subquery():
                columns = self.of_query(node.query)
                return max(columns.values(), default=1) if node.collects else 1
            case _:
                self._all(node.children())
                return 1

    def _all(self, nodes: Sequence[Node]) -> list[int]:
        return [self._of(node) for node in nodes]

    def _operation(self, parts: Sequence[Node | Token]) -> int:
        """Operands joined by arithmetic add up (`+` and `||` concatenate); what is compared yields a boolean."""
        largest = joined = 0
        compared = False
        for index, part in enumerate(parts):
            if isinstance(part, Node):
                joined += self._of(part)
                largest = max(largest, joined)
            elif part.key not in _ARITHMETIC:
                if part.key == "=~":
                    _check_match(part, parts[index + 1 :], subject=joined)
                joined, compared = 0, True
        return 1 if compared else largest

    def _call(self, call: Call) -> int:
        sizes = self._all(call.arguments)
        if call.name in NUMBERS or not sizes:
            return 1
        if call.name == "range":
            return range_items(call) or 1
        if call.name == "split":
            return sizes[0] * UNIT_CHARACTERS
        if call.name == "replace":
            return sizes[0] * _growth(call)
        return max(sizes)

    def _iteration(self, iteration: Iteration) -> int:
        """A comprehension is as large as its source times its result, or as its result for the whole source."""
        source = self._of(iteration.source)
        whole = 1 if _is_range(iteration.source) else source
        if iteration.condition:
            self._with(iteration.variable, whole, iteration.condition)
        if iteration.result is None:
            return source if iteration.token.key == "[" else 1
        at_once = self._with(iteration.variable, whole, iteration.result)
        return max(at_once, source * self._with(iteration.variable, 1, iteration.result))

    def _with(self, variable: str, size: int, body: Node) -> int:
        outer = dict(self._bound)
        self._bound[variable] = size
        result = self._of(body)
        self._bound = outer
        return result


def _is_range(node: Node | None) -> bool:
    """Whether the elements of this list are numbers, each small however many they are."""
    return isinstance(node, Call) and node.name == "range"


def _growth(call: Call) -> int:
    """How many times longer `replace(text, search, replacement)` makes a text; an empty search matches everywhere."""
    lengths = [len(node.token.text) - 2 if is_string(node) else 0 for node in call.arguments]
    search, replacement = lengths[1:3] if len(lengths) == 3 else (0, 0)
    return max(1, -(-replacement // search) if search else replacement + 1)


def _check_match(operator: Token, behind: Sequence[Node | Token], *, subject: int) -> None:
    """`subject =~ 'literal'`: nothing may be joined to the literal, and the subject must be what is stored."""
    pattern = behind[0]
    joined = len(behind) > 1 and isinstance(behind[1], Token) and behind[1].key in _ARITHMETIC
    if not isinstance(pattern, Node) or not is_string(pattern) or joined:
        raise Refusal("=~ takes its regular expression as one text in quotes", operator.offset)
    if not 0 < subject <= REGEX_SUBJECT_UNITS:
        raise Refusal("=~ is for stored values: match a property such as e.name", operator.offset)
    if reason := objection(pattern.token.text[1:-1]):
        raise Refusal(f"this regular expression {reason}: use CONTAINS or STARTS WITH", pattern.token.offset)
