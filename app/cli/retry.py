"""`eig retry`: failed inputs once more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.output import AsJson, answer, remark, table, to_json

if TYPE_CHECKING:
    from app.failures import FailureList, FailureLog
    from app.ingestion import Summary
    from app.settings import Settings
    from graph.model import Article
    from ingest.sources import Failure

EXAMPLE = "eig retry --list"


def retry(
    *,
    only_list: Annotated[bool, typer.Option("--list", help="Only list what failed, with the reasons.")] = False,
    as_json: AsJson = False,
) -> None:
    """Try the inputs again that failed before.

    Those that succeed leave the list, the others stay on it with the new reason; the exit status is then 1.
    """
    from app.cli.follow import summary_json, summary_text
    from app.failures import FailureLog
    from app.settings import load_settings

    settings = load_settings()
    failures = FailureLog(settings.home)
    if only_list:
        _list(failures, as_json=as_json)
        return
    summary = _retry(settings, failures)
    answer(summary_json(summary) if as_json else summary_text(summary))
    if summary.failed:
        remark(f"{summary.failed} failed again and stay in {failures.path}")
        raise typer.Exit(1)


def _list(failures: FailureLog, *, as_json: bool) -> None:
    from dataclasses import asdict

    entries = failures.entries()
    if as_json:
        answer(to_json([asdict(entry) for entry in entries]))
    elif entries:
        answer(table(("failed at", "input", "reason"), [(e.at, e.where, e.reason) for e in entries]))
    else:
        remark("nothing failed")


def _retry(settings: Settings, failures: FailureLog) -> Summary:
    from app.cli.follow import following
    from app.ingestion import Summary, transfer
    from app.reach import reach

    entries = failures.entries()
    if not entries:
        return Summary()
    with reach(settings) as graph, following(total=len(entries), report=None) as progress:

        def ingest(items: Iterator[Article | Failure], again: FailureList) -> Summary:
            taking = graph.taking(bulk=False, expected=len(entries))
            return transfer(items, taking, failures=again, progress=progress)

        return failures.retry(ingest)
