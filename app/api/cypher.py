"""Ad-hoc Cypher: one read-only statement, capped, timed, and dropped when nobody waits for it any more."""

from __future__ import annotations

import threading
from typing import Annotated

from fastapi import APIRouter, Body, Depends, Request
from starlette.responses import Response

from app.api import PREFIX
from app.api.dependencies import SettingsOfApp, Store
from app.cypher_values import to_json
from app.json_text import NotStorable, check_text
from app.openapi import answer
from app.problems import invalid
from app.schemas import examples
from app.schemas.service import CypherAnswer, CypherSchema, Statement, Table
from app.security import from_operator
from app.waiting import ClientGone, run_while_connected

router = APIRouter(prefix=PREFIX, tags=["cypher"])

# Nobody reads this answer; logs and metrics show it under the number that nginx gave such requests.
CLIENT_GONE = 499


@router.post(
    "/cypher",
    summary="Ask in Cypher",
    response_model=CypherAnswer,
    responses=answer(
        examples.CYPHER,
        *("statement", "refused", "key", "stopped", "body", "invalid", "origin", "size"),
        description="The rows.",
    ),
    openapi_extra={"security": [{}]},  # the key is one way of asking, and nothing at all is another
)
async def ask_cypher(
    request: Request,
    store: Store,
    settings: SettingsOfApp,
    asked: Annotated[Statement, Body(openapi_examples=examples.STATEMENTS)],
    operator: Annotated[bool, Depends(from_operator)],
) -> CypherAnswer | Response:
    """Run one read-only Cypher statement, as Neo4j's Query API takes and answers it.

    Rows beyond EIG_CYPHER_ROWS are cut and `truncated` says so; after EIG_CYPHER_SECONDS the statement is stopped
    (408), and also when the client closes its connection. A statement that is wrong, or that would do anything but
    read, is a 400 with its place in the text.

    Statements of strangers are checked at the level `strict`: they must be such that a time limit can stop them. On
    loopback, and beyond it with the header `Authorization: Bearer <EIG_API_KEY>`, the level is `trusted`: `reduce`,
    long ranges and other costly reading pass too. EIG_CYPHER sets one level for all.
    """
    _check(asked)
    cancelled = threading.Event()

    def work() -> CypherAnswer:
        rows = store.cypher(
            asked.statement,
            asked.parameters,
            level=settings.cypher_level(operator=operator),
            seconds=settings.cypher_seconds,
            rows=settings.cypher_rows,
            cancelled=cancelled,
        )
        table = Table(fields=list(rows.fields), values=[[to_json(value) for value in row] for row in rows.values])
        return CypherAnswer(data=table, truncated=rows.truncated)

    try:
        limiter = request.app.state.statements
        return await run_while_connected(request, work, give_up=cancelled.set, limiter=limiter)
    except ClientGone:
        return Response(status_code=CLIENT_GONE)


@router.get(
    "/cypher/schema",
    summary="Names that a statement can use",
    responses=answer(examples.CYPHER_SCHEMA),
)
def read_schema(store: Store) -> CypherSchema:
    """Labels and types of relationships with their properties, as they are in the graph; for completion in an editor.

    Properties are those of a sample of each kind. The answer may be a minute old. Functions and procedures are those
    that statements may call; which procedures there are depends on the database.
    """
    return CypherSchema.model_validate(store.cypher_names())


def _check(asked: Statement) -> None:
    try:
        check_text(asked.statement, where="statement")
        check_text(asked.parameters, where="parameters")
    except NotStorable as error:
        raise invalid("body", "", str(error)) from None
