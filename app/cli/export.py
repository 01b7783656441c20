"""`eig export`: the graph around entities, the stored articles, or the files of Neo4j's bulk importer."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app.cli.output import answer, remark, to_json

EXAMPLE = "eig export --entity Q794 --entity Q41053 --format cytoscape > graph.json"


class ExportFormat(StrEnum):
    """The forms of graph JSON, which a test holds equal to graph.formats, and the files of a bulk import."""

    NODE_LINK = "node-link"
    CYTOSCAPE = "cytoscape"
    NEO4J_IMPORT = "neo4j-import"


def export(
    *,
    entity: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Id of an entity whose neighbourhood is wanted. Repeatable.")
    ] = None,
    form: Annotated[
        ExportFormat, typer.Option("--format", help="Form of the graph; neo4j-import is the whole one, into --to.")
    ] = ExportFormat.NODE_LINK,
    articles: Annotated[
        bool, typer.Option("--articles", help="Instead, every stored article as a JSON line that eig ingest reads.")
    ] = False,
    to: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Empty folder for the files of --format neo4j-import.")
    ] = None,
) -> None:
    """Print the graph around entities, or all articles, as JSON; or write all for Neo4j's bulk importer.

    The graph holds at most EIG_MAX_NODES entities; it says itself whether it was cut, and how many there were.
    """
    if form is ExportFormat.NEO4J_IMPORT:
        if articles or entity or to is None:
            raise typer.BadParameter("--format neo4j-import takes --to FOLDER, and neither --entity nor --articles")
        _export_whole(to)
    elif articles == bool(entity) or to is not None:
        raise typer.BadParameter(
            "give either --entity (as often as needed) or --articles; --to is for --format neo4j-import"
        )
    else:
        _print(entity, form)


def _print(entity: list[str] | None, form: ExportFormat) -> None:
    from app.reach import reach
    from app.settings import load_settings

    settings = load_settings()
    with reach(settings) as graph:
        if entity:
            answer(to_json(graph.neighbourhood(entity, form=form.value, max_nodes=settings.max_nodes)))
        else:
            for article in graph.articles():
                answer(to_json(article))


def _export_whole(folder: Path) -> None:
    from app.cli.follow import showing
    from app.opening import open_graph
    from app.settings import load_settings
    from graph.moving.neo4j_import import COMMAND_FILE, export

    with open_graph(load_settings()) as graph:
        written = export(graph.database, folder, watch=lambda what, total: showing(what, total=total))
    remark(f"{sum(written.digest.counts.values())} nodes and relationships, digest {written.digest.text}")
    answer(f"run in {folder}, with Neo4j stopped; what follows stands in {folder / COMMAND_FILE}:\n\n{written.command}")
