"""`eig export`: the graph around entities, or the stored articles."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from app.cli.output import answer, to_json

EXAMPLE = "eig export --entity Q794 --entity Q41053 --format cytoscape > graph.json"


class GraphFormat(StrEnum):
    """The forms of graph JSON; a test holds them equal to graph.formats."""

    NODE_LINK = "node-link"
    CYTOSCAPE = "cytoscape"


def export(
    *,
    entity: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Id of an entity whose neighbourhood is wanted. Repeatable.")
    ] = None,
    form: Annotated[GraphFormat, typer.Option("--format", help="Form of the graph.")] = GraphFormat.NODE_LINK,
    articles: Annotated[
        bool, typer.Option("--articles", help="Instead, every stored article as a JSON line that eig ingest reads.")
    ] = False,
) -> None:
    """Print the graph around entities, or all articles, as JSON.

    The graph holds at most EIG_MAX_NODES entities; it says itself whether it was cut, and how many there were.
    """
    if articles == bool(entity):
        raise typer.BadParameter("give either --entity (as often as needed) or --articles")
    from app.reach import reach
    from app.settings import load_settings

    settings = load_settings()
    with reach(settings) as graph:
        if entity:
            answer(to_json(graph.neighbourhood(entity, form=form.value, max_nodes=settings.max_nodes)))
        else:
            for article in graph.articles():
                answer(to_json(article))
