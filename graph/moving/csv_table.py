"""One file of Neo4j's bulk importer: all nodes of a label, or all relationships of a type.

Types of columns become known with the values, so the header, a file of its own, is written last. A field that is empty
stands for a property that is not there, whatever its type; so which properties are an empty list, or a list of one
empty text, stands in two columns of their own.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from pathlib import Path
from typing import Any

from graph.moving.content import Item
from graph.moving.errors import DelimiterTaken, NotForImport

EMPTY, BLANK = "eig_empty", "eig_blank"
NODES = ("Graph", "Article", "Entity", "FormerId")
# Where relationships begin that do not begin at an entity; all of them end at one.
STARTS = {"MENTIONS": "Article", "NOW": "FormerId"}


class Table:
    """Writes one file, open as a context manager; its header stands beside it at the end.

    columns: names of the properties. delimiter: parts the elements of a list. `patched` says whether any row needs the
    two columns, `longest` how many characters the longest row has.
    """

    def __init__(self, folder: Path, kind: str, *, columns: Collection[str], delimiter: str) -> None:
        self.kind = kind
        self.patched = False
        self.longest = 0
        self._delimiter = delimiter
        self._columns = [name for name in columns if name != "id" or kind not in NODES]
        self._types: dict[str, str] = {}
        self._path = folder / f"{kind}.csv"
        self._header = folder / f"{kind}-header.csv"
        self._file = self._path.open("w", encoding="utf-8", newline="")

    def __enter__(self) -> Table:
        return self

    def __exit__(self, *raised: object) -> None:
        self._file.close()
        if raised[0] is None:
            self._header.write_text(self._names(), encoding="utf-8")

    @property
    def option(self) -> str:
        """What names this file to the importer."""
        sort = "nodes" if self.kind in NODES else "relationships"
        return f"--{sort}={self.kind}={self._header.name},{self._path.name}"

    def write(self, item: Item) -> None:
        """Add a row. Raises DelimiterTaken and NotForImport where a value cannot be written."""
        properties = item.properties
        empty = [name for name in self._columns if properties.get(name) == []]
        blank = [name for name in self._columns if properties.get(name) == [""]]
        fields = [quoted(item.source)] if item.target is None else [quoted(item.source), quoted(item.target)]
        fields += [quoted(self._delimiter.join(names)) if names else "" for names in (empty, blank)]
        fields += [self._field(name, properties.get(name)) for name in self._columns]
        line = ",".join(fields)
        self._file.write(line + "\n")
        self.longest = max(self.longest, len(line))
        self.patched = self.patched or bool(empty or blank)

    def _type(self, name: str, value: Any) -> str:
        if isinstance(value, list):
            kinds = {self._type(name, each) for each in value}
            if len(kinds) > 1:
                raise self._refused(name, f"is a list of {' and '.join(sorted(kinds))}")
            return f"{kinds.pop()}[]"
        for python, kind in ((bool, "boolean"), (int, "long"), (float, "double"), (str, "string")):
            if isinstance(value, python):
                return kind
        raise self._refused(name, f"holds a {type(value).__name__}")

    def _refused(self, name: str, why: str) -> NotForImport:
        return NotForImport(
            f"{self.kind}.{name} {why}, which the importer's files cannot carry: use `eig move` for this graph"
        )

    def _field(self, name: str, value: Any) -> str:
        if value is None or value in ([], [""]):
            return ""
        kind = self._type(name, value)
        if self._types.setdefault(name, kind) != kind:
            raise self._refused(name, f"is {self._types[name]} in one place and {kind} in another")
        if isinstance(value, list):
            return quoted(self._delimiter.join(self._element(each) for each in value))
        return quoted(value) if isinstance(value, str) else bare(value)

    def _element(self, value: Any) -> str:
        if not isinstance(value, str):
            return bare(value)
        if self._delimiter in value:
            raise DelimiterTaken
        return value

    def _names(self) -> str:
        if self.kind in NODES:
            ends = [f"id:ID({self.kind})"]
        else:
            ends = [f":START_ID({STARTS.get(self.kind, 'Entity')})", ":END_ID(Entity)"]
        own = [f"{name}:{self._types.get(name, 'string[]')}" for name in self._columns]
        return ",".join([*ends, f"{EMPTY}:string[]", f"{BLANK}:string[]", *own]) + "\n"


def quoted(text: str) -> str:
    """A text as a field: nothing in it is special but the quote, which is doubled."""
    return '"' + text.replace('"', '""') + '"'


def bare(value: bool | int | float) -> str:
    """A number or a truth value, as Java reads it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return "NaN" if value != value else repr(value)
