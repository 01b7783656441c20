"""Extraction in several processes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from small_kb import extractor

from graph.model import Article, Extraction
from ingest.extractor import Extractor, NewsExtractor
from ingest.kb import KnowledgeBaseError
from ingest.workers import AHEAD, ARTICLES_AT_ONCE, Workers, extracting

ARTICLES = [
    Article(id=f"a{number}", text=f"Iran met Joe Biden {number} times. Biden left Tehran.", published_at="2022-01")
    for number in range(3 * ARTICLES_AT_ONCE + 5)
]


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    """Two processes with the small knowledge base."""
    with Workers(extractor, count=2, version=extractor().version) as several:
        yield several


def test_articles_come_back_in_order_as_one_process_extracts_them(workers: Extractor) -> None:
    """Also a single one, and none."""
    assert list(workers.extract_all(ARTICLES)) == list(extractor().extract_all(ARTICLES))
    assert workers.extract(ARTICLES[3]) == extractor().extract(ARTICLES[3])
    assert list(workers.extract_all([])) == []
    assert workers.version == extractor().version


def test_no_more_articles_are_read_ahead_than_the_processes_need(workers: Extractor) -> None:
    """A long corpus does not have to fit into memory."""
    taken = 0

    def endless() -> Iterator[Article]:
        nonlocal taken
        while True:
            taken += 1
            yield ARTICLES[0]

    found = workers.extract_all(endless())
    assert next(found).article == ARTICLES[0]
    assert taken <= (2 * AHEAD + 1) * ARTICLES_AT_ONCE


class Cores:
    """Says in the place of an extraction's version how many cores its linear algebra may use."""

    version = "cores"

    def extract_all(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        """The articles, with nothing found in them."""
        cores = os.environ["OPENBLAS_NUM_THREADS"]
        return (Extraction(article=each, sentence_bounds=(), extracted_by=cores) for each in articles)

    def extract(self, article: Article) -> Extraction:
        """One of them."""
        return next(self.extract_all([article]))


@pytest.mark.parametrize(("given", "cores"), [(None, "1"), ("3", "3")])
def test_a_process_uses_one_core_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch, given: str | None, cores: str
) -> None:
    """Together they would ask for more cores than there are."""
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    if given:
        monkeypatch.setenv("OPENBLAS_NUM_THREADS", given)
    with Workers(Cores, count=1, version="cores") as workers:
        assert workers.extract(ARTICLES[0]).extracted_by == cores


def test_what_is_wrong_with_own_entities_is_said_before_a_process_begins(tmp_path: Path) -> None:
    """One worker is this process itself."""
    own = tmp_path / "own.yaml"
    own.write_text("entities: 5\n", encoding="utf-8")
    with pytest.raises(KnowledgeBaseError, match="entities is no list"), extracting(own, workers=2):
        pass
    with extracting() as here:
        assert isinstance(here, NewsExtractor)
