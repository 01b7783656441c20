"""Writes changes into copies of the tables: files that can be put in the place of ours, or be laid over them.

What is gone is not taken out: whether to do so is for whoever reviews the report.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ingest.kb.refresh.changes import Change
from ingest.kb.refresh.known import KnownBase
from ingest.kb.schema import OFFICE_RELATIONS, RELATION_COLUMNS, unreported
from ingest.kb.tables import Tables
from ingest.kb.wide import WIDE_COLUMNS, WIDE_FILES, Term, WideRow, file_of, parse_wide

_NEW_RELATIONS: Final = "relations.tsv"

# The cells of a line of an entities file that a field stands in.
_CELLS: Final = {"name": 1, "id": 3, "title": 4, "country": 5, "description": 6}
_NAME, _ID, _ALIASES, _FLAGS = 1, 3, 7, 8


@dataclass(slots=True)
class _Edits:
    """Changes by what they change."""

    curated: dict[str, list[Change]] = field(default_factory=dict)
    wide: dict[WideRow, list[Change]] = field(default_factory=dict)
    relations: dict[str, str] = field(default_factory=dict)
    new_relations: list[str] = field(default_factory=list)
    new_rows: dict[str, list[WideRow]] = field(default_factory=dict)


def refreshed_files(tables: Tables, changes: Iterable[Change], base: KnownBase, *, reference: str) -> dict[str, str]:
    """The content of each table that changes, by file name.

    Args:
        tables: what was compared; its relations and files are copied.
        changes: what to write into them.
        base: the same, by id: two entities never get one id.
        reference: what relations that are new or have changed name as their source.
    """
    edits = _sorted_by_target(changes, base, reference)
    contents = {name: content.decode() for name, content in tables.contents}
    for name, header in (
        (_NEW_RELATIONS, RELATION_COLUMNS),
        *((name, WIDE_COLUMNS) for name in edits.new_rows),
    ):
        contents.setdefault(name, "\t".join(header) + "\n")
    found = {name: _refreshed(name, content, edits) for name, content in contents.items()}
    return {name: content for name, content in found.items() if content != contents[name]}


def _sorted_by_target(changes: Iterable[Change], base: KnownBase, reference: str) -> _Edits:
    edits = _Edits()
    for change in changes:
        if change.kind == "gone" or (change.field == "id" and change.id in base.by_id):
            continue
        known, row = change.known, change.row
        if row is not None:
            edits.new_rows.setdefault(file_of(row), []).append(row)
            continue
        assert known is not None, "what is not new is known"
        if isinstance(known.row, WideRow):
            edits.wide.setdefault(known.row, []).append(change)
        elif change.term is not None:
            _add_relation(change, known.key, change.term, base, edits, reference)
        else:
            edits.curated.setdefault(known.key, []).append(change)
    return edits


def _add_relation(change: Change, source: str, term: Term, base: KnownBase, edits: _Edits, reference: str) -> None:
    if change.term_before is None:
        if term.area in base.by_key:  # a relation is one between two curated entities
            edits.new_relations.append(_relation(source, change.field, term, reference, leads=change.leads))
        return
    old_reference = base.references[source, change.term_before]
    for leads in (False, True):
        old = _relation(source, change.field, change.term_before, old_reference, leads=leads)
        edits.relations[old] = _relation(source, change.field, term, reference, leads=leads)


def _relation(source: str, field: str, term: Term, reference: str, *, leads: bool) -> str:
    """A line of a relations file."""
    leading, holding = OFFICE_RELATIONS
    kind, office = (term.office, "") if field == "relation" else (leading if leads else holding, term.office)
    return "\t".join((source, kind, term.area, office, term.since, term.until, reference))


def _refreshed(name: str, content: str, edits: _Edits) -> str:
    header, *lines = content.split("\n")
    lines = [line for line in lines if line]
    if name.startswith("entities_"):
        rows = [_entity_cells(line.split("\t"), edits) for line in lines]
    elif name.startswith("relations"):
        rows = [edits.relations.get(line, line).split("\t") for line in lines]
        rows += [line.split("\t") for line in edits.new_relations] if name == _NEW_RELATIONS else []
    elif name.startswith(WIDE_FILES):
        edited = {(row.title, row.id) for row in edits.wide}
        rows = [_wide_cells(line.split("\t"), edits, edited) for line in lines]
        rows += [list(row.cells) for row in edits.new_rows.get(name, ())]
    else:
        return content
    return "\n".join((header, *("\t".join(row) for row in sorted(rows)))) + "\n"


def _entity_cells(cells: list[str], edits: _Edits) -> list[str]:
    for change in edits.curated.get(cells[0], ()):
        if change.field == "alias":
            form, _, flag = change.new.partition("~")
            _add_alias(cells, form, ("demonym", "context") if flag else ("context",))
        elif change.field == "stands_for":
            others = [each for each in _split(cells[_FLAGS]) if not each.startswith("stands_for=")]
            cells[_FLAGS] = "|".join((f"stands_for={change.new}", *others))
        else:
            _set_cell(cells, change)
    return cells


def _set_cell(cells: list[str], change: Change) -> None:
    if change.field == "id":  # graphs that hold the entity under its old id find it by that
        cells[_FLAGS] = "|".join((*_split(cells[_FLAGS]), f"former={cells[_ID] or f'x-{cells[0]}'}"))
    old_name = cells[_NAME]
    cells[_CELLS[change.field]] = change.new
    if change.field == "name":
        _add_alias(cells, old_name, ())


def _add_alias(cells: list[str], form: str, flags: Sequence[str]) -> None:
    """Add a form; one that nobody has looked at counts only beside another of the entity."""
    aliases = _split(cells[_ALIASES])
    if form != cells[_NAME] and form not in (alias.partition("~")[0] for alias in aliases):
        cells[_ALIASES] = "|".join((*aliases, "~".join(filter(None, (form, ",".join(flags))))))


def _wide_cells(cells: list[str], edits: _Edits, edited: Collection[tuple[str, str]]) -> list[str]:
    """A line of a wide file with its changes. edited: title and id of the rows that have some; only these are read."""
    title, _, _, own_id, *_ = cells
    row = parse_wide(cells, unreported) if (title, own_id) in edited else None
    if row is None or row not in edits.wide:
        return cells
    for change in edits.wide[row]:
        row = _WIDE[change.field](row, change)
    return list(row.cells)


def _with_alias(row: WideRow, form: str) -> WideRow:
    return row if form in (row.name, *row.aliases) else replace(row, aliases=(*row.aliases, form))


def _with_term(row: WideRow, change: Change) -> WideRow:
    assert change.term is not None, "a change of an office says which"
    others = [term for term in row.offices if term != change.term_before]
    return replace(row, offices=tuple(sorted((*others, change.term), key=lambda term: (term.since, term.until))))


_WIDE: Final[Mapping[str, Callable[[WideRow, Change], WideRow]]] = {
    "alias": lambda row, change: _with_alias(row, change.new.partition("~")[0]),
    "country": lambda row, change: replace(row, country=change.new),
    "id": lambda row, change: replace(row, id=change.new),
    "name": lambda row, change: _with_alias(replace(row, name=change.new), row.name),
    "office": _with_term,
    "title": lambda row, change: replace(row, title=change.new),
}


def _split(cell: str) -> list[str]:
    return cell.split("|") if cell else []
