"""What is read beside counting: articles, entities, sentences, sizes."""

from __future__ import annotations

from graph.database import Query

GRAPH_STATE = Query(
    """
    MATCH (g:Graph {id: 'graph'})
    RETURN g.version AS version, coalesce(g.ties_stale, false) AS ties_stale,
           timestamp() - coalesce(g.loader_seen, 0) AS silent_ms
    """,
    name="graph_state",
)

STATS = Query(
    """
    MATCH ()-[m:MENTIONS]->()
    WITH coalesce(sum(m.count), 0) AS mentions, count(m) AS mention_edges
    RETURN COUNT { MATCH (a:Article) } AS articles, COUNT { MATCH (e:Entity) } AS entities, mentions, mention_edges,
           COUNT { MATCH ()-[c:CO_MENTIONED]->() } AS ties
    """,
    name="stats",
)

ENTITIES_BY_TYPE = Query(
    "MATCH (e:Entity) RETURN e.type AS type, count(e) AS entities ORDER BY entities DESC, type", name="entities_by_type"
)

# --- entities ------------------------------------------------------------------------------------------------------

ENTITIES = Query(
    """
    UNWIND $ids AS id MATCH (e:Entity {id: id})
    RETURN e.id AS id, e.name AS name, e.type AS type, e.wikidata_id AS wikidata_id, e.wikipedia AS wikipedia,
           e.description AS description, e.country AS country, e.aliases AS aliases, e.articles AS articles
    """,
    name="entities",
)

CANONICAL_ID = Query("MATCH (f:FormerId {id: $id})-[:NOW]->(e:Entity) RETURN e.id AS id", name="canonical_id")

# The full-text index only finds candidates: which of them hold the words, how well each fits and the order are ours,
# the same on every database. Words come with the blanks around them: all of `$whole`, and one that begins with
# `$beginning`.
SEARCH_ENTITIES = Query(
    """
    CALL db.index.fulltext.queryNodes('entity_names', $words) YIELD node AS e
    WITH DISTINCT e WHERE (size($types) = 0 OR e.type IN $types)
      AND all(word IN $whole WHERE any(form IN e.folded WHERE (' ' + form + ' ') CONTAINS word))
      AND any(form IN e.folded WHERE (' ' + form) CONTAINS $beginning)
    WITH e, CASE WHEN e.folded[0] = $text THEN 0
                 WHEN e.folded[0] STARTS WITH $text THEN 1
                 WHEN $text IN e.folded THEN 2
                 WHEN any(form IN e.folded WHERE form STARTS WITH $text) THEN 3
                 ELSE 4 END AS fit
    RETURN e.id AS id, e.name AS name, e.type AS type, e.wikidata_id AS wikidata_id, e.wikipedia AS wikipedia,
           e.description AS description, e.country AS country, e.aliases AS aliases, e.articles AS articles
    ORDER BY fit, articles DESC, id SKIP $skip LIMIT $limit
    """,
    name="search_entities",
)

COUNT_SEARCHED_ENTITIES = Query(
    """
    CALL db.index.fulltext.queryNodes('entity_names', $words) YIELD node AS e
    WITH DISTINCT e WHERE (size($types) = 0 OR e.type IN $types)
      AND all(word IN $whole WHERE any(form IN e.folded WHERE (' ' + form + ' ') CONTAINS word))
      AND any(form IN e.folded WHERE (' ' + form) CONTAINS $beginning)
    RETURN count(e) AS total
    """,
    name="count_searched_entities",
)

LIST_ENTITIES = Query(
    """
    MATCH (e:Entity) WHERE size($types) = 0 OR e.type IN $types
    RETURN e.id AS id, e.name AS name, e.type AS type, e.wikidata_id AS wikidata_id, e.wikipedia AS wikipedia,
           e.description AS description, e.country AS country, e.aliases AS aliases, e.articles AS articles
    ORDER BY articles DESC, id SKIP $skip LIMIT $limit
    """,
    name="list_entities",
)

COUNT_ENTITIES = Query(
    "MATCH (e:Entity) WHERE size($types) = 0 OR e.type IN $types RETURN count(e) AS total", name="count_entities"
)

RELATIONS = Query(
    """
    MATCH (e:Entity {id: $id})-[r:LEADS|HOLDS_OFFICE|MEMBER_OF|PART_OF|BACKED_BY|ALLIED_WITH|OPPOSES
                                 |HEADQUARTERED_IN|SIGNATORY_OF]-(other:Entity)
    RETURN type(r) AS relation, startNode(r).id = $id AS outgoing, r.office AS office,
           r.since AS since, r.until AS until, r.source AS source, other.id AS other
    """,
    name="relations",
)

# --- articles ------------------------------------------------------------------------------------------------------

ARTICLES = Query(
    """
    UNWIND $ids AS id MATCH (a:Article {id: id})
    RETURN a.id AS id, a.url AS url, a.given_id AS given_id, a.title AS title, a.publisher AS publisher,
           a.language AS language, a.published_at AS published_at, a.date_precision AS date_precision,
           a.tags AS tags, a.themes AS themes, a.takeaways AS takeaways, a.extra AS extra,
           a.content_hash AS content_hash
    """,
    name="articles",
)

ARTICLES_WITH_TEXT = Query(
    """
    UNWIND $ids AS id MATCH (a:Article {id: id})
    RETURN a.id AS id, a.url AS url, a.given_id AS given_id, a.title AS title, a.publisher AS publisher,
           a.language AS language, a.published_at AS published_at, a.date_precision AS date_precision,
           a.tags AS tags, a.themes AS themes, a.takeaways AS takeaways, a.extra AS extra,
           a.content_hash AS content_hash, a.text AS text, a.text_kept AS text_kept,
           a.sentence_bounds AS sentence_bounds, a.extracted_by AS extracted_by, a.ingested_at AS ingested_at
    """,
    name="articles_with_text",
)

MENTIONS_OF_ARTICLES = Query(
    """
    UNWIND $ids AS id MATCH (a:Article {id: id})-[m:MENTIONS]->(e:Entity)
    RETURN a.id AS article, e.id AS entity, m.evidence AS evidence, m.source AS source, m.tie AS tie,
           m.sentence AS sentence, m.start AS start, m.end AS end, m.kind AS kind, m.surface AS surface,
           m.stands_for AS stands_for
    """,
    name="mentions_of_articles",
)

MENTIONS_OF_SOME = Query(
    """
    UNWIND $ids AS id MATCH (a:Article {id: id})-[m:MENTIONS]->(e:Entity) WHERE e.id IN $entities
    RETURN a.id AS article, e.id AS entity, m.evidence AS evidence, m.source AS source, m.tie AS tie,
           m.sentence AS sentence, m.start AS start, m.end AS end, m.kind AS kind, m.surface AS surface,
           m.stands_for AS stands_for
    """,
    name="mentions_of_some",
)

ENTITY_ARTICLES = Query(
    """
    MATCH (e:Entity {id: $id})<-[m:MENTIONS]-(a:Article)
    WHERE ($since IS NULL OR a.published_day >= $since) AND ($until IS NULL OR a.published_day <= $until)
    RETURN a.id AS id, m.evidence AS evidence, a.published_day AS day
    ORDER BY coalesce(day, -1000000) DESC, id SKIP $skip LIMIT $limit
    """,
    name="entity_articles",
)

COUNT_ENTITY_ARTICLES = Query(
    """
    MATCH (e:Entity {id: $id})<-[m:MENTIONS]-(a:Article)
    WHERE ($since IS NULL OR a.published_day >= $since) AND ($until IS NULL OR a.published_day <= $until)
    RETURN count(a) AS total
    """,
    name="count_entity_articles",
)

# The index of days gives them in their order, and does not hold those without a date, which come last.
LIST_DATED_ARTICLES = Query(
    """
    MATCH (a:Article) WHERE a.published_day >= $since AND a.published_day <= $until
    RETURN a.id AS id, a.published_day AS day
    ORDER BY day DESC, id SKIP $skip LIMIT $limit
    """,
    name="list_dated_articles",
)

LIST_UNDATED_ARTICLES = Query(
    """
    MATCH (a:Article) WHERE a.id > '' AND a.published_day IS NULL
    RETURN a.id AS id ORDER BY id SKIP $skip LIMIT $limit
    """,
    name="list_undated_articles",
)

LIST_ARTICLES_OF_PUBLISHER = Query(
    """
    MATCH (a:Article {publisher: $publisher})
    WHERE ($since IS NULL OR a.published_day >= $since) AND ($until IS NULL OR a.published_day <= $until)
    RETURN a.id AS id, a.published_day AS day
    ORDER BY coalesce(day, -1000000) DESC, id SKIP $skip LIMIT $limit
    """,
    name="list_articles_of_publisher",
)

COUNT_ARTICLES_OF_PUBLISHER = Query(
    """
    MATCH (a:Article {publisher: $publisher})
    WHERE ($since IS NULL OR a.published_day >= $since) AND ($until IS NULL OR a.published_day <= $until)
    RETURN count(a) AS total
    """,
    name="count_articles_of_publisher",
)

SEARCH_ARTICLES = Query(
    """
    CALL db.index.fulltext.queryNodes('article_titles', $words) YIELD node AS a
    WITH DISTINCT a, ' ' + a.folded_title + ' ' AS title
    WHERE all(word IN $whole WHERE title CONTAINS word) AND title CONTAINS $beginning
      AND ($publisher IS NULL OR a.publisher = $publisher)
      AND ($since IS NULL OR a.published_day >= $since) AND ($until IS NULL OR a.published_day <= $until)
    RETURN a.id AS id, a.published_day AS day
    ORDER BY coalesce(day, -1000000) DESC, id SKIP $skip LIMIT $limit
    """,
    name="search_articles",
)

COUNT_SEARCHED_ARTICLES = Query(
    """
    CALL db.index.fulltext.queryNodes('article_titles', $words) YIELD node AS a
    WITH DISTINCT a, ' ' + a.folded_title + ' ' AS title
    WHERE all(word IN $whole WHERE title CONTAINS word) AND title CONTAINS $beginning
      AND ($publisher IS NULL OR a.publisher = $publisher)
      AND ($since IS NULL OR a.published_day >= $since) AND ($until IS NULL OR a.published_day <= $until)
    RETURN count(a) AS total
    """,
    name="count_searched_articles",
)

ARTICLES_BY_URL = Query("MATCH (a:Article {url: $url}) RETURN a.id AS id ORDER BY id", name="articles_by_url")

# --- everything, page by page --------------------------------------------------------------------------------------

INCIDENCE_PAGE = Query(
    """
    MATCH (a:Article) WHERE a.id > $after WITH a ORDER BY a.id LIMIT $limit
    OPTIONAL MATCH (a)-[m:MENTIONS]->(e:Entity)
    RETURN a.id AS article, a.published_at AS published_at, a.date_precision AS date_precision,
           e.id AS entity, e.type AS type, m.tie AS tie, m.sentence AS sentence
    ORDER BY article
    """,
    name="incidence_page",
)

# The same for some articles; of those that are gone there is no row.
INCIDENCES_OF = Query(
    """
    UNWIND $ids AS id MATCH (a:Article {id: id})
    OPTIONAL MATCH (a)-[m:MENTIONS]->(e:Entity)
    RETURN a.id AS article, a.published_at AS published_at, a.date_precision AS date_precision,
           e.id AS entity, e.type AS type, m.tie AS tie, m.sentence AS sentence
    """,
    name="incidences_of",
)

# What was written after a version; the log goes back some hundred writes.
WRITES_SINCE = Query(
    """
    MATCH (w:Write) WHERE w.version > $version
    RETURN w.version AS version, w.articles AS articles ORDER BY version
    """,
    name="writes_since",
)

ARTICLE_PAGE = Query(
    "MATCH (a:Article) WHERE a.id > $after RETURN a.id AS id ORDER BY id LIMIT $limit", name="article_page"
)

TEXTS_MISSING = Query("MATCH (a:Article) WHERE a.text_kept = false RETURN count(a) AS articles", name="texts_missing")
