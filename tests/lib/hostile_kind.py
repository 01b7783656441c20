"""What a kind of hostile statements is, and how long ones are written down."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Kind:
    """Statements that try the same thing. `{PORT}` in them stands for a port where nobody should call."""

    name: str
    tries: str
    statements: tuple[str, ...]
    parameters: dict[str, Any] = field(default_factory=dict)


def repeated(before: str, unit: str, times: int, after: str = "", close: str = "") -> str:
    """A statement with so many units in it, and as many closing signs behind."""
    return before + unit * times + after + close * times


def joined(before: str, pieces: list[str], separator: str, after: str = "") -> str:
    """A statement with pieces and a separator between them."""
    return before + separator.join(pieces) + after
