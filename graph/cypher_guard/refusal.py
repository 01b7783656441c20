"""How the checks say no: inside the package by offset alone, to the outside with line and column."""

from __future__ import annotations

from graph.errors import StatementRefused


class Refusal(Exception):
    """A check's objection at an offset (in code points); `check` turns it into a `StatementRefused`."""

    def __init__(self, reason: str, offset: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.offset = offset

    def of(self, statement: str) -> StatementRefused:
        """The error for callers: reason, line and column (from 1), offset (from 0) and the statement."""
        before = statement[: self.offset]
        line = before.count("\n") + 1
        column = self.offset - (before.rfind("\n") + 1) + 1
        return StatementRefused(
            f"{self.reason} (line {line}, column {column})",
            statement=statement,
            line=line,
            column=column,
            offset=self.offset,
        )
