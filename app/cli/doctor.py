"""`eig doctor`: is everything in order?"""

from __future__ import annotations

import typer

from app.cli.output import AsJson, answer, to_json

EXAMPLE = "eig doctor"


def doctor(*, as_json: AsJson = False) -> None:
    """Check that everything is in order.

    Looks at the settings, the home folder, the knowledge base and the database, and whether what is derived equals what
    is stored. The exit status is 1 when something is wrong.
    """
    from dataclasses import asdict

    from app.checks import run_checks
    from app.settings import load_settings

    found = list(run_checks(load_settings()))
    if as_json:
        answer(to_json([asdict(check) for check in found]))
    else:
        for check in found:
            answer(f"{'ok  ' if check.ok else 'FAIL'}  {check.name}: {check.detail}")
    if not all(check.ok for check in found):
        raise typer.Exit(1)
