"""The wide layer is compiled from reference lists; the lists here are made up."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from ingest.kb.lists import ALIASES_KEPT, LISTS, TERMS_KEPT, compile_lists, read_list
from ingest.kb.wide import Term, WideRow

COLUMNS = ("source", "name", "type", "country", "aliases", "qid", "enwiki", "roles")
COUNTRIES = {"fd": "freedonia", "Sylvania": "sylvania", "us": "united-states"}

PARTIES, LEADERS, VITAL = "partyfacts_parties.tsv", "leaders_wikidata.tsv", "vital_people.tsv"
BODIES, OPERATORS, MIXED = "igo_qids.tsv", "nsi_operators_brands.tsv", "fb15k_wikidata.tsv"


def row(name: str, kind: str, **cells: str) -> str:
    """A line of a list."""
    known = {"source": "made up", "name": name, "type": kind} | cells
    return "\t".join(known.get(column, "") for column in COLUMNS)


def compiled(
    folder: Path, lists: Mapping[str, Sequence[str]], titles: Mapping[str, str] | None = None, *articles: Path
) -> list[WideRow]:
    """What lists, of which all others are empty, and pairs of title and id make."""
    for source in LISTS:
        lines = ("\t".join(COLUMNS), *lists.get(source.file, ()))
        (folder / source.file).write_text("\n".join(lines) + "\n", encoding="utf-8")
    pairs = "".join(f"{own_id}\t{title}\n" for title, own_id in (titles or {}).items())
    (folder / "titles_qid.tsv").write_text(f"qid\tenwiki\n{pairs}", encoding="utf-8")
    return compile_lists(folder, articles, COUNTRIES)


def annotated(path: Path, *marks: tuple[str, str, str | None], split: str = "train") -> Path:
    """Articles with one annotation each: form, label and title."""
    lines = [
        {
            "split": split,
            "text": f"About {form}.",
            "entities": [{"start": 6, "end": 6 + len(form), "label": label, "wiki": wiki}],
        }
        for form, label, wiki in marks
    ]
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return path


def test_empty_lists_make_nothing(tmp_path: Path) -> None:
    """Headers alone are no rows."""
    assert compiled(tmp_path, {}) == []


def test_a_list_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """Nothing is compiled of half the lists."""
    compiled(tmp_path, {})
    (tmp_path / BODIES).unlink()
    with pytest.raises(FileNotFoundError, match=BODIES):
        compile_lists(tmp_path, [], COUNTRIES)


def test_columns_that_a_list_lacks_are_empty(tmp_path: Path) -> None:
    """So are cells that a line lacks."""
    path = tmp_path / "list.tsv"
    path.write_text("name\ttype\textra\nLaurel Works\torganization\n", encoding="utf-8")
    assert list(read_list(path)) == [dict.fromkeys(COLUMNS, "") | {"name": "Laurel Works", "type": "organization"}]


def test_what_several_lists_say_is_put_together(tmp_path: Path) -> None:
    """One entity by its id: country and aliases of one list, title of another; their weights make the rank."""
    found = compiled(
        tmp_path,
        {
            LEADERS: [row("Bob Trentino", "person", qid="Q11", aliases="Robert Trentino", country="Sylvania")],
            VITAL: [row("Bob Trentino", "person", qid="Q11", enwiki="Bob Trentino (envoy)", country="fd")],
        },
    )
    assert found == [
        WideRow("Bob Trentino (envoy)", "Bob Trentino", "person", "Q11", "sylvania", ("Robert Trentino",), (), 6)
    ]


def test_of_two_types_the_earlier_list_is_right(tmp_path: Path) -> None:
    """The order of the lists decides, not their weight."""
    found = compiled(
        tmp_path,
        {
            MIXED: [row("Free League", "organization", qid="Q12")],
            PARTIES: [row("Free League", "party", qid="Q12")],
        },
    )
    assert [(each.name, each.type, each.rank) for each in found] == [("Free League", "party", 3)]


def test_types_that_a_list_is_not_read_for_are_passed_over(tmp_path: Path) -> None:
    """An intergovernmental body is an organization; a place in a list of persons is nothing."""
    found = compiled(tmp_path, {LEADERS: [row("Zenda", "place")], BODIES: [row("Free Union", "igo")]})
    assert [(each.name, each.type) for each in found] == [("Free Union", "organization")]


def test_titles_and_ids_are_joined(tmp_path: Path) -> None:
    """A row with one of them gets the other; a row with both keeps its own."""
    titles = {"Laurel Works": "Q21", "Hardy Works": "Q22", "Other": "Q23"}
    found = compiled(
        tmp_path,
        {
            OPERATORS: [
                row("Laurel", "organization", qid="Q21"),
                row("Hardy", "organization", enwiki="Hardy Works"),
                row("Third", "organization", enwiki="Other", qid="Q29"),
                row("Fourth", "organization", enwiki="Unlisted"),
            ]
        },
        titles,
    )
    assert [(each.title, each.id) for each in found] == [
        ("Hardy Works", "Q22"),
        ("Laurel Works", "Q21"),
        ("Other", "Q29"),
        ("Unlisted", ""),
    ]


def test_without_title_and_id_the_name_and_the_type_tell_entities_apart(tmp_path: Path) -> None:
    """Equal names of one type are one entity, of two types two."""
    found = compiled(
        tmp_path,
        {
            PARTIES: [row("Free League", "party")],
            OPERATORS: [row("Free League", "organization"), row("Free League", "organization", country="fd")],
        },
    )
    assert [(each.type, each.country, each.rank) for each in found] == [
        ("organization", "freedonia", 2),
        ("party", "", 1),
    ]


def test_offices_are_read_from_the_roles(tmp_path: Path) -> None:
    """Areas become keys where they are known, seats get their names, and what is no date is left out."""
    roles = "fd:Envoy:1933..1934;sen:Ohio:1920-03..(1926);atlantis:King:soon..1910;fd:a@b:1930..;fd:c|d:1930.."
    (found,) = compiled(tmp_path, {LEADERS: [row("Bob Trentino", "person", qid="Q11", roles=roles)]})
    assert found.offices == (
        Term("King", "atlantis", "", "1910"),
        Term("Senator", "united-states", "1920-03", ""),
        Term("Envoy", "freedonia", "1933", "1934"),
    )


def test_the_latest_offices_are_kept_once_each(tmp_path: Path) -> None:
    """Two lists that name one office name it once; of many the first ones go."""
    roles = ";".join(f"fd:Envoy:{year}..{year + 1}" for year in range(1920, 1930))
    lines = [row("Bob Trentino", "person", qid="Q11", roles=roles)]
    (found,) = compiled(tmp_path, {LEADERS: lines, VITAL: lines})
    assert [term.since for term in found.offices] == [str(year) for year in range(1930 - TERMS_KEPT, 1930)]


@pytest.mark.parametrize("alias", ["Б", "Боб", "LW", "laurel works", "x" * 80 + "Y", "Works!", "ⅧⅧⅧ", "Laurel Works"])
def test_aliases_that_are_no_forms_are_left_out(tmp_path: Path, alias: str) -> None:
    """Another script, too short, too long, without a capital, with other marks, without letters, or the name."""
    (found,) = compiled(tmp_path, {OPERATORS: [row("Laurel Works", "organization", aliases=f"{alias}|Laurel")]})
    assert found.aliases == ("Laurel",)


def test_a_person_has_no_alias_of_one_word(tmp_path: Path) -> None:
    """Surnames and given names are many persons'."""
    (found,) = compiled(tmp_path, {LEADERS: [row("Bob Trentino", "person", aliases="Trentino|B. Trentino")]})
    assert found.aliases == ("B. Trentino",)


def test_the_names_that_most_lists_have_come_first(tmp_path: Path) -> None:
    """An entity without a title is called as most lists call it; only so many aliases are kept."""
    many = "|".join(f"Works {letter}" for letter in "ABCDEFGHIJ")
    (found,) = compiled(
        tmp_path,
        {
            BODIES: [row("Laurel", "organization", qid="Q9", aliases=many)],
            MIXED: [row("Hardy", "organization", qid="Q9", aliases="Works J|Laurel")],
        },
    )
    assert (found.name, found.aliases[:2], len(found.aliases)) == ("Laurel", ("Works J", "Hardy"), ALIASES_KEPT)


@pytest.mark.parametrize("line", [row("Trentino", "person"), row("Боб Трентино", "person"), row("", "person")])
def test_an_entity_that_no_text_can_name_is_left_out(tmp_path: Path, line: str) -> None:
    """A person of one word, a name in another script, and none."""
    assert compiled(tmp_path, {LEADERS: [line]}) == []


def test_a_person_may_have_a_title_of_one_word(tmp_path: Path) -> None:
    """The title says that it is a name; one without a capital in front is none."""
    lines = [row("Chico", "person", enwiki="Chico"), row("iBob", "person", enwiki="iBob")]
    assert [each.name for each in compiled(tmp_path, {LEADERS: lines})] == ["Chico"]


def test_the_rank_has_an_end(tmp_path: Path) -> None:
    """More lists than the scale holds make it no longer."""
    lines = [row("Bob Trentino", "person", qid="Q11")]
    (found,) = compiled(tmp_path, {LEADERS: lines, VITAL: lines * 3})
    assert found.rank == 9


def test_rows_are_sorted(tmp_path: Path) -> None:
    """By what stands in the file, whatever the order of the lists."""
    lines = [row(name, "organization", enwiki=name) for name in ("Zeta", "Alpha", "Mid")]
    assert [each.title for each in compiled(tmp_path, {OPERATORS: lines})] == ["Alpha", "Mid", "Zeta"]


def test_annotated_articles_add_titles_types_and_forms(tmp_path: Path) -> None:
    """Underscores are spaces; the id comes from the list of titles; each title counts once an article file."""
    marks = annotated(
        tmp_path / "a.jsonl", ("Laurel\n Works", "ORG", "Laurel_&_Hardy"), ("Laurel", "ORG", "Laurel & Hardy")
    )
    (found,) = compiled(tmp_path, {}, {"Laurel & Hardy": "Q31"}, marks)
    assert found == WideRow("Laurel & Hardy", "Laurel & Hardy", "organization", "Q31", "", ("Laurel Works",), (), 1)


def test_a_single_word_must_be_annotated_twice(tmp_path: Path) -> None:
    """What one annotator marked once may be a slip."""
    marks = annotated(
        tmp_path / "a.jsonl", *[("Laurel", "ORG", "Laurel & Hardy")] * 2, ("Hardy", "ORG", "Laurel & Hardy")
    )
    (found,) = compiled(tmp_path, {}, {}, marks)
    assert found.aliases == ("Laurel",)


def test_only_the_train_split_counts(tmp_path: Path) -> None:
    """What the figures are measured on is not looked at."""
    train = annotated(tmp_path / "a.jsonl", ("Zenda", "PLACE", "Zenda"))
    dev = annotated(
        tmp_path / "b.jsonl", ("Strelsau", "PLACE", "Strelsau"), ("New Zenda", "PLACE", "Zenda"), split="dev"
    )
    test = annotated(tmp_path / "c.jsonl", ("Hentzau", "PLACE", "Hentzau"), split="test")
    assert compiled(tmp_path, {}, {}, train, dev, test) == [WideRow("Zenda", "Zenda", "place", "", rank=1)]


def test_demonyms_and_marks_without_a_title_add_nothing(tmp_path: Path) -> None:
    """They name no entity of their own."""
    marks = annotated(tmp_path / "a.jsonl", ("Freedonian", "DEMONYM", "Freedonia"), ("Bob Trentino", "PERSON", None))
    assert compiled(tmp_path, {}, {}, marks) == []


def test_annotations_add_to_what_the_lists_hold(tmp_path: Path) -> None:
    """A title that a list holds keeps its type and gains a form; several files count each."""
    first = annotated(tmp_path / "a.jsonl", ("Free League of Zenda", "ORG", "Free League"))
    second = annotated(tmp_path / "b.jsonl", ("The Free League", "PARTY", "Free League"))
    lists = {PARTIES: [row("Free League", "party", enwiki="Free League")]}
    (found,) = compiled(tmp_path, lists, {}, first, second)
    assert (found.type, found.rank) == ("party", 3)
    assert found.aliases == ("Free League of Zenda", "The Free League")


def test_a_title_annotated_with_two_types_is_one_entity(tmp_path: Path) -> None:
    """The first type is kept."""
    marks = annotated(tmp_path / "a.jsonl", ("Zenda", "PLACE", "Zenda"), ("Zenda", "ORG", "Zenda"))
    assert [(each.type, each.rank) for each in compiled(tmp_path, {}, {}, marks)] == [("place", 2)]
