"""How good and how fast extraction is: the default tier, the accurate one, and spaCy's small English pipeline.

    python -m benchmarks.extraction --annotated wikinews.jsonl voa.jsonl --articles news.jsonl.gz

Every system is measured in a process of its own, with one thread; those whose packages are not installed are left out,
and so said. Quality is that of the split `dev` of annotated articles, by the figures of `eig eval`. Words of other
articles are counted as they stand between blanks, a second is one of the processor's, and loading begins with an empty
process. One table in Markdown goes to standard output.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

SAMPLES = Path(__file__).resolve().parents[1] / "app" / "samples"
SYSTEMS: Final[Mapping[str, str]] = {
    "default": "default tier",
    "accurate": "accurate tier",
    "plug-in": "{spacy} as plug-in",
    "alone": "{spacy} alone, nothing but its `ner`",
}
QUALITY: Final = ("span", "typed", "link known", "link all", "end to end", "tie")
COST: Final = ("words/s", "ratio", "load s", "MB")
NO_FILE: Final[Mapping[str, Mapping[str, float]]] = {"": {}}
# Libraries of linear algebra take all cores unless they are told.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1")


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extraction", description=__doc__.partition("\n")[0])
    parser.add_argument("--annotated", type=Path, nargs="*", default=[], help="annotated articles, as `eig eval` reads")
    parser.add_argument("--split", default="dev", help="which of them are measured")
    parser.add_argument("--articles", type=Path, default=SAMPLES, help="what `eig ingest` reads, for the speed")
    parser.add_argument("--limit", type=int, default=400, help="so many of them")
    parser.add_argument("--every", type=int, default=1, help="each so many-th, where a file is sorted")
    parser.add_argument("--spacy", default="en_core_web_sm", help="a pipeline that is installed as a package")
    parser.add_argument("--accurate-model", type=Path, help="file of the accurate tier, else the packaged one")
    parser.add_argument("--system", choices=SYSTEMS, nargs="*", default=list(SYSTEMS))
    return parser.parse_args(given)


def measured(asked: argparse.Namespace, system: str) -> dict[str, Any]:
    """What one system does, from a process of its own; `missing` says what it needs."""
    command = [sys.executable, "-m", "benchmarks.one_extractor", "--system", system, "--spacy", asked.spacy]
    command += ["--split", asked.split, "--articles", str(asked.articles), "--limit", str(asked.limit)]
    command += ["--every", str(asked.every)]
    command += ["--annotated", *map(str, asked.annotated)]
    if asked.accurate_model is not None:
        command += ["--accurate-model", str(asked.accurate_model)]
    print(f"--- {system}", file=sys.stderr, flush=True)
    done = subprocess.run(command, env=os.environ | ONE_THREAD, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def rows(found: Mapping[str, Mapping[str, Any]], names: Mapping[str, str]) -> Iterator[list[str]]:
    """The rows of the table: a line for each system and file; what a system does not do is left blank."""
    partner = found.get("alone", {}).get("words_per_s")
    for system, numbers in found.items():
        if "missing" in numbers:
            continue
        speed = numbers["words_per_s"]
        ratio = f"{speed / partner:.1f}" if partner else ""
        cost = [f"{speed:,}", ratio, str(numbers["load_s"]), str(numbers["mb"])]
        for file, figures in (numbers["quality"] or NO_FILE).items():
            yield [names[system], file, *(str(figures.get(name, "")) for name in QUALITY), *cost]
            cost = [""] * len(COST)


def shown(table: Sequence[Sequence[str]]) -> str:
    """Markdown; the first row is the head."""
    lines = ["| " + " | ".join(row) + " |" for row in table]
    return "\n".join([lines[0], "|" + "---|" * len(table[0]), *lines[1:]])


def main(given: Sequence[str] | None = None) -> None:
    """Measure and print."""
    asked = arguments(given)
    names = {system: name.format(spacy=asked.spacy) for system, name in SYSTEMS.items()}
    found = {system: measured(asked, system) for system in asked.system}
    for system, numbers in found.items():
        if "missing" in numbers:
            print(f"{names[system]} is left out: {numbers['missing']}", file=sys.stderr)
        else:
            print(f"{names[system]}: {numbers['version']}, {numbers['words']:,} words", file=sys.stderr)
    print(shown([["system", "articles", *QUALITY, *COST], *rows(found, names)]))


if __name__ == "__main__":
    main()
