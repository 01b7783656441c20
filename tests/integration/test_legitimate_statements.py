"""Analysts' statements against real databases: all are answered, and both databases answer alike."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import neo4j.graph
import pytest
from building import empty, extraction
from legitimate_statements import ANSWERED_DIFFERENTLY, ONLY_ON_NEO4J, PARAMETERS, TOPICS

from graph.database import Database
from graph.errors import StatementError
from graph.model import Rows
from graph.store import GraphStore

NAMES = ("Q1", "Q2", "Q3", "Q4", "Q5", "Q6")
DATES = ("2024-01-10", "2024-02-11", "2024-03-12", "2024-05-17", "2024-05-18", "2024-07-01")
PUBLISHERS = ("Reuters", "AFP", None)


class Analyst:
    """Asks about a dozen articles, each statement once."""

    def __init__(self, database: Database) -> None:
        empty(database)
        self._store = GraphStore(database, product="test", counting="incidence")
        self._answers: dict[str, Rows] = {}
        self._store.write(
            [
                extraction(
                    f"a{n}", [NAMES[n % 3 :], NAMES[: 2 + n % 4]], date=DATES[n % 6], publisher=PUBLISHERS[n % 3]
                )
                for n in range(12)
            ]
        )

    def ask(self, statement: str) -> Rows:
        """The answer, at the level of strangers."""
        if statement not in self._answers:
            self._answers[statement] = self._store.cypher(statement, PARAMETERS, level="strict", seconds=60, rows=1000)
        return self._answers[statement]


@pytest.fixture(scope="module")
def embedded_analyst(embedded: Database) -> Analyst:
    """Who asks the embedded database."""
    return Analyst(embedded)


@pytest.fixture(scope="module")
def neo4j_analyst(on_neo4j: Database) -> Analyst:
    """Who asks Neo4j."""
    return Analyst(on_neo4j)


@pytest.mark.parametrize("topic", TOPICS)
def test_embedded_database_answers(topic: str, embedded_analyst: Analyst) -> None:
    """All but a few statements run on the embedded database; these are refused with a reason and hang nothing."""
    for statement in TOPICS[topic]:
        if statement in ONLY_ON_NEO4J:
            with pytest.raises(StatementError):
                embedded_analyst.ask(statement)
        else:
            embedded_analyst.ask(statement)


@pytest.mark.parametrize("topic", TOPICS)
def test_neo4j_answers(topic: str, neo4j_analyst: Analyst) -> None:
    """All statements run on Neo4j."""
    for statement in TOPICS[topic]:
        neo4j_analyst.ask(statement)


@pytest.mark.parametrize("topic", TOPICS)
def test_both_answer_alike(topic: str, embedded_analyst: Analyst, neo4j_analyst: Analyst) -> None:
    """Rows are the same, whatever their order; what differs is listed with its reason, and does differ."""
    statements = [statement for statement in TOPICS[topic] if statement not in ONLY_ON_NEO4J]
    differ = {s for s in statements if _sorted(embedded_analyst.ask(s)) != _sorted(neo4j_analyst.ask(s))}
    assert differ == set(statements) & set(ANSWERED_DIFFERENTLY)


def test_there_are_many() -> None:
    """There are more than two hundred statements, each once."""
    statements = [statement for topic in TOPICS.values() for statement in topic]
    assert len(statements) == len(set(statements)) >= 200


def _sorted(rows: Rows) -> list[str]:
    return sorted(json.dumps(_plain(row), sort_keys=True) for row in rows.values)


def _plain(value: Any) -> Any:
    """A value without what is each database's own: ids of elements, when an article was stored, types of dates."""
    match value:
        case neo4j.graph.Node():
            return [sorted(value.labels), _plain({k: v for k, v in value.items() if k != "ingested_at"})]
        case neo4j.graph.Relationship():
            return [value.type, _plain(dict(value.items()))]
        case neo4j.graph.Path():
            return [_plain(value.nodes), _plain(value.relationships)]
        case str() | bool() | int() | None:
            return value
        case float():
            return "NaN" if math.isnan(value) else round(value, 9)
        case Mapping():
            return {key: _plain(each) for key, each in value.items()}
        case Sequence():
            return [_plain(each) for each in value]
        case _:
            return repr(value)
