"""`eig kb refresh` over small tables and a service on loopback: from the question to the refreshed files."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sparql_playback import Playback, Reply, playing, rows
from typer.testing import CliRunner

import app.wikidata
from app.cli import kb_refresh
from app.cli.program import create_program
from ingest.kb.refresh.queries import NAMES
from ingest.kb.schema import ENTITY_COLUMNS, RELATION_COLUMNS
from ingest.kb.wide import WIDE_COLUMNS

CONTACT = ("--contact", "https://example.org/about")
GLORIA = {"item": "Q999999999", "name": ("Gloria Teasdale", "mul"), "links": 40}
SINCE = {"since": "2020-05-01T00:00:00Z", "sincePrecision": 10}


def player(query: str) -> Reply:
    """One new president of Iran, a merged state, no intergovernmental organizations, and a query that is refused."""
    if "wd:Q7278" in query:
        return Reply(b"MalformedQueryException", 400)
    if "P1906" in query:
        return rows({"item": "Q794", "stateOffice": ("President of Iran", "en"), "capital": "Q3616"})
    if "P35" in query:
        return rows({**GLORIA, "state": "Q794", "role": "head of state", **SINCE})
    return rows()


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A home folder of its own, no contact, and logging as it was before."""
    monkeypatch.setenv("EIG_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.delenv("EIG_CONTACT", raising=False)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def service() -> Iterator[Playback]:
    """The service."""
    with playing(player) as playback:
        yield playback


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Tables of one state and one person in the place of ours, which take seconds to read."""
    folder = tmp_path / "tables"
    folder.mkdir()
    for name, columns, row in (
        ("entities_states.tsv", ENTITY_COLUMNS, "iran\tIran\tstate\tQ794\tIran\t\tstate\t\t"),
        ("relations.tsv", RELATION_COLUMNS, ""),
        ("wide_people_a-l.tsv", WIDE_COLUMNS, "Ann Lee\t\tperson\tQ999999998\t\t\t\t1"),
    ):
        (folder / name).write_text("\n".join(("\t".join(columns), *filter(None, [row]), "")), encoding="utf-8")
    monkeypatch.setattr("ingest.kb.load.data_folder", lambda: folder)
    return folder


@dataclass(frozen=True)
class Done:
    """What a command answered."""

    status: int
    out: str
    err: str


def refresh(*arguments: str) -> Done:
    """Run the command."""
    result = CliRunner().invoke(create_program(), ["kb", "refresh", *arguments])
    return Done(result.exit_code, result.stdout, result.stderr)


def test_the_queries_can_be_listed() -> None:
    """Each with what it gives, also as JSON; nothing is asked and no contact is needed."""
    listed = refresh("--list")
    assert listed.status == 0
    assert [line.split()[0] for line in listed.out.splitlines()[2:]] == list(NAMES)
    found = json.loads(refresh("--list", "--json", "--only", "cities", "--only", "heads").out)
    assert [(query["name"], query["for"]) for query in found] == [("heads", "all"), ("cities", "state")]
    since = json.loads(refresh("--list", "--json", "--only", "names", "--since", "2026-11-01").out)
    assert [query["name"] for query in since] == ["changed", "names"]


def test_without_a_contact_nothing_is_asked(service: Playback) -> None:
    """The message says which setting is missing and why."""
    done = refresh("--endpoint", service.address, "--only", "heads")
    assert (done.status, done.out, service.asked) == (1, "", [])
    assert "EIG_CONTACT" in done.err
    assert "--contact" in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--only", "nosuch"), "nosuch"),
        (("--only", "changed", "--since", "2026-11-01"), "by itself"),
        (("--report", "changes.csv"), ".tsv"),
        (("--max-age", "-1"), "--max-age"),
        (("--since", "yesterday"), "--since"),
    ],
)
def test_wrong_usage_is_told(arguments: tuple[str, ...], said: str) -> None:
    """Before anything is asked."""
    done = refresh(*CONTACT, *arguments)
    assert done.status == 2
    assert said in done.err


@pytest.mark.parametrize("contact", ["nobody", "a b@example.org", "x@y)(", "ftp://example.org"])
def test_a_contact_is_an_address(contact: str) -> None:
    """An e-mail address or a page, with nothing that would break a header."""
    done = refresh("--contact", contact)
    assert done.status == 1
    assert "EIG_CONTACT: should be an e-mail address" in done.err


def test_an_endpoint_is_an_address_of_the_web() -> None:
    """Others are refused in one line."""
    done = refresh(*CONTACT, "--endpoint", "file:///etc/passwd")
    assert done.status == 1
    assert done.err.startswith("eig: the endpoint")


def test_changes_are_reported_and_written(service: Playback, tables: Path, tmp_path: Path) -> None:
    """The answer has every change, the folder the tables that change; those that were read stay as they are."""
    own = {file.name: file.read_bytes() for file in tables.iterdir()}
    folder = tmp_path / "new" / "tables"
    asked = ("--endpoint", service.address, "--only", "states", "--only", "heads", "--only", "parties", "--json")
    done = refresh(*CONTACT, *asked, "--cache", str(tmp_path / "kept"), "--write", str(folder))
    assert done.status == 1
    figures = json.loads(done.out)
    assert (figures["asked"], figures["kept"], figures["failed"], figures["new"]) == (2, 0, 1, 1)
    assert figures["files"] == ["wide_people_a-l.tsv"]
    assert figures["failures"] == ["parties: the query is refused: 400 Bad Request: MalformedQueryException"]
    assert "without an answer" in done.err
    (change,) = figures["changes"]
    assert (change["field"], change["link"]) == ("entity", "https://www.wikidata.org/wiki/Q999999999")
    lines = (folder / "wide_people_a-l.tsv").read_text("utf-8").split("\n")
    assert "\tGloria Teasdale\tperson\tQ999999999\tiran\t\tPresident@iran:2020-05..\t2" in lines
    assert sorted(lines[1:-1], key=lambda line: line.split("\t")) == lines[1:-1]
    assert {file.name: file.read_bytes() for file in tables.iterdir()} == own
    assert len(list((tmp_path / "kept").iterdir())) == 2


@pytest.mark.usefixtures("tables")
def test_a_second_run_asks_nothing_anew(service: Playback, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It goes on with what is kept in the home folder; without --report it prints what it finds, as Markdown."""
    monkeypatch.setenv("EIG_CONTACT", "newsroom@example.org")
    asked = ("--endpoint", service.address, "--only", "heads")
    first = refresh(*asked)
    assert first.status == 0
    assert "## New: entity (1)" in first.out
    assert "person, iran, head of state@iran:2020-05.." in first.out
    assert len(service.asked) == 1
    assert "(newsroom@example.org)" in service.asked[0].headers["User-Agent"]
    report = tmp_path / "changes.tsv"
    second = refresh(*asked, "--since", "2026-11-01", "--report", str(report), "--write", str(tmp_path / "new"))
    assert len(service.asked) == 1
    assert second.out == "1 new, 0 changed, 0 gone\n"
    assert second.err == "0 answers of the service, 1 kept from before\nwritten: wide_people_a-l.tsv\n"
    assert re.search(r"^new\tentity\tQ999999999\tGloria Teasdale\t", report.read_text("utf-8"), re.M)


def test_the_command_agrees_with_the_client() -> None:
    """The endpoint that help shows is the one that is asked."""
    assert kb_refresh.ENDPOINT == app.wikidata.ENDPOINT
