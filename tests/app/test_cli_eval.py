"""`eig eval` and `eig kb build`, over small tables of their own."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from kb_tables import ENTITIES, WIDE, write_tables
from typer.testing import CliRunner

from app.cli.program import create_program

TEXT = "The government of Freedonia said that it would not talk to Sylvania, and Somebody <b>Else</b> agreed."


@pytest.fixture(autouse=True)
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of the package with small tables; home and logging as they were before."""
    monkeypatch.setenv("EIG_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("ingest.kb.load.files", lambda _package: tmp_path / "package")
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield write_tables(tmp_path / "package" / "data").parent
    root.handlers[:] = handlers
    root.setLevel(level)


def eig(*arguments: str) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of a command."""
    result = CliRunner().invoke(create_program(), arguments)
    return result.exit_code, result.stdout, result.stderr


def mark(name: str, label: str, wiki: str | None) -> dict[str, Any]:
    """An annotation of a name in the text."""
    return {"start": TEXT.index(name), "end": TEXT.index(name) + len(name), "label": label, "wiki": wiki}


@pytest.fixture
def annotated(tmp_path: Path) -> Path:
    """Two annotated articles of the splits dev and train, two folders below the temporary one."""
    marks = [
        mark("Freedonia", "STATE", "Freedonia"),
        mark("Sylvania", "STATE", "Old_Sylvania"),
        mark("Somebody <b>Else</b>", "PERSON", None),
    ]
    rows = [
        {"id": 1, "split": "dev", "language": "en", "text": TEXT, "entities": marks},
        {"id": "b", "split": "train", "language": "en", "text": "Nothing.\u2028Nobody.", "entities": []},
    ]
    file = tmp_path / "sets" / "articles" / "annotated.jsonl"
    file.parent.mkdir(parents=True)
    file.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")
    return file


def figures(*arguments: str) -> dict[str, Any]:
    """What `eig eval --json` answers."""
    status, out, _ = eig("eval", *arguments, "--json")
    assert status == 0
    answer: dict[str, Any] = json.loads(out)
    return answer


def test_the_figures_are_printed(annotated: Path) -> None:
    """Two of three names are found; one of their two links agrees."""
    found = figures(str(annotated), "--split", "dev")
    assert found["articles"] == 1
    assert found["span"] == [100.0, 66.7, 80.0]
    assert found["types"] == {"person": [0.0, 0.0, 0.0], "state": [100.0, 100.0, 100.0]}
    assert (found["link_found"], found["link_known"], found["link_all"]) == (50.0, 100.0, 50.0)
    assert found["end_to_end"] == [50.0, 50.0, 50.0]
    status, out, _ = eig("eval", str(annotated), "--split", "dev")
    assert status == 0
    assert out.splitlines()[0] == f"1 articles, digest {found['digest']}"
    assert "end to end  50.0       50.0    50.0" in out
    assert "\nlinks right: 100.0 % of found and known, 50.0 % of found, 50.0 % of all\n" in out
    assert out.splitlines()[-1] == f"scores are {found['calibration']['error']} % off on average"


def test_without_a_split_all_articles_count(annotated: Path) -> None:
    """The digest then is of all of them."""
    found = figures(str(annotated))
    assert found["articles"] == 2
    assert found["digest"] != figures(str(annotated), "--split", "dev")["digest"]


@pytest.mark.parametrize("up", [0, 1])
def test_renames_are_found_near_the_file(annotated: Path, up: int) -> None:
    """In its folder, or in the one above."""
    near = annotated.parents[up] / "title-equivalents.tsv"
    near.write_text("Old Sylvania\tSylvania (country)\n", encoding="utf-8")
    assert figures(str(annotated))["link_found"] == 100.0


def test_renames_are_not_looked_for_further_away(annotated: Path) -> None:
    """Two folders above is another place."""
    far = annotated.parents[2] / "title-equivalents.tsv"
    far.write_text("Old Sylvania\tSylvania (country)\n", encoding="utf-8")
    assert figures(str(annotated))["link_found"] == 50.0


def test_renames_can_be_named(annotated: Path, tmp_path: Path) -> None:
    """The named file is right, whatever lies near."""
    (annotated.parent / "title-equivalents.tsv").write_text("Freedonia\tElsewhere\nOld Sylvania\tX\n", encoding="utf-8")
    own = tmp_path / "own.tsv"
    own.write_text("Old Sylvania\tSylvania (country)\n", encoding="utf-8")
    assert figures(str(annotated), "--renames", str(own))["link_found"] == 100.0


def test_demonyms_count_for_the_states_of_the_file(annotated: Path, tmp_path: Path) -> None:
    """Else for those of the knowledge base: a demonym of another title is neither right nor wrong."""
    row = json.loads(annotated.read_text("utf-8").split("\n")[0])
    row["entities"] = [mark("Freedonia", "DEMONYM", "Freedonia"), mark("Sylvania", "DEMONYM", "Atlantis")]
    annotated.write_text(json.dumps(row), encoding="utf-8")
    assert set(figures(str(annotated))["types"]) == {"demonym", "state"}
    assert figures(str(annotated))["span"] == [100.0, 100.0, 100.0]
    near = annotated.parent / "state-titles.txt"
    near.write_text("Elsewhere\n", encoding="utf-8")
    assert figures(str(annotated))["types"] == {}
    own = tmp_path / "own.txt"
    own.write_text("Atlantis\n", encoding="utf-8")
    assert set(figures(str(annotated), "--states", str(own))["types"]) == {"demonym", "state"}


def test_every_fault_is_written_to_the_page(annotated: Path, tmp_path: Path) -> None:
    """The file is named on standard error; names in the texts are no markup."""
    page = tmp_path / "errors.html"
    status, _, err = eig("eval", str(annotated), "--errors", str(page))
    assert status == 0
    assert f"every fault stands in {page}" in err
    text = page.read_text("utf-8")
    assert "<title>annotated.jsonl</title>" in text
    assert "missed: 1</a>" in text
    assert "link: 1</a>" in text
    assert "<mark>Somebody &lt;b&gt;Else&lt;/b&gt;</mark>" in text
    assert "<b>" not in text


def test_a_file_that_is_not_annotated_is_told_in_one_line(annotated: Path) -> None:
    """With the number of the line."""
    with annotated.open("a", encoding="utf-8") as file:
        file.write('{"id": "c"}\n')
    status, out, err = eig("eval", str(annotated))
    assert (status, out) == (1, "")
    assert "annotated.jsonl:3 is no annotated article" in err
    assert "unexpected" not in err
    assert "Traceback" not in err


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    """Nothing is loaded for it."""
    assert eig("eval", str(tmp_path / "nosuch.jsonl"))[0] == 2


def test_the_tables_are_compiled(package: Path) -> None:
    """The command tells how many entities there are; the files are then used."""
    assert json.loads(eig("kb", "build", "--json")[1]) == {"curated": len(ENTITIES), "wide": len(WIDE)}
    status, out, _ = eig("kb", "build")
    assert (status, out) == (0, "4 curated entities and 5 of the wide layer compiled\n")
    assert sorted(file.name for file in (package / "compiled").iterdir()) == ["curated.npz", "wide.npz"]
    status, _, err = eig("kb", "check")
    assert (status, err) == (0, "")


def test_tables_with_problems_are_not_compiled(package: Path) -> None:
    """Each problem is told with its place."""
    write_tables(package / "data", wide=["\t\tplace\t\t\t\t\t0"])
    status, out, err = eig("kb", "build")
    assert (status, out) == (1, "")
    assert "wide_a.tsv:2: there is neither a title nor a name" in err


def test_wide_entities_are_looked_up_as_curated_ones_are() -> None:
    """By name and id, with what their row says."""
    (found,) = json.loads(eig("kb", "lookup", "Bob Trentino", "--json")[1])
    assert (found["id"], found["type"], found["key"]) == ("Q2001", "person", "Q2001")
    assert "Zenda, Ruritania" in eig("kb", "titles")[1].splitlines()


def test_what_is_looked_up_is_shown_as_a_table() -> None:
    """With the description that is made of a wide row; what nobody is called ends with 1."""
    status, out, _ = eig("kb", "lookup", "Bob Trentino")
    assert status == 0
    assert "Envoy, Freedonia" in out
    assert eig("kb", "lookup", "Nowhere")[0] == 1


def test_a_split_that_no_article_has_is_an_error_that_names_those_there_are(annotated: Path) -> None:
    """Figures of nothing would look like those of a bad tagger."""
    code, out, error = eig("eval", str(annotated), "--split", "test")
    assert (code, out) == (1, "")
    assert "no annotated article of the split 'test', but of dev, train" in error
