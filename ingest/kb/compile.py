"""Makes compiled layers of tables: the curated one of checked rows, the wide one of what no curated row holds."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from graph.model import EntityType
from ingest.kb.layer import LayerBuilder, Sense
from ingest.kb.schema import Alias, EntityRow
from ingest.kb.short_forms import ShortForms, short_forms
from ingest.kb.wide import WideRow
from ingest.tagger.name_lists import LIST_NAMES, LONGEST, ListName
from ingest.tokens import plain, token_keys, tokenize

WELL_KNOWN: Final = 4
"""From this rank on a person is famous and a place a city."""

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_LISTS_OF_TYPE: Final[Mapping[EntityType, ListName]] = {
    "state": "state",
    "place": "place",
    "organization": "organization",
    "party": "party",
    "armed_group": "armed_group",
    "agreement": "agreement",
    "event": "event",
    "weapon": "weapon",
    "person": "person",
    "community": "people",
}


def digest_of(contents: Iterable[tuple[str, bytes]]) -> str:
    """A short digest of named files."""
    digest = hashlib.sha256()
    for name, content in contents:
        digest.update(b"%s\0%d\0" % (name.encode(), len(content)) + content)
    return digest.hexdigest()[:16]


def compile_curated(rows: Iterable[EntityRow], prominence: Mapping[str, int] | None = None) -> LayerBuilder:
    """The curated layer. An alias that must never match is a form too: it holds its place in texts.

    prominence: how much in the news an entity is, by key.
    """
    prominence = prominence or {}
    builder = LayerBuilder.empty()
    rows = list(rows)
    owners: dict[str, set[str]] = {}
    for row in rows:
        for alias in row.aliases:
            owners.setdefault(alias.form, set()).add(row.key)
    for row in rows:
        number = builder.add_row(row.key, row.id, row.wikipedia or "", row.cells, prominence=prominence.get(row.key, 0))
        for place, alias in enumerate(row.aliases):
            if not _is_address(alias.form, row.key, owners):
                for spelling in spellings(alias.form, row.type):
                    keys = [word.lower() for word in spelling]
                    builder.add_form(keys, Sense(number, place), _bit(_curated_list(row, alias), alias))
        if row.type == "person":
            _add_person(builder, row.name)
            _add_surnames(builder, number, short_forms(row.name, row.aliases, country=row.country))
    return builder


def compile_wide(rows: Iterable[WideRow]) -> LayerBuilder:
    """The wide layer; what has no id gets one of its own."""
    builder = LayerBuilder.empty()
    taken: set[str] = set()
    for row in rows:
        own_id = row.id or _own_id(row, taken)
        if own_id in taken:
            continue
        taken.add(own_id)
        number = builder.add_row(own_id, own_id, row.title, row.cells)
        for place, form in enumerate((row.name, *row.aliases)):
            if row.type == "person" and " " not in form:
                continue
            keys = _without_article(token_keys(form))
            if 0 < len(keys) <= LONGEST:
                builder.add_form(keys, Sense(number, place), 1 << LIST_NAMES.index(_wide_list(row)))
        if row.type == "person":
            _add_person(builder, row.name)
            if row.offices:
                aliases = [Alias(form) for form in (row.name, *row.aliases)]
                _add_surnames(builder, number, short_forms(row.name, aliases, country=row.country))
    return builder


def spellings(form: str, entity_type: EntityType) -> Iterator[tuple[str, ...]]:
    """The token sequences of a form: as written, without hyphens, without "The"; weapons also in the plural."""
    written = tuple(plain(token.text) for token in tokenize(form))
    found = {written: None, tuple(word for word in written if word != "-"): None}
    if written[:1] == ("The",) and len(written) > 2:
        found[written[1:]] = None
    if entity_type == "weapon" and written and written[-1].isalnum() and not written[-1].endswith("s"):
        found |= {(*spelling[:-1], spelling[-1] + "s"): None for spelling in list(found) if spelling}
    yield from (spelling for spelling in found if spelling)


def _is_address(form: str, key: str, owners: Mapping[str, Collection[str]]) -> bool:
    """Whether a form names a place and another one around it, each known by itself: "El Paso, Texas"."""
    place, _, region = form.partition(", ")
    return place in owners and any(owner != key for owner in owners.get(region, ()))


def _curated_list(row: EntityRow, alias: Alias) -> ListName:
    if alias.kind == "demonym" and row.type != "community":
        return "demonym"
    return "medium" if row.flags.is_source else _LISTS_OF_TYPE[row.type]


def _bit(name: ListName, alias: Alias) -> int:
    return 0 if alias.never else 1 << LIST_NAMES.index(name)


def _wide_list(row: WideRow) -> ListName:
    if row.type == "person":
        return "famous person" if row.rank >= WELL_KNOWN or not row.offices else "office-holder"
    if row.type == "place":
        return "city" if row.rank >= 2 else "small place"
    if row.type == "organization":
        return "company"
    return "small party" if row.type == "party" else _LISTS_OF_TYPE[row.type]


def _add_person(builder: LayerBuilder, name: str) -> None:
    builder.add_person_name([key for key in token_keys(name) if key[0].isalnum()])


def _add_surnames(builder: LayerBuilder, number: int, forms: ShortForms) -> None:
    for surname in forms.surnames:
        builder.add_surname(surname[0], number)


def _without_article(keys: Sequence[str]) -> Sequence[str]:
    return keys[1:] if len(keys) > 1 and keys[0] == "the" else keys


def _own_id(row: WideRow, taken: Collection[str]) -> str:
    slug = _NOT_SLUG.sub("-", plain(row.title or row.name).lower()).strip("-") or "nameless"
    return f"x-{slug}" if row.title or f"x-{slug}" not in taken else f"x-{slug}-{row.type.replace('_', '-')}"
