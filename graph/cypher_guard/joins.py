"""How many relationships are matched at once (strict).

Planners take a long pattern to pieces, match these by themselves and join them in memory. Joins of joins make rows
without touching the graph, and only there Neo4j looks whether it should stop. Clauses of MATCH are planned together,
also across a WITH that hands its rows on one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graph.cypher_guard.limits import JOINED_RELATIONSHIPS
from graph.cypher_guard.refusal import Refusal
from graph.cypher_guard.rows import AGGREGATES
from graph.cypher_guard.tree import Branch, Call, Clause, Node, Quantified, Query, Relationship, Subquery

_ADVICE: Final = "aggregate, or WITH … LIMIT, in between"


def check_joins(query: Query) -> None:
    """Refuse long patterns, and several that are matched together."""
    for node in query.walk():
        if isinstance(node, Branch):
            _check(node)


def _check(branch: Branch) -> None:
    matched = 0
    for clause in branch.clauses:
        if _ends_a_part(clause):
            matched = 0
        matched += sum(isinstance(part, (Relationship, Quantified)) for path in clause.paths for part in path.parts)
        if matched > JOINED_RELATIONSHIPS:
            raise Refusal(
                f"more than {JOINED_RELATIONSHIPS} relationships matched at once: {_ADVICE}", clause.token.offset
            )


def _ends_a_part(clause: Clause) -> bool:
    """Whether what stands behind is planned by itself."""
    if clause.keyword in ("UNWIND", "CALL") or clause.limit:
        return True
    return any(_aggregates(binding.value) for binding in clause.bindings if binding.value)


def _aggregates(value: Node) -> bool:
    return any(isinstance(node, Call) and node.name in AGGREGATES for node in _outside_of_subqueries(value))


def _outside_of_subqueries(node: Node) -> Iterator[Node]:
    yield node
    if not isinstance(node, Subquery):
        for child in node.children():
            yield from _outside_of_subqueries(child)
