"""For those who watch over the service: is it alive, is it ready, what did it do."""

from __future__ import annotations

from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import Response

from app.api.dependencies import Store
from app.metrics import Metrics
from app.openapi import answer, problems
from app.schemas import examples
from app.schemas.service import Health

router = APIRouter(tags=["service"])


@router.get("/healthz", summary="Is the process alive", responses=answer(examples.HEALTH, description="It is."))
def healthz() -> Health:
    """Answers as long as the process lives, whatever the database does."""
    return Health(status="alive")


@router.get("/readyz", summary="Is the service ready", responses=answer(examples.HEALTH, description="It is."))
def readyz(store: Store) -> Health:
    """Answers once the database does; 503 until then."""
    store.ping()
    return Health(status="ready")


@router.get(
    "/metrics",
    summary="Measurements for Prometheus",
    response_class=Response,
    responses={
        200: {"description": "Text format.", "content": {CONTENT_TYPE_LATEST: {"example": examples.METRICS}}},
        **problems(),
    },
)
def metrics(request: Request) -> Response:
    """Requests by route and status, their latency, and the size of the graph."""
    measured: Metrics = request.app.state.metrics
    return Response(measured.text(), media_type=CONTENT_TYPE_LATEST)
