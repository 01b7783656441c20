"""Scores of links beside how often they are right."""

from __future__ import annotations

from graph.model import Article
from ingest.confidence import SHARES, link_of
from ingest.evaluation.calibration import calibration
from ingest.evaluation.gold import Mark, Marked
from ingest.kb import load_knowledge_base
from ingest.matches import read_document
from ingest.unknown import unknown_entity

GOLD = Marked("1", "x" * 60, {(0, 4): Mark("person", "a"), (5, 9): Mark("state", "b")}, frozenset({(40, 44)}))


def test_scores_are_compared_with_the_share_that_is_right() -> None:
    """A link where nothing stands, or to another title, is wrong; without a title, or at a free spot, none counts."""
    found = {
        (0, 4): Mark("person", "a", 0.9),
        (5, 9): Mark("state", "c", 0.9),
        (10, 14): Mark("person", "d", 0.5),
        (20, 24): Mark("person", None, 0.7),
        (40, 44): Mark("demonym", "e", 0.9),
    }
    held = calibration([(GOLD, Marked("1", GOLD.text, found))])
    assert held.rows == ((0.9, 2, 50.0), (0.5, 1, 0.0))
    assert held.error == round((2 * 40 + 50) / 3, 1)
    assert calibration([]).error == 0.0


def test_a_link_is_sure_or_probable_and_a_new_entity_unknown() -> None:
    """Known entities are never called unknown, whatever they lack."""
    document = read_document(Article(id="a"))
    new = unknown_entity("Zo Ba", "person", document, surroundings="").entity
    known = load_knowledge_base().by_id("Q794")
    assert known is not None
    assert link_of(new, SHARES["new"]) == "unknown"
    assert link_of(known.entity, SHARES["only"]) == "linked"
    assert link_of(known.entity, SHARES["doubted"]) == "probable"
