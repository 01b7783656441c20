"""`eig cypher`: a read-only statement on the graph."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.output import AsJson, answer, remark, table, to_json

if TYPE_CHECKING:
    from graph.errors import StatementError

EXAMPLE = "eig cypher 'MATCH (e:Entity {name: $name}) RETURN e.id, e.articles' --param name=Iran"


def cypher(
    statement: Annotated[str, typer.Argument(help="The statement; - reads it from standard input.")],
    *,
    param: Annotated[
        list[str] | None,
        typer.Option(metavar="KEY=VALUE", help="A parameter; the value is JSON, or text where it is none. Repeatable."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Answer a read-only Cypher statement.

    Prints a table, or with --json {"data": {"fields", "values"}, "truncated"}. EIG_CYPHER_SECONDS and EIG_CYPHER_ROWS
    set how long it may take and how many rows it may give. The exit status is 1 when it is wrong, refused or stopped.
    """
    from app.reach import reach
    from app.settings import load_settings
    from graph.errors import StatementError

    text = sys.stdin.read() if statement == "-" else statement
    parameters = dict(_parameter(given) for given in param or ())
    with reach(load_settings()) as graph:
        try:
            rows = graph.cypher(text, parameters)
        except StatementError as error:
            remark(_point_at(error, text))
            raise typer.Exit(1) from error
    if as_json:
        data = {"fields": rows.fields, "values": rows.values}
        answer(to_json({"data": data, "truncated": rows.truncated}))
    else:
        answer(table(rows.fields, rows.values))
    if rows.truncated:
        remark(f"cut after {len(rows.values)} rows: EIG_CYPHER_ROWS sets how many")


def _parameter(given: str) -> tuple[str, Any]:
    key, separator, value = given.partition("=")
    if not key or not separator:
        raise typer.BadParameter(f"{given!r} is no KEY=VALUE", param_hint="--param")
    try:
        return key, json.loads(value)
    except ValueError:
        return key, value


def _point_at(error: StatementError, statement: str) -> str:
    """The message, and below it the line of the statement with a mark under the place where that is known."""
    if error.line is None or error.column is None:
        return f"eig: {error}"
    lines = statement.splitlines()
    line = lines[error.line - 1] if error.line <= len(lines) else ""
    return f"eig: {error}\n  {line}\n  {' ' * (error.column - 1)}^"
