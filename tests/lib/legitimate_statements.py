"""Cypher that analysts write, by topic: both levels of the guard let it through, and both databases answer it alike."""

from __future__ import annotations

from typing import Any, Final

PARAMETERS: Final[dict[str, Any]] = {
    "id": "Q1",
    "other": "Q2",
    "ids": ["Q1", "Q2", "Q3"],
    "names": ["Entity Q1", "Entity Q4", "Nobody"],
    "type": "state",
    "since": "2024-02-01",
    "until": "2024-12-31",
    "word": "entity",
    "count": 2,
    "share": 0.25,
    "rows": [{"id": "Q1", "weight": 2}, {"id": "Q4", "weight": 5}],
    "map": {"a": 1, "b": [1, 2], "c": {"d": "e"}},
    "missing": None,
    "0": 7,
    "odd name": 8,
}

MATCHING: Final = (
    "MATCH (e:Entity) RETURN e.name ORDER BY e.name LIMIT 3",
    "match (e:Entity {id: $id}) return e.name as name, e.type as type;",
    "MATCH (e:Entity) WHERE e.articles >= 5 AND e.type = 'state' RETURN e.name ORDER BY e.articles DESC, e.name",
    "MATCH (e:Entity) WHERE e.name STARTS WITH 'Ent' AND e.name ENDS WITH '3' RETURN e.id",
    "MATCH (e:Entity) WHERE e.name CONTAINS 'Q4' OR e.name CONTAINS 'Q5' RETURN e.id ORDER BY e.id",
    "MATCH (e:Entity) WHERE NOT e.type IN ['place', 'person'] AND e.name IS NOT NULL RETURN count(*) AS n",
    "MATCH (e:Entity) WHERE e.country IS NULL RETURN count(e) AS n",
    "MATCH (e:Entity) WHERE e.id IN $ids RETURN e.name ORDER BY e.name",
    "MATCH (e:Entity) WHERE e.name =~ '(?i)entity q[1-3]' RETURN e.id ORDER BY e.id",
    "MATCH (e:Entity) WHERE toLower(e.name) =~ '.*(q1|q2).*' RETURN count(e) AS n",
    "MATCH (e:Entity) WHERE e.id =~ 'Q\\\\d+' RETURN count(e) AS n",
    "MATCH (n) WHERE n:Entity OR n:Article RETURN labels(n) AS kind, count(*) AS n ORDER BY n",
    "MATCH (n:Entity|Article) RETURN DISTINCT labels(n) AS kinds",
    "MATCH (n:!Article&(Entity|FormerId)) RETURN count(n) AS n",
    "MATCH (n:Entity&!Article) RETURN count(n) AS n",
    "MATCH (n:!Article) WHERE n:Entity RETURN count(n) AS n",
    "MATCH (e:Entity WHERE e.articles > 3) RETURN count(e) AS n",
    "MATCH (e:Entity {type: $type}) WHERE e.articles > $count RETURN e.id ORDER BY e.id",
    "OPTIONAL MATCH (e:Entity {id: 'Q99'}) RETURN e IS NULL AS missing",
    "MATCH (e:Entity) OPTIONAL MATCH (e)-[:LEADS]->(s) WITH e, s ORDER BY s.id RETURN e.id, collect(s.id) AS leads",
    "MATCH (a:Entity {id: 'Q1'}), (b:Entity {id: 'Q2'}) MATCH (a)<-[:MENTIONS]-(x)-[:MENTIONS]->(b) "
    "RETURN x.id ORDER BY x.id",
    "MATCH (a:Article) WHERE (a)-[:MENTIONS]->(:Entity {id: $id}) AND NOT (a)-[:MENTIONS]->(:Entity {id: $other}) "
    "RETURN a.id ORDER BY a.id",
    "MATCH (e:Entity) WHERE e.`no such` IS NULL RETURN count(e) AS `number of entities`",
    "MATCH (größe:Entity) RETURN größe.id AS имя ORDER BY имя",
    "MATCH (e:Entity) WHERE e.articles > 3 <> (e.type = 'state') RETURN count(e) AS n",
    "MATCH (e:Entity) WHERE 1 < e.articles <= 100 RETURN count(e) AS n",
    "MATCH (e:Entity) WHERE e.type = 'state' XOR e.articles > 5 RETURN e.id ORDER BY e.id",
    "MATCH (a:Article) WHERE a.publisher IS NULL RETURN count(a) AS n",
    "MATCH (a:Article) WHERE a.published_at >= $since AND a.published_at < $until RETURN a.id ORDER BY a.id",
    "MATCH (a:Article) WHERE a.text CONTAINS 'Entity' OR size(a.text) > 5 RETURN count(a) AS n",
    "MATCH (a:Article) USING INDEX a:Article(publisher) WHERE a.publisher = 'Reuters' RETURN count(a) AS n",
    "MATCH (e:Entity) USING SCAN e:Entity WHERE e.type = 'state' RETURN count(e) AS n",
)

PATHS: Final = (
    "MATCH (a)-[r]->(b) RETURN type(r) AS type, count(r) AS n ORDER BY type",
    "MATCH (a:Entity {id: 'Q1'})<-[:MENTIONS]-(b) RETURN count(b) AS n",
    "MATCH (a)-[:LEADS|MEMBER_OF]->(b) RETURN a.id, b.id ORDER BY a.id, b.id",
    "MATCH (a)-[:LEADS|:BACKED_BY]-(b) RETURN count(*) AS n",
    "MATCH (a:Entity)--(b:Entity)<--(c:Article) RETURN count(*) AS n",
    "MATCH (a:Article)-[m:MENTIONS {source: false}]->(e) RETURN count(m) AS n",
    "MATCH (a:Entity {id: 'Q1'})-[r:CO_MENTIONED WHERE r.articles > 1]-(b) RETURN b.id ORDER BY b.id",
    "MATCH p = (a:Entity {id: 'Q1'})-[:CO_MENTIONED*1..2]-(b:Entity {id: 'Q2'}) RETURN length(p) AS l, count(*) AS n "
    "ORDER BY l",
    "MATCH p = (a:Entity {id: 'Q4'})-[*2]-(b:Entity) RETURN DISTINCT length(p) AS l",
    "MATCH p = (a:Entity {id: $id})-[:CO_MENTIONED]-(b) RETURN [n IN nodes(p) | n.id] AS ids ORDER BY ids",
    "MATCH (a:Entity {id: $id})-[r:CO_MENTIONED*..2]-(b {id: 'Q3'}) RETURN size(r) AS hops, count(*) AS n "
    "ORDER BY hops",
    "MATCH (a:Entity {id: 'Q1'}), (b:Entity {id: 'Q6'}) MATCH p = shortestPath((a)-[:CO_MENTIONED*..15]-(b)) "
    "RETURN length(p) AS hops",
    "MATCH p = allShortestPaths((a:Entity {id: 'Q1'})-[:CO_MENTIONED*..4]-(b:Entity {id: 'Q5'})) RETURN count(p) AS n",
    "MATCH (a:Entity {id: 'Q1'}), (b:Entity {id: 'Q2'}) RETURN length(shortestPath((a)-[*..10]-(b))) AS hops",
    "MATCH p = SHORTEST 1 (a:Entity {id: 'Q1'})-[:CO_MENTIONED]-{1,4}(b:Entity {id: 'Q2'}) RETURN length(p) AS hops",
    "MATCH p = ANY SHORTEST (a:Entity {id: 'Q1'})-[:CO_MENTIONED]-{1,4}(b:Entity {id: 'Q3'}) RETURN length(p) AS hops",
    "MATCH p = ALL SHORTEST (a:Entity {id: 'Q1'})-[:CO_MENTIONED]-{1,4}(b:Entity {id: 'Q3'}) RETURN count(p) AS n",
    "MATCH (a:Entity {id: 'Q1'}) ((x)-[r:CO_MENTIONED]-(y) WHERE r.articles > 1){1,2} (b:Entity {id: 'Q2'}) "
    "RETURN size(r) AS hops, count(*) AS n ORDER BY hops",
    "MATCH (a:Entity {id: 'Q1'})-[:CO_MENTIONED]-{2}(b:Entity {id: 'Q2'}) RETURN count(*) AS n",
    "MATCH p = (a:Entity {id: 'Q1'})-[:CO_MENTIONED*1..2]-(b) WHERE all(n IN nodes(p) WHERE n:Entity) "
    "AND none(r IN relationships(p) WHERE r.articles < 2) RETURN count(p) AS n",
    "MATCH p = (a:Entity {id: 'Q2'})-[:LEADS]->(b) RETURN nodes(p)[0].id AS first, nodes(p)[-1].id AS last LIMIT 1",
    "MATCH (a)-[r:LEADS]->(b) RETURN startNode(r).id AS s, endNode(r).id AS t, r.office, r.since ORDER BY r.since",
    "MATCH p = (a:Entity {id: 'Q2'})-[:LEADS]->() RETURN p",
    "MATCH (a)-[r:MEMBER_OF]->(b) RETURN a, r, b",
    "MATCH p = (a:Entity {id: 'Q1'}) RETURN length(p) AS l",
    "MATCH (a:Entity)-[r:CO_MENTIONED]->(b:Entity) WHERE a.id < b.id RETURN a.id, b.id, r.articles ORDER BY a.id, b.id",
    "MATCH (a:Entity {id: 'Q1'})-[:CO_MENTIONED]-(b)-[:CO_MENTIONED]-(c) WHERE NOT (a)-[:CO_MENTIONED]-(c) AND a <> c "
    "RETURN count(DISTINCT c) AS n",
    "MATCH (a:Entity), (b:Entity) WHERE a.id < b.id AND NOT EXISTS { (a)-[:CO_MENTIONED]-(b) } RETURN count(*) AS n",
)

AGGREGATIONS: Final = (
    "MATCH (a:Article)-[:MENTIONS]->(e:Entity) RETURN e.name, count(DISTINCT a) AS articles ORDER BY articles DESC, "
    "e.name",
    "MATCH (e:Entity) RETURN e.type AS type, count(*) AS n, sum(e.articles) AS total ORDER BY type",
    "MATCH (e:Entity) RETURN avg(e.articles) AS mean, min(e.articles) AS least, max(e.articles) AS most",
    "MATCH (e:Entity) RETURN stDev(e.articles) AS s, stDevP(e.articles) AS p",
    "MATCH (e:Entity) RETURN percentileCont(e.articles, 0.5) AS median, percentileDisc(e.articles, 0.9) AS high",
    "MATCH (e:Entity) WITH e.type AS type, e ORDER BY e.name RETURN type, collect(e.name)[..2] AS names ORDER BY type",
    "MATCH (e:Entity) WITH e ORDER BY e.articles DESC, e.id LIMIT 3 MATCH (e)-[r:CO_MENTIONED]-(o) "
    "RETURN e.name, count(o) AS n ORDER BY e.name",
    "MATCH (a:Article)-[:MENTIONS]->(x:Entity) WHERE x.id IN $ids WITH a, count(*) AS c WHERE c = $count "
    "RETURN a.id ORDER BY a.id",
    "MATCH (e:Entity) WITH DISTINCT e.type AS t RETURN count(t) AS n",
    "MATCH (e:Entity) RETURN count(DISTINCT e.type) AS types, count(e.country) AS countries",
    "MATCH (a:Article) RETURN a.publisher AS publisher, count(*) AS n ORDER BY n DESC, publisher",
    "MATCH (a:Article) RETURN substring(a.published_at, 0, 7) AS month, count(*) AS n ORDER BY month",
    "MATCH (e:Entity) WITH *, size(e.aliases) AS n WHERE n > 0 RETURN e.id, n ORDER BY e.id",
    "MATCH (e:Entity) RETURN e.id AS id, e.name AS name ORDER BY name DESCENDING SKIP 1 LIMIT 2",
    "MATCH (e:Entity) WITH e ORDER BY e.id SKIP 2 LIMIT 2 RETURN collect(e.id) AS ids",
    "MATCH (e:Entity) WITH e.id AS id ORDER BY id RETURN id SKIP toInteger($count) LIMIT toInteger($count)",
    "MATCH (a:Article)-[m:MENTIONS]->(e) WITH e, sum(m.count) AS mentions WHERE mentions > 3 "
    "RETURN e.id, mentions ORDER BY mentions DESC, e.id",
    "MATCH (a:Article)-[:MENTIONS]->(e) WITH a, count(e) AS n RETURN n, count(a) AS articles ORDER BY n",
    "MATCH (e:Entity) WITH max(e.articles) AS most MATCH (e:Entity) WHERE e.articles = most RETURN e.id ORDER BY e.id",
    "MATCH (e:Entity) WITH collect(e) AS all UNWIND all AS x RETURN x.id AS id ORDER BY id",
    "MATCH (e:Entity) WITH e ORDER BY e.id WITH collect(e.id) AS ids RETURN ids[0] AS first, ids[-1] AS last, "
    "size(ids) AS n",
    "MATCH (x:Entity {id: 'Q1'})<-[:MENTIONS]-(a)-[:MENTIONS]->(y) WITH y, count(a) AS together "
    "RETURN y.id, together, round(toFloat(together) / y.articles, 3) AS share ORDER BY y.id",
    "MATCH (a:Entity)-[r:CO_MENTIONED]-() WITH a, count(r) AS degree, sum(r.articles) AS weight "
    "RETURN a.id, degree, weight ORDER BY a.id",
    "MATCH (e:Entity) RETURN count(CASE WHEN e.type = 'state' THEN 1 END) AS states, count(*) AS n",
    "MATCH (e:Entity) WITH sum(e.articles) AS total, collect(e) AS all UNWIND all AS e "
    "RETURN e.id, round(100.0 * e.articles / total, 2) AS percent ORDER BY e.id",
    "MATCH (a:Article) WITH a.published_at AS at ORDER BY at WITH collect(at) AS dates RETURN head(dates) AS first, "
    "last(dates) AS last",
    "MATCH (e:Entity) WITH collect(e.name) AS names, collect(e.id) AS ids RETURN size(names) = size(ids) AS same",
)

LISTS: Final = (
    "UNWIND $ids AS id MATCH (e:Entity {id: id}) RETURN id, e.name ORDER BY id",
    "UNWIND $rows AS row MATCH (e:Entity {id: row.id}) RETURN e.name, row.weight * 2 AS w ORDER BY w",
    "UNWIND range(1, 12) AS month RETURN month",
    "UNWIND range(-10, 10, 5) AS x RETURN x, abs(x) AS a, sign(x) AS s, x % 3 AS m, -x AS n, +x AS p ORDER BY x",
    "UNWIND [[1, 2], [3]] AS xs UNWIND xs AS x RETURN x ORDER BY x",
    "UNWIND [1, 2, 2, null, 3] AS x RETURN count(x) AS n, count(DISTINCT x) AS d, sum(x) AS s",
    "RETURN [x IN range(0, 9) WHERE x % 2 = 0 | x * x] AS squares",
    "RETURN [x IN $names WHERE x <> 'Nobody'] AS known",
    "RETURN [x IN [y IN $names WHERE y <> ''] | toUpper(x)] AS names",
    "MATCH (e:Entity {id: 'Q1'}) RETURN [a IN e.aliases WHERE a STARTS WITH 'A'] AS aliases",
    "MATCH (e:Entity) WHERE any(a IN e.aliases WHERE a = 'Alias Q2') RETURN e.id",
    "RETURN all(x IN [1, 2] WHERE x > 0) AS a, any(x IN [1, 2] WHERE x > 1) AS b, none(x IN [1] WHERE x = 2) AS c, "
    "single(x IN [1, 2] WHERE x = 1) AS d",
    "MATCH (a:Article {id: 'a1'}) UNWIND [(a)-[:MENTIONS]->(e:Entity) WHERE e.type = 'state' | e.id] AS id "
    "RETURN id ORDER BY id",
    "MATCH (a:Entity {id: 'Q2'}) RETURN [p = (a)-[:LEADS]->(b) | length(p)] AS lengths",
    "MATCH (e:Entity) RETURN e.id, size([(e)<-[:MENTIONS]-(a) | a]) AS n ORDER BY e.id",
    "WITH [1, 2, 3] AS xs RETURN xs[0] AS a, xs[-1] AS b, xs[1..] AS c, xs[..2] AS d, xs[0..2] AS e, xs[5] AS f",
    "WITH [1, 2, 3] AS xs RETURN head(xs) AS a, last(xs) AS b, tail(xs) AS c, size(xs) AS d, reverse(xs) AS e",
    "RETURN [1, 2] + [3] AS l, 2 IN [1, 2] AS there, 3 IN [] AS never, null IN [1] AS unknown",
    "RETURN [1, 2] = [1, 2] AS same, [1, 2] <> [2, 1] AS differs, [1, [2]] AS nested",
    "WITH 1 AS x, [1, 2] AS xs RETURN [x IN xs, NOT x IN xs] AS l, [x IN xs] AS copy, (x) - xs[0] AS d",
    "RETURN isEmpty([]) AS a, isEmpty('x') AS b, isEmpty({}) AS c",
    "RETURN toIntegerList(['1', 'x']) AS a, toFloatList(['1.5']) AS b, toStringList([1, true]) AS c, "
    "toBooleanList(['true']) AS d",
    "MATCH (e:Entity) WITH e ORDER BY e.id WITH collect(e.id) AS ids "
    "RETURN [i IN range(0, 5) | ids[i]] AS copy, [x IN ids WHERE x > 'Q3'] AS late",
    "MATCH (a:Article {id: 'a2'})-[:MENTIONS]->(x) WITH collect(x.id) AS xs "
    "MATCH (b:Article {id: 'a3'})-[:MENTIONS]->(y) WITH xs[..100] AS xs, collect(y.id)[..100] AS ys "
    "RETURN size([x IN xs WHERE x IN ys]) AS shared",
    "MATCH (e:Entity) WITH e ORDER BY e.id WITH collect({id: e.id, n: e.articles}) AS all "
    "RETURN [x IN all WHERE x.n > 3 | x.id] AS many",
    "MATCH (a:Entity)-[:CO_MENTIONED]-(b) WITH a, collect(DISTINCT b.id) AS near WITH collect({id: a.id, "
    "near: near}) AS l "
    "RETURN size(l) AS n",
    "MATCH (e:Entity) WHERE e.id IN [x IN $ids | toUpper(x)] RETURN count(e) AS n",
    "WITH ['b', 'a', 'c'] AS l UNWIND l AS x WITH x ORDER BY x RETURN collect(x) AS sorted",
)

MAPS: Final = (
    "RETURN {a: 1, b: [1, 2, {c: null}], `d e`: true} AS map",
    "WITH {a: {b: [10, 20]}} AS m RETURN m.a.b[1] AS x, m['a'] AS y, keys(m) AS k",
    "RETURN $map.a AS a, $map.b[0] AS b, $map['c'].d AS d, $missing AS m",
    "MATCH (e:Entity {id: 'Q1'}) RETURN e {.id, .name, ties: COUNT { (e)-[:CO_MENTIONED]-() }} AS entity",
    "MATCH (e:Entity {id: 'Q1'}) RETURN e {.id, other: $other, list: [1, 2]} AS m",
    "MATCH (e:Entity {id: 'Q1'}) WITH e, 5 AS five RETURN e {.id, five} AS m",
    "MATCH (e:Entity {id: 'Q1'}) RETURN properties(e).name AS name, 'name' IN keys(e) AS has",
    "MATCH (e:Entity) WITH e ORDER BY e.id RETURN collect(e {.id, .type}) AS all",
    "MATCH (e:Entity) WITH e ORDER BY e.id RETURN e.type AS type, collect({id: e.id}) AS members ORDER BY type",
    "WITH {name: 'x', set: 1, delete: 2} AS m RETURN m.set + m.delete AS n, m.create IS NULL AS nothing",
    "MATCH (e:Entity {id: $id}) RETURN e['name'] AS name, e[$missing] AS nothing",
    "UNWIND [{k: 'a', v: 1}, {k: 'b', v: 2}, {k: 'a', v: 3}] AS r RETURN r.k AS k, sum(r.v) AS v ORDER BY k",
    "RETURN {a: 1} = {a: 1} AS same, {a: 1}.b IS NULL AS missing",
)

CONDITIONS: Final = (
    "MATCH (e:Entity) "
    "RETURN CASE WHEN e.articles > 20 THEN 'hub' WHEN e.articles > 10 THEN 'known' ELSE 'rare' END AS kind, "
    "count(*) AS n ORDER BY kind",
    "MATCH (e:Entity) RETURN e.id, CASE e.type WHEN 'person' THEN 1 WHEN 'state' THEN 2 ELSE 3 END AS rank "
    "ORDER BY e.id",
    "MATCH (e:Entity) RETURN e.id, CASE e.type WHEN 'state', 'place' THEN 'where' ELSE 'who' END AS q ORDER BY e.id",
    "UNWIND [null, 2, 5] AS x RETURN CASE x WHEN IS NULL THEN 0 WHEN > 3 THEN 1 ELSE 2 END AS r ORDER BY r",
    "RETURN CASE WHEN true THEN CASE 1 WHEN 1 THEN 'a' END END AS nested, CASE 5 WHEN 6 THEN 1 END AS nothing",
    "RETURN NOT (true AND false) XOR true AS b, 1 <> 2 AS differs, null = null AS unknown",
    "RETURN coalesce(null, $missing, 'x') AS c, nullIf(1, 1) AS n",
    "RETURN $id IS :: STRING AS s, $count IS :: INTEGER NOT NULL AS i, $ids IS NOT :: LIST<INTEGER> AS l",
    "RETURN $count IS TYPED INTEGER AS i, $share :: FLOAT AS f, $missing IS :: ANY AS a",
    "RETURN [x IN [1, 'a', 2.5] WHERE x IS :: STRING | x] AS texts",
    "RETURN 'x' IS NORMALIZED AS a, 'x' IS NOT NFKC NORMALIZED AS b, normalize('x', NFC) AS c",
    "RETURN valueType(1) AS i, valueType('a') AS s, valueType([1]) AS l",
    "MATCH (e:Entity) WHERE e.type = $type OR $type IS NULL RETURN count(e) AS n",
    "MATCH (e:Entity) WITH e, e.articles > 10 AS big RETURN big, count(*) AS n ORDER BY big",
    "RETURN 0x1F AS hex, 0o17 AS octal, 1.5e-3 AS small, .5 AS half, 1000 AS thousand, $0 AS first, "
    "$`odd name` AS quoted",
)

SUBQUERIES: Final = (
    "MATCH (e:Entity) WHERE EXISTS { (e)<-[:MENTIONS]-(:Article {publisher: 'Reuters'}) } RETURN e.id ORDER BY e.id",
    "MATCH (e:Entity) WHERE EXISTS { MATCH (e)<-[:MENTIONS]-(a) WHERE a.published_at > $since RETURN a } "
    "RETURN e.id ORDER BY e.id",
    "MATCH (e:Entity) WHERE NOT EXISTS { (e)-[:LEADS]->() } RETURN count(e) AS n",
    "MATCH (e:Entity) WHERE exists((e)-[:LEADS]->()) RETURN e.id ORDER BY e.id",
    "MATCH (e:Entity) WHERE COUNT { (e)<-[:MENTIONS]-() } > 10 RETURN e.id ORDER BY e.id",
    "MATCH (e:Entity) RETURN e.id, COUNT { MATCH (e)-[:CO_MENTIONED]-(o) RETURN DISTINCT o } AS n ORDER BY e.id",
    "MATCH (e:Entity) RETURN e.id, COUNT { (e)<-[:MENTIONS]-(a) WHERE a.publisher = 'Reuters' } AS n ORDER BY e.id",
    "MATCH (e:Entity {id: 'Q1'}) RETURN COLLECT { MATCH (e)<-[:MENTIONS]-(a) RETURN a.id "
    "ORDER BY a.id LIMIT 3 } AS ids",
    "MATCH (e:Entity) CALL { WITH e MATCH (e)-[:CO_MENTIONED]-(o) RETURN o ORDER BY o.id LIMIT 2 } "
    "RETURN e.id, o.id ORDER BY e.id, o.id",
    "MATCH (e:Entity) CALL (e) { MATCH (e)-[:CO_MENTIONED]-(o) RETURN count(o) AS n } RETURN e.id, n ORDER BY e.id",
    "MATCH (e:Entity) CALL (*) { MATCH (e)<-[:MENTIONS]-(a) RETURN max(a.published_at) AS latest } "
    "RETURN e.id, latest ORDER BY e.id",
    "MATCH (e:Entity) OPTIONAL CALL (e) { MATCH (e)-[:LEADS]->(s) RETURN DISTINCT s.id AS s } RETURN e.id, "
    "s ORDER BY e.id",
    "CALL () { RETURN 1 AS x UNION RETURN 2 AS x } RETURN x ORDER BY x",
    "CALL { MATCH (e:Entity) RETURN count(e) AS entities } CALL { MATCH (a:Article) RETURN count(a) AS articles } "
    "RETURN entities, articles",
    "MATCH (e:Entity {id: 'Q1'}) RETURN EXISTS { (e)-[:CO_MENTIONED]-() } AS tied, COUNT { (e)--() } > 0 AS some",
    "UNWIND $ids AS id CALL (id) { MATCH (e:Entity {id: id}) RETURN e.articles AS n } RETURN id, n ORDER BY id",
    "MATCH (a:Article) WHERE COUNT { (a)-[:MENTIONS]->(e) WHERE e.id IN $ids } >= 2 RETURN count(a) AS n",
    "MATCH (e:Entity) WHERE EXISTS { MATCH (e)-[:CO_MENTIONED]-(o) WHERE EXISTS { (o)-[:LEADS]->() } } "
    "RETURN e.id ORDER BY e.id",
    "MATCH (e:Entity) ORDER BY e.id LIMIT 2 CALL (e) { MATCH (e)<-[:MENTIONS]-(a) RETURN a.id AS a "
    "ORDER BY a LIMIT 1 } "
    "RETURN e.id, a ORDER BY e.id",
)

UNIONS: Final = (
    "MATCH (e:Entity) RETURN e.id AS id UNION MATCH (f:FormerId) RETURN f.id AS id",
    "RETURN 1 AS x UNION ALL RETURN 1 AS x UNION ALL RETURN 3 AS x",
    "RETURN 1 AS x UNION DISTINCT RETURN 1 AS x",
    "MATCH (e:Entity) WHERE e.type = 'state' RETURN 'state' AS kind, count(*) AS n UNION ALL "
    "MATCH (e:Entity) WHERE e.type = 'person' RETURN 'person' AS kind, count(*) AS n",
    "CALL { MATCH (e:Entity) RETURN e.id AS id UNION ALL MATCH (a:Article) RETURN a.id AS id } RETURN count(id) AS n",
    "MATCH (n:Entity) RETURN 'Entity' AS label, count(n) AS n UNION ALL MATCH (n:Article) RETURN 'Article' AS label, "
    "count(n) AS n",
)

SCHEMA: Final = (
    "CALL db.labels() YIELD label WHERE label IN ['Entity', 'Article'] RETURN label ORDER BY label",
    "call db.labels() yield label return count(label) > 1 as several",
    "CALL db.relationshipTypes() YIELD relationshipType AS type WHERE type = 'MENTIONS' RETURN type",
    "CALL db.propertyKeys() YIELD propertyKey WITH propertyKey WHERE propertyKey = 'aliases' RETURN propertyKey",
    "CALL db.labels()",
    "CALL db.relationshipTypes",
    "CALL db.propertyKeys() YIELD *",
    "CALL db.schema.visualization()",
    "CALL db.schema.nodeTypeProperties()",
    "CALL db.schema.relTypeProperties()",
    "SHOW INDEXES",
    "SHOW INDEXES YIELD name, type WHERE name = 'entity_names' RETURN name, type",
    "SHOW FULLTEXT INDEXES YIELD name",
    "SHOW CONSTRAINTS",
    "SHOW ALL CONSTRAINTS YIELD name RETURN count(name) AS n",
)

FULL_TEXT: Final = (
    "CALL db.index.fulltext.queryNodes('entity_names', 'q1') YIELD node RETURN node.id",
    "CALL db.index.fulltext.queryNodes('entity_names', $word) YIELD node, score WHERE score > 0 "
    "RETURN node.id AS id ORDER BY id",
    "CALL db.index.fulltext.queryNodes('entity_names', 'entit*') YIELD node RETURN count(node) AS n",
    "CALL db.index.fulltext.queryNodes('entity_names', 'entlty~') YIELD node RETURN count(node) AS n",
    "CALL db.index.fulltext.queryNodes('entity_names', '\"entity q2\"') YIELD node RETURN node.id",
    "CALL db.index.fulltext.queryNodes('entity_names', 'alias AND q3') YIELD node RETURN node.id",
    "CALL db.index.fulltext.queryNodes('entity_names', $word + '*') YIELD node RETURN count(node) AS n",
    "CALL db.index.fulltext.queryNodes('entity_names', 'q4') YIELD node AS e "
    "MATCH (e)<-[:MENTIONS]-(a) RETURN e.id, count(a) AS n",
    "CALL db.index.fulltext.queryNodes('entity_names', '+entity -q1') YIELD node RETURN node.id ORDER BY node.id",
    "CALL db.index.fulltext.queryNodes('entity_names', 'entity', {limit: 2}) YIELD node RETURN count(node) AS n",
)

TIME: Final = (
    "RETURN date('2024-05-17') AS d, date({year: 2024, month: 2, day: 29}) AS e, date('2024-05-17').year AS y",
    "WITH date('2024-05-17') AS d RETURN d.month AS m, d.day AS day, d.week AS w, d.dayOfWeek AS dow, d.quarter AS q, "
    "d.ordinalDay AS o",
    "RETURN datetime('2024-05-17T10:00:00Z') AS t, datetime('2024-05-17T10:00:00Z').epochSeconds AS s",
    "RETURN datetime('2024-05-17T10:30:00+02:00').hour AS h, localdatetime('2024-05-17T10:30:00').minute AS m",
    "RETURN localdatetime('2024-05-17T10:30:00') AS l, localtime('10:30') AS t, time('10:30Z') AS z",
    "RETURN date('2024-05-17') + duration('P1M') AS next, date('2024-05-17') - duration({days: 17}) AS before",
    "RETURN date('2024-01-31') + duration({months: 1}) AS clipped",
    "RETURN duration.between(date('2024-01-01'), date('2024-03-05')) AS d",
    "RETURN duration.inDays(date('2024-01-01'), date('2024-03-05')).days AS d",
    "RETURN duration.inSeconds(datetime('2024-01-01T00:00Z'), datetime('2024-01-02T00:00Z')).seconds AS s",
    "RETURN duration('P1Y2M10DT2H30M') AS d, duration({hours: 25}).hours AS h, duration('P10D').days AS n",
    "RETURN date.truncate('month', date('2024-05-17')) AS m, date.truncate('week', date('2024-05-17')) AS w",
    "RETURN datetime.truncate('day', datetime('2024-05-17T10:30:00Z')) AS d",
    "RETURN datetime.fromEpochMillis(0) AS t, datetime.fromEpoch(60, 0) AS m, datetime({epochSeconds: 1}) AS s",
    "RETURN date('2024-05-17') < date('2024-06-01') AS earlier, date('2024-05-17') = date('2024-05-17') AS same",
    "RETURN toString(date('2024-05-17')) AS d, toString(duration('P1D')) AS p",
    "MATCH (a:Article) WHERE a.published_at IS NOT NULL AND date(substring(a.published_at, 0, "
    "10)) >= date('2024-03-01') "
    "RETURN count(a) AS n",
    "MATCH (a:Article) WITH date(a.published_at) AS d RETURN d.month AS month, count(*) AS n ORDER BY month",
    "MATCH (a:Article) WITH max(date(a.published_at)) AS last, min(date(a.published_at)) AS first "
    "RETURN duration.between(first, last).months AS months",
    "MATCH (a:Article) RETURN date.truncate('month', date(a.published_at)) AS month, count(*) AS n ORDER BY month",
    "UNWIND range(0, 3) AS i RETURN date('2024-01-01') + duration({days: i}) AS day ORDER BY day",
    "RETURN date().year > 2000 AS now, datetime().epochMillis > 0 AS t, timestamp() > 0 AS u, "
    "localtime() IS NOT NULL AS l",
    "WITH date('2024-05-17') AS d RETURN date({date: d, day: 1}) AS first, date({year: 2024, week: 20}) AS monday",
)

TEXT: Final = (
    "RETURN substring('abcdef', 1, 3) AS a, substring('abc', 1) AS b, left('abc', 2) AS c, right('abc', 2) AS d",
    "RETURN replace('a-b-c', '-', ' ') AS a, split('a,b,c', ',') AS b, reverse('abc') AS c, size('abc') AS d",
    "RETURN trim('  x ') AS a, ltrim('  x') AS b, rtrim('x  ') AS c, btrim(' x ') AS d",
    "RETURN trim(BOTH 'x' FROM 'xax') AS a, trim(LEADING 'x' FROM 'xax') AS b, trim(TRAILING 'x' FROM 'xax') AS c",
    "RETURN toUpper('aé') AS a, toLower('ÄB') AS b, upper('x') AS c, lower('X') AS d",
    "RETURN 'a' + 'b' AS a, 'a' + 1 AS b, 'a' || 'b' AS c",
    "RETURN toString(1) AS a, toString(1.5) AS b, toString(true) AS c",
    "RETURN toInteger('7') AS a, toFloat('1.5') AS b, toBoolean('true') AS c, toInteger('x') AS d, toInteger(2.9) AS e",
    "RETURN toIntegerOrNull('x') AS a, toFloatOrNull([1]) AS b, toStringOrNull(1) AS c, toBooleanOrNull('x') AS d",
    "RETURN 'it\\'s' AS a, \"double 'quotes'\" AS b, 'back\\\\slash' AS c, 'line\\nbreak' AS d",
    "RETURN '🕊' AS dove, size('🕊') > 0 AS some, 'نیم‌فاصله' AS persian, 'é' = 'é' AS same",
    "RETURN 'abc' < 'abd' AS less, 'a' STARTS WITH '' AS empty, 'abc' CONTAINS 'b' AS b, 'abc' ENDS WITH 'c' AS c",
    "MATCH (e:Entity) RETURN e.name + ' (' + e.type + ')' AS title ORDER BY title",
    "MATCH (e:Entity) RETURN toUpper(left(e.name, 1)) AS initial, count(*) AS n",
    "MATCH (e:Entity) RETURN split(e.name, ' ')[1] AS last ORDER BY last",
    "MATCH (a:Article) WHERE toLower(a.text) CONTAINS $word RETURN count(a) AS n",
    "MATCH (a:Article) RETURN a.id, size(a.text) AS length ORDER BY length DESC, a.id LIMIT 3",
    "MATCH (e:Entity) WHERE e.name = 'Entity ' + $id RETURN e.id",
    "RETURN char_length('abc') AS a, character_length('abcd') AS b",
    "// hubs\nMATCH (e:Entity) /* all of them */ "
    "RETURN e.id // CREATE is only a word here\nORDER BY e.id LIMIT 3 // done",
    "\r\n\tMATCH (e:Entity)\r\n\tRETURN count(e) AS n\r\n",
    "RETURN 'DETACH DELETE; LOAD CSV' AS text, \"CALL dbms.killConnection('1')\" AS other",
)

NUMBERS: Final = (
    "RETURN 1 + 2 * 3 AS a, (1 + 2) * 3 AS b, 7 / 2 AS c, 7.0 / 2 AS d, 7 % 3 AS e, 2 ^ 10 AS f, -3 AS g",
    "RETURN abs(-1) AS a, ceil(1.2) AS b, floor(1.8) AS c, round(2.5) AS d, round(2.345, 2) AS e, sign(-2) AS f",
    "RETURN sqrt(16) AS a, exp(0) AS b, log(1) AS c, log10(100) AS d, pi() > 3 AS e, e() > 2 AS f",
    "RETURN sin(0) AS a, cos(0) AS b, tan(0) AS c, asin(0) AS d, acos(1) AS e, atan(0) AS f, atan2(0, 1) AS g, "
    "cot(1) > 0 AS h",
    "RETURN degrees(pi()) AS a, radians(180) > 3 AS b, haversin(0) AS c",
    "RETURN rand() < 1 AS a, randomUUID() <> '' AS b, isNaN(0.0 / 0.0) AS c",
    "RETURN round(2.5, 0, 'HALF_EVEN') AS a, round(-1.5) AS b, toInteger(round(9.7)) AS c",
    "RETURN point({latitude: 50.4, longitude: 30.5}).latitude AS lat, "
    "point.distance(point({x: 0, y: 0}), point({x: 3, y: 4})) AS d",
    "RETURN vector.similarity.cosine([1.0, 0.0], [1.0, 0.0]) AS same",
    "MATCH (e:Entity) RETURN e.id, round(log(1 + e.articles), 4) AS l ORDER BY e.id",
    "RETURN 10 / 3 AS a, 10 % 3 AS b, 10.0 / 4 AS c, 1e3 AS d, 2 ^ 0.5 > 1.4 AS e",
)

TOPICS: Final = {
    "matching": MATCHING,
    "paths": PATHS,
    "aggregations": AGGREGATIONS,
    "lists": LISTS,
    "maps": MAPS,
    "conditions": CONDITIONS,
    "subqueries": SUBQUERIES,
    "unions": UNIONS,
    "schema": SCHEMA,
    "full text": FULL_TEXT,
    "time": TIME,
    "text": TEXT,
    "numbers": NUMBERS,
}

_SELECTORS: Final = "path selectors are not in the embedded engine: shortestPath and allShortestPaths are"
_SCHEMA_TYPES: Final = "not in the embedded engine: db.labels and db.propertyKeys are"
ONLY_ON_NEO4J: Final = {
    **dict.fromkeys((statement for statement in PATHS if "SHORTEST " in statement), _SELECTORS),
    "CALL db.schema.nodeTypeProperties()": _SCHEMA_TYPES,
    "CALL db.schema.relTypeProperties()": _SCHEMA_TYPES,
}
"""What the embedded database does not answer, with the reason."""

_DECLARED: Final = "the embedded database tells what is declared, Neo4j what has ever been used"
_ITS_OWN: Final = "each database describes its own indexes and constraints"
ANSWERED_DIFFERENTLY: Final = {
    "CALL db.relationshipTypes": _DECLARED,
    "CALL db.propertyKeys() YIELD *": _DECLARED,
    "CALL db.schema.visualization()": "rows of types, not one row of nodes and relationships",
    "SHOW INDEXES": _ITS_OWN,
    "SHOW CONSTRAINTS": _ITS_OWN,
    "SHOW ALL CONSTRAINTS YIELD name RETURN count(name) AS n": _ITS_OWN,
    "RETURN valueType(1) AS i, valueType('a') AS s, valueType([1]) AS l": "LIST<ANY> for a list of integers",
}
"""What both answer, but not alike, with the reason."""
