"""Counting in memory, over a snapshot of the incidence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from graph.counting import days
from graph.counting.content import PRECISION_CODES
from graph.counting.incidence import Incidence
from graph.counting.incidence_ties import WindowTies, shared_counts, shared_units
from graph.counting.measures import associations
from graph.counting.paths import shortest_chains
from graph.counting.protocol import Counting, PairTie, ScoredArticle
from graph.counting.ranking import SCORE_UNIT, best, distinct, idf, rarest_first
from graph.counting.rows import Numbers
from graph.model import Filters, Granularity, Measure, Naming, Page, PageRequest, Tie, TimelinePoint


class IncidenceCounting(Counting):
    """Answers from the snapshot that stands when a question is asked; one question sees one snapshot."""

    def __init__(self, snapshot: Callable[[], Incidence]) -> None:
        self._snapshot = snapshot

    def co_mentions(
        self, entities: Sequence[str], *, filters: Filters, measure: Measure, page: PageRequest
    ) -> Page[Tie]:
        """See Counting."""
        index = self._snapshot()
        given = index.numbers_of(distinct(entities))
        if given is None:
            return Page(0, ())
        articles = index.article_window(filters)
        named = articles.naming_all(given)
        shared = articles.tally(named)
        wanted = (shared >= max(1, filters.min_articles)) & index.of_types(filters.types)
        wanted[given] = False
        others = np.flatnonzero(wanted)
        found = associations(
            total=articles.size, first=len(named), second=articles.frequencies()[others], both=shared[others]
        )
        sentences = index.sentence_window(articles)
        together = sentences.tally(sentences.naming_all(given))
        chosen = best(found, measure=measure, page=page)
        seen = articles.lists(others[chosen].tolist(), dated_from=index.first_dated).common(named)
        ties = (
            found.tie(
                int(place),
                entity=index.content.entities[other],
                sentences=int(together[other]),
                seen=_dates(index, int(first), int(last)),
            )
            for place, other, first, last in zip(chosen, others[chosen], seen.first, seen.last, strict=True)
        )
        return Page(len(others), tuple(ties))

    def articles_with(self, entities: Sequence[str], *, filters: Filters, page: PageRequest) -> Page[str]:
        """See Counting."""
        index = self._snapshot()
        named = _naming_all(index, entities, filters)
        chosen = _newest_first(index, named, page)
        return Page(len(named), tuple(index.content.articles[chosen].tolist()))

    def pair_sentences(self, first: str, second: str, *, filters: Filters) -> tuple[tuple[str, int], ...]:
        """See Counting."""
        index = self._snapshot()
        given = index.numbers_of([first, second])
        if given is None:
            return ()
        articles = index.article_window(filters)
        named = articles.naming_all(given)
        together = index.sentence_window(articles).naming_all(given)
        before = np.searchsorted(together, index.content.sentences.starts)
        counts = before[named + 1] - before[named]
        chosen = _newest_first(index, named, PageRequest(limit=max(1, len(named))))
        sizes = counts[np.searchsorted(named, chosen)]
        return tuple(zip(index.content.articles[chosen].tolist(), sizes.tolist(), strict=True))

    def ties_among(self, entities: Sequence[str], *, filters: Filters) -> tuple[PairTie, ...]:
        """See Counting."""
        index = self._snapshot()
        names = [entity for entity in distinct(entities) if entity in index.entity_numbers]
        known = [index.entity_numbers[name] for name in names]
        articles = index.article_window(filters)
        shared = shared_units(articles, known, dated_from=index.first_dated)
        together = shared_counts(index.sentence_window(articles), known)
        rows, columns = np.nonzero(np.triu(shared.counts >= max(1, filters.min_articles), k=1))
        frequency = np.array([len(articles.naming(entity)) for entity in known], np.int64)
        found = associations(
            total=articles.size, first=frequency[rows], second=frequency[columns], both=shared.counts[rows, columns]
        )
        return tuple(
            PairTie.of(
                names[row],
                found.tie(
                    place,
                    entity=names[column],
                    sentences=int(together[row, column]),
                    seen=_dates(index, int(shared.first[row, column]), int(shared.last[row, column])),
                ),
            )
            for place, (row, column) in enumerate(zip(rows.tolist(), columns.tolist(), strict=True))
        )

    def frequencies(self, entities: Sequence[str], *, filters: Filters) -> Mapping[str, int]:
        """See Counting."""
        index = self._snapshot()
        articles = index.article_window(filters)
        numbers = {entity: index.entity_numbers.get(entity) for entity in distinct(entities)}
        return {entity: 0 if n is None else len(articles.naming(n)) for entity, n in numbers.items()}

    def degrees(self, entities: Sequence[str], *, filters: Filters) -> Mapping[str, int]:
        """See Counting."""
        index = self._snapshot()
        numbers = {entity: index.entity_numbers.get(entity) for entity in distinct(entities)}
        ties = WindowTies(
            index.article_window(filters), index.of_types(filters.types), min_articles=max(1, filters.min_articles)
        )
        found = ties.degrees([number for number in numbers.values() if number is not None])
        return {entity: 0 if number is None else found[number] for entity, number in numbers.items()}

    def timeline(
        self, entities: Sequence[str], *, by: Granularity, filters: Filters, naming: Naming = "all"
    ) -> tuple[TimelinePoint, ...]:
        """See Counting."""
        index = self._snapshot()
        named = (_naming_all if naming == "all" else _naming_any)(index, entities, filters)
        codes = [PRECISION_CODES[precision] for precision in days.PRECISIONS[by]]
        named = named[np.isin(index.content.precisions[named], codes)]
        found, counts = np.unique(index.content.days[named], return_counts=True)
        return days.timeline(dict(zip(found.tolist(), counts.tolist(), strict=True)), by=by)

    def related(self, article: str, *, limit: int) -> tuple[ScoredArticle, ...]:
        """See Counting."""
        index = self._snapshot()
        number = index.article_numbers.get(article)
        if number is None:
            return ()
        named = index.content.named.row(number)
        frequency = index.in_articles.by_entity.lengths
        scores, shared = _shared_rarity(index, named, frequency)
        shared[number] = 0
        others = _highest(scores, np.flatnonzero(shared), limit)
        order = sorted(others.tolist(), key=lambda n: (-scores[n], -shared[n], index.content.articles[n]))
        return tuple(
            ScoredArticle(
                index.content.articles[other],
                round(float(scores[other]) * SCORE_UNIT, 9),
                _rarest_shared(index, np.intersect1d(named, index.content.named.row(other)), frequency),
            )
            for other in order[:limit]
        )

    def paths(
        self, source: str, target: str, *, max_hops: int, limit: int, filters: Filters
    ) -> tuple[tuple[str, ...], ...]:
        """See Counting."""
        index = self._snapshot()
        start, end = index.entity_numbers.get(source), index.entity_numbers.get(target)
        if start is None or end is None:
            return ()
        allowed = index.of_types(filters.types)
        allowed[[start, end]] = True
        ties = WindowTies(index.article_window(filters), allowed, min_articles=max(1, filters.min_articles))
        chains = shortest_chains(ties, start, end, max_hops=max_hops, limit=limit)
        return tuple(tuple(index.content.entities[list(chain)]) for chain in chains)


def _naming_all(index: Incidence, entities: Sequence[str], filters: Filters) -> Numbers:
    given = index.numbers_of(distinct(entities))
    return np.empty(0, np.int32) if given is None else index.article_window(filters).naming_all(given)


def _naming_any(index: Incidence, entities: Sequence[str], filters: Filters) -> Numbers:
    known = [index.entity_numbers[entity] for entity in distinct(entities) if entity in index.entity_numbers]
    return index.article_window(filters).naming_any(known)


def _dates(index: Incidence, first: int, last: int) -> tuple[str | None, str | None]:
    """The dates of two articles; none where there are none."""
    return (index.content.published[first], index.content.published[last]) if first >= 0 else (None, None)


def _newest_first(index: Incidence, named: Numbers, page: PageRequest) -> Numbers:
    """The page of ascending article numbers by day, the newest first, then by id: whole days from its first on."""
    numbered = index.content.days[named]
    wanted = len(named) - page.offset
    if wanted <= 0:
        return named[:0]
    stop = int(np.searchsorted(numbered, numbered[wanted - 1], side="right"))
    skipped, found, days_found = stop - wanted, 0, list[Numbers]()
    while stop > 0 and found < skipped + page.limit:
        start = int(np.searchsorted(numbered, numbered[stop - 1]))
        days_found.append(_one_day(index, named[start:stop]))
        found, stop = found + stop - start, start
    return np.concatenate(days_found)[skipped : skipped + page.limit]


def _one_day(index: Incidence, numbers: Numbers) -> Numbers:
    """The articles of one day by id. They stand by their date first, so equal dates are in order already."""
    published = index.content.published
    if published[numbers[0]] == published[numbers[-1]]:
        return numbers
    return numbers[np.argsort(index.content.articles[numbers])]


def _shared_rarity(
    index: Incidence, named: Numbers, frequency: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """For each article the idf of the entities it shares with `named`, added up, and how many they are."""
    total = len(index.content.articles)
    sharing = index.in_articles.by_entity.take(named)
    weights = np.repeat(idf(total=total, named=frequency[named]), sharing.lengths)
    return (
        np.bincount(sharing.values, weights=weights, minlength=total).astype(np.float64),
        np.bincount(sharing.values, minlength=total),
    )


def _highest(scores: NDArray[np.float64], articles: NDArray[np.intp], limit: int) -> NDArray[np.intp]:
    """Those of the articles that can be among the first `limit`: more of them where scores are equal."""
    if len(articles) <= limit:
        return articles
    candidates = scores[articles]
    least = np.partition(candidates, -limit)[-limit]
    return np.compress(candidates >= least, articles)


def _rarest_shared(index: Incidence, shared: Collection[int], frequency: NDArray[np.int64]) -> tuple[str, ...]:
    return rarest_first([(int(frequency[entity]), index.content.entities[entity]) for entity in shared])
