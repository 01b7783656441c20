"""How long work is watched: whoever starts it says how."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

Item = TypeVar("Item")


class Progress(Protocol):
    """Hands items on and shows how many are done."""

    def __call__(self, items: Sequence[Item], what: str, /) -> Iterable[Item]:
        """The items, one after the other. what: names the work."""


def silent(items: Sequence[Item], _what: str, /) -> Iterable[Item]:
    """Shows nothing."""
    return items
