"""Words that are clauses where a clause can begin, and names everywhere else."""

from __future__ import annotations

import pytest

from graph.cypher_guard import Level, check
from graph.cypher_guard.vocabulary import REFUSED_CLAUSES
from graph.errors import StatementRefused

PLACES = [
    "MATCH (n) RETURN n.{word}",
    "MATCH (n) WHERE n.{word} = 1 AND n . {word} > 0 RETURN n",
    "MATCH (n:{word}) RETURN n",
    "MATCH (n:Entity:{word}) RETURN n",
    "MATCH (n:Entity|{word}) RETURN n",
    "MATCH (a)-[:{word}]->(b) RETURN a",
    "MATCH (a)-[r:CITES|{word}*1..2]->(b) RETURN a",
    "MATCH (n) WHERE n:{word} RETURN n",
    "MATCH (n {{{word}: 1}}) RETURN n",
    "RETURN {{{word}: 1, b: {{{word}: 2}}}} AS m",
    "MATCH (n) RETURN n {{.{word}, {word}: 1}} AS m",
    "RETURN 1 AS {word}",
    "WITH 1 AS {word} RETURN {word}",
    "MATCH ({word}:Entity) RETURN {word}.name, {word}",
    "MATCH (a)-[{word}]->(b) RETURN type({word})",
    "MATCH {word} = (a)-->(b) RETURN {word}",
    "UNWIND [1] AS {word} RETURN {word} + 1",
    "CALL db.labels() YIELD label AS {word} RETURN {word}",
    "RETURN [{word} IN [1, 2] WHERE {word} > 1 | {word}] AS l",
    "RETURN any({word} IN [1] WHERE {word} = 1) AS b",
    "RETURN ${word}",
    "MATCH (`{word}`:`{word}` {{`{word}`: 1}}) RETURN `{word}`.`{word}` AS `{word}`",
    "RETURN '{word} (n)' AS a, \"{word} n.x = 1\" AS b // {word} (n)",
    "MATCH (n) /* {word} (m) */ RETURN n",
]


@pytest.mark.parametrize("level", ["strict", "trusted"])
@pytest.mark.parametrize("place", PLACES)
def test_word_of_a_refused_clause_is_a_name_elsewhere(place: str, level: Level) -> None:
    """Properties, labels, types, keys, aliases, variables, parameters and quoted names may spell any such word."""
    for word in REFUSED_CLAUSES:
        check(place.format(word=word), level=level)
        check(place.format(word=word.lower()), level=level)


@pytest.mark.parametrize("word", sorted(REFUSED_CLAUSES))
@pytest.mark.parametrize(
    "place",
    [
        "{word} (n)",
        "MATCH (n) {word} n.x = 1",
        "MATCH (n) WHERE n.x = 1 {word} (m) RETURN m",
        "MATCH (n) RETURN n.{word} {word} (m)",
        "MATCH (n) WITH n AS {word} {word} {word}",
        "UNWIND [1] AS x {word} x",
        "CALL {{ {word} (n) }} RETURN 1",
        "RETURN EXISTS {{ {word} (n) }}",
        "RETURN 1 AS x UNION {word} (n)",
    ],
)
def test_word_of_a_refused_clause_is_refused_where_a_clause_begins(place: str, word: str) -> None:
    """In clause position the word is the clause, in any case of letters."""
    for spelling in (word, word.lower(), word.title()):
        with pytest.raises(StatementRefused):
            check(place.format(word=spelling), level="trusted")


@pytest.mark.parametrize(
    "statement",
    [
        "MATCH (match:Entity) WHERE match.return IS NOT NULL RETURN match.where AS order",
        "MATCH (n) RETURN n.case, n.when, n.end, n.in, n.and, n.exists, n.count, n.all",
        "MATCH (is:Entity {is: 1}), (where:Entity) RETURN is, where",
        "MATCH (is), (where) RETURN is, where",
        "MATCH (IS Entity)-[IS CITES]->(WHERE true) RETURN 1",
        "WITH 1 AS count, 2 AS exists, 3 AS any RETURN count, exists, any",
        "MATCH any = (a)-->(b) RETURN any",
    ],
)
def test_keywords_of_reading_clauses_are_names_too(statement: str) -> None:
    """Where only a name can stand, the words of reading clauses are names."""
    check(statement, level="strict")
