"""Tables become layers: which forms they get, and what the tagger is told of each."""

from __future__ import annotations

import pytest

from graph.model import EntityType
from ingest.kb.compile import WELL_KNOWN, compile_curated, compile_wide, digest_of, spellings
from ingest.kb.layer import Layer, LayerBuilder, layer_of
from ingest.kb.schema import EntityRow, parse_entity
from ingest.kb.wide import Term, WideRow
from ingest.tagger.name_lists import LIST_NAMES, LONGEST

TERM = (Term("Envoy", "freedonia"),)


def entity(key: str, name: str, kind: str, *, aliases: str = "", flags: str = "") -> EntityRow:
    """A sound row of an entities table."""
    problems: list[str] = []
    row = parse_entity((key, name, kind, "", "", "", "", aliases, flags), problems.append)
    assert problems == []
    return row


def layer(builder: LayerBuilder) -> Layer:
    """What a builder makes."""
    made = layer_of(builder.arrays("d"))
    assert made is not None
    return made


def lists_of(made: Layer) -> dict[str, list[str]]:
    """The lists that each form stands in."""
    return {
        form: [name for bit, name in enumerate(LIST_NAMES) if made.lists[number] >> bit & 1]
        for form, number in made.forms.items()
    }


def test_the_digest_depends_on_names_and_contents() -> None:
    """Also on where one file ends and the next begins."""
    digests = {
        digest_of(contents)
        for contents in (
            [("a", b"xy")],
            [("a", b"x")],
            [("b", b"xy")],
            [("a", b"x"), ("b", b"y")],
            [("a", b"x"), ("by", b"")],
        )
    }
    assert len(digests) == 5
    assert digest_of([("a", b"xy")]) in digests


@pytest.mark.parametrize(
    ("form", "entity_type", "expected"),
    [
        ("Zenda", "place", ["Zenda"]),
        ("New-Zenda", "place", ["New - Zenda", "New Zenda"]),
        ("The Zenda Post", "organization", ["The Zenda Post", "Zenda Post"]),
        ("The Post", "organization", ["The Post"]),
        ("Z-1 Cannon", "weapon", ["Z - 1 Cannon", "Z 1 Cannon", "Z - 1 Cannons", "Z 1 Cannons"]),
        ("Cannons", "weapon", ["Cannons"]),
        ("Cannon!", "weapon", ["Cannon !"]),
        ("-", "place", ["-"]),
        ("-", "weapon", ["-"]),
        ("", "weapon", []),
    ],
)
def test_forms_have_spellings(form: str, entity_type: EntityType, expected: list[str]) -> None:
    """With and without hyphens and "The"; weapons in the plural too."""
    assert [" ".join(spelling) for spelling in spellings(form, entity_type)] == expected


def test_the_tagger_is_told_the_list_of_each_curated_form() -> None:
    """Demonyms of states, media and peoples have their own; what must never match is in none."""
    made = layer(
        compile_curated(
            [
                entity("freedonia", "Freedonia", "state", aliases="Freedonian~demonym|Freedonia Air~never"),
                entity("zenda-post", "Zenda Post", "organization", flags="source"),
                entity("marxists", "Marxists", "community", aliases="Marxist~demonym"),
                entity("firefly", "Rufus Firefly", "person"),
            ]
        )
    )
    assert lists_of(made) == {
        "freedonia": ["state"],
        "freedonia air": [],
        "freedonian": ["demonym"],
        "marxist": ["people"],
        "marxists": ["people"],
        "rufus firefly": ["person"],
        "zenda post": ["medium"],
    }


def test_a_place_with_its_region_is_no_form_where_both_are_known() -> None:
    """Place and region are each found by themselves; with an unknown region, or its own, it is one form."""
    made = layer(
        compile_curated(
            [
                entity("zenda", "Zenda", "place", aliases="Zenda, Ruritania|Zenda, Nowhere|Zenda, Old Town|Old Town"),
                entity("ruritania", "Ruritania", "state"),
                entity("works", "Works, Ruritania", "organization"),
            ]
        )
    )
    assert set(made.forms) == {
        "zenda",
        "zenda , nowhere",
        "zenda , old town",
        "old town",
        "ruritania",
        "works , ruritania",
    }


def test_curated_persons_are_found_by_surname() -> None:
    """Each; other entities are not, and do not count as bearers of names."""
    made = layer(
        compile_curated(
            [entity("firefly", "Rufus Firefly", "person"), entity("works", "Laurel Works", "organization")],
        )
    )
    assert (made.surnamed("firefly"), made.surnamed("works")) == ([0], [])
    assert (made.given, made.family) == ({"rufus": 1}, {"firefly": 1})


@pytest.mark.parametrize(
    ("kind", "rank", "offices", "name"),
    [
        ("person", WELL_KNOWN, TERM, "famous person"),
        ("person", WELL_KNOWN - 1, TERM, "office-holder"),
        ("person", 0, (), "famous person"),
        ("place", 2, (), "city"),
        ("place", 1, (), "small place"),
        ("organization", 9, (), "company"),
        ("party", 9, (), "small party"),
        ("armed_group", 0, (), "armed_group"),
        ("event", 0, (), "event"),
    ],
)
def test_the_tagger_is_told_the_list_of_each_wide_row(
    kind: EntityType, rank: int, offices: tuple[Term, ...], name: str
) -> None:
    """By type, rank and whether an office is known."""
    made = layer(compile_wide([WideRow("", "Bob Trentino", kind, "Q1", offices=offices, rank=rank)]))
    assert lists_of(made) == {"bob trentino": [name]}


def test_wide_forms_lose_their_article_and_are_of_a_usable_length() -> None:
    """Single words are no forms of persons, nor are names of more tokens than are looked for."""
    long = " ".join(["Zenda"] * (LONGEST + 1))
    made = layer(
        compile_wide(
            [
                WideRow("", "The Laurel Works", "organization", "Q1", aliases=("The", long, "The " + long[6:])),
                WideRow("", "Bob Trentino", "person", "Q2", aliases=("Trentino",)),
            ]
        )
    )
    assert set(made.forms) == {"laurel works", "the", long[6:].lower(), "bob trentino"}


def test_wide_persons_with_an_office_are_found_by_surname() -> None:
    """Those without one only count as bearers of their names."""
    rows = [WideRow("", "Bob Trentino", "person", "Q1", offices=TERM), WideRow("", "Pinky Spy", "person", "Q2")]
    made = layer(compile_wide(rows))
    assert (made.surnamed("trentino"), made.surnamed("spy")) == ([0], [])
    assert made.given == {"bob": 1, "pinky": 1}


def test_what_has_no_id_gets_one_of_its_own() -> None:
    """From the title, else from the name, with the type behind it where the name is taken; an id stands once."""
    made = layer(
        compile_wide(
            [
                WideRow("Laurel & Hardy (firm)", "Laurel & Hardy", "organization", ""),
                WideRow("", "Zénda", "place", ""),
                WideRow("", "Zenda", "armed_group", ""),
                WideRow("", "Zenda", "armed_group", ""),
                WideRow("Zenda", "Zenda", "event", ""),
                WideRow("", "!!", "event", ""),
                WideRow("A", "A", "event", "Q1"),
                WideRow("B", "B", "event", "Q1"),
            ]
        )
    )
    assert made.ids == ["x-laurel-hardy-firm", "x-zenda", "x-zenda-armed-group", "x-nameless", "Q1"]
