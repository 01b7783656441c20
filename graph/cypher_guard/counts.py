"""How many clauses a statement may have, and how far its predicates may unfold (strict)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from graph.cypher_guard.limits import BOOLEAN_TERMS, CASE_PARTS, CHAIN, CLAUSES, MATCH_PATHS, UNIONS, WITHS
from graph.cypher_guard.refusal import Refusal
from graph.cypher_guard.tokens import Token
from graph.cypher_guard.tree import Case, Clause, Group, Node, Operation, Query
from graph.cypher_guard.vocabulary import ARITHMETIC


class _Terms(NamedTuple):
    """Number of terms of a predicate's disjunctive and conjunctive normal forms."""

    disjunctive: int
    conjunctive: int


_ONE: Final = _Terms(1, 1)


def check_counts(query: Query) -> None:
    """Refuse more clauses, WITHs, branches of UNION or paths of a MATCH than a planner handles in moments."""
    clauses = withs = unions = 0
    for node in query.walk():
        if isinstance(node, Clause):
            clauses += 1
            withs += node.keyword == "WITH"
            _limit(len(node.paths), MATCH_PATHS, "paths in one MATCH", node)
            _limit(clauses, CLAUSES, "clauses", node)
            _limit(withs, WITHS, "WITH clauses", node)
        elif isinstance(node, Query):
            unions += len(node.branches) - 1
            _limit(unions + 1, UNIONS, "queries joined by UNION", node.branches[-1])


def check_chains(query: Query) -> None:
    """Refuse long chains of `+`, `*` and the like, which planners take apart level by level."""
    for node in query.walk():
        if isinstance(node, Operation):
            _limit(_longest_chain(node.parts), CHAIN, "signs of arithmetic in a row", node)


def _longest_chain(parts: Sequence[Node | Token]) -> int:
    longest = chain = 0
    for before, part in pairwise(parts):
        if isinstance(part, Token):
            chain += isinstance(before, Node) and part.key in ARITHMETIC
            chain *= part.key in ARITHMETIC
        longest = max(longest, chain)
    return longest


def check_cases(query: Query) -> None:
    """Refuse `CASE subject WHEN …` whose subject, copied for each WHEN, makes a large expression.

    With CASE in the subject of CASE the copies multiply at each level.
    """
    for node in query.walk():
        if isinstance(node, Case) and node.subject:
            _limit(_parts(node), CASE_PARTS, "parts once CASE is written out: use WITH for what stands behind it", node)


def _parts(node: Node) -> int:
    """How many parts an expression has, with the subject of CASE counted for each WHEN."""
    copies = 1 + len(node.conditions) if isinstance(node, Case) else 1
    subject = node.subject if isinstance(node, Case) else None
    return 1 + sum(_parts(child) * (copies if child is subject else 1) for child in node.children())


def check_booleans(query: Query) -> None:
    """Refuse predicates whose normal form is too long.

    Planners bring a predicate into a normal form by distributing: `(a OR b) AND (c OR d)` has 4 terms in its
    disjunctive normal form, and each further pair doubles them. The numbers follow from the predicate without unfolding
    it: AND adds conjunctive terms and multiplies disjunctive ones, OR the other way round, NOT exchanges the two (De
    Morgan).
    """
    for node in query.walk():
        if isinstance(node, Operation):
            most = max(_terms(node))
            _limit(most, BOOLEAN_TERMS, "terms once this predicate is unfolded", node)


def _limit(found: int, limit: int, what: str, node: Node) -> None:
    if found > limit:
        raise Refusal(f"more than {limit} {what}", node.token.offset)


def _terms(node: Node | Token) -> _Terms:
    if isinstance(node, Group):
        return _terms(node.inner)
    return _or_terms(node.parts) if isinstance(node, Operation) else _ONE


def _or_terms(parts: Sequence[Node | Token]) -> _Terms:
    result = _Terms(0, 1)
    for side in _split(parts, "OR"):
        terms = _xor_terms(side)
        result = _capped(result.disjunctive + terms.disjunctive, result.conjunctive * terms.conjunctive)
    return result


def _xor_terms(parts: Sequence[Node | Token]) -> _Terms:
    """`a XOR b` is `(a AND NOT b) OR (NOT a AND b)`."""
    first, *others = (_and_terms(side) for side in _split(parts, "XOR"))
    for other in others:
        both = first.disjunctive * other.conjunctive + first.conjunctive * other.disjunctive
        first = _capped(both, first.conjunctive * other.conjunctive + first.disjunctive * other.disjunctive)
    return first


def _and_terms(parts: Sequence[Node | Token]) -> _Terms:
    result = _Terms(1, 0)
    for side in _split(parts, "AND"):
        terms = _not_terms(side)
        result = _capped(result.disjunctive * terms.disjunctive, result.conjunctive + terms.conjunctive)
    return result


def _not_terms(parts: Sequence[Node | Token]) -> _Terms:
    negations = 0
    while negations < len(parts) and _is_operator(parts[negations], "NOT"):
        negations += 1
    last = parts[-1] if parts else None
    alone = len(parts) == negations + 1
    terms = _terms(last) if last and (alone or isinstance(last, Operation)) else _ONE  # an operation here: labels
    return _Terms(terms.conjunctive, terms.disjunctive) if negations % 2 else terms


def _capped(disjunctive: int, conjunctive: int) -> _Terms:
    """Without growing past what is refused anyway: NOT may bring either back into play, so both are kept."""
    limit = BOOLEAN_TERMS + 1
    return _Terms(min(disjunctive, limit), min(conjunctive, limit))


def _split(parts: Sequence[Node | Token], operator: str) -> list[Sequence[Node | Token]]:
    sides: list[list[Node | Token]] = [[]]
    for part in parts:
        if _is_operator(part, operator):
            sides.append([])
        else:
            sides[-1].append(part)
    return list(sides)


def _is_operator(part: Node | Token, operator: str) -> bool:
    return isinstance(part, Token) and part.key == operator
