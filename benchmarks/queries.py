"""How long the answers take: in memory, by the database, by networkx and by the Cypher that comes to mind first.

    python -m benchmarks.queries --articles 50000
    python -m benchmarks.queries --articles 50000 --without-database

One run on one machine asks the same questions in every way, checks that the answers are equal, and prints p50 and p95
in milliseconds, and how many times as long as in memory the others take. Absolute times depend on the machine, ratios
hardly. JSON goes to standard output, progress to standard error.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from functools import partial
from itertools import islice
from operator import methodcaller
from pathlib import Path
from typing import Any, TypeAlias

from benchmarks.answerers import Answer, Answerer, ByCounting, ByNaiveCypher, ByNetworkx
from benchmarks.corpus import Corpus
from benchmarks.timing import Times, timed
from graph.counting.cypher import CypherCounting
from graph.counting.incidence import ArticleIncidence, Incidence
from graph.counting.incidence_counting import IncidenceCounting
from graph.database import Database
from graph.embedded import EmbeddedDatabase
from graph.model import Extraction
from graph.schema import migrate
from graph.store import GraphStore

Question: TypeAlias = Callable[[Answerer], Answer]

FAMOUS = 20
CALLS = 200
# Asked before anything is timed, so that what is made on first use and the engine's compiler are out of the picture.
WARM_UP = 3
BATCH = 500
REFERENCE = "incidence"


def questions(rows: Sequence[ArticleIncidence], *, seed: int) -> Mapping[str, list[Question]]:
    """The same questions in the same order for everybody: about the most famous entities, and about any article."""
    draw = random.Random(seed)
    famous = [f"Q{number}" for number in range(1, FAMOUS + 1)]
    articles = [draw.choice(rows) for _ in range(CALLS)]
    return {
        "hub co-mentions": [methodcaller("co_mentions", draw.choice(famous)) for _ in range(CALLS)],
        "three-way intersection": [methodcaller("intersection", draw.sample(famous, 3)) for _ in range(CALLS)],
        "article graph": [methodcaller("article_graph", row.article, sorted(row.sentences)) for row in articles],
    }


def measure(
    answerers: Mapping[str, Answerer], asked: Mapping[str, list[Question]], *, seconds: float
) -> dict[str, Any]:
    """Times of every way for every kind of question. Raises AssertionError where answers differ."""
    results: dict[str, Any] = {}
    for kind, kind_asked in asked.items():
        found: dict[str, tuple[Times, list[Answer]]] = {}
        for name, answerer in answerers.items():
            log(f"{kind}: {name}")
            calls = [partial(question, answerer) for question in kind_asked]
            timed(calls[:WARM_UP], seconds=seconds)
            found[name] = timed(calls, seconds=seconds)
        check_equal(kind, {name: answers for name, (_, answers) in found.items()})
        reference = found[REFERENCE][0].p50
        results[kind] = {
            name: {
                "p50_ms": times.p50,
                "p95_ms": times.p95,
                "calls": times.calls,
                "ratio": round(times.p50 / reference, 1),
            }
            for name, (times, _) in found.items()
        }
    return results


def check_equal(kind: str, answers: Mapping[str, list[Answer]]) -> None:
    """Raise AssertionError where somebody answers something else than counting in memory does."""
    for name, given in answers.items():
        for place, (answer, expected) in enumerate(zip(given, answers[REFERENCE], strict=False)):
            if answer != expected:
                raise AssertionError(f"{kind} {place}: {name} answers {answer} instead of {expected}")


def load(store: GraphStore, corpus: Corpus) -> None:
    """Write the corpus as a bulk load, and say how fast that was."""
    start, written = time.perf_counter(), 0
    with store.deferring_ties():
        for batch in batches(corpus.extractions()):
            store.write(batch)
            written += len(batch)
            log(f"loading: {written} articles, {written / (time.perf_counter() - start):.0f}/s", end="\r")
    log(f"loaded {written} articles and their ties: {written / (time.perf_counter() - start):.0f} articles/s")


def batches(extractions: Iterable[Extraction]) -> Iterator[list[Extraction]]:
    """The extractions in lists of BATCH."""
    waiting = iter(extractions)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def in_memory(corpus: Corpus, rows: Sequence[ArticleIncidence]) -> dict[str, Answerer]:
    """The ways that need no database."""
    types = {corpus.entity(number).id: corpus.entity(number).type for number in range(corpus.entities)}
    index = Incidence.build(rows, types, graph_version=1)
    days = {row.article: row.published_at or "" for row in rows}
    return {
        REFERENCE: ByCounting(IncidenceCounting(lambda: index)),
        "networkx": ByNetworkx(days, {row.article: row.sentences for row in rows}),
    }


def by_database(corpus: Corpus, folder: Path, opened: ExitStack) -> dict[str, Answerer]:
    """The ways over the embedded database in a folder; it is loaded unless it holds the corpus already."""
    engine = opened.enter_context(EmbeddedDatabase(folder / "database", heap_megabytes=1024))
    database = opened.enter_context(closing(Database(engine.address, queue=engine.queue)))
    migrate(database, dialect="arcadedb", run=engine.run_schema)
    store = GraphStore(database, product="ArcadeDB", counting="cypher")
    if store.stats().articles != corpus.articles:
        load(store, corpus)
    return {"cypher": ByCounting(CypherCounting(database.read)), "naive cypher": ByNaiveCypher(database.read)}


def log(text: str, *, end: str = "\n") -> None:
    """Tell how far it is."""
    print(text, file=sys.stderr, end=end, flush=True)


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.queries", description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=20, help="at most, for each way and kind of question")
    parser.add_argument("--folder", type=Path, help="keep the database there, and use it if it is there already")
    parser.add_argument("--without-database", action="store_true", help="compare with networkx alone")
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None) -> None:
    """Measure and print."""
    asked = arguments(given)
    corpus = Corpus(articles=asked.articles, seed=asked.seed)
    log(f"making {corpus.articles} articles")
    rows = list(corpus.incidences())
    with ExitStack() as opened:
        answerers = in_memory(corpus, rows)
        if not asked.without_database:
            folder = asked.folder or Path(opened.enter_context(tempfile.TemporaryDirectory()))
            answerers |= by_database(corpus, folder, opened)
        times = measure(answerers, questions(rows, seed=asked.seed), seconds=asked.seconds)
    print(json.dumps({"articles": corpus.articles, "seed": corpus.seed, "times": times}, indent=2))


if __name__ == "__main__":
    main()
