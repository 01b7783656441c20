"""Statements that read, and mean to keep a database busy or to fill its memory."""

from __future__ import annotations

from typing import Any

from hostile_kind import Kind, joined, repeated

# --- What no parser should be asked to read. Both levels refuse these.

OVERSIZED = Kind(
    "oversized",
    "to fill memory or to overflow a stack by the text itself",
    (
        repeated("RETURN '", "y", 2_000_000, "' AS t"),
        repeated("RETURN ", "(", 100_000, "1", ")"),
        repeated("RETURN ", "[", 5_000, "", "]"),
        repeated("RETURN ", "{a: ", 4_000, "1", "}"),
        repeated("RETURN ", "NOT ", 4_900, "true"),
        repeated("RETURN ", "-(", 3_000, "1", ")"),
        repeated("RETURN ", "CASE WHEN true THEN ", 200, "1", " END"),
        repeated("RETURN ", "EXISTS { MATCH (a) WHERE ", 60, "true", " }"),
        repeated("", "CALL { ", 60, "RETURN 1 AS x", " } RETURN x"),
        repeated("RETURN x", ".y", 900),
        repeated("RETURN x", "[0]", 600),
        repeated("RETURN 1 AS x ", "/* nothing */", 5_000),
        repeated("WITH 1 AS x", " WITH x + 1 AS x", 2_000, " RETURN x"),
        repeated("RETURN 1", " + 1", 5_000),
        repeated("RETURN `", "``", 30_000, "`"),
        repeated("MATCH (a)", "-->()", 1_000, " RETURN a"),
        repeated("RETURN x IS :: ", "LIST<", 200, "ANY", ">"),
        repeated("\n", "\n", 1_000_000, "RETURN 1"),
        joined("UNWIND [", ["{id: 'Q1', name: 'one'}"] * 2_000, ", ", "] AS row RETURN row"),
        joined("MATCH (e:Entity) WHERE e.id IN [", [f"'Q{i}'" for i in range(4_000)], ", ", "] RETURN e"),
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
        "UNWIND range(1, 9) AS y WITH range(1, 10000) AS l RETURN size([x IN l WHERE -x IN l]) AS n",
        "UNWIND range(1, 9999) AS x WITH [i IN range(1, 9999) | "
        + " AND ".join(["i <> -1"] * 99)
        + "] AS l RETURN size(l)",
        "MATCH (e:Entity) RETURN [(e)--(x)--(y) | y.id] AS l",
        "MATCH (a)--(b) WITH collect(b) AS l UNWIND range(1, 9999) AS i RETURN size([x IN l WHERE x.id <> 'x']) AS n",
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

_NESTED: Any = 1
for _ in range(40):
    _NESTED = [_NESTED, "a", 2.5]

GROWTH = Kind(
    "growth",
    "to build a value that fills the memory, or whose type takes long to find out",
    (
        repeated("WITH 'xy' AS s", " WITH s + s AS s", 28, " RETURN size(s)"),
        repeated("WITH [1, 2] AS l", " WITH l + l AS l", 28, " RETURN size(l)"),
        repeated("WITH {a: 1} AS m", " WITH {a: m, b: m} AS m", 28, " RETURN m"),
        repeated("WITH [0, 1] AS l", " WITH [x IN l | l] AS l", 8, " RETURN l"),
        repeated("WITH 'ab' AS s", " WITH replace(s, 'a', 'aaaaaaaa') AS s", 12, " RETURN size(s)"),
        repeated("WITH 1 AS x CALL (x) { RETURN [x, x] AS y }", " WITH y AS x CALL (x) { RETURN [x, x] AS y }", 25)
        + " RETURN y",
        "RETURN reduce(s = 'xy', i IN range(1, 40) | s + s) AS s",
        "RETURN reduce(l = [0], i IN range(1, 40) | l + l) AS l",
        "RETURN [x IN range(1, 10000) | range(1, 10000)] AS table",
        "UNWIND range(1, 10000) AS x UNWIND range(1, 99) AS y RETURN [i IN range(1, 9000) | toString(i + x * y)] AS l",
        repeated(
            "UNWIND range(1, 9999) AS a UNWIND range(1, 99) AS b WITH collect(a) AS l RETURN size(l", " + l", 200, ")"
        ),
        "RETURN split('" + "z" * 15_000 + "', '') + split('" + "y" * 4_900 + "', '') + ['x'] AS l",
        "RETURN round(1.5, 2000000000) AS n",
        repeated("WITH [1] AS l", " WITH [[[[[[[[[[l]]]]]]]]]] AS l", 29, " RETURN l"),
        repeated("WITH [1] AS l", " WITH [[l, 1], 'a'] AS l", 23, " RETURN l"),
        "RETURN valueType(" + "[" * 40 + "1" + ", 'a', 2.5]" * 40 + ") AS type",
        "RETURN valueType($nested) AS type",
    ),
    {"nested": _NESTED},
)

PARAMETERS = Kind(
    "parameters",
    "to send beside the statement what may not stand in it",
    (
        "RETURN size([x IN $list WHERE -x IN $list]) AS n",
        "RETURN [x IN $list | $list] AS table",
        joined("RETURN size(", ["$text"] * 300, " + ", ") AS n"),
        "RETURN $text CONTAINS ($text + 'b') AS n",
        "RETURN size(split($text, left($text, 200000) + 'b')) AS n",
        "UNWIND range(1, $count) AS n RETURN collect(n) AS l",
        "MATCH (e:Entity) WHERE e.name =~ $pattern RETURN e",
        "RETURN $text =~ '(?s).*a.*a.*b' AS n",
        "MATCH (e:Entity) RETURN replace(e.name, '', $text) AS s",
        "CALL db.index.fulltext.queryNodes('entity_names', $search) YIELD node RETURN node",
    ),
    {
        "list": list(range(30_000)),
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
        repeated("MATCH (a)", "--()", 40, " RETURN count(*) AS n"),
        "MATCH (a)--(b)--(c)--(d)--(e)--(f)--(g)--(h)--(i) RETURN count(DISTINCT i) AS n",
        "MATCH (a)--(b)--(c)--(d)--(e) WITH a, e MATCH (e)--(f)--(g)--(h)--(i) RETURN count(DISTINCT i) AS n",
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
        joined(
            "CALL db.index.fulltext.queryNodes('entity_names', '", [f"abcdefghij{i}~2" for i in range(900)], " ", "')"
        ),
        joined("CALL db.index.fulltext.queryNodes('entity_names', '", ["*a*b*c*"] * 300, " OR ", "')"),
        repeated("CALL db.index.fulltext.queryNodes('entity_names', '", "(", 9_000, "a", ")") + "')",
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
        joined("MATCH (e:Entity) WHERE ", _PAIRS, " AND ", " RETURN e"),
        joined("MATCH (e:Entity) WHERE NOT (", [p.replace("OR", "AND") for p in _PAIRS], " OR ", ") RETURN e"),
        joined("MATCH (e:Entity) WHERE ", [f"e.a{i} = 1" for i in range(25)], " XOR ", " RETURN e"),
        joined("MATCH (e:", [f"(A{i}|B{i})" for i in range(25)], "&", ") RETURN e"),
        joined("MATCH (e) WHERE e:!(", [f"(A{i}&!B{i})" for i in range(25)], "|", ") RETURN e"),
        joined("RETURN ", ["1"] * 900, " + ", " AS n"),
        joined("", ["MATCH (a)--(b)--(c) RETURN count(*) AS n"] * 90, " UNION ALL "),
        repeated("MATCH (a)", " OPTIONAL MATCH (a)--(b)--(c)--(a)", 80, " RETURN count(*) AS n"),
        joined("MATCH ", [f"(n{i})--(n{i * 7 % 30})" for i in range(60)], ", ", " RETURN count(*) AS n"),
        repeated("WITH 1 AS x", " WITH x, x + 1 AS y WITH y AS x", 40, " RETURN x"),
        repeated("RETURN ", "CASE ", 45, "1", " WHEN > 2 THEN 1 WHEN < 1 THEN 2 END"),
        "MATCH (e:Entity) RETURN CASE " + " + ".join(["e.articles"] * 200) + " WHEN > 1 THEN 1" * 200 + " END AS n",
    ),
)

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
        "MATCH (a)--(b)--(c)--(d)--(e)--(f)--(g) RETURN count(DISTINCT g) AS n",
        "MATCH (a), (b), (c), (d), (e) WHERE a.id + b.id + c.id + d.id + e.id = 'x' RETURN a",
        "UNWIND range(1, 9999) AS a CALL (a) { MATCH (b), (c), (d) RETURN count(*) AS n } RETURN sum(n) AS n",
    ),
)
