"""A real Neo4j for the tests: one that is named, one in a container, or one from its Maven Central artefacts.

    EIG_TEST_NEO4J_URI       a server of yours, whose database is emptied (…_USERNAME, …_PASSWORD, …_DATABASE with it)
    EIG_TEST_NEO4J_VERSION   which version to start; without it the newest that the Java found can run
    EIG_TEST_NEO4J_JAVA      the `java` to start it with; without it the newest one found

Artefacts are fetched once and kept in ~/.cache/eig/neo4j.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import neo4j
from neo4j.exceptions import Neo4jError, ServiceUnavailable

from graph.database import BoltAddress

LONG_TERM = "5.26.31"
CURRENT = "2026.09.0"
OLDEST_JAVA = {LONG_TERM: 17, CURRENT: 21}
CACHE = Path("~/.cache/eig/neo4j").expanduser()
POM = Path(__file__).with_name("neo4j_pom.xml")
# Packages of the Java runtime that the server reaches into.
OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent", "java.lang")
START_SECONDS = 180


class NoNeo4j(Exception):
    """No server can be had on this machine; the message says why."""


@dataclass(frozen=True)
class Java:
    """A Java runtime."""

    command: str
    version: int


class Neo4jServer:
    """A Community server from its artefacts, over one folder. Started again, it keeps its port, password and data.

    settings: lines of neo4j.conf. Without any, the server is as open as its makers deliver it. heap_megabytes: upper
    limit of the Java heap.
    """

    def __init__(
        self,
        folder: Path,
        *,
        version: str,
        java: Java,
        settings: Mapping[str, str] | None = None,
        heap_megabytes: int = 768,
    ) -> None:
        self.version = version
        self._heap = f"-Xmx{heap_megabytes}m"
        self.folder = folder
        self.jars = fetch_jars(version)
        self.password = "p" + secrets.token_hex(12)
        self._java = java
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._configure(settings or {})
        self.admin("dbms", "set-initial-password", self.password)

    @property
    def address(self) -> BoltAddress:
        """Where it answers."""
        return BoltAddress(f"bolt://127.0.0.1:{self._port}", "neo4j", self.password, "neo4j")

    @property
    def process_id(self) -> int:
        """Of the server that runs."""
        assert self._process is not None
        return self._process.pid

    def _configure(self, settings: Mapping[str, str]) -> None:
        listening = f"127.0.0.1:{self._port}"
        lines: dict[str, str] = {
            "server.bolt.listen_address": listening,
            "server.bolt.advertised_address": listening,
            "server.http.enabled": "false",
            "server.memory.pagecache.size": "128m",
            "dbms.usage_report.enabled": "false",
        }
        lines.update(settings)
        for name in ("conf", "logs", "import"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        text = "".join(f"{name}={value}\n" for name, value in lines.items())
        (self.folder / "conf" / "neo4j.conf").write_text(text, encoding="utf8")

    def admin(self, *arguments: str) -> str:
        """What `neo4j-admin` says. Raises RuntimeError with it where it fails."""
        folders = {"NEO4J_HOME": str(self.folder), "NEO4J_CONF": str(self.folder / "conf")}
        command = self._command("org.neo4j.server.startup.Neo4jAdminCommand", *arguments)
        done = subprocess.run(command, env=os.environ | folders, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"neo4j-admin {arguments[0]}: {done.stdout}{done.stderr}")
        return done.stdout

    def _command(self, main: str, *arguments: str) -> list[str]:
        opened = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED]
        return [self._java.command, self._heap, *opened, "-cp", f"{self.jars}/*", main, *arguments]

    def start(self) -> None:
        """Start it and wait until it answers."""
        entry = "CommunityEntryPoint" if self.version.startswith("5.") else "Neo4jCommunity"
        folders = (f"--home-dir={self.folder}", f"--config-dir={self.folder / 'conf'}")
        with (self.folder / "logs" / "console.log").open("ab") as log:
            self._process = subprocess.Popen(
                self._command(f"org.neo4j.server.{entry}", *folders), stdout=log, stderr=log, start_new_session=True
            )
        deadline = time.monotonic() + START_SECONDS
        while not answers(self.address):
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"Neo4j did not start: {(self.folder / 'logs' / 'console.log').read_text()[-2000:]}")
            time.sleep(0.2)

    def stop(self) -> None:
        """End it in order, which takes it some ten seconds."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()
            self._process = None

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


def answers(address: BoltAddress) -> bool:
    """Whether a server is up and lets us in."""
    auth = (address.user, address.password)
    try:
        # Who waits asks again: the driver's own tries would come at ever longer intervals.
        with neo4j.GraphDatabase.driver(
            address.uri, auth=auth, connection_timeout=2, max_transaction_retry_time=0
        ) as driver:
            driver.execute_query("RETURN 1", database_=address.database)
    except (ServiceUnavailable, Neo4jError, OSError):
        return False
    return True


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def fetch_jars(version: str) -> Path:
    """The folder with a server's jars, fetched where it is not there; a copy that broke off is never taken for one."""
    jars = CACHE / version
    if jars.is_dir():
        return jars
    if shutil.which("mvn") is None:
        raise NoNeo4j("Maven (mvn) is needed to fetch Neo4j, and was not found")
    half = CACHE / f"{version}.half-{os.getpid()}"
    fetch = ["mvn", "-q", "-B", "-f", str(POM), f"-Dneo4j.version={version}", "dependency:copy-dependencies"]
    fetch += ["-DincludeScope=runtime", f"-DoutputDirectory={half}"]
    done = subprocess.run(fetch, capture_output=True, text=True, check=False)
    if done.returncode:
        shutil.rmtree(half, ignore_errors=True)
        raise NoNeo4j(f"Maven could not fetch Neo4j {version}: {done.stdout[-1000:]}")
    try:
        half.rename(jars)
    except OSError:  # somebody else was faster
        shutil.rmtree(half)
    return jars


def newest_java() -> Java:
    """The newest Java runtime of this machine, or the one that EIG_TEST_NEO4J_JAVA names."""
    given = os.environ.get("EIG_TEST_NEO4J_JAVA")
    home = os.environ.get("JAVA_HOME")
    commands = [given] if given else [shutil.which("java"), home and f"{home}/bin/java"]
    if not given:
        commands += [str(path) for path in Path("/usr/lib/jvm").glob("*/bin/java")]
    found = [java for command in commands if command and (java := _java(command))]
    if not found:
        raise NoNeo4j("Java 17 or newer is needed to run Neo4j, and none was found")
    return max(found, key=lambda java: java.version)


def _java(command: str) -> Java | None:
    try:
        said = subprocess.run([command, "-version"], capture_output=True, text=True, check=True).stderr
    except (OSError, subprocess.CalledProcessError):
        return None
    version = re.search(r'version "(\d+)', said)
    return Java(command, int(version[1])) if version else None


def newest_version(java: Java) -> str:
    """The newest of the versions we know that this Java can run, or the one that EIG_TEST_NEO4J_VERSION names."""
    if given := os.environ.get("EIG_TEST_NEO4J_VERSION"):
        return given
    can = [version for version in (CURRENT, LONG_TERM) if java.version >= OLDEST_JAVA[version]]
    if not can:
        raise NoNeo4j(f"Neo4j needs Java 17 or newer, the newest found is {java.version}")
    return can[0]


@contextmanager
def from_artefacts(
    folder: Path, *, version: str | None = None, settings: Mapping[str, str] | None = None
) -> Iterator[Neo4jServer]:
    """A server of our own, running. Raises NoNeo4j."""
    java = newest_java()
    server = Neo4jServer(folder, version=version or newest_version(java), java=java, settings=settings)
    server.start()
    try:
        yield server
    finally:
        server.kill()  # nobody wants its data any more


@contextmanager
def neo4j_for_tests(folder: Path) -> Iterator[BoltAddress]:
    """The server that the whole run uses: a named one, one in a container, or one from artefacts. Raises NoNeo4j."""
    if uri := os.environ.get("EIG_TEST_NEO4J_URI"):
        yield BoltAddress(
            uri,
            os.environ.get("EIG_TEST_NEO4J_USERNAME", "neo4j"),
            os.environ.get("EIG_TEST_NEO4J_PASSWORD", ""),
            os.environ.get("EIG_TEST_NEO4J_DATABASE", "neo4j"),
        )
    elif _container_engine_runs():
        with _in_container() as address:
            yield address
    else:
        with from_artefacts(folder) as server:
            yield server.address


def _container_engine_runs() -> bool:
    docker = shutil.which("docker")
    return docker is not None and subprocess.run([docker, "info"], capture_output=True, check=False).returncode == 0


@contextmanager
def _in_container() -> Iterator[BoltAddress]:
    password = "p" + secrets.token_hex(12)
    image = f"neo4j:{os.environ.get('EIG_TEST_NEO4J_VERSION', CURRENT)}-community"
    run = ["docker", "run", "--detach", "--rm", "--publish", "127.0.0.1::7687", "--env", f"NEO4J_AUTH=neo4j/{password}"]
    started = subprocess.run([*run, image], capture_output=True, text=True, check=False)
    if started.returncode:
        raise NoNeo4j(f"Docker could not start {image}: {started.stderr.strip()}")
    container = started.stdout.strip()
    try:
        port = subprocess.run(["docker", "port", container, "7687"], capture_output=True, text=True, check=True).stdout
        address = BoltAddress(f"bolt://{port.split()[0]}", "neo4j", password, "neo4j")
        deadline = time.monotonic() + START_SECONDS
        while not answers(address):
            if time.monotonic() > deadline:
                raise NoNeo4j(f"Neo4j in a container did not answer within {START_SECONDS} s")
            time.sleep(0.5)
        yield address
    finally:
        subprocess.run(["docker", "kill", container], capture_output=True, check=False)
