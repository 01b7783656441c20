"""JSON that no database takes: Python reads more than others store."""

from __future__ import annotations

from collections.abc import Mapping

MAX_DEPTH = 60
INT64 = range(-(2**63), 2**63)


class NotStorable(ValueError):
    """A value that cannot be handed on; the message says which and why."""


def check_text(value: object, *, where: str = "", depth: int = 0) -> None:
    """Raise NotStorable where `value`, read from JSON, holds what cannot be sent to a database.

    These are halves of surrogate pairs (no UTF-8), whole numbers beyond 64 bits, and nesting without end.
    """
    if depth > MAX_DEPTH:
        raise NotStorable(f"{where}: nested more than {MAX_DEPTH} deep")
    if isinstance(value, str):
        _check_string(value, where)
    elif isinstance(value, int) and value not in INT64:
        raise NotStorable(f"{where}: whole numbers have at most 64 bits")
    elif isinstance(value, Mapping):
        for name, item in value.items():
            _check_string(name, where)
            check_text(item, where=f"{where}.{name}" if where else name, depth=depth + 1)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            check_text(item, where=f"{where}[{number}]", depth=depth + 1)


def _check_string(text: str, where: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise NotStorable(f"{where}: half a surrogate pair at character {error.start}; send valid Unicode") from None
