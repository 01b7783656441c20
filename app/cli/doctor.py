"""`eig doctor`: is everything in order?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from app.cli.output import AsJson, answer, to_json

if TYPE_CHECKING:
    from app.checks import Check

EXAMPLE = "eig doctor"


def doctor(*, as_json: AsJson = False) -> None:
    """Check that everything is in order.

    Looks at the settings, the home folder, the knowledge base and the database, and whether what is derived equals what
    is stored; with Neo4j also at how the server is set up. The exit status is 1 when something is wrong; advice is not.
    """
    from dataclasses import asdict

    from app.checks import run_checks
    from app.settings import load_settings

    found = list(run_checks(load_settings()))
    if as_json:
        answer(to_json([asdict(check) for check in found]))
    else:
        for check in found:
            answer(_line(check))
    if not all(check.ok for check in found):
        raise typer.Exit(1)


def _line(check: Check) -> str:
    if not check.ok:
        return f"FAIL  {check.name}: {check.detail}"
    if check.advice is not None:
        return f"note  {check.name}: {check.detail}; {check.advice}"
    return f"ok    {check.name}: {check.detail}"
