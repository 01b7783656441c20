"""One difference between the knowledge base and Wikidata."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from ingest.kb.refresh.known import Known
from ingest.kb.wide import Term, WideRow

ChangeKind = Literal["new", "changed", "gone"]
Field = Literal["entity", "id", "title", "name", "alias", "description", "country", "stands_for", "office", "relation"]

KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)


@dataclass(frozen=True, slots=True)
class Change:
    """What is new, has changed or is gone.

    id: the item, empty only where it has none. old, new: as a table says it, empty where there is nothing. query: the
    name of the one whose answer tells it. known: the entity of the knowledge base, None for a new one. row: of a new
    entity. term_before, term: of an office, or of a relation, whose type stands in the place of the office. leads:
    whether a new office makes a leader.
    """

    kind: ChangeKind
    field: Field
    id: str
    name: str
    query: str
    old: str = ""
    new: str = ""
    known: Known | None = None
    row: WideRow | None = None
    term_before: Term | None = None
    term: Term | None = None
    leads: bool = False

    @property
    def link(self) -> str:
        """The address of the item's page."""
        return f"https://www.wikidata.org/wiki/{self.id}" if self.id else ""
