"""`eig ingest`: articles into the graph."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.output import AsJson, answer, remark
from app.cli.tagging import Accurate, TaggerName

EXAMPLE = "eig ingest articles/ 'more/*.jsonl' --report stored.jsonl"

# Not imported from app.ingestion, which help would have to wait for; a test holds them equal.
BATCH_SIZE = 200


def ingest(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files, folders or globs; - is standard input.")
    ],
    *,
    as_json: AsJson = False,
    bulk: Annotated[
        bool,
        typer.Option("--bulk", help="Derive ties at the end: quicker for many, and the default for very many."),
    ] = False,
    batch_size: Annotated[int, typer.Option(min=1, metavar="N", help="Most articles in one transaction.")] = BATCH_SIZE,
    tagger: TaggerName = None,
    accurate: Accurate = False,
    report: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a JSON line for each article to this file, once it is stored."),
    ] = None,
) -> None:
    """Store articles, and find the entities in them.

    New articles are added, changed ones replaced, those that are the same left alone. What fails is kept with the
    reason, and "eig retry" tries it again; the exit status is then 1.
    """
    from app.cli.follow import following, summary_json, summary_text
    from app.failures import FailureLog
    from app.ingestion import transfer
    from app.reach import ServedGraph, reach
    from app.settings import load_settings
    from ingest.sources import count, read

    settings = load_settings(tagger=tagger, accurate=accurate or None)
    failures = FailureLog(settings.home)
    expected = count(paths)
    with reach(settings) as graph, following(total=expected, report=report) as progress:
        if isinstance(graph, ServedGraph) and (tagger or accurate):
            raise typer.BadParameter(
                "the service that holds the folder extracts: set EIG_TAGGER or EIG_ACCURATE for it"
            )
        taking = graph.taking(bulk=bulk, expected=expected)
        summary = transfer(read(paths), taking, failures=failures, progress=progress, batch_size=batch_size)
    answer(summary_json(summary) if as_json else summary_text(summary))
    if summary.failed:
        remark(f"{summary.failed} failed and are kept in {failures.path}: eig retry tries them again")
        raise typer.Exit(1)
