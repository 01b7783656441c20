"""Figures of extraction, on cases that were worked out by hand."""

from __future__ import annotations

from ingest.evaluation.gold import Mark, Marked
from ingest.evaluation.scores import Score, Tally, invented, score

GOLD = Marked(
    "1",
    "",
    {
        (0, 4): Mark("person", "a"),
        (5, 9): Mark("state", "b"),
        (10, 14): Mark("organization", None),
        (20, 24): Mark("demonym", "b"),
    },
    frozenset({(30, 34)}),
)
FOUND = Marked(
    "1",
    "",
    {
        (0, 4): Mark("person", "a"),
        (5, 9): Mark("place", "b"),
        (10, 14): Mark("organization", "c"),
        (30, 34): Mark("demonym", "e"),
        (40, 44): Mark("person", "d"),
    },
)
NOTHING = Score(0.0, 0.0, 0.0)


def test_spans_and_types_are_counted_by_hand() -> None:
    """Three of four spans are found and one is invented; a wrong type is both wrong and missed."""
    scores = score([(GOLD, FOUND)])
    assert scores.articles == 1
    assert scores.span == Score(75.0, 75.0, 75.0)
    assert scores.typed == Score(50.0, 50.0, 50.0)
    assert dict(scores.types) == {
        "demonym": NOTHING,
        "organization": Score(100.0, 100.0, 100.0),
        "person": Score(50.0, 100.0, 66.7),
        "place": NOTHING,
        "state": NOTHING,
    }


def test_links_are_counted_by_hand() -> None:
    """A link where none should be is false; of three titles two are found, both rightly, and one of them is known."""
    scores = score([(GOLD, FOUND)], known={"a", "z"})
    assert (scores.link_found, scores.link_known, scores.link_all) == (100.0, 100.0, 66.7)
    assert scores.end_to_end == Score(50.0, 66.7, 57.1)


def test_without_known_titles_no_link_is_known() -> None:
    """The accuracy of known links is then 0, not that of all."""
    assert score([(GOLD, FOUND)]).link_known == 0.0


def test_ties_are_pairs_of_titles_of_one_article() -> None:
    """One pair of six is right; what stands at a free spot makes no pair."""
    assert score([(GOLD, FOUND)]).tie == Score(16.7, 100.0, 28.6)


def test_a_link_to_another_title_is_wrong_and_missed() -> None:
    """It costs precision and recall."""
    found = Marked("1", "", {(0, 4): Mark("person", "z")})
    gold = Marked("1", "", {(0, 4): Mark("person", "a")})
    scores = score([(gold, found)], known={"a"})
    assert scores.span == Score(100.0, 100.0, 100.0)
    assert scores.end_to_end == NOTHING
    assert (scores.link_found, scores.link_known, scores.link_all) == (0.0, 0.0, 0.0)


def test_a_name_that_is_found_without_a_title_makes_no_false_link() -> None:
    """Its title is missed; precision is that of the others."""
    gold = Marked("1", "", {(0, 4): Mark("person", "a"), (5, 9): Mark("person", "b")})
    found = Marked("1", "", {(0, 4): Mark("person", "a"), (5, 9): Mark("person", None)})
    assert score([(gold, found)]).end_to_end == Score(100.0, 50.0, 66.7)


def test_invented_names_without_a_title_are_false_spans_but_no_false_links() -> None:
    """Spans lose precision, links do not."""
    gold = Marked("1", "", {(0, 4): Mark("person", "a")})
    found = Marked("1", "", {(0, 4): Mark("person", "a"), (9, 12): Mark("person", None)})
    scores = score([(gold, found)])
    assert scores.span == Score(50.0, 100.0, 66.7)
    assert scores.end_to_end == Score(100.0, 100.0, 100.0)


def test_articles_are_added_up_not_averaged() -> None:
    """Three right of four in one article and one missed in another are three of five."""
    other = Marked("2", "", {(0, 4): Mark("person", "a")})
    scores = score([(GOLD, FOUND), (other, Marked("2", "", {}))])
    assert scores.articles == 2
    assert scores.span == Score(75.0, 60.0, 66.7)
    assert scores.tie.recall == 100.0


def test_what_is_at_a_free_spot_is_not_invented() -> None:
    """Only the name that no annotator marked is."""
    assert list(invented(GOLD, FOUND)) == [((40, 44), Mark("person", "d"))]


def test_nothing_scores_0() -> None:
    """No article, and articles without any name, divide nothing by nothing."""
    assert score([]).span == score([(Marked("1", "", {}), Marked("1", "", {}))]).tie == NOTHING
    assert Tally().score() == NOTHING


def test_figures_are_rounded_as_they_are_worked_out_in_percent() -> None:
    """An F1 of 56.25 % that comes out a hair below as a float is 56.2, as in the usual way to compute it."""
    assert Tally(right=9, wrong=6, missed=8).score() == Score(60.0, 52.9, 56.2)
