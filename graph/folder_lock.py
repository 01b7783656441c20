"""Who may use a database folder: one process at a time.

The lock is the operating system's (flock) and so goes with its process, however that ends; the file's content only
tells others whom to ask. A service writes its address there, so that commands can work through it.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from graph.errors import FolderTaken, LockHolder

LOCK_FILE = "lock"
ATTEMPTS = 10
ATTEMPT_SECONDS = 0.02


class FolderLock:
    """The right to use one folder, held until `release` or the end of the process. Also a context manager."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: IO[str] | None = None
        self._since = datetime.now(UTC).isoformat(timespec="seconds")

    def acquire(self) -> None:
        """Take the lock. Raises FolderTaken, naming the holder, where a living process has it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        file = (self._folder / LOCK_FILE).open("a+", encoding="utf8")
        if not _locked(file):
            file.close()
            raise FolderTaken(str(self._folder), _read_holder(self._folder))
        self._file = file
        self.announce(None)

    def announce(self, service: str | None) -> None:
        """Write down who holds the folder, with the address of its service where it serves one."""
        assert self._file is not None, "announce needs the lock"
        self._file.seek(0)
        self._file.truncate()
        json.dump({"pid": os.getpid(), "service": service, "since": self._since}, self._file)
        self._file.flush()

    def release(self) -> None:
        """Give the folder back."""
        if self._file is not None:
            self._file.truncate(0)
            self._file.close()
            self._file = None

    def __enter__(self) -> FolderLock:
        self.acquire()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.release()


def holder(folder: Path) -> LockHolder | None:
    """The living process that holds the folder, or None where it is free."""
    try:
        with (folder / LOCK_FILE).open(encoding="utf8") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return None
    except OSError:
        return _read_holder(folder)
    return None


def _locked(file: IO[str]) -> bool:
    """Take the lock of a file. Whoever only asks for the holder has it for a moment, so it is tried more than once."""
    for _ in range(ATTEMPTS):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            time.sleep(ATTEMPT_SECONDS)
        else:
            return True
    return False


def _read_holder(folder: Path) -> LockHolder:
    try:
        record = json.loads((folder / LOCK_FILE).read_text(encoding="utf8"))
        return LockHolder(pid=int(record["pid"]), service=record["service"], since=str(record["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return LockHolder(pid=0, service=None, since="an unknown time")
