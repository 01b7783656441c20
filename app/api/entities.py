"""Entities: search, one of them, what is named with it, where, and when."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from app import presenters
from app.api import PREFIX
from app.api.dependencies import (
    EntityInPath,
    MeasureOfTies,
    PagingOfRequest,
    Store,
    TieFilters,
    Window,
    tie_reason,
)
from app.openapi import answer
from app.schemas import examples
from app.schemas.entities import CoMentionPage, EntityArticlePage, EntityDetail, EntityPage, Timeline
from graph import model

router = APIRouter(prefix=f"{PREFIX}/entities", tags=["entities"])

ERRORS = ("entity in the path", "merged", "invalid")


@router.get("", summary="Search entities", responses=answer(examples.page(examples.ENTITY), "invalid"))
def search_entities(
    store: Store,
    paging: PagingOfRequest,
    q: Annotated[
        str, Query(max_length=200, description="A name or the beginning of one; empty lists all.", examples=["iran"])
    ] = "",
    types: Annotated[
        list[model.EntityType] | None,
        Query(alias="type", description="Only entities of these types; may be repeated.", examples=[["state"]]),
    ] = None,
) -> EntityPage:
    """Entities whose name or alias fits `q`: exact names first, then beginnings, then by how many articles name them.

    Without `q` all entities, those named by most articles first.
    """
    found = store.search_entities(q.strip(), types=tuple(types or ()), page=paging.request)
    return paging.answer(EntityPage, found, presenters.entity)


@router.get("/{entity_id}", summary="One entity", responses=answer(examples.ENTITY_DETAIL, *ERRORS))
def read_entity(store: Store, entity_id: EntityInPath) -> EntityDetail:
    """An entity with the offices it holds or held and its relations to other entities of the graph."""
    return presenters.entity_detail(store.entity(entity_id))


@router.get(
    "/{entity_id}/co-mentions",
    summary="What is named with an entity",
    responses=answer(examples.page(examples.CO_MENTION), *ERRORS),
)
def read_co_mentions(
    store: Store,
    entity_id: EntityInPath,
    filters: TieFilters,
    paging: PagingOfRequest,
    measure: MeasureOfTies = "llr",
) -> CoMentionPage:
    """The entities that are named in the same articles, strongest first.

    `articles` counts shared articles and so favours the most famous; `npmi`, `llr` and `jaccard` weigh them against
    how often each of the two is named anyway.
    """
    found = store.co_mentions(entity_id, filters=filters, measure=measure, page=paging.request)
    return paging.answer(CoMentionPage, found, presenters.co_mention, if_empty=tie_reason(filters))


@router.get(
    "/{entity_id}/articles",
    summary="Articles that mention an entity",
    responses=answer(examples.page(examples.ENTITY_ARTICLE), *ERRORS),
)
def read_entity_articles(
    store: Store, entity_id: EntityInPath, window: Window, paging: PagingOfRequest
) -> EntityArticlePage:
    """Articles whose text, or only whose tags and themes, name the entity; newest first, undated ones last."""
    found = store.entity_articles(entity_id, filters=window, page=paging.request)
    return paging.answer(EntityArticlePage, found, presenters.entity_article)


@router.get("/{entity_id}/timeline", summary="When an entity was named", responses=answer(examples.TIMELINE, *ERRORS))
def read_timeline(
    store: Store,
    entity_id: EntityInPath,
    window: Window,
    by: Annotated[
        model.Granularity, Query(description="Articles by day, by week or by month.", examples=["month"])
    ] = "month",
) -> Timeline:
    """How many articles name the entity in each day, week or month.

    An article counts only where its date is precise enough: one dated 2024-05 stands in months, not in days.
    """
    points = store.timeline([entity_id], by=by, filters=window)
    return Timeline(by=by, points=presenters.timeline(points), reason=None if points else "no_match")
