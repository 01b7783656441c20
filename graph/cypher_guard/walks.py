"""How far patterns may walk along relationships (strict)."""

from __future__ import annotations

from collections.abc import Iterator

from graph.cypher_guard.limits import INNER_HOPS, PATH_HOPS, SHORTEST_HOPS, SUBQUERY_HOPS, VARIABLE_HOPS
from graph.cypher_guard.refusal import Refusal
from graph.cypher_guard.tree import (
    Clause,
    Iteration,
    Node,
    Path,
    PatternComprehension,
    PatternPredicate,
    Quantified,
    Query,
    Relationship,
    Subquery,
)


def check_walks(query: Query) -> None:
    """Refuse variable lengths without an upper bound or with a high one, and long patterns inside expressions.

    `*`, `*2..`, `+` and `{2,}` have no upper bound. A clause is stopped by the time limit between two rows, so it may
    walk further than EXISTS, COUNT, COLLECT and patterns used as conditions, which are one expression to the clock.
    """
    waiting: list[tuple[Node, bool]] = [(query, False)]
    while waiting:
        node, inside = waiting.pop()
        _check(node, inside)
        inside = inside or isinstance(node, (Iteration, PatternComprehension))
        waiting.extend((child, inside) for child in node.children())


def _check(node: Node, inside: bool) -> None:
    if isinstance(node, Clause):
        for path in node.paths:
            _check_path(path)
    elif isinstance(node, PatternComprehension):
        _check_comprehension(node)
    elif isinstance(node, Subquery):
        _check_expression(node, INNER_HOPS if inside else SUBQUERY_HOPS)
    elif isinstance(node, PatternPredicate):
        _check_path(node.path)
        if inside or not node.path.shortest:
            _check_expression(node, INNER_HOPS if inside else SUBQUERY_HOPS)


def _check_path(path: Path) -> None:
    longest = SHORTEST_HOPS if path.shortest else VARIABLE_HOPS
    total = 0
    for part in _walked(path):
        if part.hops.most is None:
            raise Refusal(f"a variable length needs an upper bound, at most {longest}: *..{longest}", part.token.offset)
        if part.hops.varies and part.hops.most > longest:
            raise Refusal(f"a variable length of more than {longest} relationships", part.token.offset)
        total += part.hops.most
    if total > max(PATH_HOPS, longest):
        raise Refusal(f"a path of more than {PATH_HOPS} relationships", path.token.offset)


def _check_comprehension(node: PatternComprehension) -> None:
    walked = list(_walked(node.path))
    if any(part.hops.varies for part in walked) or len(walked) > INNER_HOPS:
        raise Refusal(f"a pattern comprehension has at most {INNER_HOPS} fixed relationships", node.token.offset)


def _check_expression(node: Node, limit: int) -> None:
    """All paths inside the expression together; one without relationships counts as one, since it visits all nodes."""
    total = 0
    for path in node.walk():
        if isinstance(path, Path):
            _check_path(path)
            total += max(1, sum(part.hops.most or 0 for part in _walked(path)))
    if total > limit:
        raise Refusal(f"more than {limit} relationships walked inside one expression: MATCH them", node.token.offset)


def _walked(path: Path) -> Iterator[Relationship | Quantified]:
    return (part for part in path.parts if isinstance(part, (Relationship, Quantified)))
