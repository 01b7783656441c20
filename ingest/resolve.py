"""From what a match may name to the one entity it does: the seam for ranking by context.

This version prefers, in this order: a candidate that the article names elsewhere without doubt; a capital or seat of
government (Washington before the state of that name); a form that is the entity's own name; the earlier type in the
order of `_TYPE_ORDER` (states before places before persons); the earlier key. A form that needs context is taken only
where another form names the entity in the same article.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from graph.model import EntityType
from ingest.matches import Candidate, Match, Named

_TYPE_ORDER: tuple[EntityType, ...] = (
    "state",
    "place",
    "person",
    "armed_group",
    "organization",
    "party",
    "agreement",
    "event",
    "weapon",
    "community",
)
_RANK = {entity_type: rank for rank, entity_type in enumerate(_TYPE_ORDER)}

CERTAIN = 1.0
CHAINED = 0.95
IN_CONTEXT = 0.9
PREFERRED = 0.7
"""Scores, until they are calibrated: an unambiguous form, a short form of a name, a form that needed context, and one
of several entities with the same form."""


def resolve(matches: Iterable[Match]) -> list[Named]:
    """Give every match its entity, and drop those that name none. The order stays."""
    matches = list(matches)
    certain = {
        match.candidates[0].entity.key
        for match in matches
        if len(match.candidates) == 1 and not match.candidates[0].needs_context
    }
    first_pass = [_choose(match, certain) for match in matches]
    named = certain | {item.entity.key for item in first_pass if item}
    return [
        item
        for match, early in zip(matches, first_pass, strict=True)
        if (item := early or _choose_in_context(match, named))
    ]


def _choose(match: Match, certain: Collection[str]) -> Named | None:
    """The best candidate that needs no context."""
    candidates = [candidate for candidate in match.candidates if not candidate.needs_context]
    if not candidates:
        return None
    best = _best(candidates, certain)
    distinct = {candidate.entity.key for candidate in candidates}
    score = PREFERRED if len(distinct) > 1 else CHAINED if match.origin == "chain" else CERTAIN
    return Named(match, best.entity, best.kind, score)


def _choose_in_context(match: Match, named: Collection[str]) -> Named | None:
    """The best candidate among those that the article names by another form."""
    candidates = [candidate for candidate in match.candidates if candidate.entity.key in named]
    if not candidates:
        return None
    best = _best(candidates, named)
    return Named(match, best.entity, best.kind, IN_CONTEXT)


def _best(candidates: Sequence[Candidate], certain: Collection[str]) -> Candidate:
    return min(
        candidates,
        key=lambda candidate: (
            candidate.entity.key not in certain,
            candidate.entity.stands_for is None,
            not candidate.is_name,
            _RANK[candidate.entity.entity.type],
            candidate.entity.key,
        ),
    )
