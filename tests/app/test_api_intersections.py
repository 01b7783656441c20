"""Intersections and the sentences of a pair over HTTP."""

import pytest
from api_reading import read
from fastapi.testclient import TestClient

IRAN, HEZBOLLAH, NETANYAHU, ISRAEL, JCPOA, RUSSIA = "Q794", "Q41053", "Q43723", "Q801", "Q17001802", "Q159"


def test_articles_that_name_both(client: TestClient) -> None:
    """All articles that name both come, newest first, each with sentences."""
    found = read(client, "/intersections", entity=[IRAN, HEZBOLLAH])
    assert [one["id"] for one in found["entities"]] == [IRAN, HEZBOLLAH]
    assert found["articles"]["total"] == 3
    assert [one["article"]["title"] for one in found["articles"]["results"]] == [
        "A visit in spring",
        "Drones over the desert",
        "A note without a date",
    ]
    assert all(one["sentences"] for one in found["articles"]["results"])
    assert found["reason"] is None


def test_sentences_name_both_or_are_the_nearest(client: TestClient) -> None:
    """Sentences that name all are preferred; where there is none, the nearest that name each are marked."""
    found = read(client, "/intersections", entity=[IRAN, HEZBOLLAH])["articles"]["results"]
    drones, note = found[1]["sentences"], found[2]["sentences"]
    assert [one["text"] for one in drones] == ["Hezbollah praised Iran."]
    assert drones[0]["same_sentence"] is True
    assert [one["text"] for one in note] == ["Iran made no statement.", "Hezbollah kept silent too."]
    assert {one["same_sentence"] for one in note} == {False}


def test_mentions_stand_where_they_say(client: TestClient) -> None:
    """Offsets count in the sentence's own text."""
    for entry in read(client, "/intersections", entity=[IRAN, HEZBOLLAH])["articles"]["results"]:
        for sentence in entry["sentences"]:
            assert sentence["mentions"]
            for mention in sentence["mentions"]:
                assert sentence["text"][mention["start"] : mention["end"]] == mention["surface"]
                assert {"entity", "start", "end", "surface", "kind"} <= set(mention)


def test_who_else_is_named_there(client: TestClient) -> None:
    """Entities named together with all of them come as co-mentions, the given ones not among them."""
    others = read(client, "/intersections", entity=[IRAN, HEZBOLLAH], measure="articles")["co_mentioned"]
    assert {one["entity"]["id"] for one in others["results"]} == {ISRAEL, NETANYAHU, "Q822"}
    assert others["total"] == 3


def test_three_entities(client: TestClient) -> None:
    """More entities narrow the answer; repeated ones count once."""
    found = read(client, "/intersections", entity=[IRAN, HEZBOLLAH, NETANYAHU, IRAN])
    assert [one["article"]["title"] for one in found["articles"]["results"]] == ["Drones over the desert"]
    assert len(found["entities"]) == 3


def test_pages_of_an_intersection(client: TestClient) -> None:
    """Limit and offset hold for both lists; `next` ends with the longer one."""
    first = read(client, "/intersections", entity=[IRAN, HEZBOLLAH], limit=2)
    assert len(first["articles"]["results"]) == 2
    assert len(first["co_mentioned"]["results"]) == 2
    second = client.get(first["next"]).json()
    assert [one["article"]["title"] for one in second["articles"]["results"]] == ["A note without a date"]
    assert second["next"] is None


def test_empty_intersection_is_explained(client: TestClient) -> None:
    """Where no article names all, the answer says so and is otherwise whole."""
    found = read(client, "/intersections", entity=[IRAN, RUSSIA])
    assert (found["articles"], found["co_mentioned"]) == ({"total": 0, "results": []}, {"total": 0, "results": []})
    assert found["reason"] == "no_common_article"


def test_an_intersection_in_time(client: TestClient) -> None:
    """The articles that name all, by month or day where that is asked for; undated ones stand in none."""
    assert read(client, "/intersections", entity=[IRAN, HEZBOLLAH])["timeline"] is None
    months = read(client, "/intersections", entity=[IRAN, HEZBOLLAH], by="month", limit=1)["timeline"]
    assert months == [{"start": "2024-04-01", "articles": 1}, {"start": "2024-05-01", "articles": 1}]
    days = read(client, "/intersections", entity=[IRAN, HEZBOLLAH], by="day", since="2024-04-01")["timeline"]
    assert days == [{"start": "2024-04-14", "articles": 1}]
    assert read(client, "/intersections", entity=[IRAN, RUSSIA], by="week")["timeline"] == []


def test_window_narrows_an_intersection(client: TestClient) -> None:
    """A window leaves out what is outside it and what is undated."""
    found = read(client, "/intersections", entity=[IRAN, HEZBOLLAH], since="2024-05-01")
    assert [one["article"]["title"] for one in found["articles"]["results"]] == ["A visit in spring"]


@pytest.mark.parametrize("entities", [[IRAN], [IRAN, IRAN], [IRAN, *(f"Q{number}" for number in range(1, 9))], []])
def test_two_to_eight_entities(client: TestClient, entities: list[str]) -> None:
    """Fewer than two and more than eight different entities are refused."""
    response = client.get("/api/v1/intersections", params={"entity": entities})
    assert (response.status_code, response.json()["code"]) == (422, "invalid_request")
    assert response.json()["errors"][0]["field"] == "entity"


def test_unknown_entity_as_parameter(client: TestClient) -> None:
    """An unknown id as a parameter is a 422 that names the parameter."""
    response = client.get("/api/v1/intersections", params={"entity": [IRAN, "Q0"]})
    assert (response.status_code, response.json()["code"]) == (422, "unknown_entity")
    assert response.json()["errors"][0]["field"] == "entity"


def test_merged_entity_as_parameter(client: TestClient) -> None:
    """A former id as a parameter leads to the same question with the id that counts."""
    response = client.get("/api/v1/intersections", params={"entity": [IRAN, "x-hezbollah"]})
    assert response.status_code == 308
    assert response.headers["location"] == f"/api/v1/intersections?entity={IRAN}&entity={HEZBOLLAH}"


def test_evidence_of_a_pair(client: TestClient) -> None:
    """Every sentence that names both comes with its article, newest first."""
    page = read(client, f"/pairs/{IRAN}/{HEZBOLLAH}/evidence")
    assert {(one["article"]["title"], one["sentence"]["text"]) for one in page["results"]} >= {
        ("A visit in spring", "Iran received envoys of Hezbollah."),
        ("Drones over the desert", "Hezbollah praised Iran."),
    }
    assert page["results"][0]["article"]["title"] == "A visit in spring"
    assert page["total"] == len(page["results"])


def test_evidence_is_the_same_both_ways(client: TestClient) -> None:
    """The order of a pair makes no difference."""
    one, other = (f"/pairs/{a}/{b}/evidence" for a, b in ((IRAN, JCPOA), (JCPOA, IRAN)))
    assert read(client, one)["results"] == read(client, other)["results"]


def test_empty_evidence_is_explained(client: TestClient) -> None:
    """Where no article names both, the page says so."""
    page = read(client, f"/pairs/{IRAN}/{RUSSIA}/evidence")
    assert (page["total"], page["reason"]) == (0, "no_common_article")


def test_a_pair_is_two_entities(client: TestClient) -> None:
    """An entity makes no pair with itself; an unknown one makes none at all."""
    same = client.get(f"/api/v1/pairs/{IRAN}/{IRAN}/evidence")
    assert (same.status_code, same.json()["errors"][0]["field"]) == (422, "b")
    unknown = client.get(f"/api/v1/pairs/{IRAN}/Q0/evidence")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown_entity")
