"""The measures of association: hand-computed cases, published values, limits, and why one of them is the default."""

from __future__ import annotations

from math import isclose, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.counting.incidence import ArticleIncidence, Incidence
from graph.counting.incidence_counting import IncidenceCounting
from graph.counting.measures import DEFAULT_MEASURE, associations, jaccard, llr, npmi
from graph.model import MEASURES, Filters, Measure, PageRequest, Tie

# 100 articles, 20 and 10 of them name one and the other, 5 both; 2 would be expected.
CASE = {"total": 100, "first": 20, "second": 10, "both": 5}


def test_npmi_by_hand() -> None:
    """ln(0.05 / (0.2 · 0.1)) / -ln 0.05."""
    assert npmi(**CASE) == pytest.approx(log(2.5) / log(20))
    assert npmi(**CASE) == pytest.approx(0.305865, abs=1e-6)


def test_llr_by_hand() -> None:
    """Twice 5 ln(5/2) + 15 ln(15/18) + 5 ln(5/8) + 75 ln(75/72)."""
    assert llr(**CASE) == pytest.approx(5.116524, abs=1e-6)


def test_jaccard_by_hand() -> None:
    """5 articles name both, 25 either."""
    assert jaccard(**CASE) == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("expected", "both", "first_alone", "second_alone", "neither"),
    [
        (270.72, 110, 2442, 111, 29114),  # the swiss
        (263.90, 29, 13, 123, 31612),  # can be
        (167.23, 10, 0, 3, 31764),  # mineral water
    ],
)
def test_llr_gives_the_values_of_its_paper(
    expected: float, both: int, first_alone: int, second_alone: int, neither: int
) -> None:
    """Dunning's own table of word pairs comes out as printed."""
    total = both + first_alone + second_alone + neither
    value = llr(total=total, first=both + first_alone, second=both + second_alone, both=both)
    assert value == pytest.approx(expected, abs=0.005)


def test_independence_is_nothing() -> None:
    """Two that meet as often as chance has it are associated by 0, exactly."""
    chance = {"total": 100, "first": 20, "second": 10, "both": 2}
    assert npmi(**chance) == 0
    assert llr(**chance) == 0


def test_repulsion_never_ranks_as_attraction() -> None:
    """Two that avoid each other have a negative likelihood ratio, as large as Dunning's."""
    apart = {"total": 100, "first": 50, "second": 50, "both": 5}
    assert llr(**apart) == pytest.approx(-2 * (2 * 5 * log(5 / 25) + 2 * 45 * log(45 / 25)))
    assert npmi(**apart) < 0


@pytest.mark.parametrize(
    ("total", "first", "second", "both", "expected"),
    [
        (10, 3, 3, 0, (-1.0, -2 * (6 * log(3 / 2.1) + 4 * log(4 / 4.9)), 0.0)),  # never together
        (10, 3, 3, 3, (1.0, 2 * (3 * log(10 / 3) + 7 * log(10 / 7)), 1.0)),  # never apart
        (10, 10, 10, 10, (1.0, 0.0, 1.0)),  # both in every article
        (10, 0, 3, 0, (-1.0, 0.0, 0.0)),  # one of them nowhere
        (0, 0, 0, 0, (-1.0, 0.0, 0.0)),  # no article at all
    ],
)
def test_the_limits_are_defined(
    total: int, first: int, second: int, both: int, expected: tuple[float, float, float]
) -> None:
    """Where a logarithm or a fraction has no value, the measure has its limit."""
    found = associations(total=total, first=[first], second=[second], both=[both])
    assert (found.npmi[0], found.llr[0], found.jaccard[0]) == pytest.approx(expected)


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int, int, int]:
    """Counts that articles can have."""
    both, first, second, neither = (draw(st.integers(0, 10**6)) for _ in range(4))
    return both + first + second + neither, both + first, both + second, both


@given(st.lists(counts(), min_size=1, max_size=20))
def test_many_at_once_are_each_alone(cases: list[tuple[int, int, int, int]]) -> None:
    """An array of counts gives what the numbers give one by one, within the bounds of each measure."""
    total, first, second, both = (np.array(column) for column in zip(*cases, strict=True))
    for measure, low, high in ((npmi, -1.0, 1.0), (llr, -np.inf, np.inf), (jaccard, 0.0, 1.0)):
        together = measure(total=total, first=first, second=second, both=both)
        alone = [float(measure(total=n, first=a, second=b, both=ab)) for n, a, b, ab in cases]
        assert all(isclose(one, other, abs_tol=1e-9) for one, other in zip(together, alone, strict=True))
        assert all(low - 1e-9 <= value <= high + 1e-9 for value in alone)


@given(counts())
def test_a_measure_has_no_direction(case: tuple[int, int, int, int]) -> None:
    """The first and the second may change places."""
    total, first, second, both = case
    for measure in (npmi, llr, jaccard):
        one = measure(total=total, first=first, second=second, both=both)
        assert one == pytest.approx(measure(total=total, first=second, second=first, both=both), abs=1e-6)


# --- the default ----------------------------------------------------------------------------------------------------

ENTITIES, THEMES, NEWS = 400, 40, 2_000


def _themed_news() -> tuple[IncidenceCounting, list[int]]:
    """Articles that name four entities of one theme and eight of anything, with few entities everywhere (Zipf)."""
    random = np.random.default_rng(1)
    fame = 1 / np.arange(1, ENTITIES + 1)
    theme_of = random.permutation(ENTITIES) % THEMES
    articles = []
    for number in range(NEWS):
        theme = np.flatnonzero(theme_of == random.integers(THEMES))
        of_theme = random.choice(theme, size=4, replace=False, p=np.sqrt(fame[theme]) / np.sqrt(fame[theme]).sum())
        of_anything = random.choice(ENTITIES, size=8, replace=False, p=fame / fame.sum())
        named = {str(entity): (0,) for entity in {*of_theme.tolist(), *of_anything.tolist()}}
        articles.append(ArticleIncidence(f"a{number}", None, "none", named))
    index = Incidence.build(articles, {str(n): "person" for n in range(ENTITIES)}, graph_version=1)
    return IncidenceCounting(lambda: index), theme_of.tolist()


def test_the_default_order_is_not_a_list_of_the_most_famous() -> None:
    """It finds who belongs together, where the number of articles finds who is everywhere.

    Over entities of middling fame: the share of the first nine that are of the same theme, and the correlation of the
    whole order with fame.
    """
    counting, theme_of = _themed_news()
    fame = counting.frequencies([str(n) for n in range(ENTITIES)], filters=Filters())
    asked = range(10, 150, 5)
    orders: dict[Measure, list[tuple[Tie, ...]]] = {
        measure: [
            counting.co_mentions([str(n)], filters=Filters(), measure=measure, page=PageRequest(limit=1000)).results
            for n in asked
        ]
        for measure in MEASURES
    }
    akin = {
        measure: np.mean(
            [theme_of[int(t.entity)] == theme_of[n] for n, o in zip(asked, found, strict=True) for t in o[:9]]
        )
        for measure, found in orders.items()
    }
    famous = {
        measure: np.mean([_rank_correlation([fame[tie.entity] for tie in order]) for order in found])
        for measure, found in orders.items()
    }
    assert akin[DEFAULT_MEASURE] == max(akin.values()) > 0.9
    assert akin["articles"] < 0.3
    assert famous[DEFAULT_MEASURE] < 0 < 0.4 < famous["articles"]


def _rank_correlation(values: list[int]) -> float:
    """Spearman's: how far a list that should descend does."""
    ranks = np.argsort(np.argsort(values))
    return float(np.corrcoef(ranks, -np.arange(len(values)))[0, 1])
