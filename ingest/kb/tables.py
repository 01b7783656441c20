"""Reads and checks the files of the knowledge base; all problems of all files are told at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.resources.abc import Traversable

from ingest.kb.own_entities import read_own_entities
from ingest.kb.schema import (
    ENTITY_COLUMNS,
    MOST_PROMINENT,
    PROMINENCE_COLUMNS,
    RELATION_COLUMNS,
    EntityRow,
    Report,
    parse_entity,
    parse_relation,
)
from ingest.kb.wide import WIDE_COLUMNS, WIDE_FILES, WideRow, parse_wide


class KnowledgeBaseError(ValueError):
    """The files cannot be used. `problems` holds all of them, each as "file:line: what is wrong"."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join((f"the knowledge base has {len(problems)} problem(s):", *problems)))


@dataclass(slots=True)
class Tables:
    """What has been read so far. The last row of a key counts; `places` says where each stands.

    relations: lines as they stand, with their places. prominence: how much in the news an entity is, 1 to 9.
    contents: every file, by name.
    """

    entities: dict[str, EntityRow] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    relations: dict[str, str] = field(default_factory=dict)
    prominence: dict[str, int] = field(default_factory=dict)
    wide: list[WideRow] = field(default_factory=list)
    contents: list[tuple[str, bytes]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def report(self, place: str, problem: str) -> None:
        """Note a problem."""
        self.problems.append(f"{place}: {problem}")


def read_tables(*sources: Traversable, wide: bool = True) -> Tables:
    """Read folders of tables and files of own entities, each merged over those before it.

    wide: whether also the rows of the wide layer are read.

    Raises:
        KnowledgeBaseError: with every problem of every file.
    """
    tables = Tables()
    for source in sources:
        if source.is_file():
            read_own_entities(source, tables)
        else:
            _read_folder(source, tables, wide=wide)
    _check_references(tables)
    if tables.problems:
        raise KnowledgeBaseError(tables.problems)
    return tables


def _read_folder(folder: Traversable, tables: Tables, *, wide: bool) -> None:
    if not folder.is_dir():
        tables.report(str(folder), "is neither a folder nor a file")
        return
    own: set[str] = set()  # keys of this folder: within one folder a key stands once
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        if file.name.endswith(".tsv") and (wide or not file.name.startswith(WIDE_FILES)):
            _read_file(file.name, file.read_bytes(), tables, own)


def _read_file(name: str, content: bytes, tables: Tables, own: set[str]) -> None:
    tables.contents.append((name, content))
    if name.startswith("entities_"):
        _read_entities(name, content, tables, own)
    elif name.startswith("relations"):
        _read_relations(name, content, tables)
    elif name.startswith("prominence"):
        _read_prominence(name, content, tables)
    elif name.startswith(WIDE_FILES):
        _read_wide(name, content, tables)
    else:
        tables.report(name, "is none of entities_*.tsv, relations*.tsv, prominence*.tsv and wide_*.tsv")


def _read_entities(name: str, content: bytes, tables: Tables, own: set[str]) -> None:
    for place, cells in _lines(name, content, ENTITY_COLUMNS, tables):
        row = parse_entity(cells, partial(tables.report, place))
        if row.key in own:
            tables.report(place, f"key {row.key!r} stands already in {tables.places[row.key]}")
        own.add(row.key)
        tables.entities[row.key] = row
        tables.places[row.key] = place


def _read_relations(name: str, content: bytes, tables: Tables) -> None:
    for place, cells in _lines(name, content, RELATION_COLUMNS, tables):
        parse_relation(cells, partial(tables.report, place))
        tables.relations.setdefault("\t".join(cells), place)


def _read_prominence(name: str, content: bytes, tables: Tables) -> None:
    for place, (key, points) in _lines(name, content, PROMINENCE_COLUMNS, tables):
        if not points.isdecimal() or not 1 <= int(points) <= MOST_PROMINENT:
            tables.report(place, f"{points!r} is not a number from 1 to {MOST_PROMINENT}")
        elif key not in tables.entities:
            tables.report(place, f"no entity has the key {key!r}")
        else:
            tables.prominence[key] = int(points)


def _read_wide(name: str, content: bytes, tables: Tables) -> None:
    for place, cells in _lines(name, content, WIDE_COLUMNS, tables):
        tables.wide.append(parse_wide(cells, partial(tables.report, place)))


def _lines(name: str, content: bytes, columns: Sequence[str], tables: Tables) -> Iterator[tuple[str, Sequence[str]]]:
    """The data rows of one file with their places; a file that is no table of ours has none."""
    try:
        lines = content.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        tables.report(name, f"is not UTF-8: {error}")
        return
    if lines[0].split("\t") != list(columns):
        tables.report(f"{name}:1", f"the header must be {' '.join(columns)}, separated by tabs")
        return
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if len(cells) == len(columns):
            yield f"{name}:{number}", cells
        elif line:
            tables.report(f"{name}:{number}", f"has {len(cells)} cells instead of {len(columns)}")


def _check_references(tables: Tables) -> None:
    taken: dict[str, str] = {}
    for row in tables.entities.values():
        report = partial(tables.report, tables.places[row.key])
        if row.id in taken:
            report(f"id {row.id} is that of {taken[row.id]!r} too")
        taken.setdefault(row.id, row.key)
        _check_entity_references(row, tables.entities, report)
    for row in tables.entities.values():
        for former in row.flags.former_ids:
            if former in taken:
                tables.report(tables.places[row.key], f"former id {former} is the id of {taken[former]!r}")
    for relation, place in tables.relations.items():
        source, _, target, _ = relation.split("\t", 3)
        for key in (source, target):
            if key not in tables.entities:
                tables.report(place, f"no entity has the key {key!r}")


def _check_entity_references(row: EntityRow, entities: Mapping[str, EntityRow], report: Report) -> None:
    references = (("country", row.country, ("state",)), ("stands_for", row.flags.stands_for, ("state", "organization")))
    for name, key, types in references:
        if key is None:
            continue
        if key not in entities:
            report(f"{name}: no entity has the key {key!r}")
        elif entities[key].type not in types:
            report(f"{name}: {key!r} is a {entities[key].type}, not a {' or '.join(types)}")
