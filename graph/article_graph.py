"""The graph of one article: what the box under it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from graph.backbone import backbone, with_alphas
from graph.counting.protocol import Counting, PairTie
from graph.evidence import proof
from graph.library import Library
from graph.model import (
    ArticleGraph,
    ArticleState,
    Edge,
    Entity,
    Filters,
    RelatedArticle,
    Sentence,
    StoredArticle,
    Subgraph,
)

EXPLANATIONS: Mapping[ArticleState, str] = {
    "ok": "",
    "pending": "This article is stored, but its entities have not been looked for yet.",
    "no_entities": "This article names no person, state, group, body, agreement, weapon, place or event that we know.",
    "below_threshold": "No entity of this article is mentioned in as many articles as were asked for.",
    "unsupported_language": "Entities are found in English articles alone; this one is in another language.",
}


def article_graph(
    stored: StoredArticle,
    *,
    library: Library,
    counting: Counting,
    min_articles: int,
    max_nodes: int,
    related: int,
    languages: Collection[str],
    keep: float = 1.0,
) -> ArticleGraph:
    """The entities of an article, how they are tied in it and in the whole corpus, and articles that share them.

    min_articles: leave out entities that fewer stored articles mention. max_nodes: keep those named most often.
    related: how many related articles. languages: those that entities are looked for in. keep: ties of a larger alpha
    (see graph.backbone), by the articles of the corpus, are cut; the entities stay, because the article names them.
    """
    wanted = [entity for entity in stored.entities if entity.articles >= min_articles]
    state = _state(stored, wanted, languages)
    shown = wanted[:max_nodes]
    ties = with_alphas(_ties(stored, shown, counting))
    kept = backbone(ties, keep=keep)
    graph = Subgraph(
        nodes=tuple(shown),
        edges=tuple(_proven(tie, stored.sentences) for tie in kept),
        total=len(wanted),
        truncated=len(shown) < len(wanted),
        ties_cut=len(ties) - len(kept),
        node_data=_node_data(stored, shown),
    )
    return ArticleGraph(
        article=stored.article,
        state=state,
        explanation=EXPLANATIONS[state],
        graph=graph,
        related=_related(stored.article.id, library, counting, related),
    )


def _state(stored: StoredArticle, wanted: Sequence[Entity], languages: Collection[str]) -> ArticleState:
    if wanted:
        return "ok"
    if stored.entities:
        return "below_threshold"
    if not stored.extracted_by:
        return "pending"
    return "no_entities" if stored.article.language in languages else "unsupported_language"


def _ties(stored: StoredArticle, shown: Sequence[Entity], counting: Counting) -> tuple[PairTie, ...]:
    """A tie for every two entities that the text names; what tags alone name, or what is only a source, makes none."""
    tied = sorted(
        entity.id for entity in shown if stored.evidence[entity.id] == "text" and entity.id not in stored.cited
    )
    return counting.ties_among(tied, filters=Filters()) if tied else ()


def _proven(tie: Edge, sentences: Sequence[Sentence]) -> Edge:
    proving = proof(sentences, (tie.source, tie.target))
    return replace(tie, in_article=sum(sentence.same_sentence for sentence in proving), proof=proving)


def _node_data(stored: StoredArticle, shown: Sequence[Entity]) -> dict[str, dict[str, object]]:
    counts = Counter(mention.entity for sentence in stored.sentences for mention in sentence.mentions)
    return {
        entity.id: {
            "count": counts[entity.id],
            "evidence": stored.evidence[entity.id],
            "source": entity.id in stored.cited,
        }
        for entity in shown
    }


def _related(id: str, library: Library, counting: Counting, limit: int) -> tuple[RelatedArticle, ...]:
    scored = counting.related(id, limit=limit) if limit else ()
    articles = library.articles([each.article for each in scored])
    shared = {entity.id: entity for entity in library.entities(sorted({id for each in scored for id in each.shared}))}
    return tuple(
        RelatedArticle(article=article, shared=tuple(shared[id] for id in each.shared), score=each.score)
        for article, each in zip(articles, scored, strict=True)
    )
