"""Facts of Wikidata in our own schema, collected from the answers to all queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from graph.model import EntityType
from ingest.kb.wide import Term, WideRow, name_of

_WELL_KNOWN_BY_LINKS: Final = (20, 50, 100, 150)
"""From so many Wikimedia pages on an entity has rank 2, 3, 4 and 5."""

LEADING: Final = frozenset(("head of state", "head of government", "chairperson", "director", "founder"))
"""Offices that Wikidata gives by a property; our tables may call the same office by its title."""


@dataclass(slots=True)
class Found:
    """What lists say of an item. country: keys of its states. ranked: how many Wikimedia pages tell of it."""

    id: str
    type: EntityType
    name: str = ""
    title: str = ""
    links: int = 0
    countries: dict[str, None] = field(default_factory=dict)
    aliases: dict[str, None] = field(default_factory=dict)
    query: str = ""

    def row(self, terms: tuple[Term, ...]) -> WideRow | None:
        """The row of a new entity; None for an item without any English name."""
        name = name_of(self.title, self.type) or self.name
        if not name:
            return None
        return WideRow(
            title=self.title,
            name=name,
            type=self.type,
            id=self.id,
            country=next(iter(self.countries), ""),
            aliases=tuple(form for form in (self.name, *self.aliases) if form and form != name),
            offices=terms,
            rank=1 + sum(self.links >= links for links in _WELL_KNOWN_BY_LINKS),
        )


@dataclass(slots=True)
class Names:
    """What an item is called. merged: the item it has become part of. links: None where nobody asked."""

    labels: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, None] = field(default_factory=dict)
    demonyms: dict[str, None] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    title: str = ""
    merged: str = ""
    links: int | None = None
    query: str = ""

    @property
    def label(self) -> str:
        """The English label, or else the one for all languages."""
        return best(self.labels)

    @property
    def description(self) -> str:
        """The English description, or else the one for all languages."""
        return best(self.descriptions)


@dataclass(slots=True)
class Facts:
    """Everything that was answered.

    items: of lists, by id. terms: offices of persons by their id; the value says by which query. leads: terms of those
    who lead. ties: relations without an office by the id of their source, each as a term whose office is the type.
    countries: state keys of items. ids: items of titles. capitals: state key by the capital's id. offices: title of
    the heads' offices, by state id and role. modified: when items were changed last. asked: ids that a query was
    answered for, by its name. listed: offices (area, lower-case title) of which all holders are known.
    """

    items: dict[str, Found] = field(default_factory=dict)
    names: dict[str, Names] = field(default_factory=dict)
    terms: dict[str, dict[Term, str]] = field(default_factory=dict)
    leads: set[tuple[str, Term]] = field(default_factory=set)
    ties: dict[str, dict[Term, str]] = field(default_factory=dict)
    countries: dict[str, dict[str, None]] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    capitals: dict[str, str] = field(default_factory=dict)
    offices: dict[tuple[str, str], str] = field(default_factory=dict)
    modified: dict[str, str] = field(default_factory=dict)
    asked: dict[str, set[str]] = field(default_factory=dict)
    listed: set[tuple[str, str]] = field(default_factory=set)

    def item(self, own_id: str, entity_type: EntityType, query: str) -> Found:
        """What is known of an item of a list so far."""
        return self.items.setdefault(own_id, Found(own_id, entity_type, query=query))

    def names_of(self, own_id: str, query: str) -> Names:
        """What is known of an item's names so far."""
        return self.names.setdefault(own_id, Names(query=query))

    def add_term(self, person: str, term: Term, query: str, *, leads: bool = False) -> None:
        """Add an office of a person."""
        self.terms.setdefault(person, {}).setdefault(term, query)
        if leads:
            self.leads.add((person, term))

    def add_tie(self, source: str, term: Term, query: str) -> None:
        """Add a relation of an item."""
        self.ties.setdefault(source, {}).setdefault(term, query)


def best(texts: dict[str, str]) -> str:
    """The English text, or else the one for all languages."""
    return texts.get("en") or texts.get("mul", "")
