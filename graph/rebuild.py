"""Derives what follows from MENTIONS as a whole: article counts and CO_MENTIONED."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from graph.counting.pairs import PairCount
from graph.database import Database
from graph.queries import writing
from graph.writer import tie_groups

# Few enough that each statement stays far below the time limit of the embedded engine.
TIES_DELETED_AT_ONCE = 20_000
ENTITIES_AT_ONCE = 500


def derive_counts(database: Database) -> None:
    """Set the article count of every entity from its mentions."""
    after = ""
    while True:
        query = writing.COUNT_ARTICLES_OF_ENTITIES.with_parameters(after=after, limit=ENTITIES_AT_ONCE)
        (rows,) = database.write([query])
        if not rows:
            return
        after = rows[-1]["id"]


def derive_ties(
    database: Database, pairs: Iterable[PairCount], progress: Callable[[int, int], None] | None = None
) -> None:
    """Replace all CO_MENTIONED by these pairs. The graph is marked until that is complete."""
    found = list(pairs)
    database.write([writing.MARK_TIES.with_parameters(stale=True)])
    while database.write([writing.DELETE_SOME_TIES.with_parameters(limit=TIES_DELETED_AT_ONCE)])[0][0]["deleted"]:
        pass
    done = 0
    for groups in tie_groups(found):
        rows = [{"source": group["source"], "ties": list(group["ties"].values())} for group in groups]
        database.write([writing.CREATE_TIES.with_parameters(groups=rows)])
        done += sum(len(row["ties"]) for row in rows)
        if progress:
            progress(done, len(found))
    database.write([writing.MARK_TIES.with_parameters(stale=False)])
