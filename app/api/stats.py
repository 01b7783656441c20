"""How much there is."""

from __future__ import annotations

from fastapi import APIRouter

from app.api import PREFIX
from app.api.dependencies import Store
from app.openapi import answer
from app.schemas import examples
from app.schemas.service import Stats

router = APIRouter(prefix=PREFIX, tags=["service"])


@router.get("/stats", summary="Size and kind of the graph", responses=answer(examples.STATS))
def read_stats(store: Store) -> Stats:
    """How many articles, entities, mentions and ties there are, and in which database."""
    return Stats.model_validate(store.stats())
