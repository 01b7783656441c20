"""What is derived, read back as it stands, to be compared with what the mentions give."""

from __future__ import annotations

from graph.database import Query

ENTITY_PAGE = Query(
    """
    MATCH (e:Entity) WHERE e.id > $after WITH e ORDER BY e.id LIMIT $limit
    OPTIONAL MATCH (e)<-[m:MENTIONS]-(:Article)
    WITH e, count(m) AS mentioning
    RETURN e.id AS id, e.articles AS articles, mentioning ORDER BY id
    """,
    name="entity_page",
)

TIES_OF = Query(
    """
    UNWIND $ids AS id MATCH (a:Entity {id: id})-[c:CO_MENTIONED]->(b:Entity)
    RETURN a.id AS source, b.id AS target, c.articles AS articles, c.sentences AS sentences,
           c.first_seen AS first_seen, c.last_seen AS last_seen
    """,
    name="ties_of",
)
