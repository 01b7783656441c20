"""Persons whom an article names by office and surname alone: "President Biden", "the Biden administration".

The knowledge base must hold exactly one person of that surname with such an office; where it holds several, exactly one
must have held it when the article was published. Everything else stays unnamed. Where the article names somebody of
that surname in full, the chain of names decides instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.model import Relation
from ingest.enclosing import is_capitalised
from ingest.kb import KbEntity, KnowledgeBase
from ingest.lexicon import words
from ingest.matches import Candidate, Document, Match, Passage, Places, covered_places
from ingest.names import fully_named
from ingest.short_forms import ShortForms, Words
from ingest.tokens import tokenize

_OFFICES = words(
    "president minister chancellor premier secretary king queen emir sultan ayatollah leader general chief"
)
_FOLLOWERS = words("administration government")


@dataclass(frozen=True, slots=True)
class Holding:
    """A person's time in an office: its words that may stand before the surname, and its ISO dates (inclusive)."""

    person: KbEntity
    surname: Words
    office: frozenset[str]
    leads_state: bool
    since: str | None
    until: str | None


Holdings = Mapping[str, Sequence[Holding]]
"""Holdings by the first word of the surname."""


def holdings_of(kb: KnowledgeBase, forms: Mapping[str, ShortForms]) -> dict[str, list[Holding]]:
    """The offices of every person of the knowledge base; `forms` are those of `short_forms_of`."""
    holdings: dict[str, list[Holding]] = {}
    for key, own in forms.items():
        person = kb.entities[key]
        terms = [term for term in kb.relations_of(person.entity.id) if term.office and term.source == person.entity.id]
        for surname in own.surnames:
            holdings.setdefault(surname[0], []).extend(_holding(kb, person, surname, term) for term in terms)
    return holdings


def _holding(kb: KnowledgeBase, person: KbEntity, surname: Words, term: Relation) -> Holding:
    target = kb.by_id(term.target)
    return Holding(
        person=person,
        surname=surname,
        office=frozenset(token.key for token in tokenize(term.office or "")) & _OFFICES,
        leads_state=term.type == "LEADS" and target is not None and target.entity.type == "state",
        since=term.since,
        until=term.until,
    )


def name_office_holders(
    document: Document, matches: Sequence[Match], holdings: Holdings, forms: Mapping[str, ShortForms]
) -> list[Match]:
    """Add the persons named by office and surname to the matches."""
    in_full = (forms.get(candidate.entity.key, ShortForms()) for candidate in fully_named(matches))
    taken = {surname[0] for own in in_full for surname in own.surnames}
    covered = covered_places(document, (match for match in matches if not match.is_open))
    found = [
        match
        for passage, places in zip(document.passages, covered, strict=True)
        for match in _find(passage, places, holdings, document.article.published_at)
        if passage.tokens[match.first].key not in taken
    ]
    replaced = covered_places(document, found)
    return [match for match in matches if replaced[match.passage].isdisjoint(match.places)] + found


def _find(passage: Passage, covered: Places, holdings: Holdings, date: str | None) -> Iterator[Match]:
    for first, token in enumerate(passage.tokens):
        if token.key not in holdings or first in covered:
            continue
        fitting = [holding for holding in holdings[token.key] if _fits(passage, first, holding)]
        longest = max((len(holding.surname) for holding in fitting), default=0)
        person = _only_person([holding for holding in fitting if len(holding.surname) == longest], date)
        if person:
            yield Match(passage.number, first, first + longest, (Candidate(person),), origin="office")


def _fits(passage: Passage, first: int, holding: Holding) -> bool:
    """Whether the surname stands here behind its office's word, or before "administration"."""
    tokens, stop = passage.tokens, first + len(holding.surname)
    if tuple(token.key for token in tokens[first:stop]) != holding.surname or not is_capitalised(tokens[stop - 1]):
        return False
    if first and tokens[first - 1].key in holding.office and is_capitalised(tokens[first - 1]):
        return stop >= len(tokens) or passage.in_title_case or not is_capitalised(tokens[stop])
    if stop + 1 < len(tokens) and tokens[stop].key == "-":
        stop += 2  # "the Biden-Harris Administration"
    return holding.leads_state and stop < len(tokens) and tokens[stop].key in _FOLLOWERS


def _only_person(holdings: Sequence[Holding], date: str | None) -> KbEntity | None:
    persons = {holding.person.key: holding.person for holding in holdings}
    if len(persons) > 1 and date:
        persons = {holding.person.key: holding.person for holding in holdings if _is_held(holding, date)}
    return next(iter(persons.values())) if len(persons) == 1 else None


def _is_held(holding: Holding, date: str) -> bool:
    """Whether the office was held on a date, as far as the precision of both dates tells."""
    began = holding.since is None or _at_most(holding.since, date)
    return began and (holding.until is None or _at_most(date, holding.until))


def _at_most(earlier: str, later: str) -> bool:
    shared = min(len(earlier), len(later))
    return earlier[:shared] <= later[:shared]
