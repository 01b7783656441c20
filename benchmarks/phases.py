"""What is measured on one database: writing with and without ties, a bulk load, questions, writing into all that."""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from operator import methodcaller
from typing import Any, Literal, TypeAlias

from benchmarks.articles import Articles, again
from benchmarks.servers import Server
from benchmarks.timing import timed
from graph.counting.measures import DEFAULT_MEASURE
from graph.model import Extraction, Filters, PageRequest
from graph.queries import reading
from graph.rebuild import TieClaim
from graph.store import GraphStore
from graph.writer import Writer

Question: TypeAlias = Callable[[GraphStore], object]
Way: TypeAlias = Literal["cypher", "incidence"]
Numbers: TypeAlias = dict[str, Any]

# As many as `eig ingest` writes at once.
BATCH = 200
WARM_UP_ARTICLES = 400
WARM_UP_CALLS = 3
INTO_FULL_GRAPH = 600
CALLS = 200
HUBS = 20
IDS_AT_ONCE = 10_000
PAGE = PageRequest(limit=20)


def batches(extractions: Iterable[Extraction]) -> Iterator[list[Extraction]]:
    """The extractions in lists of BATCH."""
    waiting = iter(extractions)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def opened(server: Server, way: Way = "cypher") -> GraphStore:
    """The graph of a server. It must not be closed: the connections are the server's."""
    return GraphStore(server.database, product=server.product, counting=way)


def writing(server: Server, articles: Articles, *, size: int, ties: bool) -> Numbers:
    """Articles a second into an empty graph, with or without the upkeep of CO_MENTIONED; some come before the clock."""
    store = opened(server)
    if not ties:
        TieClaim(server.database, shared=False)
    written, seconds = 0, 0.0
    for number, batch in enumerate(batches(islice(articles.extractions(), WARM_UP_ARTICLES + size))):
        taken = _seconds(partial(store.write, batch))
        if number >= WARM_UP_ARTICLES // BATCH:
            written, seconds = written + len(batch), seconds + taken
    return {"articles": written, "articles_per_s": _rate(written, seconds)}


def load(server: Server, articles: Articles, so_far: Numbers, *, keep: Callable[[Numbers], None]) -> None:
    """A bulk load of all articles, which goes on where it was interrupted.

    so_far: what `keep` was given last. Seconds of extraction, where there is one, are told apart from those of writing.
    """
    store = opened(server)
    numbers: Numbers = {"made_s": 0.0, "write_s": 0.0, **so_far, "articles": store.stats().articles}
    waiting = batches(articles.extractions(numbers["articles"]))
    with store.deferring_ties():
        start = time.perf_counter()
        while batch := next(waiting, None):
            numbers["made_s"] += time.perf_counter() - start
            numbers["write_s"] += _seconds(partial(store.write, batch))
            numbers["articles"] += len(batch)
            keep(numbers)
            start = time.perf_counter()
    numbers["ties_s"] = time.perf_counter() - start
    sizes = store.stats()
    keep(
        numbers
        | {
            "entities": sizes.entities,
            "mentions": sizes.mentions,
            "mention_edges": sizes.details["mention_edges"],
            "ties": sizes.ties,
            "articles_per_s": _rate(numbers["articles"], numbers["write_s"]),
            "articles_per_s_with_ties": _rate(numbers["articles"], numbers["write_s"] + numbers["ties_s"]),
            "complete": True,
        }
    )


def into_full_graph(server: Server, articles: Articles) -> Numbers:
    """Articles a second that come into the full graph, ties kept up to date, and go out of it again."""
    store, writer = opened(server), Writer(server.database)
    extra = [again(each) for each in islice(articles.extractions(), INTO_FULL_GRAPH)]
    ids = [each.article.id for each in extra]
    writer.delete(ids)  # of a run that was interrupted
    written = sum(_seconds(partial(store.write, batch)) for batch in batches(extra))
    taken = [ids[place : place + BATCH] for place in range(0, len(ids), BATCH)]
    removed = sum(_seconds(partial(writer.delete, some)) for some in taken)
    return {
        "articles": len(ids),
        "articles_per_s": _rate(len(ids), written),
        "taken_out_per_s": _rate(len(ids), removed),
    }


def questions(server: Server, *, seed: int) -> Mapping[str, list[Question]]:
    """The same questions on every database that holds the same articles: about the most named entities, any article."""
    draw = random.Random(seed)
    hubs = [each.id for each in opened(server).search_entities("", page=PageRequest(limit=HUBS)).results]
    ids = list(_article_ids(server))
    ranked: dict[str, Any] = {"filters": Filters(), "measure": DEFAULT_MEASURE, "page": PAGE}
    return {
        "hub co-mentions": [methodcaller("co_mentions", draw.choice(hubs), **ranked) for _ in range(CALLS)],
        "three-way intersection": [methodcaller("intersection", draw.sample(hubs, 3), **ranked) for _ in range(CALLS)],
        "article graph": [methodcaller("article_graph", draw.choice(ids)) for _ in range(CALLS)],
        "pair evidence": [
            methodcaller("pair_evidence", *draw.sample(hubs, 2), filters=Filters(), page=PAGE) for _ in range(CALLS)
        ],
    }


def asking(server: Server, way: Way, asked: Mapping[str, Sequence[Question]], *, seconds: float) -> Numbers:
    """Times of each kind of question, evidence included, and a short digest of every answer."""
    store = opened(server, way)
    first = next(iter(asked.values()))[0]
    found: Numbers = {"first_answer_s": round(_seconds(partial(first, store)), 2)}
    for kind, some in asked.items():
        calls = [partial(question, store) for question in some]
        timed(calls[:WARM_UP_CALLS], seconds=seconds)
        times, answers = timed(calls, seconds=seconds)
        digests = [hashlib.sha256(repr(answer).encode()).hexdigest()[:12] for answer in answers]
        found[kind] = {"p50_ms": times.p50, "p95_ms": times.p95, "calls": times.calls, "answers": digests}
    return found | {"memory": server.memory()}


def _article_ids(server: Server) -> Iterator[str]:
    after = ""
    page = reading.ARTICLE_PAGE
    while rows := server.database.read(page.with_parameters(after=after, limit=IDS_AT_ONCE)).values:
        yield from (row[0] for row in rows)
        after = rows[-1][0]


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _rate(count: int, seconds: float) -> float:
    return round(count / seconds, 1) if seconds else 0.0
