"""Asks all queries one after the other and collects the facts that they give."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from ingest.kb.refresh.answers import Binding
from ingest.kb.refresh.facts import Facts
from ingest.kb.refresh.known import KnownBase
from ingest.kb.refresh.queries import BATCHES, PAGE, Query
from ingest.kb.refresh.reading import read_bindings

SINCE: Final = "changed"
"""The query that is asked only where somebody wants what has changed since a day."""

OF_CHANGED: Final = frozenset(("names", "relations"))
"""These are then asked of the items that have changed, and of no others."""


class Unanswered(Exception):
    """A query has no answer; the message says why. Others may have one."""


Ask: TypeAlias = Callable[[str], Sequence[Binding]]
Progress: TypeAlias = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Step:
    """A query for one batch of values."""

    query: Query
    values: tuple[str, ...] = ()

    def __str__(self) -> str:
        if not self.values:
            return self.query.name
        others = f" and {len(self.values) - 1} more" if len(self.values) > 1 else ""
        return f"{self.query.name} of {self.values[0]}{others}"


@dataclass(slots=True)
class Gathered:
    """What was answered, and what was not, as "query: why"."""

    facts: Facts = field(default_factory=Facts)
    failures: list[str] = field(default_factory=list)
    steps: int = 0


def gather(
    queries: Mapping[str, Query], base: KnownBase, ask: Ask, *, since: str = "", progress: Progress = lambda *_: None
) -> Gathered:
    """Ask queries, page by page and batch by batch; one that fails never loses the rest.

    Args:
        queries: those to ask, in this order.
        base: says for which states, items and titles.
        ask: sends one text. Raises Unanswered where there is no answer; any other error ends the run.
        since: a day (ISO 8601). Names and relations are asked of items alone that were changed on it or later.
        progress: is called with the number of steps done and of all.
    """
    gathered = Gathered()
    chosen = [query for name, query in queries.items() if name != SINCE or since]
    for query in chosen:
        changed = _changed_since(gathered.facts, since) if since and query.name in OF_CHANGED else None
        steps = list(_steps(query, base, changed))
        of = gathered.steps + len(steps) + _ahead(chosen, query, base)
        for step in steps:
            _take(step, base, ask, gathered)
            gathered.steps += 1
            progress(gathered.steps, of)
    return gathered


def _ahead(chosen: Sequence[Query], query: Query, base: KnownBase) -> int:
    """How many steps the queries after one have at most."""
    return sum(-(-len(_values(each, base)) // _size(each)) for each in chosen[chosen.index(query) + 1 :])


def _take(step: Step, base: KnownBase, ask: Ask, gathered: Gathered) -> None:
    try:
        bindings = [binding for page in _pages(step, ask) for binding in page]
    except Unanswered as error:
        gathered.failures.append(f"{step}: {error}")
        return
    read_bindings(step.query.name, bindings, base, gathered.facts)
    gathered.facts.asked.setdefault(step.query.name, set()).update(step.values)


def _pages(step: Step, ask: Ask) -> Iterator[Sequence[Binding]]:
    page = 0
    while True:
        rows = ask(step.query.text_for(step.values, page=page))
        yield rows
        page += 1
        if not step.query.is_paged or len(rows) < PAGE:
            return


def _steps(query: Query, base: KnownBase, changed: Collection[str] | None) -> Iterator[Step]:
    if query.parameter is None:
        yield Step(query)
        return
    values = [value for value in _values(query, base) if changed is None or value in changed]
    for start in range(0, len(values), _size(query)):
        yield Step(query, tuple(values[start : start + _size(query)]))


def _size(query: Query) -> int:
    return BATCHES[query.parameter] if query.parameter else 1


def _values(query: Query, base: KnownBase) -> list[str]:
    """What a query is asked for: states, the titles of entities without an id, or items (relations: curated ones)."""
    if query.parameter is None:
        return [""]
    if query.parameter == "state":
        return sorted(base.states)
    if query.parameter == "title":
        return sorted(title for title, known in base.by_title.items() if not known.id)
    of_all = query.name != "relations"
    return _by_number(own_id for own_id, known in base.by_id.items() if of_all or known.key)


def _by_number(ids: Iterable[str]) -> list[str]:
    return sorted(ids, key=lambda own_id: int(own_id[1:]))


def _changed_since(facts: Facts, since: str) -> set[str]:
    return {own_id for own_id, day in facts.modified.items() if day[: len(since)] >= since}
