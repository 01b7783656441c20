"""What counting answers, whoever counts.

Only mentions that make ties count here: the title, a takeaway or the text names the entity, and the article does not
merely cite it as its source. The number of all articles in the window is what probabilities are estimated from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from graph.model import Edge, Filters, Granularity, Measure, Naming, Page, PageRequest, Tie, TimelinePoint


@dataclass(frozen=True, slots=True)
class PairTie:
    """A co-mention of two entities; `source` < `target` as text. The other fields are those of a Tie."""

    source: str
    target: str
    articles: int
    sentences: int
    first_seen: str | None
    last_seen: str | None
    npmi: float
    llr: float
    jaccard: float

    @classmethod
    def of(cls, source: str, tie: Tie) -> PairTie:
        """The tie of `source` to another entity."""
        return cls(
            source=source,
            target=tie.entity,
            articles=tie.articles,
            sentences=tie.sentences,
            first_seen=tie.first_seen,
            last_seen=tie.last_seen,
            npmi=tie.npmi,
            llr=tie.llr,
            jaccard=tie.jaccard,
        )

    def edge(self, *, alpha: float) -> Edge:
        """The tie as an edge of an answer that is a graph, in which it is as ordinary as `alpha` says."""
        return Edge(
            source=self.source,
            target=self.target,
            articles=self.articles,
            sentences=self.sentences,
            npmi=self.npmi,
            llr=self.llr,
            jaccard=self.jaccard,
            first_seen=self.first_seen,
            last_seen=self.last_seen,
            alpha=alpha,
        )


@dataclass(frozen=True, slots=True)
class ScoredArticle:
    """An article that shares entities with another: the sum of their idf, and which they are, rarest first."""

    article: str
    score: float
    shared: tuple[str, ...]


class Counting(Protocol):
    """Questions about who is named with whom. Unknown entities are named by no article; `entities` is never empty.

    `first_seen` and `last_seen` are the smallest and the largest `published_at`, by day and then as text.
    """

    def co_mentions(
        self, entities: Sequence[str], *, filters: Filters, measure: Measure, page: PageRequest
    ) -> Page[Tie]:
        """Who is named together with all of `entities`, best first by the measure, then by articles, then by id.

        Articles and sentences are those that name all of them and the other one; the measures stand between "names all
        of them" and the other one. The given entities are not among the results. The total counts after the filters.
        """

    def articles_with(self, entities: Sequence[str], *, filters: Filters, page: PageRequest) -> Page[str]:
        """Ids of the articles that name all of `entities`: by day with the newest first, undated last, then by id."""

    def pair_sentences(self, first: str, second: str, *, filters: Filters) -> tuple[tuple[str, int], ...]:
        """All articles that name two different entities, each with the number of its sentences that name both.

        In the order of `articles_with`.
        """

    def ties_among(self, entities: Sequence[str], *, filters: Filters) -> tuple[PairTie, ...]:
        """Every pair of `entities` with at least `filters.min_articles` common articles, by ids; of any types."""

    def frequencies(self, entities: Sequence[str], *, filters: Filters) -> Mapping[str, int]:
        """How many articles of the window name each of `entities`."""

    def degrees(self, entities: Sequence[str], *, filters: Filters) -> Mapping[str, int]:
        """How many others, of `filters.types` and by `filters.min_articles` articles, each of `entities` is tied to."""

    def timeline(
        self, entities: Sequence[str], *, by: Granularity, filters: Filters, naming: Naming = "all"
    ) -> tuple[TimelinePoint, ...]:
        """How many articles name all of `entities`, or any of them, by period; periods without any are left out.

        Days and weeks hold only articles dated to the day, months those dated to the day or the month.
        """

    def related(self, article: str, *, limit: int) -> tuple[ScoredArticle, ...]:
        """Articles that share entities with this one, by the sum of ln(N / n) over them, then by how many, then by id.

        n of N articles name an entity (inverse document frequency: K. Spärck Jones, "A statistical interpretation of
        term specificity and its application in retrieval", Journal of Documentation 28(1), 1972, pp. 11-21).
        """

    def paths(
        self, source: str, target: str, *, max_hops: int, limit: int, filters: Filters
    ) -> tuple[tuple[str, ...], ...]:
        """The shortest chains of ties between two entities: those whose weakest tie is strongest first, then by ids.

        A tie counts from `filters.min_articles` articles on; `filters.types` holds for the entities between the ends.
        """
