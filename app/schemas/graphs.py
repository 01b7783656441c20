"""Answers that are graphs, in the field names of networkx and Cytoscape, and what is derived from them."""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict, Field

from app.schemas.articles import Article, TextSentence
from app.schemas.common import Answer, Reason
from app.schemas.entities import EntityShort, TimelinePoint
from graph.model import ArticleState


class Node(Answer):
    """An entity in a graph."""

    model_config = ConfigDict(extra="allow")

    id: str
    name: str
    type: str
    wikidata_id: str | None
    articles: int = Field(description="How many stored articles mention it.")


class Edge(Answer):
    """A tie between two entities in the whole corpus."""

    model_config = ConfigDict(extra="allow")

    source: str
    target: str
    articles: int = Field(description="Articles that name both.")
    npmi: float
    llr: float
    jaccard: float
    alpha: float = Field(
        ge=0, le=1, description="How ordinary the tie is among those of its ends (disparity filter); small stands out."
    )
    first_seen: str | None
    last_seen: str | None


class CorpusEdge(Edge):
    """A tie with the number of sentences that name both."""

    sentences: int


class ArticleEdge(Edge):
    """A tie inside one article, with the sentences that prove it."""

    in_article: int = Field(description="Sentences of this article that name both.")
    in_corpus: int = Field(description="Articles of the whole corpus that name both.")
    sentences: list[TextSentence] = Field(
        description="Those that name both, or else the nearest for each of the two, marked `same_sentence: false`."
    )


class GraphSize(Answer):
    """What a cap has left of a graph."""

    model_config = ConfigDict(extra="allow")

    truncated: bool
    shown: int = Field(description="Entities in this answer.")
    total: int = Field(description="Entities there were before the cap.")
    ties_shown: int = Field(description="Ties in this answer.")
    ties_total: int = Field(description="Ties there are among the entities shown, before `keep` cut any.")


class NodeLink(Answer):
    """What `networkx.node_link_graph(…, edges="edges")` reads."""

    directed: bool
    multigraph: bool
    graph: GraphSize


class NeighbourhoodNode(Node):
    """An entity in a neighbourhood."""

    chosen: bool = Field(description="True for the entities asked for.")
    expanded: bool = Field(description="True for those whose further neighbours were asked for.")
    neighbours: int | None = Field(None, description="With `count_neighbours`: its ties under the same filters.")
    more: int | None = Field(None, description="With `count_neighbours`: how many of them lead out of this answer.")


class NodeLinkGraph(NodeLink):
    """Entities and the ties among them."""

    nodes: list[NeighbourhoodNode]
    edges: list[CorpusEdge]
    timeline: list[TimelinePoint] | None = Field(
        None, description="With `by`: how many articles name the chosen entities, in time; empty spans are left out."
    )


class ArticleNodeLinkGraph(NodeLink):
    """The entities of an article and the ties among them."""

    nodes: list[Node]
    edges: list[ArticleEdge]


class CytoscapeElement(Answer):
    """A node or an edge; its ids are strings."""

    data: dict[str, Any]


class CytoscapeElements(Answer):
    """The parts of a Cytoscape graph."""

    nodes: list[CytoscapeElement]
    edges: list[CytoscapeElement]


class CytoscapeGraph(Answer):
    """What `cytoscape({elements})` takes."""

    model_config = ConfigDict(extra="allow")

    elements: CytoscapeElements
    timeline: list[TimelinePoint] | None = Field(None, description="With `by`, as in `node-link`.")


class RelatedArticle(Answer):
    """Another article that shares entities; rare ones count more."""

    article: Article
    shared: list[EntityShort] = Field(description="Rarest first.")
    score: float


class ArticleGraph(Answer):
    """The box under an article."""

    article: Article
    state: ArticleState
    explanation: str = Field(description="The state in a sentence.")
    graph: ArticleNodeLinkGraph
    related: list[RelatedArticle]


class Hop(Answer):
    """One step of a path with a sentence that proves it."""

    source: str
    target: str
    articles: int = Field(description="Articles that name both.")
    sentence: TextSentence = Field(description="The first of `sentences`.")
    sentences: list[TextSentence] = Field(
        description="A sentence that names both, or else one for each of the two, marked `same_sentence: false`."
    )
    article: Article = Field(description="Where the sentences stand.")


class Path(Answer):
    """A chain of ties."""

    entities: list[EntityShort]
    hops: list[Hop]


class Paths(Answer):
    """The shortest chains of ties between two entities, those with the strongest weakest tie first."""

    paths: list[Path]
    reason: Reason | None = Field(description="Why there is no path; null where there is one.")


class Centrality(Answer):
    """How central an entity is in the neighbourhood, by several measures."""

    model_config = ConfigDict(extra="allow")

    entity: EntityShort


class Bridge(Answer):
    """A tie without which the neighbourhood falls apart."""

    source: EntityShort
    target: EntityShort


class Analysis(Answer):
    """Groups, centralities and bridges of a neighbourhood."""

    communities: list[list[EntityShort]] = Field(description="Groups that hang together, largest first.")
    centrality: list[Centrality]
    bridges: list[Bridge]
    graph: GraphSize = Field(description="The neighbourhood that was analysed.")
