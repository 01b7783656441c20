"""The disparity filter, held against the paper's formula worked out tie by tie in exact fractions over networkx."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.backbone import backbone, with_alphas
from graph.counting.protocol import PairTie

Weights = Mapping[tuple[str, str], int]

ENTITIES = "abcdefgh"
PAIRS = [(one, other) for one in ENTITIES for other in ENTITIES if one < other]
PICTURES = st.dictionaries(st.sampled_from(PAIRS), st.integers(1, 500))


def ties(weights: Weights) -> list[PairTie]:
    """Ties with so many common articles; all else about them says nothing here."""
    return [PairTie(one, other, articles, 1, None, None, 0.1, 1.0, 0.1) for (one, other), articles in weights.items()]


def alphas(weights: Weights) -> dict[tuple[str, str], float]:
    """The alpha of each tie."""
    return {(tie.source, tie.target): tie.alpha for tie in with_alphas(ties(weights))}


def naive(weights: Weights) -> dict[tuple[str, str], Fraction]:
    """The same as the paper has it, slowly and without rounding."""
    graph: nx.Graph = nx.Graph()
    graph.add_weighted_edges_from((one, other, weight) for (one, other), weight in weights.items())

    def seen_from(end: str, weight: int) -> Fraction:
        share = Fraction(weight, graph.degree(end, weight="weight"))
        return Fraction(1 - share) ** (graph.degree(end) - 1) if graph.degree(end) > 1 else Fraction(1)

    return {
        (one, other): min(seen_from(one, data["weight"]), seen_from(other, data["weight"]))
        for one, other, data in graph.edges(data=True)
    }


@given(PICTURES)
def test_alphas_are_those_of_the_paper(weights: Weights) -> None:
    """Whatever the picture, each tie has the smaller alpha of its two ends."""
    found, expected = alphas(weights), naive(weights)
    assert found.keys() == {tuple(sorted(pair)) for pair in expected}
    for (one, other), exact in expected.items():
        assert found[min(one, other), max(one, other)] == pytest.approx(float(exact), rel=1e-12, abs=0)


@given(PICTURES, st.integers(2, 1000))
def test_alphas_compare_shares_and_not_sizes(weights: Weights, factor: int) -> None:
    """A corpus that says everything a thousand times over has the same backbone."""
    larger = alphas({pair: weight * factor for pair, weight in weights.items()})
    assert larger == pytest.approx(alphas(weights), rel=1e-9)


@given(PICTURES, st.randoms(use_true_random=False))
def test_alphas_do_not_depend_on_order(weights: Weights, random: object) -> None:
    """Equal pictures have equal alphas, to the last bit, in whatever order their ties come."""
    shuffled = sorted(weights, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert alphas({pair: weights[pair] for pair in shuffled}) == alphas(weights)


@given(PICTURES, st.floats(0, 1), st.sets(st.sampled_from(ENTITIES)))
def test_a_cut_takes_the_ordinary_ties_of_others(weights: Weights, keep: float, chosen: set[str]) -> None:
    """What is cut has a larger alpha and no chosen end; what stays, stays in its order; 1 keeps everything."""
    whole = with_alphas(ties(weights))
    kept = backbone(whole, keep=keep, of=chosen)
    cut = [tie for tie in whole if tie not in kept]
    assert all(tie.alpha > keep and not {tie.source, tie.target} & chosen for tie in cut)
    assert list(kept) == [tie for tie in whole if tie.alpha <= keep or {tie.source, tie.target} & chosen]
    assert backbone(whole, keep=1) == whole


def test_a_lone_tie_is_judged_by_its_other_end() -> None:
    """Who has one tie says nothing of it; where both have no other, nobody does."""
    star = {("a", "b"): 8, ("a", "c"): 1, ("a", "d"): 1}
    assert alphas(star) == pytest.approx({("a", "b"): 0.2**2, ("a", "c"): 0.9**2, ("a", "d"): 0.9**2})
    assert alphas({("a", "b"): 500}) == {("a", "b"): 1.0}


def test_equal_ties_do_not_stand_out() -> None:
    """Of k equal ties each has (1 - 1/k)^(k - 1), which falls towards 1/e and so passes no usual border."""
    full = alphas(dict.fromkeys(PAIRS, 3))
    assert full == pytest.approx(dict.fromkeys(PAIRS, (6 / 7) ** 6))
    assert min(full.values()) > 1 / math.e


def test_a_picture_without_ties() -> None:
    """Nothing comes of nothing."""
    assert with_alphas([]) == ()


def test_alpha_is_the_chance_of_the_null_model() -> None:
    """By chance a tie's share has the density (k - 1)(1 - x)^(k - 2); its tail from w / s on, summed up, is alpha."""
    star = {("a", "b"): 5, ("a", "c"): 2, ("a", "d"): 2, ("a", "e"): 1}
    steps, share, ties_of_a = 20_000, 5 / 10, 4
    width = (1 - share) / steps
    tail = sum((ties_of_a - 1) * (1 - (share + (n + 0.5) * width)) ** (ties_of_a - 2) for n in range(steps)) * width
    assert alphas(star)["a", "b"] == pytest.approx(tail, rel=1e-6)
