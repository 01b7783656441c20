"""Statements that write, administer, leave the graph or run away."""

from __future__ import annotations

import pytest

from graph.cypher_guard import Level, check
from graph.errors import StatementError, StatementRefused

# What is refused whoever asks: the statement, and a word of the reason.
REFUSED = [
    # Writing
    ("CREATE (x:Intruder {name: 'x'})", "CREATE writes"),
    ("create (x)", "CREATE writes"),
    ("MATCH (e:Entity) CREATE (e)-[:KNOWS]->(:Intruder)", "CREATE writes"),
    ("MERGE (x:Entity {id: 'none'})", "MERGE writes"),
    ("MATCH (a), (b) MERGE (a)-[:KNOWS]->(b) RETURN a", "MERGE writes"),
    ("MATCH (e:Entity) SET e.name = 'renamed' RETURN e", "SET writes"),
    ("MATCH (e:Entity) SET e += {name: 'renamed'}", "SET writes"),
    ("MATCH (e) WHERE e.id = 'Q1' SET e:Intruder", "SET writes"),
    ("MATCH (e) WITH e ORDER BY e.name DESC SET e.name = ''", "SET writes"),
    ("MATCH (e) RETURN e LIMIT 1 SET e.x = 1", "SET writes"),
    ("MATCH (e) DELETE e", "DELETE writes"),
    ("MATCH (e) DETACH DELETE e", "DETACH writes"),
    ("MATCH (e) NODETACH DELETE e", "NODETACH writes"),
    ("MATCH (e) REMOVE e:Entity", "REMOVE writes"),
    ("MATCH p = (a)-->(b) FOREACH (n IN nodes(p) | SET n.seen = true)", "FOREACH writes"),
    ("INSERT (:Intruder)", "INSERT writes"),
    ("CALL { CREATE (x:Intruder) RETURN x } RETURN x", "CREATE writes"),
    ("UNWIND [1] AS i CALL (i) { MERGE (:Intruder {n: i}) }", "MERGE writes"),
    ("RETURN EXISTS { MATCH (e) DELETE e RETURN e }", "DELETE writes"),
    ("RETURN COUNT { CREATE (x) RETURN x } AS n", "CREATE writes"),
    ("RETURN 1 AS x UNION ALL CREATE (y) RETURN 2 AS x", "CREATE writes"),
    ("MATCH (e)/* reading */SET/* only */e.x = 1", "SET writes"),
    ("MATCH (e) // reading\nSET e.x = 1", "SET writes"),
    ("MATCH (e) WHERE e.text = 'it\\'s' SET e.x = 1", "SET writes"),
    ("MATCH (e:`a``b`) SET e.x = 1", "SET writes"),
    ("RETURN DISTINCT SET e.x = 1", "clause"),
    ("RETURN NOT CREATE (n)", "function create"),
    ("RETURN DISTINCT delete [n]", "backticks"),
    ("MATCH (e) RETURN set {x: 1}", "backticks"),
    ("MATCH (a) MATCH (b) RETURN a AS create MERGE (b)", "MERGE writes"),
    # Batches, several statements, prefixes
    ("MATCH (e) CALL (e) { RETURN 1 AS x } IN TRANSACTIONS OF 10 ROWS RETURN x", "IN TRANSACTIONS"),
    ("RETURN 1; RETURN 2", "more than one statement"),
    ("RETURN 1;;", "more than one statement"),
    ("MATCH (e) RETURN e; DROP INDEX entity_names", "more than one statement"),
    ("EXPLAIN MATCH (e) RETURN e", "prefix EXPLAIN"),
    ("profile match (e) return e", "prefix PROFILE"),
    ("CYPHER 25 MATCH (e) RETURN e", "prefix CYPHER"),
    ("COMMIT", "transaction of its own"),
    ("ROLLBACK", "transaction of its own"),
    # Schema, users, servers, other graphs
    ("CREATE FULLTEXT INDEX i FOR (e:Entity) ON EACH [e.name]", "CREATE writes"),
    ("DROP INDEX entity_names", "DROP administers"),
    ("ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'", "ALTER administers"),
    ("GRANT ROLE admin TO guest", "GRANT administers"),
    ("DENY READ {*} ON GRAPH * TO guest", "DENY administers"),
    ("REVOKE ROLE admin FROM guest", "REVOKE administers"),
    ("STOP DATABASE neo4j", "STOP administers"),
    ("START DATABASE neo4j", "START administers"),
    ("RENAME USER a TO b", "RENAME administers"),
    ("ENABLE SERVER 'x'", "ENABLE administers"),
    ("SESSION SET $x = 1", "SESSION administers"),
    ("TERMINATE TRANSACTIONS 'neo4j-transaction-1'", "ends the work of others"),
    ("USE other MATCH (e) RETURN e", "another graph"),
    ("MATCH (e) CALL { USE other RETURN 1 AS x } RETURN x", "another graph"),
    ("SHOW USERS", "SHOW is accepted"),
    ("SHOW TRANSACTIONS", "SHOW is accepted"),
    ("SHOW PROCEDURES EXECUTABLE", "SHOW is accepted"),
    ("SHOW INDEXES YIELD * SHOW TRANSACTIONS", "expected"),
    ("SHOW INDEXES YIELD * TERMINATE TRANSACTIONS 'x'", "expected"),
    ("MATCH (e) SHOW INDEXES", "statement of its own"),
    # Files, network, procedures, functions
    ("LOAD CSV WITH HEADERS FROM 'https://example.org/x.csv' AS row RETURN row", "LOAD CSV"),
    ("MATCH (e) LOAD CSV FROM 'file:///x' AS row RETURN row", "LOAD CSV"),
    ("RETURN EXISTS { LOAD CSV FROM 'file:///x' AS row RETURN row }", "LOAD CSV"),
    ("CALL apoc.load.json('https://example.org')", "procedure apoc.load.json"),
    ("CALL dbms.listConfig() YIELD name RETURN name", "procedure dbms.listConfig"),
    ("CALL db.clearQueryCaches", "procedure db.clearQueryCaches"),
    ("OPTIONAL CALL dbms.components() YIELD name RETURN name", "procedure dbms.components"),
    ("CALL `dbms`.`killTransaction`('x')", "procedure dbms.killTransaction"),
    ("CALL db/* */./* */checkpoint()", "procedure db.checkpoint"),
    ("CALL `db.labels`.x()", "procedure db.labels.x"),
    ("MATCH (e) CALL gds.graph.drop('g') YIELD graphName RETURN graphName", "procedure gds.graph.drop"),
    ("RETURN EXISTS { CALL dbms.listConnections() YIELD connectionId RETURN connectionId }", "procedure dbms"),
    ("RETURN apoc.util.sleep(1000)", "function apoc.util.sleep"),
    ("RETURN `apoc`.text.`repeat`('x', 1000000)", "function apoc.text.repeat"),
    ("RETURN gds.version()", "function gds.version"),
    ("RETURN genai.vector.encode('x', 'OpenAI', {})", "function genai.vector.encode"),
    ("RETURN file(), linenumber()", "function file"),
    ("RETURN graph.names()", "function graph.names"),
    ("MATCH (n) WHERE n.a(1) RETURN n", "function n.a"),
    # Other languages and later versions
    ("SELECT name FROM Entity", "SQL"),
    ("select * from V", "SQL"),
    ("UPDATE Entity SET name = 'x'", "SQL"),
    ("TRAVERSE out() FROM #1:1", "no meaning"),
    ("MATCH (e) FILTER e.x = 1 RETURN e", "not in Cypher 5"),
    ("MATCH (e) LET x = 1 RETURN x", "not in Cypher 5"),
    ("WHEN true THEN RETURN 1", "not in Cypher 5"),
    ("RETURN 1 NEXT RETURN 2", "not in Cypher 5"),
    ("g.V().has('name', 'x')", "expected"),
    ("{ MATCH (e) RETURN e }", "expected"),
    ("hello", "expected"),
    # Not well formed
    ("MATCH (a)-[*1.5]-(b) RETURN a", "whole number"),
    ("MATCH (a)-->{}(b) RETURN a", "repetitions"),
    ("MATCH (a)--> RETURN a", "node in parentheses"),
    ("MATCH a RETURN a", "node in parentheses"),
    ("OPTIONAL RETURN 1", "MATCH or CALL"),
    ("RETURN x IS :: nonsense", "name of a type"),
    ("RETURN [(a)-->(b)] AS l", "| expected"),
    ("RETURN {1: 2}", "a key expected"),
    ("RETURN CASE 1 END", "WHEN expected"),
    ("RETURN x AS 'y'", "an alias expected"),
    ("CALL 5", "a procedure"),
    ("UNWIND [1] RETURN 1", "AS expected"),
    ("RETURN 1 2", "expected"),
    ("RETURN 1 }", "closes no bracket"),
    # Texts that readers understand differently
    (r"MATCH (e) RETURN '\u0027 DETACH DELETE e //'", "\\u escapes"),
    (r"RETURN 1 // \u000A CREATE (n)", "\\u escapes"),
    (r"RETURN `\U00000060`", "\\u escapes"),
    ("MATCH (e)\u00a0RETURN e", "NO-BREAK SPACE"),
    ("MATCH (e)\u2028RETURN e", "LINE SEPARATOR"),
    ("RET\u200bURN 1", "ZERO WIDTH SPACE"),
    ("RETURN\u200d 1", "ZERO WIDTH JOINER"),
    ("RETURN 1 \u202e", "RIGHT-TO-LEFT OVERRIDE"),
    ("RETURN 1\x00", "U+0000"),
    ("RETURN 1\x0cCREATE (n)", "U+000C"),
    ("RETURN 1 // note\rCREATE (n)", "in a comment"),
    ("RETURN 1 // note\u2028CREATE (n)", "in a comment"),
    ("RETURN 1 // note\x85CREATE (n)", "in a comment"),
    ("RETURN '\ud800'", "surrogate"),
    ("MATCH (e) \u017fet e.x = 1", "may be read as a plain letter"),
    ("\u212aEY", "may be read as a plain letter"),
    ("MATCH (a)\u2014(b) RETURN a", "EM DASH"),
    ("RETURN 1 /* open", "never closed"),
    ("RETURN 'open", "never closed"),
    ('RETURN "open\\"', "never closed"),
    ("MATCH (e:`open RETURN e", "never closed"),
    ("RETURN ``", "empty"),
    ("RETURN 1SET", "runs into a name"),
    ("RETURN x$y", "runs into a parameter"),
    ("RETURN $", "a parameter is"),
    ("RETURN $1x", "a parameter is"),
    ("RETURN (1", "never closed"),
    ("RETURN 1)", "closes no bracket"),
    ("RETURN [1)", "closes no bracket"),
    ("RETURN 1 != 2", "expected"),
    ("", "empty"),
    ("  // nothing but a remark", "empty"),
    (";", "expected"),
]

# What is refused from strangers and let through where the author answers for it.
STRICT = [
    # Loops inside one expression
    ("RETURN reduce(total = 0, x IN [1, 2] | total + x) AS n", "reduce"),
    ("MATCH p = (a)-[*..3]-(b) RETURN reduce(n = 0, r IN relationships(p) | n + r.articles)", "reduce"),
    ("RETURN [x IN $xs | [y IN $ys | x + y]] AS table", "inside an iteration"),
    ("RETURN [x IN $xs WHERE any(y IN $ys WHERE y = x) | x]", "inside an iteration"),
    ("RETURN all(x IN $xs WHERE none(y IN $ys WHERE single(z IN $zs WHERE x = y + z)))", "inside an iteration"),
    ("MATCH (e) RETURN [x IN $xs | size([(e)--(o) | o])]", "inside an iteration"),
    ("MATCH (e) RETURN [(e)--(o) | [a IN o.aliases | a]]", "inside an iteration"),
    ("MATCH (e) RETURN [(e)--(o) WHERE all(a IN o.aliases WHERE a <> '') | o]", "inside an iteration"),
    ("RETURN [x IN range(0, 99) | range(0, 99)]", "inside an iteration"),
    ("RETURN [x IN $xs WHERE EXISTS { MATCH (e) WHERE any(y IN e.aliases WHERE y = x) }]", "inside an iteration"),
    ("RETURN COLLECT { UNWIND range(1, 9) AS x UNWIND range(1, 9) AS y RETURN x * y }", "UNWIND inside"),
    ("RETURN COUNT { CALL { RETURN 1 AS x } RETURN x }", "CALL inside"),
    # Arguments
    ("UNWIND range(0, 10000) AS x RETURN x", "10,000 items"),
    ("UNWIND range(-6000, 6000) AS x RETURN x", "10,000 items"),
    ("UNWIND range(20000, 0, -1) AS x RETURN x", "10,000 items"),
    ("UNWIND range(1, $n) AS x RETURN x", "whole numbers"),
    ("UNWIND range(1, 3 * 1000000) AS x RETURN x", "whole numbers"),
    ("UNWIND range(1, 10, 0) AS x RETURN x", "whole numbers"),
    ("UNWIND range(NOT 1, 2) AS x RETURN x", "whole numbers"),
    ("UNWIND range(1) AS x RETURN x", "whole numbers"),
    ("UNWIND range(0, " + "9" * 5000 + ") AS x RETURN x", "10,000 items"),
    ("MATCH (e) RETURN 5 IN range(1, 999999999)", "10,000 items"),
    ("RETURN round(1.5, 2000000000)", "digits"),
    ("RETURN round(1.5, $digits)", "digits"),
    ("MATCH (e) RETURN replace(e.name, '', e.name)", "replacement"),
    # Values that grow
    ("WITH 'x' AS s" + " WITH s + s AS s" * 20 + " RETURN s", "may grow"),
    ("WITH [1] AS l" + " WITH l || l AS l" * 20 + " RETURN l", "may grow"),
    ("WITH 'x' AS s" + " WITH s + s + s + s + s + s AS s" * 8 + " RETURN s", "may grow"),
    ("WITH [1] AS l" + " WITH [l, l, l, l, l, l] AS l" * 8 + " RETURN l", "may grow"),
    ("WITH {a: 1} AS m" + " WITH {a: m, b: m, c: m, d: m, e: m, f: m} AS m" * 8 + " RETURN m", "may grow"),
    ("WITH 1 AS x" + " CALL (x) { RETURN [x, x, x, x, x, x] AS y } WITH y AS x" * 8 + " RETURN x", "may grow"),
    ("WITH 1 AS x" + " WITH CASE WHEN true THEN [x, x, x, x, x, x] ELSE 1 END AS x" * 8 + " RETURN x", "may grow"),
    ("WITH 'x' AS s" + " WITH replace(s, 'x', 'xxxxxxxxxx') AS s" * 8 + " RETURN s", "may grow"),
    ("RETURN " + "replace(" * 9 + "'x'" + ", 'x', 'xxxxxxxxxx')" * 9, "may grow"),
    ("RETURN [x IN range(1, 9999) | '" + "y" * 1000 + "'] AS l", "may grow"),
    ("RETURN [c IN split('" + "y" * 9000 + "', '') | '" + "y" * 9000 + "'] AS l", "may grow"),
    ("WITH range(1, 9999) AS l RETURN [x IN l | l] AS table", "may grow"),
    ("RETURN COLLECT { WITH range(1, 9999) AS l RETURN l + l + l } AS l", "may grow"),
    # Walks
    ("MATCH (a)-[*]-(b) RETURN count(*)", "upper bound"),
    ("MATCH (a)-[*2..]-(b) RETURN count(*)", "upper bound"),
    ("MATCH (a)-[:X*1..7]-(b) RETURN count(*)", "more than 6"),
    ("MATCH (a)-[:X]->+(b) RETURN count(*)", "upper bound"),
    ("MATCH (a)-[:X]->*(b) RETURN count(*)", "upper bound"),
    ("MATCH (a) ((x)-->(y)){2,} (b) RETURN count(*)", "upper bound"),
    ("MATCH (a) ((x)-->(y)-->(z)){1,4} (b) RETURN count(*)", "more than 6"),
    ("MATCH (a) (((x)-[*..3]-(y)){1,3} (z)){1,2} (b) RETURN count(*)", "more than 6"),
    ("MATCH (a)-[*..6]-(b)-[*..6]-(c)-[*..6]-(d) RETURN count(*)", "more than 12"),
    ("MATCH (a)" + "--()" * 13 + " RETURN count(*)", "more than 12"),
    ("MATCH p = shortestPath((a)-[*]-(b)) RETURN p", "upper bound"),
    ("MATCH p = allShortestPaths((a)-[*..16]-(b)) RETURN p", "more than 15"),
    ("MATCH p = SHORTEST 1 (a)--+(b) RETURN p", "upper bound"),
    ("MATCH (a), (b) RETURN shortestPath((a)-[*..20]-(b))", "more than 15"),
    ("MATCH (a) RETURN [(a)--(b)--(c)--(d) | d]", "at most 2 fixed"),
    ("MATCH (a) RETURN [(a)-[*1..2]-(b) | b]", "at most 2 fixed"),
    ("MATCH (a) RETURN [(a)--()--(b) | b]", "each of many rows"),
    ("MATCH (a) WHERE a.id = 'Q1' OR a.id = 'Q2' RETURN [(a)--()--(b) | b]", "each of many rows"),
    ("MATCH (a) WITH a LIMIT 11 RETURN [(a)--()--(b) | b]", "each of many rows"),
    ("MATCH (a {id: 'Q1'}), (b) RETURN [(a)--()--(b) | b]", "each of many rows"),
    ("MATCH (a {id: 'Q1'}) UNWIND [1, 2] AS x RETURN [(a)--()--(b) | b]", "each of many rows"),
    ("MATCH (a)" + "--()" * 7 + " RETURN a", "matched at once"),
    ("MATCH (a)--()--()--()--(b) MATCH (b)--()--()--()--(c) RETURN a, c", "matched at once"),
    ("MATCH (a)--()--()--()--(b) WITH * MATCH (b)--()--()--()--(c) RETURN a, c", "matched at once"),
    ("MATCH (a)--()--()--()--(b) OPTIONAL MATCH (b)--()--()--()--(c) RETURN a, c", "matched at once"),
    ("MATCH (a)--()--()--()--(b) WITH b, COUNT { RETURN count(1) } AS n MATCH (b)--()--()--(c) RETURN c", "at once"),
    # Work
    ("MATCH (a) RETURN [i IN range(1, 10000) | i * i]", "work for each of many rows"),
    ("MATCH (a)--(b) WITH collect(b) AS bs MATCH (c) RETURN [b IN bs | b.id]", "work for each of many rows"),
    ("MATCH (a)--(b) WITH a, collect(b) AS bs RETURN [b IN bs WHERE b IN bs | b.id]", "work for each of many rows"),
    ("MATCH (a) WITH collect(a.id) AS l RETURN [x IN l WHERE NOT x IN l]", "work for one row"),
    ("MATCH (a) WITH collect(a.id)[..$n] AS l RETURN [x IN l WHERE NOT x IN l]", "work for one row"),
    ("MATCH (a) WITH collect(a.id)[$n..10] AS l RETURN [x IN l WHERE NOT x IN l]", "work for one row"),
    ("MATCH (a) WITH collect(a.id)[-5..10] AS l RETURN [x IN l WHERE NOT x IN l]", "work for one row"),
    ("MATCH (a) WITH collect(a.id)[..-1] AS l RETURN [x IN l WHERE NOT x IN l]", "work for one row"),
    ("MATCH (a) WITH {ids: collect(a.id)} AS m RETURN [x IN m.ids WHERE NOT x IN m.ids]", "too much work"),
    ("MATCH (a) WITH collect(a.id) AS l RETURN [x IN l WHERE x IN l + [1]]", "work for one row"),
    ("WITH range(1, 10000) AS l RETURN [x IN l WHERE l[..-1] + [x] = l]", "work for one row"),
    ("MATCH (a) RETURN '" + "a" * 9000 + "' CONTAINS '" + "a" * 8000 + "b'", "work for each of many rows"),
    ("MATCH (a) RETURN split('" + "a" * 9000 + "', '" + "a" * 8000 + "b')", "work for each of many rows"),
    # Searches
    ("CALL db.index.fulltext.queryNodes('i', '/x/')", "regular expression"),
    ("CALL db.index.fulltext.queryNodes('i', 'x' + '\\/x/')", "regular expression"),
    ("CALL db.index.fulltext.queryNodes('i', '\"' + '\"/x/\"' + '\"')", "regular expression"),
    ("CALL db.index.fulltext.queryNodes('i', ('x' || '*') + '" + "?" * 20 + "')", "20 wildcards"),
    ("CALL db.index.fulltext.queryNodes('i', '" + "x~ " * 11 + "')", "10 words"),
    ("CALL db.index.fulltext.queryNodes('i', '" + "x" * 1001 + "')", "1,000 characters"),
    ("MATCH (e) CALL db.index.fulltext.queryNodes('i', e.name) YIELD node RETURN node", "what is searched for"),
    ("CALL db.index.fulltext.queryNodes('i', toLower($q)) YIELD node RETURN node", "what is searched for"),
    ("CALL db.index.fulltext.queryRelationships('i', '/x/')", "regular expression"),
    ("MATCH (a) WHERE EXISTS { (a)-[*..5]-(b) } RETURN a", "more than 4"),
    ("MATCH (a) WHERE EXISTS { (a)-[*]-(b) } RETURN a", "upper bound"),
    ("MATCH (a) WHERE (a)-[*..5]-(:Entity) RETURN a", "more than 4"),
    ("MATCH (a) RETURN COUNT { (a)--(), (a)--(), (a)--(), (a)--(), (a)--() }", "more than 4"),
    ("RETURN COUNT { MATCH (a), (b), (c), (d), (e) RETURN a }", "more than 4"),
    ("MATCH (a) RETURN [x IN $xs WHERE COUNT { (a)--()--()--() } > x]", "more than 2"),
    ("MATCH (a), (b) RETURN [x IN $xs | shortestPath((a)-[*..9]-(b))]", "more than 2"),
    # Planning
    ("RETURN " + " + ".join(["1"] * 202), "signs of arithmetic"),
    ("RETURN " + "CASE " * 12 + "1" + " WHEN > 2 THEN 1 END" * 12, "once CASE is written out"),
    ("RETURN CASE " + "+".join(["1"] * 99) + " WHEN " + ", ".join(["> 1"] * 11) + " THEN 1 END", "once CASE"),
    ("WITH [1] AS l" + " WITH [[l]] AS l" * 5 + " RETURN l", "10 deep"),
    ("RETURN valueType(" + "[" * 11 + "1" + ", 'a']" * 11 + ")", "10 deep"),
    ("MATCH (n:" + "&".join(f"(A{n}|B{n})" for n in range(10)) + ") RETURN n", "unfolded"),
    ("MATCH (n) WHERE n:" + "|".join(f"(A{n}&B{n})" for n in range(10)) + " RETURN n", "unfolded"),
    ("MATCH ()-[r:!(" + "|".join(f"(A{n}&B{n})" for n in range(10)) + ")]-() RETURN r", "unfolded"),
    ("MATCH (n) WHERE n IS (A&B)|" + "|".join(f"(A{n}&B{n})" for n in range(9)) + " RETURN n", "unfolded"),
    ("RETURN 1 AS x" + " UNION RETURN 1 AS x" * 20, "queries joined by UNION"),
    ("WITH 1 AS x" + " WITH x AS x" * 30 + " RETURN x", "WITH clauses"),
    ("MATCH (a)" + " MATCH (a)" * 60 + " RETURN a", "clauses"),
    ("MATCH " + ", ".join(f"(n{i})" for i in range(11)) + " RETURN 1", "paths in one MATCH"),
    ("MATCH (n) WHERE " + " AND ".join(f"(n.a = {i} OR n.b = {i})" for i in range(10)) + " RETURN n", "unfolded"),
    ("MATCH (n) WHERE " + " OR ".join(f"(n.a = {i} AND n.b = {i})" for i in range(10)) + " RETURN n", "unfolded"),
    ("MATCH (n) WHERE NOT (" + " OR ".join(f"(n.a = {i} AND n.b = {i})" for i in range(10)) + ") RETURN n", "unfolded"),
    ("MATCH (n) WHERE " + " XOR ".join(f"n.a = {i}" for i in range(12)) + " RETURN n", "unfolded"),
    # Regular expressions
    ("MATCH (e) WHERE e.name =~ '(x+x+)+y' RETURN e", "repeats a group"),
    ("MATCH (e) WHERE e.name =~ $pattern RETURN e", "text in quotes"),
    ("MATCH (e) WHERE e.name =~ '(x+' + 'x+)+y' RETURN e", "text in quotes"),
    ("MATCH (e) WHERE e.name =~ e.pattern RETURN e", "text in quotes"),
    ("RETURN '" + "a" * 500 + "' =~ '.*a.*a.*b'", "stored values"),
    ("RETURN $text =~ '.*a.*a.*b'", "stored values"),
    ("MATCH (e) WITH e.name + e.name + e.name + e.name AS s WHERE s =~ 'a.*' RETURN s", "stored values"),
    ("UNWIND $texts AS t WITH t WHERE t =~ 'a.*' RETURN t", "stored values"),
    ("MATCH (e) RETURN CASE e.name WHEN =~ 'a.*' THEN 1 END", "stored values"),
    ("MATCH (a:Article) WHERE a.text =~ 'a.*' RETURN a", "for names"),
    ("MATCH (a:Article) WITH a.text AS t WHERE t =~ 'a.*' RETURN t", "for names"),
    ("MATCH (a:Article) WHERE a[$key] =~ 'a.*' RETURN a", "for names"),
    ("MATCH (a:Article) RETURN any(k IN keys(a) WHERE a[k] =~ 'a.*')", "for names"),
    ("MATCH (a:Article) WITH {x: a.extra} AS m WHERE m.x =~ 'a.*' RETURN m", "for names"),
]

# The bounds of both levels.
OVERSIZED = [
    ("RETURN '" + "x" * 20_000 + "'", "20,000 characters"),
    ("RETURN [" + "1," * 1_600 + "1]", "3000 words and signs"),
    ("RETURN " + "(" * 51 + "1" + ")" * 51, "nested more than 50"),
    ("RETURN " + "[" * 51 + "]" * 51, "nested more than 50"),
    ("RETURN " + "CASE WHEN true THEN " * 51 + "1" + " END" * 51, "nested more than 50"),
    ("RETURN " + "NOT " * 51 + "true", "50 signs or NOTs"),
    ("RETURN " + "- " * 51 + "1", "50 signs or NOTs"),
    ("RETURN x" + ".y" * 51, "50 properties"),
    ("RETURN x IS :: " + "LIST<" * 60 + "ANY" + ">" * 60, "nested more than 50"),
    ("CALL { " * 11 + "RETURN 1 AS x" + " } RETURN x" * 11, "nested more than 10"),
    ("RETURN " + "EXISTS { MATCH (a) WHERE " * 11 + "true" + " }" * 11, "nested more than 10"),
]


@pytest.mark.parametrize("level", ["strict", "trusted"])
@pytest.mark.parametrize(("statement", "reason"), REFUSED + OVERSIZED)
def test_harm_is_refused_whoever_asks(statement: str, reason: str, level: Level) -> None:
    """A statement that does not just read is refused at both levels, with its reason."""
    with pytest.raises(StatementRefused) as refused:
        check(statement, level=level)
    assert reason in str(refused.value)


@pytest.mark.parametrize(("statement", "reason"), STRICT)
def test_costly_reading_is_refused_from_strangers(statement: str, reason: str) -> None:
    """Reading that no time limit stops is refused at strict, and left to its author at trusted."""
    with pytest.raises(StatementRefused) as refused:
        check(statement, level="strict")
    assert reason in str(refused.value)
    check(statement, level="trusted")


@pytest.mark.parametrize(
    ("statement", "line", "column", "offset"),
    [
        ("CREATE (n)", 1, 1, 0),
        ("MATCH (n)\n  SET n.x = 1", 2, 3, 12),
        ("MATCH (n)\r\nWHERE n.name = 'a\nb'\r\nDELETE n", 4, 1, 33),
        ("MATCH (ñ) /* é\nö */ CREATE (x)", 2, 6, 20),
        ("RETURN '🕊' AS dove CREATE (x)", 1, 20, 19),
        ("RETURN (1", 1, 8, 7),
        ("RETURN", 1, 7, 6),
        ("RETURN 1 +\n", 2, 1, 11),
        ("RETURN 1; RETURN 2", 1, 11, 10),
        ("RETURN\n1\u200b", 2, 2, 8),
        ("RETURN\n\\u0041", 2, 1, 7),
    ],
)
def test_refusal_says_where(statement: str, line: int, column: int, offset: int) -> None:
    """Line and column count from 1, the offset from 0, all in code points; the statement goes with them."""
    with pytest.raises(StatementRefused) as refused:
        check(statement, level="strict")
    error = refused.value
    assert (error.line, error.column, error.offset) == (line, column, offset)
    assert error.statement == statement
    assert f"(line {line}, column {column})" in str(error)


def test_refusal_is_a_statement_error() -> None:
    """Callers that handle wrong statements handle refused ones too."""
    with pytest.raises(StatementError):
        check("DROP INDEX x", level="trusted")
