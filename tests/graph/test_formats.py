"""Subgraphs as JSON for other programs."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import networkx as nx

from graph.formats import FORMATS, cytoscape, node_link
from graph.model import Edge, Entity, EvidenceMention, Sentence, Subgraph

PROOF = Sentence(
    number=3,
    text="Tehran met Hezbollah.",
    mentions=(EvidenceMention("Q3616", 0, 6, "Tehran", "metonym", "Q794"),),
    same_sentence=False,
)
TIE = Edge("Q41053", "Q794", 7, 9, 0.5, 12.5, 0.25, "2024", "2024-05-17", alpha=0.04)
GRAPH = Subgraph(
    nodes=(Entity("Q794", "Iran", "state", "Q794", articles=20), Entity("Q41053", "Hezbollah", "armed_group")),
    edges=(TIE,),
    total=5,
    truncated=True,
    ties_cut=3,
    node_data={"Q794": {"community": 1}},
)


def test_networkx_reads_node_link() -> None:
    """Nodes and ties come back with their fields, also after a way through JSON."""
    read = nx.node_link_graph(json.loads(json.dumps(node_link(GRAPH))), edges="edges")
    assert read.graph == {"truncated": True, "shown": 2, "total": 5, "ties_shown": 1, "ties_total": 4}
    assert read.nodes["Q794"] == {
        "name": "Iran",
        "type": "state",
        "wikidata_id": "Q794",
        "articles": 20,
        "community": 1,
    }
    assert read.edges["Q794", "Q41053"] == {
        "articles": 7,
        "sentences": 9,
        "npmi": 0.5,
        "llr": 12.5,
        "jaccard": 0.25,
        "alpha": 0.04,
        "first_seen": "2024",
        "last_seen": "2024-05-17",
    }


def test_networkx_reads_cytoscape() -> None:
    """The same graph comes back from the other format."""
    read = nx.cytoscape_graph(json.loads(json.dumps(cytoscape(GRAPH))))
    assert read.graph == {"truncated": True, "shown": 2, "total": 5, "ties_shown": 1, "ties_total": 4}
    assert read.nodes["Q41053"]["name"] == "Hezbollah"
    assert read.edges["Q794", "Q41053"]["llr"] == 12.5


def test_every_id_of_cytoscape_is_a_string_and_its_own() -> None:
    """Cytoscape takes nodes and edges for one kind of thing, told apart by their ids."""
    elements = cytoscape(GRAPH)["elements"]
    ids = [element["data"]["id"] for kind in ("nodes", "edges") for element in elements[kind]]
    assert ids == ["Q794", "Q41053", "Q41053-Q794"]


def test_a_tie_of_one_article_says_what_that_article_says() -> None:
    """Its sentences prove it, and the counts of the corpus stand beside them."""
    in_article = replace(GRAPH, edges=(replace(TIE, in_article=2, proof=(PROOF,)),))
    edge: dict[str, Any] = node_link(in_article)["edges"][0]
    assert (edge["in_article"], edge["in_corpus"], edge["sentences_in_corpus"]) == (2, 7, 9)
    assert edge["sentences"] == [
        {
            "number": 3,
            "text": "Tehran met Hezbollah.",
            "mentions": [
                {
                    "entity": "Q3616",
                    "start": 0,
                    "end": 6,
                    "surface": "Tehran",
                    "kind": "metonym",
                    "stands_for": "Q794",
                }
            ],
            "same_sentence": False,
        }
    ]


def test_formats_are_known_by_name() -> None:
    """Both are there, under the names in which they are asked for."""
    assert {name: form(GRAPH)["directed"] for name, form in FORMATS.items()} == {
        "node-link": False,
        "cytoscape": False,
    }
