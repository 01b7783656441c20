"""Articles over HTTP: search, detail, box, writing and deleting."""

from collections.abc import Iterator
from typing import Any

import pytest
from api_reading import read
from fastapi.testclient import TestClient

from graph.errors import UnknownArticle
from graph.store import GraphStore

IRAN, HEZBOLLAH = "Q794", "Q41053"
DRAFT = {
    "url": "https://example.org/drafts/1",
    "title": "A draft",
    "text": "Iran and Israel exchanged notes.",
    "published_at": "2025-01-02",
}


@pytest.fixture
def written(stored_news: GraphStore) -> Iterator[list[str]]:
    """Ids of articles that a test has written; they are deleted after it."""
    ids: list[str] = []
    yield ids
    for article_id in ids:
        try:
            stored_news.delete(article_id)
        except UnknownArticle:
            continue


def titles(page: Any) -> list[str]:
    """The titles of a page of articles."""
    return [one["title"] for one in page["results"]]


def test_all_articles(client: TestClient, news: list[dict[str, Any]]) -> None:
    """All articles come newest first, undated ones last, without their text."""
    page = read(client, "/articles")
    assert page["total"] == len(news)
    assert titles(page)[0] == "Un printemps doux"
    assert titles(page)[-1] == "A note without a date"
    assert set(page["results"][0]) == {
        *("id", "url", "title", "publisher", "language", "published_at", "date_precision", "tags", "themes")
    }


def test_articles_narrowed(client: TestClient) -> None:
    """Words of the title, publisher and window narrow the list."""
    assert titles(read(client, "/articles", q="nuclear")) == ["Trump leaves the nuclear accord"]
    assert titles(read(client, "/articles", publisher="Example Wire")) == ["A note without a date"]
    assert titles(read(client, "/articles", since="2022-01-01", until="2023-12-31")) == [
        "Fire across the border",
        "War in the east",
    ]


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/2024/visit",
        "http://example.org/2024/visit",
        "HTTPS://www.Example.org/2024/visit?utm_source=mail#top",
    ],
)
def test_article_by_its_address(client: TestClient, url: str) -> None:
    """An article is found by its address in whatever spelling."""
    assert titles(read(client, "/articles", url=url)) == ["A visit in spring"]


def test_unknown_address_is_explained(client: TestClient) -> None:
    """An address that is not known says so; one that is none is refused."""
    page = read(client, "/articles", url="https://example.org/nowhere")
    assert (page["total"], page["reason"]) == (0, "unknown_article")
    refused = client.get("/api/v1/articles", params={"url": "mailto:someone"})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "url")


def test_one_article(client: TestClient, article_ids: dict[str, str]) -> None:
    """An article comes with its text, the sentences that name entities, and the entities."""
    found = read(client, f"/articles/{article_ids['Drones over the desert']}")
    assert found["text"].startswith("Iran sent drones towards Israel.")
    assert [one["text"] for one in found["sentences"]] == [
        "Iran sent drones towards Israel.",
        "Benjamin Netanyahu called a meeting.",
        "Hezbollah praised Iran.",
    ]
    assert {one["id"] for one in found["entities"]} == {IRAN, "Q801", "Q43723", HEZBOLLAH}
    assert found["takeaways"] == []
    assert {one["evidence"] for one in found["entities"]} == {"text"}


def test_mentions_stand_in_the_text(client: TestClient, article_ids: dict[str, str]) -> None:
    """Where a sentence begins in the text, its mentions stand behind it; the title stands outside."""
    found = read(client, f"/articles/{article_ids['Trump leaves the nuclear accord']}")
    assert [one["start"] is None for one in found["sentences"]] == [one["number"] == 0 for one in found["sentences"]]
    for sentence in found["sentences"][1:]:
        for mention in sentence["mentions"]:
            start, end = (sentence["start"] + mention[side] for side in ("start", "end"))
            assert found["text"][start:end] == mention["surface"]


def test_entity_of_tags_alone(client: TestClient, article_ids: dict[str, str]) -> None:
    """What only tags name is shown as such and has no sentence."""
    found = read(client, f"/articles/{article_ids['A mild spring']}")
    assert [(one["id"], one["evidence"]) for one in found["entities"]] == [(IRAN, "tags")]
    assert found["sentences"] == []


def test_unknown_article(client: TestClient) -> None:
    """An unknown id is a 404, for the article and for its box."""
    for path in ("/api/v1/articles/a0", "/api/v1/articles/a0/graph"):
        response = client.get(path)
        assert (response.status_code, response.json()["code"]) == (404, "unknown_article")


def test_box_of_an_article(client: TestClient, article_ids: dict[str, str]) -> None:
    """The box holds the article's entities, each tie with its sentences, and related articles."""
    box = read(client, f"/articles/{article_ids['Drones over the desert']}/graph")
    assert (box["state"], box["article"]["title"]) == ("ok", "Drones over the desert")
    assert {one["id"] for one in box["graph"]["nodes"]} == {IRAN, "Q801", "Q43723", HEZBOLLAH}
    ties = {frozenset((one["source"], one["target"])): one for one in box["graph"]["edges"]}
    assert len(ties) == 6
    assert all(one["sentences"] for one in ties.values())
    praised = ties[frozenset((IRAN, HEZBOLLAH))]
    assert (praised["in_article"], praised["in_corpus"]) == (1, 3)
    assert [one["text"] for one in praised["sentences"]] == ["Hezbollah praised Iran."]
    assert "A visit in spring" in [one["article"]["title"] for one in box["related"]]
    assert {"article", "shared"} <= set(box["related"][0])


def test_box_cut_to_what_stands_out(client: TestClient, article_ids: dict[str, str]) -> None:
    """Ties above `keep` go, the article's entities stay, and the graph tells how many ties there were."""
    path = f"/articles/{article_ids['Drones over the desert']}/graph"
    whole, cut = read(client, path)["graph"], read(client, path, keep=0.4)["graph"]
    assert cut["edges"] == [one for one in whole["edges"] if one["alpha"] <= 0.4]
    assert len(cut["edges"]) < 6
    assert cut["nodes"] == whole["nodes"]
    assert (cut["graph"]["ties_shown"], cut["graph"]["ties_total"]) == (len(cut["edges"]), 6)


@pytest.mark.parametrize(
    ("title", "state"),
    [("A quiet day", "no_entities"), ("Un printemps doux", "unsupported_language")],
)
def test_empty_box_is_explained(client: TestClient, article_ids: dict[str, str], title: str, state: str) -> None:
    """A box without a graph says why."""
    box = read(client, f"/articles/{article_ids[title]}/graph")
    assert (box["state"], box["graph"]["edges"]) == (state, [])
    assert box["explanation"]


def test_box_below_a_threshold(client: TestClient, article_ids: dict[str, str]) -> None:
    """A threshold that no tie reaches is told apart from a lack of entities."""
    box = read(client, f"/articles/{article_ids['Drones over the desert']}/graph", min_articles=100)
    assert box["state"] == "below_threshold"


def test_box_as_a_graph_alone(client: TestClient, article_ids: dict[str, str]) -> None:
    """With a format the answer is the graph alone."""
    path = f"/articles/{article_ids['Drones over the desert']}/graph"
    assert read(client, path, format="node-link") == read(client, path)["graph"]
    assert len(read(client, path, format="cytoscape")["elements"]["nodes"]) == 4


def test_cap_of_a_box(client: TestClient, article_ids: dict[str, str]) -> None:
    """The box is capped and says so; related articles can be left out."""
    path = f"/articles/{article_ids['Drones over the desert']}/graph"
    box = read(client, path, max_nodes=2, related=0)
    assert box["graph"]["graph"] == {**box["graph"]["graph"], "truncated": True, "shown": 2, "total": 4}
    assert box["related"] == []


def test_article_comes_and_goes(client: TestClient, written: list[str]) -> None:
    """An article is in the graph once it is answered for, the same one changes nothing, and deleting takes it out."""
    before = read(client, "/stats")
    (stored,) = client.post("/api/v1/articles", json=DRAFT).json()["results"]
    written.append(stored["id"])
    assert (stored["outcome"], stored["reason"], stored["mentions"]) == ("new", None, 2)
    assert read(client, f"/articles/{stored['id']}")["title"] == "A draft"
    (again,) = client.post("/api/v1/articles", json=[DRAFT]).json()["results"]
    assert (again["id"], again["outcome"]) == (stored["id"], "same")
    (changed,) = client.post("/api/v1/articles", json={**DRAFT, "text": "Iran sent a note."}).json()["results"]
    assert (changed["id"], changed["outcome"]) == (stored["id"], "changed")
    deleted = client.delete(f"/api/v1/articles/{stored['id']}")
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert client.delete(f"/api/v1/articles/{stored['id']}").status_code == 404
    after = read(client, "/stats")
    assert [before[name] for name in ("articles", "mentions", "ties")] == [
        after[name] for name in ("articles", "mentions", "ties")
    ]


def test_bad_article_does_not_lose_the_others(client: TestClient, written: list[str]) -> None:
    """In a list, what is bad is reported in its place and the rest is stored."""
    response = client.post("/api/v1/articles", json=[{"title": ""}, DRAFT, "no article", {"title": 7}])
    assert response.status_code == 200
    results = response.json()["results"]
    written.append(results[1]["id"])
    assert [one["outcome"] for one in results] == ["failed", "new", "failed", "failed"]
    assert all(one["reason"] for one in results if one["outcome"] == "failed")
    assert {"id", "outcome", "reason"} <= set(results[0])


@pytest.mark.parametrize("body", [{"title": ""}, [{"title": ""}], {"title": 7}, {"url": "ftp://x", "title": "a"}])
def test_bad_article_alone(client: TestClient, body: Any) -> None:
    """A bad article that comes alone is a 422 that says what to do."""
    response = client.post("/api/v1/articles", json=body)
    assert (response.status_code, response.json()["code"]) == (422, "bad_article")
    assert response.json()["detail"]


@pytest.mark.parametrize("body", [[], None, "text", 7])
def test_what_is_no_article_at_all(client: TestClient, body: Any) -> None:
    """An empty list and what is neither object nor list are refused."""
    assert client.post("/api/v1/articles", json=body).status_code == 422


def test_too_many_articles(make_client: Any) -> None:
    """More articles than the setting allows are refused as a whole."""
    response = make_client(max_batch=2).post("/api/v1/articles", json=[DRAFT, DRAFT, DRAFT])
    assert (response.status_code, response.json()["code"]) == (422, "invalid_request")
    assert "1 to 2 articles" in response.json()["detail"]


def test_odd_text_is_stored(client: TestClient, written: list[str]) -> None:
    """Half surrogate pairs, zero bytes and huge numbers do no harm."""
    body = b'{"url": "https://a.example/odd", "title": "a\\ud800\\u0000b", "text": "Iran.", "n": 99999999999999999999}'
    response = client.post("/api/v1/articles", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 200, response.text
    written.append(response.json()["results"][0]["id"])
    assert read(client, f"/articles/{written[0]}")["text"] == "Iran."
