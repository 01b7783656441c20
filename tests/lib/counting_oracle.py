"""Counting the slow and obvious way, and questions to compare answers by."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import Any

import networkx as nx
from building import TYPES
from hypothesis import strategies as st

from graph.counting.content import ArticleIncidence
from graph.counting.measures import jaccard, llr, npmi
from graph.counting.protocol import Counting, PairTie, ScoredArticle
from graph.model import MEASURES, Filters, Granularity, Measure, Naming, Page, PageRequest, Tie, TimelinePoint

ARTICLES = tuple(f"a{number:02}" for number in range(12))
UNKNOWN = "Q99"


@dataclass(frozen=True)
class Oracle(Counting):
    """Answers by going through all articles for every question."""

    articles: Sequence[ArticleIncidence]

    def co_mentions(
        self, entities: Sequence[str], *, filters: Filters, measure: Measure, page: PageRequest
    ) -> Page[Tie]:
        naming = self._naming(entities, filters)
        others = {entity for article in naming for entity in article.sentences} - set(entities)
        wanted = [other for other in others if not filters.types or TYPES[other] in filters.types]
        ties = [self._tie(other, entities, filters) for other in wanted]
        found = [tie for tie in ties if tie.articles >= filters.min_articles]
        found.sort(key=lambda tie: (-getattr(tie, measure), -tie.articles, tie.entity))
        return Page(len(found), tuple(found[page.offset : page.offset + page.limit]))

    def articles_with(self, entities: Sequence[str], *, filters: Filters, page: PageRequest) -> Page[str]:
        found = self._naming(entities, filters)
        found.sort(key=lambda each: (-day(each.published_at).toordinal() if each.published_at else 0, each.article))
        ids = tuple(each.article for each in found)
        return Page(len(ids), ids[page.offset : page.offset + page.limit])

    def pair_sentences(self, first: str, second: str, *, filters: Filters) -> tuple[tuple[str, int], ...]:
        common = self.articles_with([first, second], filters=filters, page=PageRequest(limit=10_000)).results
        sentences = {each.article: each.sentences for each in self.articles}
        return tuple((id, len({*sentences[id][first]} & {*sentences[id][second]})) for id in common)

    def ties_among(self, entities: Sequence[str], *, filters: Filters) -> tuple[PairTie, ...]:
        pairs = combinations(sorted(set(entities)), 2)
        found = [PairTie.of(source, self._tie(target, [source], filters)) for source, target in pairs]
        return tuple(tie for tie in found if tie.articles >= max(1, filters.min_articles))

    def frequencies(self, entities: Sequence[str], *, filters: Filters) -> dict[str, int]:
        return {entity: len(self._naming([entity], filters)) for entity in entities}

    def degrees(self, entities: Sequence[str], *, filters: Filters) -> dict[str, int]:
        wanted = [name for name in TYPES if not filters.types or TYPES[name] in filters.types]
        least = max(1, filters.min_articles)
        return {
            entity: sum(len(self._naming([entity, other], filters)) >= least for other in wanted if other != entity)
            for entity in entities
        }

    def timeline(
        self, entities: Sequence[str], *, by: Granularity, filters: Filters, naming: Naming = "all"
    ) -> tuple[TimelinePoint, ...]:
        precisions = ("day", "month") if by == "month" else ("day",)
        days = [
            day(each.published_at)
            for each in self._inside(filters)
            if (all if naming == "all" else any)(entity in each.sentences for entity in entities)
            if each.published_at and each.date_precision in precisions
        ]
        back: Callable[[date], int] = {
            "day": lambda _: 0,
            "week": lambda each: each.weekday(),
            "month": lambda each: each.day - 1,
        }[by]
        found = Counter((each - timedelta(days=back(each))).isoformat() for each in days)
        return tuple(TimelinePoint(start, found[start]) for start in sorted(found))

    def related(self, article: str, *, limit: int) -> tuple[ScoredArticle, ...]:
        named = {each.article: set(each.sentences) for each in self.articles}
        frequency = Counter(entity for entities in named.values() for entity in entities)
        found = []
        for other in named.keys() - {article}:
            shared = sorted(named[other] & named.get(article, set()), key=lambda entity: (frequency[entity], entity))
            # Whole billionths, so that no order of addition changes the sum.
            rarity = sum(round(math.log(len(named) / frequency[entity]) * 1e9) for entity in shared)
            found.append(ScoredArticle(other, round(rarity / 1e9, 9), tuple(shared)))
        found = [each for each in found if each.shared]
        return tuple(sorted(found, key=lambda each: (-each.score, -len(each.shared), each.article))[:limit])

    def paths(
        self, source: str, target: str, *, max_hops: int, limit: int, filters: Filters
    ) -> tuple[tuple[str, ...], ...]:
        allowed = [name for name in TYPES if not filters.types or TYPES[name] in filters.types]
        graph = nx.Graph()
        for tie in self.ties_among([*allowed, source, target], filters=filters):
            graph.add_edge(tie.source, tie.target, articles=tie.articles)
        if source == target or source not in graph or target not in graph or not nx.has_path(graph, source, target):
            return ()
        chains = [tuple(chain) for chain in nx.all_shortest_paths(graph, source, target)]
        chains.sort(key=lambda chain: (-min(graph.edges[hop]["articles"] for hop in pairwise(chain)), chain))
        return tuple(chains[:limit]) if len(chains[0]) - 1 <= max_hops else ()

    def _naming(self, entities: Sequence[str], filters: Filters) -> list[ArticleIncidence]:
        return [each for each in self._inside(filters) if set(entities) <= set(each.sentences)]

    def _inside(self, filters: Filters) -> list[ArticleIncidence]:
        if filters.since is None and filters.until is None:
            return list(self.articles)
        since = date.fromisoformat(filters.since) if filters.since else date.min
        until = date.fromisoformat(filters.until) if filters.until else date.max
        return [each for each in self.articles if each.published_at and since <= day(each.published_at) <= until]

    def _tie(self, other: str, entities: Sequence[str], filters: Filters) -> Tie:
        shared = self._naming([*entities, other], filters)
        dates = sorted(each.published_at for each in shared if each.published_at)
        together = [set.intersection(*(set(each.sentences[name]) for name in (*entities, other))) for each in shared]
        counts = {
            "total": len(self._inside(filters)),
            "first": len(self._naming(entities, filters)),
            "second": len(self._naming([other], filters)),
            "both": len(shared),
        }
        return Tie(
            entity=other,
            articles=len(shared),
            sentences=sum(map(len, together)),
            first_seen=dates[0] if dates else None,
            last_seen=dates[-1] if dates else None,
            npmi=round(float(npmi(**counts)), 9),
            llr=round(float(llr(**counts)), 9),
            jaccard=round(float(jaccard(**counts)), 9),
        )


def day(published_at: str) -> date:
    """The first day of a date of any precision, in UTC."""
    return date.fromisoformat(
        {4: f"{published_at}-01-01", 7: f"{published_at}-01"}.get(len(published_at), published_at[:10])
    )


@dataclass(frozen=True)
class Question:
    """Arguments for one call of each kind."""

    entities: tuple[str, ...]
    ends: tuple[str, str]
    pair: tuple[str, str]
    article: str
    filters: Filters
    measure: Measure
    page: PageRequest
    by: Granularity
    naming: Naming
    max_hops: int


def answers(counting: Counting, asked: Question) -> dict[str, Any]:
    """What every kind of question answers."""
    filters, page = asked.filters, asked.page
    return {
        "co_mentions": counting.co_mentions(asked.entities, filters=filters, measure=asked.measure, page=page),
        "articles_with": counting.articles_with(asked.entities, filters=filters, page=page),
        "pair_sentences": counting.pair_sentences(*asked.pair, filters=filters),
        "ties_among": counting.ties_among(asked.entities, filters=filters),
        "frequencies": counting.frequencies(asked.entities, filters=filters),
        "degrees": counting.degrees(asked.entities, filters=filters),
        "timeline": counting.timeline(asked.entities, by=asked.by, filters=filters, naming=asked.naming),
        "related": counting.related(asked.article, limit=page.limit),
        "paths": counting.paths(*asked.ends, max_hops=asked.max_hops, limit=page.limit, filters=filters),
    }


NAMES = st.sampled_from([*TYPES, UNKNOWN])
DAYS = st.sampled_from([None, None, "2023-01-01", "2024-01-01", "2024-05-01", "2024-05-17", "2024-05-18"])
FILTERS = st.builds(
    Filters,
    since=DAYS,
    until=DAYS,
    types=st.sampled_from([(), (), ("person",), ("state", "person"), ("weapon",)]),
    min_articles=st.integers(1, 3),
)
QUESTIONS = st.builds(
    Question,
    entities=st.lists(NAMES, min_size=1, max_size=4).map(tuple),
    ends=st.tuples(NAMES, NAMES),
    pair=st.lists(NAMES, min_size=2, max_size=2, unique=True).map(tuple),
    article=st.sampled_from(ARTICLES),
    filters=FILTERS,
    measure=st.sampled_from(MEASURES),
    page=st.builds(PageRequest, limit=st.integers(1, 5), offset=st.integers(0, 3)),
    by=st.sampled_from(["day", "week", "month"]),
    naming=st.sampled_from(["all", "any"]),
    max_hops=st.integers(1, 4),
)
