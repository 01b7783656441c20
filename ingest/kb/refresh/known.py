"""What the knowledge base holds, as far as it is compared with Wikidata."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from graph.model import EntityType, RelationType
from ingest.kb.schema import OFFICE_RELATIONS, EntityRow, RelationRow, parse_relation, unreported
from ingest.kb.tables import Tables
from ingest.kb.wide import Term, WideRow

SYMMETRIC: Final[frozenset[RelationType]] = frozenset(("ALLIED_WITH", "OPPOSES"))


@dataclass(frozen=True, slots=True)
class Known:
    """An entity of the knowledge base with its row.

    id: the Wikidata id or empty. key: of a curated entity, else empty. forms: every form that it is known under.
    terms: offices it holds or held; the area is a key or a name.
    """

    id: str
    key: str
    name: str
    title: str
    type: EntityType
    country: str
    forms: frozenset[str]
    terms: tuple[Term, ...]
    row: EntityRow | WideRow


@dataclass(slots=True)
class KnownBase:
    """Every entity by Wikidata id and by title; the curated one is right where both layers have one.

    states: key of each state by id. ties: relations without an office, by source key. references: of a curated
    entity's relations, by its key and the term.
    """

    by_id: dict[str, Known] = field(default_factory=dict)
    by_title: dict[str, Known] = field(default_factory=dict)
    by_key: dict[str, Known] = field(default_factory=dict)
    others: list[Known] = field(default_factory=list)
    states: dict[str, str] = field(default_factory=dict)
    ties: dict[str, list[Term]] = field(default_factory=dict)
    references: dict[tuple[str, Term], str] = field(default_factory=dict)

    def find(self, own_id: str, title: str = "") -> Known | None:
        """The entity with this id, or else with this title."""
        return self.by_id.get(own_id) or (self.by_title.get(title) if title else None)

    def key_of(self, own_id: str) -> str:
        """The key of the curated entity with this id, or an empty text."""
        return self.by_id[own_id].key if own_id in self.by_id else ""

    def entities(self) -> Iterator[Known]:
        """Every entity, curated ones first."""
        yield from self.by_key.values()
        yield from self.others

    def add(self, entity: Known) -> None:
        """Add an entity, unless one that was added before has its id or its title."""
        if entity.key:
            self.by_key[entity.key] = entity
        elif entity.id in self.by_id or entity.title in self.by_title:
            return
        else:
            self.others.append(entity)
        if entity.id:
            self.by_id.setdefault(entity.id, entity)
        if entity.title:
            self.by_title.setdefault(entity.title, entity)


def known_base(tables: Tables) -> KnownBase:
    """What tables hold."""
    base = KnownBase()
    terms: dict[str, list[Term]] = {}
    for row in _relations(tables.relations):
        term = Term(row.office or row.type, row.target, row.since or "", row.until or "")
        held = row.type in OFFICE_RELATIONS
        (terms if held else base.ties).setdefault(row.source, []).append(term)
        base.references[row.source, term] = row.reference
    for entity in tables.entities.values():
        base.add(_curated(entity, terms.get(entity.key, ())))
        if entity.type == "state" and entity.wikidata_id:
            base.states[entity.wikidata_id] = entity.key
    for wide in tables.wide:
        base.add(_wide(wide))
    return base


def _relations(lines: Mapping[str, str]) -> Iterator[RelationRow]:
    for line in lines:
        yield parse_relation(line.split("\t"), unreported)


def _curated(row: EntityRow, terms: Iterable[Term]) -> Known:
    return Known(
        id=row.wikidata_id or "",
        key=row.key,
        name=row.name,
        title=row.wikipedia or "",
        type=row.type,
        country=row.country or "",
        forms=frozenset(alias.form for alias in row.aliases),
        terms=tuple(terms),
        row=row,
    )


def _wide(row: WideRow) -> Known:
    return Known(
        id=row.id if row.id.startswith("Q") else "",
        key="",
        name=row.name,
        title=row.title,
        type=row.type,
        country=row.country,
        forms=frozenset((row.name, *row.aliases)),
        terms=row.offices,
        row=row,
    )
