"""What could not be read, kept so that it can be mended and tried again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gave no article.

    where: the path, "path:line" in JSON lines, "path#number" in a JSON array, "<stdin>" for the path of standard input.
    raw: the JSON record, to be tried again; None where the whole file failed. origin: absolute path of its file.
    """

    where: str
    reason: str
    raw: str | None = None
    origin: str | None = None
