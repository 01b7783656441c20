"""Where log lines go: to standard error, so that standard output holds answers alone."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

# These tell every request or query at INFO, some of them in confidence.
CHATTY = ("httpx", "httpcore", "neo4j", "trafilatura", "htmldate", "courlan")


class StandardError(logging.Handler):
    """Writes to whatever is standard error at that moment: a progress bar may have taken its place."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        sys.stderr.write(f"{self.format(record)}\n")


def configure_logging(*, verbose: bool = False, debug: bool = False) -> None:
    """Send log lines to standard error: warnings alone, with `verbose` also what goes on, with `debug` everything.

    What other libraries say of single requests is left out even then: it may hold secrets.
    """
    handler = StandardError()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.DEBUG if debug else logging.INFO if verbose else logging.WARNING)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


class WarningCounter(logging.Handler):
    """Counts the warnings of a logger."""

    def __init__(self) -> None:
        super().__init__(level=logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Count one."""
        self.count += record.levelno >= logging.WARNING


@contextmanager
def counting_warnings(name: str) -> Iterator[WarningCounter]:
    """Count the warnings of the logger `name` and those below it until the end of the block."""
    counter = WarningCounter()
    logger = logging.getLogger(name)
    logger.addHandler(counter)
    try:
        yield counter
    finally:
        logger.removeHandler(counter)
