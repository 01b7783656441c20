"""The wide layer: names of which little more is known than title, id, type, country and offices.

One line an entity, so that changes are easy to review; what can be derived from the title is not repeated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import cast

from graph.model import ENTITY_TYPES, EntityType
from ingest.kb.schema import Report, is_date, is_entity_id
from ingest.tokens import plain

WIDE_FILES = "wide_"
"""What the names of wide files begin with."""

WIDE_COLUMNS = ("title", "name", "type", "id", "country", "aliases", "offices", "rank")
RANKS = range(10)

_FILES: Mapping[EntityType, str] = MappingProxyType(
    {"person": "people", "place": "places", "organization": "bodies", "party": "bodies", "armed_group": "bodies"}
)
_BRACKET = re.compile(r" \([^()]*\)$")
_ADDRESS = re.compile(r", .*$")


@dataclass(frozen=True, slots=True)
class Term:
    """An office held from `since` until `until` (ISO dates of any precision, empty where not known).

    area: key of a state, or the name of another area.
    """

    office: str
    area: str
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class WideRow:
    """One line of a wide file.

    title: the English Wikipedia title, empty where there is none. id: the Wikidata id, empty where no list confirms
    one. country: key of a state or empty. rank: how well known it is, 0 to 9, by how many and which lists hold it.
    """

    title: str
    name: str
    type: EntityType
    id: str
    country: str = ""
    aliases: tuple[str, ...] = ()
    offices: tuple[Term, ...] = field(default=())
    rank: int = 0

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as it stands in a file."""
        name = "" if self.title and self.name == name_of(self.title, self.type) else self.name
        offices = ";".join(format_term(term) for term in self.offices)
        return self.title, name, self.type, self.id, self.country, "|".join(self.aliases), offices, str(self.rank)


def name_of(title: str, entity_type: EntityType) -> str:
    """The name that a title gives: without its bracket, of places also without the region around them."""
    name = _BRACKET.sub("", title)
    return _ADDRESS.sub("", name) if entity_type == "place" else name


def file_of(row: WideRow) -> str:
    """The name of the file that a row stands in; persons are so many that they have two."""
    part = _FILES.get(row.type, "others")
    if row.type == "person":
        part += "_a-l" if plain(row.title or row.name)[:1].lower() < "m" else "_m-z"
    return f"{WIDE_FILES}{part}.tsv"


def parse_wide(cells: Sequence[str], report: Report) -> WideRow:
    """Read one line of a wide file.

    Args:
        cells: as many as WIDE_COLUMNS, in that order.
        report: is called with each problem found in the row.
    """
    title, name, kind, own_id, country, aliases, offices, rank = cells
    if kind not in ENTITY_TYPES:
        report(f"unknown type {kind!r}; known: {', '.join(ENTITY_TYPES)}")
    if own_id and not is_entity_id(own_id):
        report(f"{own_id!r} is not a Wikidata id (Q…)")
    if not title and not name:
        report("there is neither a title nor a name")
    if not rank.isdecimal() or int(rank) not in RANKS:
        report(f"the rank {rank!r} is not one of 0 to 9")
    entity_type = cast(EntityType, kind)
    return WideRow(
        title=title,
        name=name or name_of(title, entity_type),
        type=entity_type,
        id=own_id,
        country=country,
        aliases=tuple(aliases.split("|")) if aliases else (),
        offices=tuple(_parse_term(term, report) for term in offices.split(";")) if offices else (),
        rank=int(rank) if rank.isdecimal() else 0,
    )


def format_term(term: Term) -> str:
    """A term as it stands in a cell: OFFICE@AREA:SINCE..UNTIL."""
    dates = f":{term.since}..{term.until}" if term.since or term.until else ""
    return f"{term.office}@{term.area}{dates}"


def _parse_term(text: str, report: Report) -> Term:
    office, _, rest = text.partition("@")
    area, _, dates = rest.partition(":")
    since, _, until = dates.partition("..")
    if not office or not area:
        report(f"office {text!r} is not OFFICE@AREA:SINCE..UNTIL")
    for date in (since, until):
        if date and not is_date(date):
            report(f"{date!r} is not a date (YYYY, YYYY-MM or YYYY-MM-DD)")
    return Term(office, area, since, until)
