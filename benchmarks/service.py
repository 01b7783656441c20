"""How long the answers take through the service: over HTTP on loopback, evidence and JSON included.

    python -m benchmarks.service --articles 50000

The corpus is loaded into an embedded database (or found there with --folder), served by uvicorn in this process, and
asked by one client. JSON with p50 and p95 in milliseconds goes to standard output.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from app.main import create_app
from app.settings import Settings
from benchmarks.corpus import Corpus
from benchmarks.queries import CALLS, FAMOUS, load, log
from benchmarks.timing import timed
from graph.database import Database
from graph.embedded import EmbeddedDatabase
from graph.schema import migrate
from graph.store import GraphStore
from ingest.loading import load_extractor

# Asked before anything is timed: the engine's compiler needs some hundreds of statements until it has done its work.
WARM_UP = 100


@contextmanager
def serving(store: GraphStore, folder: Path) -> Iterator[str]:
    """The service over a store, on a free port of loopback."""
    app = create_app(Settings(home=folder), store=store, extractor=load_extractor())
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}/api/v1"
    finally:
        server.should_exit = True
        thread.join()


def questions(corpus: Corpus, seed: int) -> dict[str, list[str]]:
    """Addresses to ask: the most famous entities, three of them together, and any article."""
    draw = random.Random(seed)
    famous = [f"Q{number}" for number in range(1, FAMOUS + 1)]
    return {
        "hub co-mentions": [f"/entities/{draw.choice(famous)}/co-mentions" for _ in range(CALLS)],
        "three-way intersection": [
            "/intersections?" + "&".join(f"entity={id}" for id in draw.sample(famous, 3)) for _ in range(CALLS)
        ],
        "article graph": [f"/articles/a{draw.randrange(corpus.articles):07}/graph" for _ in range(CALLS)],
        "pair evidence": ["/pairs/{}/{}/evidence".format(*draw.sample(famous, 2)) for _ in range(CALLS)],
    }


def ask(client: httpx.Client, address: str) -> int:
    """Ask and read the answer whole. Raises httpx.HTTPStatusError for one that went wrong."""
    return len(client.get(address).raise_for_status().content)


def measure(corpus: Corpus, folder: Path, *, seconds: float, seed: int) -> dict[str, Any]:
    """Times of each kind of question."""
    with EmbeddedDatabase(folder / "database", heap_megabytes=1024) as engine:
        database = Database(engine.address, reader=engine.reader, time_limit=engine.time_limit, queue=engine.queue)
        migrate(database, dialect="arcadedb", run=engine.run_schema)
        index = folder / "incidence.npz"
        with closing(GraphStore(database, product="ArcadeDB", index_file=index, counting="incidence")) as store:
            if store.stats().articles != corpus.articles:
                load(store, corpus)
            with serving(store, folder) as base, httpx.Client(base_url=base, timeout=60) as client:
                results = {}
                for kind, addresses in questions(corpus, seed).items():
                    log(kind)
                    timed([partial(ask, client, address) for address in addresses[:WARM_UP]], seconds=seconds)
                    times, _ = timed([partial(ask, client, address) for address in addresses], seconds=seconds)
                    results[kind] = {"p50_ms": times.p50, "p95_ms": times.p95, "calls": times.calls}
                return results


def main(given: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.service", description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=30, help="at most, for each kind of question")
    parser.add_argument("--folder", type=Path, help="keep the database there, and use it if it is there already")
    asked = parser.parse_args(given)
    corpus = Corpus(articles=asked.articles, seed=asked.seed)
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.folder or Path(temporary)
        times = measure(corpus, folder, seconds=asked.seconds, seed=asked.seed)
    json.dump({"articles": corpus.articles, "times": times}, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
