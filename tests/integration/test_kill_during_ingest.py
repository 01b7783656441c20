"""An ingest that is killed at any moment leaves whole articles alone, and the next one completes the rest."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from threading import Lock

import pytest
from building import graph_of

from app.checks import differences
from app.opening import OpenGraph, open_graph
from app.settings import Settings
from graph.database import Query
from graph.folder_lock import holder
from graph.model import Extraction
from ingest.articles import article_from_json
from ingest.kb import load_knowledge_base
from ingest.loading import load_extractor

pytestmark = pytest.mark.no_cover  # it runs what others cover, and tracing takes as long again

EIG = str(Path(sys.executable).with_name("eig"))
SEED = 20
ARTICLES = 500
BATCH = 7
PATIENCE_SECONDS = 240

ARTICLES_WITH_MENTIONS = Query(
    "MATCH (a:Article) OPTIONAL MATCH (a)-[m:MENTIONS]->() RETURN a.id AS id, coalesce(sum(m.count), 0) AS mentions"
)
TIES = Query(
    "MATCH (a:Entity)-[c:CO_MENTIONED]->(b:Entity) "
    "RETURN a.id AS source, b.id AS target, c.articles AS articles, c.sentences AS sentences"
)


@dataclass(frozen=True)
class Moment:
    """When to kill: once so many further articles are reported as stored, and then after a random delay.

    None counts from the moment the process holds the folder: the database is being opened. `last` gives a run few
    articles with ties left to the end, so that it dies while these are derived.
    """

    stored: int | None
    delay: float
    bulk: bool = False
    last: bool = False


@dataclass(frozen=True)
class Lane:
    """A folder whose ingests die at these moments; one without any is undisturbed. Two lanes run side by side."""

    folder: Path
    moments: tuple[Moment, ...]

    @property
    def home(self) -> Path:
        return self.folder / "home"


def moments(chance: random.Random) -> list[Moment]:
    """Twenty moments, spread over opening, batches, and the ties at the end of a bulk load; in random order."""
    opening = [Moment(None, chance.uniform(0, 1.5)) for _ in range(3)]
    batches = [Moment(chance.randint(1, 25), chance.uniform(0, 0.05), bulk=n % 4 == 0) for n in range(14)]
    ties = [Moment(10, chance.uniform(0, 0.1), bulk=True, last=True) for _ in range(3)]
    found = opening + batches + ties
    chance.shuffle(found)
    return found


@pytest.fixture(scope="module")
def corpus() -> list[dict[str, str]]:
    """Short articles that name a few entities a sentence, the more often the earlier these stand in the list."""
    chance = random.Random(SEED)
    names = [item.entity.name for item in load_knowledge_base().entities.values()]
    chance.shuffle(names)
    weights = [1 / (place + 1) for place in range(len(names))]

    def sentence() -> str:
        return f"{' met '.join(chance.choices(names, weights, k=chance.randint(1, 4)))} on that day."

    return [
        {
            "url": f"https://example.org/{number}",
            "title": f"Article {number}",
            "text": " ".join(sentence() for _ in range(3)),
            "date": f"20{chance.randint(10, 25)}-{chance.randint(1, 12):02}",
        }
        for number in range(ARTICLES)
    ]


@pytest.fixture(scope="module")
def expected(corpus: list[dict[str, str]]) -> dict[str, Extraction]:
    """What is found in each article, by its id."""
    extractor = load_extractor()
    extractions = extractor.extract_all(article_from_json(record) for record in corpus)
    return {extraction.article.id: extraction for extraction in extractions}


def write_lines(path: Path, records: Iterable[Mapping[str, str]]) -> Path:
    """The records as JSON lines in a file."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


@contextmanager
def ingesting(home: Path, source: Path, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """`eig ingest` as a process of its own, which does not outlive the block."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("EIG_", "NEO4J_"))}
    process = subprocess.Popen(
        [EIG, "ingest", str(source), *options],
        env={**kept, "EIG_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def ingest(home: Path, source: Path) -> None:
    """Ingest to the end."""
    with ingesting(home, source) as process:
        assert process.wait(timeout=PATIENCE_SECONDS) == 0


def reported(report: Path) -> dict[str, str]:
    """Outcome by id of the articles reported so far; the last line may be half written."""
    text = report.read_text("utf-8") if report.exists() else ""
    entries = [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]
    return {entry["id"]: entry["outcome"] for entry in entries}


def kill_at(moment: Moment, process: subprocess.Popen[bytes], home: Path, report: Path) -> dict[str, str]:
    """Kill the process at its moment; what it had reported as stored by then."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and not _is_there(moment, process, home, report):
        assert time.monotonic() < deadline, f"{moment} did not come"
        time.sleep(0.005)
    time.sleep(moment.delay)
    process.kill()
    assert process.wait() == -9, f"the ingest ended before {moment}: give it more articles"
    return reported(report)


def _is_there(moment: Moment, process: subprocess.Popen[bytes], home: Path, report: Path) -> bool:
    if moment.stored is None:
        holding = holder(home)
        return holding is not None and holding.pid == process.pid
    return Counter(reported(report).values())["new"] >= moment.stored


def check(graph: OpenGraph, expected: Mapping[str, Extraction], told: Iterable[str]) -> set[str]:
    """Every article told is there, each one there is whole, and what is derived follows; returns their ids."""
    mentions = {row["id"]: row["mentions"] for row in graph.database.read(ARTICLES_WITH_MENTIONS).dicts()}
    assert set(told) <= mentions.keys()
    assert mentions == {id: len(expected[id].mentions) for id in mentions}
    ties = {(row["source"], row["target"]): (row["articles"], row["sentences"]) for row in _ties(graph)}
    assert ties == derived(expected[id] for id in mentions)
    assert list(differences(graph)) == []
    return set(mentions)


def _ties(graph: OpenGraph) -> Iterator[dict[str, object]]:
    yield from graph.database.read(TIES).dicts()


def derived(extractions: Iterable[Extraction]) -> dict[tuple[str, str], tuple[int, int]]:
    """Articles and sentences of every pair, counted one by one."""
    articles: Counter[tuple[str, str]] = Counter()
    sentences: Counter[tuple[str, str]] = Counter()
    for extraction in extractions:
        named: dict[str, set[int]] = {}
        for mention in extraction.mentions:
            if mention.entity not in extraction.sources:
                named.setdefault(mention.entity, set()).add(mention.sentence)
        for pair in combinations(sorted(named), 2):
            articles[pair] += 1
            sentences[pair] += len(named[pair[0]] & named[pair[1]])
    return {pair: (count, sentences[pair]) for pair, count in articles.items()}


def kill_again_and_again(
    lane: Lane, corpus: list[dict[str, str]], expected: Mapping[str, Extraction], checking: Lock
) -> None:
    """One ingest after the other into the same folder, each killed and what it left checked; then one to the end."""
    everything = write_lines(lane.folder / "all.jsonl", corpus)
    stored: set[str] = set()
    for number, moment in enumerate(lane.moments):
        report, source = lane.folder / f"report{number}.jsonl", everything
        if moment.last:
            left = [record for record in corpus if article_from_json(record).id not in stored]
            source = write_lines(lane.folder / f"few{number}.jsonl", left[: moment.stored])
        options = ["--report", str(report), "--batch-size", str(BATCH), *(["--bulk"] if moment.bulk else [])]
        with ingesting(lane.home, source, *options) as process:
            told = kill_at(moment, process, lane.home, report)
        with checking, open_graph(Settings(home=lane.home)) as graph:
            before, stored = stored, check(graph, expected, told)
        assert before <= stored
    ingest(lane.home, everything)


@pytest.mark.timeout(900)
def test_twenty_kills_leave_whole_articles_and_a_graph_that_can_be_completed(
    corpus: list[dict[str, str]], expected: dict[str, Extraction], tmp_path: Path
) -> None:
    """After each kill what was reported is there and nothing is half there; in the end all is as if undisturbed."""
    times = moments(random.Random(SEED))
    lanes = [Lane(tmp_path / name, tuple(some)) for name, some in (("a", times[::2]), ("b", times[1::2]), ("c", ()))]
    checking = Lock()
    # The Java machine must start in the main thread: started in another, it keeps this process from ending.
    with open_graph(Settings(home=tmp_path / "first")):
        pass
    with ThreadPoolExecutor(max_workers=2) as threads:
        for lane in lanes:
            lane.folder.mkdir()
        running = [threads.submit(kill_again_and_again, lane, corpus, expected, checking) for lane in lanes]
    for each in running:
        each.result()
    graphs = []
    for lane in lanes:
        with open_graph(Settings(home=lane.home)) as graph:
            assert check(graph, expected, expected) == set(expected)
            graphs.append(graph_of(graph.database))
    assert graphs[0] == graphs[1] == graphs[2]
