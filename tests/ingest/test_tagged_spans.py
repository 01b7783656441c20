"""Where the names of a tagger begin and end."""

from __future__ import annotations

import pytest
from small_kb import small_kb

from graph.model import Article
from ingest.matches import Document, read_document
from ingest.tagged_spans import mended, surnames_in
from ingest.tagger.labels import Label, Span


def names(text: str, *tagged: tuple[str, Label]) -> list[str]:
    """The mended names in the text, as "name:label"; each of `tagged` is its first place there."""
    read = read_document(Article(id="a", text=text))
    spans = [
        [_span(read, number, *each) for each in tagged if each[0] in p.text] for number, p in enumerate(read.passages)
    ]
    return [
        f"{passage.text[passage.tokens[span.first].start : passage.tokens[span.stop - 1].end]}:{span.label}"
        for passage, found in zip(read.passages, mended(read, spans, small_kb(), surnames_in(read, spans)), strict=True)
        for span in found
    ]


def _span(read: Document, number: int, name: str, label: Label) -> Span:
    start = read.passages[number].text.find(name)
    tokens = read.passages[number].tokens
    inside = [at for at, token in enumerate(tokens) if start <= token.start < start + len(name)]
    return Span(inside[0], inside[-1] + 1, label)


@pytest.mark.parametrize(
    ("text", "name", "label", "mended_names"),
    [
        ("The Sarid Pact's text", "The Sarid Pact's", "agreement", ["Sarid Pact:agreement"]),
        ("with Prayuth Chan-o-cha today", "Prayuth Chan-o-", "person", ["Prayuth Chan-o-cha:person"]),
        ("the Hamas-Hezbollah front", "Hamas-Hezbollah", "armed_group", ["Hamas:armed_group", "Hezbollah:armed_group"]),
        ("the Hamas-Zorro front", "Hamas-Zorro", "armed_group", ["Hamas-Zorro:armed_group"]),
        ("Itamar Ben-Gvir left", "Itamar Ben-Gvir", "person", ["Itamar Ben-Gvir:person"]),
        ("the Iran Green Party met", "Iran Green Party", "party", ["Iran:state", "Green Party:party"]),
        ("the Iranian Green Party met", "Iranian Green Party", "party", ["Iranian Green Party:party"]),
        ("the Iran Green Union met", "Iran Green Union", "organization", ["Iran Green Union:organization"]),
    ],
)
def test_bounds_are_mended(text: str, name: str, label: Label, mended_names: list[str]) -> None:
    """Articles, possessives, cut words, joined names, states in front of parties."""
    assert names(text, (name, label)) == mended_names


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("the BRP Teresa Magbanua was rammed", "BRP Teresa Magbanua", "organization"),
        ("the BRP Teresa Magbanua was rammed", "Teresa Magbanua", "person"),
        ("in Farvardin 1404", "Farvardin", "person"),
        ("the fast of Ramadan", "Ramadan", "event"),
    ],
)
def test_ships_and_months_are_no_names(text: str, name: str, label: Label) -> None:
    """Of whatever label; a month is one only by itself."""
    assert names(text, (name, label)) == []


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [("the USS Cole bombing of 2000", "USS Cole bombing", "event"), ("by Khordad 15th", "Khordad 15th", "weapon")],
)
def test_names_with_ships_and_months_in_them_stay(text: str, name: str, label: Label) -> None:
    """What happened to a ship, and what is called after a month."""
    assert names(text, (name, label)) == [f"{name}:{label}"]


def test_surnames_that_a_hyphen_joins_are_two_persons() -> None:
    """Where the article names both in full; else it may be one double name."""
    full: list[tuple[str, Label]] = [("Jo Okoro", "person"), ("Al Haddad", "person")]
    text = "Jo Okoro and Al Haddad won. The Okoro-Haddad ticket led."
    assert names(text, *full, ("Okoro-Haddad", "person"))[-2:] == ["Okoro:person", "Haddad:person"]
    assert names(text, full[0], ("Okoro-Haddad", "person"))[-1] == "Okoro-Haddad:person"


def test_a_surname_of_the_article_is_a_person() -> None:
    """Unless something of the other type is known by it."""
    text = "Jo Okoro won. Later Okoro spoke."
    read = read_document(Article(id="a", text=text))
    spans = [[], [Span(0, 2, "person")], [Span(1, 2, "organization")]]
    assert mended(read, spans, small_kb(), surnames_in(read, spans))[2] == [Span(1, 2, "person")]
    assert mended(read, spans, small_kb(), frozenset())[2] == [Span(1, 2, "organization")]
