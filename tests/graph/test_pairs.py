"""Pairs put together before they are written."""

from __future__ import annotations

from building import extraction, extractions
from hypothesis import given
from hypothesis import strategies as st

from graph.counting.all_pairs import all_pairs
from graph.counting.incidence import ArticleIncidence, Incidence
from graph.counting.pairs import PairCount, aggregate
from graph.model import Extraction
from graph.stored_form import incidence


def test_pairs_of_a_batch_are_added_up() -> None:
    """Each pair comes once, by source and target, with its articles, its common sentences and its dates."""
    batch = [
        ArticleIncidence("a1", "2024-05-17", "day", {"Q2": (1, 1, 2), "Q1": (1, 2, 3), "Q3": ()}),
        ArticleIncidence("a2", "2024-05", "month", {"Q1": (0,), "Q2": (0,)}),
        ArticleIncidence("a3", None, "none", {"Q2": (4,), "Q3": (4,)}),
    ]
    assert aggregate(batch) == [
        PairCount("Q1", "Q2", 2, 3, "2024-05", "2024-05-17"),
        PairCount("Q1", "Q3", 1, 0, "2024-05-17", "2024-05-17"),
        PairCount("Q2", "Q3", 2, 1, "2024-05-17", "2024-05-17"),
    ]


def test_undated_articles_alone_have_no_dates() -> None:
    """A pair that only undated articles name was first seen at no time."""
    undated = extraction("a1", [["Q1", "Q2"]])
    assert aggregate([incidence(undated)]) == [PairCount("Q1", "Q2", 1, 1, None, None)]


@given(st.lists(extractions(), max_size=4, unique_by=lambda each: each.article.id))
def test_a_batch_adds_up_to_the_pairs_of_the_index(articles: list[Extraction]) -> None:
    """Pair by pair and all at once, the counts are the same."""
    batch = [incidence(each) for each in articles]
    types = {entity.id: entity.type for each in articles for entity in each.entities}
    assert list(all_pairs(Incidence.build(batch, types, graph_version=1))) == aggregate(batch)
