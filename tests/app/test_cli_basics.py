"""The command line as far as it needs no database: help, usage, errors, the knowledge base, extraction."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main
from typer.testing import CliRunner

import app.ingestion
from app.cli import ingest as ingest_command
from app.cli.export import ExportFormat
from app.cli.output import table, to_json
from app.cli.program import create_program, explain
from graph.errors import UnknownArticle
from graph.formats import FORMATS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs" / "cli.md"
HEAVY = {"fastapi", "httpx", "jpype", "neo4j", "networkx", "numpy", "pydantic", "rich", "trafilatura", "uvicorn"}


def commands() -> dict[str, typer.core.TyperCommand]:
    """Every command by its full name."""
    found: dict[str, typer.core.TyperCommand] = {}
    for name, command in typer.main.get_command(create_program()).commands.items():  # type: ignore[attr-defined]
        below = getattr(command, "commands", None)
        found |= {f"{name} {sub}": one for sub, one in below.items()} if below else {name: command}
    return found


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A home folder of its own, and logging as it was before."""
    monkeypatch.setenv("EIG_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("NEO4J_URI", raising=False)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def eig(*arguments: str, stdin: str | None = None) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of a command."""
    result = CliRunner().invoke(create_program(), arguments, input=stdin)
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("name", sorted(commands()))
def test_help_of_every_command_has_an_example(name: str) -> None:
    """The help says what the command does, and shows a command line that begins with its name."""
    status, out, _ = eig(*name.split(), "--help")
    assert status == 0
    assert f"Example: eig {name}" in out


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_is_documented_with_its_options(name: str) -> None:
    """The manual has a section for each command that names each of its options."""
    section = re.search(rf"^## eig {name.split()[0]}$(.*?)(?=^## |\Z)", DOCS.read_text("utf-8"), re.M | re.S)
    assert section, f"no section for eig {name}"
    assert f"eig {name}" in section[1]
    options = {option for parameter in commands()[name].params for option in parameter.opts if option[:2] == "--"}
    assert {option for option in options - {"--help", "--json"} if option not in section[1]} == set()


def test_the_manual_documents_no_command_that_is_not_there() -> None:
    """Every section of the manual that names a command names one that exists."""
    sections = re.findall(r"^## eig (\w+)$", DOCS.read_text("utf-8"), re.M)
    assert sorted(sections) == sorted({name.split()[0] for name in commands()})


def test_help_draws_in_nothing_heavy() -> None:
    """The command line is put together without the libraries that only its commands need."""
    code = "import sys; from app.cli.program import create_program; create_program(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert HEAVY & set(done.stdout.split()) == set()


def test_the_version_is_printed() -> None:
    """--version prints one line and needs no command."""
    status, out, _ = eig("--version")
    assert status == 0
    assert re.fullmatch(r"eig \d+\.\d+\.\d+\n", out)


@pytest.mark.parametrize(
    "arguments",
    [
        ["nosuch"],
        ["ingest"],
        ["ingest", "a", "--batch-size", "0"],
        ["serve", "--port", "99999"],
        ["serve", "--workers", "2"],
        ["export"],
        ["export", "--articles", "--entity", "Q794"],
        ["export", "--entity", "Q794", "--format", "gexf"],
        ["export", "--entity", "Q794", "--to", "somewhere"],
        ["export", "--format", "neo4j-import"],
        ["export", "--format", "neo4j-import", "--to", "somewhere", "--articles"],
        ["move", "--from", "data"],
        ["move", "--from", "data", "--to", "./data"],
        ["move", "--from", "bolt://localhost", "--to", "bolt://localhost"],
        ["cypher", "RETURN $a", "--param", "a"],
        ["extract", "nosuch.jsonl"],
    ],
)
def test_wrong_usage_exits_with_2(arguments: list[str]) -> None:
    """What was asked for wrongly is told on standard error, before anything is opened."""
    status, out, err = eig(*arguments)
    assert (status, out) == (2, "")
    assert "Traceback" not in err


def test_wrong_settings_are_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable is named, and neither a traceback nor a secret is shown."""
    monkeypatch.setenv("EIG_PORT", "x")
    monkeypatch.setenv("EIG_API_KEY", "top secret")
    status, out, err = eig("stats")
    assert (status, out) == (1, "")
    assert "EIG_PORT" in err
    assert "Traceback" not in err
    assert "top secret" not in err


def test_debug_shows_the_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """With --debug an error is raised as it is."""
    monkeypatch.setenv("EIG_PORT", "x")
    result = CliRunner().invoke(create_program(), ["--debug", "stats"])
    assert type(result.exception).__name__ == "BadSettings"


def test_errors_are_explained_by_their_kind() -> None:
    """Errors of ours speak for themselves, those of the system name the file, others are told as unexpected."""
    assert explain(UnknownArticle("a1")) == "no article 'a1' in the graph"
    assert explain(FileNotFoundError(2, "No such file or directory", "a.txt")) == "a.txt: No such file or directory"
    assert explain(OSError(28, "No space left on device")) == "No space left on device"
    assert explain(KeyError("x")).startswith("unexpected KeyError: 'x' (eig --debug")


def test_the_options_agree_with_what_they_set() -> None:
    """What the command line spells out, so as not to load it, is what the parts behind it know."""
    assert ingest_command.BATCH_SIZE == app.ingestion.BATCH_ARTICLES
    assert {form.value for form in ExportFormat} == {*FORMATS, "neo4j-import"}


def test_a_table_is_as_wide_as_its_values() -> None:
    """Columns stand under their names; what would break a line is written as an escape."""
    lines = table(("name", "n"), [("Iran", 12), ("a\nb", None)]).splitlines()
    assert lines == ["name  n", "----  ----", "Iran  12", "a\\nb  null"]


def test_json_can_always_be_written() -> None:
    """Other scripts stay readable; half a surrogate pair, which has no UTF-8, becomes an escape."""
    assert to_json({"a": "Хамас"}) == '{"a": "Хамас"}'
    assert to_json("\ud800").encode() == b'"\\ud800"'


def test_extract_answers_every_line_in_order() -> None:
    """One line out for each article in, with the error where it failed."""
    lines = ['{"id": 1, "text": "Iran and Israel."}', "{", '{"id": "b", "text": "Nothing."}']
    status, out, _ = eig("extract", "-", stdin="\n".join(lines))
    found = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [line["id"] for line in found] == [1, None, "b"]
    assert [mention["entity"] for mention in found[0]["mentions"]] == ["Q794", "Q801"]
    assert [line["error"] is None for line in found] == [True, False, True]


def test_extract_reads_a_file(tmp_path: Path) -> None:
    """A file is read as UTF-8; bytes that are none cost no other line."""
    file = tmp_path / "in.jsonl"
    file.write_bytes(b'{"id": 1, "text": "Caf\xe9 in Iran."}\n{"id": 2, "text": "Israel."}\n')
    status, out, _ = eig("extract", str(file))
    assert status == 0
    assert [json.loads(line)["mentions"][-1]["entity"] for line in out.splitlines()] == ["Q794", "Q801"]


@pytest.mark.parametrize("command", ["extract", "eval"])
@pytest.mark.parametrize(
    ("option", "said"),
    [
        (["--tagger", "en_core_web_sm"], "EIG_TAGGER: should be spacy: or gliner:"),
        (["--accurate", "--tagger", "spacy:en_core_web_sm"], "belongs to our own tagger"),
    ],
)
def test_a_tagger_that_cannot_be_had_is_one_clear_line(
    tmp_path: Path, command: str, option: list[str], said: str
) -> None:
    """Before anything is read."""
    file = tmp_path / "in.jsonl"
    file.write_text('{"id": 1, "text": "Iran.", "entities": []}\n', encoding="utf-8")
    status, out, err = eig(command, str(file), *option)
    assert (status, out) == (1, "")
    assert said in err
    assert len(err.splitlines()) == 1


def test_the_knowledge_base_passes_its_check() -> None:
    """Our own files have no problem."""
    status, out, _ = eig("kb", "check", "--json")
    assert status == 0
    assert json.loads(out)["entities"] > 100
    assert "no problem" in eig("kb", "check")[1]


def test_output_is_utf_8_in_every_locale() -> None:
    """Names with letters beyond ASCII are printed as UTF-8 also where the locale has another encoding."""
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    eig = Path(sys.executable).with_name("eig")
    done = subprocess.run(
        [eig, "extract", "-"], input='{"id": "Ω", "text": ""}'.encode(), env=environment, capture_output=True
    )
    assert done.returncode == 0
    assert json.loads(done.stdout.decode("utf-8"))["id"] == "Ω"


def test_problems_of_the_knowledge_base_are_told_with_file_and_line(tmp_path: Path) -> None:
    """A folder with a faulty file fails, and says where the fault is."""
    own = ROOT / "ingest" / "kb" / "data" / "entities_people.tsv"
    header = own.read_text("utf-8").splitlines()[0]
    (tmp_path / "entities_people.tsv").write_text(f"{header}\nBad Key\n", encoding="utf-8")
    status, out, err = eig("kb", "check", str(tmp_path))
    assert (status, out) == (1, "")
    assert "entities_people.tsv:2" in err


def test_a_name_is_looked_up_in_any_of_its_forms() -> None:
    """Names, acronyms and ids lead to the entity, in any case."""
    for name in ("Iran", "IRANIAN", "q794"):
        status, out, _ = eig("kb", "lookup", name, "--json")
        assert status == 0
        assert "Q794" in [entity["id"] for entity in json.loads(out)]
    assert "Q794" in eig("kb", "lookup", "Iran")[1]


def test_an_unknown_name_exits_with_1() -> None:
    """Whether a name is known can be told from the exit status."""
    status, out, err = eig("kb", "lookup", "Nosuchplace")
    assert (status, out) == (1, "")
    assert "Nosuchplace" in err
    assert eig("kb", "lookup", "Nosuchplace", "--json")[:2] == (1, "[]\n")


def test_titles_are_listed() -> None:
    """Each line is a title, of the curated entities and of the wide layer, and none is listed twice."""
    status, out, _ = eig("kb", "titles")
    titles = out.splitlines()
    assert status == 0
    assert len(titles) == len(set(titles)) > 80_000
    assert {"Iran", "Georgia (country)"} <= set(titles)


def test_a_benchmark_that_is_not_there_fails() -> None:
    """The exit status of the benchmarks is that of the command."""
    assert eig("bench", "nosuch")[0] == 1
