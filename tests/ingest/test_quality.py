"""Floors of quality: the packaged extractor on annotated news that nothing was learnt from, where it is at hand.

A floor lies a little under what is measured: `docs/extraction.md` has the figures. Raise it with them, never lower it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from ingest.evaluation.gold import Titles, found_in, read_gold, read_titles
from ingest.evaluation.scores import Scores, score
from ingest.extract_lines import extract_lines
from ingest.kb import KnowledgeBase, load_knowledge_base
from ingest.loading import extractor_over

pytestmark = pytest.mark.no_cover  # it runs what others cover, and tracing takes as long again

# span, typed, links of found and known, links of all, end to end, ties
FLOORS: Mapping[str, tuple[float, ...]] = {
    "articles/wikinews-annotated.jsonl": (94.7, 92.5, 95.5, 81.0, 87.5, 76.8),
    "articles/voa-annotated.jsonl": (96.6, 95.5, 96.0, 87.9, 92.0, 81.8),
    "articles/open-news-annotated.jsonl": (96.4, 95.9, 97.5, 94.0, 95.2, 89.2),
    "tricky.jsonl": (97.0, 95.0, 93.0, 89.5, 90.0, 85.5),
}


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    """Our own knowledge base."""
    return load_knowledge_base()


@pytest.fixture(scope="module")
def titles(shared: Path) -> Titles:
    """How titles are compared."""
    states = (shared / "data" / "state-titles.txt").read_text("utf-8").splitlines()
    return read_titles(shared / "data" / "title-equivalents.tsv", states)


@pytest.mark.parametrize("name", FLOORS)
def test_quality_does_not_sink(name: str, shared: Path, titles: Titles, kb: KnowledgeBase) -> None:
    """No figure is under its floor."""
    gold, _ = read_gold(shared / "data" / name, titles, split=None if name == "tricky.jsonl" else "dev")
    answers = extract_lines([article.line for article in gold], extractor_over(kb))
    pairs = [(article, found_in(article, answer, titles)) for article, answer in zip(gold, answers, strict=True)]

    measured = _figures(score(pairs, known={titles.same(title) or "" for title in kb.titles()}))

    assert all(figure >= floor for figure, floor in zip(measured, FLOORS[name], strict=True)), measured


def _figures(scores: Scores) -> tuple[float, ...]:
    links = (scores.link_known, scores.link_all)
    return (scores.span.f1, scores.typed.f1, *links, scores.end_to_end.f1, scores.tie.f1)
