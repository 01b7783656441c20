"""What a batch of articles adds to the ties: pairs are put together here, before they are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from graph.counting.content import ArticleIncidence


@dataclass(frozen=True, slots=True)
class PairCount:
    """Articles and sentences that name two entities, and their first and last dates; `source` < `target` as text."""

    source: str
    target: str
    articles: int
    sentences: int
    first_seen: str | None
    last_seen: str | None


def aggregate(articles: Iterable[ArticleIncidence]) -> list[PairCount]:
    """The pairs that the articles name, each once, by source and target.

    First and last date are the smallest and largest text: texts in UTC ascend with time, a month or a year as its first
    day.
    """
    found: dict[tuple[str, str], PairCount] = {}
    for article in articles:
        for pair in _pairs(article):
            key = pair.source, pair.target
            found[key] = _together(found[key], pair) if key in found else pair
    return [found[key] for key in sorted(found)]


def _pairs(article: ArticleIncidence) -> Iterator[PairCount]:
    named = {entity: frozenset(numbers) for entity, numbers in article.sentences.items()}
    for source, target in combinations(sorted(named), 2):
        sentences = len(named[source] & named[target])
        yield PairCount(source, target, 1, sentences, article.published_at, article.published_at)


def _together(one: PairCount, other: PairCount) -> PairCount:
    firsts = [date for date in (one.first_seen, other.first_seen) if date is not None]
    lasts = [date for date in (one.last_seen, other.last_seen) if date is not None]
    return replace(
        one,
        articles=one.articles + other.articles,
        sentences=one.sentences + other.sentences,
        first_seen=min(firsts, default=None),
        last_seen=max(lasts, default=None),
    )
