"""Derives what follows from MENTIONS as a whole: article counts and CO_MENTIONED, while others go on writing.

Who derives the ties, or loads much and will derive them at the end, claims them: a mark in the graph says that they are
stale and whose they are, and until it is taken away every writer leaves them alone. What was written while they were
being derived is made up for in the transaction that takes the mark away. A claim whose owner has been silent for long
is taken over.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import uuid4

from graph import stored_form
from graph.counting.all_pairs import all_pairs
from graph.counting.incidence import Incidence
from graph.database import Database, Query, Transaction
from graph.errors import TiesClaimed
from graph.queries import reading, writing
from graph.writer import change_ties, tie_groups

T = TypeVar("T")
Progress = Callable[[int, int], None]

# Few enough that other writers do not wait long for one transaction.
TIES_DELETED_AT_ONCE = 20_000
ENTITIES_AT_ONCE = 500
# Between two batches of a bulk load lies the extraction of some hundred articles: seconds, not minutes.
SILENT_SECONDS = 600


class TieClaim:
    """The right to leave CO_MENTIONED aside and derive it. Raises TiesClaimed where another living process has it.

    shared: whether other processes may be at work; where none can be, a claim left behind is taken over at once.
    """

    def __init__(self, database: Database, *, shared: bool) -> None:
        self._database = database
        self._token = uuid4().hex
        database.transact(lambda run: self._claim(run, shared=shared))

    def _claim(self, run: Transaction, *, shared: bool) -> None:
        (graph,) = run(writing.LOCK_GRAPH)
        if shared and graph["ties_stale"] and not is_silent(graph["silent_ms"]):
            raise TiesClaimed("another process is loading articles or deriving ties: try again when it has ended")
        run(writing.SET_LOADER.with_parameters(stale=True, loader=self._token))

    def renew(self) -> None:
        """Tell others that this process is alive. Raises TiesClaimed where they did not believe it any more."""
        self._holding(lambda _: None)

    def derive(self, index: Callable[[], Incidence], progress: Progress | None = None) -> None:
        """Derive all ties and give the claim back. `index` gives the incidence of the graph as it stands."""
        counted = index()
        pairs = list(all_pairs(counted))
        while self._run(writing.DELETE_SOME_TIES.with_parameters(limit=TIES_DELETED_AT_ONCE))[0]["deleted"]:
            pass
        done = 0
        for groups in tie_groups(pairs):
            rows = [{"source": group["source"], "ties": list(group["ties"].values())} for group in groups]
            self._run(writing.CREATE_TIES.with_parameters(groups=rows))
            done += sum(len(row["ties"]) for row in rows)
            if progress:
                progress(done, len(pairs))
        self._holding(lambda run: _settle(run, counted))

    def derive_counts(self) -> None:
        """Set the article count of every entity from its mentions."""
        after = ""
        while rows := self._run(
            writing.COUNT_ARTICLES_OF_ENTITIES.with_parameters(after=after, limit=ENTITIES_AT_ONCE)
        ):
            after = rows[-1]["id"]

    def _run(self, query: Query) -> list[dict[str, Any]]:
        return self._holding(lambda run: run(query))

    def _holding(self, work: Callable[[Transaction], T]) -> T:
        """A transaction in which the claim holds and nobody else writes. Raises TiesClaimed where it was lost."""

        def checked(run: Transaction) -> T:
            if run(writing.LOCK_GRAPH)[0]["loader"] != self._token:
                raise TiesClaimed("another process has taken over the ties, since this one was silent for too long")
            run(writing.LOADER_ALIVE)
            return work(run)

        return self._database.transact(checked)


def is_silent(milliseconds: int) -> bool:
    """Whether who claimed the ties has not been heard of for so long that it can be taken for dead."""
    return milliseconds > SILENT_SECONDS * 1000


def _settle(run: Transaction, counted: Incidence) -> None:
    """Make up for what was written since the ties were counted, and call them good."""
    writes = run(reading.WRITES_SINCE.with_parameters(version=counted.graph_version))
    touched: Sequence[str] = sorted({article for write in writes for article in write["articles"]})
    if touched:
        now = stored_form.incidences(run(reading.INCIDENCES_OF.with_parameters(ids=touched)))
        change_ties(run, counted.incidences(touched), now)
    run(writing.SET_LOADER.with_parameters(stale=False, loader=None))
