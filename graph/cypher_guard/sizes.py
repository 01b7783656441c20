"""How large a value one row can build up, and how much work one row can be (strict).

Concatenating a text or list with itself doubles it, and neither time limits nor memory limits of databases count what
an expression makes. So each expression gets an upper bound of its size, in units of a stored value: literals, ranges
and parameters are measured, concatenation and lists add up, a comprehension multiplies. Variables carry the size of
what they were bound to from clause to clause.

The work of an expression is the sum of the sizes that its operators and functions look through; the body of an
iteration counts for each of its elements. It is summed up over the statement: a row may pass through all clauses before
anyone looks at the clock, and where there are many rows, a batch of them (`rows`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from graph.cypher_guard.calls import is_range
from graph.cypher_guard.expression_sizes import ExpressionSizes
from graph.cypher_guard.measures import NUMBER, ONE, Size
from graph.cypher_guard.rows import leaves_few, multiplies
from graph.cypher_guard.tree import Branch, Clause, Query


def check_sizes(query: Query, parameters: Mapping[str, Any]) -> None:
    """Refuse values that may grow past the limit, too much work for one row, and `=~` that may hang.

    Iterations must not be nested (`check_iterations`): bodies are measured twice.
    """
    _Sizes(parameters).of_query(query)


class _Sizes(ExpressionSizes):
    """Follows the names that clauses bind, and whether there are many rows."""

    def of_query(self, query: Query) -> dict[str, Size]:
        """Sizes of the columns that the query returns."""
        columns: dict[str, Size] = {}
        rows = self._many_rows
        many_rows = False
        for branch in query.branches:
            self._many_rows = rows
            for name, size in self._branch(branch).items():
                columns[name] = size.either(columns.get(name, size))
            many_rows = many_rows or self._many_rows
        self._many_rows = many_rows
        return columns

    def _branch(self, branch: Branch) -> dict[str, Size]:
        outer = dict(self._bound)
        columns: dict[str, Size] = {}
        for clause in branch.clauses:
            columns = self._clause(clause)
        self._bound = outer
        return columns

    def _clause(self, clause: Clause) -> dict[str, Size]:
        """Bind the names of the clause, all at once: WITH reads the former ones; sizes of its columns."""
        columns = {binding.name or "": self.of(binding.value) if binding.value else ONE for binding in clause.bindings}
        if clause.keyword == "UNWIND":
            source = clause.bindings[0].value
            columns = {name: NUMBER if is_range(source) else size.element for name, size in columns.items()}
        if clause.query:
            for name, size in self.of_query(clause.query).items():
                columns[name] = size.either(self._bound.get(name, size))
        if multiplies(clause):
            self._many_rows = True
            self._bound = {name: replace(size, again=size.many > 0) for name, size in self._bound.items()}
        self.all(clause.paths)
        self._bound |= columns
        self.all(clause.conditions)
        if clause.limit:
            self.of(clause.limit)
        if leaves_few(clause):
            self._many_rows = False
        return columns
