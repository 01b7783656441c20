"""What the box of an article says: its entities, their ties, and what they are most strongly tied to elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from graph.errors import UnknownArticle
from graph.model import Article, ArticleGraph, ArticleState, Edge, Entity, EntityType, Filters, Subgraph
from graph.store import GraphStore

State = ArticleState | Literal["unknown_article"]

# Most entities of the article that are shown, those it names most often, and most of those it does not name.
MOST_INSIDE = 16
MOST_OUTSIDE = 12
# Those are chosen among so many with the strongest ties of all.
CANDIDATES = 40

_UNKNOWN = "We have not read this article yet: its graph appears here once it is in our collection."


@dataclass(frozen=True, slots=True)
class Node:
    """An entity in the box. `inside`: the article names it. `share`: how much of the box it is about, from 0 to 1."""

    id: str
    name: str
    type: EntityType
    inside: bool
    share: float


@dataclass(frozen=True, slots=True)
class Tie:
    """Two entities that go together, strongest first in a card. `articles` counts those of all that name both."""

    source: str
    target: str
    inside: bool
    articles: int

    def other(self, id: str) -> str:
        """The end that is not `id`."""
        return self.target if id == self.source else self.source


@dataclass(frozen=True, slots=True)
class Card:
    """The content of a box. `article` is None where it is unknown; `message` says the state in a sentence.

    inside and outside: how many entities the article names, and how many others these are tied to, shown or not.
    """

    state: State
    message: str
    article: Article | None = None
    nodes: tuple[Node, ...] = ()
    ties: tuple[Tie, ...] = ()
    inside: int = 0
    outside: int = 0

    @property
    def line(self) -> str:
        """What the box shows, in one line."""
        if self.state != "ok":
            return self.message
        named = "1 entity" if self.inside == 1 else f"{self.inside:,} entities"
        if not self.outside:
            return f"{named} in this article"
        return f"{named} in this article, tied to {self.outside:,} more in the rest of the news"

    def ties_of(self, id: str) -> tuple[Tie, ...]:
        """The ties of an entity, those inside the article first, then the strongest."""
        return tuple(tie for tie in self.ties if id in (tie.source, tie.target))


def read_card(store: GraphStore, article_id: str | None, *, min_articles: int = 1) -> Card:
    """The card of an article; of None, and of an id that is not in the graph, one that says so kindly.

    min_articles: leave out entities and ties of fewer stored articles.
    """
    try:
        found = store.article_graph(article_id or "", min_articles=min_articles, max_nodes=MOST_INSIDE, related=0)
    except UnknownArticle:
        return Card("unknown_article", _UNKNOWN)
    if found.state != "ok":
        return Card(found.state, found.explanation, found.article)
    return _full(store, found, min_articles)


def _full(store: GraphStore, found: ArticleGraph, min_articles: int) -> Card:
    shown = {entity.id for entity in found.graph.nodes}
    named = shown | _left_out(store, found)
    around = store.neighbourhood(
        sorted(shown), filters=Filters(min_articles=min_articles), measure="llr", max_nodes=len(named) + CANDIDATES
    )
    candidates = {entity.id: entity for entity in around.nodes if entity.id not in named}
    leading = _outer(around.edges, shown, set(candidates))
    others = _in_turn([entity.id for entity in found.graph.nodes], leading)
    return Card(
        state="ok",
        message=found.explanation,
        article=found.article,
        nodes=(*_inside(found.graph), *(_node(candidates[id], inside=False, share=0.0) for id in others)),
        ties=(*_inner(found.graph.edges), *(tie for tie in leading if {tie.source, tie.target} & set(others))),
        inside=found.graph.total,
        outside=max(0, around.total - len(named)),
    )


def _left_out(store: GraphStore, found: ArticleGraph) -> set[str]:
    """The entities that the article's text names too, but a card has no room for."""
    if not found.graph.truncated:
        return set()
    whole = store.article(found.article.id)
    text = {entity.id for entity in whole.entities if whole.evidence[entity.id] == "text"}
    return text - whole.cited - {entity.id for entity in found.graph.nodes}


def _inner(edges: Iterable[Edge]) -> list[Tie]:
    """Ties inside the article: by the sentences in it that name both, then by how surely the two go together."""
    ranked = sorted(edges, key=lambda edge: (-(edge.in_article or 0), -edge.llr, edge.source, edge.target))
    return [Tie(edge.source, edge.target, True, edge.articles) for edge in ranked]


def _outer(edges: Iterable[Edge], shown: set[str], others: set[str]) -> list[Tie]:
    """Ties of the article's entities to others, the surest first."""
    leading = [
        edge
        for edge in edges
        if (edge.source in shown and edge.target in others) or (edge.target in shown and edge.source in others)
    ]
    ranked = sorted(leading, key=lambda edge: (-edge.llr, -edge.articles, edge.source, edge.target))
    return [Tie(edge.source, edge.target, False, edge.articles) for edge in ranked]


def _in_turn(shown: Sequence[str], leading: Sequence[Tie]) -> list[str]:
    """The others that are shown: in turn, the one that each entity of the article is most strongly tied to.

    The strongest ties of all would often be those of one entity that the article names in passing.
    """
    chosen: list[str] = []
    ranked = {id: [tie.other(id) for tie in leading if id in (tie.source, tie.target)] for id in shown}
    while len(chosen) < MOST_OUTSIDE and any(ranked.values()):
        for id in shown:
            ranked[id] = [other for other in ranked[id] if other not in chosen]
            if ranked[id] and len(chosen) < MOST_OUTSIDE:
                chosen.append(ranked[id][0])
    return chosen


def _inside(graph: Subgraph) -> Iterable[Node]:
    counts = {entity.id: int(graph.node_data[entity.id]["count"]) for entity in graph.nodes}
    most = max(counts.values(), default=0) or 1
    return [_node(entity, inside=True, share=counts[entity.id] / most) for entity in graph.nodes]


def _node(entity: Entity, *, inside: bool, share: float) -> Node:
    return Node(entity.id, entity.name, entity.type, inside, share)
