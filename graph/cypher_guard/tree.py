"""What the parser makes of a statement: as much of its structure as the checks look at.

Expressions are not taken apart by precedence: an `Operation` is the sequence of operands and operator tokens as
written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.cypher_guard.tokens import Token


@dataclass(frozen=True, slots=True)
class Node:
    """A part of the statement that begins at a token."""

    token: Token

    def children(self) -> list[Node]:
        """The parts of this part, in the order in which they are written."""
        found: list[Node] = []
        for name in self.__slots__:
            value = getattr(self, name)
            if isinstance(value, Node):
                found.append(value)
            elif isinstance(value, tuple):
                found += [item for item in value if isinstance(item, Node)]
        return found

    def walk(self) -> Iterator[Node]:
        """The part itself and all parts of it, outer before inner."""
        waiting: list[Node] = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children()))


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A number or a string."""


@dataclass(frozen=True, slots=True)
class Parameter(Node):
    """A value sent beside the statement."""

    @property
    def name(self) -> str:
        """Its name, without dollar sign and backticks."""
        name = self.token.text[1:]
        return name[1:-1].replace("``", "`") if name.startswith("`") else name


@dataclass(frozen=True, slots=True)
class Variable(Node):
    """A variable, or one of the words true, false and null."""

    name: str


@dataclass(frozen=True, slots=True)
class Label(Node):
    """A label or a type of relationships; `%` for any."""


@dataclass(frozen=True, slots=True)
class Operation(Node):
    """Operands and the operators before, between and behind them.

    Labels joined by `!`, `&` and `|` are an operation too, with NOT, AND and OR; behind `n:` it is a part of the outer.
    """

    parts: tuple[Node | Token, ...]


@dataclass(frozen=True, slots=True)
class Access(Node):
    """`base.name` or `base[key]`: a property of a node or map, or an element of a list."""

    base: Node
    name: str | None
    key: Node | None


@dataclass(frozen=True, slots=True)
class Slice(Node):
    """`base[lower..upper]`: a part of a list."""

    base: Node
    lower: Node | None
    upper: Node | None


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function call; the name is in lower case, its namespaces separated by dots."""

    name: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Group(Node):
    """A parenthesised expression."""

    inner: Node


@dataclass(frozen=True, slots=True)
class Collection(Node):
    """A list, a map or a map projection; a map in braces has keys."""

    items: tuple[Node, ...]
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case(Node):
    """`CASE subject WHEN condition THEN result … ELSE result END`."""

    subject: Node | None
    conditions: tuple[Node, ...]
    results: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Iteration(Node):
    """A list comprehension, or all, any, none or single: the bodies are evaluated for each element of the source."""

    variable: str
    source: Node
    condition: Node | None
    result: Node | None


@dataclass(frozen=True, slots=True)
class Reduction(Node):
    """`reduce(accumulator = start, variable IN source | step)`."""

    start: Node
    source: Node
    step: Node


@dataclass(frozen=True, slots=True)
class Hops:
    """How many relationships a piece of a path may match, and whether that number is left open."""

    most: int | None
    """None: without bound."""

    varies: bool

    def times(self, other: Hops) -> Hops:
        """Each of `other`'s repetitions of this."""
        most = None if self.most is None or other.most is None else self.most * other.most
        return Hops(most, self.varies or other.varies)


@dataclass(frozen=True, slots=True)
class NodePattern(Node):
    """`(variable:Label {properties} WHERE condition)`."""

    variable: str | None
    conditions: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Relationship(Node):
    """`-[variable:TYPE*1..2 {properties} WHERE condition]->`, with a quantifier behind it or not."""

    variable: str | None
    hops: Hops
    conditions: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Path(Node):
    """One path pattern; `shortest` where only the shortest or some of the matches are asked for."""

    variable: str | None
    shortest: bool
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """`(path WHERE condition){1,3}`: a part of a path, repeated."""

    path: Path
    conditions: tuple[Node, ...]
    hops: Hops


@dataclass(frozen=True, slots=True)
class PatternPredicate(Node):
    """A path used as a value: whether it exists, or `shortestPath(…)`."""

    path: Path


@dataclass(frozen=True, slots=True)
class PatternComprehension(Node):
    """`[(a)-->(b) WHERE condition | result]`."""

    path: Path
    bodies: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Binding(Node):
    """A column of RETURN, WITH, UNWIND or YIELD; unnamed where an expression has no alias."""

    name: str | None
    value: Node | None


@dataclass(frozen=True, slots=True)
class Clause(Node):
    """One clause; the keyword is its first word in upper case, without OPTIONAL.

    The arguments of a procedure are among its conditions, in their order and before all others.
    """

    keyword: str
    paths: tuple[Path, ...] = ()
    bindings: tuple[Binding, ...] = ()
    conditions: tuple[Node, ...] = ()
    limit: Node | None = None
    query: Query | None = None
    procedure: str = ""


@dataclass(frozen=True, slots=True)
class Branch(Node):
    """The clauses of one side of UNION."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Query(Node):
    """Branches joined by UNION: the statement itself or a subquery."""

    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Subquery(Node):
    """`EXISTS { … }`, `COUNT { … }` or `COLLECT { … }`; `collects` where rows become a value."""

    query: Query
    collects: bool
