"""Subgraphs as JSON that other programs read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from graph.model import Edge, Entity, Sentence, Subgraph

Json: TypeAlias = dict[str, Any]


def node_link(graph: Subgraph) -> Json:
    """What `networkx.node_link_graph(data, edges="edges")` reads, and most drawing libraries too."""
    return {
        "directed": False,
        "multigraph": False,
        "graph": about(graph),
        "nodes": [_node(entity, graph) for entity in graph.nodes],
        "edges": [_edge(edge) for edge in graph.edges],
    }


def cytoscape(graph: Subgraph) -> Json:
    """What Cytoscape, cytoscape.js and `networkx.cytoscape_graph` read; every id is a string, edges have one too."""
    return {
        "directed": False,
        "multigraph": False,
        "data": about(graph),
        "elements": {
            # networkx takes a node's key from `value`.
            "nodes": [{"data": {**_node(entity, graph), "value": entity.id}} for entity in graph.nodes],
            "edges": [{"data": {"id": f"{edge.source}-{edge.target}", **_edge(edge)}} for edge in graph.edges],
        },
    }


FORMATS: Mapping[str, Callable[[Subgraph], Json]] = {"node-link": node_link, "cytoscape": cytoscape}


def about(graph: Subgraph) -> Json:
    """How much of what there is a graph shows."""
    return {
        "truncated": graph.truncated,
        "shown": graph.shown,
        "total": graph.total,
        "ties_shown": len(graph.edges),
        "ties_total": graph.ties_total,
    }


def _node(entity: Entity, graph: Subgraph) -> Json:
    return {
        "id": entity.id,
        "name": entity.name,
        "type": entity.type,
        "wikidata_id": entity.wikidata_id,
        "articles": entity.articles,
        **graph.node_data.get(entity.id, {}),
    }


def _edge(edge: Edge) -> Json:
    """A tie; in the graph of one article with what that article says, and the counts of the corpus beside it."""
    tie = {
        "source": edge.source,
        "target": edge.target,
        "articles": edge.articles,
        "sentences": edge.sentences,
        "npmi": edge.npmi,
        "llr": edge.llr,
        "jaccard": edge.jaccard,
        "alpha": edge.alpha,
        "first_seen": edge.first_seen,
        "last_seen": edge.last_seen,
    }
    if edge.in_article is None:
        return tie
    return {
        **tie,
        "in_article": edge.in_article,
        "in_corpus": edge.articles,
        "sentences": [_sentence(sentence) for sentence in edge.proof],
        "sentences_in_corpus": edge.sentences,
    }


def _sentence(sentence: Sentence) -> Json:
    return {
        "number": sentence.number,
        "text": sentence.text,
        "mentions": [
            {
                "entity": mention.entity,
                "start": mention.start,
                "end": mention.end,
                "surface": mention.surface,
                "kind": mention.kind,
                "stands_for": mention.stands_for,
            }
            for mention in sentence.mentions
        ],
        "same_sentence": sentence.same_sentence,
    }
