"""How sure a mention's entity is: the share of mentions, found in the same way, that named the right one.

Measured on the annotated articles that nothing was learnt from (the `dev` splits), and on the others for ways that are
too rare there; of a new entity, how often there is a name of that type. `eig eval` shows how well the shares hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from graph.model import Entity
from ingest.matches import Candidate, Match, Origin
from ingest.unknown import is_unknown

Way: TypeAlias = Literal["only", "doubted", "context", "several", "chain", "defined", "office", "tagged", "wide", "new"]
"""How an entity was decided on.

only: a form that means nothing else. doubted: the same, but the tagger finds no such name there. context: the form
needs context, and has it. several: the best of several entities. chain: a short form of a name in full. defined: an
acronym that the article defines. office: by office and surname. tagged: a curated name that only the tagger finds.
wide: a name of the wide layer. new: nothing is known by it.
"""

SHARES: Mapping[Way, float] = MappingProxyType(
    {
        "only": 0.97,
        "doubted": 0.55,
        "context": 0.95,
        "several": 0.88,
        "chain": 0.98,
        "defined": 0.97,
        "office": 0.98,
        "tagged": 0.75,
        "wide": 0.82,
        "new": 0.75,
    }
)
_OF_ORIGIN: Mapping[Origin, Way] = MappingProxyType({"chain": "chain", "definition": "defined", "office": "office"})
"""Where what found a match says enough."""

LINKED: Final = 0.9
"""The share from which on an entity counts as linked, and not only as probable."""

Link: TypeAlias = Literal["linked", "probable", "unknown"]


def share(match: Match, chosen: Candidate, *, several: bool) -> float:
    """How often the choice of a candidate for a match is right, 0 to 1.

    several: other entities were possible too.
    """
    return SHARES[_way(match, chosen, several=several)]


def link_of(entity: Entity, score: float) -> Link:
    """How an entity of a mention is to be taken: as known, as probably the one, or as one that nothing is known of."""
    if is_unknown(entity):
        return "unknown"
    return "linked" if score >= LINKED else "probable"


def _way(match: Match, chosen: Candidate, *, several: bool) -> Way:
    if match.origin in _OF_ORIGIN:
        return _OF_ORIGIN[match.origin]
    if chosen.entity.is_new:
        return "new"
    if several:
        return "several"
    if match.origin == "tagger":
        return "tagged" if chosen.entity.is_curated else "wide"
    if match.is_doubted:
        return "doubted"
    return "context" if chosen.needs_context else "only"
