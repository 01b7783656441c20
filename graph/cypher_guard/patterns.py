"""Parser for path patterns: nodes, relationships, quantified paths, label expressions."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from typing import Final

from graph.cypher_guard.cursor import Cursor
from graph.cypher_guard.tokens import Kind, Token
from graph.cypher_guard.tree import (
    Group,
    Hops,
    Label,
    Node,
    NodePattern,
    Operation,
    Path,
    Quantified,
    Relationship,
)

_HUGE: Final = 10**18
_ONE: Final = Hops(1, varies=False)
_SHORTEST: Final = ("SHORTESTPATH", "ALLSHORTESTPATHS")
_SELECTORS: Final = ("ANY", "ALL", "SHORTEST")


class PatternParser(Cursor, ABC):
    """Reads patterns; expressions inside of them are left to the subclass."""

    @abstractmethod
    def expression(self) -> Node:
        """One expression."""

    @abstractmethod
    def map_literal(self) -> Node:
        """`{key: expression, …}`."""

    def paths(self) -> tuple[Path, ...]:
        """Path patterns separated by commas."""
        paths = [self.path()]
        while self.accept(","):
            paths.append(self.path())
        return tuple(paths)

    def path(self) -> Path:
        """`name = ANY SHORTEST (a)-->(b)`: name and selector may be missing, or shortestPath stand around it."""
        start = self.here
        name = self._path_name()
        if self.at_shortest_path():
            inner = self.shortest_path()
            return Path(start, name, shortest=True, parts=inner.parts)
        selected = self._selector()
        return Path(start, name, selected, self._parts())

    def at_shortest_path(self) -> bool:
        """Whether `shortestPath(` or `allShortestPaths(` comes next."""
        return self.at(*_SHORTEST) and self.ahead().key == "("

    def shortest_path(self) -> Path:
        """`shortestPath((a)-[*..5]-(b))`, or allShortestPaths."""
        start = self.expect(*_SHORTEST)
        self.expect("(")
        parts = self._parts()
        self.expect(")")
        return Path(start, None, shortest=True, parts=parts)

    def at_pattern(self, steps: int = 0) -> bool:
        """Whether a path of at least one relationship begins here and not a parenthesised expression.

        `(a)-[r]-(b)` and `(a)--(b)` are patterns wherever the parentheses can be a node; `(a)-(b)` is a subtraction.
        """
        if self.ahead(steps).key != "(" or not self._looks_like_node(steps + 1):
            return False
        after = self.behind_bracket(steps)
        after += self.ahead(after).key == "<"
        if self.ahead(after).key != "-":
            return False
        after += 1
        if self.ahead(after).key == "[":
            after = self.behind_bracket(after)
        if self.ahead(after).key != "-":
            return False
        after += 1
        after += self.ahead(after).key == ">"
        return self.ahead(after).key == "("

    def labels(self, *, bar: bool = True) -> Node:
        """What stands behind the colon or IS: names with `!`, `&`, `:`, `|`, `%` and parentheses, as a predicate.

        Without `bar` a `|` at the outermost level ends it, since it separates the parts of a list comprehension.
        """
        start = self.here
        parts = self._label()
        while self.at("&", ":") or (bar and self.at("|")):
            sign = self.take()
            self.accept(":")
            parts += [replace(sign, key="OR" if sign.key == "|" else "AND"), *self._label()]
        return Operation(start, tuple(parts))

    def _label(self) -> list[Node | Token]:
        parts: list[Node | Token] = []
        while sign := self.accept("!"):
            parts.append(replace(sign, key="NOT"))
        start = self.here
        if self.accept("("):
            parts.append(Group(start, self.labels()))
            self.expect(")")
        else:
            parts.append(Label(self.accept("%") or self.expect_name("a label or type")))
        return parts

    def _path_name(self) -> str | None:
        if not (self.here.is_name and self.ahead().key == "="):
            return None
        name = self.take().name
        self.take()
        return name

    def _selector(self) -> bool:
        """`ANY`, `ALL`, `SHORTEST 2 PATH GROUPS` and the like before a path."""
        if not self.at(*_SELECTORS):
            return False
        self.take()
        self.accept("SHORTEST")
        if self.here.kind in (Kind.NUMBER, Kind.PARAMETER):
            self.take()
        self.accept("PATH", "PATHS")
        self.accept("GROUP", "GROUPS")
        return True

    def _parts(self) -> tuple[Node, ...]:
        if not self.at("("):
            self.fail("a node in parentheses")
        parts: list[Node] = []
        while self.at("(") or (parts and self.at("-", "<")):
            parts.append(self._part())
        return tuple(parts)

    def _part(self) -> Node:
        if not self.at("("):
            relationship = self._relationship()
            return relationship if self.at("(") else self.fail("a node in parentheses")
        named_path = self.ahead().is_name and self.ahead(2).key == "="
        return self._quantified() if self.ahead().key == "(" or named_path else self._node()

    def _quantified(self) -> Quantified:
        start = self.expect("(")
        path = self.path()
        conditions = self.where()
        self.expect(")")
        inner = [part.hops for part in path.parts if isinstance(part, (Relationship, Quantified))]
        most = None if any(hops.most is None for hops in inner) else sum(hops.most or 0 for hops in inner)
        hops = Hops(most, any(hops.varies for hops in inner))
        return Quantified(start, path, conditions, hops.times(self._quantifier()))

    def _node(self) -> NodePattern:
        start = self.expect("(")
        variable, _, conditions = self._filling()
        self.expect(")")
        return NodePattern(start, variable, conditions)

    def _relationship(self) -> Relationship:
        start = self.here
        self.accept("<")
        self.expect("-")
        variable, hops, conditions = self._filling_in_brackets()
        self.expect("-")
        self.accept(">")
        return Relationship(start, variable, hops.times(self._quantifier()), conditions)

    def _filling_in_brackets(self) -> tuple[str | None, Hops, tuple[Node, ...]]:
        if not self.accept("["):
            return None, _ONE, ()
        filling = self._filling()
        self.expect("]")
        return filling

    def _filling(self) -> tuple[str | None, Hops, tuple[Node, ...]]:
        """What stands in the brackets of a node or relationship: variable, labels, length, properties, WHERE."""
        variable = self.take().name if self._at_variable() else None
        labels = (self.labels(),) if self.accept(":", "IS") else ()
        hops = self._star() if self.at("*") else _ONE
        properties = (self.map_literal(),) if self.at("{") else ()
        return variable, hops, labels + properties + self.where()

    def where(self) -> tuple[Node, ...]:
        """`WHERE expression`, or nothing."""
        return (self.expression(),) if self.accept("WHERE") else ()

    def _at_variable(self) -> bool:
        """A name; WHERE and IS are names only where what follows leaves no other reading."""
        if self.at("WHERE", "IS"):
            return self.ahead().key in (":", "{", ")", "]", "WHERE", "IS", "*")
        return self.here.is_name

    def _looks_like_node(self, steps: int) -> bool:
        first, second = self.ahead(steps), self.ahead(steps + 1)
        if first.key in (")", ":", "{", "WHERE", "IS"):
            return True
        return first.is_name and second.key in (")", ":", "{", "WHERE", "IS")

    def _star(self) -> Hops:
        """`*`, `*2`, `*1..3`, `*..3`, `*2..` in the brackets of a relationship."""
        self.expect("*")
        least = self._integer() if self.here.kind is Kind.NUMBER else None
        if not self.accept(".."):
            return Hops(least, varies=True)
        return Hops(self._integer() if self.here.kind is Kind.NUMBER else None, varies=True)

    def _quantifier(self) -> Hops:
        """`+`, `*`, `{2}`, `{1,3}`, `{,3}`, `{2,}` behind a relationship or a path in parentheses; once without it."""
        if self.accept("+", "*"):
            return Hops(None, varies=True)
        if not self.accept("{"):
            return _ONE
        most = self._integer() if self.here.kind is Kind.NUMBER else None
        if self.accept(","):
            most = self._integer() if self.here.kind is Kind.NUMBER else None
        elif most is None:
            self.fail("a number of repetitions")
        self.expect("}")
        return Hops(most, varies=True)

    def _integer(self) -> int:
        value = integer(self.here)
        if value is None:
            self.fail("a whole number")
        self.take()
        return value


def integer(token: Token) -> int | None:
    """The value of a token that is a whole decimal number, at most 10**18; else None."""
    digits = token.text.replace("_", "")
    if token.kind is not Kind.NUMBER or not digits.isdecimal():
        return None
    return int(digits) if len(digits) <= 18 else _HUGE
