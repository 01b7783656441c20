"""What a statement would do, by the plan that the database made of it: a second look behind the check of its text.

The guard reads a statement as we understand it, the plan shows it as the database does. A reading `query_type` is not
enough: LOAD CSV, SHOW and TERMINATE TRANSACTIONS, SHOW SETTINGS and CALL ... IN TRANSACTIONS have it too. Most of them
are operators of the plan; inside an expression they show only in the text of its details.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from graph.cypher_guard.vocabulary import PROCEDURES

_READING: Final = "r"
_SHOWN: Final = frozenset({"ShowIndexes", "ShowConstraints"})
_HARMFUL: Final = re.compile(
    r"LoadCSV|Show|Terminate|Transaction|Administration|Foreach|Create|Delete|Remove|Set|Merge"
)
_LOAD_CSV: Final = re.compile(r"\bLOAD\s+CSV\b", re.IGNORECASE)
# In an operator `db.labels() :: …`; in an expression `CALL db.labels()`, up to 5.26 `ResolvedCall(db.labels() :: …`.
_CALLED: Final = re.compile(r"(?:\bCALL\s+|\bResolvedCall\()(?P<name>[\w`][\w.` ]*)", re.IGNORECASE)


def objection(query_type: str | None, plan: Mapping[str, Any] | None) -> str | None:
    """Why a statement with this plan is not let through; None where it only reads the graph.

    Details are searched as they stand, also inside quotes: who names a property `LOAD CSV`, or compares text with it in
    an expression within a subquery, is refused. Texts in other places are not in the details: they became parameters.
    """
    for operator in _operators(plan or {}):
        if reason := _operator_objection(operator):
            return reason
    return None if query_type == _READING and plan else "it would do more than read the graph"


def _operators(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """All operators; with a stack of our own, since plans are as deep as statements are long."""
    waiting = [plan]
    while waiting:
        operator = waiting.pop()
        yield operator
        waiting.extend(operator.get("children", ()))


def _operator_objection(operator: Mapping[str, Any]) -> str | None:
    kind = str(operator.get("operatorType", "")).partition("@")[0]
    details = str(operator.get("args", {}).get("Details", ""))
    if kind == "LoadCSV" or _LOAD_CSV.search(details):
        return "LOAD CSV reads files and addresses outside the graph"
    if _HARMFUL.search(kind) and kind not in _SHOWN:
        return f"its plan has the step {kind}: only reading the graph is accepted"
    names = [found["name"] for found in _CALLED.finditer(details)]
    if kind == "ProcedureCall":
        names.append(details.partition("(")[0])
    for name in (_plain(each) for each in names):
        if name.lower() not in PROCEDURES:
            return f"the procedure {name} is not accepted"
    return None


def _plain(name: str) -> str:
    return name.replace("`", "").strip().partition(" ")[0]
