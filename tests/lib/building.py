"""Builds extractions over a few entities, and takes a whole graph out of a database to compare it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from graph.database import Database, Query
from graph.model import Article, DatePrecision, Entity, EntityType, Extraction, Mention, Relation

NAMES = ("Q1", "Q2", "Q3", "Q4", "Q5", "Q6")
TYPES: dict[str, EntityType] = {
    "Q1": "state",
    "Q2": "person",
    "Q3": "organization",
    "Q4": "armed_group",
    "Q5": "place",
    "Q6": "state",
}
RELATIONS = (
    Relation("Q2", "LEADS", "Q1", office="President", since="2017", until="2021", reference="public record"),
    Relation("Q2", "LEADS", "Q1", office="President", since="2025", reference="public record"),
    Relation("Q4", "BACKED_BY", "Q6", reference="public record"),
    Relation("Q1", "MEMBER_OF", "Q3"),
)
PRECISIONS: dict[int, DatePrecision] = {4: "year", 7: "month", 10: "day", 20: "day"}


def entity(name: str) -> Entity:
    """The entity of that id, always the same."""
    former = ("x-old-q1",) if name == "Q1" else ()
    return Entity(name, f"Entity {name}", TYPES[name], wikidata_id=name, aliases=(f"Alias {name}",), former_ids=former)


def extraction(
    id: str,
    sentences: Sequence[Sequence[str]],
    *,
    date: str | None = None,
    title: Sequence[str] = (),
    tagged: Sequence[str] = (),
    sources: Sequence[str] = (),
    publisher: str | None = None,
) -> Extraction:
    """An article whose title and sentences name the given entities by their ids, with all that follows from it."""
    texts = [" met ".join(named) + "." for named in sentences]
    starts = [sum(len(text) + 1 for text in texts[:place]) for place in range(len(texts))]
    named = {*tagged, *sources, *title, *(name for sentence in sentences for name in sentence)}
    article = Article(
        id=id,
        title=" met ".join(title),
        text=" ".join(texts),
        published_at=date,
        date_precision=PRECISIONS[len(date)] if date else "none",
        publisher=publisher,
        given_id=id,
    )
    return Extraction(
        article=_hashed(article, (sentences, title, tagged, sources)),
        sentence_bounds=tuple((start, start + len(text)) for start, text in zip(starts, texts, strict=True)),
        mentions=tuple(
            mention for number, names in enumerate((title, *sentences)) for mention in _mentions(number, names)
        ),
        tagged=tuple(tagged),
        sources=tuple(sources),
        entities=tuple(entity(name) for name in sorted(named)),
        relations=tuple(fact for fact in RELATIONS if {fact.source, fact.target} & named),
        extracted_by="builder",
    )


def _mentions(number: int, names: Sequence[str]) -> Iterable[Mention]:
    offset = 0
    for name in names:
        yield Mention(name, number, offset, offset + len(name), name)
        offset += len(name) + len(" met ")


def _hashed(article: Article, content: Any) -> Article:
    digest = hashlib.sha256(json.dumps([article.published_at, article.publisher, content]).encode()).hexdigest()
    return replace(article, content_hash=digest)


def empty(database: Database) -> None:
    """Take everything out but the schema."""
    state = Query("MATCH (g:Graph) SET g.version = 0, g.ties_stale = false, g.loader = null")
    database.write([Query("MATCH (n) WHERE NOT n:Graph DETACH DELETE n"), state])


def graph_of(database: Database) -> dict[str, Any]:
    """Everything a graph holds but when it was written and how often, in a fixed order."""
    articles = database.read(Query("MATCH (a:Article) RETURN properties(a) AS p")).dicts()
    entities = database.read(Query("MATCH (e:Entity) RETURN properties(e) AS p")).dicts()
    edges = database.read(
        Query("MATCH (a)-[r]->(b) RETURN a.id AS source, type(r) AS type, b.id AS target, properties(r) AS p")
    ).dicts()
    former = database.read(Query("MATCH (f:FormerId) RETURN f.id AS id")).dicts()
    return {
        "articles": _sorted({k: v for k, v in row["p"].items() if k != "ingested_at"} for row in articles),
        "entities": _sorted(row["p"] for row in entities),
        "edges": _sorted(edges),
        "former": _sorted(former),
    }


def _sorted(rows: Iterable[dict[str, Any]]) -> list[str]:
    return sorted(json.dumps({k: v for k, v in row.items() if v is not None}, sort_keys=True) for row in rows)


DATES = st.sampled_from([None, "2023", "2024", "2024-05", "2024-05-17", "2024-05-18", "2024-05-17T10:00:00Z"])
SENTENCES = st.lists(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True), max_size=3)
SOME_NAMES = st.lists(st.sampled_from(NAMES), max_size=2, unique=True)


@st.composite
def extractions(draw: st.DrawFn, ids: Sequence[str] = ("a1", "a2", "a3", "a4")) -> Extraction:
    """Articles over a few ids, so that the same one comes again, changed or not."""
    return extraction(
        draw(st.sampled_from(ids)),
        draw(SENTENCES),
        date=draw(DATES),
        title=draw(SOME_NAMES),
        tagged=draw(SOME_NAMES),
        sources=draw(st.lists(st.sampled_from(NAMES), max_size=1)),
    )
