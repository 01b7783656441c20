"""Statements that analysts write: both levels let them through."""

from __future__ import annotations

import pytest
from legitimate_statements import PARAMETERS, TOPICS

from graph.cypher_guard import Level, check

STATEMENTS = [
    # Matching and filtering
    "MATCH (e:Entity) RETURN e.name LIMIT 10",
    "match (e:Entity {id: $id}) return e.name as name, e.type as type;",
    """MATCH (e:Entity) WHERE e.articles >= 5 AND e.type = 'person' RETURN e.name
    ORDER BY e.articles DESC, e.name SKIP 20 LIMIT 20""",
    "MATCH (e:Entity) WHERE e.name STARTS WITH 'Al' OR e.name ENDS WITH 'sk' OR e.name CONTAINS 'ol' RETURN e",
    "MATCH (e:Entity) WHERE NOT e.type IN ['place', 'event'] AND e.country IS NOT NULL RETURN count(*)",
    "MATCH (e:Entity) WHERE toLower(e.name) =~ '(?i).*(nuclear|missile).*' RETURN e.name",
    r"MATCH (e:Entity) WHERE e.id =~ 'Q\\d+' RETURN count(e)",
    "MATCH (n) WHERE n:Entity OR n:Article RETURN labels(n), count(*) AS n",
    "MATCH (n:Entity|Article) RETURN DISTINCT labels(n) AS kinds",
    "MATCH (n:!Article&(Entity|Event)) RETURN count(n)",
    "MATCH (n IS Entity) WHERE n IS Entity RETURN n.name",
    "MATCH (n:%) RETURN count(n)",
    "MATCH (e:Entity WHERE e.articles > 3)-[r:CO_MENTIONED WHERE r.articles > 2]-(o) RETURN o.name, r.articles",
    "MATCH (a:Entity {id: 'Q794'}), (b:Entity {id: 'Q801'}) MATCH (a)<-[:MENTIONS]-(x)-[:MENTIONS]->(b) RETURN x.title",
    "OPTIONAL MATCH (e:Entity {id: $id}) RETURN e IS NULL AS missing",
    """MATCH (a:Article) WHERE (a)-[:MENTIONS]->(:Entity {id: $id}) AND NOT (a)-[:MENTIONS]->(:Entity {id: $other})
    RETURN a.url""",
    "MATCH (e) WHERE e.`published at` IS NULL RETURN e.`odd ``name``` AS `a b`",
    "MATCH (e:Entity) USING INDEX e:Entity(id) WHERE e.id = 'Q1' RETURN e",
    "MATCH (e:Entity) USING TEXT INDEX e:Entity(name) WHERE e.name CONTAINS 'x' RETURN e",
    "MATCH (e:Entity) USING INDEX SEEK e:Entity(id, type) WHERE e.id = 'Q1' AND e.type = 'x' RETURN e",
    "MATCH (a:Article)-->(e:Entity) USING SCAN a:Article USING JOIN ON a, e RETURN count(*)",
    "MATCH (b) WHERE ()-->(b) AND (:Entity)--(b) AND ({id: 'Q1'})-[]-(b) RETURN b",
    # Relationships and paths
    "MATCH (a)-[r]->(b) RETURN type(r), count(r) ORDER BY count(r) DESC",
    "MATCH (a)<-[:MENTIONS|CITES]-(b) RETURN a, b LIMIT 5",
    "MATCH (a)-[:MENTIONS|:CITES]-(b) RETURN a, b LIMIT 5",
    "MATCH (a)--(b)<--(c)-->(d) RETURN a, b, c, d LIMIT 5",
    "MATCH p = (a:Entity {id: 'Q1'})-[:CO_MENTIONED*1..3]-(b:Entity {id: 'Q2'}) RETURN p LIMIT 5",
    "MATCH p = (a)-[*2]-(b) RETURN length(p), [n IN nodes(p) | n.name] AS names LIMIT 3",
    "MATCH p = (a)-[r:CO_MENTIONED*..4 {kind: 'x'}]->(b) RETURN size(r), relationships(p) LIMIT 3",
    """MATCH (a:Entity {id: 'Q1'}), (b:Entity {id: 'Q2'}) MATCH p = shortestPath((a)-[:CO_MENTIONED*..15]-(b))
    RETURN length(p)""",
    "MATCH p = allShortestPaths((a:Entity {id: $a})-[:CO_MENTIONED*..6]-(b:Entity {id: $b})) RETURN p",
    "MATCH (a:Entity {id: 'Q1'}), (b:Entity {id: 'Q2'}) RETURN length(shortestPath((a)-[*..10]-(b))) AS hops",
    "MATCH p = SHORTEST 2 (a:Entity {id: 'Q1'})-[:CO_MENTIONED]-{1,8}(b:Entity {id: 'Q2'}) RETURN p",
    "MATCH p = ANY SHORTEST (a:Entity {id: 'Q1'})-[:CO_MENTIONED]-{,8}(b:Entity) RETURN p LIMIT 5",
    "MATCH ALL SHORTEST PATHS (a:Entity {id: 'Q1'})-[:CO_MENTIONED]->{1,4}(b:Entity) RETURN b LIMIT 5",
    """MATCH (a:Entity {id: 'Q1'}) ((x)-[r:CO_MENTIONED]-(y) WHERE r.articles > 2){1,3} (b:Entity)
    RETURN [n IN y | n.name] LIMIT 5""",
    "MATCH (a)-[:CO_MENTIONED]->{2}(b) RETURN a, b LIMIT 5",
    "MATCH p = ((a)-[:CO_MENTIONED]-(b)) RETURN p LIMIT 1",
    """MATCH p = (a)-[*1..2]-(b) WHERE all(n IN nodes(p) WHERE n:Entity) AND none(r IN relationships(p)
    WHERE r.articles < 2) RETURN p LIMIT 5""",
    # Aggregating
    """MATCH (a:Article)-[:MENTIONS]->(e:Entity) RETURN e.name, count(DISTINCT a) AS articles
    ORDER BY articles DESC LIMIT 25""",
    """MATCH (e:Entity) RETURN e.type AS type, count(*) AS n, avg(e.articles) AS mean, stDev(e.articles),
    percentileCont(e.articles, 0.9)""",
    "MATCH (e:Entity) WITH e.type AS type, collect(e.name)[..5] AS names RETURN type, names",
    """MATCH (e:Entity) WITH e ORDER BY e.articles DESC LIMIT 3 MATCH (e)-[r:CO_MENTIONED]-(o)
    RETURN e.name, collect({name: o.name, n: r.articles}) AS ties""",
    "MATCH (e:Entity) WITH DISTINCT e.country AS c WHERE c IS NOT NULL RETURN collect(c) AS countries",
    """MATCH (a:Article)-[:MENTIONS]->(x:Entity) WHERE x.id IN $ids WITH a, count(*) AS c WHERE c = $n
    RETURN a.id, a.title""",
    "MATCH (e:Entity) WITH *, size(e.aliases) AS n RETURN *",
    "MATCH (e:Entity) RETURN *, e.name AS name ORDER BY name ASCENDING",
    "MATCH (e:Entity) ORDER BY e.name LIMIT 3 RETURN e.name",
    "MATCH (e:Entity) WITH e SKIP 5 RETURN e.name OFFSET 2 LIMIT toInteger($n)",
    # UNWIND, lists and maps
    "UNWIND $ids AS id MATCH (e:Entity {id: id}) RETURN id, e.name",
    "UNWIND range(1, 12) AS month RETURN month",
    "UNWIND range(-10, 10, 5) AS x RETURN x, abs(x), sign(x), x % 3, x ^ 2, -x, +x",
    "UNWIND [[1, 2], [3]] AS xs UNWIND xs AS x RETURN x",
    "RETURN [x IN range(0, 9) WHERE x % 2 = 0 | x * x] AS squares",
    "RETURN [x IN [y IN $names WHERE y <> ''] | toUpper(x)] AS names",
    """MATCH (e:Entity) RETURN [a IN e.aliases WHERE a STARTS WITH 'U'] AS aliases, any(a IN e.aliases
    WHERE a = 'EU') AS eu""",
    "MATCH (a:Article) RETURN [(a)-[:MENTIONS]->(e:Entity) WHERE e.type = 'person' | e.name] AS people LIMIT 3",
    "MATCH (a:Entity {id: $id}) RETURN [p = (a)<-[:MENTIONS]-(x)-[:MENTIONS]->(b) | length(p)] AS l",
    "MATCH (e:Entity) RETURN e {.id, .name, ties: COUNT { (e)--() }, e, other: $x} AS map LIMIT 1",
    "MATCH (e:Entity) RETURN e {.*} AS everything LIMIT 1",
    "RETURN {a: 1, b: [1, 2, {c: null}], `d e`: true} AS map",
    "WITH [1, 2, 3] AS xs RETURN xs[0], xs[-1], xs[1..], xs[..2], xs[0..2], head(xs), last(xs), tail(xs), size(xs)",
    "WITH {a: {b: [10, 20]}} AS m RETURN m.a.b[1], m['a'], keys(m)",
    "RETURN [1, 2] + [3] AS l, 'a' + 'b' AS s, 'a' || 'b' AS t, 2 IN [1, 2] AS there",
    "MATCH (e) WITH e WHERE 'x' IN labels(e) RETURN properties(e)",
    "MATCH (e) RETURN [x IN labels(e) WHERE e:Entity | x] AS l LIMIT 1",
    "WITH 1 AS x, [1, 2] AS xs RETURN [x IN xs, NOT x IN xs] AS l, [x IN xs] AS copy, (x) - xs[0] AS d, (xs)-[1] AS e",
    # CASE and booleans
    """MATCH (e:Entity) RETURN CASE WHEN e.articles > 100 THEN 'hub' WHEN e.articles > 10 THEN 'known'
    ELSE 'rare' END AS kind, count(*)""",
    "MATCH (e:Entity) RETURN CASE e.type WHEN 'person' THEN 1 WHEN 'state', 'place' THEN 2 ELSE 3 END AS rank",
    "RETURN CASE $x WHEN IS NULL THEN 0 WHEN > 3 THEN 1 WHEN STARTS WITH 'a' THEN 2 END AS r",
    "RETURN CASE WHEN true THEN CASE 1 WHEN 1 THEN 'a' END END AS nested",
    "RETURN NOT (true AND false) XOR true AS b, 1 < 2 <= 3 AS chain, 1 <> 2 AS differs",
    "RETURN $x IS :: INTEGER NOT NULL AS i, $y IS NOT TYPED LIST<STRING | FLOAT> AS l, $z :: ZONED DATETIME AS z",
    "RETURN $x IS :: TIMESTAMP WITH TIME ZONE AS t, [x IN $xs WHERE x IS :: STRING | x] AS texts",
    "RETURN 'x' IS NORMALIZED AS a, 'x' IS NOT NFKC NORMALIZED AS b, normalize('x', NFC) AS c",
    # Subqueries
    "MATCH (e:Entity) WHERE EXISTS { (e)<-[:MENTIONS]-(:Article {publisher: 'Reuters'}) } RETURN e.name",
    "MATCH (e:Entity) WHERE EXISTS { MATCH (e)<-[:MENTIONS]-(a) WHERE a.published_at > '2026' RETURN a } RETURN e.name",
    """MATCH (e:Entity) WHERE COUNT { (e)<-[:MENTIONS]-() } > 10 RETURN e.name, COUNT { MATCH (e)--(o)
    RETURN DISTINCT o } AS o""",
    """MATCH (e:Entity) RETURN e.name, COLLECT { MATCH (e)<-[:MENTIONS]-(a) RETURN a.title
    ORDER BY a.title LIMIT 3 } AS titles""",
    "MATCH (e:Entity) CALL { WITH e MATCH (e)--(o) RETURN o ORDER BY o.name LIMIT 3 } RETURN e.name, o.name",
    "MATCH (e:Entity) CALL (e) { MATCH (e)--(o) RETURN count(o) AS n } RETURN e.name, n",
    """MATCH (e:Entity) OPTIONAL CALL (*) { MATCH (e)--(o) RETURN o.name AS n UNION MATCH (e)<--(p) RETURN p.name AS n }
    RETURN n""",
    "CALL () { RETURN 1 AS x } RETURN x",
    # UNION
    "MATCH (e:Entity) RETURN e.name AS name UNION MATCH (a:Article) RETURN a.title AS name",
    "RETURN 1 AS x UNION ALL RETURN 2 AS x UNION ALL RETURN 3 AS x",
    "RETURN 1 AS x UNION DISTINCT RETURN 2 AS x",
    # Full text and schema
    """CALL db.index.fulltext.queryNodes('entity_names', $q) YIELD node, score RETURN node.name, score
    ORDER BY score DESC LIMIT 10""",
    "CALL db.index.fulltext.queryNodes('entity_names', 'nato~') YIELD node AS e WHERE e.type = 'organisation' RETURN e",
    "call DB.LABELS() yield label return label",
    "CALL db.relationshipTypes",
    "CALL db.propertyKeys() YIELD *",
    "CALL db.schema.visualization()",
    "CALL `db`.`schema`.nodeTypeProperties()",
    "SHOW INDEXES",
    """SHOW FULLTEXT INDEXES YIELD name, labelsOrTypes AS l ORDER BY name LIMIT 5 WHERE name STARTS WITH 'e'
    RETURN name, l""",
    "SHOW ALL CONSTRAINTS WHERE type = 'UNIQUENESS'",
    "SHOW NODE PROPERTY EXISTENCE CONSTRAINTS YIELD *",
    # Dates, text, numbers
    """MATCH (a:Article) WHERE date(a.published_at) >= date('2026-01-01') RETURN a.published_at.year AS y, count(*)
    ORDER BY y""",
    "RETURN date().year, datetime('2026-11-01T10:00:00Z').epochSeconds, localdatetime.truncate('day', localdatetime())",
    "RETURN duration.between(date('2026-01-01'), date({year: 2026, month: 2, day: 3})).days AS d, duration('P1M') AS m",
    "RETURN datetime.fromEpochMillis(0) AS t, date.truncate('month', date()) AS m, time('10:00') AS c",
    """RETURN substring('abcdef', 1, 3), replace('a-b', '-', ' '), split('a,b', ','), trim('  x '), left('abc', 2),
    reverse('abc')""",
    "RETURN trim(BOTH 'x' FROM 'xax') AS a, trim(LEADING FROM ' a') AS b, trim('-' FROM '-a-') AS c, ltrim(' a') AS d",
    """RETURN round(2.345, 2), ceil(1.2), sqrt(2), pi(), rand(), toInteger('7'), toFloat('1.5'), toString(3),
    coalesce(null, 1)""",
    "RETURN 0x1F AS hex, 0o17 AS octal, 1.5e-3 AS small, .5 AS half, 1_000 AS thousand, $0 AS first, $`a b` AS quoted",
    """RETURN point({latitude: 50.4, longitude: 30.5}) AS kyiv, point.distance(point({x: 0, y: 0}), point({x: 3,
    y: 4})) AS d""",
    "RETURN 'it' AS i, \"double 'quotes'\" AS q, 'back\\\\slash\\n' AS b, '\u200cنیم‌فاصله' AS persian",
    # Layout and comments
    "// hubs\nMATCH (e:Entity) /* all of them */ RETURN e.name // CREATE is only a word here\nLIMIT 3 // done",
    "\r\n\tMATCH (e)\r\n\tRETURN e\r\n",
    "MATCH (größe:Entity) RETURN größe.имя, größe.名前",
    "FINISH",
]


@pytest.mark.parametrize("level", ["strict", "trusted"])
@pytest.mark.parametrize("statement", STATEMENTS)
def test_statement_that_reads_passes(statement: str, level: Level) -> None:
    """An analyst's statement is let through at either level."""
    check(statement, level=level)


@pytest.mark.parametrize("level", ["strict", "trusted"])
@pytest.mark.parametrize("topic", TOPICS)
def test_statements_that_run_pass(topic: str, level: Level) -> None:
    """So are those that are run on real databases, with their parameters."""
    for statement in TOPICS[topic]:
        check(statement, level=level, parameters=PARAMETERS)
