"""`eig stats`: the size of the graph."""

from __future__ import annotations

from app.cli.output import AsJson, answer, table, to_json

EXAMPLE = "eig stats --json"


def stats(*, as_json: AsJson = False) -> None:
    """Say how much the graph holds.

    Articles, entities, mentions and ties, and what database they are in.
    """
    from app.reach import reach
    from app.settings import load_settings

    with reach(load_settings()) as graph:
        figures = graph.stats()
    answer(to_json(figures) if as_json else table(("figure", "value"), list(figures.items())))
