"""The names for statements, as they are in a real database."""

from __future__ import annotations

import pytest
from building import extraction

from graph.database import Database
from graph.names import Names
from graph.store import GraphStore


@pytest.fixture
def filled(store: GraphStore) -> GraphStore:
    """Two articles, and facts between the entities they name."""
    store.write([extraction("a1", [["Q1", "Q2", "Q3"]], date="2024-05-17"), extraction("a2", [["Q4", "Q6"]])])
    return store


def test_labels_come_with_their_own_properties(filled: GraphStore) -> None:
    """Those that some node of the label has, by name; nothing of another label."""
    labels = {label.name: label.properties for label in filled.cypher_names().labels}
    assert {"Article", "Entity", "FormerId"} <= labels.keys()
    assert list(labels) == sorted(labels)
    assert labels["FormerId"] == ("id",)
    assert {"id", "title", "text", "published_at", "published_day"} <= set(labels["Article"])
    assert {"id", "name", "type", "aliases", "articles"} <= set(labels["Entity"])
    assert "name" not in labels["Article"]
    assert "title" not in labels["Entity"]


def test_types_come_with_their_own_properties(filled: GraphStore) -> None:
    """Mentions, ties and each type of fact; nothing of another type."""
    types = {kind.name: set(kind.properties) for kind in filled.cypher_names().relationship_types}
    assert types["CO_MENTIONED"] == {"articles", "sentences", "first_seen", "last_seen"}
    assert {"count", "salience", "sentence", "surface", "tie"} <= types["MENTIONS"]
    assert types["LEADS"] >= {"office", "since", "until"}
    assert "office" not in types["BACKED_BY"]
    assert types["NOW"] == set()


def test_everything_that_may_be_called_is_named(filled: GraphStore) -> None:
    """Functions and procedures are those the guard lets through, and the names of properties are all there are."""
    names = filled.cypher_names()
    assert {"count", "collect", "tolower", "elementid"} <= set(names.functions)
    assert "db.index.fulltext.queryNodes" in names.procedures
    kinds = (*names.labels, *names.relationship_types)
    assert {name for kind in kinds for name in kind.properties} <= set(names.properties)
    assert list(names.properties) == sorted(set(names.properties))


def test_an_answer_is_good_for_a_time(database: Database) -> None:
    """Until then the database is not asked again; afterwards what is new is there."""
    now = [100.0]
    names = Names(database, seconds=60, clock=lambda: now[0])
    before = names.now()
    assert not any(label.properties for label in before.labels if label.name == "Article")
    GraphStore(database, product="test").write([extraction("a1", [["Q1"]])])
    now[0] = 159.9
    assert names.now() == before
    now[0] = 160.0
    assert [label.name for label in names.now().labels if "title" in label.properties] == ["Article"]
