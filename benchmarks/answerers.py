"""The same questions answered in several ways; all of them must agree before a time counts for anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log
from typing import Protocol

import networkx as nx

from graph.counting.measures import DEFAULT_MEASURE, associations
from graph.counting.protocol import Counting
from graph.counting.ranking import best
from graph.database import Query
from graph.model import Filters, PageRequest, Rows

EVERYTHING = Filters()
PAGE = PageRequest(limit=20)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is compared: who is named together most remarkably, in which articles, and how often each pair."""

    companions: tuple[tuple[str, int], ...] = ()
    articles: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str, int], ...] = ()


class Answerer(Protocol):
    """Answers the three questions that the service lives on."""

    def co_mentions(self, entity: str) -> Answer:
        """The first page of who is named together with an entity."""

    def intersection(self, entities: Sequence[str]) -> Answer:
        """The first page of articles that name all entities, and of who else they name."""

    def article_graph(self, article: str, entities: Sequence[str]) -> Answer:
        """How often each two of an article's entities are named together, and the articles most related to it."""


class ByCounting:
    """Ours, in memory or by the database."""

    def __init__(self, counting: Counting) -> None:
        self._counting = counting

    def co_mentions(self, entity: str) -> Answer:
        """See Answerer."""
        return Answer(companions=self._companions([entity]))

    def intersection(self, entities: Sequence[str]) -> Answer:
        """See Answerer."""
        articles = self._counting.articles_with(entities, filters=EVERYTHING, page=PAGE)
        return Answer(companions=self._companions(entities), articles=articles.results)

    def article_graph(self, article: str, entities: Sequence[str]) -> Answer:
        """See Answerer."""
        ties = self._counting.ties_among(entities, filters=EVERYTHING)
        related = self._counting.related(article, limit=10)
        return Answer(
            pairs=tuple((tie.source, tie.target, tie.articles) for tie in ties),
            articles=tuple(each.article for each in related),
        )

    def _companions(self, entities: Sequence[str]) -> tuple[tuple[str, int], ...]:
        page = self._counting.co_mentions(entities, filters=EVERYTHING, measure=DEFAULT_MEASURE, page=PAGE)
        return tuple((tie.entity, tie.articles) for tie in page.results)


class ByNetworkx:
    """A networkx graph of articles and entities, and sets: what one writes in a notebook.

    days: the day of each article. named: its entities.
    """

    def __init__(self, days: Mapping[str, str], named: Mapping[str, Iterable[str]]) -> None:
        self._days = days
        self._graph = nx.Graph()
        self._graph.add_nodes_from(days)
        self._graph.add_edges_from((article, entity) for article, entities in named.items() for entity in entities)

    def co_mentions(self, entity: str) -> Answer:
        """See Answerer."""
        return Answer(companions=self._companions([entity], self._common([entity])))

    def intersection(self, entities: Sequence[str]) -> Answer:
        """See Answerer."""
        common = self._common(entities)
        newest = sorted(sorted(common), key=lambda article: self._days[article], reverse=True)
        return Answer(companions=self._companions(entities, common), articles=tuple(newest[: PAGE.limit]))

    def article_graph(self, article: str, entities: Sequence[str]) -> Answer:
        """See Answerer."""
        pairs = [(a, b, len(self._common([a, b]))) for a, b in combinations(sorted(entities), 2)]
        rarity = {entity: round(log(len(self._days) / self._graph.degree(entity)) * 1e9) for entity in entities}
        scores: Counter[str] = Counter()
        shared: Counter[str] = Counter()
        for entity in entities:
            for other in self._graph[entity]:
                scores[other] += rarity[entity]
                shared[other] += 1
        order = sorted(scores.keys() - {article}, key=lambda other: (-scores[other], -shared[other], other))
        return Answer(pairs=tuple(pairs), articles=tuple(order[:10]))

    def _common(self, entities: Sequence[str]) -> set[str]:
        return set.intersection(*(set(self._graph[entity]) for entity in entities))

    def _companions(self, entities: Sequence[str], common: set[str]) -> tuple[tuple[str, int], ...]:
        counts = Counter(entity for article in common for entity in self._graph[article])
        for entity in entities:
            counts.pop(entity, None)
        frequencies = {entity: self._graph.degree(entity) for entity in counts}
        return ranked(counts, frequencies, total=len(self._days), named=len(common))


class ByNaiveCypher:
    """The statements that come to mind first, over the embedded database."""

    def __init__(self, read: Callable[[Query], Rows]) -> None:
        self._read = read

    def co_mentions(self, entity: str) -> Answer:
        """See Answerer."""
        query = Query(
            """
            MATCH (e:Entity {id: $id})<-[:MENTIONS]-(a:Article)-[:MENTIONS]->(o:Entity)
            RETURN o.id AS id, count(a) AS articles
            """,
            {"id": entity},
        )
        return Answer(companions=self._ranked(query, self._count([entity])))

    def intersection(self, entities: Sequence[str]) -> Answer:
        """See Answerer. Three entities."""
        parameters = dict(zip("xyz", entities, strict=True))
        articles = Query(
            """
            MATCH (a:Article)-[:MENTIONS]->(:Entity {id: $x}), (a)-[:MENTIONS]->(:Entity {id: $y}),
                  (a)-[:MENTIONS]->(:Entity {id: $z})
            RETURN a.id AS id ORDER BY a.published_at DESC, a.id LIMIT 20
            """,
            parameters,
        )
        companions = Query(
            """
            MATCH (a:Article)-[:MENTIONS]->(:Entity {id: $x}), (a)-[:MENTIONS]->(:Entity {id: $y}),
                  (a)-[:MENTIONS]->(:Entity {id: $z}), (a)-[:MENTIONS]->(o:Entity)
            WHERE NOT o.id IN [$x, $y, $z]
            RETURN o.id AS id, count(a) AS articles
            """,
            parameters,
        )
        found = tuple(row["id"] for row in self._read(articles).dicts())
        return Answer(companions=self._ranked(companions, self._count(entities)), articles=found)

    def article_graph(self, article: str, entities: Sequence[str]) -> Answer:
        """See Answerer."""
        pairs = Query(
            """
            MATCH (x:Entity)<-[:MENTIONS]-(a:Article)-[:MENTIONS]->(y:Entity)
            WHERE x.id IN $ids AND y.id IN $ids AND x.id < y.id
            RETURN x.id AS source, y.id AS target, count(a) AS articles ORDER BY source, target
            """,
            {"ids": list(entities)},
        )
        related = Query(
            """
            MATCH (n:Article) WITH toFloat(count(n)) AS total
            MATCH (:Article {id: $id})-[:MENTIONS]->(e:Entity) MATCH (e)<-[:MENTIONS]-(x:Article)
            WITH total, e, count(x) AS articles
            MATCH (e)<-[:MENTIONS]-(o:Article) WHERE o.id <> $id
            WITH o.id AS id, sum(log(total / articles)) AS score, count(*) AS shared
            RETURN id ORDER BY round(score * 1000000) DESC, shared DESC, id LIMIT 10
            """,
            {"id": article},
        )
        return Answer(
            pairs=tuple((row["source"], row["target"], row["articles"]) for row in self._read(pairs).dicts()),
            articles=tuple(row["id"] for row in self._read(related).dicts()),
        )

    def _ranked(self, query: Query, named: int) -> tuple[tuple[str, int], ...]:
        counts = {row["id"]: row["articles"] for row in self._read(query).dicts()}
        frequencies = Query(
            "MATCH (e:Entity)<-[:MENTIONS]-(a:Article) WHERE e.id IN $ids RETURN e.id AS id, count(a) AS articles",
            {"ids": list(counts)},
        )
        totals = Query("MATCH (a:Article) RETURN count(a) AS articles")
        return ranked(
            counts,
            {row["id"]: row["articles"] for row in self._read(frequencies).dicts()},
            total=self._read(totals).values[0][0],
            named=named,
        )

    def _count(self, entities: Sequence[str]) -> int:
        query = Query(
            """
            MATCH (a:Article) WHERE all(id IN $ids WHERE EXISTS { (a)-[:MENTIONS]->(:Entity {id: id}) })
            RETURN count(a) AS articles
            """,
            {"ids": list(entities)},
        )
        return int(self._read(query).values[0][0])


def ranked(
    counts: Mapping[str, int], frequencies: Mapping[str, int], *, total: int, named: int
) -> tuple[tuple[str, int], ...]:
    """The first page of companions in the order of the default measure."""
    ids = sorted(counts)
    found = associations(
        total=total,
        first=named,
        second=[frequencies[id] for id in ids],
        both=[counts[id] for id in ids],
    )
    places = best(found, measure=DEFAULT_MEASURE, page=PAGE)
    return tuple((ids[place], counts[ids[place]]) for place in places.tolist())
