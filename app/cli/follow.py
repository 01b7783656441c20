"""What a user sees of a running ingest: a progress bar, a report file, the failures, the summary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Protocol

from app.cli.output import remark, to_json
from app.ingestion import Progress, Result, Summary

SHOWN_FAILURES = 10


class Show(Protocol):
    """Moves a bar."""

    def __call__(self, done: int, of: int | None = None, /) -> None:
        """`done` are done, of `of` where that is known by now."""
        ...


@contextmanager
def following(*, total: int | None, report: Path | None) -> Iterator[Progress]:
    """Take the results of each batch: move the bar on a terminal, write the report, tell the first failures."""
    tell_failures = _FailureTeller()
    done = 0
    with ExitStack() as stack:
        write_report = stack.enter_context(_report(report)) if report is not None else None
        show = stack.enter_context(showing("articles", total=total))

        def follow(results: Sequence[Result]) -> None:
            nonlocal done
            done += len(results)
            if write_report is not None:
                write_report(results)
            tell_failures(results)
            show(done)

        yield follow


@contextmanager
def _report(path: Path) -> Iterator[Progress]:
    """One JSON line for each input, written once its batch is committed: what stands there is stored."""
    with path.open("w", encoding="utf-8") as file:

        def write(results: Sequence[Result]) -> None:
            file.writelines(_report_line(result) for result in results)
            file.flush()

        yield write


@contextmanager
def showing(what: str, *, total: int | None = None) -> Iterator[Show]:
    """A bar on a terminal's standard error with the rate and, where the total is known, the time left.

    Yields a function that takes how many are done and, where that was not known before, of how many.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TimeRemainingColumn
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed or 0:.0f}/s")

    console = Console(stderr=True)
    columns = (what, BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done, of=None: bar.update(task, completed=done, total=total if of is None else of)


class _FailureTeller:
    """Tells the first failures on standard error; the rest stand in the failures that are kept."""

    def __init__(self) -> None:
        self._told = 0

    def __call__(self, results: Sequence[Result]) -> None:
        for result in results:
            if result.outcome == "failed" and self._told < SHOWN_FAILURES:
                self._told += 1
                remark(f"failed: {result.where or result.given_id or result.id}: {result.reason}")


def summary_text(summary: Summary) -> str:
    """The summary of a run in one line."""
    articles = summary.new + summary.changed + summary.same + summary.failed
    return (
        f"{articles} articles in {summary.seconds:.1f} s: {summary.new} new, {summary.changed} changed, "
        f"{summary.same} same, {summary.failed} failed; {summary.mentions} mentions of {summary.entities} entities"
        + (f"; {summary.warnings} warnings" if summary.warnings else "")
    )


def summary_json(summary: Summary) -> str:
    """The summary of a run as one line of JSON."""
    return to_json({**asdict(summary), "seconds": round(summary.seconds, 3)})


def _report_line(result: Result) -> str:
    fields = ("id", "given_id", "outcome", "reason", "where")
    return to_json({name: getattr(result, name) for name in fields}) + "\n"
