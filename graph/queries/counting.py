"""What the database counts by itself.

Long lists of ids are unwound and looked up one by one: the embedded database goes through an IN list for every row.
Rows are grouped by node, and nodes are filtered when they are grouped, so that each is read once.

A window is `$since` and `$until`, day numbers or null for a side left open; a comparison with the missing day of an
undated article is null, so a window leaves it out. "Names all of them" is asked as IN and a count, which takes either
database a few milliseconds where a pattern with every entity takes seconds. `m.tie` marks the mentions that count.
"""

from __future__ import annotations

from graph.database import Query

COUNT_ARTICLES = Query("MATCH (a:Article) RETURN count(a) AS articles", name="count_articles")

# Both sides of the window are given, so that the index of days counts.
COUNT_DATED_ARTICLES = Query(
    """
    MATCH (a:Article) WHERE a.published_day >= $since AND a.published_day <= $until
    RETURN count(a) AS articles
    """,
    name="count_dated_articles",
)

FREQUENCIES = Query(
    """
    UNWIND $ids AS id MATCH (e:Entity {id: id})<-[m:MENTIONS]-(a:Article)
    WHERE m.tie
      AND ($since IS NULL OR a.published_day >= $since) AND ($until IS NULL OR a.published_day <= $until)
    RETURN id, count(*) AS articles
    """,
    name="frequencies",
)

COUNT_NAMING_ALL = Query(
    """
    MATCH (a:Article)-[m:MENTIONS]->(e:Entity)
    WHERE e.id IN $ids AND m.tie
      AND ($since IS NULL OR a.published_day >= $since) AND ($until IS NULL OR a.published_day <= $until)
    WITH a, count(*) AS named WHERE named = $named
    RETURN count(a) AS articles
    """,
    name="count_naming_all",
)

ARTICLES_NAMING_ALL = Query(
    """
    MATCH (a:Article)-[m:MENTIONS]->(e:Entity)
    WHERE e.id IN $ids AND m.tie
      AND ($since IS NULL OR a.published_day >= $since) AND ($until IS NULL OR a.published_day <= $until)
    WITH a, count(*) AS named WHERE named = $named
    RETURN a.id AS id, a.published_day IS NULL AS undated, a.published_day AS day
    ORDER BY undated, day DESC, id SKIP $offset LIMIT $limit
    """,
    name="articles_naming_all",
)

# `sentence` holds one item a mention, so each sentence counts where it stands there for the first time.
PAIR_SENTENCES = Query(
    """
    MATCH (a:Article)-[m:MENTIONS]->(e:Entity)
    WHERE e.id IN $ids AND m.tie
      AND ($since IS NULL OR a.published_day >= $since) AND ($until IS NULL OR a.published_day <= $until)
    WITH a, collect(m.sentence) AS places WHERE size(places) = 2
    WITH a, places[0] AS x, places[1] AS y
    RETURN a.id AS id, a.published_day IS NULL AS undated, a.published_day AS day,
           size([i IN range(0, size(x) - 1) WHERE x[i] IN y AND NOT x[i] IN x[0..i]]) AS together
    ORDER BY undated, day DESC, id
    """,
    name="pair_sentences",
)

# Days of the articles that name at least `$named` of some entities.
DAYS_NAMING = Query(
    """
    MATCH (a:Article)-[m:MENTIONS]->(e:Entity)
    WHERE e.id IN $ids AND m.tie
      AND ($since IS NULL OR a.published_day >= $since) AND ($until IS NULL OR a.published_day <= $until)
    WITH a, count(*) AS named WHERE named >= $named AND a.date_precision IN $precisions
    RETURN a.published_day AS day, count(a) AS articles
    """,
    name="days_naming",
)

# The ties of one entity as they are stored, over all articles.
STORED_TIES = Query(
    """
    MATCH (e:Entity {id: $id})-[t:CO_MENTIONED]-(o:Entity)
    WHERE t.articles >= $min_articles AND (size($types) = 0 OR o.type IN $types)
    RETURN o.id AS id, t.articles AS articles, t.sentences AS sentences,
           t.first_seen AS first_seen, t.last_seen AS last_seen
    """,
    name="stored_ties",
)

# Who is named together with all of some entities.
COMPANIONS = Query(
    """
    MATCH (a:Article)-[m:MENTIONS]->(e:Entity)
    WHERE e.id IN $ids AND m.tie
      AND ($since IS NULL OR a.published_day >= $since) AND ($until IS NULL OR a.published_day <= $until)
    WITH a, a.published_at AS published_at, count(*) AS named WHERE named = $named
    MATCH (a)-[n:MENTIONS]->(o:Entity) WHERE n.tie
    WITH o, count(*) AS articles, min(published_at) AS first_seen, max(published_at) AS last_seen
    WHERE articles >= $min_articles AND NOT o.id IN $ids AND (size($types) = 0 OR o.type IN $types)
    RETURN o.id AS id, articles, first_seen, last_seen
    """,
    name="companions",
)

# The sentences that name all of some entities and one of their companions.
COMPANION_SENTENCES = Query(
    """
    MATCH (a:Article)-[m:MENTIONS]->(e:Entity)
    WHERE e.id IN $ids AND m.tie
      AND ($since IS NULL OR a.published_day >= $since) AND ($until IS NULL OR a.published_day <= $until)
    WITH a, count(*) AS named, collect(m.sentence) AS places WHERE named = $named
    MATCH (a)-[n:MENTIONS]->(o:Entity) WHERE o.id IN $companions AND n.tie
    WITH o, size([i IN range(0, size(n.sentence) - 1)
                  WHERE all(place IN places WHERE n.sentence[i] IN place)
                    AND NOT n.sentence[i] IN n.sentence[0..i]]) AS together
    RETURN o.id AS id, sum(together) AS sentences
    """,
    name="companion_sentences",
)

# How many are tied to each of some entities, over all articles.
STORED_DEGREES = Query(
    """
    UNWIND $ids AS id MATCH (e:Entity {id: id})-[t:CO_MENTIONED]-(o:Entity)
    WHERE t.articles >= $min_articles AND (size($types) = 0 OR o.type IN $types)
    RETURN id, count(o) AS others
    """,
    name="stored_degrees",
)

DEGREES = Query(
    """
    UNWIND $ids AS id MATCH (e:Entity {id: id})<-[m:MENTIONS]-(a:Article)
    WHERE m.tie
      AND ($since IS NULL OR a.published_day >= $since) AND ($until IS NULL OR a.published_day <= $until)
    MATCH (a)-[n:MENTIONS]->(o:Entity) WHERE n.tie
    WITH id, o, count(*) AS articles
    WHERE articles >= $min_articles AND o.id <> id AND (size($types) = 0 OR o.type IN $types)
    RETURN id, count(o) AS others
    """,
    name="degrees",
)

STORED_TIES_AMONG = Query(
    """
    MATCH (x:Entity)-[t:CO_MENTIONED]->(y:Entity)
    WHERE x.id IN $ids AND y.id IN $ids AND t.articles >= $min_articles
    RETURN x.id AS source, y.id AS target, t.articles AS articles, t.sentences AS sentences,
           t.first_seen AS first_seen, t.last_seen AS last_seen
    """,
    name="stored_ties_among",
)

TIES_AMONG = Query(
    """
    MATCH (a:Article)-[m:MENTIONS]->(e:Entity)
    WHERE e.id IN $ids AND m.tie
      AND ($since IS NULL OR a.published_day >= $since) AND ($until IS NULL OR a.published_day <= $until)
    WITH a, collect({id: e.id, sentence: m.sentence}) AS named WHERE size(named) > 1
    UNWIND named AS x UNWIND named AS y
    WITH a, x, y WHERE x.id < y.id
    WITH x.id AS source, y.id AS target, a,
         size([i IN range(0, size(x.sentence) - 1)
               WHERE x.sentence[i] IN y.sentence AND NOT x.sentence[i] IN x.sentence[0..i]]) AS together
    WITH source, target, count(*) AS articles, sum(together) AS sentences,
         min(a.published_at) AS first_seen, max(a.published_at) AS last_seen
    WHERE articles >= $min_articles
    RETURN source, target, articles, sentences, first_seen, last_seen
    """,
    name="ties_among",
)

ENTITIES_OF_ARTICLE = Query(
    """
    MATCH (a:Article {id: $id})-[m:MENTIONS]->(e:Entity) WHERE m.tie
    RETURN e.id AS id
    """,
    name="entities_of_article",
)

# Articles by the whole-numbered weights of the entities they share with one.
RELATED = Query(
    """
    UNWIND $weights AS w MATCH (:Entity {id: w.id})<-[m:MENTIONS]-(o:Article) WHERE m.tie
    WITH o, sum(w.weight) AS score, collect(w.id) AS shared WHERE o.id <> $id
    RETURN o.id AS id, score, shared, size(shared) AS common
    ORDER BY score DESC, common DESC, id LIMIT $limit
    """,
    name="related",
)

# Paths go step by step: what pre-filters the ties of a shortestPath() differs between databases.
STORED_NEIGHBOURS = Query(
    """
    UNWIND $ids AS id MATCH (e:Entity {id: id})-[t:CO_MENTIONED]-(o:Entity)
    WHERE t.articles >= $min_articles
      AND (size($types) = 0 OR o.type IN $types OR o.id IN $ends)
    RETURN DISTINCT o.id AS id
    """,
    name="stored_neighbours",
)

STORED_STRENGTHS = Query(
    """
    UNWIND $ids AS id MATCH (e:Entity {id: id})-[t:CO_MENTIONED]-(o:Entity)
    WHERE t.articles >= $min_articles AND o.id IN $targets
    RETURN id AS source, o.id AS target, t.articles AS articles
    """,
    name="stored_strengths",
)

NEIGHBOURS = Query(
    """
    UNWIND $ids AS source MATCH (e:Entity {id: source})<-[m:MENTIONS]-(a:Article)
    WHERE m.tie
      AND ($since IS NULL OR a.published_day >= $since) AND ($until IS NULL OR a.published_day <= $until)
    MATCH (a)-[n:MENTIONS]->(o:Entity) WHERE n.tie
    WITH source, o, count(*) AS articles
    WHERE articles >= $min_articles AND o.id <> source
      AND (size($types) = 0 OR o.type IN $types OR o.id IN $ends)
    RETURN DISTINCT o.id AS id
    """,
    name="neighbours",
)

STRENGTHS = Query(
    """
    UNWIND $ids AS source MATCH (e:Entity {id: source})<-[m:MENTIONS]-(a:Article)
    WHERE m.tie
      AND ($since IS NULL OR a.published_day >= $since) AND ($until IS NULL OR a.published_day <= $until)
    MATCH (a)-[n:MENTIONS]->(o:Entity) WHERE n.tie
    WITH source, o, count(*) AS articles
    WHERE articles >= $min_articles AND o.id <> source AND o.id IN $targets
    RETURN source, o.id AS target, articles
    """,
    name="strengths",
)
