"""`eig delete`: articles out of the graph."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.output import AsJson, answer, remark, to_json

EXAMPLE = "eig delete ARTICLE_ID"


def delete(
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Ids of stored articles.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Delete articles.

    The graph is then as if they had never been there. The exit status is 1 when an id is not stored; the others are
    deleted all the same.
    """
    from app.reach import reach
    from app.settings import load_settings
    from graph.errors import UnknownArticle

    deleted: list[str] = []
    unknown: list[str] = []
    with reach(load_settings()) as graph:
        for article_id in ids:
            try:
                graph.delete(article_id)
                deleted.append(article_id)
            except UnknownArticle as error:
                remark(str(error))
                unknown.append(article_id)
    answer(to_json({"deleted": deleted, "unknown": unknown}) if as_json else f"{len(deleted)} deleted")
    if unknown:
        raise typer.Exit(1)
