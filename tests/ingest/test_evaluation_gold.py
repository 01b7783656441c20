"""Annotated articles and answers, as they are compared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.evaluation.gold import Mark, Marked, Titles, found_in, read_gold, read_titles, trimmed

TEXT = "The Freedonian Army's chief, Sylvanians and the Marxists."


def entity(start: int, end: int, label: str, wiki: str | None) -> dict[str, Any]:
    """An annotation."""
    return {"start": start, "end": end, "label": label, "wiki": wiki}


def row(**changed: Any) -> dict[str, Any]:
    """An annotated article."""
    entities = [entity(0, 21, "ORG", "Freedonian_Army"), entity(29, 39, "DEMONYM", "Sylvania")]
    return {"id": "a", "text": TEXT, "split": "dev", "entities": entities} | changed


def write(path: Path, *rows: object) -> Path:
    """Write rows as JSON lines."""
    path.write_text("".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("the  Hague", "Hague"),
        ("The Hague", "Hague"),
        ("THE Hague", "THE Hague"),
        ("Theodore", "Theodore"),
        ("Iran's", "Iran"),
        ("Iran’s", "Iran"),
        ("Houthis'", "Houthis"),
        ("U.S.", "U.S"),
        ("Inc.,", "Inc"),
        ("the Corp.'s", "Corp"),
        ("...", ""),
    ],
)
def test_what_does_not_count_is_trimmed(text: str, kept: str) -> None:
    """A leading "the", a possessive, and final dots and commas."""
    around = f"x {text} y"
    start, end = trimmed(around, 2, 2 + len(text))
    assert around[start:end] == kept


def test_titles_are_compared_without_case_underscores_and_renames(tmp_path: Path) -> None:
    """The file of renames may hold lines without a second column; they rename nothing."""
    file = tmp_path / "renames.tsv"
    file.write_text("Old Name\t New name \nComment\nEmpty\t\n", encoding="utf-8")
    titles = read_titles(file, ["OLD NAME", "", "Freedonia_(state)"])
    assert titles.same("old_name ") == titles.same("New Name") == "new name"
    assert titles.same("Comment") == "comment"
    assert titles.states == {"new name", "freedonia (state)"}
    assert dict(titles.renames) == {"old name": "new name"}


def test_no_title_is_none() -> None:
    """Neither an empty title nor a missing one is compared; without a file nothing is renamed."""
    titles = read_titles(None, [])
    assert titles.same(None) is titles.same("") is None
    assert titles == Titles({}, frozenset())


def test_demonyms_count_for_states_and_are_free_otherwise(tmp_path: Path) -> None:
    """The same demonym is a mark where its title is a state's, else a spot that is neither right nor wrong."""
    path = write(tmp_path / "a.jsonl", row())
    own = Mark("organization", "freedonian army")
    (with_state,), _ = read_gold(path, Titles(states={"sylvania"}))
    assert with_state == Marked("a", TEXT, {(4, 19): own, (29, 39): Mark("demonym", "sylvania")})
    (without,), _ = read_gold(path, Titles())
    assert without == Marked("a", TEXT, {(4, 19): own}, frozenset({(29, 39)}))


def test_only_the_named_split_is_read(tmp_path: Path) -> None:
    """Without a name all are read; blank lines are passed over, and a number as id becomes text."""
    path = write(tmp_path / "a.jsonl", row(id=1), row(id="b", split="train"), row(id="c", split=None))
    path.write_text(path.read_text("utf-8").replace("\n", "\n \n"), encoding="utf-8")
    assert [each.id for each in read_gold(path, Titles())[0]] == ["1", "b", "c"]
    assert [each.id for each in read_gold(path, Titles(), split="train")[0]] == ["b"]
    with pytest.raises(ValueError, match="split 'test', but of dev, none, train"):
        read_gold(path, Titles(), split="test")


def test_the_digest_is_of_the_lines_that_were_read(tmp_path: Path) -> None:
    """Lines of another split do not change it, those of the split do."""
    first = write(tmp_path / "a.jsonl", row(), row(split="train"))
    second = write(tmp_path / "b.jsonl", row())
    third = write(tmp_path / "c.jsonl", row(id="z"))
    digests = [read_gold(path, Titles(), split="dev")[1] for path in (first, second, third)]
    assert digests[0] == digests[1] != digests[2]
    assert len(digests[0]) == 12


def test_only_line_feeds_end_a_line(tmp_path: Path) -> None:
    """JSON may hold other separators of lines and paragraphs as they are."""
    text = "Freedonia\u2028and\x85Sylvania\u2029."
    (article,), _ = read_gold(write(tmp_path / "a.jsonl", row(text=text, entities=[])), Titles())
    assert article.text == text


@pytest.mark.parametrize(
    "bad",
    [
        row(entities=[entity(0, 3, "PLANET", None)]),
        row(entities=[{"start": 0}]),
        row(entities=[entity(0, 3, "ORG", None) | {"start": "0"}]),
        {"id": "a", "split": "dev"},
        ["no", "object"],
        "text",
        None,
    ],
)
@pytest.mark.parametrize("split", ["dev", None])
def test_a_line_that_is_no_annotated_article_is_named(tmp_path: Path, bad: object, split: str | None) -> None:
    """The message holds the file and the number of the line."""
    path = write(tmp_path / "a.jsonl", row(), bad)
    with pytest.raises(ValueError, match=r"a\.jsonl:2 is no annotated article"):
        read_gold(path, Titles(), split=split)


def test_a_line_that_is_no_json_is_named(tmp_path: Path) -> None:
    """Half a line too."""
    path = tmp_path / "a.jsonl"
    path.write_text('\n{"id":\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.jsonl:2 is no annotated article"):
        read_gold(path, Titles())


def test_an_answer_is_read_as_the_annotation_is() -> None:
    """Spots are trimmed, a demonym is of that type whatever its entity is, titles are compared in one form."""
    answer = {
        "mentions": [
            {"start": 0, "end": 21, "type": "organization", "kind": "name", "entity": "x-army", "score": 0.8},
            {"start": 29, "end": 39, "type": "state", "kind": "demonym", "entity": "Q1", "score": 0.9},
        ],
        "entities": [{"id": "x-army", "wikipedia": None}, {"id": "Q1", "wikipedia": "Sylvania"}],
    }
    found = found_in(Marked("a", TEXT, {}), answer, Titles({"sylvania": "sylvania (country)"}))
    assert found == Marked(
        "a", TEXT, {(4, 19): Mark("organization", None, 0.8), (29, 39): Mark("demonym", "sylvania (country)", 0.9)}
    )
