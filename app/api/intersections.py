"""What entities share: intersections of several, and the sentences of a pair."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from app import presenters
from app.api import PREFIX
from app.api.dependencies import (
    ByTime,
    Id,
    MeasureOfTies,
    PagingOfRequest,
    Store,
    TieFilters,
    Window,
    distinct,
)
from app.openapi import answer
from app.problems import invalid
from app.schemas import examples
from app.schemas.entities import EvidencePage, Intersection

router = APIRouter(prefix=PREFIX, tags=["intersections"])


@router.get(
    "/intersections",
    summary="What two to eight entities share",
    responses=answer(examples.INTERSECTION, "entity as a parameter", "merged", "invalid"),
)
def read_intersection(
    store: Store,
    entity: Annotated[
        list[Id],
        Query(description="Ids of two to eight entities, one each.", examples=[["Q794", "Q41053"]], min_length=1),
    ],
    filters: TieFilters,
    paging: PagingOfRequest,
    measure: MeasureOfTies = "llr",
    by: ByTime = None,
) -> Intersection:
    """The articles that name all of them, newest first, with the sentences that prove it, and who else is named there.

    With `by` they are also counted in time.

    Where an article has no sentence that names all of them, it comes with the nearest ones that name each, marked
    `"same_sentence": false`.
    """
    ids = distinct(entity, least=2, most=8)
    found = store.intersection(ids, filters=filters, measure=measure, page=paging.request)
    points = None if by is None else store.timeline(ids, by=by, filters=filters)
    return presenters.intersection(found, asked=paging.request, next_page=paging.next, points=points)


@router.get(
    "/pairs/{a}/{b}/evidence",
    summary="Sentences that name both of a pair",
    responses=answer(examples.page(examples.EVIDENCE), "entity in the path", "merged", "invalid"),
)
def read_evidence(
    store: Store,
    a: Annotated[Id, Path(description="Id of an entity.", examples=["Q794"])],
    b: Annotated[Id, Path(description="Id of another entity.", examples=["Q41053"])],
    window: Window,
    paging: PagingOfRequest,
) -> EvidencePage:
    """The sentences that name both, those of the newest articles first."""
    if a == b:
        raise invalid("path", "b", "a pair is two different entities")
    found = store.pair_evidence(a, b, filters=window, page=paging.request)
    return paging.answer(EvidencePage, found, presenters.evidence, if_empty="no_common_article")
