"""Answers that were made already, so that a page with many readers draws each box once for each state of the graph."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

MOST = 500


@dataclass(frozen=True, slots=True)
class Made:
    """The body of an answer, and a tag that is another for another body. `style` is the source of its style sheet."""

    body: bytes
    style: str = ""

    @property
    def tag(self) -> str:
        """A weak entity tag as HTTP writes it: the body may be sent compressed."""
        return f'W/"{hashlib.sha256(self.body).hexdigest()[:24]}"'


class Shelf:
    """Keeps the answers that were asked for last."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Made] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What is kept under the key, or else what `make` gives, which is kept from then on."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made
