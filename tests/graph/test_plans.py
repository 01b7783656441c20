"""Every Cypher text of ours as the real Neo4j plans it: without notices, by indexes, without needless steps."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import neo4j
import pytest
from building import empty
from building import extraction as rich_extraction

import graph.queries
from benchmarks.corpus import Corpus
from graph import schema
from graph.database import BoltAddress, Database, Query
from graph.model import RELATION_TYPES, Extraction, Relation
from graph.queries import moving
from graph.store import GraphStore

Plan = Mapping[str, Any]

ARTICLES = [f"a{number:07}" for number in range(300)]
ENTITIES = [f"Q{number}" for number in range(1, 13)]
TIE = {"target": "Q2", "articles": 1, "sentences": 1, "first_seen": "2024-01-01", "last_seen": "2024-01-02"}

# What each parameter is called with, under its name; a statement that means something else by it comes below.
PARAMETERS: Mapping[str, Any] = {
    "after": "a0000100",
    "articles": ARTICLES,
    "batch": "b1",
    "batch_id": "b1",
    "beginning": " name1",
    "companions": ENTITIES,
    "ends": ["Q1", "Q9"],
    "entities": ENTITIES[:3],
    "groups": [{"source": "Q1", "ties": {"Q2": TIE}}],
    "hashes": ["1-a0000001", "1-a0000002"],
    "id": "Q1",
    "ids": ENTITIES[:3],
    "label": "Entity",
    "limit": 20,
    "loader": "l1",
    "min_articles": 1,
    "named": 3,
    "move_of": "m",
    "offset": 0,
    "position": "p",
    "precisions": ["day"],
    "properties": {"id": "graph"},
    "publisher": "Gazette",
    "rows": [{"id": "Q1", "properties": {"name": "Name1"}, "articles": 1, "former": "x-1"}],
    "since": 19_800,
    "sample": 200,
    "skip": 0,
    "stale": True,
    "start": "a0000100",
    "targets": ENTITIES,
    "text": "name1",
    "types": ["state"],
    "uid": "u1",
    "unfinished": "a move",
    "until": 19_900,
    "url": "https://example.org/1",
    "version": 3,
    "weights": [{"id": id, "weight": 3} for id in ENTITIES],
    "whole": [" name1 "],
    "words": "+name1*",
}
RELATION_ROWS = [{"source": "Q2", "target": "Q1", "key": "President||", "properties": {"office": "President"}}]
OF_RELATIONS = {f"writing.PUT_RELATIONS.{kind}": {"rows": RELATION_ROWS} for kind in RELATION_TYPES}
OF_ITS_OWN: Mapping[str, Mapping[str, Any]] = {
    **OF_RELATIONS,
    "counting.ENTITIES_OF_ARTICLE": {"id": ARTICLES[0]},
    "counting.RELATED": {"id": ARTICLES[0]},
    "reading.ARTICLES": {"ids": ARTICLES},
    "reading.ARTICLES_WITH_TEXT": {"ids": ARTICLES},
    "reading.INCIDENCES_OF": {"ids": ARTICLES},
    "reading.MENTIONS_OF_ARTICLES": {"ids": ARTICLES},
    "reading.MENTIONS_OF_SOME": {"ids": ARTICLES},
    "writing.CREATE_MENTIONS": {"groups": [{"entity": "Q1", "mentions": [{"article": ARTICLES[0]}]}]},
    "writing.CREATE_TIES": {"groups": [{"source": "Q1", "ties": [TIE]}]},
    "writing.DATES_TOGETHER": {"groups": [{"entity": "Q1", "others": {"Q2": True}}]},
    "writing.DELETE_ARTICLES": {"ids": ARTICLES},
    "writing.DELETE_MENTIONS": {"ids": ARTICLES},
    "writing.OLD_MENTIONS": {"ids": ARTICLES},
    "writing.PUT_ARTICLES": {"rows": [{"id": ARTICLES[0], "properties": {"title": "Talks"}}]},
    "writing.STORED_HASHES": {"ids": ARTICLES},
}

# Where rows may come from: an index, a procedure (the full-text index), parameters, or a number the database keeps.
FROM_INDEXES = {
    "Argument",
    "Create",
    "MergeUniqueNode",
    "NodeCountFromCountStore",
    "NodeIndexSeek",
    "NodeIndexSeekByRange",
    "NodeUniqueIndexSeek",
    "NodeUniqueIndexSeekByRange",
    "ProcedureCall",
    "RelationshipCountFromCountStore",
    "Unwind",
}

READS_THE_WHOLE_GRAPH = {
    "describing.NODE_PROPERTIES": "a sample: a scan that stops at its limit",
    "describing.RELATIONSHIP_PROPERTIES.facts": "all facts there are of the entities, at most once a minute",
    "describing.RELATIONSHIP_PROPERTIES.mentions": "a sample: a scan that stops at its limit",
    "describing.RELATIONSHIP_PROPERTIES.ties": "a sample: a scan that stops at its limit",
    "moving.NODE_KEYS": "asks for the names of all properties, once for each move",
    "moving.RELATIONSHIP_KEYS": "asks for the names of all properties, once for each move",
    "reading.STATS": "adds up how often something is mentioned, once for each version of the graph",
    "reading.LIST_ENTITIES": "ranks all entities by their articles; there are thousands, not millions",
    "reading.COUNT_ENTITIES": "the size of that list",
    "reading.ENTITIES_BY_TYPE": "counts all entities, once for each version of the graph",
    "reading.TEXTS_MISSING": "is asked once before all articles are read",
    "writing.DELETE_SOME_TIES": "is run until no tie is left",
}
WAITS_FOR_ALL_ROWS = (
    {
        f"moving.CREATE_RELATIONSHIPS.{kind}": "one batch: a map of properties can only be set afterwards"
        for kind in moving.CREATE_RELATIONSHIPS
    }
    | {
        "writing.DELETE_ARTICLES": "what is deleted may not be read any more",
        "writing.DELETE_EMPTY_TIES": "what is deleted may not be read any more",
        "writing.DELETE_MENTIONS": "what is deleted may not be read any more",
        "writing.DELETE_UNMENTIONED": "what is deleted may not be read any more",
        "writing.LOCK_GRAPH": "one row: the version is read after it was set",
        "writing.NEXT_VERSION": "one row: the version is read after it was set",
    }
    | {
        f"writing.PUT_RELATIONS.{kind}": "the properties set may be those that the next row is looked up by"
        for kind in RELATION_TYPES
    }
)


def statements() -> Iterator[tuple[str, Query]]:
    """All our statements by module and name: every Query, or dict of them, in graph.queries and graph.schema."""
    modules = [
        importlib.import_module(f"graph.queries.{each.name}") for each in pkgutil.iter_modules(graph.queries.__path__)
    ]
    for module in [*modules, schema]:
        short = module.__name__.rpartition(".")[2]
        for name, value in vars(module).items():
            if isinstance(value, Query):
                yield f"{short}.{name}", value
            elif isinstance(value, dict):
                found = {key: each for key, each in value.items() if isinstance(each, Query)}
                yield from ((f"{short}.{name}.{key}", each) for key, each in found.items())


STATEMENTS = dict(statements())


def parameters_of(name: str) -> dict[str, Any]:
    """Raises KeyError for a parameter that nobody has given a value."""
    given = {**PARAMETERS, **OF_ITS_OWN.get(name, {})}
    return {each: given[each] for each in re.findall(r"\$(\w+)", STATEMENTS[name].text)}


def everything() -> Extraction:
    """An article with every property and every kind of fact, so that the server knows all names of ours."""
    made = rich_extraction("full", [["Q1", "Q2", "Q3"]], date="2024-05-17", tagged=["Q4"], publisher="Gazette")
    article = replace(made.article, url="https://example.org/1", extra={"section": "World"}, language="en")
    facts = tuple(Relation("Q2", kind, "Q1", office="President", since="2017", until="2021") for kind in RELATION_TYPES)
    known = [replace(each, wikipedia="Name", country="Q1", former_ids=(f"x-{each.id}",)) for each in made.entities]
    return replace(made, article=article, entities=tuple(known), relations=facts)


def leave_marks_of_a_move(database: Database) -> None:
    """The marks of one that is under way come and go; their names stay known."""
    (graph,) = database.read(moving.GRAPH_NODE).dicts()
    begin = moving.BEGIN.with_parameters(unfinished="a move", move_of="m", position="p")
    database.write([begin, moving.FINISH.with_parameters(properties=graph["properties"])])


@pytest.fixture(scope="module")
def planner(on_neo4j: Database, neo4j_address: BoltAddress) -> Iterator[neo4j.Session]:
    """A session over some hundred articles, so that the planner has something to weigh."""
    empty(on_neo4j)
    store = GraphStore(on_neo4j, product="Neo4j", counting="cypher")
    store.write(list(Corpus(articles=len(ARTICLES), entities=200).extractions()))
    store.write([everything()], replace=True)
    with store.deferring_ties():
        pass  # leaves the marks of a bulk load in the graph
    leave_marks_of_a_move(on_neo4j)
    auth = (neo4j_address.user, neo4j_address.password)
    with (
        neo4j.GraphDatabase.driver(neo4j_address.uri, auth=auth) as driver,
        driver.session(database=neo4j_address.database) as session,
    ):
        # Statistics lag behind, and plans are kept for some time, those made over an empty graph too.
        session.run("CALL db.prepareForReplanning(60)").consume()
        yield session
    empty(on_neo4j)


@pytest.fixture
def summary(request: pytest.FixtureRequest, planner: neo4j.Session) -> neo4j.ResultSummary:
    """What the server says to EXPLAIN of the statement a test is about."""
    name = request.node.callspec.params["name"]
    return planner.run("EXPLAIN " + STATEMENTS[name].text, parameters_of(name)).consume()


def steps(plan: Plan) -> Iterator[Plan]:
    """A plan's operators."""
    yield plan
    for child in plan.get("children", ()):
        yield from steps(child)


def kind(step: Plan) -> str:
    """What an operator is called, without the database it runs in and how it locks."""
    return re.split(r"[@(]", step["operatorType"])[0]


def is_one_pair(step: Plan) -> bool:
    """Whether a product is no more than the look-up of two ends by their ids."""
    return all(kind(child) == "NodeUniqueIndexSeek" for child in step["children"])


@pytest.mark.parametrize("name", STATEMENTS)
def test_the_server_has_nothing_to_remark(name: str, summary: neo4j.ResultSummary) -> None:
    """No statement is deprecated, slow by its form, or names something that is not in the graph."""
    remarks = [each.status_description for each in summary.gql_status_objects if each.is_notification]
    assert remarks == [], name


@pytest.mark.parametrize("name", STATEMENTS)
def test_look_ups_use_an_index(name: str, summary: neo4j.ResultSummary) -> None:
    """Rows come from an index, but for the statements that mean to read the whole graph."""
    assert summary.plan is not None
    sources = {kind(step) for step in steps(summary.plan) if not step.get("children")}
    assert bool(sources - FROM_INDEXES) == (name in READS_THE_WHOLE_GRAPH), sources


@pytest.mark.parametrize("name", STATEMENTS)
def test_no_statement_multiplies_or_hoards_rows(name: str, summary: neo4j.ResultSummary) -> None:
    """No product of rows but of the two ends of a tie, and no waiting for all rows but where it is said why."""
    assert summary.plan is not None
    found = list(steps(summary.plan))
    assert [step for step in found if kind(step) == "CartesianProduct" and not is_one_pair(step)] == []
    assert ("Eager" in map(kind, found)) == (name in WAITS_FOR_ALL_ROWS), [kind(step) for step in found]


def test_every_name_in_these_lists_is_a_statement() -> None:
    """The lists above hold nothing that is gone."""
    assert {*OF_ITS_OWN, *READS_THE_WHOLE_GRAPH, *WAITS_FOR_ALL_ROWS} <= STATEMENTS.keys()
    assert len(STATEMENTS) > 60
