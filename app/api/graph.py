"""Answers that are graphs, and local analysis on a chosen neighbourhood."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.responses import Response

from app import presenters
from app.api import PREFIX
from app.api.dependencies import (
    ByTime,
    FormatOfGraph,
    Id,
    Keep,
    MaxNodes,
    MeasureOfTies,
    SettingsOfApp,
    Store,
    TieFilters,
    distinct,
    json_response,
)
from app.openapi import answer
from app.problems import invalid
from app.schemas import examples
from app.schemas.graphs import Analysis, CytoscapeGraph, NodeLinkGraph, Paths
from graph.formats import FORMATS
from graph.model import Expansion, Naming

router = APIRouter(prefix=PREFIX, tags=["graph"])

MOST_CHOSEN = 20
Mode = Literal["neighbours", "intersection"]
NAMING: Mapping[Mode, Naming] = {"neighbours": "any", "intersection": "all"}
ERRORS = ("entity as a parameter", "merged", "invalid")

Chosen = Annotated[
    list[Id],
    Query(description="Ids of the entities to stand in the middle.", examples=[["Q794"]], min_length=1),
]


ExpandBy = Annotated[
    int, Query(ge=1, le=100, description="How many neighbours each `expand` adds at most.", examples=[12])
]


@router.get(
    "/graph",
    summary="The neighbourhood of entities as a graph",
    response_model=NodeLinkGraph | CytoscapeGraph,
    responses=answer(examples.NODE_LINK, *ERRORS),
)
def read_graph(
    store: Store,
    settings: SettingsOfApp,
    entity: Chosen,
    filters: TieFilters,
    measure: MeasureOfTies = "llr",
    max_nodes: MaxNodes = 60,
    mode: Annotated[
        Mode,
        Query(
            description="Whether the others are tied to any of the chosen, or named in articles that name all of them.",
            examples=["neighbours"],
        ),
    ] = "neighbours",
    expand: Annotated[
        list[Id] | None,
        Query(
            description="Adds further neighbours of this entity; repeated, in turn, the same one too.",
            examples=[["Q801"]],
            max_length=MOST_CHOSEN,
        ),
    ] = None,
    expand_by: ExpandBy = 12,
    keep: Keep = 1.0,
    by: ByTime = None,
    count_neighbours: Annotated[
        bool, Query(description="Nodes get `neighbours` and `more`; takes time for many.", examples=[True])
    ] = False,
    form: FormatOfGraph = "node-link",
) -> Response:
    """The chosen entities, those most strongly tied to them, and the ties among all of these.

    `graph.truncated`, `graph.shown` and `graph.total` say what a cap left out, `graph.ties_shown` and
    `graph.ties_total` what `keep` did.

    Each `expand` adds the strongest neighbours of an entity that are not there yet, beyond `max_nodes`.

    `alpha` of a tie is small where the tie stands out among all those of its ends in this answer, before `keep` cuts;
    ties of chosen and of expanded entities are never cut.

    `timeline` counts the articles of the window that name at least one of the chosen entities, with
    `mode=intersection` those that name all of them.
    """
    ids = distinct(entity, least=1, most=MOST_CHOSEN)
    found = store.neighbourhood(
        ids,
        filters=filters,
        measure=measure,
        max_nodes=min(max_nodes, settings.max_nodes),
        naming=NAMING[mode],
        expansion=Expansion(tuple(expand or ()), by=expand_by, most=settings.max_nodes),
        keep=keep,
        count_neighbours=count_neighbours,
    )
    content = FORMATS[form](found)
    if by is not None:
        points = store.timeline(ids, by=by, filters=filters, naming=NAMING[mode])
        content["timeline"] = presenters.timeline(points)
    return json_response(content)


@router.get("/paths", summary="How two entities hang together", responses=answer(examples.PATHS, *ERRORS))
def read_paths(
    store: Store,
    source: Annotated[Id, Query(description="Id of the entity to start from.", examples=["Q794"])],
    target: Annotated[Id, Query(description="Id of the entity to reach.", examples=["Q41053"])],
    filters: TieFilters,
    max_hops: Annotated[int, Query(ge=1, le=6, description="Most steps of a path.", examples=[4])] = 4,
    limit: Annotated[int, Query(ge=1, le=50, description="How many paths at most.", examples=[5])] = 5,
) -> Paths:
    """The shortest chains of ties from one entity to another, each step with a sentence that proves it.

    Of equally short ones those come first whose weakest tie is the strongest.
    """
    if source == target:
        raise invalid("query", "target", "should be another entity than source")
    found = store.paths(source, target, max_hops=max_hops, limit=limit, filters=filters)
    return Paths(paths=[presenters.path(path) for path in found], reason=None if found else "no_path")


@router.get(
    "/analysis", summary="Groups, centres and bridges of a neighbourhood", responses=answer(examples.ANALYSIS, *ERRORS)
)
def read_analysis(
    store: Store,
    settings: SettingsOfApp,
    entity: Chosen,
    filters: TieFilters,
    measure: MeasureOfTies = "llr",
    max_nodes: MaxNodes = 60,
    seed: Annotated[int, Query(ge=0, le=2**31 - 1, description="Equal seeds give equal groups.", examples=[0])] = 0,
) -> Analysis:
    """Communities (Louvain), centralities and bridges among the chosen entities and those most strongly tied to them.

    The neighbourhood is that of `graph` with the same parameters; `graph` here says what a cap left out of it.
    """
    ids = distinct(entity, least=1, most=MOST_CHOSEN)
    cap = min(max_nodes, settings.max_nodes)
    found = store.analysis(ids, filters=filters, measure=measure, max_nodes=cap, seed=seed)
    return presenters.analysis(found)
