"""How strongly two things go together, from counts of articles.

Every measure takes `total` articles, those that name the `first`, those that name the `second` and those that name
`both`, as numbers or as numpy arrays; one definition serves one pair and a hundred thousand.

npmi     normalised pointwise mutual information. G. Bouma, "Normalized (pointwise) mutual information in collocation
         extraction", Proceedings of GSCL 2009, pp. 31-40.
llr      log-likelihood ratio G². T. Dunning, "Accurate methods for the statistics of surprise and coincidence",
         Computational Linguistics 19(1), 1993, pp. 61-74.
jaccard  P. Jaccard, "The distribution of the flora in the alpine zone", New Phytologist 11(2), 1912, pp. 37-50.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from graph.model import Measure, Tie

Floats: TypeAlias = NDArray[np.float64]

# The order of a list nobody chose an order for. By `articles` it would name the most famous states whatever is asked;
# `npmi` and `jaccard` put whoever is named once, and that once together, before everybody. The likelihood ratio asks
# how surprising the common articles are and how many of them say so. tests/graph/test_measures.py compares them.
DEFAULT_MEASURE: Measure = "llr"

# Associations that are equal on paper must tie on every machine, so noise in the last bits of a logarithm is cut off.
DECIMALS = 9


@dataclass(frozen=True, slots=True, eq=False)
class Associations:
    """The measures of many pairs, one item a pair."""

    articles: NDArray[np.int64]
    npmi: Floats
    llr: Floats
    jaccard: Floats

    def by(self, measure: Measure) -> Floats:
        """The values of one measure."""
        values: Mapping[Measure, Floats] = {
            "articles": self.articles.astype(np.float64),
            "npmi": self.npmi,
            "llr": self.llr,
            "jaccard": self.jaccard,
        }
        return values[measure]

    def tie(self, place: int, *, entity: str, sentences: int, seen: tuple[str | None, str | None]) -> Tie:
        """The pair at a place as a tie to `entity`; `seen` are its first and last dates."""
        return Tie(
            entity=entity,
            articles=int(self.articles[place]),
            sentences=sentences,
            first_seen=seen[0],
            last_seen=seen[1],
            npmi=float(self.npmi[place]),
            llr=float(self.llr[place]),
            jaccard=float(self.jaccard[place]),
        )


def associations(*, total: int, first: ArrayLike, second: ArrayLike, both: ArrayLike) -> Associations:
    """All measures of pairs, rounded to DECIMALS. `first` and `second` may be one number for all of the pairs."""
    measured = (measure(total=total, first=first, second=second, both=both) for measure in (npmi, llr, jaccard))
    return Associations(np.asarray(both, np.int64), *(np.round(values, DECIMALS) for values in measured))


def npmi(*, total: ArrayLike, first: ArrayLike, second: ArrayLike, both: ArrayLike) -> Floats:
    """ln(p_ab / (p_a p_b)) / -ln p_ab, from -1 to 1; 0 means independent.

    Its limits stand where the fraction is undefined: -1 where nothing is shared, 1 where every article names both.
    """
    total, first, second, both = _floats(total, first, second, both)
    shared = both > 0
    everywhere = shared & (both == total)
    defined = shared & ~everywhere
    information = _log(total * both, first * second, defined)
    surprise = _log(total, both, defined)
    fraction = np.divide(information, surprise, out=np.full_like(information, -1.0), where=defined)
    return np.where(everywhere, 1.0, fraction)


def llr(*, total: ArrayLike, first: ArrayLike, second: ArrayLike, both: ArrayLike) -> Floats:
    """Dunning's G² = 2 Σ O ln(O / E) over the table of articles that name both, one alone, or neither.

    Dunning's statistic is as large for two that avoid each other as for two that attract. So that repulsion never ranks
    as attraction, it carries a minus sign here where fewer articles name both than independence would give.
    """
    total, first, second, both = _floats(total, first, second, both)
    neither = total - first - second + both
    evidence = (
        _surprise(both, first, second, total)
        + _surprise(first - both, first, total - second, total)
        + _surprise(second - both, total - first, second, total)
        + _surprise(neither, total - first, total - second, total)
    )
    sign = np.where(both * total < first * second, -1.0, 1.0)
    return sign * np.maximum(2.0 * evidence, 0.0)


def jaccard(*, total: ArrayLike, first: ArrayLike, second: ArrayLike, both: ArrayLike) -> Floats:
    """Articles that name both, as a part of those that name either; 0 where none does."""
    _, first, second, both = _floats(total, first, second, both)
    either = first + second - both
    return np.divide(both, either, out=np.zeros_like(either), where=either > 0)


def _floats(*counts: ArrayLike) -> tuple[Floats, ...]:
    return tuple(np.broadcast_arrays(*(np.asarray(count, np.float64) for count in counts)))


def _surprise(observed: Floats, row: Floats, column: Floats, total: Floats) -> Floats:
    """O ln(O / E) of one cell, 0 where it is empty. Exactly 0 where O = E: the products are whole numbers."""
    terms: Floats = observed * _log(observed * total, row * column, observed > 0)
    return terms


def _log(numerator: Floats, denominator: Floats, where: NDArray[np.bool_]) -> Floats:
    ratio = np.divide(numerator, denominator, out=np.ones_like(numerator), where=where)
    return np.asarray(np.log(ratio))
