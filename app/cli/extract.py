"""`eig extract`: what is found in texts, without a database."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.output import answer, to_json

EXAMPLE = "eig extract articles.jsonl > found.jsonl"


def extract(
    file: Annotated[
        typer.FileText,
        typer.Argument(
            encoding="utf-8", errors="replace", metavar="FILE", help="JSON lines with id and text; - is standard input."
        ),
    ],
) -> None:
    """Find entities in texts, without a database.

    Prints one JSON line for each article, in order: id, mentions with offsets into the text, entities, and the error
    where it failed.
    """
    from ingest.extract_lines import extract_lines
    from ingest.extractor import NewsExtractor
    from ingest.kb import load_knowledge_base

    for found in extract_lines(file, NewsExtractor(load_knowledge_base())):
        answer(to_json(found))
