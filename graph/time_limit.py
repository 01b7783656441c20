"""Time limits of an engine that knows only one, for all statements alike.

A statement's deadline is fixed when it starts. So the limit is set while a stranger's statement is on its way and taken
away afterwards. A statement of ours that happened to start meanwhile, and ran into the limit, is run again with no
stranger about.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class TimeLimit:
    """Who may run now, and under which limit. `set_limit` tells the engine: seconds, 0 for none."""

    def __init__(self, set_limit: Callable[[float], None]) -> None:
        self._set_limit = set_limit
        self._changed = threading.Condition()
        self._strangers = 0
        self._ours_alone = 0

    @contextmanager
    def limited(self, seconds: float) -> Iterator[None]:
        """For a stranger's statement: what starts inside is stopped after `seconds`. Waits for `unlimited` to end."""
        with self._changed:
            self._changed.wait_for(lambda: not self._ours_alone)
            self._strangers += 1
            self._set_limit(seconds)
        try:
            yield
        finally:
            with self._changed:
                self._strangers -= 1
                if not self._strangers:
                    self._set_limit(0)
                self._changed.notify_all()

    @contextmanager
    def unlimited(self) -> Iterator[None]:
        """For a statement of ours that was stopped: waits until no stranger's is on its way, and holds others off."""
        with self._changed:
            self._ours_alone += 1
            self._changed.wait_for(lambda: not self._strangers)
        try:
            yield
        finally:
            with self._changed:
                self._ours_alone -= 1
                self._changed.notify_all()
