"""What `eig doctor` says of a Neo4j server, and of one whose settings it may not read."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from building import empty

from app.neo4j_checks import findings
from graph.database import BoltAddress, Database, Query

KEYS = {"name", "ok", "detail", "advice"}


def doctor(address: BoltAddress, home: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the command."""
    settings = {
        "NEO4J_URI": address.uri,
        "NEO4J_USERNAME": address.user,
        "NEO4J_PASSWORD": address.password,
        "NEO4J_DATABASE": address.database,
        "EIG_HOME": str(home),
    }
    command = [str(Path(sys.executable).with_name("eig")), "doctor", *options]
    return subprocess.run(command, env=settings, capture_output=True, text=True)


@pytest.fixture
def server(on_neo4j: Database) -> Iterator[Database]:
    """An empty graph on Neo4j, and empty again."""
    empty(on_neo4j)
    yield on_neo4j
    empty(on_neo4j)


@pytest.mark.usefixtures("server")
def test_the_doctor_looks_at_the_server(neo4j_address: BoltAddress, tmp_path: Path) -> None:
    """Advice begins with `note` and is no failure; JSON has the same lines, all ok."""
    done = doctor(neo4j_address, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^ok    Neo4j version: Neo4j Kernel \d+\.\d+", done.stdout, re.MULTILINE)
    checks = json.loads(doctor(neo4j_address, tmp_path, "--json").stdout)
    assert all(check.keys() == KEYS and check["ok"] is True for check in checks)
    notes = [line.split(":")[0] for line in done.stdout.splitlines() if line.startswith("note  ")]
    assert notes == [f"note  {check['name']}" for check in checks if check["advice"]]


@pytest.mark.parametrize(
    ("foreign", "named"),
    [
        (Query("CREATE (:Article {id: 'foreign'})"), "article"),
        (
            Query(
                "CREATE (:Article {id: 'a', date_precision: 'none'})"
                "-[:MENTIONS {tie: true, sentence: [0]}]->(:Entity {id: 'foreign', articles: 1})"
            ),
            "entity",
        ),
    ],
)
def test_what_another_program_wrote_is_named(
    neo4j_address: BoltAddress, server: Database, tmp_path: Path, foreign: Query, named: str
) -> None:
    """A server that is shared may hold articles and entities which are none of ours."""
    server.write([foreign])
    done = doctor(neo4j_address, tmp_path)
    assert done.returncode == 1
    assert re.search(rf"^FAIL  database: {named} 'foreign' .* another program", done.stdout, re.MULTILINE)


def test_the_doctor_looks_no_further_where_there_is_no_server(tmp_path: Path) -> None:
    """It fails on the database, says what to check, and says nothing of a server that it did not see."""
    done = doctor(BoltAddress("bolt://127.0.0.1:9", "neo4j", "secret", "neo4j"), tmp_path)
    assert done.returncode == 1
    assert re.search(r"^FAIL  database: .*NEO4J_URI", done.stdout, re.MULTILINE)
    assert "Neo4j version" not in done.stdout
    assert "secret" not in done.stdout + done.stderr


def test_settings_that_may_not_be_read_are_told(embedded: Database) -> None:
    """A server that does not show its settings, as Aura does not, gets one line that says so and what to do."""
    said = {finding.name: finding for finding in findings(embedded)}
    assert "may not read them" in said["Neo4j settings"].detail
    assert said["Neo4j settings"].advice
    assert "Neo4j memory of a transaction" not in said
