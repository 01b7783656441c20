"""What the rows of each query say, in terms of our own schema."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from refreshing import day, small_base, told

from ingest.kb.refresh import KnownBase
from ingest.kb.refresh.reading import office_name
from ingest.kb.wide import Term


@pytest.fixture
def base(tmp_path: Path) -> KnownBase:
    """The small knowledge base."""
    return small_base(tmp_path)


PARTY = {"item": "Q77", "name": ("Duck Party", "en"), "title": ("Duck Party (Freedonia)", "en"), "links": 60}


def test_a_list_gives_rows_of_the_wide_layer(base: KnownBase) -> None:
    """Title, name, type, states, short names as aliases, and a rank by how many pages tell of it."""
    rows = [
        {**PARTY, "state": "Q1001", "short": ("DP", "en")},
        {**PARTY, "state": "Q1002", "short": ("D|P", "en")},
        {"item": {"type": "uri", "value": "http://www.wikidata.org/entity/P7"}},
    ]
    facts = told(base, parties=rows)
    row = facts.items["Q77"].row(())
    assert row is not None
    assert (row.title, row.name, row.type, row.id) == ("Duck Party (Freedonia)", "Duck Party", "party", "Q77")
    assert (row.country, row.aliases, row.rank) == ("freedonia", ("DP",), 3)
    assert list(facts.items) == ["Q77"]


def test_a_label_that_differs_from_the_title_is_an_alias(base: KnownBase) -> None:
    """The title gives the name; without a title the label does."""
    row = told(base, cities={"item": "Q5", "name": ("Fredburg", "mul"), "title": "Fredburgh, Freedonia"}).items["Q5"]
    assert row.row(()).name == "Fredburgh"  # type: ignore[union-attr]
    assert row.row(()).aliases == ("Fredburg",)  # type: ignore[union-attr]
    other = told(base, cities={"item": "Q5", "name": ("Fredburg", "mul")}).items["Q5"]
    assert other.row(()).name == "Fredburg"  # type: ignore[union-attr]


def test_an_item_without_an_english_name_gives_no_row(base: KnownBase) -> None:
    """Neither label nor title."""
    assert told(base, weapons={"item": "Q5", "links": 20}).items["Q5"].row(()) is None


@pytest.mark.parametrize(
    ("forms", "label"),
    [
        ([("Fredonia", "en"), ("Freedonia", "mul")], "Fredonia"),
        ([("Freedonia", "mul")], "Freedonia"),
        ([], ""),
    ],
)
def test_the_label_is_english_or_else_for_all_languages(
    base: KnownBase, forms: list[tuple[str, str]], label: str
) -> None:
    """`mul` stands in where there is no `en`."""
    rows: list[Any] = [{"item": "Q1001", "kind": "label", "form": form} for form in forms]
    names = told(base, names=[*rows, {"item": "Q1001", "kind": "links", "form": 3}]).names["Q1001"]
    assert (names.label, names.links) == (label, 3)


def test_names_are_sorted_by_their_kind(base: KnownBase) -> None:
    """Forms are aliases or demonyms; description, title and the item that it was merged into stand apart."""
    kinds: list[tuple[str, Any]] = [
        ("alias", ("Land of the Free", "en")),
        ("official", ("Republic of Freedonia", "en")),
        ("demonym", ("Freedonians", "en")),
        ("description", ("state in a film", "en")),
        ("title", ("Freedonia", "en")),
        ("merged", "Q9"),
        ("alias", ("A|B", "en")),
    ]
    rows = [{"item": "Q1001", "kind": kind, "form": form} for kind, form in kinds]
    names = told(base, names=[*rows, {"kind": "label", "form": ("of nothing", "en")}]).names["Q1001"]
    assert list(names.aliases) == ["Land of the Free", "Republic of Freedonia"]
    assert list(names.demonyms) == ["Freedonians"]
    assert (names.description, names.title, names.merged) == ("state in a film", "Freedonia", "Q9")


def test_state_names_give_states(base: KnownBase) -> None:
    """Each is an item of its own, so that a new state is seen."""
    facts = told(base, state_names={"item": "Q7", "kind": "label", "form": ("Klopstokia", "mul")})
    assert (facts.items["Q7"].type, facts.items["Q7"].name) == ("state", "Klopstokia")


def test_heads_have_the_office_that_their_state_names(base: KnownBase) -> None:
    """Without the state's name in it; where the state names none, the role is told."""
    states = {
        "item": "Q1001",
        "stateOffice": ("President of the Republic of Freedonia", "en"),
        "capital": "Q1004",
        "legislature": "Q55",
    }
    head = {"item": "Q9", "name": ("Gloria Teasdale", "en"), "state": "Q1001"}
    heads = [
        {**head, "role": "head of state", **day("2020-05-01", 10)},
        {**head, "role": "head of government", **day("2021-01-01", 9), **day("2022-03-04", name="until")},
    ]
    facts = told(base, states=[states, {"item": "Q404", "capital": "Q1"}], heads=heads)
    assert list(facts.terms["Q9"]) == [
        Term("President", "freedonia", "2020-05"),
        Term("head of government", "freedonia", "2021", "2022-03-04"),
    ]
    assert len(facts.leads) == 2
    assert facts.capitals == {"Q1004": "freedonia"}
    assert facts.countries == {"Q55": {"freedonia": None}}


def test_holders_of_an_office_are_listed_with_it(base: KnownBase) -> None:
    """An office without a label, or with signs that a cell cannot hold, and one of an unknown state tell nothing."""
    holder = {"item": "Q9", "name": ("Gloria Teasdale", "en"), "state": "Q1001"}
    rows = [
        {**holder, "officeName": ("Minister of War of Freedonia", "en")},
        holder,
        {**holder, "officeName": ("a@b", "en")},
        {**holder, "officeName": ("Minister", "en"), "state": "Q404"},
        {**holder, "officeName": ("Minister", "en"), **day("2022-01-01"), **day("2021-01-01", name="until")},
        {"state": "Q1001", "officeName": ("Minister of Peace", "en")},
    ]
    facts = told(base, office_holders=rows)
    assert list(facts.terms["Q9"]) == [Term("Minister of War", "freedonia")]
    assert ("freedonia", "minister of war") in facts.listed
    assert ("freedonia", "") not in facts.listed
    facts = told(base, legislators={**holder, "officeName": ("member of the Duma", "en")})
    assert (len(facts.terms), facts.listed) == (1, set())


def test_relations_have_our_types(base: KnownBase) -> None:
    """Membership, designation turned round, leaders as offices, and countries that are still so."""
    item = {"item": "Q1006"}
    rows = [
        {**item, "relation": "sponsor", "other": "Q1002", **day("2001-01-01", 9)},
        {**item, "relation": "designated by", "other": "Q1001"},
        {**item, "relation": "director", "other": "Q9"},
        {**item, "relation": "country", "other": "Q1002"},
        {**item, "relation": "country", "other": "Q1001", **day("1990-01-01", name="until")},
        {**item, "relation": "country", "other": "Q404"},
        {**item, "relation": "part of", "other": "Q404"},
        {**item, "relation": "founder", "other": {"type": "bnode", "value": "t1"}},
        {**item, "relation": "twin of", "other": "Q1002"},
        {"item": "Q404", "relation": "founder", "other": "Q9"},
    ]
    facts = told(base, relations=rows)
    assert {own_id: list(terms) for own_id, terms in facts.ties.items()} == {
        "Q1006": [Term("BACKED_BY", "sylvania", "2001")],
        "Q1001": [Term("OPPOSES", "front")],
    }
    assert list(facts.terms["Q9"]) == [Term("director", "front")]
    assert facts.countries == {"Q1006": {"sylvania": None}}


def test_signatories_have_signed(base: KnownBase) -> None:
    """Where both sides are curated."""
    pact = {"item": "Q1008", "title": ("Duck Pact", "en"), "links": 11}
    rows = [{**pact, "signatory": "Q1001"}, {**pact, "signatory": "Q404"}, {"item": "Q9", "signatory": "Q1001"}]
    facts = told(base, treaties=rows)
    assert facts.ties == {"Q1001": {Term("SIGNATORY_OF", "pact"): "treaties"}}


def test_titles_and_days_of_change_are_read(base: KnownBase) -> None:
    """Rows without an item are left out."""
    facts = told(
        base,
        titles=[{"title": ("Marx League", "en"), "item": "Q70"}, {"title": ("X", "en")}],
        changed=[{"item": "Q1001", "modified": "2026-11-01T10:00:00Z"}, {"modified": "2026-11-01T10:00:00Z"}],
    )
    assert facts.ids == {"Marx League": "Q70"}
    assert facts.modified == {"Q1001": "2026-11-01T10:00:00Z"}


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("President of Freedonia", "President"),
        ("Minister of War of the Republic of Freedonia", "Minister of War"),
        ("President", "President"),
        (" of Freedonia", " of Freedonia"),
        ("Minister of Freedonian Affairs", "Minister of Freedonian Affairs"),
    ],
)
def test_an_office_is_told_without_its_state(base: KnownBase, label: str, name: str) -> None:
    """By any form of the state's name, at the end."""
    assert office_name(label, base, "freedonia") == name
    assert office_name(label, base, "") == label
