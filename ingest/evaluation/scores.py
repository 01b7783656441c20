"""The figures: spans, types, links, spans with links, and pairs of entities that share an article."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from ingest.evaluation.gold import Mark, Marked, Spot


class Score(NamedTuple):
    """Precision, recall and their harmonic mean (F1), in percent."""

    precision: float
    recall: float
    f1: float


@dataclass(slots=True)
class Tally:
    """How much was found rightly, wrongly, and not."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def score(self) -> Score:
        """The figures of the tally; of nothing they are 0."""
        precision = self.right / max(1, self.right + self.wrong)
        recall = self.right / max(1, self.right + self.missed)
        f1 = 200 * precision * recall / (precision + recall) if precision + recall else 0.0
        return Score(round(100 * precision, 1), round(100 * recall, 1), round(f1, 1))


@dataclass(frozen=True, slots=True)
class Scores:
    """All figures; link accuracies in percent: of found names with a title, of those whose title is known, of all."""

    articles: int
    span: Score
    typed: Score
    types: Mapping[str, Score]
    link_found: float
    link_known: float
    link_all: float
    end_to_end: Score
    tie: Score


@dataclass(slots=True)
class _Tallies:
    articles: int = 0
    span: Tally = field(default_factory=Tally)
    typed: Tally = field(default_factory=Tally)
    types: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    links: Counter[str] = field(default_factory=Counter)
    linked: Tally = field(default_factory=Tally)
    tie: Tally = field(default_factory=Tally)


def score(pairs: Iterable[tuple[Marked, Marked]], *, known: Collection[str] = ()) -> Scores:
    """Compare annotated articles with what was found in them.

    Args:
        pairs: an annotated article, and the same as it was extracted.
        known: titles, in the form that is compared, that a link could have.
    """
    tallies = _Tallies()
    for gold, found in pairs:
        tallies.articles += 1
        _count_spans(tallies, gold, found)
        _count_links(tallies, gold, found, known)
        _count_ties(tallies.tie, gold, found)
    links = tallies.links
    return Scores(
        articles=tallies.articles,
        span=tallies.span.score(),
        typed=tallies.typed.score(),
        types={name: tally.score() for name, tally in sorted(tallies.types.items())},
        link_found=_share(links["right"], links["found"]),
        link_known=_share(links["known right"], links["known"]),
        link_all=_share(links["right"], links["all"]),
        end_to_end=tallies.linked.score(),
        tie=tallies.tie.score(),
    )


def invented(gold: Marked, found: Marked) -> Iterator[tuple[Spot, Mark]]:
    """What was found where the annotated article has nothing."""
    return ((spot, mark) for spot, mark in found.marks.items() if spot not in gold.marks and spot not in gold.free)


def _count_spans(tallies: _Tallies, gold: Marked, found: Marked) -> None:
    for spot, mark in gold.marks.items():
        answer = found.marks.get(spot)
        own = tallies.types[mark.type]
        if answer is None:
            tallies.span.missed += 1
        else:
            tallies.span.right += 1
        if answer is not None and answer.type == mark.type:
            tallies.typed.right += 1
            own.right += 1
            continue
        tallies.typed.missed += 1
        own.missed += 1
        if answer is not None:
            tallies.typed.wrong += 1
            tallies.types[answer.type].wrong += 1
    for _, mark in invented(gold, found):
        tallies.span.wrong += 1
        tallies.typed.wrong += 1
        tallies.types[mark.type].wrong += 1


def _count_links(tallies: _Tallies, gold: Marked, found: Marked, known: Collection[str]) -> None:
    links, linked = tallies.links, tallies.linked
    for spot, mark in gold.marks.items():
        answer = found.marks.get(spot)
        right = mark.title is not None and answer is not None and answer.title == mark.title
        linked.right += right
        linked.wrong += answer is not None and answer.title is not None and not right
        if mark.title is not None:
            linked.missed += not right
            is_known = mark.title in known and answer is not None
            links.update(
                {
                    "all": 1,
                    "found": answer is not None,
                    "right": right,
                    "known": is_known,
                    "known right": is_known and right,
                }
            )
    linked.wrong += sum(mark.title is not None for _, mark in invented(gold, found))


def _count_ties(tally: Tally, gold: Marked, found: Marked) -> None:
    own = _pairs(mark.title for mark in gold.marks.values())
    others = _pairs(mark.title for spot, mark in found.marks.items() if spot not in gold.free)
    tally.right += len(own & others)
    tally.wrong += len(others - own)
    tally.missed += len(own - others)


def _pairs(titles: Iterable[str | None]) -> set[tuple[str, str]]:
    return set(combinations(sorted({title for title in titles if title}), 2))


def _share(part: int, whole: int) -> float:
    return round(100 * part / max(1, whole), 1)
