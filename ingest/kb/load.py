"""Reads the knowledge base's files into one immutable KnowledgeBase, or says everything that is wrong with them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from graph.model import Entity, Relation
from ingest.kb.schema import (
    ENTITY_COLUMNS,
    RELATION_COLUMNS,
    EntityRow,
    KbEntity,
    RelationRow,
    Report,
    parse_entity,
    parse_relation,
)

Row = TypeVar("Row", EntityRow, RelationRow)


class KnowledgeBaseError(ValueError):
    """The files cannot be used. `problems` holds all of them, each as "file:line: what is wrong"."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join((f"the knowledge base has {len(problems)} problem(s):", *problems)))


class KnowledgeBase:
    """Entities with their names, and the relations between them. Immutable."""

    __slots__ = ("_by_id", "_relations", "entities", "version")

    version: str
    """Names the content: equal files give an equal version ("kb-3f2a9c01")."""
    entities: Mapping[str, KbEntity]
    """Every entity by its key, in file order."""

    def __init__(self, *, version: str, entities: Mapping[str, KbEntity], relations: Iterable[Relation]) -> None:
        self.version = version
        self.entities = MappingProxyType(dict(entities))
        self._by_id = {item.entity.id: item for item in entities.values()}
        touching: defaultdict[str, list[Relation]] = defaultdict(list)
        for relation in relations:
            touching[relation.source].append(relation)
            touching[relation.target].append(relation)
        self._relations = {entity_id: tuple(found) for entity_id, found in touching.items()}

    def by_id(self, entity_id: str) -> KbEntity | None:
        """The entity with this graph id (not a former one), or None."""
        return self._by_id.get(entity_id)

    def relations_of(self, entity_id: str) -> tuple[Relation, ...]:
        """Every relation that the entity with this graph id is the source or the target of, in file order."""
        return self._relations.get(entity_id, ())


@dataclass(slots=True)
class _Tables:
    """What has been read so far. The last row of a key counts; `places` says where each stands."""

    entities: dict[str, EntityRow] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    relations: dict[RelationRow, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def report(self, place: str, problem: str) -> None:
        self.problems.append(f"{place}: {problem}")


def load_knowledge_base(*extra: Path) -> KnowledgeBase:
    """Load our own files and merge more folders of the same schema over them.

    Args:
        extra: folders with `entities_*.tsv` and `relations*.tsv`. A row whose key is known replaces the earlier row;
            relations are added.

    Raises:
        KnowledgeBaseError: with every problem of every file.
    """
    return load_folders(files("ingest.kb") / "data", *extra)


def load_folders(*folders: Traversable) -> KnowledgeBase:
    """Load the given folders alone, each merged over those before it.

    Raises:
        KnowledgeBaseError: with every problem of every file.
    """
    tables = _Tables()
    digest = hashlib.sha256()
    for folder in folders:
        _read_folder(folder, tables, digest)
    _check_references(tables)
    if tables.problems:
        raise KnowledgeBaseError(tables.problems)
    return KnowledgeBase(
        version=f"kb-{digest.hexdigest()[:8]}",
        entities={row.key: _entity(row, tables.entities) for row in tables.entities.values()},
        relations=[_relation(row, tables.entities) for row in tables.relations],
    )


def _read_folder(folder: Traversable, tables: _Tables, digest: hashlib._Hash) -> None:
    if not folder.is_dir():
        tables.report(str(folder), "is not a folder")
        return
    own: set[str] = set()  # keys of this folder: within one folder a key stands once
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        if not file.name.endswith(".tsv"):
            continue
        content = file.read_bytes()
        digest.update(b"%s\0%d\0" % (file.name.encode(), len(content)) + content)
        if file.name.startswith("entities_"):
            _read_entities(file.name, content, tables, own)
        elif file.name.startswith("relations"):
            _read_relations(file.name, content, tables)
        else:
            tables.report(file.name, "is neither entities_*.tsv nor relations*.tsv")


def _read_entities(name: str, content: bytes, tables: _Tables, own: set[str]) -> None:
    for place, cells in _lines(name, content, ENTITY_COLUMNS, tables):
        row = parse_entity(cells, partial(tables.report, place))
        if row.key in own:
            tables.report(place, f"key {row.key!r} stands already in {tables.places[row.key]}")
        own.add(row.key)
        tables.entities[row.key] = row
        tables.places[row.key] = place


def _read_relations(name: str, content: bytes, tables: _Tables) -> None:
    for place, cells in _lines(name, content, RELATION_COLUMNS, tables):
        row = parse_relation(cells, partial(tables.report, place))
        tables.relations.setdefault(row, place)


def _lines(name: str, content: bytes, columns: Sequence[str], tables: _Tables) -> Iterator[tuple[str, Sequence[str]]]:
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


def _check_references(tables: _Tables) -> None:
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
        for key in (relation.source, relation.target):
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


def _entity(row: EntityRow, entities: Mapping[str, EntityRow]) -> KbEntity:
    entity = Entity(
        id=row.id,
        name=row.name,
        type=row.type,
        wikidata_id=row.wikidata_id,
        wikipedia=row.wikipedia,
        description=row.description,
        country=entities[row.country].id if row.country else None,
        aliases=tuple(alias.form for alias in row.aliases[1:] if not alias.never),
        former_ids=row.flags.former_ids,
    )
    return KbEntity(
        key=row.key,
        entity=entity,
        aliases=row.aliases,
        stands_for=row.flags.stands_for,
        is_source=row.flags.is_source,
    )


def _relation(row: RelationRow, entities: Mapping[str, EntityRow]) -> Relation:
    return Relation(
        source=entities[row.source].id,
        type=row.type,
        target=entities[row.target].id,
        office=row.office,
        since=row.since,
        until=row.until,
        reference=row.reference,
    )
