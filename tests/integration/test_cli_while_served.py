"""What the command line does while a service holds the folder: a real `eig serve` on a free port."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from graph.folder_lock import holder

EIG = str(Path(sys.executable).with_name("eig"))
KEY = "a-key-for-this-test"
STARTING_SECONDS = 120
TALKS = {"id": "1", "title": "Talks", "text": "Iran and the United States met in Vienna.", "publisher": "X"}


@dataclass(frozen=True)
class Served:
    """A running service: its process, its address and the environment of commands on the same folder."""

    process: subprocess.Popen[str]
    address: str
    environment: dict[str, str]
    home: Path


Eig = Callable[..., tuple[int, str, str]]


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a process on this folder, without settings of whoever runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("EIG_", "NEO4J_"))}
    return {**kept, "EIG_HOME": str(home), **more}


def start_service(home: Path, **settings: str) -> Served:
    """Start `eig serve` and wait until it has told its address."""
    values = environment(home, **settings)
    process = subprocess.Popen(
        [EIG, "serve", "--port", "0"], env=values, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    told = process.stdout.readline()
    assert told.startswith("open http://127.0.0.1:"), told + (process.stderr.read() if process.stderr else "")
    return Served(process, told.split()[1].rstrip("/"), values, home)


def stop(served: Served, with_signal: int) -> int:
    """Tell a service to end; its exit status."""
    served.process.send_signal(with_signal)
    try:
        return served.process.wait(timeout=STARTING_SECONDS)
    finally:
        served.process.kill()
        served.process.communicate()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service that needs a key for writing."""
    running = start_service(tmp_path_factory.mktemp("served") / "home", EIG_API_KEY=KEY)
    yield running
    stop(running, signal.SIGTERM)


@pytest.fixture(scope="module")
def eig(served: Served) -> Eig:
    """Runs a command on the folder that the service holds, with its key unless told otherwise."""

    def run(*arguments: str, stdin: str = "", key: str | None = KEY) -> tuple[int, str, str]:
        values = environment(served.home, **({"EIG_API_KEY": key} if key else {}))
        done = subprocess.run([EIG, *arguments], env=values, input=stdin, capture_output=True, text=True)
        return done.returncode, done.stdout, done.stderr

    return run


def test_commands_work_through_the_service(eig: Eig, served: Served) -> None:
    """Ingest, statistics, questions, export and delete go through the service that holds the folder."""
    lines = json.dumps(TALKS) + "\n{broken\n"
    status, out, _ = eig("ingest", "-", "--json", stdin=lines)
    summary = json.loads(out)
    assert (status, summary["new"], summary["failed"]) == (1, 1, 1)
    assert summary["mentions"] >= 3
    assert httpx.get(f"{served.address}/api/v1/articles").json()["total"] == 1
    assert json.loads(eig("ingest", "-", "--json", stdin=json.dumps(TALKS))[1])["same"] == 1
    assert json.loads(eig("retry", "--list", "--json")[1])[0]["where"] == "<stdin>:2"

    assert json.loads(eig("stats", "--json")[1])["articles"] == 1
    status, out, _ = eig("cypher", "MATCH (e:Entity {id: $id}) RETURN e.name AS name", "--param", "id=Q794")
    assert (status, out) == (0, "name\n----\nIran\n")
    assert "Q30" in {node["id"] for node in json.loads(eig("export", "--entity", "Q794")[1])["nodes"]}
    (article,) = map(json.loads, eig("export", "--articles")[1].splitlines())
    assert (article["title"], article["text"]) == (TALKS["title"], TALKS["text"])

    assert eig("delete", article["id"])[:2] == (0, "1 deleted\n")
    assert eig("delete", article["id"])[0] == 1
    assert json.loads(eig("stats", "--json")[1])["articles"] == 0


@pytest.mark.parametrize("option", [["--accurate"], ["--tagger", "spacy:en_core_web_sm"]])
def test_the_tagger_is_the_service_s_own(eig: Eig, option: list[str]) -> None:
    """A command that wants another says where it is set, rather than pass it over."""
    status, _, err = eig("ingest", "-", *option, stdin=json.dumps(TALKS))
    assert status == 2
    assert "EIG_TAGGER" in err


def test_a_wrong_statement_shows_its_place_through_the_service(eig: Eig) -> None:
    """The mark stands where it would without a service."""
    status, out, err = eig("cypher", "MATCH (n)\nRETRUN n")
    assert (status, out) == (1, "")
    assert err.splitlines()[-2:] == ["  RETRUN n", "  ^"]


def test_writing_without_the_key_names_the_setting(eig: Eig) -> None:
    """The service refuses; the command says what to set, and the key stands nowhere."""
    status, out, err = eig("ingest", "-", stdin=json.dumps(TALKS), key=None)
    assert (status, out) == (1, "")
    assert "EIG_API_KEY" in err
    assert KEY not in err


@pytest.mark.parametrize("command", [["rebuild"], ["rebuild", "--extract"], ["serve", "--port", "0"]])
def test_other_commands_name_the_process_to_stop(eig: Eig, served: Served, command: list[str]) -> None:
    """What needs the folder to itself says who has it, and does nothing."""
    status, out, err = eig(*command)
    assert (status, out) == (1, "")
    assert f"process {served.process.pid}" in err
    assert served.address in err
    assert "Traceback" not in err


def test_doctor_asks_the_service(eig: Eig, served: Served) -> None:
    """It says who holds the folder and what is in it."""
    status, out, _ = eig("doctor")
    assert status == 0
    assert f"held by process {served.process.pid}" in out
    assert "ok    database: ArcadeDB with" in out


def test_a_port_that_is_taken_is_told(served: Served, tmp_path: Path) -> None:
    """Another service on the same port says which option to use, before it opens anything."""
    port = served.address.rpartition(":")[2]
    done = subprocess.run(
        [EIG, "serve", "--port", port], env=environment(tmp_path / "other"), capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert f"port {port}" in done.stderr
    assert "--port" in done.stderr
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_service_ends_cleanly_on_a_signal(tmp_path: Path, number: int) -> None:
    """It exits with 0 within seconds, gives the folder back, and keeps its index."""
    home = tmp_path / "home"
    running = start_service(home)
    assert holder(home) is not None
    httpx.post(f"{running.address}/api/v1/articles", json=TALKS).raise_for_status()
    started = time.monotonic()
    assert stop(running, number) == 0
    assert time.monotonic() - started < STARTING_SECONDS
    assert holder(home) is None
    assert (home / "database" / "incidence.npz").exists()


def test_a_killed_service_leaves_a_folder_that_can_be_opened(tmp_path: Path) -> None:
    """The lock of a process that was killed is taken over, and what it had stored is there."""
    home = tmp_path / "home"
    running = start_service(home)
    httpx.post(f"{running.address}/api/v1/articles", json=TALKS).raise_for_status()
    assert stop(running, signal.SIGKILL) == -signal.SIGKILL
    done = subprocess.run([EIG, "stats", "--json"], env=environment(home), capture_output=True, text=True)
    assert json.loads(done.stdout)["articles"] == 1
