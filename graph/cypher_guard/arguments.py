"""Functions whose cost hangs on the value of an argument, which must therefore stand in the text (strict)."""

from __future__ import annotations

from graph.cypher_guard.limits import RANGE_ITEMS, ROUND_DIGITS
from graph.cypher_guard.patterns import integer
from graph.cypher_guard.refusal import Refusal
from graph.cypher_guard.tokens import Kind, Token
from graph.cypher_guard.tree import Call, Literal, Node, Operation, Query


def check_arguments(query: Query) -> None:
    """Refuse `range`, `round` and `replace` with large or unknown arguments.

    `range(from, to, step)` includes both bounds. `round(x, digits)` keeps so many decimals. `replace(text, search,
    replacement)` is as long as the text times the replacement, so the replacement must be a literal.
    """
    checks = {"range": _check_range, "round": _check_round, "replace": _check_replace}
    for node in query.walk():
        if isinstance(node, Call) and node.name in checks:
            checks[node.name](node)


def range_items(call: Call) -> int | None:
    """How many items a call of `range` makes; None where its bounds are no literals."""
    values = [literal_integer(argument) for argument in call.arguments]
    known = [value for value in values if value is not None]
    if len(known) != len(values) or len(values) not in (2, 3):
        return None
    first, last, step = (*known, 1)[:3]
    return None if step == 0 else max(0, (last - first) // step + 1)


def _check_range(call: Call) -> None:
    items = range_items(call)
    if items is None:
        raise Refusal("range takes whole numbers written out: range(0, 99)", call.token.offset)
    if items > RANGE_ITEMS:
        raise Refusal(f"a range of more than {RANGE_ITEMS:,} items", call.token.offset)


def _check_round(call: Call) -> None:
    if len(call.arguments) < 2:
        return
    digits = literal_integer(call.arguments[1])
    if digits is None or abs(digits) > ROUND_DIGITS:
        raise Refusal(f"round takes its digits as a number of at most {ROUND_DIGITS}", call.token.offset)


def _check_replace(call: Call) -> None:
    if len(call.arguments) == 3 and not is_string(call.arguments[2]):
        raise Refusal("replace takes its replacement as text in quotes", call.token.offset)


def is_string(node: Node | Token) -> bool:
    """Whether this is a string written out."""
    return isinstance(node, Literal) and node.token.kind is Kind.STRING


def literal_integer(node: Node) -> int | None:
    """The value of `3` or `-3`; else None."""
    if isinstance(node, Literal):
        return integer(node.token)
    if isinstance(node, Operation) and len(node.parts) == 2:
        sign, value = node.parts
        if isinstance(sign, Token) and sign.key in ("-", "+") and isinstance(value, Literal):
            magnitude = integer(value.token)
            return -magnitude if magnitude is not None and sign.key == "-" else magnitude
    return None
