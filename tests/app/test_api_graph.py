"""Graphs, paths and local analysis over HTTP."""

from typing import Any

import networkx
import pytest
from api_reading import read
from fastapi.testclient import TestClient

IRAN, HEZBOLLAH, NETANYAHU, ISRAEL, RUSSIA, TRUMP = "Q794", "Q41053", "Q43723", "Q801", "Q159", "Q22686"


def test_neighbourhood_is_networkx_json(client: TestClient) -> None:
    """The answer is what networkx reads: the entity, its neighbours, and the ties among all of them."""
    graph = networkx.node_link_graph(read(client, "/graph", entity=IRAN), edges="edges")
    assert set(graph[IRAN]) == {HEZBOLLAH, NETANYAHU, ISRAEL, TRUMP, "Q17001802", "Q30", "Q822"}
    assert graph.has_edge(HEZBOLLAH, ISRAEL)
    assert graph.nodes[IRAN]["name"] == "Iran"
    assert graph[IRAN][HEZBOLLAH]["articles"] == 3
    assert graph.graph == {**graph.graph, "truncated": False, "shown": 8, "total": 8}


def test_neighbourhood_as_cytoscape_json(client: TestClient) -> None:
    """Cytoscape's form holds the same nodes and edges, with string ids."""
    plain = read(client, "/graph", entity=IRAN)
    elements = read(client, "/graph", entity=IRAN, format="cytoscape")["elements"]
    assert {one["data"]["id"] for one in elements["nodes"]} == {one["id"] for one in plain["nodes"]}
    assert {(one["data"]["source"], one["data"]["target"]) for one in elements["edges"]} == {
        (one["source"], one["target"]) for one in plain["edges"]
    }


def test_caps_are_reported(client: TestClient) -> None:
    """A cap leaves the chosen entity and its strongest neighbours, and says how many there were."""
    capped = read(client, "/graph", entity=IRAN, max_nodes=3, measure="articles")
    assert capped["graph"] == {**capped["graph"], "truncated": True, "shown": 3, "total": 8}
    assert {IRAN, HEZBOLLAH} < {one["id"] for one in capped["nodes"]}


def test_the_setting_caps_what_is_asked(make_client: Any) -> None:
    """EIG_MAX_NODES holds against a larger wish, and that is reported too."""
    capped = read(make_client(max_nodes=4), "/graph", entity=IRAN, max_nodes=1000)
    assert (capped["graph"]["shown"], capped["graph"]["truncated"]) == (4, True)


def test_filters_narrow_the_neighbourhood(client: TestClient) -> None:
    """Types, windows and thresholds narrow the neighbours."""
    persons = read(client, "/graph", entity=IRAN, type="person")
    assert {one["id"] for one in persons["nodes"]} == {IRAN, NETANYAHU, TRUMP}
    early = read(client, "/graph", entity=IRAN, until="2016-01-01")
    assert HEZBOLLAH not in {one["id"] for one in early["nodes"]}


def test_ordinary_ties_can_be_cut(client: TestClient) -> None:
    """Every tie has its alpha; `keep` cuts those above it but for the chosen entity's own, and both are counted."""
    whole, cut = read(client, "/graph", entity=IRAN), read(client, "/graph", entity=IRAN, keep=0.3)
    assert {(one["source"], one["target"]) for one in cut["edges"]} == {
        (one["source"], one["target"])
        for one in whole["edges"]
        if one["alpha"] <= 0.3 or IRAN in (one["source"], one["target"])
    }
    assert 7 <= len(cut["edges"]) < len(whole["edges"])
    assert (whole["graph"]["ties_shown"], whole["graph"]["ties_total"]) == (len(whole["edges"]), len(whole["edges"]))
    assert (cut["graph"]["ties_shown"], cut["graph"]["ties_total"]) == (len(cut["edges"]), len(whole["edges"]))
    assert cut["nodes"] == whole["nodes"]
    drawn = read(client, "/graph", entity=IRAN, keep=0.3, format="cytoscape")
    assert [one["data"]["alpha"] for one in drawn["elements"]["edges"]] == [one["alpha"] for one in cut["edges"]]
    assert drawn["data"] == cut["graph"]


@pytest.mark.parametrize("keep", [0, -0.1, 1.01, "nan", "some"])
@pytest.mark.parametrize("path", ["/graph?entity=Q794", "/articles/a0/graph?"])
def test_a_cut_is_above_zero_and_at_most_one(client: TestClient, path: str, keep: object) -> None:
    """Any other number, and what is none, is refused."""
    response = client.get(f"/api/v1{path}&keep={keep}")
    assert (response.status_code, response.json()["errors"][0]["field"]) == (422, "keep")


def test_a_neighbourhood_in_time(client: TestClient) -> None:
    """Articles of the window that name at least one of the chosen; of one entity its own timeline."""
    assert "timeline" not in read(client, "/graph", entity=IRAN)
    own = read(client, f"/entities/{IRAN}/timeline", by="month")["points"]
    assert read(client, "/graph", entity=IRAN, by="month", type="person", max_nodes=1)["timeline"] == own
    several = read(client, "/graph", entity=[HEZBOLLAH, ISRAEL], by="day", since="2018-01-01", format="cytoscape")
    assert several["timeline"] == [{"start": "2023-10-08", "articles": 1}, {"start": "2024-04-14", "articles": 1}]


def test_the_picture_of_an_intersection(client: TestClient) -> None:
    """Others are those that articles name together with all of the chosen, and so are the months."""
    asked = {"entity": [IRAN, HEZBOLLAH], "by": "month"}
    shared = read(client, "/intersections", **asked)
    drawn = read(client, "/graph", **asked, mode="intersection")
    others = {one["entity"]["id"] for one in shared["co_mentioned"]["results"]}
    assert {one["id"] for one in drawn["nodes"] if not one["chosen"]} == others
    assert drawn["timeline"] == shared["timeline"]
    assert drawn["graph"]["total"] == 2 + shared["co_mentioned"]["total"]
    assert others < {one["id"] for one in read(client, "/graph", entity=[IRAN, HEZBOLLAH])["nodes"]}


def test_expanding(client: TestClient) -> None:
    """What is expanded brings further neighbours, and nodes tell how many lie beyond where that is asked for."""
    asked = {"entity": TRUMP, "max_nodes": 2, "measure": "articles", "count_neighbours": True}
    before = read(client, "/graph", **asked)
    assert (before["graph"]["shown"], before["graph"]["total"]) == (2, 5)
    counts = {one["id"]: (one["neighbours"], one["more"]) for one in before["nodes"]}
    assert counts[TRUMP] == (4, 3)
    (other,) = counts.keys() - {TRUMP}
    after = read(client, "/graph", **asked, expand=other, expand_by=100)
    assert after["graph"]["shown"] == 2 + counts[other][1]
    assert {one["id"]: one["more"] for one in after["nodes"]}[other] == 0
    assert [one["id"] for one in after["nodes"] if one["expanded"]] == [other]


def test_unknown_and_merged_entities_to_expand(client: TestClient) -> None:
    """They are treated as chosen ones are; a gesture too many is refused."""
    unknown = client.get("/api/v1/graph", params={"entity": IRAN, "expand": "Q0"})
    assert (unknown.status_code, unknown.json()["errors"][0]["field"]) == (422, "expand")
    merged = client.get("/api/v1/graph", params={"entity": IRAN, "expand": "x-hezbollah"})
    assert merged.headers["location"] == f"/api/v1/graph?entity={IRAN}&expand={HEZBOLLAH}"
    many = client.get("/api/v1/graph", params={"entity": IRAN, "expand": [HEZBOLLAH] * 21})
    assert (many.status_code, many.json()["code"]) == (422, "invalid_request")


def test_unknown_and_merged_entities(client: TestClient) -> None:
    """An unknown id is a 422, a former one leads to the id that counts."""
    unknown = client.get("/api/v1/graph", params={"entity": "Q0"})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "unknown_entity")
    merged = client.get("/api/v1/analysis", params={"entity": "x-hezbollah", "seed": 3})
    assert merged.headers["location"] == f"/api/v1/analysis?entity={HEZBOLLAH}&seed=3"


def test_direct_path(client: TestClient) -> None:
    """Two entities of one article are one step apart, with a sentence and its article."""
    found = read(client, "/paths", source=IRAN, target=HEZBOLLAH)
    (path,) = found["paths"]
    assert [one["id"] for one in path["entities"]] == [IRAN, HEZBOLLAH]
    (hop,) = path["hops"]
    assert (hop["source"], hop["target"], hop["articles"]) == (IRAN, HEZBOLLAH, 3)
    assert hop["sentence"]["text"]
    assert hop["article"]["id"]


def test_path_of_two_steps(client: TestClient) -> None:
    """Entities that no article names together are linked through others, each step proven."""
    found = read(client, "/paths", source=TRUMP, target=HEZBOLLAH)
    assert {path["entities"][1]["id"] for path in found["paths"]} == {IRAN, NETANYAHU}
    assert all(len(path["hops"]) == 2 for path in found["paths"])


def test_no_path_is_explained(client: TestClient) -> None:
    """Where no chain of ties leads from one to the other, the answer says so."""
    assert read(client, "/paths", source=IRAN, target=RUSSIA) == {"paths": [], "reason": "no_path"}


def test_a_path_leads_elsewhere(client: TestClient) -> None:
    """A path from an entity to itself is refused, and so is one to an unknown entity."""
    same = client.get("/api/v1/paths", params={"source": IRAN, "target": IRAN})
    assert (same.status_code, same.json()["errors"][0]["field"]) == (422, "target")
    unknown = client.get("/api/v1/paths", params={"source": IRAN, "target": "Q0"})
    assert (unknown.status_code, unknown.json()["errors"][0]["field"]) == (422, "target")


def test_analysis(client: TestClient) -> None:
    """A neighbourhood has communities that part it, centralities and bridges, and reports its size."""
    found = read(client, "/analysis", entity=IRAN)
    members = [one["id"] for group in found["communities"] for one in group]
    assert len(members) == len(set(members)) == found["graph"]["shown"] == 8
    assert {one["entity"]["id"] for one in found["centrality"]} == set(members)
    assert {"degree", "betweenness"} <= set(found["centrality"][0])
    assert found["graph"]["truncated"] is False
    assert isinstance(found["bridges"], list)


def test_analysis_is_repeatable(client: TestClient) -> None:
    """Equal seeds give equal answers."""
    assert read(client, "/analysis", entity=IRAN, seed=7) == read(client, "/analysis", entity=IRAN, seed=7)


@pytest.mark.parametrize("path", ["/graph", "/analysis"])
def test_too_many_entities(client: TestClient, path: str) -> None:
    """More chosen entities than a graph can hold are refused."""
    response = client.get(f"/api/v1{path}", params={"entity": [f"Q{number}" for number in range(1, 30)]})
    assert (response.status_code, response.json()["code"]) == (422, "invalid_request")
