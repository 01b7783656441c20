"""The changes as a report for whoever reviews them: Markdown to read, TSV to sort and filter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ingest.kb.refresh.changes import KINDS, Change

COLUMNS: Final = ("change", "field", "id", "name", "old", "new", "query", "link")
_TITLES: Final = {"new": "New", "changed": "Changed", "gone": "Gone"}
_MARKDOWN: Final = str.maketrans({sign: f"\\{sign}" for sign in "\\|*_`[]<>"})


def counts(changes: Sequence[Change]) -> Mapping[str, int]:
    """How many changes there are of each kind."""
    found = Counter(change.kind for change in changes)
    return {kind: found[kind] for kind in KINDS}


def cells(change: Change) -> tuple[str, ...]:
    """A change as a row under COLUMNS."""
    return (
        change.kind,
        change.field,
        change.id,
        change.name,
        change.old,
        change.new,
        change.query,
        change.link,
    )


def to_tsv(changes: Sequence[Change]) -> str:
    """One line a change under a header."""
    return "".join("\t".join(row) + "\n" for row in (COLUMNS, *map(cells, changes)))


def to_markdown(changes: Sequence[Change], *, failures: Sequence[str] = (), most: int | None = None) -> str:
    """A section for each kind of change and field, and one for what was not answered.

    most: rows of one section at most; a line then says how many more there are.
    """
    return "\n".join(_lines(changes, failures, most)) + "\n"


def _lines(changes: Sequence[Change], failures: Sequence[str], most: int | None) -> Iterator[str]:
    yield "# Wikidata and the knowledge base"
    yield ""
    yield ", ".join(f"{count} {kind}" for kind, count in counts(changes).items())
    sections: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        sections.setdefault((change.kind, change.field), []).append(change)
    for (kind, field), some in sections.items():
        yield from ("", f"## {_TITLES[kind]}: {field.replace('_', ' ')} ({len(some)})", "")
        yield from _table(some[:most])
        if most is not None and len(some) > most:
            yield from ("", f"and {len(some) - most} more")
    if failures:
        yield from ("", f"## Not answered ({len(failures)})", "")
        yield from (f"- {_plain(failure)}" for failure in failures)


def _table(changes: Sequence[Change]) -> Iterator[str]:
    yield "| item | old | new |"
    yield "|---|---|---|"
    for change in changes:
        item = f"{_plain(change.name)} [{change.id}]({change.link})" if change.id else _plain(change.name)
        yield f"| {item} | {_plain(change.old)} | {_plain(change.new)} |"


def _plain(text: str) -> str:
    """Text that Markdown takes as it is, on one line."""
    return " ".join(text.split()).translate(_MARKDOWN)
