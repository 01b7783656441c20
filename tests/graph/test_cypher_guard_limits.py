"""At each limit a statement still passes; the refusals one step beyond are among the hostile statements."""

from __future__ import annotations

import pytest

from graph.cypher_guard import check

AT_LIMIT = [
    "RETURN '" + "x" * 19_991 + "'",
    "RETURN [" + "1," * 1_498 + "1]",
    "RETURN " + "(" * 50 + "1" + ")" * 50,
    "RETURN " + "CASE WHEN true THEN " * 50 + "1" + " END" * 50,
    "RETURN " + "NOT " * 50 + "true",
    "RETURN x" + ".y" * 50,
    "CALL { " * 10 + "RETURN 1 AS x" + " } RETURN x" * 10,
    "RETURN 1 AS x" + " UNION RETURN 1 AS x" * 19,
    "WITH 1 AS x" + " WITH x AS x" * 29 + " RETURN x",
    "MATCH (a)" + " MATCH (a)" * 58 + " RETURN a",
    "MATCH " + ", ".join(f"(n{i})" for i in range(10)) + " RETURN 1",
    "MATCH (n) WHERE " + " AND ".join(f"(n.a = {i} OR n.b = {i})" for i in range(9)) + " RETURN n",
    "MATCH (n) WHERE " + " OR ".join(f"n.a = {i}" for i in range(300)) + " RETURN n",
    "UNWIND range(1, 10000) AS x RETURN x",
    "UNWIND range(-5000, 4999) AS x RETURN x",
    "UNWIND range(1, 1000000, 100) AS x RETURN x",
    "UNWIND range(10000, 1, -1) AS x RETURN x",
    "UNWIND range(10, 1) AS x RETURN x",
    "RETURN round(1.5, -20), round(1.5, +20), round(1.5)",
    "UNWIND range(1, 10000) AS a UNWIND range(1, 10000) AS b UNWIND range(1, 10000) AS c RETURN sum(a + b + c)",
    "RETURN [x IN range(1, 10000) | x + x] AS l",
    "RETURN replace(replace(replace('a-b', '-', ' '), ' ', ''), 'a', 'aaaa') AS s",
    "MATCH (e) WITH e, e.name + ' (' + e.type + ')' AS title RETURN title + ': ' + title",
    "MATCH (a)-[*..6]-(b) RETURN a",
    "MATCH (a)-[*..6]-(b)-[*..6]-(c) RETURN a",
    "MATCH (a) ((x)-->(y)-->(z)){1,3} (b) RETURN a",
    "MATCH (a)" + "--()" * 6 + " RETURN a",
    "MATCH (a)--()--()--(b) WITH a, b MATCH (b)--()--()--(c) RETURN a, c",
    "MATCH (a)--()--()--()--(b) WITH b, count(a) AS n MATCH (b)--()--()--()--(c) RETURN c, n",
    "MATCH (a)--()--()--()--(b) WITH b LIMIT 100 MATCH (b)--()--()--()--(c) RETURN c",
    "MATCH p = shortestPath((a)-[*..15]-(b)) RETURN p",
    "MATCH (a) WHERE EXISTS { (a)-[*..4]-(b) } AND (a)-[*2..4]-(:Entity) RETURN a",
    "MATCH (a) RETURN [x IN $xs WHERE COUNT { (a)--()--() } > x]",
    "MATCH (a) WITH a LIMIT 10 RETURN [(a)--()--(b) | b]",
    "MATCH (a {id: 'Q1'}) RETURN [(a)--()--(b) | b]",
    "MATCH (a) WHERE a.id = $id AND a:Entity RETURN [(a)--()--(b) | b]",
    "MATCH (a)--(b) WITH collect(b) AS bs MATCH (a {id: 'Q1'}) RETURN [b IN bs | b.id], [(a)--()--(b) | b]",
    "MATCH (a) RETURN [(a)--(b) | b]",
    "MATCH (a) RETURN [i IN range(1, 3500) | i * i]",
    "WITH range(1, 10000) AS l RETURN [x IN l WHERE -x IN l]",
    "MATCH (a)--(b) WITH a, collect(b) AS bs RETURN [b IN bs WHERE b.type = 'state' AND b.articles > 3 | {id: b.id}]",
    "MATCH (a)--(b) WITH collect(b.id)[..1000] AS bs MATCH (c) RETURN c.id, [b IN bs WHERE b <> c.id]",
    "RETURN " + " + ".join(["1"] * 201),
    "MATCH (a) WHERE " + " AND ".join(["a.x <> -1"] * 300) + " RETURN a.x + 1 - 2",
    "WITH [[[[[1]]]]] AS l WITH [[[[{a: l}]]]] AS m RETURN m[0], m",
    "RETURN CASE $a WHEN " + ", ".join(f"> {n}" for n in range(300)) + " THEN 1 END",
    "MATCH (n:" + "&".join(f"(A{n}|B{n})" for n in range(9)) + ") RETURN n",
    "CALL db.index.fulltext.queryNodes('entity_names', '" + "a~ " * 10 + "b* " * 20 + "') YIELD node RETURN node",
    "CALL db.index.fulltext.queryNodes('entity_names', 'ac\\\\/dc \"ac/dc\"') YIELD node RETURN node",
    "MATCH (e) WHERE e.first + ' ' + e.last =~ 'A.* B.*' RETURN e",
    "MATCH (e) WHERE NOT e.a AND e.name =~ '(?i)a.*b.*c.*' AND NOT e.b RETURN e",
]


@pytest.mark.parametrize("statement", AT_LIMIT)
def test_statement_at_the_limit_passes(statement: str) -> None:
    """What reaches a limit and does not go beyond it is let through."""
    check(statement, level="strict")
