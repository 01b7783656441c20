"""Marks: what surrounds a word."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from small_tagger import name_lists

from ingest.tagger.marks import MARKS, Marker
from ingest.tagger.name_lists import COMMON, KNOWN, LIST_NAMES, NameLists
from ingest.tokens import tokenize

PEOPLE = name_lists(given={"john": COMMON, "anahita": KNOWN, "iran": 1}, family={"smith": COMMON, "vance": KNOWN})

# The mark, the sentences of a document, the number of the sentence and the word in it that gets the mark,
# and a document in which the same word of the same sentence does not.
CASES: list[tuple[str, list[str], int, str, list[str]]] = [
    ("title", ["the minister said"], 0, "minister", ["the Ministers' house"]),
    ("institution", ["the Ministry said"], 0, "Ministry", ["the mystery"]),
    ("geography", ["the Gulf of Oman"], 0, "Gulf", ["the golf of Oman"]),
    ("happening", ["the war goes on"], 0, "war", ["the ware"]),
    ("agreement", ["a treaty"], 0, "treaty", ["a treat"]),
    ("party", ["the Labour bench"], 0, "Labour", ["the hard work"]),
    ("weapon", ["a drone"], 0, "drone", ["a dron"]),
    ("given", ["Anahita went"], 0, "Anahita", ["anahita went"]),
    ("common given", ["John went"], 0, "John", ["Anahita went"]),
    ("family", ["with Vance"], 0, "Vance", ["with vance"]),
    ("common family", ["with Smith"], 0, "Smith", ["with Vance"]),
    ("capital inside", ["Hope is gone", "in Hope he"], 0, "Hope", ["Hope is gone", "Hope he"]),
    ("capitals inside", ["in Qom", "at Qom", "by Qom", "to Qom"], 0, "Qom", ["in Qom", "at Qom", "by Qom"]),
    ("small elsewhere", ["the House voted", "his house"], 0, "House", ["the House voted", "his home"]),
    ("capital once", ["in Qom"], 0, "Qom", ["in Qom", "Qom is"]),
    ("capital 2", ["in Qom", "Qom is"], 0, "Qom", ["in Qom"]),
    ("capital 3", ["in Qom", "Qom is", "Qom was"], 0, "Qom", ["in Qom", "Qom is"]),
    ("capital more", ["in Qom", "Qom is", "Qom was", "Qom"], 0, "Qom", ["in Qom", "Qom is", "Qom was"]),
    ("behind title", ["he met Vance", "President Vance"], 0, "Vance", ["he met Vance", "presiding Vance"]),
    ("behind given", ["he met Vance", "Anahita Vance"], 0, "Vance", ["he met Vance", "Iran Vance"]),
    ("opens, capital inside", ["Hope is gone", "in Hope he"], 0, "Hope", ["Hope is gone", "Hope he"]),
    ("opens, small elsewhere", ["Hope is gone", "no hope"], 0, "Hope", ["Hope is gone", "no hopes"]),
    ("elsewhere behind a capital", ["said Vance", "Anahita Vance"], 0, "Vance", ["said Vance", "by Vance"]),
    ("elsewhere before a capital", ["Anahita said", "Anahita Vance"], 0, "Anahita", ["Anahita said", "Anahita is"]),
    ("mostly upper case", ["IRAN SAYS TALKS fail"], 0, "fail", ["IRAN SAYS talks fail"]),
    ("mostly capitalised", ["Iran Says Talks Fail in vain"], 0, "in", ["Iran Says talks fail in vain"]),
    ("first", ["Iran says"], 0, "Iran", ["Iran, Iran says"]),
]


def marks_of(sentences: Sequence[str], lists: NameLists = PEOPLE) -> list[list[tuple[str, set[str]]]]:
    """The tokens of a document with the names of their marks."""
    tokens = [tokenize(sentence) for sentence in sentences]
    marked = Marker(lists).mark(tokens)
    return [
        [(token.text, {MARKS[number - 1] for number in numbers}) for token, numbers in zip(*both, strict=True)]
        for both in zip(tokens, marked, strict=True)
    ]


def last(word: str, marked: Sequence[tuple[str, set[str]]]) -> set[str]:
    """The marks of the last place where a sentence has a word; none where it has not."""
    return ([marks for text, marks in marked if text == word] or [set()])[-1]


@pytest.mark.parametrize(("mark", "document", "sentence", "word", "other"), CASES, ids=[case[0] for case in CASES])
def test_a_mark_tells_one_document_from_another(
    mark: str, document: list[str], sentence: int, word: str, other: list[str]
) -> None:
    """A word gets the mark where its reason is there, and not where the reason is missing."""
    assert mark in last(word, marks_of(document)[sentence])
    assert mark not in last(word, marks_of(other)[sentence])


def test_every_mark_is_tried() -> None:
    """Each mark but those of known names, which are tried all together, has a case above."""
    of_names = {f"{prefix} {name}" for name in LIST_NAMES for prefix in "BI"}
    assert {case[0] for case in CASES} == set(MARKS) - of_names


def test_known_names_mark_their_begin_and_inside() -> None:
    """The first word of a name is marked apart from the others, once for each list that holds the name."""
    for name in LIST_NAMES:
        lists = name_lists({"Alpha Beta Gamma": [name, "person"]})
        marked = dict(marks_of(["so Alpha Beta Gamma Delta"], lists)[0])
        of_names = {word: {mark for mark in marks if mark[:2] in ("B ", "I ")} for word, marks in marked.items()}
        assert of_names == {
            "so": set(),
            "Alpha": {f"B {name}", "B person"},
            "Beta": {f"I {name}", "I person"},
            "Gamma": {f"I {name}", "I person"},
            "Delta": set(),
        }


def test_a_place_does_not_bear_witness_for_itself() -> None:
    """What is asked of other places of a word is not answered by its own."""
    marked = dict(marks_of(["then President Anahita Vance spoke"])[0])
    assert "capital inside" not in marked["Vance"]
    assert "elsewhere behind a capital" not in marked["Vance"]
    assert "elsewhere before a capital" not in marked["Anahita"]
    assert "behind title" in marked["Anahita"]


def test_words_written_small_are_asked_nothing_of_capitals() -> None:
    """A small word has the marks of its own meaning alone."""
    marked = dict(marks_of(["the House and the house", "President House"])[0])
    assert marked["house"] == {"institution"}
    assert marked["and"] == set()


def test_every_word_of_a_headline_is_marked_as_one() -> None:
    """Three long words are needed before a sentence is taken for a headline; numbers and marks do not count."""
    headline = marks_of(["IRAN, 5,000 MISSILES AND THE RUSSIANS"])[0]
    assert all("mostly upper case" in marks for _, marks in headline)
    assert all("mostly upper case" not in marks for _, marks in marks_of(["IRAN'S 5,000 MISSILES"])[0])


def test_documents_do_not_touch_each_other() -> None:
    """One marker gives a document the same marks whatever it has marked before."""
    document, other = [tokenize("Hope is gone"), tokenize("in Hope")], [tokenize("no hope of President Hope")]
    marker = Marker(PEOPLE)
    before = marker.mark(document)
    marker.mark(other)
    assert marker.mark(document) == before


def test_nothing_has_no_marks() -> None:
    """A document without sentences and a sentence without words are no trouble."""
    assert Marker(PEOPLE).mark([]) == []
    assert Marker(PEOPLE).mark([(), tokenize("Iran"), ()])[::2] == [[], []]


def test_no_mark_is_called_none() -> None:
    """The numbers of marks begin at one, each used once."""
    assert len(set(MARKS)) == len(MARKS)
    numbers = {number for numbers in Marker(PEOPLE).mark([tokenize("John, the minister")])[0] for number in numbers}
    assert 0 not in numbers
    assert max(numbers) == len(MARKS)
