"""Where the articles of a benchmark come from: made up, or real ones read from a file and put through the extractor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Protocol

from benchmarks.corpus import Corpus
from graph.model import Article, Extraction
from ingest.loading import load_extractor
from ingest.sources import read


class Articles(Protocol):
    """The same articles in the same order whenever they are asked for."""

    def extractions(self, skip: int = 0) -> Iterator[Extraction]:
        """What was found in them, without the first `skip` of them."""


@dataclass(frozen=True, slots=True)
class MadeUp:
    """Those of benchmarks.corpus."""

    corpus: Corpus

    def extractions(self, skip: int = 0) -> Iterator[Extraction]:
        """See Articles."""
        return islice(self.corpus.extractions(), skip, None)


@dataclass(frozen=True, slots=True)
class FromFile:
    """The first `limit` articles of a file or folder that `eig ingest` reads."""

    path: Path
    limit: int

    def extractions(self, skip: int = 0) -> Iterator[Extraction]:
        """See Articles."""
        extractor = load_extractor()
        return map(extractor.extract, islice(self._articles(), skip, self.limit))

    def _articles(self) -> Iterator[Article]:
        seen: set[str] = set()
        for item in read([self.path]):
            if isinstance(item, Article) and item.id not in seen:
                seen.add(item.id)
                yield item


def again(extraction: Extraction) -> Extraction:
    """The same article once more, under an id of its own."""
    return replace(extraction, article=replace(extraction.article, id=f"again-{extraction.article.id}", url=None))
