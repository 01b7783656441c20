"""Log lines go to standard error, and no library tells secrets there."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from app.logs import configure_logging, counting_warnings


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.parametrize(
    ("options", "levels"),
    [({}, {"warning"}), ({"verbose": True}, {"warning", "info"}), ({"debug": True}, {"warning", "info", "debug"})],
)
def test_how_much_is_told_can_be_chosen(
    capsys: pytest.CaptureFixture[str], options: dict[str, bool], levels: set[str]
) -> None:
    """Warnings alone, also what goes on, or everything; nothing of it on standard output."""
    configure_logging(**options)
    log = logging.getLogger("app.test")
    for level in ("debug", "info", "warning"):
        getattr(log, level)("a %s line", level)
    told = capsys.readouterr()
    assert told.out == ""
    assert {level for level in ("debug", "info", "warning") if f"a {level} line" in told.err} == levels


def test_requests_of_libraries_are_not_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Even with everything told, single requests and queries are left out: they may hold secrets."""
    configure_logging(debug=True)
    logging.getLogger("httpx").info("GET with a key")
    logging.getLogger("neo4j.io").debug("HELLO with a password")
    assert capsys.readouterr().err == ""


def test_warnings_of_a_part_are_counted() -> None:
    """Those of the logger and below it count, others and lesser ones do not, nor those after the end."""
    with counting_warnings("ingest") as counter:
        logging.getLogger("ingest").warning("one")
        logging.getLogger("ingest.dates").warning("two")
        logging.getLogger("ingest").info("no")
        logging.getLogger("graph").warning("no")
    logging.getLogger("ingest").warning("no")
    assert counter.count == 2
