"""Which clauses make many rows of one, and which leave few (strict).

Databases look at the clock between two batches of rows. What is done for each row counts for a batch where there may be
many rows, and once where there are few.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from graph.cypher_guard.arguments import literal_integer
from graph.cypher_guard.limits import FEW_ROWS
from graph.cypher_guard.tokens import Token
from graph.cypher_guard.tree import (
    Access,
    Call,
    Clause,
    Collection,
    Literal,
    Node,
    NodePattern,
    Operation,
    Parameter,
    Slice,
)

AGGREGATES: Final = frozenset(
    {"avg", "collect", "count", "max", "min", "percentilecont", "percentiledisc", "stdev", "stdevp", "sum"}
)
"""Functions that make one value of many rows."""


def multiplies(clause: Clause) -> bool:
    """Whether a row may become many by this clause. A node that is looked up by its id is one at most."""
    if clause.keyword == "MATCH":
        return not _looks_up(clause)
    return clause.keyword in ("UNWIND", "CALL", "SHOW")


def leaves_few(clause: Clause) -> bool:
    """Whether few rows are left after this clause: by its LIMIT, or because it aggregates them all into one."""
    limit = literal_integer(clause.limit) if clause.limit else None
    if limit is not None and limit <= FEW_ROWS:
        return True
    values = [binding.value for binding in clause.bindings]
    return clause.keyword == "WITH" and bool(values) and all(value and _aggregates(value) for value in values)


def _aggregates(value: Node) -> bool:
    while isinstance(value, (Access, Slice)):
        value = value.base
    return isinstance(value, Call) and value.name in AGGREGATES


def _looks_up(clause: Clause) -> bool:
    nodes = [path.parts[0] for path in clause.paths if len(path.parts) == 1]
    if len(nodes) != len(clause.paths):
        return False
    if len(nodes) == 1 and any(_compares_id(condition) for condition in clause.conditions):
        return True
    return all(isinstance(node, NodePattern) and _has_id(node.conditions) for node in nodes)


def _has_id(conditions: Sequence[Node]) -> bool:
    return any(isinstance(condition, Collection) and "id" in condition.keys for condition in conditions)


def _compares_id(condition: Node) -> bool:
    """`n.id = 'Q1'`, alone or before AND."""
    if not isinstance(condition, Operation) or len(condition.parts) < 3:
        return False
    left, sign, right, *others = condition.parts
    signs = [part.key for part in condition.parts if isinstance(part, Token)]
    by_id = isinstance(left, Access) and left.name == "id" and isinstance(sign, Token) and sign.key == "="
    return (
        by_id and isinstance(right, (Literal, Parameter)) and not {"OR", "XOR"} & set(signs) and _begins(others, "AND")
    )


def _begins(parts: Sequence[Node | Token], word: str) -> bool:
    return not parts or (isinstance(parts[0], Token) and parts[0].key == word)
