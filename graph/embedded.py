"""Starts and stops the embedded database and hands over its Bolt address; everything else goes through that address.

ArcadeDB runs inside this process on the Java runtime its package brings. One process owns the folder. The server
listens on a random loopback port behind a password made anew at each start; its HTTP server is stopped as soon as it
is up.
"""

from __future__ import annotations

import secrets
import shutil
import socket
import threading
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

import jpype
from arcadedb_embedded.server import ArcadeDBServer

from graph.bolt.address import BoltAddress
from graph.bolt.capabilities import ARCADEDB
from graph.time_limit import TimeLimit

DATABASE_NAME = "eig"
READER = "reader"
# A reader may read records and nothing else: READ mode is not enforced over the engine's Bolt server, rights are.
READER_GROUP = '{"resultSetLimit":-1,"readTimeout":-1,"access":[],"types":{"*":{"access":["readRecord"]}}}'
LOGGING = Path(__file__).with_name("embedded_logging.properties")


class EmbeddedDatabase:
    """The engine over one folder, from `start` to `stop`. Also a context manager.

    heap_megabytes: upper limit of the Java heap; fixed by the first start in a process.
    """

    def __init__(self, folder: Path, *, heap_megabytes: int = 512) -> None:
        self._folder = folder
        self._heap = heap_megabytes
        self._server: ArcadeDBServer | None = None
        self._database: Any = None
        self._port = 0
        self.queue = threading.Lock()
        """Writers wait for it: the engine lets them run side by side and refuses all but one when they commit."""
        self._passwords = {"root": secrets.token_urlsafe(24), READER: secrets.token_urlsafe(24)}

    def start(self) -> None:
        """Open the folder (made where it is missing) and listen. Takes one to two seconds."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._folder.chmod(0o700)
        # Users, their passwords and groups live there; they are made anew at each start.
        shutil.rmtree(self._folder / "config", ignore_errors=True)
        http_port, self._port = _free_ports(2)
        server = ArcadeDBServer(
            str(self._folder.resolve()),
            self._passwords["root"],
            config={
                "http_port": http_port,
                "bolt_port": self._port,
                "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
            },
            jvm_kwargs=_jvm_settings(self._folder, self._heap),
        )
        server.start()
        self._server = server
        java: Any = server._java_server
        java.getHttpServer().stopService()
        self._database = server.create_database(DATABASE_NAME)
        self._configure()
        self._add_reader(java.getSecurity())

    def _configure(self) -> None:
        # Without a full flush a commit survives the process but not the machine; the cost is not measurable.
        self._database.set_wal_flush("yes_full")
        settings = self._database.get_java_database().getConfiguration()
        settings.setValue("arcadedb.opencypher.loadCsv.allowFileUrls", False)
        settings.setValue("arcadedb.opencypher.loadCsv.allowRemoteUrls", False)

    def _add_reader(self, security: Any) -> None:
        json_object = jpype.JClass("com.arcadedb.serializer.json.JSONObject")
        security.saveGroup("*", READER, json_object(READER_GROUP))
        user = json_object()
        user.put("name", READER)
        user.put("password", security.encodePassword(self._passwords[READER]))
        user.put("databases", json_object(f'{{"{DATABASE_NAME}": ["{READER}"]}}'))
        security.createUser(user)

    def stop(self) -> None:
        """Close the folder. Without it the process would not end: the engine's threads keep it alive."""
        if self._server is not None:
            self._server.stop()
            self._server = None
            self._database = None

    @property
    def address(self) -> BoltAddress:
        """Where our own statements go."""
        return self._address("root")

    @property
    def reader(self) -> BoltAddress:
        """Where a stranger's statements go: a user who may only read."""
        return self._address(READER)

    def _address(self, user: str) -> BoltAddress:
        return BoltAddress(
            uri=f"bolt://127.0.0.1:{self._port}",
            user=user,
            password=self._passwords[user],
            database=DATABASE_NAME,
            can=ARCADEDB,
        )

    @cached_property
    def time_limit(self) -> TimeLimit:
        """Limits a stranger's statements alone; the engine enforces neither the driver's limits nor a user's."""
        settings = self._database.get_java_database().getConfiguration()
        return TimeLimit(lambda seconds: settings.setValue("arcadedb.command.timeout", round(seconds * 1000)))

    @property
    def run_schema(self) -> Callable[[str], None]:
        """Runs one schema statement in the engine's SQL, the only language in which it has them all."""
        return lambda statement: self._database.command("sql", statement)

    def __enter__(self) -> EmbeddedDatabase:
        self.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.stop()


def _jvm_settings(folder: Path, heap_megabytes: int) -> dict[str, Any]:
    """Settings of the one Java machine a process can have; none where it already runs."""
    if jpype.isJVMStarted():
        return {}
    return {
        "heap_size": f"{heap_megabytes}m",
        "jvm_args": [
            f"-Djava.util.logging.config.file={LOGGING}",
            "-Xrs",  # signals are Python's: the runtime's own handler of SIGTERM crashes the process
            f"-XX:ErrorFile={folder.resolve()}/java-crash-%p.log",
        ],
    }


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(each.getsockname()[1]) for each in sockets]
    for each in sockets:
        each.close()
    return ports
