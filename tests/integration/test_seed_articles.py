"""The two articles the project began with, and a set of real news, from their files to the answers over HTTP."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from building import graph_of
from starlette.exceptions import StarletteDeprecationWarning

from app.failures import FailureLog
from app.ingestion import Summary, ingest
from app.main import create_app
from app.settings import Settings
from graph.database import Database
from graph.store import GraphStore
from ingest.extractor import NewsExtractor
from ingest.loading import load_extractor
from ingest.sources import read

with warnings.catch_warnings():
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from fastapi.testclient import TestClient

IRAN, HEZBOLLAH = "Q794", "Q41053"
# What the first one names; ids are those that reference lists confirm.
EXPECTED = {
    "Donald Trump": "Q22686",
    "Benjamin Netanyahu": "Q43723",
    "Iran": "Q794",
    "Israel": "Q801",
    "United States": "Q30",
    "Hamas": "Q38799",
    "Hezbollah": "Q41053",
    "Joint Comprehensive Plan of Action": "Q17001802",
    "Tehran": "Q3616",
    "Washington, D.C.": "Q61",
    "Jerusalem": "Q1218",
    "Gaza Strip": "Q39760",
    "Lebanon": "Q822",
    "Middle East": "Q7204",
}


@pytest.fixture(scope="module")
def extractor() -> NewsExtractor:
    """The extractor over our own knowledge base."""
    return load_extractor()


def take_in(path: Path, store: GraphStore, extractor: NewsExtractor, folder: Path) -> Summary:
    """Ingest a file or folder as the command does."""
    return ingest(read([path]), store=store, extractor=extractor, failures=FailureLog(folder))


@pytest.fixture
def service(shared: Path, store: GraphStore, extractor: NewsExtractor, tmp_path: Path) -> Iterator[TestClient]:
    """The service over the two articles."""
    summary = take_in(shared / "seeds", store, extractor, tmp_path)
    assert (summary.new, summary.failed) == (2, 0)
    app = create_app(Settings(home=tmp_path), store=store, extractor=extractor)
    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        yield client


def get(service: TestClient, path: str, **parameters: Any) -> Any:
    """The JSON of an answer that went well."""
    answer = service.get(f"/api/v1/{path}", params=parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_box_of_the_first_article_is_filled(service: TestClient) -> None:
    """Its entities with their ids, every tie with its sentences, and the other article as related."""
    articles = {article["title"]: article["id"] for article in get(service, "articles")["results"]}
    first = next(id for title, id in articles.items() if title.startswith("Trump 'insisted'"))
    (second,) = set(articles.values()) - {first}
    box = get(service, f"articles/{first}/graph")
    assert box["state"] == "ok"
    nodes = {node["name"]: node["wikidata_id"] for node in box["graph"]["nodes"]}
    assert {name: nodes.get(name, "missing") for name in EXPECTED} == EXPECTED
    for edge in box["graph"]["edges"]:
        assert edge["sentences"], edge
        assert edge["in_article"] == sum(s["same_sentence"] for s in edge["sentences"])
        named = {mention["entity"] for sentence in edge["sentences"] for mention in sentence["mentions"]}
        assert {edge["source"], edge["target"]} <= named
    assert [related["article"]["id"] for related in box["related"]] == [second]
    assert len(box["related"][0]["shared"]) >= 10


def test_the_first_article_is_kept_in_its_parts(service: TestClient) -> None:
    """Title, tags, takeaways, text and themes are told apart; the footer of the page is none of them."""
    (found,) = get(service, "articles", q="insisted Netanyahu")["results"]
    article = get(service, f"articles/{found['id']}")
    assert article["tags"][0] == "Donald Trump"
    assert len(article["takeaways"]) == 4
    assert article["themes"] == ["International Diplomacy", "Middle East Security", "Nuclear Non-proliferation"]
    assert article["text"].startswith("U.S. President Donald Trump held")
    assert "No entity connections available" not in article["text"]
    assert article["date_precision"] == "none"


def test_iran_and_hezbollah_meet_in_both(service: TestClient) -> None:
    """The intersection returns both articles with the sentences that name the two."""
    found = get(service, "intersections", entity=[IRAN, HEZBOLLAH])
    assert found["articles"]["total"] == 2
    for result in found["articles"]["results"]:
        assert result["sentences"]
        for sentence in result["sentences"]:
            assert {IRAN, HEZBOLLAH} <= {mention["entity"] for mention in sentence["mentions"]}
            for mention in sentence["mentions"]:
                assert sentence["text"][mention["start"] : mention["end"]] == mention["surface"]


@pytest.mark.no_cover  # it runs what others cover, and tracing takes as long again
def test_real_news_come_in_twice_and_the_graph_is_the_same(
    request: pytest.FixtureRequest,
    shared: Path,
    store: GraphStore,
    database: Database,
    extractor: NewsExtractor,
    tmp_path: Path,
) -> None:
    """All 295 articles (100 on Neo4j) are stored; the second time nothing changes, nor does a rebuild."""
    lines = (shared / "data" / "articles" / "wikinews-2019-2020.jsonl").read_text("utf-8").splitlines(keepends=True)
    count = 100 if "on_neo4j" in request.node.name else 295
    news = tmp_path / "news.jsonl"
    news.write_text("".join(lines[:count]), encoding="utf-8")
    first = take_in(news, store, extractor, tmp_path)
    assert (first.new, first.failed) == (count, 0)
    before = graph_of(database)
    second = take_in(news, store, extractor, tmp_path)
    assert (second.same, second.new, second.changed, second.failed) == (count, 0, 0, 0)
    assert graph_of(database) == before
    store.rebuild()
    assert graph_of(database) == before
