"""Entities over HTTP: search, detail, co-mentions, articles and timeline."""

import pytest
from api_reading import read
from fastapi.testclient import TestClient

IRAN, HEZBOLLAH, NETANYAHU, ISRAEL, TRUMP = "Q794", "Q41053", "Q43723", "Q801", "Q22686"


def test_search_by_name(client: TestClient) -> None:
    """A name finds its entity first, in full."""
    found = read(client, "/entities", q="iran")["results"][0]
    assert {name: found[name] for name in ("id", "name", "type", "wikidata_id")} == {
        "id": IRAN,
        "name": "Iran",
        "type": "state",
        "wikidata_id": IRAN,
    }
    assert set(found) == {
        *("id", "name", "type", "wikidata_id", "wikipedia", "description", "country", "aliases", "articles")
    }


def test_search_by_beginning_and_type(client: TestClient) -> None:
    """The beginning of a name is enough, and types narrow the search."""
    assert "Benjamin Netanyahu" in {one["name"] for one in read(client, "/entities", q="benj")["results"]}
    types = {one["type"] for one in read(client, "/entities", type=["person", "armed_group"])["results"]}
    assert types == {"person", "armed_group"}


def test_without_words_the_most_mentioned_come_first(client: TestClient) -> None:
    """An empty search lists all entities by their articles."""
    page = read(client, "/entities")
    counts = [one["articles"] for one in page["results"]]
    assert counts == sorted(counts, reverse=True)
    assert page["results"][0]["id"] == IRAN
    assert page["total"] == len(page["results"])


def test_search_without_result_says_so(client: TestClient) -> None:
    """Where nothing fits, the page is empty and says why."""
    page = read(client, "/entities", q="zzzz no such thing")
    assert (page["total"], page["results"], page["reason"], page["next"]) == (0, [], "no_match", None)


ODD_TEXTS = ["*", "iran AND", "name:iran", '"', "\\", "a~0.1", "(", "[", "{", "^2", "\x00", "  ", "İstanbul", "/"]


@pytest.mark.parametrize("q", ODD_TEXTS)
def test_search_takes_any_text(client: TestClient, q: str) -> None:
    """What a full-text index might read as an operator is just text."""
    assert read(client, "/entities", q=q)["limit"] == 20


def test_pages_follow_one_another(client: TestClient) -> None:
    """`next` leads through the whole list, once, and keeps the other parameters."""
    whole = read(client, "/entities", limit=1000)
    seen, address = [], "/api/v1/entities?limit=4&type=person&type=state"
    while address:
        page = client.get(address).json()
        seen += [one["id"] for one in page["results"]]
        address = page["next"]
    assert seen == [one["id"] for one in whole["results"] if one["type"] in ("person", "state")]
    assert len(seen) > 4


def test_beyond_the_end_is_empty_but_not_unexplained(client: TestClient) -> None:
    """A page after the last one is empty; as there are results elsewhere, it needs no reason."""
    page = read(client, "/entities", offset=1_000_000_000)
    assert (page["results"], page["reason"], page["next"]) == ([], None, None)


def test_entity_with_offices_and_relations(client: TestClient) -> None:
    """An entity comes with its offices and its relations to others of the graph."""
    israel = {"id": ISRAEL, "name": "Israel", "type": "state", "wikidata_id": ISRAEL}
    assert read(client, f"/entities/{NETANYAHU}")["offices"] == [
        {"office": "Prime Minister", "of": israel, "since": "2022-12-29", "until": None},
        {"office": "Prime Minister", "of": israel, "since": "2009-03-31", "until": "2021-06-13"},
    ]
    (backed,) = read(client, f"/entities/{HEZBOLLAH}")["relations"]
    assert (backed["type"], backed["since"], backed["until"], backed["source"]) == (
        "BACKED_BY",
        None,
        None,
        "public record",
    )
    assert (backed["entity"]["id"], backed["outgoing"]) == (IRAN, True)


def test_co_mentions(client: TestClient) -> None:
    """What is named with an entity comes with counts, dates and measures; the default is not mere frequency."""
    page = read(client, f"/entities/{IRAN}/co-mentions", measure="articles")
    first = page["results"][0]
    assert first["entity"] == {
        "id": HEZBOLLAH,
        "name": "Hezbollah",
        "type": "armed_group",
        "wikidata_id": HEZBOLLAH,
    }
    assert (first["articles"], first["sentences"]) == (3, 2)
    assert (first["first_seen"], first["last_seen"]) == ("2024-04-14", "2024-05")
    assert 0 < first["jaccard"] <= 1
    assert -1 <= first["npmi"] <= 1
    assert first["llr"] >= 0
    assert page["total"] == 7


@pytest.mark.parametrize("measure", ["articles", "npmi", "llr", "jaccard"])
def test_measures_rank(client: TestClient, measure: str) -> None:
    """Each measure ranks by itself, from the top; equal ones by articles, then by id."""
    results = read(client, f"/entities/{IRAN}/co-mentions", measure=measure)["results"]
    keys = [(-one[measure], -one["articles"], one["entity"]["id"]) for one in results]
    assert keys == sorted(keys)


def test_co_mentions_narrowed(client: TestClient) -> None:
    """Type, window and threshold narrow what is counted."""
    persons = read(client, f"/entities/{IRAN}/co-mentions", type="person")
    assert {one["entity"]["id"] for one in persons["results"]} == {NETANYAHU, TRUMP}
    early = read(client, f"/entities/{IRAN}/co-mentions", until="2015-12-31")
    assert {one["entity"]["name"] for one in early["results"]} == {
        "Israel",
        "United States",
        "Joint Comprehensive Plan of Action",
    }
    often = read(client, f"/entities/{IRAN}/co-mentions", min_articles=3)
    assert [one["entity"]["id"] for one in often["results"]] == [HEZBOLLAH]
    assert often["total"] == 1


def test_empty_co_mentions_are_explained(client: TestClient) -> None:
    """A threshold that nothing reaches and a window that holds nothing are told apart."""
    above = read(client, f"/entities/{IRAN}/co-mentions", min_articles=1000)
    assert (above["total"], above["reason"]) == (0, "below_threshold")
    before = read(client, f"/entities/{IRAN}/co-mentions", until="1990-01-01")
    assert (before["total"], before["reason"]) == (0, "no_common_article")


def test_articles_of_an_entity(client: TestClient) -> None:
    """Articles come newest first, undated ones last, and say whether the text or only tags name the entity."""
    results = read(client, f"/entities/{IRAN}/articles")["results"]
    assert [one["title"] for one in results] == [
        "A mild spring",
        "A visit in spring",
        "Drones over the desert",
        "Trump leaves the nuclear accord",
        "Vienna talks end with an agreement",
        "A note without a date",
    ]
    assert [one["evidence"] for one in results] == ["tags", "text", "text", "text", "text", "text"]
    assert results[1]["published_at"] == "2024-05"
    assert results[1]["date_precision"] == "month"


def test_articles_of_an_entity_in_a_window(client: TestClient) -> None:
    """A window holds its first and its last day, and no undated article."""
    page = read(client, f"/entities/{IRAN}/articles", since="2018-05-08", until="2024-04-14")
    assert [one["published_at"] for one in page["results"]] == ["2024-04-14", "2018-05-08"]


def test_timeline(client: TestClient) -> None:
    """A timeline holds an article only at its own precision or coarser."""
    months = read(client, f"/entities/{IRAN}/timeline", by="month", since="2024-01-01")
    assert months == {
        "by": "month",
        "points": [{"start": "2024-04-01", "articles": 1}, {"start": "2024-05-01", "articles": 1}],
        "reason": None,
    }
    days = read(client, f"/entities/{IRAN}/timeline", by="day", since="2024-01-01")
    assert days["points"] == [{"start": "2024-04-14", "articles": 1}]
    weeks = read(client, f"/entities/{IRAN}/timeline", by="week", since="2024-01-01")
    assert weeks["points"] == [{"start": "2024-04-08", "articles": 1}]


def test_empty_timeline_is_explained(client: TestClient) -> None:
    """Where no article stands in the window, the timeline says so."""
    found = read(client, f"/entities/{IRAN}/timeline", until="1990-01-01")
    assert (found["points"], found["reason"]) == ([], "no_match")


@pytest.mark.parametrize("part", ["", "/co-mentions", "/articles", "/timeline"])
def test_unknown_entity_is_not_found(client: TestClient, part: str) -> None:
    """An unknown id in the path is a 404 with its code and the id."""
    response = client.get(f"/api/v1/entities/Q0{part}")
    assert response.status_code == 404
    assert (response.json()["code"], response.json()["id"]) == ("unknown_entity", "Q0")


@pytest.mark.parametrize("part", ["", "/co-mentions"])
def test_merged_entity_leads_to_the_canonical_one(client: TestClient, part: str) -> None:
    """A former id is a 308 to the same address with the id that counts, parameters kept."""
    response = client.get(f"/api/v1/entities/x-hezbollah{part}", params={"limit": 5})
    assert response.status_code == 308
    assert response.headers["location"] == f"/api/v1/entities/{HEZBOLLAH}{part}?limit=5"
    assert response.json()["canonical"] == HEZBOLLAH
