"""What is written of changes: the report, and tables that can stand in the place of ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from kb_tables import write_tables
from refreshing import ENTITIES, RELATIONS, WIDE, day, small_tables, told

from ingest.kb import load_folders
from ingest.kb.refresh import compare, known_base, refreshed_files
from ingest.kb.refresh.report import counts, to_markdown, to_tsv
from ingest.kb.tables import Tables, read_tables

PERSON = {"item": "Q9", "name": ("Gloria | Teasdale", "en"), "title": ("Gloria Teasdale", "en"), "state": "Q1001"}
WAR = {"officeName": ("Minister of War", "en")}
ANSWERS: dict[str, Any] = {
    "office_holders": [
        {**PERSON, **WAR, **day("2020-05-01")},
        {"item": "Q1005", "state": "Q1001", "officeName": ("Prime Minister", "en"), **day("1933-02-03")},
        {"item": "Q1005", "state": "Q1001", **WAR, **day("1940-01-01", 9)},
        {"item": "Q2001", "state": "Q1002", **WAR, **day("1995-05-06")},
        {"item": "Q2001", "state": "Q1002", **WAR, **day("2024-05-06")},
    ],
    "heads": {"item": "Q1005", "role": "head of state", "state": "Q1002", **day("1950-01-01", 9)},
    "names": [
        {"item": "Q1001", "kind": "alias", "form": ("Fredonia", "en")},
        {"item": "Q1001", "kind": "demonym", "form": ("Fredonian", "en")},
        {"item": "Q1001", "kind": "label", "form": ("Freedonia", "en")},
        {"item": "Q1004", "kind": "label", "form": ("Fredburg", "en")},
        {"item": "Q1006", "kind": "merged", "form": "Q16"},
        {"item": "Q1008", "kind": "title", "form": ("Duck Pact (1933)", "en")},
        {"item": "Q1008", "kind": "description", "form": ("agreement", "en")},
        {"item": "Q2003", "kind": "label", "form": ("Zenda Castle", "en")},
        {"item": "Q2003", "kind": "alias", "form": ("The Castle", "en")},
        {"item": "Q2003", "kind": "title", "form": ("Castle of Zenda", "en")},
    ],
    "titles": [{"title": ("Marx League", "en"), "item": "Q70"}],
    "cities": [
        {"item": "Q2003", "state": "Q1001"},
        {"item": "Q99", "state": "Q1001", "name": ("Moneytown", "en"), "links": 30},
    ],
    "weapons": {"item": "Q98", "name": ("Duck Cannon", "mul")},
    "states": {"item": "Q1002", "capital": "Q1004"},
    "relations": [
        {"item": "Q1006", "relation": "sponsor", "other": "Q1002"},
        {"item": "Q1006", "relation": "founder", "other": "Q1005"},
        {"item": "Q1006", "relation": "country", "other": "Q1002"},
    ],
}


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    """The small tables."""
    return small_tables(tmp_path / "old")


def refreshed(tables: Tables, **answers: Any) -> dict[str, str]:
    """The tables that change by what is told."""
    base = known_base(tables)
    return refreshed_files(tables, compare(told(base, **answers), base), base, reference="Wikidata, November 2026")


def line_of(content: str, start: str) -> str:
    """The line of a table that begins so."""
    (line,) = [line for line in content.split("\n") if line.startswith(start)]
    return line


def test_refreshed_tables_stand_in_the_place_of_ours(tables: Tables, tmp_path: Path) -> None:
    """They pass every check, are sorted, and what they say is what was told: nothing differs any more."""
    folder = write_tables(tmp_path / "new", entities=ENTITIES, relations=RELATIONS, wide=WIDE)
    for name, content in refreshed(tables, **ANSWERS).items():
        (folder / name).write_text(content, encoding="utf-8")
        rows = [line.split("\t") for line in content.split("\n")[1:-1]]
        assert rows == sorted(rows)
    again = known_base(read_tables(folder))
    left = compare(told(again, **ANSWERS), again)
    assert {(change.kind, change.field) for change in left} <= {("gone", "office"), ("gone", "entity")}
    kb = load_folders(folder)
    assert [entity.key for entity in kb.lookup("Fredonia")] == ["freedonia"]
    assert [relation.office for relation in kb.relations_of("Q9")] == ["Minister of War"]


def test_curated_rows_keep_what_is_ours(tables: Tables) -> None:
    """New forms need context, old ids and names stay findable, flags are kept."""
    content = refreshed(tables, **ANSWERS)["entities_a.tsv"]
    assert line_of(content, "freedonia").split("\t")[7] == (
        "Freedonian~demonym|Republic of Freedonia|Fredonia~context|Fredonian~demonym,context"
    )
    assert line_of(content, "city").split("\t")[1:2] == ["Fredburg"]
    assert line_of(content, "city").split("\t")[7:] == ["Fredville~metonym", "stands_for=sylvania"]
    assert line_of(content, "front").split("\t")[3:] == ["Q16", "Sylvan Front", "sylvania", "", "", "former=Q1006"]
    assert line_of(content, "league").split("\t")[3:] == ["Q70", "Marx League", "", "league", "", "former=x-league"]
    assert line_of(content, "pact").split("\t")[4:7] == ["Duck Pact (1933)", "", "pact"]


def test_relations_have_the_reference_of_the_day(tables: Tables) -> None:
    """A changed one in its place with its type, new ones beside it; a head leads, a minister holds an office."""
    lines = refreshed(tables, **ANSWERS)["relations.tsv"].split("\n")[1:-1]
    new = [line for line in lines if line.endswith("Wikidata, November 2026")]
    assert [line.rpartition("\t")[0] for line in new] == [
        "firefly\tHOLDS_OFFICE\tfreedonia\tMinister of War\t1940\t",
        "firefly\tLEADS\tfreedonia\tPrime Minister\t1933-02-03\t",
        "firefly\tLEADS\tfront\tfounder\t\t",
        "firefly\tLEADS\tsylvania\thead of state\t1950\t",
        "front\tBACKED_BY\tsylvania\t\t\t",
    ]
    assert len(lines) == len(RELATIONS) + 4


def test_wide_rows_change_and_new_ones_are_put_where_their_type_belongs(tables: Tables) -> None:
    """Files that are not there yet are made; offices stand in the order of time."""
    files = refreshed(tables, **ANSWERS)
    assert line_of(files["wide_a.tsv"], "Castle of Zenda") == (
        "Castle of Zenda\tZenda Castle\tplace\tQ2003\tfreedonia\tThe Castle|Zenda\t\t2"
    )
    assert line_of(files["wide_a.tsv"], "Bob").split("\t")[6] == (
        "Envoy@Ohio:1980..;Minister of War@sylvania:1995-05-06..1999;Minister of War@sylvania:2024-05-06.."
    )
    assert files["wide_people_a-l.tsv"].split("\n")[1:] == [
        "Gloria Teasdale\t\tperson\tQ9\tfreedonia\t\tMinister of War@freedonia:2020-05-01..\t1",
        "",
    ]
    assert line_of(files["wide_places.tsv"], "\tMoneytown").endswith("\tfreedonia\t\t\t2")
    assert line_of(files["wide_others.tsv"], "\tDuck Cannon") == "\tDuck Cannon\tweapon\tQ98\t\t\t\t1"


def test_a_known_entity_never_gets_the_id_of_another(tables: Tables) -> None:
    """It is told, but not written."""
    answers: Any = {"titles": {"title": ("Marx League", "en"), "item": "Q1001"}}
    base = known_base(tables)
    assert [change.field for change in compare(told(base, **answers), base)] == ["id"]
    assert refreshed(tables, **answers) == {}


def test_what_is_gone_stays_in_the_tables(tables: Tables) -> None:
    """Whether it is taken out is for whoever reviews the report."""
    base = known_base(tables)
    facts = told(base)
    facts.asked = {"names": {"Q1001"}, "relations": {"Q1001"}}
    changes = compare(facts, base)
    assert [change.kind for change in changes] == ["gone", "gone"]
    assert refreshed_files(tables, changes, base, reference="x") == {}


def test_a_form_is_added_once_and_tables_of_other_kinds_stay(tmp_path: Path) -> None:
    """An alias that is a demonym too has one place; the table of prominence is none of ours to change."""
    folder = write_tables(tmp_path / "old", entities=ENTITIES, relations=RELATIONS, wide=WIDE)
    (folder / "prominence.tsv").write_text("key\tpoints\nfreedonia\t3\n", encoding="utf-8")
    rows = [
        {"item": own_id, "kind": kind, "form": ("Free One", "en")}
        for own_id in ("Q1001", "Q2003")
        for kind in ("alias", "demonym")
    ]
    files = refreshed(read_tables(folder), names=[*rows, {"item": "Q2003", "kind": "label", "form": ("Zenda", "en")}])
    assert line_of(files["entities_a.tsv"], "freedonia").count("Free One") == 1
    assert line_of(files["wide_a.tsv"], "Zenda").count("Free One") == 1
    assert set(files) == {"entities_a.tsv", "wide_a.tsv"}


def test_an_office_at_a_place_that_is_no_key_is_no_relation(tables: Tables) -> None:
    """Relations stand between two curated entities; this one is of a wide area."""
    base = known_base(tables)
    facts = told(base)
    from ingest.kb.wide import Term

    facts.add_term("Q1005", Term("Mayor", "Ohio", "1920"), "office_holders")
    changes = compare(facts, base)
    assert [change.new for change in changes] == ["Mayor@Ohio:1920.."]
    assert refreshed_files(tables, changes, base, reference="x") == {}


def test_the_tsv_has_a_line_for_each_change(tables: Tables) -> None:
    """Under a header, with the link to the item."""
    base = known_base(tables)
    changes = compare(told(base, **ANSWERS), base)
    header, *lines = to_tsv(changes).split("\n")
    assert header.split("\t") == ["change", "field", "id", "name", "old", "new", "query", "link"]
    assert len(lines) == len(changes) + 1
    assert "new\tid\tQ70\tMarx League\t\tQ70\ttitles\thttps://www.wikidata.org/wiki/Q70" in lines


def test_the_markdown_has_a_section_for_each_kind(tables: Tables) -> None:
    """With links; long sections are cut and say so; what had no answer is told; signs of Markdown are text."""
    base = known_base(tables)
    changes = compare(told(base, **ANSWERS), base)
    report = to_markdown(changes, failures=["cities of Q1: 500 <b>"], most=1)
    assert "## New: id (1)\n\n| item | old | new |\n|---|---|---|\n| Marx League [Q70](https://" in report
    assert f"## New: entity ({counts_of(changes)})" in report
    assert "\nand 2 more\n" in report
    assert "## Not answered (1)\n\n- cities of Q1: 500 \\<b\\>\n" in report
    whole = to_markdown(changes)
    assert "more" not in whole
    assert whole.count("\n| ") - whole.count("| item |") == len(changes)
    assert ", ".join(f"{count} {kind}" for kind, count in counts(changes).items()) in whole


def counts_of(changes: Any) -> int:
    """How many entities are new."""
    return sum((change.kind, change.field) == ("new", "entity") for change in changes)


def test_an_entity_without_an_id_has_no_link(tables: Tables) -> None:
    """Its name stands alone."""
    base = known_base(tables)
    (change,) = compare(told(base, titles={"title": ("Marx League", "en"), "item": "Q70"}), base)
    from dataclasses import replace

    assert "| Marx League |  | Q70 |" in to_markdown([replace(change, id="")])
