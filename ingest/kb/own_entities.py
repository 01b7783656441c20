"""A user's own entities: one YAML file, laid over the knowledge base.

    entities:
      - key: example-weekly
        name: Example Weekly
        type: organization
        country: united-kingdom
        description: magazine this newsroom publishes
        aliases:
          - The Weekly
          - {form: EW, flags: [acronym, context]}
        flags: [source]
    relations:
      - {source: example-weekly, type: HEADQUARTERED_IN, target: london, since: 1998}

Fields and flags are those of the tables (see `ingest.kb.schema`). An entity whose key is known replaces the one that
had it; everything else stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any

import yaml

from ingest.kb.schema import ENTITY_COLUMNS, RELATION_COLUMNS, Report, parse_entity, parse_relation

if TYPE_CHECKING:
    from ingest.kb.tables import Tables

REFERENCE = "own entities"
"""The source of a relation that names none."""

_LARGEST_BYTES = 20_000_000


def read_own_entities(path: Traversable, tables: Tables) -> None:
    """Add the entities and relations of a file to tables; what is wrong is reported there.

    Raises:
        OSError: the file cannot be read.
    """
    content = path.read_bytes()
    tables.contents.append((path.name, content))
    document = _parsed(path.name, content, tables)
    own: set[str] = set()
    for place, item in _items(path.name, document, "entities", tables):
        row = parse_entity(_entity_cells(item, partial(tables.report, place)), partial(tables.report, place))
        if row.key in own:
            tables.report(place, f"key {row.key!r} stands already in this file")
        own.add(row.key)
        tables.entities[row.key] = row
        tables.places[row.key] = place
    for place, item in _items(path.name, document, "relations", tables):
        cells = _relation_cells(item, partial(tables.report, place))
        parse_relation(cells, partial(tables.report, place))
        tables.relations.setdefault("\t".join(cells), place)


def _parsed(name: str, content: bytes, tables: Tables) -> Mapping[str, Any]:
    if len(content) > _LARGEST_BYTES:
        tables.report(name, f"is larger than {_LARGEST_BYTES // 1_000_000} MB")
        return {}
    try:
        document = yaml.safe_load(content)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        tables.report(name, f"is no YAML: {' '.join(str(error).split())}")
        return {}
    if document is None:
        return {}
    if not isinstance(document, dict):
        tables.report(name, "has no entities: and relations: at its top")
        return {}
    for field in document.keys() - {"entities", "relations"}:
        tables.report(name, f"{field!r} is neither entities nor relations")
    return document


def _items(
    name: str, document: Mapping[str, Any], field: str, tables: Tables
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    items = document.get(field) or []
    if not isinstance(items, list):
        tables.report(name, f"{field} is no list")
        return
    for number, item in enumerate(items, start=1):
        place = f"{name}: {field} {number}"
        if isinstance(item, dict):
            yield place, item
        else:
            tables.report(place, "is no mapping of fields")


def _entity_cells(item: Mapping[str, Any], report: Report) -> Sequence[str]:
    _report_unknown(item, ENTITY_COLUMNS, report)
    cells = {name: _text(item.get(name), name, report) for name in ENTITY_COLUMNS if name not in ("aliases", "flags")}
    cells["aliases"] = "|".join(_alias(alias, report) for alias in _list(item.get("aliases"), "aliases", report))
    cells["flags"] = "|".join(_text(flag, "flags", report) for flag in _list(item.get("flags"), "flags", report))
    return [cells[name] for name in ENTITY_COLUMNS]


def _relation_cells(item: Mapping[str, Any], report: Report) -> Sequence[str]:
    _report_unknown(item, RELATION_COLUMNS, report)
    cells = [_text(item.get(name), name, report) for name in RELATION_COLUMNS]
    return [*cells[:-1], cells[-1] or REFERENCE]


def _alias(alias: object, report: Report) -> str:
    if not isinstance(alias, dict):
        return _text(alias, "aliases", report)
    _report_unknown(alias, ("form", "flags"), report)
    form = _text(alias.get("form"), "form", report)
    flags = [_text(flag, "flags", report) for flag in _list(alias.get("flags"), "flags", report)]
    return f"{form}~{','.join(flags)}" if flags else form


def _list(value: object, field: str, report: Report) -> Sequence[object]:
    if value is None:
        return ()
    if isinstance(value, list):
        return value
    report(f"{field} is no list")
    return ()


def _text(value: object, field: str, report: Report) -> str:
    """Text, a number or a date as a cell of a table."""
    if value is None:
        return ""
    if isinstance(value, (list, dict)):
        report(f"{field} is no text")
        return ""
    text = " ".join(str(value).split())
    if any(char in text for char in "|~"):
        report(f"{field}: {text!r} holds one of | and ~, which the tables use as marks")
    return text


def _report_unknown(item: Mapping[str, Any], known: Sequence[str], report: Report) -> None:
    for field in item.keys() - set(known):
        report(f"unknown field {field!r}; known: {', '.join(known)}")
