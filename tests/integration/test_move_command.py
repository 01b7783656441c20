"""`eig move` between real databases, as a user runs it: both ways, killed in the middle, refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from building import NAMES, extraction
from hostile_graph import clear

from app.opening import open_graph, open_store
from app.settings import Settings
from graph.database import BoltAddress, Database, Query
from graph.folder_lock import FolderLock, holder
from graph.model import Extraction, Filters, PageRequest
from graph.moving.content import Position
from graph.moving.digest import digest
from graph.store import GraphStore

EIG = str(Path(sys.executable).with_name("eig"))
ARTICLES = 2_000
PATIENCE_SECONDS = 240
POSITION = Query("MATCH (g:Graph {id: 'graph'}) RETURN g.move_position AS position")


def article(number: int) -> Extraction:
    """One of many articles, each naming one to three entities."""
    names = sorted({NAMES[number % 6], NAMES[number // 6 % 6], NAMES[number // 36 % 6]})
    return extraction(f"a{number:05}", [names, names[:1]], date="2024-05")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with a graph that takes a move several batches. A test that opens it leaves it as it was."""
    home = tmp_path_factory.mktemp("source")
    with open_store(Settings(home=home)) as store, store.deferring_ties():
        for first in range(0, ARTICLES, 500):
            store.write([article(number) for number in range(first, first + 500)])
    return home


@pytest.fixture
def server(on_neo4j: Database) -> Iterator[Database]:
    """The run's Neo4j, empty before and after."""
    clear(on_neo4j)
    yield on_neo4j
    clear(on_neo4j)


def environment(address: BoltAddress) -> dict[str, str]:
    """Of a command that may reach this server, and has no other settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("EIG_", "NEO4J_"))}
    secrets = {"NEO4J_USERNAME": address.user, "NEO4J_PASSWORD": address.password, "NEO4J_DATABASE": address.database}
    return {**kept, **secrets}


def eig(arguments: Sequence[str], env: dict[str, str]) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of a command in a process of its own."""
    done = subprocess.run([EIG, *arguments], env=env, capture_output=True, text=True, timeout=PATIENCE_SECONDS)
    return done.returncode, done.stdout, done.stderr


def moved(source: Path | str, target: Path | str, env: dict[str, str]) -> dict[str, Any]:
    """The summary of a move that succeeds."""
    status, out, err = eig(["move", "--from", str(source), "--to", str(target), "--json"], env)
    assert status == 0, err
    summary: dict[str, Any] = json.loads(out)
    return summary


def answers(store: GraphStore) -> list[Any]:
    """Sizes, but for the name of the database, and one intersection with its proof."""
    stats = store.stats()
    page = PageRequest(limit=20, offset=0)
    found = store.intersection(["Q1", "Q2"], filters=Filters(), measure="npmi", page=page)
    assert found.articles.total > 100
    return [stats.articles, stats.entities, stats.ties, stats.details["mention_edges"], found]


def killed(arguments: Sequence[str], env: dict[str, str], *, once: Any) -> None:
    """Run a command and kill it as soon as `once` says so."""
    process = subprocess.Popen([EIG, *arguments], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not once(process.pid):
            assert process.poll() is None, "the move ended before it could be killed"
            assert time.monotonic() < deadline
            time.sleep(0.005)
    finally:
        process.kill()
        process.wait()


@pytest.mark.timeout(600)
def test_a_killed_move_to_neo4j_is_refused_by_others_and_completed(
    source: Path, server: Database, neo4j_address: BoltAddress, tmp_path: Path
) -> None:
    """Half a graph opens for nobody; the same command completes it; the moved graph then answers as the source does."""
    env = environment(neo4j_address)

    def begun(_process: int) -> bool:
        position = server.read(POSITION).values[0][0]
        return position is not None and Position.from_text(position).done > 0

    killed(["move", "--from", str(source), "--to", neo4j_address.uri], env, once=begun)
    there = {**env, "NEO4J_URI": neo4j_address.uri, "EIG_HOME": str(tmp_path / "home")}
    for command in (
        ["stats"],
        ["ingest", str(Path(__file__).parents[2] / "app" / "samples")],
        ["serve", "--port", "0"],
    ):
        status, _, err = eig(command, there)
        assert (status, "run `eig move` again" in err) == (1, True)
    summary = moved(source, neo4j_address.uri, env)
    assert summary["outcome"] == "resumed"
    assert summary["digest"] == digest(server).text
    assert moved(source, neo4j_address.uri, env)["outcome"] == "already there"
    with open_graph(Settings(home=source)) as opened:
        assert digest(opened.database).text == summary["digest"]
        expected = answers(opened.store)
    (tmp_path / "home").mkdir(exist_ok=True)
    settings = Settings(
        home=tmp_path / "home",
        neo4j_uri=neo4j_address.uri,
        neo4j_username=neo4j_address.user,
        neo4j_password=neo4j_address.password,
        neo4j_database=neo4j_address.database,
    )
    with open_store(settings) as store:
        assert answers(store) == expected


@pytest.mark.timeout(600)
def test_a_killed_move_to_a_folder_is_completed(
    source: Path, server: Database, neo4j_address: BoltAddress, tmp_path: Path
) -> None:
    """From Neo4j back into a folder, killed at several moments; the folder holds the same graph in the end."""
    env = environment(neo4j_address)
    there = moved(source, neo4j_address.uri, env)
    assert there["digest"] == digest(server).text
    back = tmp_path / "back"
    for delay in (1.5, 2.5):
        started: list[float] = []

        def late(process: int, started: list[float] = started, delay: float = delay) -> bool:
            holding = holder(back)
            if not started and holding is not None and holding.pid == process:
                started.append(time.monotonic())
            return bool(started) and time.monotonic() > started[0] + delay

        killed(["move", "--from", neo4j_address.uri, "--to", str(back)], env, once=late)
    assert moved(neo4j_address.uri, back, env)["digest"] == there["digest"]
    with open_store(Settings(home=source)) as old:
        expected = answers(old)
    with open_store(Settings(home=back)) as new:
        assert answers(new) == expected


def test_folder_to_folder(source: Path, neo4j_address: BoltAddress, tmp_path: Path) -> None:
    """Two embedded databases in one process; the plain summary names counts and digest."""
    status, out, err = eig(["move", "--from", str(source), "--to", str(tmp_path / "b")], environment(neo4j_address))
    assert status == 0, err
    assert f"Article       {ARTICLES}" in out
    assert "moved: " in out
    assert len(out.split()[-1]) == 64


@pytest.mark.parametrize(
    ("origin", "target", "said"),
    [
        ("nowhere", "b", "there is no graph in the folder nowhere"),
        ("bolt://neo4j:secret@localhost:7687", "b", "NEO4J_FROM_USERNAME and NEO4J_FROM_PASSWORD"),
        ("nowhere", "bolt://neo4j:secret@localhost:7687", "NEO4J_TO_USERNAME and NEO4J_TO_PASSWORD"),
        ("http://localhost:7474", "b", "an address with a scheme of bolt"),
    ],
)
def test_places_that_are_none_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, neo4j_address: BoltAddress, origin: str, target: str, said: str
) -> None:
    """Nothing is made, and no secret is repeated."""
    monkeypatch.chdir(tmp_path)
    status, out, err = eig(["move", "--from", origin, "--to", target], environment(neo4j_address))
    assert (status, out) == (1, "")
    assert said in err
    assert "secret" not in err
    assert list(tmp_path.glob("nowhere")) == []


def test_a_folder_that_is_held_is_refused(source: Path, neo4j_address: BoltAddress, tmp_path: Path) -> None:
    """Who holds it is named, be it the source or the target."""
    env = environment(neo4j_address)
    with FolderLock(source) as lock:
        lock.announce("http://127.0.0.1:8000")
        status, _, err = eig(["move", "--from", str(source), "--to", str(tmp_path / "b")], env)
    assert status == 1
    assert f"in use by process {os.getpid()}, serving http://127.0.0.1:8000" in err
    with FolderLock(tmp_path / "c"):
        status, _, err = eig(["move", "--from", str(source), "--to", str(tmp_path / "c")], env)
    assert (status, f"in use by process {os.getpid()}" in err) == (1, True)


def test_each_side_has_credentials_of_its_own(
    source: Path, server: Database, neo4j_address: BoltAddress, tmp_path: Path
) -> None:
    """NEO4J_TO_… goes before NEO4J_…, and a wrong password is one clear line."""
    del server
    env = environment(neo4j_address)
    own = {"NEO4J_PASSWORD": "wrong", "NEO4J_TO_PASSWORD": neo4j_address.password}
    status, _, err = eig(["move", "--from", neo4j_address.uri, "--to", str(tmp_path / "b")], {**env, **own})
    assert (status, "password" in err, neo4j_address.password in err) == (1, True, False)
    assert moved(source, neo4j_address.uri, {**env, **own})["outcome"] == "moved"
