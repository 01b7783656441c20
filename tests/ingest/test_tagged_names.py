"""What a tagger finds, joined with what is known; the spans stand for a tagger's."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest
from kb_tables import ENTITIES, write_tables
from small_kb import small_kb

from graph.model import Article
from ingest.gazetteer import Gazetteer
from ingest.kb import KnowledgeBase, load_folders
from ingest.matches import Document, Match, read_document
from ingest.resolve import resolve
from ingest.tagged_names import kind_of, persons_left, type_of, unite
from ingest.tagger.labels import Label, Span
from ingest.unknown import unknown_entity


def document(text: str, *, article: str = "a") -> Document:
    """An article with this text."""
    return read_document(Article(id=article, text=text))


def spans(read: Document, names: Sequence[tuple[str, Label]]) -> list[list[Span]]:
    """The tokens of names in the passages, each at its first place."""
    found: list[list[Span]] = []
    for passage in read.passages:
        own = []
        for name, label in names:
            start = passage.text.find(name)
            inside = [n for n, token in enumerate(passage.tokens) if start <= token.start < start + len(name)]
            if start >= 0:
                own.append(Span(inside[0], inside[-1] + 1, label))
        found.append(own)
    return found


def united(text: str, *names: tuple[str, Label], kb: KnowledgeBase | None = None) -> tuple[list[str], list[str]]:
    """What is matched, as "form=entity", and which forms of persons are left for later."""
    kb = kb or small_kb()
    read = document(text)
    coin = partial(unknown_entity, document=read, surroundings="")
    found = unite(read, Gazetteer(kb).find(read.passages), spans(read, names), kb, coin)
    left = [_form(read, each.passage, each.span.first, each.span.stop) for each in found.pending]
    return sorted(_shown(read, match) for match in found.matches), left


def _form(read: Document, passage: int, first: int, stop: int) -> str:
    tokens = read.passages[passage].tokens[first:stop]
    return read.passages[passage].text[tokens[0].start : tokens[-1].end]


def _shown(read: Document, match: Match) -> str:
    entity = match.candidates[0].entity
    key = entity.key if not entity.is_new else f"new {entity.entity.type}"
    return f"{_form(read, match.passage, match.first, match.stop)}={key}"


@pytest.mark.parametrize(
    ("text", "name", "matched"),
    [
        (
            "The University of Tehran closed.",
            ("University of Tehran", "organization"),
            ["University of Tehran=new org"],
        ),
        ("He met Jim Jordan.", ("Jim Jordan", "person"), ["Jim Jordan=new person"]),
        ("The Iran nuclear deal failed.", ("Iran", "state"), ["Iran nuclear deal=jcpoa"]),
        ("In Tehran they met.", ("Tehran", "organization"), ["Tehran=tehran"]),
        ("The Israel Katz Forum met.", ("Katz Forum", "organization"), ["Katz Forum=new org"]),
        ("The Mesrine Accord's text.", ("The Mesrine Accord's", "agreement"), ["Mesrine Accord=new agreement"]),
    ],
)
def test_the_longest_name_wins(text: str, name: tuple[str, Label], matched: list[str]) -> None:
    """Known ones inside it are gone; one that begins inside a known name takes its place; a shorter one does not."""
    found, left = united(text, name)
    assert [each.replace("organization", "org") for each in found] == matched
    assert left == []


def test_a_place_may_be_a_state() -> None:
    """Many taggers have one label for both; what the knowledge base knows under that name as a place goes first."""
    assert united("They came to the Us.", ("Us", "place"))[0] == ["Us=united-states"]


def test_a_place_ends_before_common_words_where_the_tagger_ends_it() -> None:
    """The entity is still the one whose longer form stands there."""
    kb = small_kb()
    province = document("Fighting in Najran Province went on.")
    assert [_shown(province, each) for each in Gazetteer(kb).find(province.passages)] == ["Najran Province=najran"]
    assert united("Fighting in Najran Province went on.", ("Najran", "place"))[0] == ["Najran Province=najran"]
    assert united("Fighting in Najran province went on.", ("Najran", "place"))[0] == ["Najran=najran"]


def test_parts_of_persons_names_wait_for_the_whole_article() -> None:
    """One word, and names that begin with a particle; a full name is somebody at once."""
    text = "Ann Lee met al-Hakim, von Ribbeck and Okoro."
    names: list[tuple[str, Label]] = [(each, "person") for each in ("Ann Lee", "al-Hakim", "von Ribbeck", "Okoro")]
    assert united(text, *names) == (["Ann Lee=new person"], ["al-Hakim", "von Ribbeck", "Okoro"])


@pytest.mark.parametrize(
    ("text", "names", "matched"),
    [
        ("Hamas militants fled.", ["Hamas:armed_group"], ["Hamas=hamas"]),
        ("Hamas militants fled.", ["Hamas militants:armed_group"], ["Hamas militants=hamas"]),
        (
            "The Kata'ib Hezbollah fled.",
            ["Kata'ib:armed_group", "Hezbollah:armed_group"],
            ["Kata'ib Hezbollah=kataib-hezbollah"],
        ),
        ("HAMAS MILITANTS FLED.", ["HAMAS:armed_group"], ["HAMAS MILITANTS=hamas"]),
        ("The Iran nuclear deal failed.", ["Iran:state"], ["Iran nuclear deal=jcpoa"]),
        ("Islamic Republic of Iran won.", ["Iran:state"], ["Islamic Republic of Iran=iran"]),
    ],
)
def test_a_known_name_may_be_a_shorter_one_with_common_words(text: str, names: list[str], matched: list[str]) -> None:
    """Of states, places, bodies and groups, where case tells what is common and the tagger has the shorter one."""
    pairs: list[tuple[str, Label]] = [(each.split(":")[0], each.split(":")[1]) for each in names]  # type: ignore[misc]
    assert united(text, *pairs)[0] == matched


def test_the_surname_of_somebody_in_the_article_is_no_place() -> None:
    """Whatever the tagger takes it for; and where it takes it for a person's, whatever is known under it."""
    read = document("Ann Jordan spoke. Then Jordan left.")
    coin = partial(unknown_entity, document=read, surroundings="")
    full = [[], [Span(0, 2, "person")]]
    known = Gazetteer(small_kb()).find(read.passages)
    for label, left in (("person", ["Jordan"]), ("state", [])):
        both = unite(read, known, [*full, [Span(1, 2, label)]], small_kb(), coin)  # type: ignore[arg-type]
        assert [_form(read, each.passage, each.span.first, each.span.stop) for each in both.pending] == left


@pytest.mark.parametrize(
    ("form", "meant"),
    [("Congress", ("Congress", True)), ("Council", ("Council of Europe", False))],
)
def test_what_is_known_but_not_meant_may_still_be_a_name(form: str, meant: tuple[str, bool]) -> None:
    """A form that needs context and has none is an entity of its own where the tagger finds it, if several share it."""
    read = document(f"In Peru, {form} met.")
    coin = partial(unknown_entity, document=read, surroundings="")
    found = spans(read, [(form, "organization")])
    both = unite(read, Gazetteer(small_kb()).find(read.passages), found, small_kb(), coin)
    alone = resolve(read, both.matches)
    named = resolve(read, both.matches, instead=both.contested)
    assert alone == []
    assert [(item.entity.entity.name, item.entity.is_new) for item in named] == [meant]


def test_names_of_the_wide_layer_are_known_if_their_type_agrees(tmp_path: Path) -> None:
    """A person is no weapon of that name, and what the gazetteer left for its case is known all the same."""
    kb = load_folders(write_tables(tmp_path))
    text = "They saw Bob Trentino of Zenda, and SYLVANIA."
    known: list[tuple[str, Label]] = [("Bob Trentino", "person"), ("Zenda", "place")]
    assert united(text, *known, kb=kb)[0] == ["Bob Trentino=Q2001", "SYLVANIA=sylvania", "Zenda=Q2002"]
    assert "Bob Trentino=new weapon" in united(text, ("Bob Trentino", "weapon"), kb=kb)[0]
    assert united("They saw pinky spy.", ("pinky spy", "person"), kb=kb)[0] == ["pinky spy=pinky"]


def test_a_curated_name_goes_before_one_of_the_wide_layer(tmp_path: Path) -> None:
    """Also one that needs context: "Apple" is the company, not the shop that is called so too."""
    curated = (*ENTITIES, "laurel\tLaurel\torganization\t\tLaurel\tfreedonia\tcompany\tLW~context\t")
    kb = load_folders(write_tables(tmp_path, entities=curated))
    read = document("They saw LW.")
    coin = partial(unknown_entity, document=read, surroundings="")
    both = unite(read, Gazetteer(kb).find(read.passages), spans(read, [("LW", "organization")]), kb, coin)
    assert [item.entity.key for item in resolve(read, both.matches, instead=both.contested)] == ["laurel"]


def test_who_is_left_is_the_famous_one_or_somebody_new() -> None:
    """Where a match has taken the place meanwhile, nobody is added."""
    read = document("Rice met Okoro and Haddad.")
    found = spans(read, [("Rice", "person"), ("Okoro", "person"), ("Haddad", "person")])
    coin = partial(unknown_entity, document=read, surroundings="")
    both = unite(read, [], found, small_kb(), coin)
    assert both.matches == []
    biden = small_kb().entities["joe-biden"]
    taken = [Match(1, 4, 5, ())]
    left = persons_left(read, taken, both.pending, lambda words, _: biden if words == ("rice",) else None, coin)
    assert [_shown(read, each) for each in left] == ["Rice=joe-biden", "Okoro=new person"]
    assert [each.origin for each in left] == ["chain", "tagger"]


def test_labels_are_types_and_kinds() -> None:
    """A demonym that nothing knows names a community; a word in capitals is an acronym."""
    assert (type_of("demonym"), type_of("event")) == ("community", "event")
    assert [kind_of("demonym", "Sylvan"), kind_of("organization", "UOKiK"), kind_of("organization", "NEOC")] == [
        "demonym",
        "name",
        "acronym",
    ]
    assert kind_of("event", "SUPER TUESDAY") == "name"


def test_an_unknown_full_name_is_the_same_in_articles_about_the_same_state() -> None:
    """A name of one word only in its own article; types are told apart, spacing and case are not."""
    one, other = document("x", article="a"), document("x", article="b")

    def own_id(name: str, read: Document, about: str = "peru", kind: str = "person") -> str:
        return unknown_entity(name, kind, read, surroundings=about).entity.id  # type: ignore[arg-type]

    assert own_id("Ann Lee", one) == own_id("Ann Lee", other) == own_id("ANN  LEE", other)
    assert own_id("Ann Lee", one, "chile") != own_id("Ann Lee", one)
    assert own_id("Ann Lee", one, kind="organization") != own_id("Ann Lee", one)
    assert own_id("Lee", one) != own_id("Lee", other)
    assert own_id("Lee", one, "chile") == own_id("Lee", one)
    assert own_id("Ann Lee", one).startswith("x-")
