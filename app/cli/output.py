"""How answers look: JSON or plain text on standard output, remarks on standard error."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Annotated, Any

import typer

HALF_A_PAIR = re.compile(r"[\ud800-\udfff]")

AsJson = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]


def answer(text: str) -> None:
    """Print to standard output."""
    typer.echo(text)


def remark(text: str) -> None:
    """Print to standard error."""
    typer.echo(text, err=True)


def to_json(value: Any) -> str:
    """One line of JSON; values that JSON has no form for, such as dates of a database, as their text."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    # Half a surrogate pair can be written as an escape only.
    return json.dumps(value, default=str) if HALF_A_PAIR.search(text) else text


def table(fields: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Columns under their names, each as wide as its widest value."""
    cells = [[_cell(value) for value in row] for row in rows]
    widths = [max(len(line[i]) for line in ([*fields], *cells)) for i in range(len(fields))]
    lines = [fields, ["-" * width for width in widths], *cells]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def _cell(value: Any) -> str:
    text = value if isinstance(value, str) else to_json(value)
    return text.replace("\n", "\\n").replace("\t", "\\t")
