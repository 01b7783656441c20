"""Measures one database; benchmarks.databases starts it, in a process of its own for each, so that memory can be told.

What is known already stands in a file of the folder and is not measured again, so an interrupted run goes on.
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import phases
from benchmarks.articles import Articles, FromFile, MadeUp
from benchmarks.corpus import Corpus
from benchmarks.databases import arguments
from benchmarks.phases import Numbers, Way
from benchmarks.queries import log
from benchmarks.servers import OPEN, Server, empty

WAYS: tuple[Way, ...] = ("cypher", "incidence")


class Results:
    """What was measured so far, in a file that is written anew with every number."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.found: dict[str, Any] = json.loads(path.read_text(encoding="utf8")) if path.exists() else {}

    def keep(self, name: str, numbers: object) -> None:
        """Add or replace one measurement."""
        self.found[name] = numbers
        half = self._path.with_suffix(".half")
        half.write_text(json.dumps(self.found), encoding="utf8")
        half.replace(self._path)

    def once(self, name: str, measure: Callable[[], object]) -> None:
        """Measure unless it is known."""
        if name not in self.found:
            log(name)
            self.keep(name, measure())


def run(asked: argparse.Namespace, results: Results, articles: Articles) -> None:
    """All phases, one after the other."""
    folder: Path = asked.folder / asked.database
    for name, ties in (("without ties", False), ("with ties", True)):
        measure = partial(in_a_small_graph, asked, folder / "small", articles, ties=ties)
        results.once(f"writing {name}", measure)
    shutil.rmtree(folder / "small", ignore_errors=True)
    with OPEN[asked.database](folder / "full") as server:
        results.keep("product", server.product)
        if not results.found.get("load", {}).get("complete"):
            begin(server, results)
            phases.load(server, articles, results.found.get("load", {}), keep=partial(loaded, results))
        results.once("memory after the load", server.memory)
        results.once("disk_mb", server.disk_megabytes)
        if any(f"counting by {way}" not in results.found for way in WAYS):
            kinds = phases.questions(server, seed=asked.seed)
            for way in WAYS:
                measure = partial(phases.asking, server, way, kinds, seconds=asked.seconds)
                results.once(f"counting by {way}", measure)
        results.once("writing into the full graph", partial(phases.into_full_graph, server, articles))


def in_a_small_graph(asked: argparse.Namespace, folder: Path, articles: Articles, *, ties: bool) -> Numbers:
    """One way of writing into an empty database, which is thrown away afterwards."""
    shutil.rmtree(folder, ignore_errors=True)
    with OPEN[asked.database](folder) as server:
        require_empty(server)
        try:
            return phases.writing(server, articles, size=asked.small, ties=ties)
        finally:
            if server.folder is None:
                empty(server.database)


def begin(server: Server, results: Results) -> None:
    """The load starts with nothing, or with what it has written itself."""
    if "load" not in results.found:
        require_empty(server)
        results.keep("load", {})


def require_empty(server: Server) -> None:
    """Leave, rather than measure in, or empty, somebody's graph."""
    if phases.opened(server).stats().articles:
        sys.exit(f"{server.product} holds articles already: name an empty database, or a new --folder")


def loaded(results: Results, numbers: Numbers) -> None:
    """Keep how far the load is, and tell."""
    results.keep("load", numbers)
    log(f"loading: {numbers['articles']} articles in {numbers['write_s']:.0f} s", end="\r")


def source(asked: argparse.Namespace) -> Articles:
    """The articles that are asked for."""
    if asked.corpus is not None:
        return FromFile(asked.corpus, asked.articles)
    return MadeUp(Corpus(articles=asked.articles, seed=asked.seed))


def main(given: Sequence[str] | None = None) -> None:
    """Measure, and print what was found."""
    asked = arguments(given)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    (asked.folder / asked.database).mkdir(parents=True, exist_ok=True)
    results = Results(asked.folder / f"{asked.database}.json")
    run(asked, results, source(asked))
    json.dump(results.found, sys.stdout)


if __name__ == "__main__":
    main()
