"""The queries: all are there, each says what it gives, and values and pages are put into them."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from ingest.kb.refresh.queries import BATCHES, NAMES, PAGE, load_queries

QUERIES = load_queries()


def test_every_file_is_a_query_that_is_asked() -> None:
    """None is forgotten, and offices are named before they are held."""
    folder = files("ingest.kb") / "queries"
    assert sorted(f"{name}.rq" for name in NAMES) == sorted(file.name for file in folder.iterdir())
    assert list(QUERIES) == list(NAMES)
    assert NAMES.index("states") < NAMES.index("heads")


@pytest.mark.parametrize("name", NAMES)
def test_a_query_says_what_it_gives(name: str) -> None:
    """In one sentence, which is no part of what is sent."""
    query = QUERIES[name]
    assert re.fullmatch(r"[A-Z].{20,}\.", query.gives)
    assert query.text.startswith("PREFIX ")


@pytest.mark.parametrize("name", NAMES)
def test_a_query_is_plain_sparql(name: str) -> None:
    """It declares exactly the prefixes that it uses and needs no service of Wikidata's own; its braces are even."""
    text = QUERIES[name].text
    declared = set(re.findall(r"^PREFIX (\w+): <[^>]+>$", text, re.M))
    body = re.sub(r"#.*|<[^>]*>|\"[^\"]*\"", "", text.partition("SELECT")[2])
    needed = {"wd"} if QUERIES[name].parameter in ("item", "state") else set()
    assert declared == set(re.findall(r"(?<![\w?])([a-z]+):\w", body)) | needed
    assert "SERVICE" not in text
    assert body.count("{") == body.count("}")


@pytest.mark.parametrize("name", NAMES)
def test_a_query_is_asked_in_batches_or_in_pages(name: str) -> None:
    """Never both, and pages have an order in which every selected column but those that hang on the item stands."""
    query = QUERIES[name]
    assert (query.parameter is None) == query.is_paged
    if query.is_paged:
        selected = set(re.findall(r"\?\w+", query.text.partition("SELECT")[2].partition("WHERE")[0]))
        ordered = set(re.findall(r"\?\w+", query.text.partition("ORDER BY")[2]))
        assert selected - ordered <= {"?name", "?links", "?title", "?sincePrecision", "?untilPrecision"}


@pytest.mark.parametrize("name", [name for name in NAMES if "rdfs:label" in QUERIES[name].text])
def test_labels_are_english_or_else_for_all_languages(name: str) -> None:
    """Wherever labels are asked for, `mul` stands in for `en`."""
    text = QUERIES[name].text
    assert text.count('= "en"') == text.count('= "mul"') > 0


def test_values_are_put_into_their_block() -> None:
    """Items by their ids, titles as English literals whatever is in them."""
    assert "VALUES ?item { wd:Q1 wd:Q22 }" in QUERIES["names"].text_for(["Q1", "Q22"])
    assert "VALUES ?state { wd:Q794 }" in QUERIES["cities"].text_for(["Q794"])
    assert r'VALUES ?title { "A \"b\" \\c"@en }' in QUERIES["titles"].text_for(['A "b" \\c'])


def test_pages_follow_each_other() -> None:
    """The second begins where the first ends; a query for a batch has none."""
    assert QUERIES["parties"].text_for(()).endswith(f"\nLIMIT {PAGE} OFFSET 0\n")
    assert QUERIES["parties"].text_for((), page=2).endswith(f"\nLIMIT {PAGE} OFFSET {2 * PAGE}\n")
    assert "OFFSET" not in QUERIES["names"].text_for(["Q1"])


def test_a_query_without_order_and_values_is_sent_as_it_is() -> None:
    """Nothing is added to it."""
    query = QUERIES["parties"]
    plain = type(query)("plain", query.gives, "SELECT ?x WHERE { ?x ?y ?z }\n")
    assert plain.text_for(()) == plain.text


def test_no_batch_is_too_large_for_the_public_service() -> None:
    """One state, or at most 200 items or titles."""
    assert BATCHES["state"] == 1
    assert max(BATCHES.values()) <= 200
