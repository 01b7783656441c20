"""Any text at all: the guard answers, soon, with a return or a StatementError, and never lets a writing clause pass."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.cypher_guard import Level, check
from graph.errors import StatementError

pytestmark = pytest.mark.no_cover  # it runs what others cover, and tracing takes as long again

SECONDS = 1.0  # of computing: ten times what is needed, since other tests run beside it
WORDS = """
MATCH OPTIONAL UNWIND WITH RETURN CALL WHERE ORDER BY SKIP LIMIT UNION ALL DISTINCT AS IN AND OR XOR NOT IS NULL
CASE WHEN THEN ELSE END EXISTS COUNT COLLECT any single reduce shortestPath range trim FROM YIELD SHOW INDEXES USING
FINISH :: TYPED STRING CREATE MERGE SET DELETE DETACH REMOVE FOREACH LOAD CSV INSERT a b n.x $p 'text' "text" `set`
1 2.5 * + - / % ^ = <> < > <= >= =~ ( ) [ ] { } , . .. : | || & ! ; (a) (:A) -- --> <-[r]- -[*1..2]-> {1,3} /*c*/
//c STARTS CONTAINS
"""
SPACES = st.sampled_from([" ", "\n", ""])
TEXTS = st.text(max_size=300) | st.lists(st.sampled_from(WORDS.split()) | SPACES, max_size=60).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from(["strict", "trusted"]))
def test_any_text_is_answered(text: str, level: Level) -> None:
    """The guard returns or raises a StatementError whose place lies in the text."""
    error = _error(text, level)
    assert error is None or (error.offset is not None and 0 <= error.offset <= len(text))


def _error(statement: str, level: Level) -> StatementError | None:
    try:
        check(statement, level=level)
    except StatementError as error:
        return error
    return None


READING = st.sampled_from(
    [
        "MATCH (a) RETURN a",
        "MATCH (a) WHERE a.x = 1 WITH a ORDER BY a.x DESC RETURN DISTINCT a LIMIT 3",
        "UNWIND [1, 2] AS x CALL (x) { RETURN x AS y } RETURN y",
        "RETURN CASE WHEN true THEN [x IN [1] | x] ELSE {a: 1} END AS z UNION RETURN 1 AS z",
        "CALL db.labels() YIELD label WHERE label <> '' RETURN label",
        "MATCH (a) WHERE EXISTS { (a)-[:R*1..2]-(b) WHERE b.x IS NOT NULL } RETURN a {.x, y: 1}",
    ]
)
CLAUSES = st.sampled_from(
    [
        "CREATE (z:Z)",
        "SET a.z = 1",
        "DELETE a",
        "DETACH DELETE a",
        "MERGE (z)",
        "REMOVE a.z",
        "FOREACH (i IN [1] | CREATE (:Z))",
        "LOAD CSV FROM 'f' AS z",
        "CALL { CREATE (z) }",
    ]
)


@settings(deadline=None)
@given(READING, CLAUSES, st.data())
def test_writing_clause_put_anywhere_is_refused(reading: str, clause: str, data: st.DataObject) -> None:
    """Between any two words of a statement that reads, a clause that writes is refused."""
    words = reading.split(" ")
    place = data.draw(st.integers(0, len(words)))
    with pytest.raises(StatementError):
        check(" ".join([*words[:place], clause, *words[place:]]), level="trusted")


@pytest.mark.parametrize(
    "statement",
    [
        "RETURN " + ",".join(["a.bcde"] * 740),
        "RETURN " + ",".join(["(" * 49 + "1" + ")" * 49] * 30),
        "MATCH (n) WHERE " + " OR ".join(["n.a=1"] * 490) + " RETURN n",
        "MATCH (n) WHERE " + "(n.a=1 OR " * 49 + "n.b=2" + ")" * 49 + " RETURN n",
        "RETURN " + "CASE " * 49 + "1" + " WHEN > 2 THEN 1 END" * 49,
        "RETURN " + "[x IN " * 49 + "y" + " | x]" * 49,
        "RETURN [x IN y WHERE " + "x:A OR " * 400 + "x:B | x]",
        "WITH 1 AS x" + " WITH [x IN [x] | x] AS x" * 29 + " RETURN x",
        "CALL { " * 10 + "RETURN 1 AS x" + " } RETURN x" * 10,
        "RETURN '" + "x" * 19_900 + "'",
        "RETURN '" + "\\'" * 9_900,
        "RETURN `" + "``" * 9_900,
        "RETURN 1 " + "/* " * 6_000,
        "RETURN 1" + "\n" * 19_000 + "CREATE (n)",
        "MATCH (n) WHERE n.a =~ '" + "(a|b)?" * 30 + "' RETURN n",
        "RETURN " + "(a)" * 900,
        "MATCH (a)" + "-[:A]-(a)" * 250 + " RETURN a",
    ],
)
def test_longest_statements_are_checked_in_moments(statement: str) -> None:
    """However a statement is built up to the limits, checking is done in far less than a second."""
    quickest = min(_seconds(statement) for _ in range(3))
    assert quickest < SECONDS


def _seconds(statement: str) -> float:
    started = time.process_time()
    _error(statement, "strict")
    return time.process_time() - started
