"""Persons whom an article names by office and surname alone: "President Biden", "the Biden administration".

The knowledge base must hold exactly one person of that surname with such an office; where it holds several, exactly one
must have held it when the article was published. Everything else stays unnamed. Where the article names somebody of
that surname in full, the chain of names decides instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from graph.model import Relation
from ingest.enclosing import is_capitalised
from ingest.kb import KbEntity, KnowledgeBase
from ingest.kb.short_forms import PersonForms, Words
from ingest.lexicon import words
from ingest.matches import Candidate, Document, Match, Passage, Places, covered_places
from ingest.names import fully_named
from ingest.tokens import token_keys

_OFFICES = words(
    "president minister chancellor premier secretary king queen emir sultan ayatollah leader general chief"
)
_FOLLOWERS = words("administration government")

FAMOUS: Final = 14
"""The rank from which on a surname alone may be enough."""
FAR_MORE: Final = 2
"""Points of rank before everybody else of that name."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A person's time in an office: its words that may stand before the surname, and its ISO dates (inclusive)."""

    person: KbEntity
    surname: Words
    office: frozenset[str]
    leads_state: bool
    since: str | None
    until: str | None


class Holdings:
    """The offices of persons by surname, worked out when a surname is met and kept."""

    __slots__ = ("_by_surname", "_forms", "_kb")

    def __init__(self, kb: KnowledgeBase, forms: PersonForms) -> None:
        self._kb = kb
        self._forms = forms
        self._by_surname: dict[str, tuple[Holding, ...]] = {}

    def of(self, word: str) -> tuple[Holding, ...]:
        """The holdings of persons whose surname begins with a word (a token key)."""
        found = self._by_surname.get(word)
        if found is None:
            found = self._by_surname[word] = tuple(self._find(word))
        return found

    def famous(self, surname: Words, date: str | None) -> KbEntity | None:
        """Who is meant by a surname alone: the head of a state on that date, or somebody far more in the news."""
        persons = [each for each in self._kb.surnamed(surname[0]) if surname in self._forms.of(each).surnames]
        heads = {
            holding.person.key: holding.person
            for holding in self.of(surname[0])
            if date and holding.surname == surname and holding.leads_state and _is_held(holding, date)
        }
        if len(heads) == 1:
            return next(iter(heads.values()))
        persons.sort(key=lambda each: -each.rank)
        if not persons or persons[0].rank < FAMOUS:
            return None
        alone = len(persons) == 1 or persons[0].rank >= persons[1].rank + FAR_MORE
        return persons[0] if alone else None

    def _find(self, word: str) -> Iterator[Holding]:
        for person in self._kb.surnamed(word):
            for surname in self._forms.of(person).surnames:
                if surname[0] == word:
                    yield from (_holding(self._kb, person, surname, term) for term in self._terms(person))

    def _terms(self, person: KbEntity) -> Iterator[Relation]:
        own_id = person.entity.id
        return (term for term in self._kb.relations_of(own_id) if term.office and term.source == own_id)


def _holding(kb: KnowledgeBase, person: KbEntity, surname: Words, term: Relation) -> Holding:
    target = kb.by_id(term.target)
    return Holding(
        person=person,
        surname=surname,
        office=_OFFICES.intersection(token_keys(term.office or "")),
        leads_state=term.type == "LEADS" and target is not None and target.entity.type == "state",
        since=term.since,
        until=term.until,
    )


def name_office_holders(
    document: Document, matches: Sequence[Match], holdings: Holdings, forms: PersonForms
) -> list[Match]:
    """Add the persons named by office and surname to the matches."""
    in_full = (forms.of(candidate.entity) for candidate in fully_named(matches))
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
    tokens = passage.tokens
    is_followed = not _FOLLOWERS.isdisjoint([token.key for token in tokens])  # seldom, and quickly seen
    for first, token in enumerate(tokens):
        if first in covered or not token.text[0].isupper():
            continue
        if not is_followed and not (first and tokens[first - 1].key in _OFFICES):
            continue
        fitting = [holding for holding in holdings.of(token.key) if _fits(passage, first, holding)]
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
