"""The guard in front of ad-hoc Cypher: lets through statements that only read, and refuses all else by its text.

    check(statement, level="strict", parameters=parameters)

Databases enforce less than they promise: read-only modes let statements read files and end the work of others, and
time limits are not looked at inside one expression. So a statement is read with a grammar of its own (`statements`),
which has no clause that writes, and at `strict` its structure is checked for what would keep a database busy
(`counts`, `iterations`, `walks`, `joins`, `arguments`, `sizes`, `regex`, `searches`). All bounds are in `limits`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, Literal

from graph.cypher_guard.arguments import check_arguments
from graph.cypher_guard.counts import check_booleans, check_cases, check_chains, check_counts
from graph.cypher_guard.iterations import check_iterations
from graph.cypher_guard.joins import check_joins
from graph.cypher_guard.limits import CHARACTERS
from graph.cypher_guard.refusal import Refusal
from graph.cypher_guard.searches import check_searches
from graph.cypher_guard.sizes import check_sizes
from graph.cypher_guard.statements import StatementParser
from graph.cypher_guard.tokens import significant_tokens
from graph.cypher_guard.walks import check_walks

__all__ = ["Level", "check"]

Level = Literal["strict", "trusted"]
"""`strict` is for strangers; `trusted` leaves the cost of a statement to its author and the time limit."""

_STRICT_CHECKS: Final = (
    *(check_counts, check_chains, check_cases, check_booleans),
    *(check_iterations, check_walks, check_joins, check_arguments),
)
_NONE: Final[Mapping[str, Any]] = MappingProxyType({})


def check(statement: str, *, level: Level, parameters: Mapping[str, Any] = _NONE) -> None:
    """Return where the statement may run, else raise.

    Both levels accept one statement that reads: MATCH, UNWIND, WITH, RETURN, subqueries, the procedures and functions
    of `vocabulary`, SHOW INDEXES and SHOW CONSTRAINTS. `strict` refuses besides what no time limit would stop.

    Args:
        statement: Cypher text, with a semicolon at its end or not.
        level: whose statement it is.
        parameters: what is sent along with it; `strict` measures what the statement does with them.

    Raises:
        graph.errors.StatementRefused: with the reason, and line, column and offset of what is not accepted.
    """
    try:
        _check(statement, level, parameters)
    except Refusal as refusal:
        raise refusal.of(statement) from None


def _check(statement: str, level: Level, parameters: Mapping[str, Any]) -> None:
    if len(statement) > CHARACTERS:
        raise Refusal(f"the statement has more than {CHARACTERS:,} characters: send data as parameters", CHARACTERS)
    query = StatementParser(significant_tokens(statement)).statement()
    if level == "strict":
        for strict_check in _STRICT_CHECKS:
            strict_check(query)
        check_sizes(query, parameters)
        check_searches(query, parameters)
