"""Articles: search, one of them, its box, and writing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Query
from starlette.responses import Response

from app import presenters
from app.api import PREFIX
from app.api.addresses import stored_spelling
from app.api.dependencies import (
    MAX_OFFSET,
    ArticleInPath,
    ExtractorOfApp,
    GraphFormat,
    Keep,
    MaxNodes,
    PagingOfRequest,
    SettingsOfApp,
    Store,
    Window,
    json_response,
)
from app.ingestion import Result, store_articles
from app.openapi import answer, problems
from app.problems import ProblemException, invalid
from app.schemas import examples
from app.schemas.articles import ArticlePage, ArticlesInput, StoredArticle, StoreResults
from app.schemas.graphs import ArticleGraph, ArticleNodeLinkGraph, CytoscapeGraph
from app.security import check_write
from graph.formats import FORMATS
from graph.store import GraphStore
from ingest.extractor import Extractor
from ingest.identity import BadUrl

router = APIRouter(prefix=f"{PREFIX}/articles", tags=["articles"])

READ_ERRORS = ("article in the path", "invalid")
WRITE_ERRORS = ("key", "closed", "origin", "invalid")


@router.get("", summary="Search articles", responses=answer(examples.page(examples.ARTICLE), "invalid"))
def search_articles(
    store: Store,
    window: Window,
    paging: PagingOfRequest,
    q: Annotated[
        str | None, Query(max_length=200, description="Words that the title holds.", examples=["nuclear talks"])
    ] = None,
    url: Annotated[
        str | None,
        Query(
            max_length=4000, description="Its address in any spelling.", examples=["https://example.org/a?utm_source=x"]
        ),
    ] = None,
    publisher: Annotated[
        str | None, Query(max_length=200, description="Who published it, as it is spelled.", examples=["Example News"])
    ] = None,
) -> ArticlePage:
    """Stored articles that fit all that is given; newest first, undated ones last."""
    found = store.articles(q=q, url=_stored(url, store), publisher=publisher, filters=window, page=paging.request)
    return paging.answer(
        ArticlePage, found, presenters.article, if_empty="no_match" if url is None else "unknown_article"
    )


@router.post(
    "",
    summary="Store articles",
    dependencies=[Depends(check_write)],
    responses={
        **answer(examples.STORED, *WRITE_ERRORS, "article", "body", "size", description="What became of each."),
    },
)
def write_articles(
    store: Store,
    extractor: ExtractorOfApp,
    settings: SettingsOfApp,
    articles: Annotated[ArticlesInput, Body(openapi_examples=examples.ARTICLE_INPUTS)],
) -> StoreResults:
    """Store one article or a list of them and find the entities in them; they are in the graph when this answers.

    An article that is known by its address, its id or its content is replaced, or left alone where nothing changed.
    One that cannot be stored is reported as `failed` and does not lose the others; alone it is a 422.
    """
    records = articles if isinstance(articles, list) else [articles]
    if not 1 <= len(records) <= settings.max_batch:
        raise invalid("body", "", f"takes 1 to {settings.max_batch} articles, given were {len(records)}")
    results = _store(records, store=store, extractor=extractor)
    if len(results) == 1 and results[0].outcome == "failed":
        raise ProblemException(422, "bad_article", results[0].reason or "the article cannot be stored")
    return StoreResults(results=[presenters.store_result(result) for result in results])


@router.get("/{article_id}", summary="One article", responses=answer(examples.STORED_ARTICLE, *READ_ERRORS))
def read_article(store: Store, article_id: ArticleInPath) -> StoredArticle:
    """An article with its text, the sentences that name entities, and these entities."""
    return presenters.stored_article(store.article(article_id))


@router.delete(
    "/{article_id}",
    summary="Delete an article",
    status_code=204,
    dependencies=[Depends(check_write)],
    responses=problems("article in the path", *WRITE_ERRORS),
)
def delete_article(store: Store, article_id: ArticleInPath) -> None:
    """Delete an article; the graph is then as if it had never been there."""
    store.delete(article_id)


@router.get(
    "/{article_id}/graph",
    summary="The box under an article",
    response_model=ArticleGraph | ArticleNodeLinkGraph | CytoscapeGraph,
    responses=answer(examples.ARTICLE_GRAPH, *READ_ERRORS),
)
def read_article_graph(
    store: Store,
    settings: SettingsOfApp,
    article_id: ArticleInPath,
    min_articles: Annotated[
        int, Query(ge=1, le=MAX_OFFSET, description="Only ties of at least so many articles.", examples=[1])
    ] = 1,
    max_nodes: MaxNodes = 60,
    keep: Keep = 1.0,
    related: Annotated[int, Query(ge=0, le=100, description="How many related articles at most.", examples=[10])] = 10,
    form: Annotated[
        GraphFormat | None,
        Query(alias="format", description="Where given, the answer is the graph alone.", examples=["node-link"]),
    ] = None,
) -> Response:
    """The article's entities, their ties in it and in the whole corpus, the sentences, and related articles.

    An empty graph is explained by `state` and `explanation`. Related articles share entities; rare ones count more.

    `alpha` of a tie is small where it stands out, by the articles of the corpus, among the ties of its ends in this
    answer, before `keep` cuts; entities that then have no tie stay, because the article names them.
    """
    cap = min(max_nodes, settings.max_nodes)
    found = store.article_graph(article_id, min_articles=min_articles, max_nodes=cap, related=related, keep=keep)
    return json_response(presenters.article_graph(found) if form is None else FORMATS[form](found.graph))


def _store(records: Sequence[Any], *, store: GraphStore, extractor: Extractor) -> list[Result]:
    """One result for each record, in order; what is no JSON object fails here."""
    usable = [record for record in records if isinstance(record, Mapping)]
    stored = iter(store_articles(usable, store=store, extractor=extractor))
    unusable = Result(None, None, "failed", "an article is a JSON object")
    return [next(stored) if isinstance(record, Mapping) else unusable for record in records]


def _stored(url: str | None, store: GraphStore) -> str | None:
    try:
        return None if url is None else stored_spelling(url, store)
    except BadUrl as error:
        raise invalid("query", "url", str(error)) from None
