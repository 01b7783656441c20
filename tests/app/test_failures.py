"""Failed inputs are kept until they succeed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.failures import FailureList, FailureLog
from graph.model import Article
from ingest.sources import Failure

GOOD = json.dumps({"title": "Talks", "text": "Iran and Oman talked."})


def collect(items: Iterator[Article | Failure], again: FailureList) -> list[Article | Failure]:
    """An ingest that takes every article and hands failures back."""
    seen = list(items)
    for item in seen:
        if isinstance(item, Failure):
            again.add(item)
    return seen


def test_nothing_is_kept_where_nothing_failed(tmp_path: Path) -> None:
    """A folder without failures has an empty list and no file."""
    log = FailureLog(tmp_path / "home")
    assert log.entries() == []
    assert log.retry(collect) == []
    assert not log.path.exists()


def test_a_failure_is_kept_with_all_that_a_retry_needs(tmp_path: Path) -> None:
    """Where, reason, record and origin are read back as they were, with a time in UTC."""
    log = FailureLog(tmp_path / "home")
    log.add(Failure("a.jsonl:3", "no text", '{"id": 1}', "/news/a.jsonl"))
    (entry,) = log.entries()
    assert (entry.where, entry.reason, entry.raw, entry.origin) == (
        "a.jsonl:3",
        "no text",
        '{"id": 1}',
        "/news/a.jsonl",
    )
    assert entry.at.endswith("+00:00")


def test_an_input_that_fails_again_stands_there_once(tmp_path: Path) -> None:
    """The last reason counts."""
    log = FailureLog(tmp_path)
    log.add(Failure("a", "first", "{}"))
    log.add(Failure("b", "other", None))
    log.add(Failure("a", "second", "{}"))
    assert [(entry.where, entry.reason) for entry in log.entries()] == [("a", "second"), ("b", "other")]


def test_a_retry_that_succeeds_empties_the_list(tmp_path: Path) -> None:
    """A record that reads as an article now, and a file that is there now, leave the list."""
    missing = tmp_path / "later.md"
    log = FailureLog(tmp_path / "home")
    log.add(Failure("a.jsonl:1", "out of memory", GOOD, "/news/a.jsonl"))
    log.add(Failure(str(missing), "there is no such file", None))
    missing.write_text("# Later\n\nHezbollah and Lebanon.\n", encoding="utf-8")
    seen = log.retry(collect)
    assert [item.title for item in seen if isinstance(item, Article)] == ["Talks", "Later"]
    assert not log.path.exists()


def test_a_retry_keeps_what_fails_again(tmp_path: Path) -> None:
    """What is still no article stays, with its record, its origin and the new reason."""
    log = FailureLog(tmp_path)
    log.add(Failure("a.jsonl:1", "old reason", "{", "/news/a.jsonl"))
    log.add(Failure("a.jsonl:2", "old reason", GOOD))
    log.retry(collect)
    (entry,) = log.entries()
    assert (entry.where, entry.raw, entry.origin) == ("a.jsonl:1", "{", "/news/a.jsonl")
    assert entry.reason != "old reason"


def test_standard_input_is_not_read_again(tmp_path: Path) -> None:
    """What failed as a whole on standard input stays on the list and says what to do."""
    log = FailureLog(tmp_path)
    log.add(Failure("<stdin>", "it looks like a binary file", None))
    log.retry(collect)
    assert "eig ingest" in log.entries()[0].reason


def test_a_retry_that_is_broken_off_loses_nothing(tmp_path: Path) -> None:
    """The list is rewritten only after all of it was tried."""
    log = FailureLog(tmp_path)
    log.add(Failure("a.jsonl:1", "reason", GOOD))

    def die(items: Iterator[Article | Failure], again: FailureList) -> None:
        collect(items, again)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        log.retry(die)
    assert [entry.where for entry in log.entries()] == ["a.jsonl:1"]


def test_what_fails_during_a_retry_is_kept(tmp_path: Path) -> None:
    """A failure that another process adds meanwhile is not lost."""
    log = FailureLog(tmp_path)
    log.add(Failure("a.jsonl:1", "reason", GOOD))

    def meanwhile(items: Iterator[Article | Failure], again: FailureList) -> None:
        collect(items, again)
        FailureLog(tmp_path).add(Failure("other.jsonl:9", "other", "{}"))

    log.retry(meanwhile)
    assert [entry.where for entry in log.entries()] == ["other.jsonl:9"]


def test_a_line_that_was_cut_short_is_passed_over(tmp_path: Path) -> None:
    """A process killed while it wrote does not spoil the list."""
    log = FailureLog(tmp_path)
    log.add(Failure("a", "reason", None))
    with log.path.open("a", encoding="utf-8") as file:
        file.write('{"where": "b", "rea\n{"where": "c"}\n')
    assert [entry.where for entry in log.entries()] == ["a"]
