"""The commands on a real embedded database, one after another as a user would type them."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from app.cli.program import create_program

Eig = Callable[..., tuple[int, str, str]]

TALKS = {
    "url": "https://example.org/talks",
    "title": "Talks in Vienna",
    "text": "Iran and the United States met in Vienna. Javad Zarif spoke for Iran.",
    "date": "2015-07-14",
}
STRIKE = {
    "url": "https://example.org/strike",
    "title": "Strike in Lebanon",
    "text": "Israel struck Hezbollah in Lebanon. Iran condemned Israel.",
    "date": "2024",
}
QUIET = {"url": "https://example.org/quiet", "title": "Nothing", "text": "It rained.", "date": "the other day"}


def lines(*records: Any) -> str:
    """Records as JSON lines; text stands as it is."""
    return "".join((record if isinstance(record, str) else json.dumps(record)) + "\n" for record in records)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of its own."""
    folder = tmp_path / "home"
    monkeypatch.setenv("EIG_HOME", str(folder))
    monkeypatch.delenv("NEO4J_URI", raising=False)
    return folder


@pytest.fixture
def eig() -> Iterator[Eig]:
    """Runs a command in this process: exit status, standard output, standard error."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level

    def run(*arguments: str, stdin: str | None = None) -> tuple[int, str, str]:
        result = CliRunner().invoke(create_program(), arguments, input=stdin)
        return result.exit_code, result.stdout, result.stderr

    yield run
    root.handlers[:] = handlers
    root.setLevel(level)


def test_articles_go_in_and_questions_are_answered(eig: Eig, tmp_path: Path) -> None:
    """Ingest with a report, the same again with a change, sizes, and Cypher."""
    file, report = tmp_path / "news.jsonl", tmp_path / "report.jsonl"
    file.write_text(lines(TALKS, STRIKE, QUIET), encoding="utf-8")
    status, out, err = eig("ingest", str(file), "--report", str(report), "--json", "--batch-size", "2")
    summary = json.loads(out)
    assert (status, summary["new"], summary["failed"], summary["warnings"]) == (0, 3, 0, 1)
    assert summary["mentions"] > 8
    assert summary["entities"] > 5
    assert "the other day" in err
    reported = [json.loads(line) for line in report.read_text("utf-8").splitlines()]
    assert [line["outcome"] for line in reported] == ["new", "new", "new"]

    status, out, _ = eig("ingest", "-", stdin=lines(TALKS, {**STRIKE, "text": "Israel struck Hezbollah in Lebanon."}))
    assert status == 0
    assert ": 0 new, 1 changed, 1 same, 0 failed;" in out
    assert json.loads(eig("stats", "--json")[1])["articles"] == 3
    assert "ArcadeDB" in eig("stats")[1]

    ask = "MATCH (a:Article)-[:MENTIONS]->(:Entity {id: $id}) RETURN a.title AS title ORDER BY title"
    status, out, _ = eig("cypher", ask, "--param", "id=Q794", "--json")
    titles = {"data": {"fields": ["title"], "values": [["Talks in Vienna"]]}, "truncated": False}
    assert (status, json.loads(out)) == (0, titles)
    status, out, _ = eig("cypher", "-", stdin="RETURN 'a' AS text, 1 AS number")
    assert (status, out) == (0, "text  number\n----  ------\na     1\n")


def test_what_is_stored_comes_out_again(eig: Eig) -> None:
    """The graph around an entity in both forms, and articles that read back as the same ones."""
    assert eig("ingest", "-", stdin=lines(TALKS, STRIKE, QUIET))[0] == 0
    graph = json.loads(eig("export", "--entity", "Q822")[1])
    assert {"Q822", "Q801", "Q794"} <= {node["id"] for node in graph["nodes"]}
    assert "Q30" not in {node["id"] for node in graph["nodes"]}
    assert "elements" in json.loads(eig("export", "--entity", "Q822", "--format", "cytoscape")[1])
    exported = eig("export", "--articles")[1]
    titles = sorted(json.loads(line)["title"] for line in exported.splitlines())
    assert titles == ["Nothing", "Strike in Lebanon", "Talks in Vienna"]
    assert ": 0 new, 0 changed, 3 same, 0 failed;" in eig("ingest", "-", stdin=exported)[1]


def test_what_is_derived_can_be_derived_anew(eig: Eig) -> None:
    """A rebuild, with extraction or without, leaves the sizes as they were, and the doctor finds all in order."""
    assert eig("ingest", "-", stdin=lines(TALKS, STRIKE, QUIET))[0] == 0
    before = json.loads(eig("stats", "--json")[1])
    sizes = {name: before[name] for name in ("articles", "entities", "ties")}
    assert json.loads(eig("rebuild", "--json")[1]) == sizes
    status, out, _ = eig("rebuild", "--extract")
    assert (status, ": 0 new, 3 changed, 0 same, 0 failed;" in out) == (0, True)
    assert json.loads(eig("rebuild", "--json")[1]) == sizes
    status, out, _ = eig("doctor")
    assert (status, "FAIL" in out) == (0, False)
    assert "ties, counts and index equal the mentions" in out
    assert {check["ok"] for check in json.loads(eig("doctor", "--json")[1])} == {True}


def test_articles_are_deleted_by_their_ids(eig: Eig, tmp_path: Path) -> None:
    """An id that is not there fails, and those that are go all the same."""
    report = tmp_path / "report.jsonl"
    eig("ingest", "-", "--report", str(report), stdin=lines(TALKS, STRIKE))
    first, second = (json.loads(line)["id"] for line in report.read_text("utf-8").splitlines())
    status, out, err = eig("delete", first, "nosuch", "--json")
    assert (status, json.loads(out)) == (1, {"deleted": [first], "unknown": ["nosuch"]})
    assert "nosuch" in err
    assert eig("delete", second)[:2] == (0, "1 deleted\n")
    assert json.loads(eig("stats", "--json")[1])["entities"] == 0


def test_what_fails_is_kept_told_and_retried(eig: Eig, home: Path, tmp_path: Path) -> None:
    """A bad line and a missing file cost no other article; they are retried until they succeed."""
    missing = tmp_path / "later.txt"
    status, out, err = eig("ingest", "-", str(missing), stdin=lines(TALKS, "{broken", {"id": "empty"}))
    assert status == 1
    assert ": 1 new, 0 changed, 0 same, 3 failed;" in out
    assert "<stdin>:2" in err
    assert "there is no such file" in err
    assert "eig retry" in err

    listed = json.loads(eig("retry", "--list", "--json")[1])
    assert [entry["where"] for entry in listed] == ["<stdin>:2", "<stdin>:3", str(missing)]
    assert "neither title nor text" in eig("retry", "--list")[1]

    missing.write_text("Hamas in Gaza\n\nHamas spoke in Gaza.\n", encoding="utf-8")
    status, out, err = eig("retry", "--json")
    assert (status, json.loads(out)["new"], json.loads(out)["failed"]) == (1, 1, 2)
    assert "failed again" in err

    (home / "failures.jsonl").unlink()
    status, out, err = eig("retry", "--list")
    assert (status, out, err) == (0, "", "nothing failed\n")
    assert eig("retry")[0] == 0


def test_only_the_first_failures_are_told(eig: Eig) -> None:
    """Hundreds of bad lines do not flood the terminal; all of them are kept."""
    status, out, err = eig("ingest", "-", stdin=lines(TALKS, *["{broken"] * 30))
    assert (status, "30 failed" in out) == (1, True)
    assert err.count("failed: ") == 10
    assert len(json.loads(eig("retry", "--list", "--json")[1])) == 30


def test_bulk_gives_the_same_graph(eig: Eig, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Ties that are derived at the end equal those written at once."""
    ask = (
        "MATCH (a:Entity)-[c:CO_MENTIONED]->(b:Entity) "
        "RETURN a.id, b.id, c.articles, c.sentences, c.first_seen, c.last_seen ORDER BY a.id, b.id"
    )
    answers = []
    for options in ((), ("--bulk",)):
        monkeypatch.setenv("EIG_HOME", str(tmp_path / f"home{len(options)}"))
        assert eig("ingest", "-", *options, stdin=lines(TALKS, STRIKE))[0] == 0
        answers.append(eig("cypher", ask, "--json")[1])
    assert answers[0] == answers[1]
    assert len(json.loads(answers[0])["data"]["values"]) > 10


def test_statements_that_are_wrong_refused_or_cut(eig: Eig, monkeypatch: pytest.MonkeyPatch) -> None:
    """The place of a mistake is shown, writing is refused, and rows that were left out are told."""
    status, out, err = eig("cypher", "MATCH (n)\nRETRUN n")
    assert (status, out) == (1, "")
    assert err.splitlines()[-2:] == ["  RETRUN n", "  ^"]
    status, out, err = eig("cypher", "CREATE (n:Thing)")
    assert (status, out) == (1, "")
    assert err.startswith("eig: ")
    monkeypatch.setenv("EIG_CYPHER_ROWS", "2")
    status, out, err = eig("cypher", "UNWIND range(1, 5) AS n RETURN n", "--json")
    assert (status, json.loads(out)["truncated"]) == (0, True)
    assert "EIG_CYPHER_ROWS" in err


def test_texts_that_were_not_kept_cannot_be_exported(eig: Eig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where only sentences are kept, what needs whole texts says so, and the rest works."""
    monkeypatch.setenv("EIG_KEEP_TEXT", "sentences")
    assert eig("ingest", "-", stdin=lines(TALKS))[0] == 0
    for command in (("export", "--articles"), ("rebuild", "--extract")):
        status, out, err = eig(*command)
        assert (status, out) == (1, "")
        assert "EIG_KEEP_TEXT" in err
    assert eig("rebuild")[0] == 0


def test_an_unknown_entity_is_told(eig: Eig) -> None:
    """The id that is not there is named, without a traceback."""
    status, out, err = eig("export", "--entity", "Q0")
    assert (status, out) == (1, "")
    assert "'Q0'" in err
    assert "Traceback" not in err


def test_doctor_tells_what_is_wrong(eig: Eig, home: Path) -> None:
    """A home folder that cannot be one fails, and so does what needs it; the rest is looked at all the same."""
    home.write_text("a file", encoding="utf-8")
    status, out, _ = eig("doctor")
    assert status == 1
    assert "FAIL  home folder" in out
    assert "ok    knowledge base" in out


def test_doctor_counts_the_failed_inputs(eig: Eig) -> None:
    """Inputs that wait for a retry are no fault, but are told."""
    eig("ingest", "-", stdin=lines(TALKS, "{broken"))
    status, out, _ = eig("doctor")
    assert status == 0
    assert "failed inputs: 1 are kept" in out
