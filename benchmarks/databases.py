"""Neo4j and the embedded database in one run: ingest, the cost of ties, questions counted in two ways, memory.

    python -m benchmarks.databases --articles 10000
    python -m benchmarks.databases --corpus articles.jsonl.gz --articles 25000 --folder /tmp/real
    python -m benchmarks.databases --database neo4j

Neo4j is the one that NEO4J_URI names (an empty database; NEO4J_USERNAME, NEO4J_PASSWORD and NEO4J_DATABASE with it),
else one of our own, started from its Maven Central artefacts. Each database is measured in a process of its own, with
a Java heap of 1 GB. With --folder a run that was interrupted goes on where it was, and one that ended is told again.
All answers, of both databases and both ways of counting, are checked to be equal. JSON goes to standard output,
progress to standard error.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

NAMES = ("embedded", "neo4j")
# It knows how a Neo4j is started from its artefacts.
LIBRARY = Path(__file__).resolve().parents[1] / "tests" / "lib"


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.databases", description=__doc__.partition("\n")[0])
    parser.add_argument("--database", choices=(*NAMES, "both"), default="both")
    parser.add_argument("--articles", type=int, default=10_000, help="how many (at most, of a file)")
    parser.add_argument("--corpus", type=Path, help="real articles: a file or folder that `eig ingest` reads")
    parser.add_argument("--small", type=int, default=2_000, help="articles written with and without ties")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=20, help="at most, for each way and kind of question")
    parser.add_argument("--folder", type=Path, help="keep databases and results there")
    return parser.parse_args(given)


def measured(asked: argparse.Namespace, database: str, folder: Path) -> dict[str, Any]:
    """What one database took, from a process of its own."""
    command = [sys.executable, "-m", "benchmarks.one_database", "--database", database, "--folder", str(folder)]
    for name in ("articles", "corpus", "small", "seed", "seconds"):
        if (value := getattr(asked, name)) is not None:
            command += [f"--{name}", str(value)]
    paths = os.pathsep.join(filter(None, [str(LIBRARY), os.environ.get("PYTHONPATH")]))
    print(f"--- {database}", file=sys.stderr, flush=True)
    with subprocess.Popen(command, env=os.environ | {"PYTHONPATH": paths}, stdout=subprocess.PIPE) as process:
        try:
            said, _ = process.communicate()
        except BaseException:
            process.terminate()
            raise
    if process.returncode:
        sys.exit(f"measuring {database} failed")
    found: dict[str, Any] = json.loads(said)
    return found


def check_equal(answers: Mapping[str, Sequence[str]]) -> None:
    """Raise AssertionError where two ways answer a question differently; each was asked some of the first ones."""
    names = list(answers)
    for name in names[1:]:
        for place, (one, other) in enumerate(zip(answers[names[0]], answers[name], strict=False)):
            if one != other:
                raise AssertionError(f"question {place}: {name} does not answer as {names[0]} does")


def compare(found: Mapping[str, dict[str, Any]]) -> None:
    """Check all answers, and take their digests out of the results."""
    answers: dict[str, dict[str, list[str]]] = {}
    for database, numbers in found.items():
        for way, kinds in numbers.items():
            for kind, times in kinds.items() if way.startswith("counting by ") else ():
                if isinstance(times, dict) and "answers" in times:
                    answers.setdefault(kind, {})[f"{database}, {way}"] = times.pop("answers")
    for given in answers.values():
        check_equal(given)


def main(given: Sequence[str] | None = None) -> None:
    """Measure and print."""
    asked = arguments(given)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the databases are stopped
    names = NAMES if asked.database == "both" else (asked.database,)
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.folder or Path(temporary)
        found = {name: measured(asked, name, folder) for name in names}
    compare(found)
    articles = str(asked.corpus) if asked.corpus else "made up"
    json.dump(
        {"articles": articles, "asked": asked.articles, "seed": asked.seed, "databases": found}, sys.stdout, indent=2
    )
    print()


if __name__ == "__main__":
    main()
