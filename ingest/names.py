"""Person name chains inside one article: who "Netanyahu" is after, or before, "Benjamin Netanyahu".

A short form counts only where the article gives the full name too. Where several persons of the article share it, it is
the one with most full names, then the one named first (right for 101 of 103 such mentions in annotated news; the
nearest full name before it would be right for 69). Behind a given name or another unknown capitalised word a surname is
somebody else's; in front of one it is part of a longer name ("Trump Tower").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ingest.enclosing import is_capitalised
from ingest.kb.short_forms import PersonForms, Words
from ingest.lexicon import (
    CALENDAR,
    COMPOUND_PARTS,
    GIVEN_NAME_TITLES,
    GIVEN_NAMES,
    HYPHENS,
    MONTH_WORDS,
    SENTENCE_OPENERS,
    TITLES,
    words,
)
from ingest.matches import Candidate, Document, Match, Passage, Places, covered_places

_FOLLOWERS = words("administration government cabinet team campaign family era doctrine")
_BEFORE_MONTH = words("in since until till of by from before after last this next late early mid")
_DAYS = frozenset(map(str, range(1, 32)))
_KNOWN = 2


@dataclass(slots=True)
class _Presence:
    """How an article names a person in full: how often, and where first."""

    candidate: Candidate
    first: tuple[int, int]
    count: int = 0

    @property
    def weight(self) -> int:
        """How likely its short forms are meant: who is known counts as if named more often."""
        return self.count + (0 if self.candidate.entity.is_new else _KNOWN)


@dataclass(slots=True)
class _Chains:
    """The short forms of the article's persons by their first word; of each word the likeliest person first."""

    surnames: dict[str, list[tuple[Words, Candidate]]] = field(default_factory=dict)
    given: dict[str, list[tuple[Words, Candidate]]] = field(default_factory=dict)


def chain_names(document: Document, matches: Sequence[Match], forms: PersonForms) -> list[Match]:
    """Add the short forms of the persons that the article names in full.

    Args:
        document: the article.
        matches: what is found so far; a form that could be one of several persons is decided here.
        forms: the short forms of persons.
    """
    chains = _chains(fully_named(matches), forms)
    decided = [match for match in matches if not match.is_open]
    covered = covered_places(document, decided)
    found = [
        match
        for passage, places in zip(document.passages, covered, strict=True)
        for match in _find(passage, chains, places)
    ]
    replaced = covered_places(document, found)
    left_open = [
        match
        for match in matches
        if match.is_open
        and replaced[match.passage].isdisjoint(match.places)
        and _stands_alone(document.passages[match.passage], match, covered[match.passage])
    ]
    return decided + found + left_open


def fully_named(matches: Iterable[Match]) -> list[Candidate]:
    """The persons that an article names so that short forms may follow: most often named first, then first named."""
    found: dict[str, _Presence] = {}
    for match in matches:
        for candidate in match.candidates[:1]:
            if candidate.entity.entity.type == "person" and not candidate.needs_context:
                place = (match.passage, match.first)
                presence = found.setdefault(candidate.entity.key, _Presence(candidate, place))
                presence.count += 1
                presence.first = min(presence.first, place)
    ordered = sorted(found.values(), key=lambda presence: (-presence.weight, presence.first))
    return [Candidate(presence.candidate.entity) for presence in ordered]


def _chains(persons: Iterable[Candidate], forms: PersonForms) -> _Chains:
    chains = _Chains()
    for candidate in persons:
        own = forms.of(candidate.entity)
        for form in own.surnames:
            chains.surnames.setdefault(form[0], []).append((form, candidate))
        for form in own.given:
            chains.given.setdefault(form[0], []).append((form, candidate))
    return chains


def _find(passage: Passage, chains: _Chains, covered: Places) -> list[Match]:
    """The short forms in a passage; all are collected before any is judged, so that they know of each other."""
    possible = list(_possible(passage, chains, covered))
    names = covered.union(*(range(match.first, match.stop) for match in possible))
    return [match for match in possible if _stands_alone(passage, match, names)]


def _possible(passage: Passage, chains: _Chains, covered: Places) -> Iterator[Match]:
    stop = 0
    for position, token in enumerate(passage.tokens):
        if position < stop or not (token.key in chains.surnames or token.key in chains.given):
            continue
        match = _longest_at(passage, position, chains, covered)
        if match:
            stop = match.stop
            yield match


def _longest_at(passage: Passage, first: int, chains: _Chains, covered: Places) -> Match | None:
    key = passage.tokens[first].key
    options = list(chains.surnames.get(key, ()))
    if first and passage.tokens[first - 1].key in GIVEN_NAME_TITLES:
        options += chains.given.get(key, ())
    best: tuple[Words, Candidate] | None = None
    for form, candidate in options:
        if (best is None or len(form) > len(best[0])) and _is_at(passage, first, form, covered):
            best = form, candidate
    return Match(passage.number, first, first + len(best[0]), (best[1],), origin="chain") if best else None


def _is_at(passage: Passage, first: int, form: Words, covered: Places) -> bool:
    tokens = passage.tokens[first : first + len(form)]
    return (
        tuple(token.key for token in tokens) == form
        and is_capitalised(tokens[-1])
        and covered.isdisjoint(range(first, first + len(form)))
    )


def _stands_alone(passage: Passage, match: Match, names: Places) -> bool:
    """Whether nothing around the form makes it another person's name or a part of a longer name."""
    return (
        not _is_behind_unknown(passage, match.first, names)
        and not _is_before_unknown(passage, match.stop, names)
        and not _is_in_date(passage, match)
    )


def _is_behind_unknown(passage: Passage, first: int, names: Places) -> bool:
    """ "Melania Trump", "Ocasio-Trump" where only Donald Trump is known."""
    if first == 0 or first - 1 in names:
        return False
    before = passage.tokens[first - 1]
    if before.text in HYPHENS and first > 1:
        joined = passage.tokens[first - 2]
        is_prefix = joined.key in COMPOUND_PARTS or not is_capitalised(joined) or joined.end < before.start
        return not is_prefix and first - 2 not in names
    if not is_capitalised(before):
        return False
    if before.key in GIVEN_NAMES:
        return True
    is_common = before.key in TITLES or before.key in SENTENCE_OPENERS or before.key in CALENDAR
    return not is_common and not passage.in_title_case and not passage.in_capitals


def _is_before_unknown(passage: Passage, stop: int, names: Places) -> bool:
    """ "Trump Tower", "Rice-Owens"; but "Trump Administration", "Trump Monday", "Trump-Backed"."""
    if stop >= len(passage.tokens) or passage.in_title_case or passage.in_capitals:
        return False
    after = passage.tokens[stop]
    if after.text in HYPHENS and stop + 1 < len(passage.tokens):
        stop, after = stop + 1, passage.tokens[stop + 1]
        if passage.tokens[stop - 1].end < after.start:
            return False
    if stop in names or not is_capitalised(after):
        return False
    return after.key not in _FOLLOWERS | TITLES | CALENDAR | SENTENCE_OPENERS | COMPOUND_PARTS


def _is_in_date(passage: Passage, match: Match) -> bool:
    """Whether a surname that is a month's name too stands in a date: "in May", "May 5", "5 May"."""
    tokens = passage.tokens
    if match.stop - match.first > 1 or tokens[match.first].key not in MONTH_WORDS:
        return False
    before = tokens[match.first - 1].key if match.first else ""
    after = tokens[match.stop].key if match.stop < len(tokens) else ""
    if after == "'s":
        return False
    return before in _DAYS or after in _DAYS or before in _BEFORE_MONTH
