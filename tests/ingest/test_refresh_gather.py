"""What is asked, in which order, and that a query without an answer loses no other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from refreshing import small_base
from sparql_playback import result

from ingest.kb.refresh import Binding, KnownBase, Unanswered, gather, load_queries, read_answer
from ingest.kb.refresh.queries import BATCHES, NAMES, PAGE

QUERIES = load_queries()


@pytest.fixture
def base(tmp_path: Path) -> KnownBase:
    """The small knowledge base."""
    return small_base(tmp_path)


class Service:
    """Answers with nothing, except where it is told otherwise by a part of the query."""

    def __init__(self, **answers: bytes | Exception) -> None:
        self.asked: list[str] = []
        self._answers = answers

    def __call__(self, query: str) -> Sequence[Binding]:
        self.asked.append(query)
        for part, answer in self._answers.items():
            if part in query:
                if isinstance(answer, Exception):
                    raise answer
                return read_answer(answer)
        return []


def test_everything_is_asked_once(base: KnownBase) -> None:
    """Lists whole, states one by one, items and titles in batches; not when items were changed."""
    service, done = Service(), list[tuple[int, int]]()
    gathered = gather(QUERIES, base, service, progress=lambda *numbers: done.append(numbers))
    by_state = sum(QUERIES[name].parameter == "state" for name in NAMES)
    assert len(service.asked) == len(NAMES) - 1 + by_state * (len(base.states) - 1)
    assert done == [(n, len(service.asked)) for n in range(1, len(service.asked) + 1)]
    assert (gathered.steps, gathered.failures) == (len(service.asked), [])
    assert gathered.facts.asked["relations"] == {"Q1001", "Q1002", "Q1004", "Q1005", "Q1006", "Q1008"}
    assert gathered.facts.asked["names"] == gathered.facts.asked["relations"] | {"Q2001", "Q2002", "Q2003"}
    assert gathered.facts.asked["titles"] == {"Marx League"}


def test_large_batches_are_split(base: KnownBase) -> None:
    """No query has more values than the public service can take."""
    known = base.by_id["Q2001"]
    base.by_id |= {f"Q{number}": known for number in range(5000, 5000 + 2 * BATCHES["item"])}
    service = Service()
    gather({"names": QUERIES["names"]}, base, service)
    sizes = [len(re.findall(r"wd:Q\d+", query)) for query in service.asked]
    assert sizes == [BATCHES["item"], BATCHES["item"], 9]


def test_pages_are_asked_for_until_one_is_not_full(base: KnownBase) -> None:
    """A full page is followed by another, though that may be empty; all rows are read."""
    full = result(*[{"item": f"Q{number}", "name": "X"} for number in range(10_000, 10_000 + PAGE)])
    service = Service(**{"OFFSET 0": full, f"OFFSET {PAGE}": full})
    gathered = gather({"treaties": QUERIES["treaties"]}, base, service)
    assert [query.rpartition("OFFSET ")[2].strip() for query in service.asked] == ["0", str(PAGE), str(2 * PAGE)]
    assert len(gathered.facts.items) == PAGE


def test_a_query_without_an_answer_loses_no_other(base: KnownBase) -> None:
    """It is told with what it was for, and nothing of it counts as asked."""
    service = Service(**{"wd:Q1002": Unanswered("500: too slow")})
    queries = {name: QUERIES[name] for name in ("states", "cities", "names")}
    gathered = gather(queries, base, service)
    assert gathered.failures == ["cities of Q1002: 500: too slow", "names of Q1001 and 8 more: 500: too slow"]
    assert gathered.facts.asked["cities"] == {"Q1001"}
    assert "names" not in gathered.facts.asked
    failing = gather({"states": QUERIES["states"]}, base, Service(SELECT=Unanswered("no")))
    assert failing.failures == ["states: no"]


def test_other_errors_end_the_run(base: KnownBase) -> None:
    """Such as an interruption by the user."""
    with pytest.raises(ValueError, match="stop"):
        gather(QUERIES, base, Service(SELECT=ValueError("stop")))


def test_only_what_has_changed_is_asked_for(base: KnownBase) -> None:
    """With a day, names and relations are asked of items changed on it or later; the rest as ever."""
    modified = result(
        {"item": "Q1001", "modified": "2026-11-02T00:00:00Z"}, {"item": "Q1002", "modified": "2026-11-01T23:00:00Z"}
    )
    service = Service(**{"dateModified": modified})
    queries = {name: QUERIES[name] for name in ("changed", "names", "relations", "heads")}
    gathered = gather(queries, base, service, since="2026-11-02")
    assert gathered.facts.asked["names"] == gathered.facts.asked["relations"] == {"Q1001"}
    assert len(service.asked) == 4
