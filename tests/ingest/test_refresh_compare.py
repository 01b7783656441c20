"""Differences between made-up facts and a small knowledge base: what is new, what has changed, what is gone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from refreshing import day, differences, in_short, small_base, told

from ingest.kb.refresh import KnownBase, compare
from ingest.kb.refresh.matching import match_terms, merged
from ingest.kb.wide import Term

FIREFLY = {"item": "Q1005", "name": ("Rufus Firefly", "en"), "title": ("Rufus Firefly", "en"), "state": "Q1001"}
TRENTINO = {"item": "Q2001", "name": ("Bob Trentino", "en"), "title": ("Bob Trentino", "en"), "state": "Q1002"}
PREMIER = {"officeName": ("Prime Minister of Freedonia", "en")}
WAR = {"officeName": ("Minister of War", "en")}


@pytest.fixture
def base(tmp_path: Path) -> KnownBase:
    """The small knowledge base."""
    return small_base(tmp_path)


def named(own_id: str, *names: tuple[str, Any], exists: bool = True) -> list[Any]:
    """Rows of the query for names."""
    kinds = [*names, ("links", 5)] if exists else names
    return [{"item": own_id, "kind": kind, "form": form} for kind, form in kinds]


def test_equal_facts_differ_in_nothing(base: KnownBase) -> None:
    """The same dates, however precise, and the same names in other letters."""
    changes = differences(
        base,
        office_holders={**FIREFLY, **PREMIER, **day("1933-01-01", 9)},
        names=named("Q1001", ("label", ("FREEDONIA", "en")), ("title", ("Freedonia", "en"))),
        relations={"item": "Q1001", "relation": "designated by", "other": "Q1006"},
    )
    assert changes == []


def test_an_item_of_a_list_that_nobody_knows_is_new(base: KnownBase) -> None:
    """With its offices, its id and a link; one without a name is not told."""
    person = {"item": "Q9", "name": ("Gloria Teasdale", "mul"), "state": "Q1001"}
    (change,) = differences(base, office_holders=[{**person, **WAR, **day("2020-05-01", 10)}, {"item": "Q10"}])
    assert (change.kind, change.field, change.name) == ("new", "entity", "Gloria Teasdale")
    assert change.new == "person, freedonia, Minister of War@freedonia:2020-05.."
    assert change.link == "https://www.wikidata.org/wiki/Q9"
    assert differences(base, weapons={"item": "Q10", "links": 20}) == []


def test_the_same_change_is_told_once(base: KnownBase) -> None:
    """Though two queries tell it."""
    front = {"item": "Q1006", "title": ("Sylvan Front (group)", "en"), "name": ("Sylvan Front", "en")}
    title = named("Q1006", ("title", ("Sylvan Front (group)", "en")))
    changes = differences(base, armed_groups=front, names=title)
    assert in_short(changes) == [("changed", "title", "Q1006", "Sylvan Front", "Sylvan Front (group)")]


def test_an_end_is_a_change(base: KnownBase) -> None:
    """Old and new are told as the table writes them; curated and wide people alike."""
    changes = differences(
        base,
        office_holders=[
            {**FIREFLY, **PREMIER, **day("1933-02-03"), **day("2026-11-01", name="until")},
            {**TRENTINO, **WAR, **day("1995-05-06"), **day("1999-01-01", 9, name="until")},
        ],
    )
    assert in_short(changes) == [
        (
            "changed",
            "office",
            "Q2001",
            "Minister of War@sylvania:1995-05..1999",
            "Minister of War@sylvania:1995-05-06..1999",
        ),
        (
            "changed",
            "office",
            "Q1005",
            "Prime Minister@freedonia:1933..",
            "Prime Minister@freedonia:1933-02-03..2026-11-01",
        ),
        ("gone", "office", "Q2002", "Minister of War@sylvania:2001..2003", ""),
    ]


def test_a_head_of_state_is_known_by_the_dates(base: KnownBase) -> None:
    """A role that the state gives no title for is the office that began at that time; a later one is new."""
    head = {**FIREFLY, "role": "head of government"}
    assert differences(base, heads={**head, **day("1933-01-01")}) != []
    assert in_short(differences(base, heads={**head, **day("1933-01-01", 9)})) == []
    (change,) = differences(base, heads={**head, **day("2020-01-01", 9)})
    assert (change.new, change.leads) == ("head of government@freedonia:2020..", True)


def test_an_office_that_is_not_listed_is_not_gone(base: KnownBase) -> None:
    """Only where all holders of an office are known, from 1990 on, and of ours only what came from Wikidata."""
    other = {"item": "Q9", "name": ("Gloria Teasdale", "en")}
    rows = [{**other, **WAR, "state": "Q1002"}, {**other, **PREMIER, "state": "Q1001"}]
    gone = [each for each in in_short(differences(base, office_holders=rows)) if each[0] == "gone"]
    assert gone == [
        ("gone", "office", "Q2001", "Minister of War@sylvania:1995-05..1999", ""),
        ("gone", "office", "Q1005", "Prime Minister@freedonia:1933..", ""),
        ("gone", "office", "Q2002", "Minister of War@sylvania:2001..2003", ""),
    ]
    assert not [each for each in differences(base, legislators=rows) if each.kind == "gone"]


def test_names_that_are_not_known_are_new(base: KnownBase) -> None:
    """Aliases and demonyms, and a description where there is none; single words of people are no forms."""
    changes = differences(
        base,
        names=[
            *named(
                "Q1001", ("label", ("Freedonia", "mul")), ("alias", ("Fredonia", "en")), ("demonym", ("Freed", "en"))
            ),
            *named(
                "Q1005", ("label", ("Rufus Firefly", "en")), ("alias", ("Rufus", "en")), ("alias", ("R. Firefly", "en"))
            ),
            *named("Q1006", ("label", ("Sylvan Front", "en")), ("description", ("armed group", "en"))),
        ],
    )
    assert in_short(changes) == [
        ("new", "alias", "Q1001", "", "Fredonia"),
        ("new", "alias", "Q1001", "", "Freed~demonym"),
        ("new", "alias", "Q1005", "", "R. Firefly"),
        ("new", "description", "Q1006", "", "armed group"),
    ]


def test_a_name_that_wikidata_does_not_know_has_changed(base: KnownBase) -> None:
    """The label is the new name, and no alias."""
    names = named("Q2003", ("label", ("Zenda Castle", "en")), ("alias", ("The Castle", "en")))
    assert in_short(differences(base, names=names)) == [
        ("new", "alias", "Q2003", "", "The Castle"),
        ("changed", "name", "Q2003", "Zenda", "Zenda Castle"),
    ]


def test_an_item_without_labels_has_no_name_to_compare(base: KnownBase) -> None:
    """Nothing is told of it."""
    assert differences(base, names=named("Q1002")) == []


def test_an_item_that_was_deleted_is_gone(base: KnownBase) -> None:
    """Where it was asked for, and nothing or no page is known of it."""
    facts = told(base, names=named("Q1001", ("label", ("Freedonia", "en")), exists=False))
    assert compare(facts, base) == []
    facts.asked["names"] = {"Q1001", "Q1006", "Q404"}
    assert in_short(compare(facts, base)) == [
        ("gone", "entity", "Q1001", "state", ""),
        ("gone", "entity", "Q1006", "armed_group", ""),
    ]


def test_an_item_that_was_merged_has_another_id(base: KnownBase) -> None:
    """And is not gone, although nothing else is known of it."""
    facts = told(base, names={"item": "Q1006", "kind": "merged", "form": "Q16"})
    facts.asked["names"] = {"Q1006"}
    assert in_short(compare(facts, base)) == [("changed", "id", "Q16", "Q1006", "Q16")]


def test_a_title_gives_an_id(base: KnownBase) -> None:
    """By the query for titles, or by a list."""
    new = [("new", "id", "Q70", "", "Q70")]
    league = {"title": ("Marx League", "en"), "item": "Q70"}
    assert in_short(differences(base, titles=[league, {"title": ("Nobody", "en"), "item": "Q71"}])) == new
    assert in_short(differences(base, intergovernmental={**league, "name": ("Marx League", "en")})) == new


def test_countries_and_capitals_are_compared(base: KnownBase) -> None:
    """One of several countries is enough; a capital stands for its state."""
    changes = differences(
        base,
        relations=[
            {"item": "Q1006", "relation": "country", "other": "Q1002"},
            {"item": "Q1005", "relation": "citizenship", "other": "Q1002"},
            {"item": "Q1004", "relation": "country", "other": "Q1002"},
            {"item": "Q1004", "relation": "country", "other": "Q1001"},
            {"item": "Q404", "relation": "country", "other": "Q1001"},
        ],
        states=[{"item": "Q1002", "capital": "Q1004"}, {"item": "Q1001", "capital": "Q2003"}],
    )
    assert in_short(changes) == [
        ("new", "country", "Q1006", "", "sylvania"),
        ("changed", "country", "Q1005", "freedonia", "sylvania"),
        ("changed", "stands_for", "Q1004", "freedonia", "sylvania"),
    ]


def test_a_capital_that_is_right_is_no_change(base: KnownBase) -> None:
    """Fredville stands for Freedonia already."""
    assert differences(base, states={"item": "Q1001", "capital": "Q1004"}) == []


def test_relations_are_new_changed_or_gone(base: KnownBase) -> None:
    """Ours from the public record are never gone; opposition has no direction; nobody is related to himself."""
    facts = told(
        base,
        relations=[
            {"item": "Q1006", "relation": "sponsor", "other": "Q1002"},
            {"item": "Q1006", "relation": "part of", "other": "Q1006"},
        ],
    )
    facts.asked["relations"] = {"Q1001", "Q1006"}
    assert in_short(compare(facts, base)) == [
        ("new", "relation", "Q1006", "", "BACKED_BY@sylvania"),
        ("gone", "relation", "Q1001", "OPPOSES@front", ""),
    ]
    designated = {"item": "Q1001", "relation": "designated by", "other": "Q1006", **day("2004-01-01", 9)}
    assert differences(base, relations=designated) == []
    forwards = {"item": "Q1006", "relation": "designated by", "other": "Q1001", **day("2004-01-01", 9)}
    assert in_short(differences(base, relations=forwards)) == [
        ("changed", "relation", "Q1001", "OPPOSES@front", "OPPOSES@front:2004..")
    ]


def test_terms_are_paired_the_surest_first() -> None:
    """By office and beginning, then by office alone, then by area and beginning; what is left has no partner."""
    old = [
        Term("A", "x", "2001"),
        Term("A", "x", "2005"),
        Term("B", "x", "2010"),
        Term("C", "x", "1999"),
        Term("D", "x"),
    ]
    new = [Term("a", "x", "2005-02"), Term("a", "x"), Term("E", "x", "2010-01"), Term("C", "x", "1998"), Term("D", "y")]
    matched = match_terms(old, new)
    assert sorted((old.office + old.since, new.office + new.since) for old, new in matched.pairs) == [
        ("A2001", "a"),
        ("A2005", "a2005-02"),
        ("B2010", "E2010-01"),
        ("C1999", "C1998"),
    ]
    assert (matched.only_old, matched.only_new) == ([Term("D", "x")], [Term("D", "y")])


def test_relations_of_different_types_are_never_the_same() -> None:
    """Though they begin in the same year."""
    matched = match_terms([Term("MEMBER_OF", "x", "2001")], [Term("PART_OF", "x", "2001")])
    assert matched.pairs == []


def test_several_terms_of_one_office_are_not_paired_by_chance() -> None:
    """Where the beginnings differ and there is more than one on a side."""
    matched = match_terms([Term("A", "x", "2001")], [Term("A", "x", "2005"), Term("A", "x", "2009")])
    assert (len(matched.pairs), len(matched.only_new)) == (0, 2)


def test_merged_terms_keep_our_wording_and_what_only_we_know() -> None:
    """Dates that say less change nothing; one who came back has not ended."""
    assert merged(Term("A", "x", "2001-05", "2003"), Term("a", "x", "2001")) == Term("A", "x", "2001-05", "2003")
    assert merged(Term("A", "x", "2001", "2003"), Term("a", "x", "2005")) == Term("A", "x", "2005", "")
