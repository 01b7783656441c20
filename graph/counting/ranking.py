"""The order of what is counted, the same whoever counted it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from graph.counting.measures import Associations
from graph.model import Measure, PageRequest

# Scores of related articles are added up as whole numbers of this unit, so that no order of addition changes them.
SCORE_UNIT = 1e-9


def best(found: Associations, *, measure: Measure, page: PageRequest) -> NDArray[np.intp]:
    """The places of a page of pairs that stand in the order of their ids: by the measure, then articles, then id."""
    order = np.lexsort((-found.articles, -found.by(measure)))
    return order[page.offset : page.offset + page.limit]


def idf(*, total: int, named: NDArray[np.int64]) -> NDArray[np.int64]:
    """ln(total / named), in whole SCORE_UNITs: how rare an entity is that so many of all articles name."""
    return np.rint(np.log(total / named) / SCORE_UNIT).astype(np.int64)


def distinct(entities: Sequence[str]) -> list[str]:
    """The ids, each once, ascending. Raises ValueError where there is none: nobody is named by every article."""
    if not entities:
        raise ValueError("name at least one entity")
    return sorted(set(entities))


def rarest_first(entities: Collection[tuple[int, str]]) -> tuple[str, ...]:
    """Ids of (articles, id), those named least often first."""
    return tuple(entity for _, entity in sorted(entities))
