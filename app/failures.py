"""Inputs that failed, kept in the home folder until they succeed.

One JSON line each: `where` it came from, the `reason`, the `raw` record (null where the whole file is to be read
again), `origin`, the absolute path of its file, and `at`, the time in UTC.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from graph.model import Article
from ingest.articles import article_from_json
from ingest.sources import Failure, read

FILE_NAME = "failures.jsonl"
STDIN = "<stdin>"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class KeptFailure:
    """One failed input with the time it last failed."""

    where: str
    reason: str
    raw: str | None
    origin: str | None
    at: str


class FailureLog:
    """The failures kept in one folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME

    def add(self, failure: Failure) -> None:
        """Keep one failure; it is in the file when this returns."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(_line(failure))

    def entries(self) -> list[KeptFailure]:
        """What is kept, oldest first; an input that failed several times stands there once, as it failed last."""
        if not self.path.exists():
            return []
        lines = self.path.read_text(encoding="utf-8").splitlines()
        kept = [entry for line in lines if (entry := _entry(line)) is not None]
        return list({(entry.where, entry.raw): entry for entry in kept}.values())

    def retry(self, ingest: Callable[[Iterator[Article | Failure], FailureList], T]) -> T:
        """Hand every kept input to `ingest`, then keep only what failed again. Returns what `ingest` returned.

        The file is rewritten in one step at the end: a run that is broken off loses nothing.
        """
        tried = self.entries()
        again = FailureList()
        answer = ingest(_items(tried), again)
        done = {(entry.where, entry.raw) for entry in tried}
        meanwhile = [entry for entry in self.entries() if (entry.where, entry.raw) not in done]
        self._rewrite([*(_dump(entry) for entry in meanwhile), *(_line(failure) for failure in again.failures)])
        return answer

    def _rewrite(self, lines: Sequence[str]) -> None:
        if not lines:
            self.path.unlink(missing_ok=True)
            return
        draft = self.path.with_suffix(".tmp")
        with draft.open("w", encoding="utf-8") as file:
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.path)


class FailureList:
    """Failures kept in memory."""

    def __init__(self) -> None:
        self.failures: list[Failure] = []

    def add(self, failure: Failure) -> None:
        """Keep one failure."""
        self.failures.append(failure)


def _items(entries: Sequence[KeptFailure]) -> Iterator[Article | Failure]:
    for entry in entries:
        if entry.raw is not None:
            yield _article(entry, entry.raw)
        elif entry.where.startswith(STDIN):
            yield Failure(entry.where, "standard input cannot be read again: give it to eig ingest once more")
        else:
            yield from read([entry.origin or entry.where])


def _article(entry: KeptFailure, raw: str) -> Article | Failure:
    try:
        return article_from_json(json.loads(raw), origin=entry.origin)
    except (ValueError, RecursionError) as error:
        return Failure(entry.where, str(error), raw, entry.origin)


def _line(failure: Failure) -> str:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return _dump(KeptFailure(failure.where, failure.reason, failure.raw, failure.origin, now))


def _dump(entry: KeptFailure) -> str:
    return json.dumps(asdict(entry)) + "\n"


def _entry(line: str) -> KeptFailure | None:
    """One line of the file; None for a line cut short by a killed process."""
    try:
        fields: dict[str, Any] = json.loads(line)
        return KeptFailure(**fields)
    except (ValueError, TypeError):
        return None
