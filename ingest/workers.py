"""Extraction in several processes: each loads an extractor of its own, and articles come back in order."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Final

from graph.model import Article, Extraction
from ingest.extractor import Extractor
from ingest.loading import load_extractor
from ingest.tagger.choice import OUR_OWN, TaggerChoice

ARTICLES_AT_ONCE: Final = 20
"""Articles that travel to a process together."""
AHEAD: Final = 4
"""Groups of articles that each process has waiting."""
_ONE_THREAD: Final = dict.fromkeys(("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1")
"""What libraries of linear algebra heed. In two processes that take two cores each, extraction takes twice as long."""

_own: Extractor | None = None


@contextmanager
def extracting(
    own_entities: Path | None = None, choice: TaggerChoice = OUR_OWN, *, workers: int = 1
) -> Iterator[Extractor]:
    """The extractor of `ingest.loading`, in this process or in several, until the end of the block.

    Raises:
        KnowledgeBaseError: with every problem of the file of own entities.
        NoTagger: the tagger cannot be had.
    """
    here = load_extractor(own_entities, choice)  # what is wrong is found here, and not in each process
    if workers == 1:
        yield here
        return
    with Workers(partial(load_extractor, own_entities, choice), count=workers, version=here.version) as several:
        yield several


class Workers:
    """Extracts in processes, which are spawned: a forked one would share what only one process may use.

    Each uses one core, unless the environment says otherwise.

    Args:
        load: makes the extractor in each process; it must be a function of a module.
        count: how many processes.
        version: of the extractors that `load` makes.
    """

    def __init__(self, load: Callable[[], Extractor], *, count: int, version: str) -> None:
        self.version = version
        self._count = count
        os.environ.update(_ONE_THREAD | os.environ)  # it is handed to the processes; this one has read it already
        self._pool = ProcessPoolExecutor(
            count, mp_context=multiprocessing.get_context("spawn"), initializer=_begin, initargs=(load,)
        )

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)

    def extract(self, article: Article) -> Extraction:
        """Extract one article in one of the processes."""
        return next(self.extract_all([article]))

    def extract_all(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        """Extract articles, in order; no more are read ahead than the processes need."""
        coming = iter(articles)
        waiting: deque[Future[list[Extraction]]] = deque()
        groups = iter(partial(_group, coming), [])
        for group in groups:
            waiting.append(self._pool.submit(_extract, group))
            if len(waiting) > AHEAD * self._count:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _group(articles: Iterator[Article]) -> list[Article]:
    return list(islice(articles, ARTICLES_AT_ONCE))


def _begin(load: Callable[[], Extractor]) -> None:
    global _own  # noqa: PLW0603 (a process of the pool has nowhere else to keep it)
    _own = load()


def _extract(articles: list[Article]) -> list[Extraction]:
    assert _own is not None, "the process has begun"
    return list(_own.extract_all(articles))
