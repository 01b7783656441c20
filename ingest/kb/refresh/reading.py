"""Turns the bindings that answer each query into facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

from graph.model import EntityType, RelationType
from ingest.kb.refresh.answers import Binding, item_of, number_of, text_of
from ingest.kb.refresh.facts import LEADING, Facts
from ingest.kb.refresh.known import KnownBase
from ingest.kb.refresh.times import iso_date
from ingest.kb.wide import Term

Reader: TypeAlias = Callable[[Sequence[Binding], str, KnownBase, Facts], None]

_TYPES: Final[Mapping[str, EntityType]] = {
    "armed_groups": "armed_group",
    "cities": "place",
    "intergovernmental": "organization",
    "nuclear_sites": "place",
    "parties": "party",
    "state_bodies": "organization",
    "treaties": "agreement",
    "weapons": "weapon",
}
_TIES: Final[Mapping[str, RelationType]] = {
    "affiliation": "MEMBER_OF",
    "allegiance": "ALLIED_WITH",
    "designated by": "OPPOSES",
    "headquarters": "HEADQUARTERED_IN",
    "member of": "MEMBER_OF",
    "military branch": "MEMBER_OF",
    "parent": "PART_OF",
    "part of": "PART_OF",
    "party": "MEMBER_OF",
    "sponsor": "BACKED_BY",
}
_NOT_IN_FORMS: Final = frozenset("|~")
_NOT_IN_OFFICES: Final = frozenset(";@:")
"""Signs that separate the parts of a cell."""


def read_bindings(query: str, bindings: Sequence[Binding], base: KnownBase, facts: Facts) -> None:
    """Add what a query's answer says.

    Args:
        query: its name.
        bindings: all of its rows for one batch, or of all pages.
        base: tells the keys of states and others.
        facts: is added to.
    """
    _READERS.get(query, _read_list)(bindings, query, base, facts)


def _read_list(bindings: Sequence[Binding], query: str, base: KnownBase, facts: Facts) -> None:
    for binding in bindings:
        own_id = _add_item(binding, query, _TYPES[query], base, facts)
        signatory = base.key_of(item_of(binding, "signatory"))
        if own_id and signatory and base.key_of(own_id):
            term = Term("SIGNATORY_OF", base.key_of(own_id))
            facts.add_tie(item_of(binding, "signatory"), term, query)


def _add_item(binding: Binding, query: str, entity_type: EntityType, base: KnownBase, facts: Facts) -> str:
    own_id = item_of(binding, "item")
    if not own_id:
        return ""
    found = facts.item(own_id, entity_type, query)
    found.title = found.title or text_of(binding, "title")
    found.name = found.name or form_of(binding, "name")
    found.links = max(found.links, number_of(binding, "links"))
    if state := base.states.get(item_of(binding, "state")):
        found.countries[state] = None
    if short := form_of(binding, "short"):
        found.aliases[short] = None
    return own_id


def _read_names(bindings: Sequence[Binding], query: str, _base: KnownBase, facts: Facts) -> None:
    for binding in bindings:
        own_id, kind, form = item_of(binding, "item"), text_of(binding, "kind"), form_of(binding, "form")
        if not own_id:
            continue
        names = facts.names_of(own_id, query)
        language = binding["form"].language if "form" in binding else ""
        if kind == "label":
            names.labels[language] = form
        elif kind == "description":
            names.descriptions[language] = text_of(binding, "form")
        elif kind == "title":
            names.title = text_of(binding, "form")
        elif kind == "merged":
            names.merged = item_of(binding, "form")
        elif kind == "links":
            names.links = number_of(binding, "form")
        elif form:
            (names.demonyms if kind == "demonym" else names.aliases)[form] = None
        if query == "state_names":
            facts.item(own_id, "state", query).name = names.label


def _read_states(bindings: Sequence[Binding], _query: str, base: KnownBase, facts: Facts) -> None:
    for binding in bindings:
        own_id = item_of(binding, "item")
        state = base.states.get(own_id)
        if state is None:
            continue
        if capital := item_of(binding, "capital"):
            facts.capitals[capital] = state
        if legislature := item_of(binding, "legislature"):
            facts.countries.setdefault(legislature, {})[state] = None
        for role, variable in (("head of state", "stateOffice"), ("head of government", "governmentOffice")):
            if office := _office_of(binding, variable):
                facts.offices.setdefault((own_id, role), office_name(office, base, state))


def _read_heads(bindings: Sequence[Binding], query: str, base: KnownBase, facts: Facts) -> None:
    for binding in bindings:
        state, role = item_of(binding, "state"), text_of(binding, "role")
        office = facts.offices.get((state, role), role)
        _add_term(binding, query, office, base, facts, leads=True)


def _read_holders(bindings: Sequence[Binding], query: str, base: KnownBase, facts: Facts) -> None:
    for binding in bindings:
        state = base.states.get(item_of(binding, "state"), "")
        office = office_name(_office_of(binding, "officeName"), base, state)
        _add_term(binding, query, office, base, facts)
        if query == "office_holders" and office:
            facts.listed.add((state, office.casefold()))


def _add_term(binding: Binding, query: str, office: str, base: KnownBase, facts: Facts, *, leads: bool = False) -> None:
    state = base.states.get(item_of(binding, "state"))
    term = _term(binding, office, state) if state and office else None
    if term is not None and (person := _add_item(binding, query, "person", base, facts)):
        facts.add_term(person, term, query, leads=leads)


def _read_relations(bindings: Sequence[Binding], query: str, base: KnownBase, facts: Facts) -> None:
    for binding in bindings:
        own_id, relation, other = (
            item_of(binding, "item"),
            text_of(binding, "relation"),
            item_of(binding, "other"),
        )
        if not own_id or not other:
            continue
        if relation in ("country", "citizenship"):
            if not text_of(binding, "until") and other in base.states:
                facts.countries.setdefault(own_id, {})[base.states[other]] = None
        elif relation in LEADING:
            if term := _term(binding, relation, base.key_of(own_id)):
                facts.add_term(other, term, query, leads=True)
        elif relation in _TIES:
            source, target = (other, own_id) if relation == "designated by" else (own_id, other)
            if term := _term(binding, _TIES[relation], base.key_of(target)):
                facts.add_tie(source, term, query)


def _read_titles(bindings: Sequence[Binding], _query: str, _base: KnownBase, facts: Facts) -> None:
    for binding in bindings:
        if own_id := item_of(binding, "item"):
            facts.ids[text_of(binding, "title")] = own_id


def _read_changed(bindings: Sequence[Binding], _query: str, _base: KnownBase, facts: Facts) -> None:
    for binding in bindings:
        if own_id := item_of(binding, "item"):
            facts.modified[own_id] = text_of(binding, "modified")


def _term(binding: Binding, office: str, area: str) -> Term | None:
    """The term that a binding tells of; None where there is no such area, or it ends before it begins."""
    since = iso_date(text_of(binding, "since"), number_of(binding, "sincePrecision"))
    until = iso_date(text_of(binding, "until"), number_of(binding, "untilPrecision"))
    shared = min(len(since), len(until))
    return Term(office, area, since, until) if area and since[:shared] <= until[:shared] else None


def form_of(binding: Binding, variable: str) -> str:
    """A name that fits into a cell; empty where there is none, or it has a sign that separates the parts of a cell."""
    text = text_of(binding, variable)
    return "" if _NOT_IN_FORMS & set(text) else text


def _office_of(binding: Binding, variable: str) -> str:
    text = form_of(binding, variable)
    return "" if _NOT_IN_OFFICES & set(text) else text


def office_name(label: str, base: KnownBase, state: str) -> str:
    """An office without the state whose it is: "President of Iran" is "President"."""
    known = base.by_key.get(state)
    for form in sorted(known.forms, key=len, reverse=True) if known else ():
        for ending in (f" of the {form}", f" of {form}"):
            if label.endswith(ending) and len(label) > len(ending):
                return label.removesuffix(ending)
    return label


_READERS: Final[Mapping[str, Reader]] = {
    "changed": _read_changed,
    "heads": _read_heads,
    "legislators": _read_holders,
    "names": _read_names,
    "office_holders": _read_holders,
    "relations": _read_relations,
    "state_names": _read_names,
    "states": _read_states,
    "titles": _read_titles,
}
