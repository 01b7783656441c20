"""From what a match may name to the one entity it does, by what else the article names.

Each candidate gets points: most for being named elsewhere without doubt or for belonging to the state that stands right
beside it ("Venezuela's Supreme Court"), some for the states that the article and the sentence are about, for the form
being its own name, for being a capital rather than its namesake, and for being much in the news. A form that needs
context ("the Foreign Ministry") is taken only where such evidence is there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from graph.model import EntityType
from ingest.confidence import share
from ingest.kb import KbEntity
from ingest.matches import Candidate, Contested, Document, Match, Named
from ingest.tokens import token_keys

ADDRESS_TOKENS: Final = 5
"""How far behind a name an address is looked for, comma included."""

_BESIDE = 4.0
_NAMED = 3.0
_ABOUT = 2.0
_IN_SENTENCE = 1.5
_SEAT = 1.5
_OWN_NAME = 1.0
_RANK_SHARE = 0.1
_TYPE_STEP = 0.05
_MOSTLY_ABOUT = 0.4
"""The share of an article's names from which on it is about a state."""

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
_TYPE_PLACE = {entity_type: place for place, entity_type in enumerate(_TYPE_ORDER)}
_OF_A_STATE: frozenset[EntityType] = frozenset({"organization", "party", "agreement", "event"})
"""What several states have under one form: ministries, parties, constitutions, elections."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an article names without doubt, and to which states that belongs, as shares by key: in all, in a passage."""

    certain: Collection[str]
    countries: Mapping[str, float]
    passages: Mapping[int, Mapping[str, float]]

    def at(self, passage: int, beside: str | None) -> Place:
        """A place in a passage, with the state that is named right beside it."""
        return Place(beside, self.passages.get(passage, {}))


@dataclass(frozen=True, slots=True)
class Place:
    """The state named right beside a match, and to which states the names of its passage belong, as shares by key."""

    beside: str | None
    countries: Mapping[str, float]


def resolve(document: Document, matches: Iterable[Match], *, instead: Iterable[Contested] = ()) -> list[Named]:
    """Give every match its entity, and drop those that name none. The order stays.

    instead: what counts where nothing else is named; it comes last.
    """
    matches = list(matches)
    surroundings = _surroundings(matches)
    beside = _states_beside(document, matches)
    matches = [_at_address(document, match) for match in matches]
    places = [surroundings.at(match.passage, beside.get(number)) for number, match in enumerate(matches)]
    first = [_choose(match, surroundings, place) for match, place in zip(matches, places, strict=True)]
    named = {*surroundings.certain, *(item.entity.key for item in first if item)}
    found = [
        item
        for match, early, place in zip(matches, first, places, strict=True)
        if (item := early or _choose_in_context(match, named, surroundings, place))
    ]
    return [*found, *_in_free_places(found, instead, surroundings)]


def _in_free_places(
    found: Iterable[Named], instead: Iterable[Contested], surroundings: Surroundings
) -> Iterator[Named]:
    taken = {(item.match.passage, position) for item in found for position in item.match.places}
    for each in instead:
        if taken.isdisjoint((each.passage, position) for position in range(each.first, each.stop)):
            match = each.make()
            item = _choose(match, surroundings, surroundings.at(each.passage, None)) if match else None
            if item:
                yield item


def _at_address(document: Document, match: Match) -> Match:
    """The match with only those candidates that the region behind it fits, if there are any: "Austin, Texas"."""
    tokens = document.passages[match.passage].tokens
    if match.stop + 1 >= len(tokens) or tokens[match.stop].text != ",":
        return match
    behind = " ".join(token.key for token in tokens[match.first : match.stop + ADDRESS_TOKENS])
    fitting = [
        replace(candidate, needs_context=False)
        for candidate in match.candidates
        if any(_is_at(alias.form, behind) for alias in candidate.entity.aliases)
    ]
    return replace(match, candidates=tuple(fitting)) if fitting else match


def _is_at(form: str, behind: str) -> bool:
    """Whether a form is an address, and the text goes on with it."""
    return ", " in form and f"{behind} ".startswith(" ".join(token_keys(form)) + " ")


def main_state(matches: Sequence[Match]) -> str:
    """The key of the state that most of what is named without doubt belongs to; empty where none stands out."""
    countries = _surroundings(matches).countries
    best = max(countries, key=lambda key: (countries[key], key), default="")
    return best if countries.get(best, 0) >= _MOSTLY_ABOUT else ""


def _surroundings(matches: Sequence[Match]) -> Surroundings:
    certain: set[str] = set()
    countries: Counter[str] = Counter()
    passages: dict[int, Counter[str]] = {}
    for match in matches:
        if len(match.candidates) == 1 and not match.candidates[0].needs_context:
            entity = match.candidates[0].entity
            certain.add(entity.key)
            state = entity.key if entity.entity.type == "state" else entity.country
            if state:
                weight = 2 if state == entity.key else 1
                countries[state] += weight
                passages.setdefault(match.passage, Counter())[state] += weight
    return Surroundings(certain, _shares(countries), {number: _shares(own) for number, own in passages.items()})


def _shares(counts: Counter[str]) -> dict[str, float]:
    total = counts.total()
    return {key: count / total for key, count in counts.items()}


def _states_beside(document: Document, matches: Sequence[Match]) -> dict[int, str]:
    """For matches (by place) the state named right before them, or behind an "of": "Iran's Parliament"."""
    ends: dict[tuple[int, int], str] = {}
    begins: dict[tuple[int, int], str] = {}
    for match in matches:
        states = [each.entity.key for each in match.candidates if each.entity.entity.type == "state"]
        if len(states) == 1 == len(match.candidates):
            ends[match.passage, match.stop] = begins[match.passage, match.first] = states[0]
    found: dict[int, str] = {}
    for place, match in enumerate(matches):
        tokens = document.passages[match.passage].tokens
        first = match.first - (match.first > 0 and tokens[match.first - 1].key in {"'s", "'"})
        stop = match.stop
        behind_of = stop < len(tokens) and tokens[stop].key == "of"
        stop += behind_of + (behind_of and stop + 1 < len(tokens) and tokens[stop + 1].key == "the")
        state = ends.get((match.passage, first)) or (begins.get((match.passage, stop)) if behind_of else None)
        if state:
            found[place] = state
    return found


def _choose(match: Match, surroundings: Surroundings, place: Place) -> Named | None:
    """The best candidate that needs no context, unless one that needs it has the better evidence."""
    plain = [candidate for candidate in match.candidates if not candidate.needs_context]
    if not plain:
        return None
    backed = [each for each in match.candidates if each.needs_context and _is_backed(each, surroundings, place)]
    best = _best([*plain, *backed], surroundings.certain, surroundings, place)
    return _named(match, best, several=len({candidate.entity.key for candidate in plain}) > 1)


def _choose_in_context(match: Match, named: Collection[str], surroundings: Surroundings, place: Place) -> Named | None:
    """The best candidate of those that something in the article speaks for."""
    candidates = [
        each
        for each in match.candidates
        # what a tagger has doubts of takes more than the right country
        if each.entity.key in named or (not match.is_doubted and _is_backed(each, surroundings, place))
    ]
    if not candidates:
        return None
    return _named(match, _best(candidates, named, surroundings, place), several=False)


def _named(match: Match, chosen: Candidate, *, several: bool) -> Named:
    return Named(match, chosen.entity, chosen.kind, share(match, chosen, several=several))


def _is_backed(candidate: Candidate, surroundings: Surroundings, place: Place) -> bool:
    """Whether its state stands beside it, or none does and the article is mostly, or the sentence only, about it."""
    entity = candidate.entity
    if entity.entity.type not in _OF_A_STATE or entity.country is None:
        return entity.key in surroundings.certain
    if place.beside is not None:
        return entity.country == place.beside
    is_about = _part(surroundings.countries, entity) >= _MOSTLY_ABOUT or _part(place.countries, entity) == 1
    return is_about or entity.key in surroundings.certain


def _part(countries: Mapping[str, float], entity: KbEntity) -> float:
    """How much of an article or a passage belongs to the state of an entity, 0 to 1."""
    return countries.get(entity.country, 0.0) if entity.country else 0.0


def _best(
    candidates: Sequence[Candidate], named: Collection[str], surroundings: Surroundings, place: Place
) -> Candidate:
    return max(candidates, key=lambda each: (_points(each, named, surroundings, place), each.entity.key))


def _points(candidate: Candidate, named: Collection[str], surroundings: Surroundings, place: Place) -> float:
    entity = candidate.entity
    points = _RANK_SHARE * entity.rank - _TYPE_STEP * _TYPE_PLACE[entity.entity.type]
    points += _NAMED * (entity.key in named)
    points += _BESIDE * (place.beside is not None and entity.country == place.beside)
    points += _ABOUT * _part(surroundings.countries, entity) + _IN_SENTENCE * _part(place.countries, entity)
    points += _SEAT * (entity.stands_for is not None)
    return points + _OWN_NAME * candidate.is_name
