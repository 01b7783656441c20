"""Counting by the database alone: for graphs that outgrow a process's memory, and as the check on counting in memory.

The database counts; measures, order and pages are the same functions as in memory. Over all articles the stored ties
answer, in a window the mentions do.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np

from graph.counting import days
from graph.counting.measures import Associations, associations
from graph.counting.paths import shortest_chains
from graph.counting.protocol import Counting, PairTie, ScoredArticle
from graph.counting.ranking import SCORE_UNIT, best, distinct, idf, rarest_first
from graph.database import Query
from graph.model import Filters, Granularity, Measure, Naming, Page, PageRequest, Rows, Tie, TimelinePoint
from graph.queries import counting as queries


class CypherCounting(Counting):
    """Answers by statements that `read` runs."""

    def __init__(self, read: Callable[[Query], Rows]) -> None:
        self._read = read

    def co_mentions(
        self, entities: Sequence[str], *, filters: Filters, measure: Measure, page: PageRequest
    ) -> Page[Tie]:
        """See Counting."""
        given = distinct(entities)
        rows = self._companions(given, filters)
        found = self._associations(given, rows, filters)
        chosen = [(place, rows[place]) for place in best(found, measure=measure, page=page).tolist()]
        sentences = self._sentences(given, [row for _, row in chosen], filters)
        ties = (
            found.tie(
                place,
                entity=row["id"],
                sentences=sentences.get(row["id"], 0),
                seen=(row["first_seen"], row["last_seen"]),
            )
            for place, row in chosen
        )
        return Page(len(rows), tuple(ties))

    def articles_with(self, entities: Sequence[str], *, filters: Filters, page: PageRequest) -> Page[str]:
        """See Counting."""
        given = distinct(entities)
        rows = self._ask(
            queries.ARTICLES_NAMING_ALL, filters, ids=given, named=len(given), offset=page.offset, limit=page.limit
        )
        return Page(self._naming_all(given, filters), tuple(row["id"] for row in rows))

    def pair_sentences(self, first: str, second: str, *, filters: Filters) -> tuple[tuple[str, int], ...]:
        """See Counting."""
        rows = self._ask(queries.PAIR_SENTENCES, filters, ids=[first, second])
        return tuple((row["id"], row["together"]) for row in rows)

    def ties_among(self, entities: Sequence[str], *, filters: Filters) -> tuple[PairTie, ...]:
        """See Counting."""
        given = distinct(entities)
        query = queries.TIES_AMONG if _windowed(filters) else queries.STORED_TIES_AMONG
        rows = self._ask(query, filters, ids=given, min_articles=max(1, filters.min_articles))
        rows.sort(key=lambda row: (row["source"], row["target"]))
        frequency = self.frequencies(given, filters=filters)
        found = associations(
            total=self._count_articles(filters),
            first=[frequency[row["source"]] for row in rows],
            second=[frequency[row["target"]] for row in rows],
            both=[row["articles"] for row in rows],
        )
        return tuple(
            PairTie.of(
                row["source"],
                found.tie(
                    place,
                    entity=row["target"],
                    sentences=row["sentences"],
                    seen=(row["first_seen"], row["last_seen"]),
                ),
            )
            for place, row in enumerate(rows)
        )

    def frequencies(self, entities: Sequence[str], *, filters: Filters) -> Mapping[str, int]:
        """See Counting."""
        rows = self._ask(queries.FREQUENCIES, filters, ids=distinct(entities))
        return dict.fromkeys(entities, 0) | {row["id"]: row["articles"] for row in rows}

    def degrees(self, entities: Sequence[str], *, filters: Filters) -> Mapping[str, int]:
        """See Counting."""
        query = queries.DEGREES if _windowed(filters) else queries.STORED_DEGREES
        least, types = max(1, filters.min_articles), list(filters.types)
        rows = self._ask(query, filters, ids=distinct(entities), types=types, min_articles=least)
        return dict.fromkeys(entities, 0) | {row["id"]: row["others"] for row in rows}

    def timeline(
        self, entities: Sequence[str], *, by: Granularity, filters: Filters, naming: Naming = "all"
    ) -> tuple[TimelinePoint, ...]:
        """See Counting."""
        given, precisions = distinct(entities), list(days.PRECISIONS[by])
        named = len(given) if naming == "all" else 1
        rows = self._ask(queries.DAYS_NAMING, filters, ids=given, named=named, precisions=precisions)
        return days.timeline({row["day"]: row["articles"] for row in rows}, by=by)

    def related(self, article: str, *, limit: int) -> tuple[ScoredArticle, ...]:
        """See Counting."""
        named = [row["id"] for row in self._ask(queries.ENTITIES_OF_ARTICLE, Filters(), id=article)]
        if not named:
            return ()
        frequency = self.frequencies(named, filters=Filters())
        rarity = idf(total=self._count_articles(Filters()), named=np.array([frequency[entity] for entity in named]))
        weights = [{"id": entity, "weight": weight} for entity, weight in zip(named, rarity.tolist(), strict=True)]
        rows = self._ask(queries.RELATED, Filters(), id=article, weights=weights, limit=limit)
        return tuple(
            ScoredArticle(
                row["id"],
                round(row["score"] * SCORE_UNIT, 9),
                rarest_first([(frequency[entity], entity) for entity in row["shared"]]),
            )
            for row in rows
        )

    def paths(
        self, source: str, target: str, *, max_hops: int, limit: int, filters: Filters
    ) -> tuple[tuple[str, ...], ...]:
        """See Counting."""
        ties = _Ties(self._ask, filters, ends=[source, target])
        return tuple(shortest_chains(ties, source, target, max_hops=max_hops, limit=limit))

    def _companions(self, given: Sequence[str], filters: Filters) -> list[dict[str, Any]]:
        """Whoever is named with all of the given, by id. Only ties that are stored come with their sentences."""
        least, types = max(1, filters.min_articles), list(filters.types)
        if _stored(given, filters):
            rows = self._ask(queries.STORED_TIES, filters, id=given[0], types=types, min_articles=least)
        else:
            rows = self._ask(queries.COMPANIONS, filters, ids=given, named=len(given), types=types, min_articles=least)
        return sorted(rows, key=lambda row: str(row["id"]))

    def _associations(self, given: Sequence[str], rows: Sequence[Mapping[str, Any]], filters: Filters) -> Associations:
        frequency = self.frequencies([row["id"] for row in rows], filters=filters) if rows else {}
        return associations(
            total=self._count_articles(filters),
            first=self._naming_all(given, filters),
            second=[frequency[row["id"]] for row in rows],
            both=[row["articles"] for row in rows],
        )

    def _sentences(
        self, given: Sequence[str], chosen: Sequence[Mapping[str, Any]], filters: Filters
    ) -> Mapping[str, int]:
        if _stored(given, filters):
            return {row["id"]: row["sentences"] for row in chosen}
        companions = [row["id"] for row in chosen]
        rows = self._ask(queries.COMPANION_SENTENCES, filters, ids=given, named=len(given), companions=companions)
        return {row["id"]: row["sentences"] for row in rows}

    def _count_articles(self, filters: Filters) -> int:
        query = queries.COUNT_ARTICLES
        if _windowed(filters):
            since, until = days.closed_window(filters)
            query = queries.COUNT_DATED_ARTICLES.with_parameters(since=since, until=until)
        return int(self._read(query).values[0][0])

    def _naming_all(self, given: Sequence[str], filters: Filters) -> int:
        rows = self._ask(queries.COUNT_NAMING_ALL, filters, ids=given, named=len(given))
        return int(rows[0]["articles"])

    def _ask(self, query: Query, filters: Filters, **parameters: Any) -> list[dict[str, Any]]:
        since, until = days.window(filters)
        return self._read(query.with_parameters(since=since, until=until, **parameters)).dicts()


class _Ties:
    """Ties as graph.counting.paths asks for them."""

    def __init__(self, ask: Callable[..., list[dict[str, Any]]], filters: Filters, *, ends: Sequence[str]) -> None:
        self._ask = ask
        self._filters = filters
        self._ends = ends
        self._least = max(1, filters.min_articles)

    def adjacent(self, entities: Collection[str]) -> set[str]:
        """Everybody tied to one of the entities."""
        query = queries.NEIGHBOURS if _windowed(self._filters) else queries.STORED_NEIGHBOURS
        rows = self._ask(
            query,
            self._filters,
            ids=sorted(entities),
            ends=self._ends,
            types=list(self._filters.types),
            min_articles=self._least,
        )
        return {row["id"] for row in rows}

    def strengths(self, sources: Collection[str], targets: Collection[str]) -> Mapping[tuple[str, str], int]:
        """The articles behind each tie from one of the sources to one of the targets."""
        query = queries.STRENGTHS if _windowed(self._filters) else queries.STORED_STRENGTHS
        rows = self._ask(query, self._filters, ids=sorted(sources), targets=sorted(targets), min_articles=self._least)
        return {(row["source"], row["target"]): row["articles"] for row in rows}


def _windowed(filters: Filters) -> bool:
    return filters.since is not None or filters.until is not None


def _stored(given: Sequence[str], filters: Filters) -> bool:
    return len(given) == 1 and not _windowed(filters)
