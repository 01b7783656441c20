"""Examples for the API's description. A test holds each against the schema of its answer."""

from __future__ import annotations

from typing import Any

IRAN = {"id": "Q794", "name": "Iran", "type": "state", "wikidata_id": "Q794"}
HEZBOLLAH = {"id": "Q41053", "name": "Hezbollah", "type": "armed_group", "wikidata_id": "Q41053"}
ISRAEL = {"id": "Q801", "name": "Israel", "type": "state", "wikidata_id": "Q801"}
NETANYAHU = {"id": "Q43723", "name": "Benjamin Netanyahu", "type": "person", "wikidata_id": "Q43723"}

ENTITY = {
    **IRAN,
    "wikipedia": "Iran",
    "description": "state in Western Asia",
    "country": "IR",
    "aliases": ["Islamic Republic of Iran"],
    "articles": 148,
}
ENTITY_DETAIL = {
    **NETANYAHU,
    "wikipedia": "Benjamin Netanyahu",
    "description": "Israeli politician",
    "country": "IL",
    "aliases": ["Netanyahu"],
    "articles": 61,
    "offices": [{"office": "Prime Minister", "of": ISRAEL, "since": "2022-12-29", "until": None}],
    "relations": [
        {
            "type": "LEADS",
            "entity": ISRAEL,
            "since": "2022-12-29",
            "until": None,
            "source": "public record",
            "outgoing": True,
        }
    ],
}

ASSOCIATION = {"npmi": 0.41, "llr": 37.2, "jaccard": 0.22}
CO_MENTION = {
    "entity": HEZBOLLAH,
    "articles": 35,
    "sentences": 52,
    "first_seen": "2015-07-14",
    "last_seen": "2026-03-02",
    **ASSOCIATION,
}

ARTICLE = {
    "id": "a6b1f0c2d9a7e4f35c81d",
    "url": "https://example.org/2024/talks",
    "title": "Iran and Hezbollah answer the offer",
    "publisher": "Example News",
    "language": "en",
    "published_at": "2024-05-17",
    "date_precision": "day",
    "tags": ["Iran"],
    "themes": ["Diplomacy"],
}
ENTITY_ARTICLE = {**ARTICLE, "evidence": "text"}

SENTENCE = {
    "number": 1,
    "text": "Iran said that Hezbollah would decide for itself.",
    "mentions": [
        {"entity": "Q794", "start": 0, "end": 4, "surface": "Iran", "kind": "name", "stands_for": None},
        {"entity": "Q41053", "start": 15, "end": 24, "surface": "Hezbollah", "kind": "name", "stands_for": None},
    ],
    "same_sentence": True,
}
EVIDENCE = {"article": ARTICLE, "sentence": SENTENCE}
EVIDENCED = {"article": ARTICLE, "sentences": [SENTENCE]}

STORED_ARTICLE = {
    **ARTICLE,
    "text": "Iran said that Hezbollah would decide for itself.",
    "takeaways": [],
    "sentences": [{**SENTENCE, "start": 0}],
    "entities": [
        {**IRAN, "evidence": "text", "cited": False},
        {**HEZBOLLAH, "evidence": "text", "cited": False},
    ],
    "ingested_at": "2026-01-05T08:30:00Z",
    "extracted_by": "gazetteer 1, knowledge base 1",
}

TIMELINE = {
    "by": "month",
    "points": [{"start": "2024-04-01", "articles": 6}, {"start": "2024-05-01", "articles": 9}],
    "reason": None,
}

INTERSECTION = {
    "entities": [ENTITY, {**ENTITY, **HEZBOLLAH, "wikipedia": "Hezbollah", "aliases": [], "articles": 57}],
    "articles": {"total": 1, "results": [EVIDENCED]},
    "co_mentioned": {"total": 1, "results": [{**CO_MENTION, "entity": ISRAEL}]},
    "timeline": [{"start": "2024-05-01", "articles": 1}],
    "reason": None,
    "limit": 20,
    "offset": 0,
    "next": None,
}

_NODES = [{**IRAN, "articles": 148}, {**HEZBOLLAH, "articles": 57}]
_EDGE = {
    "source": "Q41053",
    "target": "Q794",
    "articles": 35,
    **ASSOCIATION,
    "alpha": 0.03,
    "first_seen": "2015-07-14",
    "last_seen": "2026-03-02",
}
_NODE_LINK: dict[str, Any] = {
    "directed": False,
    "multigraph": False,
    "graph": {"truncated": False, "shown": 2, "total": 2, "ties_shown": 1, "ties_total": 1},
    "nodes": _NODES,
}
NODE_LINK = {
    **_NODE_LINK,
    "nodes": [
        {**_NODES[0], "chosen": True, "expanded": False, "neighbours": 194, "more": 193},
        {**_NODES[1], "chosen": False, "expanded": False, "neighbours": 66, "more": 65},
    ],
    "edges": [{**_EDGE, "sentences": 52}],
    "timeline": TIMELINE["points"],
}

ARTICLE_GRAPH = {
    "article": ARTICLE,
    "state": "ok",
    "explanation": "2 entities with 1 tie among them.",
    "graph": {**_NODE_LINK, "edges": [{**_EDGE, "in_article": 1, "in_corpus": 35, "sentences": [SENTENCE]}]},
    "related": [
        {
            "article": {**ARTICLE, "id": "a0a1b2c3d4e5f60718293", "url": "https://example.org/2024/after-the-talks"},
            "shared": [HEZBOLLAH, IRAN],
            "score": 3.7,
        }
    ],
}

PATHS = {
    "paths": [
        {
            "entities": [IRAN, HEZBOLLAH],
            "hops": [
                {
                    "source": "Q794",
                    "target": "Q41053",
                    "articles": 35,
                    "sentence": SENTENCE,
                    "sentences": [SENTENCE],
                    "article": ARTICLE,
                }
            ],
        }
    ],
    "reason": None,
}

ANALYSIS = {
    "communities": [[IRAN, HEZBOLLAH], [ISRAEL, NETANYAHU]],
    "centrality": [{"entity": IRAN, "degree": 0.67, "betweenness": 0.5, "eigenvector": 0.61}],
    "bridges": [{"source": ISRAEL, "target": NETANYAHU}],
    "graph": {"truncated": True, "shown": 60, "total": 194, "ties_shown": 412, "ties_total": 412},
}

STORED = {
    "results": [
        {
            "id": "a6b1f0c2d9a7e4f35c81d",
            "outcome": "new",
            "reason": None,
            "given_id": None,
            "mentions": 2,
            "entities": ["Q794", "Q41053"],
        }
    ]
}
_SENT = {
    "url": "https://example.org/2024/talks",
    "title": "Iran and Hezbollah answer the offer",
    "text": "Iran said that Hezbollah would decide for itself.",
    "publisher": "Example News",
    "published_at": "2024-05-17",
    "tags": ["Iran"],
    "themes": ["Diplomacy"],
}
ARTICLE_INPUTS: dict[str, Any] = {
    "one": {"summary": "One article", "value": _SENT},
    "list": {
        "summary": "A list of articles",
        "value": [_SENT, {"id": 4711, "source": "Example News", "date": "2024-05", "body": "Talks in Vienna went on."}],
    },
}

STATEMENTS: dict[str, Any] = {
    "most mentioned": {
        "summary": "The most mentioned persons",
        "value": {
            "statement": "MATCH (e:Entity {type: $type}) RETURN e.name AS name, e.articles AS articles "
            "ORDER BY articles DESC LIMIT 3",
            "parameters": {"type": "person"},
        },
    }
}
CYPHER = {
    "data": {"fields": ["name", "articles"], "values": [["Donald Trump", 92], ["Benjamin Netanyahu", 61]]},
    "truncated": False,
}

CYPHER_SCHEMA = {
    "labels": [{"name": "Entity", "properties": ["aliases", "articles", "id", "name", "type"]}],
    "relationship_types": [
        {"name": "CO_MENTIONED", "properties": ["articles", "first_seen", "last_seen", "sentences"]}
    ],
    "properties": ["aliases", "articles", "first_seen", "id", "last_seen", "name", "sentences", "type"],
    "functions": ["collect", "count", "size"],
    "procedures": ["db.index.fulltext.queryNodes"],
}

STATS = {
    "articles": 295,
    "entities": 812,
    "mentions": 9120,
    "ties": 15833,
    "graph_version": 3,
    "database": "ArcadeDB 26.10.2",
    "details": {"mention_edges": 4210, "entity_types": {"person": 312, "state": 90}},
}
HEALTH = {"status": "ready"}
METRICS = 'eig_http_requests_total{method="GET",route="/api/v1/stats",status="200"} 7.0\n'

BOX = '<!doctype html>\n<html lang="en">…</html>\n'
BOX_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="640">…</svg>\n'
EMBEDDING = {
    "html": '<script async src="https://graph.example.org/embed.js" data-article="a6b1f0c2d9a7e4f35c81d"></script>\n'
    '<noscript><a href="https://graph.example.org/embed/articles/a6b1f0c2d9a7e4f35c81d">'
    "Entity Intersection Graph of this article</a></noscript>",
    "box": "https://graph.example.org/embed/articles/a6b1f0c2d9a7e4f35c81d",
    "svg": "https://graph.example.org/embed/articles/a6b1f0c2d9a7e4f35c81d.svg",
    "png": "https://graph.example.org/embed/articles/a6b1f0c2d9a7e4f35c81d.png",
}


def page(result: dict[str, Any]) -> dict[str, Any]:
    """A page with one result."""
    return {"limit": 20, "offset": 0, "total": 1, "next": None, "reason": None, "results": [result]}
