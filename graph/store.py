"""The graph as a whole: what is written to it and what it answers. One class, whatever the database."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from graph import article_graph, neighbourhoods, pair_evidence, stored_form
from graph.analysis import analyse
from graph.counting.cypher import CypherCounting
from graph.counting.incidence_counting import IncidenceCounting
from graph.counting.protocol import Counting
from graph.cypher_guard import Level, check
from graph.database import Database, Limits
from graph.errors import TiesClaimed
from graph.index_keeper import IndexKeeper, graph_state
from graph.library import Library
from graph.model import (
    Analysis,
    Article,
    ArticleGraph,
    CoMention,
    CypherNames,
    Entity,
    EntityDetail,
    EntityType,
    EvidenceKind,
    Expansion,
    Extraction,
    Filters,
    Granularity,
    Intersection,
    Measure,
    Naming,
    Outcome,
    Page,
    PageRequest,
    Rows,
    Sentence,
    Stats,
    StoredArticle,
    Subgraph,
    Tie,
    TimelinePoint,
)
from graph.model import (
    Path as GraphPath,
)
from graph.names import Names
from graph.queries import reading, writing
from graph.rebuild import TieClaim, is_silent
from graph.writer import Change, Writer

logger = logging.getLogger(__name__)

CountingChoice = Literal["auto", "incidence", "cypher"]
# Above this many mentioned entities in all articles, `auto` leaves counting to the database: the index would take
# about 1 GB (some 25 bytes a mention with its sentences).
INDEX_MENTIONS = 40_000_000

Progress = Callable[[int, int], None]


class GraphStore:
    """One graph in one database.

    database: where it is; its schema must be up to date. product: what to call the database. shared: whether other
    processes may write to it. index_file: where the incidence index is kept between runs. counting: who counts (see
    graph.counting). keep_text: what is stored of texts.
    """

    def __init__(
        self,
        database: Database,
        *,
        product: str,
        shared: bool = False,
        index_file: Path | None = None,
        counting: CountingChoice = "auto",
        keep_text: stored_form.KeepText = "full",
    ) -> None:
        self._database = database
        self._product = product
        self._stats: Stats | None = None
        self._writer = Writer(database, keep_text=keep_text)
        self._library = Library(database)
        self._names = Names(database)
        self._shared = shared
        self._index = IndexKeeper(database, index_file, shared=shared)
        self._counts_in_memory = counting == "incidence" or (counting == "auto" and self._index_fits())
        self._counting: Counting = (
            IncidenceCounting(self._index.snapshot) if self._counts_in_memory else CypherCounting(database.read)
        )
        # One writer at a time in this process; between processes the graph's version node makes them queue.
        self._writing = threading.RLock()
        self._claim: TieClaim | None = None
        self._complete_ties()

    def _complete_ties(self) -> None:
        """Derive the ties that a bulk load left out and will not derive any more."""
        state = graph_state(self._database)
        if state["ties_stale"] and self._shared and not is_silent(state["silent_ms"]):
            logger.warning("another process is loading articles: the stored ties are behind until it ends")
        elif state["ties_stale"]:
            logger.warning("a bulk load was interrupted: deriving the ties it left out")
            self.rebuild()

    def _index_fits(self) -> bool:
        return int(self.stats().details["mention_edges"]) <= INDEX_MENTIONS

    # --- writing

    def write(self, extractions: Sequence[Extraction], *, replace: bool = False) -> list[Outcome]:
        """Store articles in one transaction, all or none; says for each whether it is new, changed or the same.

        replace: store equal ones again, because their extraction may differ. Raises ValueError where one comes twice.
        """
        with self._writing:
            change = self._writer.write(extractions, replace=replace)
            self._follow(change)
            self._renew_claim()
        return list(change.outcomes)

    def delete(self, article_id: str) -> None:
        """Take an article out as if it had never been there. Raises UnknownArticle."""
        with self._writing:
            self._library.articles([article_id])
            self._follow(self._writer.delete([article_id]))

    def _follow(self, change: Change) -> None:
        if self._counts_in_memory:
            self._index.follow(change)

    def known(self, articles: Sequence[Article]) -> Mapping[str, str]:
        """Which of these are stored as they are: the id of each, and the id under which it is stored.

        An article with neither URL nor id of its own is also known by its content.
        """
        hashes = {article.id: article.content_hash for article in articles}
        rows = self._rows(writing.STORED_HASHES, ids=list(hashes))
        known = {row["id"]: row["id"] for row in rows if row["content_hash"] == hashes[row["id"]]}
        bare = [a for a in articles if a.url is None and a.given_id is None and a.id not in known]
        same = {
            row["content_hash"]: row["id"]
            for row in self._rows(writing.SAME_CONTENT, hashes=sorted({article.content_hash for article in bare}))
        }
        return known | {a.id: same[a.content_hash] for a in bare if a.content_hash in same}

    @contextmanager
    def deferring_ties(self) -> Iterator[None]:
        """For big loads: writes inside leave CO_MENTIONED alone; it is derived once at the end, however that comes.

        A process that is killed meanwhile leaves a mark, and the next one that opens the graph derives the ties. Where
        another process is doing the like already, the ties are left to it.
        """
        with self._writing:
            try:
                self._claim = TieClaim(self._database, shared=self._shared)
            except TiesClaimed:
                logger.info("another process is loading articles too: the ties are left to it")
            try:
                yield
            finally:
                claim, self._claim = self._claim, None
                if claim:
                    self._derive_ties(claim, None)

    def _renew_claim(self) -> None:
        if self._claim:
            try:
                self._claim.renew()
            except TiesClaimed as error:
                logger.warning("%s", error)
                self._claim = None

    def rebuild(self, progress: Progress | None = None) -> None:
        """Derive CO_MENTIONED, the article counts and the index anew from MENTIONS. progress: pairs done and in all.

        Raises TiesClaimed where another process is doing that, or loads articles and will.
        """
        with self._writing:
            claim = TieClaim(self._database, shared=self._shared)
            claim.derive_counts()
            if self._counts_in_memory:
                self._index.rebuild()
            self._derive_ties(claim, progress)

    def _derive_ties(self, claim: TieClaim, progress: Progress | None) -> None:
        claim.derive(self._index.snapshot if self._counts_in_memory else self._index.built, progress)
        self._stats = None

    def stored_articles(self) -> Iterator[Article]:
        """Every article with its text. Raises TextNotKept where only sentences were stored."""
        self._library.require_texts()
        return (stored.article for stored in self._library.all_articles())

    # --- reading

    def stats(self) -> Stats:
        """Sizes of the graph; counted once for each version of it."""
        version = graph_state(self._database)["version"]
        if self._stats is None or self._stats.graph_version != version:
            (sizes,) = self._rows(reading.STATS)
            types = {row["type"]: row["entities"] for row in self._rows(reading.ENTITIES_BY_TYPE)}
            details = {"mention_edges": sizes.pop("mention_edges"), "entity_types": types}
            self._stats = Stats(**sizes, graph_version=version, database=self._product, details=details)
        return self._stats

    def version(self) -> int:
        """The number of the graph's state; every write makes it larger."""
        return int(graph_state(self._database)["version"])

    def ping(self) -> None:
        """Raise DatabaseUnavailable unless the database answers."""
        self._database.ping()

    def search_entities(self, q: str, *, types: Sequence[EntityType] = (), page: PageRequest) -> Page[Entity]:
        """Entities by name or alias, best fit first; the most mentioned ones where `q` is empty."""
        return self._library.search(q, types, page)

    def entity(self, entity_id: str) -> EntityDetail:
        """One entity with offices and relations. Raises UnknownEntity, EntityMerged."""
        return self._library.detail(entity_id)

    def entities(self, ids: Sequence[str]) -> tuple[Entity, ...]:
        """Entities in the order of their ids. Raises UnknownEntity, EntityMerged."""
        return self._library.entities(ids)

    def co_mentions(self, entity_id: str, *, filters: Filters, measure: Measure, page: PageRequest) -> Page[CoMention]:
        """Who is named with an entity, strongest tie first. Raises UnknownEntity, EntityMerged."""
        self._library.entities([entity_id])
        return self._with_entities(self._counting.co_mentions([entity_id], filters=filters, measure=measure, page=page))

    def _with_entities(self, ties: Page[Tie]) -> Page[CoMention]:
        entities = self._library.entities([tie.entity for tie in ties.results])
        return Page(ties.total, tuple(map(CoMention, entities, ties.results)))

    def entity_articles(
        self, entity_id: str, *, filters: Filters, page: PageRequest
    ) -> Page[tuple[Article, EvidenceKind]]:
        """Articles that mention an entity, newest first. Raises UnknownEntity, EntityMerged."""
        return self._library.entity_articles(entity_id, filters, page)

    def timeline(
        self, entity_ids: Sequence[str], *, by: Granularity, filters: Filters, naming: Naming = "all"
    ) -> tuple[TimelinePoint, ...]:
        """Articles that name all the entities, or any, by day, week or month. Raises UnknownEntity, EntityMerged."""
        self._library.entities(entity_ids)
        return self._counting.timeline(entity_ids, by=by, filters=filters, naming=naming)

    def intersection(
        self, entity_ids: Sequence[str], *, filters: Filters, measure: Measure, page: PageRequest
    ) -> Intersection:
        """Articles that name all the entities with the sentences that prove it, and who else they name."""
        entities = self._library.entities(entity_ids)
        common = self._counting.articles_with(entity_ids, filters=filters, page=page)
        others = self._counting.co_mentions(entity_ids, filters=filters, measure=measure, page=page)
        return Intersection(
            entities=entities,
            articles=Page(common.total, self._library.evidence(common.results, entity_ids)),
            co_mentioned=self._with_entities(others),
            reason=None if common.total else "no_common_article",
        )

    def pair_evidence(
        self, first: str, second: str, *, filters: Filters, page: PageRequest
    ) -> Page[tuple[Article, Sentence]]:
        """The sentences that prove a tie, newest article first. Raises UnknownEntity, EntityMerged."""
        return pair_evidence.pair_evidence(
            first, second, library=self._library, counting=self._counting, filters=filters, page=page
        )

    def articles(
        self,
        *,
        q: str | None = None,
        url: str | None = None,
        publisher: str | None = None,
        filters: Filters,
        page: PageRequest,
    ) -> Page[Article]:
        """Articles by words of the title, canonical URL, publisher and time, newest first, without their texts."""
        return self._library.find_articles(q=q, url=url, publisher=publisher, filters=filters, page=page)

    def article(self, article_id: str) -> StoredArticle:
        """One article whole. Raises UnknownArticle."""
        return self._library.article(article_id)

    def article_graph(
        self,
        article_id: str,
        *,
        min_articles: int = 1,
        max_nodes: int = 60,
        related: int = 10,
        languages: frozenset[str] = frozenset({"en"}),
        keep: float = 1.0,
    ) -> ArticleGraph:
        """The graph of one article (see graph.article_graph). Raises UnknownArticle."""
        return article_graph.article_graph(
            self._library.article(article_id),
            library=self._library,
            counting=self._counting,
            min_articles=min_articles,
            max_nodes=max_nodes,
            related=related,
            languages=languages,
            keep=keep,
        )

    def neighbourhood(
        self,
        entity_ids: Sequence[str],
        *,
        filters: Filters,
        measure: Measure,
        max_nodes: int,
        naming: Naming = "any",
        expansion: Expansion = neighbourhoods.NOTHING_MORE,
        keep: float = 1.0,
        count_neighbours: bool = False,
    ) -> Subgraph:
        """Entities with their strongest neighbours (see graph.neighbourhoods). Raises UnknownEntity, EntityMerged."""
        return neighbourhoods.neighbourhood(
            entity_ids,
            library=self._library,
            counting=self._counting,
            filters=filters,
            measure=measure,
            max_nodes=max_nodes,
            naming=naming,
            expansion=expansion,
            keep=keep,
            count_neighbours=count_neighbours,
        )

    def paths(
        self, source: str, target: str, *, max_hops: int = 4, limit: int = 5, filters: Filters
    ) -> tuple[GraphPath, ...]:
        """Shortest chains of ties between two entities, with evidence. Raises UnknownEntity, EntityMerged."""
        return neighbourhoods.paths(
            source,
            target,
            library=self._library,
            counting=self._counting,
            max_hops=max_hops,
            limit=limit,
            filters=filters,
        )

    def analysis(
        self, entity_ids: Sequence[str], *, filters: Filters, measure: Measure, max_nodes: int, seed: int
    ) -> Analysis:
        """Communities, centralities and bridges of a neighbourhood. Raises UnknownEntity, EntityMerged."""
        around = self.neighbourhood(entity_ids, filters=filters, measure=measure, max_nodes=max_nodes)
        return analyse(around, seed=seed)

    def cypher(
        self,
        statement: str,
        parameters: Mapping[str, Any],
        *,
        level: Level,
        seconds: float,
        rows: int,
        cancelled: threading.Event | None = None,
    ) -> Rows:
        """Answer a stranger's statement, read-only. Raises StatementError, StatementRefused, StatementStopped."""
        check(statement, level=level, parameters=parameters)
        return self._database.ask(statement, parameters, Limits(seconds=seconds, rows=rows), cancelled=cancelled)

    def cypher_names(self) -> CypherNames:
        """The names that a statement can use (see graph.names); as they were a minute ago at most."""
        return self._names.now()

    def close(self) -> None:
        """Keep the index for the next run and give the connections back."""
        if self._counts_in_memory:
            self._index.save()
        self._database.close()

    def _rows(self, query: Any, **parameters: Any) -> list[dict[str, Any]]:
        return self._database.read(query.with_parameters(**parameters)).dicts()
