"""What `=~` may stand between (strict)."""

from __future__ import annotations

from collections.abc import Sequence

from graph.cypher_guard.arguments import is_string
from graph.cypher_guard.limits import REGEX_SUBJECT_UNITS
from graph.cypher_guard.measures import Size
from graph.cypher_guard.refusal import Refusal
from graph.cypher_guard.regex import objection
from graph.cypher_guard.tokens import Token
from graph.cypher_guard.tree import Node
from graph.cypher_guard.vocabulary import ARITHMETIC


def check_match(operator: Token, behind: Sequence[Node | Token], *, subject: Size) -> None:
    """`subject =~ 'literal'`: nothing may be joined to the literal, and the subject must be short and stored."""
    pattern = behind[0]
    joined = len(behind) > 1 and isinstance(behind[1], Token) and behind[1].key in ARITHMETIC
    if not isinstance(pattern, Node) or not is_string(pattern) or joined:
        raise Refusal("=~ takes its regular expression as one text in quotes", operator.offset)
    if subject.text:
        raise Refusal("=~ is for names and other short values: use CONTAINS for texts", operator.offset)
    if not 0 < subject.units <= REGEX_SUBJECT_UNITS:
        raise Refusal("=~ is for stored values: match a property such as e.name", operator.offset)
    if reason := objection(pattern.token.text[1:-1]):
        raise Refusal(f"this regular expression {reason}: use CONTAINS or STARTS WITH", pattern.token.offset)
