"""Measures one system; benchmarks.extraction starts it, in a process of its own with one thread."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from benchmarks.extraction import arguments

if TYPE_CHECKING:
    from graph.model import Article
    from ingest.evaluation.gold import Mark, Marked, Spot, Titles
    from ingest.extractor import Extractor

WARM_UP = 5
BESIDE_NER = ("tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer")


class Missing(Exception):
    """What a system needs is not installed; the message says what."""


class System(Protocol):
    """What is measured. It is loaded when it is made."""

    version: str

    def mark(self, gold: Sequence[Marked], titles: Titles) -> Iterator[Marked]:
        """What it finds in annotated articles."""

    def read(self, articles: Iterable[Article]) -> None:
        """Find all it can in articles, and keep nothing."""


class Ours:
    """The extractor, with a tagger by choice."""

    def __init__(self, asked: argparse.Namespace) -> None:
        from ingest.loading import load_extractor
        from ingest.tagger.choice import TaggerChoice
        from ingest.tagger.tagging import NoTagger

        plug_in = f"spacy:{asked.spacy}" if asked.system == ["plug-in"] else None
        accurate = asked.system == ["accurate"]
        try:
            self._extractor: Extractor = load_extractor(None, TaggerChoice(plug_in, accurate, asked.accurate_model))
        except NoTagger as error:
            raise Missing(str(error)) from error
        self.version = self._extractor.version

    def mark(self, gold: Sequence[Marked], titles: Titles) -> Iterator[Marked]:
        """What it finds in annotated articles."""
        from ingest.evaluation.gold import found_in
        from ingest.extract_lines import extract_lines

        answers = extract_lines([article.line for article in gold], self._extractor)
        return (found_in(article, answer, titles) for article, answer in zip(gold, answers, strict=True))

    def read(self, articles: Iterable[Article]) -> None:
        """Find all it can in articles."""
        for _ in self._extractor.extract_all(articles):
            pass


class SpacyAlone:
    """A pipeline with nothing but its `ner`: names with types and no links."""

    def __init__(self, asked: argparse.Namespace) -> None:
        if find_spec("spacy") is None or find_spec(asked.spacy) is None:
            raise Missing(f"pip install spacy, and a package with the pipeline {asked.spacy}")
        import spacy

        self._pipeline: Any = spacy.load(asked.spacy, exclude=BESIDE_NER)
        self.version = f"{asked.spacy} {self._pipeline.meta['version']}, spaCy {spacy.__version__}"

    def mark(self, gold: Sequence[Marked], titles: Titles) -> Iterator[Marked]:
        """What it finds in annotated articles."""
        from ingest.evaluation.gold import Marked

        del titles  # it knows of none
        for article, read in zip(gold, self._pipeline.pipe(each.text for each in gold), strict=True):
            yield Marked(article.id, article.text, dict(self._marks(article, read)))

    def read(self, articles: Iterable[Article]) -> None:
        """Find names in articles."""
        for _ in self._pipeline.pipe(article.text for article in articles):
            pass

    def _marks(self, article: Marked, read: Any) -> Iterator[tuple[Spot, Mark]]:
        """Its kind for states, cities and provinces is right where any of ours that it can mean stands there."""
        from ingest.evaluation.gold import Mark, trimmed
        from ingest.tagger.plugins import SPACY_LABELS

        for name in read.ents:
            label = SPACY_LABELS.get(name.label_)
            spot = trimmed(article.text, name.start_char, name.end_char)
            if label is None:
                continue
            is_state = name.label_ == "GPE" and article.marks.get(spot, Mark(label, None)).type == "state"
            yield spot, Mark("state" if is_state else label, None)


def quality(system: System, path: Path, split: str, *, links: bool) -> dict[str, float]:
    """The figures of `eig eval` on the articles of a split."""
    from app.cli.evaluate import RENAMES, STATES
    from ingest.evaluation.gold import read_gold, read_titles
    from ingest.evaluation.scores import score
    from ingest.kb import load_knowledge_base

    near = {name: _near(path, name) for name in (RENAMES, STATES)}
    states = near[STATES]
    titles = read_titles(near[RENAMES], states.read_text("utf-8").splitlines() if states else ())
    gold, _ = read_gold(path, titles, split=split)
    known = {same for title in load_knowledge_base().titles() if (same := titles.same(title))}
    scores = score(list(zip(gold, system.mark(gold, titles), strict=True)), known=known)
    found = {"span": scores.span.f1, "typed": scores.typed.f1}
    if links:
        found |= {"link known": scores.link_known, "link all": scores.link_all}
        found |= {"end to end": scores.end_to_end.f1, "tie": scores.tie.f1}
    return found


def speed(system: System, path: Path, *, limit: int, every: int) -> dict[str, int]:
    """Words that are read in a second of the processor; some articles come before the clock."""
    from graph.model import Article
    from ingest.sources import read

    given = (item for item in read([str(path)]) if isinstance(item, Article))
    articles = list(islice(given, 0, limit * every, every))
    words = sum(len(article.text.split()) for article in articles)
    system.read(articles[:WARM_UP])
    start = time.process_time()
    system.read(articles)
    return {"words": words, "words_per_s": round(words / (time.process_time() - start))}


def memory() -> int:
    """The most that this process has held, in MB (Linux)."""
    return int(Path("/proc/self/status").read_text("utf-8").partition("VmHWM:")[2].split()[0]) // 1000


def loaded(make: Callable[[argparse.Namespace], System], asked: argparse.Namespace) -> tuple[System, dict[str, Any]]:
    """The system, and what it took to have it: with all that it imports."""
    start = time.process_time()
    system = make(asked)
    return system, {"load_s": round(time.process_time() - start, 2), "mb": memory(), "version": system.version}


def main(given: Sequence[str] | None = None) -> None:
    """Measure, and print what was found as JSON."""
    asked = arguments(given)
    alone = asked.system == ["alone"]
    try:
        system, found = loaded(SpacyAlone if alone else Ours, asked)
    except Missing as error:
        json.dump({"missing": str(error)}, sys.stdout)
        return
    found |= speed(system, asked.articles, limit=asked.limit, every=asked.every)
    found["quality"] = {path.stem: quality(system, path, asked.split, links=not alone) for path in asked.annotated}
    json.dump(found, sys.stdout)


def _near(file: Path, name: str) -> Path | None:
    """As `eig eval` looks for its files."""
    return next((path for folder in file.resolve().parents[:2] if (path := folder / name).is_file()), None)


if __name__ == "__main__":
    main()
