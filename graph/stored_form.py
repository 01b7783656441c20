"""How articles, entities and mentions stand in the database, and how they are read back.

Lists in the database hold one type and no null, so "stands for nobody" is an empty text and pairs of bounds are laid
out flat. A mention list is parallel: item n of each list is mention n of that entity in that article.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from graph.counting.content import ArticleIncidence
from graph.counting.days import day_number
from graph.model import (
    Article,
    Entity,
    EvidenceMention,
    Extraction,
    Mention,
    Relation,
    Sentence,
    sentence_start,
    sentence_text,
)

KeepText = Literal["full", "sentences"]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class EntityMentions:
    """Everything one article says about one entity."""

    entity: str
    mentions: tuple[Mention, ...]
    evidence: Literal["text", "tags"]
    source: bool

    @property
    def ties(self) -> bool:
        """Whether it makes co-mentions: named in the text and not merely cited as the source."""
        return self.evidence == "text" and not self.source


def fold(text: str) -> str:
    """Text as it is compared in a search: words without case and diacritics, "U.S." as "us", "el-Sisi" as "el sisi"."""
    # Twice: "№" becomes "No" and wants its case taken, "ß" becomes "ss" by its case.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).replace(".", "")
    letters = (char for char in plain if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in letters).split())


def only_sentences(extraction: Extraction) -> Extraction:
    """The same extraction over an article that holds of its text no more than the sentences that name an entity."""
    article = extraction.article
    first = 1 + len(article.takeaways)
    kept = sorted({mention.sentence for mention in extraction.mentions if mention.sentence >= first})
    texts = [extraction.sentence(number) for number in kept]
    starts = [sum(len(text) + 1 for text in texts[:place]) for place in range(len(texts))]
    renumbered = {number: first + place for place, number in enumerate(kept)}
    return replace(
        extraction,
        article=replace(article, text="\n".join(texts)),
        sentence_bounds=tuple((start, start + len(text)) for start, text in zip(starts, texts, strict=True)),
        mentions=tuple(
            replace(mention, sentence=renumbered.get(mention.sentence, mention.sentence))
            for mention in extraction.mentions
        ),
    )


def by_entity(extraction: Extraction) -> list[EntityMentions]:
    """The mentions of an extraction, entity by entity, in the order of their ids."""
    found: dict[str, list[Mention]] = {entity: [] for entity in extraction.tagged}
    for mention in extraction.mentions:
        found.setdefault(mention.entity, []).append(mention)
    return [
        EntityMentions(
            entity=entity,
            mentions=tuple(found[entity]),
            evidence="text" if found[entity] else "tags",
            source=entity in extraction.sources,
        )
        for entity in sorted(found)
    ]


def incidence(extraction: Extraction) -> ArticleIncidence:
    """What an extraction adds to ties and to the index."""
    return ArticleIncidence(
        article=extraction.article.id,
        published_at=extraction.article.published_at,
        date_precision=extraction.article.date_precision,
        sentences={
            found.entity: tuple(sorted({mention.sentence for mention in found.mentions}))
            for found in by_entity(extraction)
            if found.ties
        },
    )


def incidences(rows: Iterable[Mapping[str, Any]]) -> list[ArticleIncidence]:
    """Incidences from rows of (article, published_at, date_precision, entity, tie, sentence); entity may be null."""
    sentences: defaultdict[str, dict[str, tuple[int, ...]]] = defaultdict(dict)
    heads: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        heads[row["article"]] = row
        if row["entity"] is not None and row["tie"]:
            sentences[row["article"]][row["entity"]] = tuple(sorted(set(row["sentence"])))
    return [
        ArticleIncidence(id, head["published_at"], head["date_precision"], sentences[id]) for id, head in heads.items()
    ]


# --- to rows -------------------------------------------------------------------------------------------------------


def article_row(extraction: Extraction, *, text_kept: bool, ingested_at: str) -> Row:
    """The properties of an Article node."""
    article = extraction.article
    return {
        "id": article.id,
        "properties": {
            "url": article.url,
            "given_id": article.given_id,
            "title": article.title,
            "folded_title": fold(article.title),
            "publisher": article.publisher,
            "language": article.language,
            "published_at": article.published_at,
            "published_day": day_number(article.published_at),
            "date_precision": article.date_precision,
            "ingested_at": ingested_at,
            "tags": list(article.tags),
            "themes": list(article.themes),
            "takeaways": list(article.takeaways),
            "text": article.text,
            "text_kept": text_kept,
            "sentence_bounds": [offset for bounds in extraction.sentence_bounds for offset in bounds],
            "content_hash": article.content_hash,
            "extra": json.dumps(dict(article.extra), ensure_ascii=False, sort_keys=True) if article.extra else None,
            "extracted_by": extraction.extracted_by,
        },
    }


def mention_rows(extraction: Extraction) -> list[Row]:
    """The MENTIONS relationships of one article, with the ids of both ends."""
    total = len(extraction.mentions)
    return [_mention_row(found, extraction.article, total) for found in by_entity(extraction)]


def _mention_row(found: EntityMentions, article: Article, total: int) -> Row:
    mentions = found.mentions
    return {
        "article": article.id,
        "entity": found.entity,
        "count": len(mentions),
        # The share of the article's mentions that are of this entity, 0 to 1.
        "salience": len(mentions) / total if total else 0.0,
        "confidence": sum(mention.score for mention in mentions) / len(mentions) if mentions else 1.0,
        "published_at": article.published_at,
        "source": found.source,
        "evidence": found.evidence,
        "tie": found.ties,
        "sentence": [mention.sentence for mention in mentions],
        "start": [mention.start for mention in mentions],
        "end": [mention.end for mention in mentions],
        "kind": [mention.kind for mention in mentions],
        "surface": [mention.surface for mention in mentions],
        "stands_for": [mention.stands_for or "" for mention in mentions],
    }


def entity_row(entity: Entity) -> Row:
    """The properties of an Entity node; `folded` is what a search compares, the name first.

    An equal `fingerprint` says that the others are equal, so that known entities need not be written again.
    """
    folded = dict.fromkeys(fold(form) for form in (entity.name, *entity.aliases))
    properties = {
        "name": entity.name,
        "type": entity.type,
        "wikidata_id": entity.wikidata_id,
        "wikipedia": entity.wikipedia,
        "description": entity.description,
        "country": entity.country,
        "aliases": list(entity.aliases),
        "folded": list(folded),
    }
    fingerprint = hashlib.sha256(json.dumps([properties, entity.former_ids]).encode()).hexdigest()[:16]
    return {"id": entity.id, "properties": properties | {"fingerprint": fingerprint}}


def relation_row(relation: Relation) -> Row:
    """The properties of a knowledge base relationship."""
    return {
        "source": relation.source,
        "target": relation.target,
        "key": "|".join((relation.office or "", relation.since or "", relation.until or "")),
        "properties": {
            "office": relation.office,
            "since": relation.since,
            "until": relation.until,
            "source": relation.reference,
        },
    }


# --- from rows -----------------------------------------------------------------------------------------------------


def read_article(row: Mapping[str, Any]) -> Article:
    """An article from the properties of its node; its text is empty where they were read without it."""
    return Article(
        id=row["id"],
        title=row["title"],
        text=row.get("text") or "",
        url=row["url"],
        given_id=row["given_id"],
        publisher=row["publisher"],
        language=row["language"],
        published_at=row["published_at"],
        date_precision=row["date_precision"],
        tags=tuple(row["tags"]),
        themes=tuple(row["themes"]),
        takeaways=tuple(row["takeaways"]),
        extra=json.loads(row["extra"]) if row["extra"] else {},
        content_hash=row["content_hash"],
    )


def read_bounds(row: Mapping[str, Any]) -> tuple[tuple[int, int], ...]:
    """The bounds of an article's sentences from the flat list in which they stand."""
    flat = row["sentence_bounds"]
    return tuple(zip(flat[::2], flat[1::2], strict=True))


def read_entity(row: Mapping[str, Any]) -> Entity:
    """An entity from the properties of its node."""
    return Entity(
        id=row["id"],
        name=row["name"],
        type=row["type"],
        wikidata_id=row["wikidata_id"],
        wikipedia=row["wikipedia"],
        description=row["description"] or "",
        country=row["country"],
        aliases=tuple(row["aliases"] or ()),
        articles=row["articles"],
    )


def read_sentences(
    article: Article, bounds: Sequence[tuple[int, int]], rows: Iterable[Mapping[str, Any]]
) -> tuple[Sentence, ...]:
    """The sentences that name an entity, in their order, from the mention lists of (some) entities of an article."""
    found: defaultdict[int, list[EvidenceMention]] = defaultdict(list)
    for row in rows:
        lists = (row[name] for name in ("sentence", "start", "end", "surface", "kind", "stands_for"))
        for number, start, end, surface, kind, stands_for in zip(*lists, strict=True):
            found[number].append(EvidenceMention(row["entity"], start, end, surface, kind, stands_for or None))
    return tuple(
        Sentence(
            number=number,
            text=sentence_text(article, bounds, number),
            mentions=tuple(sorted(found[number], key=lambda mention: (mention.start, mention.end, mention.entity))),
            start=sentence_start(article, bounds, number),
        )
        for number in sorted(found)
    )
