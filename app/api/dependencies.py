"""What routes ask for: the graph, and parameters that several of them share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from fastapi import Depends, Path, Query, Request
from pydantic import AfterValidator, StringConstraints, WithJsonSchema
from pydantic_core import to_json
from starlette.datastructures import QueryParams
from starlette.responses import Response

from app.problems import invalid
from app.schemas.common import Page, Reason
from app.settings import Settings
from graph import model
from graph.store import GraphStore
from ingest.extractor import Extractor

T = TypeVar("T")
P = TypeVar("P", bound=Page[Any])

MAX_LIMIT = 1000
MAX_OFFSET = 1_000_000_000


def _day(text: str) -> str:
    """A day of the calendar as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError("There is no such day") from None


Id = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Day = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
    AfterValidator(_day),
    WithJsonSchema({"type": "string", "format": "date"}),
]
GraphFormat = Literal["node-link", "cytoscape"]


def _store(request: Request) -> GraphStore:
    store: GraphStore = request.app.state.store
    return store


def _extractor(request: Request) -> Extractor:
    extractor: Extractor = request.app.state.extractor
    return extractor


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


Store = Annotated[GraphStore, Depends(_store)]
ExtractorOfApp = Annotated[Extractor, Depends(_extractor)]
SettingsOfApp = Annotated[Settings, Depends(_settings)]


@dataclass(frozen=True, slots=True)
class Paging:
    """The part of a list that is asked for, and the address it was asked at."""

    request: model.PageRequest
    path: str
    query: QueryParams

    def next(self, total: int) -> str | None:
        """Address of the next page of a list of `total` results, relative to the host; None after the last."""
        offset = self.request.offset + self.request.limit
        if offset >= total or offset > MAX_OFFSET:
            return None
        kept = [(name, value) for name, value in self.query.multi_items() if name != "offset"]
        return f"{self.path}?{QueryParams([*kept, ('offset', str(offset))])}"

    def answer(
        self, page: type[P], found: model.Page[T], present: Callable[[T], Any], *, if_empty: Reason = "no_match"
    ) -> P:
        """`found` as a page of the API; `if_empty` explains a list without any result."""
        return page(
            limit=self.request.limit,
            offset=self.request.offset,
            total=found.total,
            next=self.next(found.total),
            reason=None if found.total else if_empty,
            results=[present(result) for result in found.results],
        )


def _paging(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT, description="How many results at most.", examples=[20])] = 20,
    offset: Annotated[
        int, Query(ge=0, le=MAX_OFFSET, description="How many results to leave out first.", examples=[0])
    ] = 0,
) -> Paging:
    return Paging(model.PageRequest(limit=limit, offset=offset), request.url.path, request.query_params)


def _window(
    since: Annotated[
        Day | None, Query(description="Only articles from this day on (UTC, inclusive).", examples=["2015-01-01"])
    ] = None,
    until: Annotated[
        Day | None, Query(description="Only articles up to this day (UTC, inclusive).", examples=["2026-12-31"])
    ] = None,
) -> model.Filters:
    if since is not None and until is not None and since > until:
        raise invalid("query", "until", f"should not be before since ({since})")
    return model.Filters(since=since, until=until)


def _filters(
    window: Annotated[model.Filters, Depends(_window)],
    types: Annotated[
        list[model.EntityType] | None,
        Query(alias="type", description="Only entities of these types; may be repeated.", examples=[["person"]]),
    ] = None,
    min_articles: Annotated[
        int, Query(ge=1, le=MAX_OFFSET, description="Only ties of at least so many articles.", examples=[1])
    ] = 1,
) -> model.Filters:
    return model.Filters(since=window.since, until=window.until, types=tuple(types or ()), min_articles=min_articles)


PagingOfRequest = Annotated[Paging, Depends(_paging)]
Window = Annotated[model.Filters, Depends(_window)]
TieFilters = Annotated[model.Filters, Depends(_filters)]

EntityInPath = Annotated[Id, Path(description="Id of an entity, such as its Wikidata id.", examples=["Q794"])]
ArticleInPath = Annotated[Id, Path(description="Our id of an article.", examples=["a6b1f0c2d9a7e4f35c81d"])]
MeasureOfTies = Annotated[
    model.Measure,
    Query(description="What ranks ties; equal ones by articles, then by id.", examples=["llr"]),
]
FormatOfGraph = Annotated[
    GraphFormat,
    Query(alias="format", description="Field names of networkx, or of Cytoscape.", examples=["node-link"]),
]
Keep = Annotated[
    float,
    Query(
        gt=0,
        le=1,
        description="Cut ties whose `alpha` is larger (the disparity filter: 0.05 leaves the backbone); 1 cuts none.",
        examples=[0.05],
    ),
]
ByTime = Annotated[
    model.Granularity | None,
    Query(description="Where given, `timeline` counts articles by day, week or month.", examples=["month"]),
]
MaxNodes = Annotated[
    int,
    Query(
        ge=1,
        le=5000,
        description="Most entities in the answer; EIG_MAX_NODES caps it further, and what is cut is reported.",
        examples=[60],
    ),
]


def json_response(content: Any) -> Response:
    """An answer that is large and right as it stands: FastAPI would look at every part of it once more."""
    return Response(to_json(content), media_type="application/json")


def tie_reason(filters: model.Filters) -> Reason:
    """Why there is no tie: the threshold where one was asked for, else that no article names both."""
    return "below_threshold" if filters.min_articles > 1 else "no_common_article"


def distinct(ids: list[str], *, least: int, most: int) -> tuple[str, ...]:
    """The ids of repeated `entity` parameters, each once. Raises a 422 where they are too few or too many."""
    once = tuple(dict.fromkeys(ids))
    if not least <= len(once) <= most:
        raise invalid("query", "entity", f"takes {least} to {most} different entities, given were {len(once)}")
    return once
