"""From the domain's answers to the JSON of the API."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from app.ingestion import Result
from app.schemas import articles, entities, graphs
from app.schemas.common import Reason
from graph import model
from graph.formats import about, node_link

Next = Callable[[int], str | None]


def entity(found: model.Entity) -> entities.Entity:
    """An entity in full."""
    return entities.Entity.model_validate(found)


def short(found: model.Entity) -> entities.EntityShort:
    """An entity where it is one of many."""
    return entities.EntityShort(id=found.id, name=found.name, type=found.type, wikidata_id=found.wikidata_id)


def entity_detail(found: model.EntityDetail) -> entities.EntityDetail:
    """An entity with its offices and relations."""
    return entities.EntityDetail(
        **entity(found.entity).model_dump(),
        offices=[entities.Office.model_validate(office) for office in found.offices],
        relations=[entities.Relation.model_validate(relation) for relation in found.relations],
    )


def co_mention(found: model.CoMention) -> entities.CoMention:
    """What is named with an entity."""
    tie = found.tie
    return entities.CoMention(
        entity=short(found.entity),
        articles=tie.articles,
        sentences=tie.sentences,
        first_seen=tie.first_seen,
        last_seen=tie.last_seen,
        npmi=tie.npmi,
        llr=tie.llr,
        jaccard=tie.jaccard,
    )


def article(found: model.Article) -> articles.Article:
    """An article without its text."""
    return articles.Article.model_validate(found)


def entity_article(found: tuple[model.Article, model.EvidenceKind]) -> entities.EntityArticle:
    """An article that mentions an entity."""
    return entities.EntityArticle(**article(found[0]).model_dump(), evidence=found[1])


def sentence(found: model.Sentence) -> articles.TextSentence:
    """A sentence with the entities named in it."""
    return articles.TextSentence.model_validate(found)


def sentences(found: Sequence[model.Sentence]) -> list[articles.TextSentence]:
    """Sentences with the entities named in them."""
    return [sentence(one) for one in found]


def evidence(found: tuple[model.Article, model.Sentence]) -> entities.Evidence:
    """A sentence that names both of a pair."""
    return entities.Evidence(article=article(found[0]), sentence=sentence(found[1]))


def _in_text(found: model.Sentence, *, text_kept: bool) -> articles.StoredSentence:
    return articles.StoredSentence(**sentence(found).model_dump(), start=found.start if text_kept else None)


def stored_article(found: model.StoredArticle) -> articles.StoredArticle:
    """An article as it is stored."""
    return articles.StoredArticle(
        **article(found.article).model_dump(),
        text=found.article.text if found.text_kept else None,
        takeaways=list(found.article.takeaways),
        sentences=[_in_text(one, text_kept=found.text_kept) for one in found.sentences],
        entities=[_article_entity(one, found.evidence, found.cited) for one in found.entities],
        ingested_at=found.ingested_at,
        extracted_by=found.extracted_by,
    )


def _article_entity(
    found: model.Entity, evidence_of: Mapping[str, model.EvidenceKind], cited: frozenset[str]
) -> articles.ArticleEntity:
    return articles.ArticleEntity(**short(found).model_dump(), evidence=evidence_of[found.id], cited=found.id in cited)


def store_result(found: Result) -> articles.StoreResult:
    """What became of one article that was sent."""
    return articles.StoreResult.model_validate(found)


def timeline(points: Sequence[model.TimelinePoint]) -> list[entities.TimelinePoint]:
    """Articles in time."""
    return [entities.TimelinePoint.model_validate(point) for point in points]


def intersection(
    found: model.Intersection,
    *,
    asked: model.PageRequest,
    next_page: Next,
    points: Sequence[model.TimelinePoint] | None,
) -> entities.Intersection:
    """What several entities share."""
    longest = max(found.articles.total, found.co_mentioned.total)
    shared = [
        entities.EvidencedArticle(article=article(one.article), sentences=sentences(one.sentences))
        for one in found.articles.results
    ]
    return entities.Intersection(
        entities=[entity(one) for one in found.entities],
        articles=entities.SharedArticles(total=found.articles.total, results=shared),
        co_mentioned=entities.SharedCoMentions(
            total=found.co_mentioned.total, results=[co_mention(one) for one in found.co_mentioned.results]
        ),
        timeline=None if points is None else timeline(points),
        reason=cast(Reason | None, found.reason),
        limit=asked.limit,
        offset=asked.offset,
        next=next_page(longest),
    )


def article_graph(found: model.ArticleGraph) -> dict[str, Any]:
    """The box under an article, in the shape of graphs.ArticleGraph.

    Plain, because of its size: to check every edge and sentence against the schema would take longer than to find them.
    """
    return {
        "article": article(found.article),
        "state": found.state,
        "explanation": found.explanation,
        "graph": node_link(found.graph),
        "related": [_related(one) for one in found.related],
    }


def _related(found: model.RelatedArticle) -> graphs.RelatedArticle:
    return graphs.RelatedArticle(
        article=article(found.article), shared=[short(one) for one in found.shared], score=found.score
    )


def path(found: model.Path) -> graphs.Path:
    """A chain of ties."""
    return graphs.Path(entities=[short(one) for one in found.entities], hops=[_hop(hop) for hop in found.hops])


def _hop(found: model.Hop) -> graphs.Hop:
    proof = sentences(found.sentences)
    return graphs.Hop(
        source=found.source,
        target=found.target,
        articles=found.articles,
        sentence=proof[0],
        sentences=proof,
        article=article(found.article),
    )


def analysis(found: model.Analysis) -> graphs.Analysis:
    """Groups, centralities and bridges of a neighbourhood."""
    return graphs.Analysis(
        communities=[[short(one) for one in group] for group in found.communities],
        centrality=[_centrality(one, values) for one, values in found.centrality],
        bridges=[graphs.Bridge(source=short(one), target=short(other)) for one, other in found.bridges],
        graph=graphs.GraphSize.model_validate(about(found.graph)),
    )


def _centrality(found: model.Entity, values: Mapping[str, Any]) -> graphs.Centrality:
    return graphs.Centrality(entity=short(found), **values)
