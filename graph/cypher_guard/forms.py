"""Parser for the forms that bring variables, branches or queries of their own into an expression."""

from __future__ import annotations

from abc import abstractmethod
from typing import Final

from graph.cypher_guard.expressions import ExpressionParser
from graph.cypher_guard.tokens import Kind, Token
from graph.cypher_guard.tree import (
    Branch,
    Call,
    Case,
    Clause,
    Collection,
    Iteration,
    Node,
    Operation,
    PatternComprehension,
    PatternPredicate,
    Query,
    Reduction,
    Subquery,
    Variable,
)

_SUBQUERIES: Final = ("EXISTS", "COUNT", "COLLECT")
_QUANTIFIERS: Final = ("ALL", "ANY", "NONE", "SINGLE")


class FormParser(ExpressionParser):
    """Reads CASE, comprehensions, all/any/none/single, reduce, trim and subquery expressions."""

    @abstractmethod
    def query(self) -> Query:
        """A query in braces, without the braces."""

    def special_form(self) -> Node | None:
        """A form that begins with a keyword and is no function call, or None."""
        if self.here.kind is not Kind.WORD:
            return None
        if self.at("CASE"):
            return self._case()
        opening = self.ahead().key
        if self.at(*_SUBQUERIES) and opening == "{":
            return self._subquery()
        return self._form_with_parentheses() if opening == "(" else None

    def bracketed(self) -> Node:
        """A list comprehension, a pattern comprehension or a list."""
        named = self.ahead().is_name and self.ahead(2).key == "="
        if self.at_pattern(3 if named else 1):
            return self._pattern_comprehension()
        if self.ahead().is_name and self.ahead(2).key == "IN":
            return self._list_comprehension()
        return self._list(self.expect("["), [])

    def _form_with_parentheses(self) -> Node | None:
        if self.at(*_QUANTIFIERS):
            return self._quantified_condition()
        if self.at("REDUCE"):
            return self._reduction()
        if self.at_shortest_path():
            return PatternPredicate(self.here, self.shortest_path())
        return self._trim() if self.at("TRIM") else None

    def _list(self, start: Token, items: list[Node]) -> Node:
        while not self.at("]"):
            items.append(self.expression())
            if not self.at("]"):
                self.expect(",")
        self.expect("]")
        return Collection(start, tuple(items))

    def _list_comprehension(self) -> Node:
        """`[variable IN source WHERE condition | result]`; with a comma behind it, `x IN xs` is the item of a list."""
        start = self.expect("[")
        variable = self.expect_name("a variable")
        keyword = self.expect("IN")
        source = self.expression()
        if self.accept(","):
            return self._list(start, [Operation(variable, (Variable(variable, variable.name), keyword, source))])
        condition = self.condition_before_bar() if self.accept("WHERE") else None
        result = self.expression() if self.accept("|") else None
        self.expect("]")
        return Iteration(start, variable.name, source, condition, result)

    def _pattern_comprehension(self) -> Node:
        start = self.expect("[")
        path = self.path()
        bodies = [self.condition_before_bar()] if self.accept("WHERE") else []
        self.expect("|")
        bodies.append(self.expression())
        self.expect("]")
        return PatternComprehension(start, path, tuple(bodies))

    def _quantified_condition(self) -> Node:
        """`all(variable IN source WHERE condition)`, any, none and single."""
        start = self.take()
        self.expect("(")
        variable, source = self._variable_in_source()
        condition = self.expression() if self.accept("WHERE") else None
        self.expect(")")
        return Iteration(start, variable, source, condition, None)

    def _reduction(self) -> Node:
        """`reduce(accumulator = first, variable IN source | step)`."""
        start = self.take()
        self.expect("(")
        self.expect_name("a variable")
        self.expect("=")
        first = self.expression()
        self.expect(",")
        _, source = self._variable_in_source()
        self.expect("|")
        step = self.expression()
        self.expect(")")
        return Reduction(start, first, source, step)

    def _variable_in_source(self) -> tuple[str, Node]:
        variable = self.expect_name("a variable").name
        self.expect("IN")
        return variable, self.expression()

    def _trim(self) -> Node:
        """`trim(BOTH 'x' FROM text)`: side and characters may be missing."""
        start = self.take()
        self.expect("(")
        if self.at("BOTH", "LEADING", "TRAILING") and self.ahead().key not in (")", ".", ","):
            self.take()
        arguments = () if self.at("FROM") else self.expressions()
        if self.accept("FROM"):
            arguments += self.expressions()
        self.expect(")")
        return Call(start, "trim", arguments)

    def _case(self) -> Node:
        """`CASE subject WHEN condition, condition THEN result … ELSE result END`; the subject may be missing."""
        start = self.take()
        subject = None if self.at("WHEN") else self.expression()
        conditions: list[Node] = []
        results: list[Node] = []
        while self.at("WHEN") or not results:
            self.expect("WHEN")
            conditions += self._when(subject is not None)
            self.expect("THEN")
            results.append(self.expression())
        if self.accept("ELSE"):
            results.append(self.expression())
        self.expect("END")
        return Case(start, subject, tuple(conditions), tuple(results))

    def _when(self, with_subject: bool) -> tuple[Node, ...]:
        if not with_subject:
            return (self.expression(),)
        conditions = [self.comparison_with_subject()]
        while self.accept(","):
            conditions.append(self.comparison_with_subject())
        return tuple(conditions)

    def _subquery(self) -> Node:
        """`EXISTS { … }`: a query, or patterns with a condition."""
        start = self.take()
        self.expect("{")
        bare = self.at("(", "ANY", "ALL", "SHORTEST") or self.at_shortest_path() or self.ahead().key == "="
        query = self._bare_patterns() if bare else self.query()
        self.expect("}")
        return Subquery(start, query, start.key == "COLLECT")

    def _bare_patterns(self) -> Query:
        start = self.here
        clause = Clause(start, "MATCH", paths=self.paths(), conditions=self.where())
        return Query(start, (Branch(start, (clause,)),))
