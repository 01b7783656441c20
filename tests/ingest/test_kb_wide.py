"""Rows of the wide layer: written and read alike, and reported where they are wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import ENTITY_TYPES, EntityType
from ingest.kb.wide import WIDE_COLUMNS, Term, WideRow, name_of, parse_wide

GOOD = ("Bob Trentino (spy)", "", "person", "Q2001", "sylvania", "B. Trentino|Bob", "Envoy@freedonia:1930..1934", "3")

words = st.text(st.characters(codec="utf-8", exclude_characters="\t\n\r|;:@"), min_size=1, max_size=12)
dates = st.sampled_from(["", "1933", "1933-05", "1933-05-17"])
rows = st.builds(
    WideRow,
    title=st.one_of(st.just(""), words, words.map("{} (film)".format), words.map("{}, Ruritania".format)),
    name=words,
    type=st.sampled_from(ENTITY_TYPES),
    id=st.sampled_from(["", "Q7", "x-freedonia"]),
    country=st.sampled_from(["", "freedonia"]),
    aliases=st.lists(words, max_size=3).map(tuple),
    offices=st.lists(st.builds(Term, words, words, dates, dates), max_size=3).map(tuple),
    rank=st.integers(0, 9),
)


def problems_of(**changed: str) -> list[str]:
    """Problems of a sound row with some cells changed."""
    problems: list[str] = []
    parse_wide([changed.get(name, cell) for name, cell in zip(WIDE_COLUMNS, GOOD, strict=True)], problems.append)
    return problems


@given(rows)
def test_a_row_is_read_as_it_was_written(row: WideRow) -> None:
    """Nothing is lost between the cells and the row, and there is no problem."""
    problems: list[str] = []
    assert parse_wide("\t".join(row.cells).split("\t"), problems.append) == row
    assert problems == []


def test_a_sound_row_is_read() -> None:
    """Each cell has its place; the name comes from the title."""
    problems: list[str] = []
    assert parse_wide(GOOD, problems.append) == WideRow(
        title="Bob Trentino (spy)",
        name="Bob Trentino",
        type="person",
        id="Q2001",
        country="sylvania",
        aliases=("B. Trentino", "Bob"),
        offices=(Term("Envoy", "freedonia", "1930", "1934"),),
        rank=3,
    )
    assert problems == []


@pytest.mark.parametrize(
    ("name", "cell"),
    [("Bob Trentino", ""), ("Robert Trentino", "Robert Trentino")],
)
def test_the_name_is_written_where_the_title_does_not_give_it(name: str, cell: str) -> None:
    """What can be derived is not repeated."""
    assert WideRow("Bob Trentino (spy)", name, "person", "").cells[1] == cell


def test_a_row_without_a_title_keeps_its_name() -> None:
    """Its name stands in the file."""
    assert WideRow("", "Laurel Works", "organization", "").cells == (
        *("", "Laurel Works", "organization", "", "", "", "", "0"),
    )


@pytest.mark.parametrize(
    ("title", "entity_type", "name"),
    [
        ("Zenda (castle)", "place", "Zenda"),
        ("Zenda, Ruritania", "place", "Zenda"),
        ("Zenda, Ruritania (castle)", "place", "Zenda"),
        ("Laurel, Hardy", "organization", "Laurel, Hardy"),
        ("Laurel (a) Hardy", "organization", "Laurel (a) Hardy"),
    ],
)
def test_a_title_gives_a_name(title: str, entity_type: EntityType, name: str) -> None:
    """Without its last bracket, and of places without what stands around them."""
    assert name_of(title, entity_type) == name


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"type": "planet"}, f"unknown type 'planet'; known: {', '.join(ENTITY_TYPES)}"),
        ({"id": "2001"}, "'2001' is not a Wikidata id (Q…)"),
        ({"title": ""}, "there is neither a title nor a name"),
        ({"rank": ""}, "the rank '' is not one of 0 to 9"),
        ({"rank": "10"}, "the rank '10' is not one of 0 to 9"),
        ({"rank": "-1"}, "the rank '-1' is not one of 0 to 9"),
        ({"rank": "²"}, "the rank '²' is not one of 0 to 9"),
        ({"offices": "Envoy"}, "office 'Envoy' is not OFFICE@AREA:SINCE..UNTIL"),
        ({"offices": "@freedonia"}, "office '@freedonia' is not OFFICE@AREA:SINCE..UNTIL"),
        ({"offices": "Envoy@freedonia:1933-13.."}, "'1933-13' is not a date (YYYY, YYYY-MM or YYYY-MM-DD)"),
        ({"offices": "Envoy@freedonia:..soon"}, "'soon' is not a date (YYYY, YYYY-MM or YYYY-MM-DD)"),
    ],
)
def test_a_wrong_cell_is_reported(changed: dict[str, str], problem: str) -> None:
    """The message names what stands there."""
    assert problems_of(**changed) == [problem]


def test_all_problems_of_a_row_are_reported() -> None:
    """One fault hides no other."""
    found = problems_of(title="", type="planet", id="x", rank="a", offices="Envoy;Envoy@freedonia:1..2")
    assert len(found) == 7
