"""Which term of one list is which of another, where wordings and dates may differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from graph.model import RELATION_TYPES
from ingest.kb.refresh.facts import LEADING
from ingest.kb.refresh.times import agree, says_more
from ingest.kb.schema import OFFICE_RELATIONS
from ingest.kb.wide import Term

_Same: TypeAlias = Callable[[Term, Term], bool]


@dataclass(slots=True)
class Matched:
    """Pairs of an old and a new term that mean the same, and what has no partner."""

    pairs: list[tuple[Term, Term]] = field(default_factory=list)
    only_old: list[Term] = field(default_factory=list)
    only_new: list[Term] = field(default_factory=list)


def match_terms(old: Iterable[Term], new: Iterable[Term]) -> Matched:
    """Pair terms, the surest pairs first.

    Sure are equal offices that begin at the same time, as far as both say; then equal offices of which one has no
    beginning; then others of one area that begin at the same known time, or are known by a property of Wikidata only
    ("head of state"); and last the only two of an office, although their beginnings differ.
    """
    matched = Matched(only_old=sorted(old, key=_order), only_new=sorted(new, key=_order))
    for same in (_same_begin, _same_office, _same_seat):
        _pair(matched, same)
    _pair_single(matched)
    return matched


def merged(old: Term, new: Term) -> Term:
    """The old term with the dates of the new one where these say more. The wording stays ours."""
    since = new.since if says_more(old.since, new.since) else old.since
    until = new.until if says_more(old.until, new.until) else old.until
    shared = min(len(since), len(until))
    if since[:shared] > until[:shared]:  # a term that has come back: its old end is none any more
        return Term(old.office, old.area, new.since, new.until)
    return Term(old.office, old.area, since, until)


def _pair(matched: Matched, same: _Same) -> None:
    for term in list(matched.only_old):
        partner = next((each for each in matched.only_new if same(term, each)), None)
        if partner is not None:
            _take(matched, term, partner)


def _pair_single(matched: Matched) -> None:
    for term in list(matched.only_old):
        olds = [each for each in matched.only_old if _seat(each) == _seat(term)]
        news = [each for each in matched.only_new if _seat(each) == _seat(term)]
        if len(olds) == len(news) == 1:
            _take(matched, term, news[0])


def _take(matched: Matched, old: Term, new: Term) -> None:
    matched.pairs.append((old, new))
    matched.only_old.remove(old)
    matched.only_new.remove(new)


def _same_begin(old: Term, new: Term) -> bool:
    return _seat(old) == _seat(new) and bool(old.since and new.since) and agree(old.since, new.since)


def _same_office(old: Term, new: Term) -> bool:
    return _seat(old) == _seat(new) and not (old.since and new.since)


def _same_seat(old: Term, new: Term) -> bool:
    if old.area != new.area or not agree(old.since, new.since) or old.office in _TIE_LIKE or new.office in _TIE_LIKE:
        return False
    return bool(old.since and new.since) or new.office in LEADING


def _seat(term: Term) -> tuple[str, str]:
    return term.office.casefold(), term.area


def _order(term: Term) -> tuple[str, str, str, str]:
    return term.since, term.until, term.office, term.area


_TIE_LIKE: Final = frozenset(RELATION_TYPES) - frozenset(OFFICE_RELATIONS)
"""Relations without an office stand in its place by their type: two of different types are never the same."""
