"""Reads articles and entities back from the database, many at a time and in the order asked for."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from graph import stored_form
from graph.counting.days import closed_window, window
from graph.database import Database, Query
from graph.errors import EntityMerged, TextNotKept, UnknownArticle, UnknownEntity
from graph.evidence import proof
from graph.model import (
    Article,
    ArticleEvidence,
    Entity,
    EntityDetail,
    EntityType,
    EvidenceKind,
    Filters,
    Office,
    Page,
    PageRequest,
    RelatedEntity,
    StoredArticle,
)
from graph.queries import counting, reading

Row = Mapping[str, Any]

# Articles whose texts are read at once.
PAGE = 200
OFFICES = ("LEADS", "HOLDS_OFFICE")


class Library:
    """Articles and entities of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- entities

    def entities(self, ids: Sequence[str]) -> tuple[Entity, ...]:
        """Entities in the order of their ids. Raises UnknownEntity, or EntityMerged for a former id."""
        found = {row["id"]: stored_form.read_entity(row) for row in self._rows(reading.ENTITIES, ids=sorted(set(ids)))}
        for id in ids:
            if id not in found:
                self._raise_unknown(id)
        return tuple(found[id] for id in ids)

    def _raise_unknown(self, id: str) -> None:
        rows = self._rows(reading.CANONICAL_ID, id=id)
        raise EntityMerged(id, rows[0]["id"]) if rows else UnknownEntity(id)

    def search(self, q: str, types: Sequence[EntityType], page: PageRequest) -> Page[Entity]:
        """Entities by name: exact, then beginning with it, then by alias, then others; all by articles where empty."""
        parameters: dict[str, Any] = {"types": list(types)}
        listing, size = reading.LIST_ENTITIES, reading.COUNT_ENTITIES
        if q.strip():
            text = stored_form.fold(q)
            if not text:
                return Page(0, ())
            parameters |= {"text": text, **search_words(text)}
            listing, size = reading.SEARCH_ENTITIES, reading.COUNT_SEARCHED_ENTITIES
        rows = self._rows(listing, **parameters, skip=page.offset, limit=page.limit)
        total = self._rows(size, **parameters)[0]["total"]
        return Page(total, tuple(stored_form.read_entity(row) for row in rows))

    def detail(self, id: str) -> EntityDetail:
        """An entity with its offices, newest first, and its other relations to entities of the graph."""
        (entity,) = self.entities([id])
        rows = self._rows(reading.RELATIONS, id=id)
        others = {other.id: other for other in self.entities(sorted({row["other"] for row in rows}))}
        held = [row for row in rows if row["relation"] in OFFICES and row["outgoing"]]
        related = [row for row in rows if row not in held]
        return EntityDetail(
            entity=entity,
            offices=tuple(
                Office(row["office"] or "", others[row["other"]], row["since"], row["until"])
                for row in sorted(held, key=lambda row: (row["since"] or "", row["other"]), reverse=True)
            ),
            relations=tuple(
                RelatedEntity(
                    type=row["relation"],
                    entity=others[row["other"]],
                    since=row["since"],
                    until=row["until"],
                    source=row["source"] or "",
                    outgoing=row["outgoing"],
                )
                for row in sorted(related, key=_relation_order)
            ),
        )

    def entity_articles(self, id: str, filters: Filters, page: PageRequest) -> Page[tuple[Article, EvidenceKind]]:
        """Articles that mention an entity, newest first, with whether their text or only their tags do."""
        self.entities([id])
        since, until = window(filters)
        parameters = {"id": id, "since": since, "until": until}
        rows = self._rows(reading.ENTITY_ARTICLES, **parameters, skip=page.offset, limit=page.limit)
        total = self._rows(reading.COUNT_ENTITY_ARTICLES, **parameters)[0]["total"]
        articles = self.articles([row["id"] for row in rows])
        return Page(total, tuple((article, row["evidence"]) for article, row in zip(articles, rows, strict=True)))

    # --- articles

    def articles(self, ids: Sequence[str]) -> tuple[Article, ...]:
        """Articles without their texts, in the order of their ids. Raises UnknownArticle."""
        found = {row["id"]: stored_form.read_article(row) for row in self._rows(reading.ARTICLES, ids=sorted(set(ids)))}
        for id in ids:
            if id not in found:
                raise UnknownArticle(id)
        return tuple(found[id] for id in ids)

    def find_articles(
        self, *, q: str | None, url: str | None, publisher: str | None, filters: Filters, page: PageRequest
    ) -> Page[Article]:
        """Articles by words of the title, canonical URL, publisher and time, newest first."""
        if url is not None:
            ids = [row["id"] for row in self._rows(reading.ARTICLES_BY_URL, url=url)]
            return Page(len(ids), self.articles(ids[page.offset : page.offset + page.limit]))
        since, until = window(filters)
        parameters: dict[str, Any] = {"publisher": publisher, "since": since, "until": until}
        if q and q.strip():
            text = stored_form.fold(q)
            if not text:
                return Page(0, ())
            parameters |= search_words(text)
            listing, size = reading.SEARCH_ARTICLES, reading.COUNT_SEARCHED_ARTICLES
        elif publisher is not None:
            listing, size = reading.LIST_ARTICLES_OF_PUBLISHER, reading.COUNT_ARTICLES_OF_PUBLISHER
        else:
            return self._newest(filters, page)
        rows = self._rows(listing, **parameters, skip=page.offset, limit=page.limit)
        total = self._rows(size, **parameters)[0]["total"]
        return Page(total, self.articles([row["id"] for row in rows]))

    def _newest(self, filters: Filters, page: PageRequest) -> Page[Article]:
        """Articles of a window, newest first; where it is open on both sides, those without a date come last."""
        since, until = closed_window(filters)
        rows = self._rows(reading.LIST_DATED_ARTICLES, since=since, until=until, skip=page.offset, limit=page.limit)
        total = dated = self._rows(counting.COUNT_DATED_ARTICLES, since=since, until=until)[0]["articles"]
        if window(filters) == (None, None):
            total = self._rows(counting.COUNT_ARTICLES)[0]["articles"]
        if (left := min(page.limit - len(rows), total - dated)) > 0:
            skip = max(0, page.offset - dated)
            rows += self._rows(reading.LIST_UNDATED_ARTICLES, skip=skip, limit=left)
        return Page(total, self.articles([row["id"] for row in rows]))

    def article(self, id: str) -> StoredArticle:
        """One article whole. Raises UnknownArticle."""
        return next(iter(self.whole_articles([id])))

    def whole_articles(self, ids: Sequence[str]) -> Iterator[StoredArticle]:
        """Articles with text and everything found in them, in the order of their ids. Raises UnknownArticle."""
        heads = {row["id"]: row for row in self._rows(reading.ARTICLES_WITH_TEXT, ids=sorted(set(ids)))}
        mentions: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self._rows(reading.MENTIONS_OF_ARTICLES, ids=sorted(set(ids))):
            mentions[row["article"]].append(row)
        named = sorted({row["entity"] for rows in mentions.values() for row in rows})
        entities = {entity.id: entity for entity in self.entities(named)}
        for id in ids:
            if id not in heads:
                raise UnknownArticle(id)
            yield _whole(heads[id], mentions[id], entities)

    def evidence(self, article_ids: Sequence[str], entities: Sequence[str]) -> tuple[ArticleEvidence, ...]:
        """Articles, in the order of their ids and without their texts, with the sentences that name all the entities.

        See graph.evidence for an article that has none. The sentences hold the mentions of these entities alone.
        """
        heads = {row["id"]: row for row in self._rows(reading.ARTICLES_WITH_TEXT, ids=sorted(set(article_ids)))}
        mentions: defaultdict[str, list[Row]] = defaultdict(list)
        rows = self._rows(reading.MENTIONS_OF_SOME, ids=sorted(set(article_ids)), entities=sorted(set(entities)))
        for row in rows:
            mentions[row["article"]].append(row)
        return tuple(_evidence(heads[id], mentions[id], entities) for id in article_ids)

    def all_articles(self) -> Iterator[StoredArticle]:
        """Every stored article whole, page by page, in the order of ids."""
        after = ""
        while ids := [row["id"] for row in self._rows(reading.ARTICLE_PAGE, after=after, limit=PAGE)]:
            yield from self.whole_articles(ids)
            after = ids[-1]

    def require_texts(self) -> None:
        """Raise TextNotKept where some article was stored with its sentences alone."""
        missing = self._rows(reading.TEXTS_MISSING)[0]["articles"]
        if missing:
            raise TextNotKept(
                f"{missing} articles were stored with EIG_KEEP_TEXT=sentences: their texts are not there to be read "
                "again, ingest them from their source"
            )

    def _rows(self, query: Query, **parameters: Any) -> list[dict[str, Any]]:
        return self._database.read(query.with_parameters(**parameters)).dicts()


def search_words(folded: str) -> dict[str, Any]:
    """How names that hold all of these words, the last of which may be the beginning of one, are asked for.

    `words` is for the full-text index, which gives candidates; the others choose among them by blanks around words.
    """
    *whole, last = folded.split()
    terms = [f"+{term}" for word in whole for term in index_terms(word)]
    *inner, beginning = index_terms(last)
    return {
        "words": " ".join([*terms, *(f"+{term}" for term in inner), f"+{beginning}*"]),
        "whole": [f" {word} " for word in whole],
        "beginning": f" {last}",
    }


def index_terms(word: str) -> list[str]:
    """The terms under which full-text indexes keep a folded word: Chinese characters and Hiragana are one each.

    Source: Unicode Standard Annex 29 (word boundaries), which Lucene's standard tokenizer follows.
    """
    runs = groupby(word, key=lambda char: unicodedata.name(char, "").startswith(("CJK", "HIRAGANA")))
    return [term for single, run in runs for term in (run if single else ["".join(run)])]


def _relation_order(row: Row) -> tuple[str, bool, str, str]:
    return row["relation"], not row["outgoing"], row["since"] or "", row["other"]


def _evidence(head: Row, rows: Sequence[Row], entities: Sequence[str]) -> ArticleEvidence:
    article = stored_form.read_article(head)
    naming = stored_form.read_sentences(article, stored_form.read_bounds(head), rows)
    return ArticleEvidence(replace(article, text=""), proof(naming, entities))


def _whole(head: Row, rows: Sequence[Row], entities: Mapping[str, Entity]) -> StoredArticle:
    article = stored_form.read_article(head)
    in_order = sorted(rows, key=lambda row: (-len(row["sentence"]), row["entity"]))
    return StoredArticle(
        article=article,
        sentences=stored_form.read_sentences(article, stored_form.read_bounds(head), rows),
        entities=tuple(entities[row["entity"]] for row in in_order),
        evidence={row["entity"]: row["evidence"] for row in in_order},
        cited=frozenset(row["entity"] for row in rows if row["source"]),
        text_kept=head["text_kept"],
        extracted_by=head["extracted_by"],
        ingested_at=head["ingested_at"],
    )
