"""Compares facts of Wikidata with what the knowledge base holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from ingest.kb.refresh.changes import KINDS, Change, ChangeKind, Field
from ingest.kb.refresh.facts import Facts, Found, Names
from ingest.kb.refresh.known import SYMMETRIC, Known, KnownBase
from ingest.kb.refresh.matching import match_terms, merged
from ingest.kb.schema import EntityRow
from ingest.kb.wide import Term, format_term, name_of

_FROM_WIKIDATA: Final = "Wikidata"
"""What the references of relations begin with that were taken from there: only these can be gone from there."""

_OLDEST_LISTED: Final = "1990"
"""Office-holders are asked for from this year on."""


def compare(facts: Facts, base: KnownBase) -> list[Change]:
    """Every difference once, sorted by kind, field, name and id.

    A fact of ours that Wikidata lacks is told only where it must be there: an item that was asked for, an office of
    which all holders were listed, a relation that came from Wikidata. Forms and descriptions of our own are left alone.
    """
    found: dict[tuple[int, str, str, str, str, str], Change] = {}
    for each in _differences(facts, base):
        found.setdefault((KINDS.index(each.kind), each.field, each.name, each.id, each.old, each.new), each)
    return [found[key] for key in sorted(found)]


def _differences(facts: Facts, base: KnownBase) -> Iterator[Change]:
    for item in facts.items.values():
        known = base.find(item.id, item.title)
        if known is None:
            yield from _new_entity(item, facts)
        else:
            yield from _item(item, known)
    for own_id, names in facts.names.items():
        if own_id in base.by_id:
            yield from _names(names, base.by_id[own_id], asked=own_id in facts.asked.get("names", ()))
    yield from _without_names(facts, base)
    for title, own_id in facts.ids.items():
        yield from _id(own_id, base.by_title.get(title), "titles")
    for own_id, countries in facts.countries.items():
        if own_id in base.by_id:
            yield from _country(list(countries), base.by_id[own_id], "relations")
    yield from _capitals(facts, base)
    for known in base.entities():
        yield from _terms(known, facts, base)
        yield from _ties(known, facts, base)


def _new_entity(item: Found, facts: Facts) -> Iterator[Change]:
    row = item.row(tuple(facts.terms.get(item.id, ())))
    if row is not None:
        shown = ", ".join(filter(None, (row.type, row.country, *map(format_term, row.offices))))
        yield Change("new", "entity", item.id, row.name, item.query, new=shown, row=row)


def _item(item: Found, known: Known) -> Iterator[Change]:
    yield from _id(item.id, known, item.query)
    yield from _title(item.title, known, item.query)
    if known.type != "person":
        yield from _country(list(item.countries), known, item.query)
    yield from _aliases(item.aliases, known, item.query)


def _names(names: Names, known: Known, *, asked: bool) -> Iterator[Change]:
    if names.merged:
        yield from _id(names.merged, known, names.query)
        return
    if asked and names.links is None:
        yield _change("gone", "entity", known, names.query, old=known.type)
        return
    yield from _title(names.title, known, names.query)
    yield from _called(names, known)
    if isinstance(known.row, EntityRow) and names.description and not known.row.description:
        yield _change("new", "description", known, names.query, new=names.description)


def _without_names(facts: Facts, base: KnownBase) -> Iterator[Change]:
    """Items that were asked for and of which nothing at all is known."""
    for own_id in facts.asked.get("names", set()) - facts.names.keys():
        if own_id in base.by_id:
            yield _change("gone", "entity", base.by_id[own_id], "names", old=base.by_id[own_id].type)


def _called(names: Names, known: Known) -> Iterator[Change]:
    title = name_of(names.title, known.type)
    theirs = {form.casefold() for form in (names.label, title, *names.aliases, *names.demonyms) if form}
    aliases = dict.fromkeys((names.label, *names.aliases))
    if names.label and not theirs & {form.casefold() for form in known.forms}:
        yield _change("changed", "name", known, names.query, old=known.name, new=names.label)
        del aliases[names.label]
    yield from _aliases(aliases, known, names.query)
    yield from _aliases(names.demonyms, known, names.query, mark="~demonym")


def _aliases(forms: Iterable[str], known: Known, query: str, mark: str = "") -> Iterator[Change]:
    ours = {form.casefold() for form in known.forms}
    for form in forms:
        # A single word of a person's name means many.
        if form and form.casefold() not in ours and not (known.type == "person" and " " not in form):
            yield _change("new", "alias", known, query, new=form + mark)


def _id(own_id: str, known: Known | None, query: str) -> Iterator[Change]:
    if known is not None and own_id and known.id != own_id:
        yield replace(_change(_kind(known.id), "id", known, query, old=known.id, new=own_id), id=own_id)


def _title(title: str, known: Known, query: str) -> Iterator[Change]:
    if title and known.title != title:
        yield _change(_kind(known.title), "title", known, query, old=known.title, new=title)


def _country(countries: list[str], known: Known, query: str) -> Iterator[Change]:
    if countries and known.country not in countries and known.type != "state":
        yield _change(_kind(known.country), "country", known, query, old=known.country, new=countries[0])


def _capitals(facts: Facts, base: KnownBase) -> Iterator[Change]:
    for own_id, state in facts.capitals.items():
        known = base.by_id.get(own_id)
        if known is not None and isinstance(known.row, EntityRow) and known.type == "place":
            old = known.row.flags.stands_for or ""
            if old != state:
                yield _change(_kind(old), "stands_for", known, "states", old=old, new=state)


def _terms(known: Known, facts: Facts, base: KnownBase) -> Iterator[Change]:
    """Differences in the offices that an entity holds or held."""
    told = facts.terms.get(known.id, {})
    if not told and not any((term.area, term.office.casefold()) in facts.listed for term in known.terms):
        return
    matched = match_terms(known.terms, told)
    for old, new in matched.pairs:
        yield from _dates("office", known, old, new, told[new])
    for term in matched.only_new:
        change = _change("new", "office", known, told[term], new=format_term(term))
        yield replace(change, term=term, leads=(known.id, term) in facts.leads)
    for term in matched.only_old:
        if _is_listed(known, term, facts, base):
            change = _change("gone", "office", known, "office_holders", old=format_term(term))
            yield replace(change, term_before=term)


def _is_listed(known: Known, term: Term, facts: Facts, base: KnownBase) -> bool:
    """Whether a term must be among the answers, if it is right."""
    ended_before = bool(term.until) and term.until < _OLDEST_LISTED
    ours = known.key and not base.references.get((known.key, term), "").startswith(_FROM_WIKIDATA)
    return not ended_before and not ours and bool(known.id) and (term.area, term.office.casefold()) in facts.listed


def _ties(known: Known, facts: Facts, base: KnownBase) -> Iterator[Change]:
    """Differences in the relations of a curated entity to others that have no office."""
    if not known.key:
        return
    told = {term: query for term, query in facts.ties.get(known.id, {}).items() if term.area != known.key}
    ours = base.ties.get(known.key, ())
    matched = match_terms(ours, told)
    for old, new in matched.pairs:
        yield from _dates("relation", known, old, new, told[new])
    for term in matched.only_new:
        if not _is_known_backwards(known.key, term, base):
            yield replace(_change("new", "relation", known, told[term], new=format_term(term)), term=term)
    for term in matched.only_old:
        if known.id in facts.asked.get("relations", ()) and _is_theirs(known, term, base):
            change = _change("gone", "relation", known, "relations", old=format_term(term))
            yield replace(change, term_before=term)


def _is_known_backwards(key: str, term: Term, base: KnownBase) -> bool:
    """Whether a relation that has no direction is known the other way round."""
    backwards = ((each.office, each.area) for each in base.ties.get(term.area, ()))
    return term.office in SYMMETRIC and (term.office, key) in backwards


def _is_theirs(known: Known, term: Term, base: KnownBase) -> bool:
    return base.references[known.key, term].startswith(_FROM_WIKIDATA)


def _dates(field: Field, known: Known, old: Term, new: Term, query: str) -> Iterator[Change]:
    term = merged(old, new)
    if term != old:
        change = _change("changed", field, known, query, old=format_term(old), new=format_term(term))
        yield replace(change, term_before=old, term=term)


def _kind(old: str) -> ChangeKind:
    return "changed" if old else "new"


def _change(kind: ChangeKind, field: Field, known: Known, query: str, *, old: str = "", new: str = "") -> Change:
    return Change(kind, field, known.id, known.name, query, old, new, known)
