"""Which sentences prove that entities are named together."""

from __future__ import annotations

from graph.evidence import proof
from graph.model import EvidenceMention, Sentence


def sentence(number: int, *names: str) -> Sentence:
    """A sentence that names these."""
    return Sentence(number, f"sentence {number}", tuple(EvidenceMention(name, 0, 1, "s", "name") for name in names))


def test_sentences_naming_all_are_the_proof() -> None:
    """Every sentence that names them all is given, and no other."""
    sentences = [sentence(1, "A"), sentence(2, "A", "B"), sentence(3, "B", "A", "C"), sentence(4, "B")]
    assert [each.number for each in proof(sentences, ["A", "B"])] == [2, 3]
    assert all(each.same_sentence for each in proof(sentences, ["A", "B"]))


def test_without_such_a_sentence_the_nearest_stand_in() -> None:
    """The two sentences closest to each other, marked as not being one; the earlier ones among equals."""
    sentences = [sentence(0, "A"), sentence(5, "B"), sentence(7, "A"), sentence(9, "B")]
    found = proof(sentences, ["A", "B"])
    assert [each.number for each in found] == [5, 7]
    assert not any(each.same_sentence for each in found)


def test_one_sentence_may_stand_in_for_two_of_three() -> None:
    """A sentence that names two of three is given once."""
    sentences = [sentence(1, "A", "B"), sentence(4, "C")]
    assert [each.number for each in proof(sentences, ["A", "B", "C"])] == [1, 4]


def test_what_is_not_named_has_no_proof() -> None:
    """An entity that no sentence names leaves nothing to show."""
    assert proof([sentence(1, "A")], ["A", "B"]) == ()
