"""How well scores hold: of the links with a score, the share that is right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ingest.evaluation.gold import Mark, Marked, Spot


@dataclass(frozen=True, slots=True)
class Calibration:
    """rows: for each score how many links have it and the percentage of them that is right, highest score first.

    error: the mean distance of scores from these shares, weighted by links, in percent (expected calibration error:
    Naeini, Cooper and Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian Binning", AAAI 2015).
    """

    rows: tuple[tuple[float, int, float], ...]
    error: float


def calibration(pairs: Iterable[tuple[Marked, Marked]]) -> Calibration:
    """Compare the scores of links with how often they are right.

    Args:
        pairs: an annotated article, and the same as it was extracted.
    """
    right: defaultdict[float, list[bool]] = defaultdict(list)
    for gold, found in pairs:
        for spot, mark in found.marks.items():
            if mark.title is not None and spot not in gold.free:
                right[mark.score].append(_is_right(gold.marks, spot, mark))
    rows = [(score, len(each), 100 * sum(each) / len(each)) for score, each in sorted(right.items(), reverse=True)]
    links = sum(count for _, count, _ in rows)
    error = sum(count * abs(100 * score - share) for score, count, share in rows) / max(1, links)
    return Calibration(tuple((score, count, round(share, 1)) for score, count, share in rows), round(error, 1))


def _is_right(gold: Mapping[Spot, Mark], spot: Spot, mark: Mark) -> bool:
    return spot in gold and gold[spot].title == mark.title
