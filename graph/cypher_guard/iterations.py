"""Loops inside one expression, which databases run to the end without looking at the clock (strict)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graph.cypher_guard.refusal import Refusal
from graph.cypher_guard.tree import (
    Call,
    Clause,
    Iteration,
    Node,
    PatternComprehension,
    Query,
    Reduction,
    Subquery,
)

_NESTED: Final = "an iteration inside an iteration multiplies their lengths: UNWIND one of the lists instead"


def check_iterations(query: Query) -> None:
    """Refuse `reduce`, and what runs once for each element of something that itself runs once for each element.

    List comprehensions, pattern comprehensions, all, any, none and single evaluate their condition and result for each
    element; `range` makes its elements. The list after IN is evaluated once, so an iteration may stand there. Rows of
    EXISTS, COUNT and COLLECT are an iteration too where UNWIND or CALL makes them.
    """
    waiting: list[tuple[Node, bool]] = [(query, False)]
    while waiting:
        node, inside = waiting.pop()
        _check(node, inside)
        waiting.extend(_children(node, inside))


def _check(node: Node, inside: bool) -> None:
    if isinstance(node, Reduction):
        raise Refusal("reduce is not accepted: aggregate with UNWIND and sum, collect or max", node.token.offset)
    if not inside:
        return
    if isinstance(node, (Iteration, PatternComprehension)) or (isinstance(node, Call) and node.name == "range"):
        raise Refusal(_NESTED, node.token.offset)


def _children(node: Node, inside: bool) -> Iterator[tuple[Node, bool]]:
    if isinstance(node, Iteration):
        yield node.source, inside
        yield from ((body, True) for body in (node.condition, node.result) if body)
        return
    if isinstance(node, Subquery):
        _check_rows(node)
    inside = inside or isinstance(node, PatternComprehension)
    yield from ((child, inside) for child in node.children())


def _check_rows(subquery: Subquery) -> None:
    for node in subquery.query.walk():
        if isinstance(node, Clause) and node.keyword in ("UNWIND", "CALL"):
            raise Refusal(
                f"{node.keyword} inside EXISTS, COUNT or COLLECT: put it before this clause", node.token.offset
            )
