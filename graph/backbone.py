"""The ties of a picture that stand out: the disparity filter.

M. Á. Serrano, M. Boguñá, A. Vespignani, "Extracting the multiscale backbone of complex weighted networks", PNAS
106(16), 2009, pp. 6483-6488. Of the k ties of an entity, whose weights add up to s, one of weight w has

    alpha = (1 - w / s)^(k - 1),

the chance that a tie carries at least w where the entity's s is spread over its k ties at random. Small means that the
tie stands out; 0.05 is a usual border. A tie has two ends, and the smaller alpha of both counts. An end that has this
tie alone says nothing of it: there alpha is 1, so the other end decides, as in the paper.

Weights are articles that name both ends. Strengths and degrees are those within the picture, that is over the ties that
an answer would hold without a cut: the question is which of the lines that are drawn stand out among those drawn beside
them. Taken over the whole corpus, a famous state has so many ties that nearly all of its drawn ones, which are its
strongest, would pass, and nothing would be cut. So alpha changes with the picture, but not with how much of it is cut.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from graph.counting.protocol import PairTie
from graph.model import Edge


def with_alphas(ties: Sequence[PairTie]) -> tuple[Edge, ...]:
    """The ties of a picture, all of them and each once, as edges with their alphas."""
    places = {id: place for place, id in enumerate({end for tie in ties for end in (tie.source, tie.target)})}
    found = alphas(
        sources=np.array([places[tie.source] for tie in ties], np.intp),
        targets=np.array([places[tie.target] for tie in ties], np.intp),
        weights=np.array([tie.articles for tie in ties], np.int64),
    )
    return tuple(tie.edge(alpha=alpha) for tie, alpha in zip(ties, found.tolist(), strict=True))


def alphas(*, sources: NDArray[np.intp], targets: NDArray[np.intp], weights: NDArray[np.int64]) -> NDArray[np.float64]:
    """The alpha of each tie, from 0 to 1. Ends are numbers from 0 on; weights are positive."""
    ends = np.concatenate((sources, targets))
    degrees = np.bincount(ends)
    strengths = np.bincount(ends, weights=np.concatenate((weights, weights)))

    def seen_from(end: NDArray[np.intp]) -> NDArray[np.float64]:
        # (s - w) / s is rounded once. A lone tie has 0^0, which is 1.
        rest: NDArray[np.float64] = (strengths[end] - weights) / strengths[end]
        return np.asarray(rest ** (degrees[end] - 1))

    return np.minimum(seen_from(sources), seen_from(targets))


def backbone(ties: Sequence[Edge], *, keep: float, of: Collection[str] = ()) -> tuple[Edge, ...]:
    """The ties whose alpha is at most `keep` (1 keeps all), and whatever their alpha is those of the entities `of`."""
    return tuple(tie for tie in ties if tie.alpha <= keep or tie.source in of or tie.target in of)
