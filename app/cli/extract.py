"""`eig extract`: what is found in texts, without a database."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.output import answer, to_json
from app.cli.tagging import Accurate, TaggerName

EXAMPLE = "eig extract articles.jsonl > found.jsonl"


def extract(
    file: Annotated[
        typer.FileText,
        typer.Argument(
            encoding="utf-8", errors="replace", metavar="FILE", help="JSON lines with id and text; - is standard input."
        ),
    ],
    *,
    workers: Annotated[int, typer.Option(min=1, metavar="N", help="Processes that extract.")] = 1,
    tagger: TaggerName = None,
    accurate: Accurate = False,
) -> None:
    """Find entities in texts, without a database.

    Prints one JSON line for each article, in order: id, mentions with offsets into the text, entities, and the error
    where it failed.
    """
    from app.settings import load_settings
    from ingest.extract_lines import extract_lines
    from ingest.workers import extracting

    settings = load_settings(tagger=tagger, accurate=accurate or None)
    with extracting(settings.entities, settings.tagging, workers=workers) as extractor:
        for found in extract_lines(file, extractor):
            answer(to_json(found))
