"""How fast articles come in, extraction and graph apart.

    python -m benchmarks.ingest --articles 2000

Extraction reads the sample articles again and again on one core. The graph takes a made-up corpus in three ways, each
into an embedded database of its own: batches that keep the ties up to date, a bulk load that derives them at the end,
and one MERGE for each pair, which is what comes to mind first. JSON goes to standard output.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from benchmarks.corpus import Corpus
from benchmarks.queries import batches, log
from graph.counting.pairs import aggregate
from graph.database import Database, Query
from graph.embedded import EmbeddedDatabase
from graph.model import Article
from graph.rebuild import TieClaim
from graph.schema import migrate
from graph.store import GraphStore
from graph.stored_form import incidence
from ingest.loading import load_extractor
from ingest.sources import read

SAMPLES = Path(__file__).resolve().parents[1] / "app" / "samples"
# The naive way is so slow that it gets a part of the articles; its rate only falls as the graph grows.
NAIVE_SHARE = 5

NAIVE_MERGE = Query(
    """
    UNWIND $pairs AS p MATCH (a:Entity {id: p.source}) MATCH (b:Entity {id: p.target})
    MERGE (a)-[c:CO_MENTIONED]->(b)
    SET c.articles = coalesce(c.articles, 0) + p.articles, c.sentences = coalesce(c.sentences, 0) + p.sentences
    """,
    name="naive_merge",
)


def extraction(seconds: float) -> dict[str, Any]:
    """Articles and words a second of the extractor alone."""
    articles = [item for item in read([SAMPLES]) if isinstance(item, Article)]
    extractor = load_extractor()
    done, words, start = 0, 0, time.perf_counter()
    for article in cycle(articles):
        extractor.extract(article)
        done, words = done + 1, words + len(article.text.split())
        if time.perf_counter() - start > seconds:
            break
    taken = time.perf_counter() - start
    return {"articles_per_s": round(done / taken), "words_per_s": round(words / taken)}


@contextmanager
def empty_graph() -> Iterator[tuple[GraphStore, Database]]:
    """A fresh embedded database."""
    with tempfile.TemporaryDirectory() as folder, EmbeddedDatabase(Path(folder), heap_megabytes=1024) as engine:
        database = Database(engine.address, queue=engine.queue)
        migrate(database, dialect="arcadedb", run=engine.run_schema)
        with closing(GraphStore(database, product="ArcadeDB", counting="incidence")) as store:
            yield store, database


def incremental(store: GraphStore, database: Database, corpus: Corpus) -> None:
    """Batches that keep the ties up to date."""
    del database
    for batch in batches(corpus.extractions()):
        store.write(batch)


def bulk(store: GraphStore, database: Database, corpus: Corpus) -> None:
    """A load that derives the ties at its end."""
    with store.deferring_ties():
        incremental(store, database, corpus)


def naive(store: GraphStore, database: Database, corpus: Corpus) -> None:
    """Without our ties, but with one MERGE for each pair of each article."""
    TieClaim(database, shared=False)
    for batch in batches(islice(corpus.extractions(), corpus.articles // NAIVE_SHARE)):
        store.write(batch)
        for each in batch:
            pairs = [
                {"source": p.source, "target": p.target, "articles": p.articles, "sentences": p.sentences}
                for p in aggregate([incidence(each)])
            ]
            database.write([NAIVE_MERGE.with_parameters(pairs=pairs)])


def rate(name: str, way: Callable[[GraphStore, Database, Corpus], None], corpus: Corpus, articles: int) -> float:
    """Articles a second of one way."""
    log(f"graph: {name}")
    with empty_graph() as (store, database):
        start = time.perf_counter()
        way(store, database, corpus)
        return articles / (time.perf_counter() - start)


def measure(articles: int, seconds: float) -> dict[str, Any]:
    """All rates, and how many times as fast as the naive way ours are."""
    corpus = Corpus(articles=articles)
    log("extraction")
    found = {"extraction": extraction(seconds)}
    rates = {
        "batches": rate("batches", incremental, corpus, articles),
        "bulk": rate("bulk", bulk, corpus, articles),
        "naive": rate("naive", naive, corpus, articles // NAIVE_SHARE),
    }
    graph = {
        name: {"articles_per_s": round(value), "ratio_to_naive": round(value / rates["naive"], 1)}
        for name, value in rates.items()
    }
    return found | {"articles": articles, "graph": graph}


def main(given: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ingest", description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--seconds", type=float, default=10, help="for extraction")
    asked = parser.parse_args(given)
    json.dump(measure(asked.articles, asked.seconds), sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
