"""What a batch of articles changes, statement by statement, all inside one transaction.

Ties are upserted in groups, one for each source entity: a MERGE for each pair takes four times as long. Which of an
entity's ties are meant is looked up in the map of its group: that takes half as long as a list of ids does.
"""

from __future__ import annotations

from graph.database import Query

# The first write of every batch. It makes writers queue up, without which two of them would both create the same tie.
# The first statement of every write: it makes writers queue, so that what they read afterwards stays true.
NEXT_VERSION = Query(
    """
    MERGE (g:Graph {id: 'graph'}) SET g.version = coalesce(g.version, 0) + 1
    RETURN g.version AS version, coalesce(g.ties_stale, false) AS ties_stale
    """,
    name="next_version",
)

LOG_WRITE = Query(
    "CREATE (:Write {version: $version, batch_id: $batch_id, articles: $articles})",
    name="log_write",
)

FORGET_WRITES = Query("MATCH (w:Write) WHERE w.version <= $version DELETE w", name="forget_writes")

WRITE_OF_BATCH = Query("MATCH (w:Write {batch_id: $batch_id}) RETURN w.version AS version", name="write_of_batch")

STORED_HASHES = Query(
    """
    UNWIND $ids AS id MATCH (a:Article {id: id})
    RETURN a.id AS id, a.content_hash AS content_hash
    """,
    name="stored_hashes",
)

SAME_CONTENT = Query(
    """
    UNWIND $hashes AS hash MATCH (a:Article {content_hash: hash})
    RETURN a.content_hash AS content_hash, min(a.id) AS id
    """,
    name="same_content",
)

# What the articles of a batch say now, for taking their share out of counts and ties.
OLD_MENTIONS = Query(
    """
    UNWIND $ids AS id MATCH (a:Article {id: id})-[m:MENTIONS]->(e:Entity)
    RETURN a.id AS article, a.published_at AS published_at, a.date_precision AS date_precision,
           e.id AS entity, e.type AS type, m.tie AS tie, m.sentence AS sentence
    """,
    name="old_mentions",
)

DELETE_MENTIONS = Query(
    "UNWIND $ids AS id MATCH (a:Article {id: id})-[m:MENTIONS]->(:Entity) DELETE m", name="delete_mentions"
)

DELETE_ARTICLES = Query("UNWIND $ids AS id MATCH (a:Article {id: id}) DETACH DELETE a", name="delete_articles")

KNOWN_ENTITIES = Query(
    "UNWIND $ids AS id MATCH (e:Entity {id: id}) RETURN e.id AS id, e.fingerprint AS fingerprint",
    name="known_entities",
)

PUT_ENTITIES = Query(
    """
    UNWIND $rows AS row
    MERGE (e:Entity {id: row.id})
    ON CREATE SET e.articles = 0, e += row.properties ON MATCH SET e += row.properties
    """,
    name="put_entities",
)

ADD_ARTICLE_COUNTS = Query(
    "UNWIND $rows AS row MATCH (e:Entity {id: row.id}) SET e.articles = e.articles + row.articles",
    name="add_article_counts",
)

DELETE_UNMENTIONED = Query(
    """
    UNWIND $ids AS id MATCH (e:Entity {id: id}) WHERE e.articles = 0
    OPTIONAL MATCH (f:FormerId)-[:NOW]->(e)
    DETACH DELETE f, e
    """,
    name="delete_unmentioned",
)

PUT_FORMER_IDS = Query(
    """
    UNWIND $rows AS row MATCH (e:Entity {id: row.id})
    MERGE (f:FormerId {id: row.former}) MERGE (f)-[:NOW]->(e)
    """,
    name="put_former_ids",
)

PUT_ARTICLES = Query(
    """
    UNWIND $rows AS row MERGE (a:Article {id: row.id})
    ON CREATE SET a += row.properties ON MATCH SET a += row.properties
    """,
    name="put_articles",
)

# Grouped by entity, and every property named: CREATE and SET after it would write each relationship twice.
CREATE_MENTIONS = Query(
    """
    UNWIND $groups AS g MATCH (e:Entity {id: g.entity})
    UNWIND g.mentions AS m MATCH (a:Article {id: m.article})
    CREATE (a)-[:MENTIONS {count: m.count, salience: m.salience, confidence: m.confidence,
                           published_at: m.published_at, source: m.source, evidence: m.evidence, tie: m.tie,
                           sentence: m.sentence, start: m.start, end: m.end, kind: m.kind, surface: m.surface,
                           stands_for: m.stands_for}]->(e)
    """,
    name="create_mentions",
)

# Adds to the ties that are there and names them; those it does not name have to be created.
ADD_TO_TIES = Query(
    """
    UNWIND $groups AS g MATCH (a:Entity {id: g.source})-[c:CO_MENTIONED]->(b:Entity)
    WITH g, c, b.id AS target, g.ties[b.id] AS t WHERE t IS NOT NULL
    SET c.articles = c.articles + t.articles,
        c.sentences = c.sentences + t.sentences,
        c.first_seen = CASE WHEN c.first_seen IS NULL OR t.first_seen < c.first_seen
                            THEN t.first_seen ELSE c.first_seen END,
        c.last_seen = CASE WHEN c.last_seen IS NULL OR t.last_seen > c.last_seen
                           THEN t.last_seen ELSE c.last_seen END
    RETURN g.source AS source, collect(target) AS targets
    """,
    name="add_to_ties",
)

CREATE_TIES = Query(
    """
    UNWIND $groups AS g MATCH (a:Entity {id: g.source})
    UNWIND g.ties AS t MATCH (b:Entity {id: t.target})
    CREATE (a)-[:CO_MENTIONED {articles: t.articles, sentences: t.sentences,
                               first_seen: t.first_seen, last_seen: t.last_seen}]->(b)
    """,
    name="create_ties",
)

TAKE_FROM_TIES = Query(
    """
    UNWIND $groups AS g MATCH (a:Entity {id: g.source})-[c:CO_MENTIONED]->(b:Entity)
    WITH c, g.ties[b.id] AS t WHERE t IS NOT NULL
    SET c.articles = c.articles - t.articles, c.sentences = c.sentences - t.sentences
    """,
    name="take_from_ties",
)

DELETE_EMPTY_TIES = Query(
    """
    UNWIND $groups AS g MATCH (a:Entity {id: g.source})-[c:CO_MENTIONED]->(b:Entity)
    WHERE g.ties[b.id] IS NOT NULL AND c.articles = 0
    DELETE c
    """,
    name="delete_empty_ties",
)

# Ties whose first or last article was one that went.
TIES_IN_DOUBT = Query(
    """
    UNWIND $groups AS g MATCH (a:Entity {id: g.source})-[c:CO_MENTIONED]->(b:Entity)
    WITH a, b, c, g.ties[b.id] AS t
    WHERE t IS NOT NULL AND (c.first_seen = t.first_seen OR c.last_seen = t.last_seen)
    RETURN a.id AS source, b.id AS target, a.articles AS source_articles, b.articles AS target_articles
    """,
    name="ties_in_doubt",
)

# Asked from the rarer end of each pair: looking each up by itself took fifty times as long on the embedded database.
DATES_TOGETHER = Query(
    """
    UNWIND $groups AS g
    MATCH (a:Entity {id: g.entity})<-[m:MENTIONS]-(x:Article)-[n:MENTIONS]->(b:Entity)
    WHERE m.tie AND n.tie AND g.others[b.id] IS NOT NULL
    RETURN g.entity AS entity, b.id AS other, min(x.published_at) AS first_seen, max(x.published_at) AS last_seen
    """,
    name="dates_together",
)

DATE_TIES = Query(
    """
    UNWIND $groups AS g MATCH (a:Entity {id: g.source})-[c:CO_MENTIONED]->(b:Entity)
    WITH c, g.ties[b.id] AS t WHERE t IS NOT NULL
    SET c.first_seen = t.first_seen, c.last_seen = t.last_seen
    """,
    name="date_ties",
)

DELETE_SOME_TIES = Query(
    "MATCH ()-[c:CO_MENTIONED]->() WITH c LIMIT $limit DELETE c RETURN count(*) AS deleted", name="delete_some_ties"
)

COUNT_ARTICLES_OF_ENTITIES = Query(
    """
    MATCH (e:Entity) WHERE e.id > $after WITH e ORDER BY e.id LIMIT $limit
    OPTIONAL MATCH (e)<-[m:MENTIONS]-(:Article)
    WITH e, count(m) AS articles SET e.articles = articles
    RETURN e.id AS id ORDER BY id
    """,
    name="count_articles_of_entities",
)

# Makes writers queue like NEXT_VERSION, without being a write that others have to catch up with.
LOCK_GRAPH = Query(
    """
    MERGE (g:Graph {id: 'graph'}) SET g.version = coalesce(g.version, 0)
    RETURN g.version AS version, coalesce(g.ties_stale, false) AS ties_stale, g.loader AS loader,
           timestamp() - coalesce(g.loader_seen, 0) AS silent_ms
    """,
    name="lock_graph",
)

SET_LOADER = Query(
    "MATCH (g:Graph {id: 'graph'}) SET g.ties_stale = $stale, g.loader = $loader, g.loader_seen = timestamp()",
    name="set_loader",
)

LOADER_ALIVE = Query(
    "MATCH (g:Graph {id: 'graph'}) WHERE g.loader IS NOT NULL SET g.loader_seen = timestamp()", name="loader_alive"
)

# One statement for each type of relation: a type cannot be a parameter. `key` tells two terms in one office apart.
PUT_RELATIONS = {
    "LEADS": Query(
        """
        UNWIND $rows AS row MATCH (a:Entity {id: row.source}) MATCH (b:Entity {id: row.target})
        MERGE (a)-[r:LEADS {key: row.key}]->(b) SET r += row.properties
        """,
        name="put_leads",
    ),
    "HOLDS_OFFICE": Query(
        """
        UNWIND $rows AS row MATCH (a:Entity {id: row.source}) MATCH (b:Entity {id: row.target})
        MERGE (a)-[r:HOLDS_OFFICE {key: row.key}]->(b) SET r += row.properties
        """,
        name="put_holds_office",
    ),
    "MEMBER_OF": Query(
        """
        UNWIND $rows AS row MATCH (a:Entity {id: row.source}) MATCH (b:Entity {id: row.target})
        MERGE (a)-[r:MEMBER_OF {key: row.key}]->(b) SET r += row.properties
        """,
        name="put_member_of",
    ),
    "PART_OF": Query(
        """
        UNWIND $rows AS row MATCH (a:Entity {id: row.source}) MATCH (b:Entity {id: row.target})
        MERGE (a)-[r:PART_OF {key: row.key}]->(b) SET r += row.properties
        """,
        name="put_part_of",
    ),
    "BACKED_BY": Query(
        """
        UNWIND $rows AS row MATCH (a:Entity {id: row.source}) MATCH (b:Entity {id: row.target})
        MERGE (a)-[r:BACKED_BY {key: row.key}]->(b) SET r += row.properties
        """,
        name="put_backed_by",
    ),
    "ALLIED_WITH": Query(
        """
        UNWIND $rows AS row MATCH (a:Entity {id: row.source}) MATCH (b:Entity {id: row.target})
        MERGE (a)-[r:ALLIED_WITH {key: row.key}]->(b) SET r += row.properties
        """,
        name="put_allied_with",
    ),
    "OPPOSES": Query(
        """
        UNWIND $rows AS row MATCH (a:Entity {id: row.source}) MATCH (b:Entity {id: row.target})
        MERGE (a)-[r:OPPOSES {key: row.key}]->(b) SET r += row.properties
        """,
        name="put_opposes",
    ),
    "HEADQUARTERED_IN": Query(
        """
        UNWIND $rows AS row MATCH (a:Entity {id: row.source}) MATCH (b:Entity {id: row.target})
        MERGE (a)-[r:HEADQUARTERED_IN {key: row.key}]->(b) SET r += row.properties
        """,
        name="put_headquartered_in",
    ),
    "SIGNATORY_OF": Query(
        """
        UNWIND $rows AS row MATCH (a:Entity {id: row.source}) MATCH (b:Entity {id: row.target})
        MERGE (a)-[r:SIGNATORY_OF {key: row.key}]->(b) SET r += row.properties
        """,
        name="put_signatory_of",
    ),
}
