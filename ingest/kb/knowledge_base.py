"""The knowledge base as extraction uses it: entities by form, key and id, and the relations between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import add
from typing import Final

from graph.model import Entity, Relation, RelationType
from ingest.kb.layer import Layer
from ingest.kb.schema import CURATED_RANK, Alias, KbEntity, parse_entity, parse_relation, unreported
from ingest.kb.wide import Term, WideRow, parse_wide
from ingest.tagger.name_lists import NameLists, Names
from ingest.tokens import token_keys

_HEADS: Final = frozenset(
    ("President", "Prime Minister", "King", "Queen", "Emir", "Sultan", "Chancellor", "Supreme Leader", "Monarch")
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a form may mean: an entity by one of its aliases."""

    entity: KbEntity
    alias: Alias


class KnowledgeBase:
    """Curated entities over a wide layer of names. Rows are read when something asks for them, and kept.

    Args:
        curated: rows of `entities_*.tsv`; its relations come with it.
        relations: lines of `relations*.tsv`.
        wide: rows of `wide_*.tsv`, if there are any.
    """

    def __init__(self, curated: Layer, relations: tuple[str, ...], wide: Layer | None = None) -> None:
        self.curated = curated
        self.wide = wide
        self.entities: Mapping[str, KbEntity] = _Entities(self)
        self._relation_lines = relations
        self._read: tuple[dict[int, KbEntity], dict[int, KbEntity]] = ({}, {})
        self._meanings: dict[str, tuple[Meaning, ...]] = {}
        self._relations: dict[int, Relation] = {}
        self._relations_of: dict[str, tuple[Relation, ...]] = {}

    @property
    def version(self) -> str:
        """Names the content: equal files give an equal version ("kb-3f2a9c01")."""
        return f"kb-{self.curated.digest[:8]}" + (f"{self.wide.digest[:4]}" if self.wide else "")

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The curated layer, then the wide one."""
        return (self.curated, self.wide) if self.wide else (self.curated,)

    def name_lists(self) -> NameLists:
        """The names of all layers, as the tagger looks for them."""
        layers = self.layers
        return NameLists(
            names=tuple(Names(layer.forms, layer.lists) for layer in layers),
            longest=_merged((layer.longest for layer in layers), max),
            given=_merged((layer.given for layer in layers), add),
            family=_merged((layer.family for layer in layers), add),
        )

    def meanings(self, form: str) -> tuple[Meaning, ...]:
        """What the curated layer says a form (token keys, joined by spaces) may mean."""
        found = self._meanings.get(form)
        if found is None:
            entities = ((self._entity(0, sense.row), sense.alias) for sense in self.curated.senses(form))
            found = tuple(Meaning(entity, entity.aliases[alias]) for entity, alias in entities)
            if found:
                self._meanings[form] = found
        return found

    def wide_meanings(self, form: str) -> tuple[KbEntity, ...]:
        """The entities that the wide layer knows under a form and the curated one does not hold."""
        rows = dict.fromkeys(sense.row for sense in self.wide.senses(form)) if self.wide else ()
        return tuple(self._entity(1, row) for row in rows if not self._is_curated(row))

    def lookup(self, name: str) -> Iterator[KbEntity]:
        """The entities that go by a name, in any of its forms, or have it as key or graph id; curated ones first."""
        form = " ".join(token_keys(name))
        found = [meaning.entity for meaning in self.meanings(form) if not meaning.alias.never]
        found += self.wide_meanings(form)
        if name.lower() in self.entities:
            found.append(self.entities[name.lower()])
        if (owner := self.by_id(name[:1].upper() + name[1:]) or self.by_id(name)) is not None:
            found.append(owner)
        return iter({item.key: item for item in found}.values())

    def titles(self) -> list[str]:
        """Every English Wikipedia title that is known, sorted."""
        return sorted({title for layer in self.layers for title in layer.titles if title})

    def surnamed(self, word: str) -> Iterator[KbEntity]:
        """The persons whose surname begins with a word (a token key): all curated ones, and wide ones with offices."""
        for number, layer in enumerate(self.layers):
            for row in layer.surnamed(word):
                if not (number and self._is_curated(row)):
                    yield self._entity(number, row)

    def by_id(self, entity_id: str) -> KbEntity | None:
        """The entity with this graph id (not a former one), or None."""
        place = self._place(entity_id)
        return self._entity(*place) if place else None

    def relations_of(self, entity_id: str) -> tuple[Relation, ...]:
        """Every relation that an entity is the source or the target of; of wide persons the offices they held.

        A relation is the same object whichever of its ends is asked for.
        """
        found = self._relations_of.get(entity_id)
        if found is None:
            found = self._relations_of[entity_id] = tuple(self._find_relations(entity_id))
        return found

    def _place(self, entity_id: str) -> tuple[int, int] | None:
        """Layer and row of an id; the curated layer is right where both have one."""
        for layer, rows in enumerate(self._rows_by_id):
            if entity_id in rows:
                return layer, rows[entity_id]
        return None

    @cached_property
    def _rows_by_id(self) -> tuple[dict[str, int], ...]:
        """For each layer the row of every id."""
        return tuple(dict(zip(layer.ids, range(len(layer.ids)), strict=True)) for layer in self.layers)

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {key: row for row, key in enumerate(self.curated.keys)}

    @cached_property
    def _touching(self) -> dict[str, list[int]]:
        """The numbers of the relations that each key is part of."""
        found: dict[str, list[int]] = {}
        for number, line in enumerate(self._relation_lines):
            source, _, target, _ = line.split("\t", 3)
            found.setdefault(source, []).append(number)
            found.setdefault(target, []).append(number)
        return found

    def _is_curated(self, row: int) -> bool:
        """Whether a row of the wide layer is an entity of the curated one."""
        assert self.wide is not None
        return self.wide.ids[row] in self._rows_by_id[0] or self.wide.titles[row] in self._curated_titles

    @cached_property
    def _curated_titles(self) -> frozenset[str]:
        return frozenset(filter(None, self.curated.titles))

    def _entity(self, layer: int, row: int) -> KbEntity:
        read = self._read[layer]
        found = read.get(row)
        if found is None:
            found = read[row] = self._wide_entity(row) if layer else self._curated_entity(row)
        return found

    def _curated_entity(self, number: int) -> KbEntity:
        row = parse_entity(self.curated.cells(number), unreported)
        entity = Entity(
            id=row.id,
            name=row.name,
            type=row.type,
            wikidata_id=row.wikidata_id,
            wikipedia=row.wikipedia,
            description=row.description,
            country=self._id_of(row.country),
            aliases=tuple(alias.form for alias in row.aliases[1:] if not alias.never),
            former_ids=row.flags.former_ids,
        )
        return KbEntity(
            key=row.key,
            entity=entity,
            aliases=row.aliases,
            stands_for=row.flags.stands_for,
            is_source=row.flags.is_source,
            rank=CURATED_RANK + self.curated.prominence[number],
            country=row.country,
        )

    def _wide_entity(self, number: int) -> KbEntity:
        layer = self.layers[1]
        row = parse_wide(layer.cells(number), unreported)
        entity = Entity(
            id=layer.ids[number],
            name=row.name,
            type=row.type,
            wikidata_id=row.id or None,
            wikipedia=row.title or None,
            description=self._description(row),
            country=self._id_of(row.country),
            aliases=row.aliases,
        )
        aliases = tuple(Alias(form, "acronym" if form.isupper() else "name") for form in (row.name, *row.aliases))
        return KbEntity(
            key=layer.ids[number], entity=entity, aliases=aliases, rank=row.rank, country=row.country or None
        )

    def _description(self, row: WideRow) -> str:
        """ "Minister of Defence, Bahrain, 1988–2008", "party, Belize"."""
        where = self._name_of(row.country)
        if not row.offices:
            return ", ".join(filter(None, (row.type.replace("_", " "), where)))
        last = row.offices[-1]
        years = f"{last.since[:4]}–{last.until[:4]}" if last.since else ""
        return ", ".join(filter(None, (last.office, self._name_of(last.area) or last.area, years)))

    def _name_of(self, key: str) -> str:
        return self.entities[key].entity.name if key in self.entities else ""

    def _id_of(self, key: str | None) -> str | None:
        row = self._rows.get(key) if key else None
        return None if row is None else self.curated.ids[row]

    def _terms(self, entity_id: str, row: WideRow) -> Iterator[Relation]:
        for term in row.offices:
            if target := self._id_of(term.area):
                yield _held(entity_id, target, term)

    def _find_relations(self, entity_id: str) -> Iterator[Relation]:
        layer, row = self._place(entity_id) or (0, None)
        if row is None:
            return
        if layer:
            yield from self._terms(entity_id, parse_wide(self.layers[layer].cells(row), unreported))
        else:
            yield from map(self._relation, self._touching.get(self.curated.keys[row], ()))

    def _relation(self, number: int) -> Relation:
        found = self._relations.get(number)
        if found is None:
            found = self._relations[number] = self._read_relation(number)
        return found

    def _read_relation(self, number: int) -> Relation:
        row = parse_relation(self._relation_lines[number].split("\t"), unreported)
        return Relation(
            source=self.curated.ids[self._rows[row.source]],
            type=row.type,
            target=self.curated.ids[self._rows[row.target]],
            office=row.office,
            since=row.since,
            until=row.until,
            reference=row.reference,
        )


class _Entities(Mapping[str, KbEntity]):
    """The curated entities by key, in file order."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb

    def __getitem__(self, key: str) -> KbEntity:
        return self._kb._entity(0, self._kb._rows[key])

    def __contains__(self, key: object) -> bool:
        return key in self._kb._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._kb.curated.keys)

    def __len__(self) -> int:
        return len(self._kb.curated)


def _held(entity_id: str, target: str, term: Term) -> Relation:
    kind: RelationType = "LEADS" if term.office in _HEADS else "HOLDS_OFFICE"
    return Relation(
        source=entity_id,
        type=kind,
        target=target,
        office=term.office,
        since=term.since or None,
        until=term.until or None,
        reference="reference lists of office-holders",
    )


def _merged(tables: Iterable[Mapping[str, int]], join: Callable[[int, int], int]) -> dict[str, int]:
    """One table of several. join: makes one number of a word's numbers in two of them."""
    largest, *others = sorted(tables, key=len, reverse=True)
    found = dict(largest)
    for other in others:
        for word, number in other.items():
            found[word] = join(found[word], number) if word in found else number
    return found
