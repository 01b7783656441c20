"""A folder belongs to one living process."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import FolderTaken
from graph.folder_lock import LOCK_FILE, FolderLock, holder

HOLD = """
import sys, time
from pathlib import Path
from graph.folder_lock import FolderLock
lock = FolderLock(Path(sys.argv[1]))
lock.acquire()
lock.announce("http://127.0.0.1:8000")
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def other_process(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds tmp_path and says that it serves."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_free_folder_has_no_holder(tmp_path: Path) -> None:
    """Neither a folder without a lock file nor one that was released is held."""
    assert holder(tmp_path) is None
    with FolderLock(tmp_path):
        pass
    assert holder(tmp_path) is None


def test_the_holder_is_named(tmp_path: Path, other_process: subprocess.Popen[str]) -> None:
    """Whoever asks learns process and service; whoever wants the folder is told so."""
    found = holder(tmp_path)
    assert found is not None
    assert (found.pid, found.service) == (other_process.pid, "http://127.0.0.1:8000")
    with pytest.raises(FolderTaken, match=f"process {other_process.pid}, serving http://127.0.0.1:8000") as error:
        FolderLock(tmp_path).acquire()
    assert error.value.holder == found


def test_the_lock_of_a_killed_process_is_taken_over(tmp_path: Path, other_process: subprocess.Popen[str]) -> None:
    """What a killed process left behind holds nobody up."""
    os.kill(other_process.pid, signal.SIGKILL)
    other_process.wait()
    assert (tmp_path / LOCK_FILE).read_text(encoding="utf8") != ""
    assert holder(tmp_path) is None
    with FolderLock(tmp_path):
        pass


@pytest.mark.usefixtures("other_process")
def test_an_unreadable_lock_file_still_locks(tmp_path: Path) -> None:
    """The lock is the operating system's; the file's content only tells about the holder."""
    (tmp_path / LOCK_FILE).write_text("{", encoding="utf8")
    with pytest.raises(FolderTaken, match="an unknown time"):
        FolderLock(tmp_path).acquire()


def test_asking_for_the_holder_keeps_nobody_out(tmp_path: Path) -> None:
    """Who only asks has the lock for a moment; the folder is not taken for that."""
    (tmp_path / LOCK_FILE).touch()
    with (tmp_path / LOCK_FILE).open(encoding="utf8") as asking:
        fcntl.flock(asking, fcntl.LOCK_SH)
        threading.Timer(0.05, lambda: fcntl.flock(asking, fcntl.LOCK_UN)).start()
        with FolderLock(tmp_path):
            assert holder(tmp_path) is not None


def test_releasing_twice_is_harmless(tmp_path: Path) -> None:
    """A lock that is not held is released without ado."""
    lock = FolderLock(tmp_path)
    lock.release()
    lock.acquire()
    lock.release()
    lock.release()
    assert holder(tmp_path) is None
