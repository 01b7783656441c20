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
