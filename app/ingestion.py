"""Articles into the graph: known ones are left out, the others extracted, and all written in batches.

A batch is one transaction. Where a batch fails, its articles are written one by one, so that a bad article never loses
the rest. What failed is handed to a keeper of failures; what was stored is told only after its commit.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import Any, Protocol

from app.logs import counting_warnings
from graph.errors import DatabaseUnavailable
from graph.model import Article, Extraction, Outcome, Stats
from ingest.articles import BadArticle, article_from_json, article_to_json
from ingest.extractor import Extractor
from ingest.sources import Failure

BATCH_ARTICLES = 200
BATCH_CHARACTERS = 2_000_000
BULK_FROM = 2_000

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one input.

    `id` is its id in the graph, None where it could not be read as an article; `where` then says which input it was.
    `mentions` and `entities` (ids) are what was written of it.
    """

    id: str | None
    given_id: str | None
    outcome: Outcome
    reason: str | None = None
    where: str | None = None
    mentions: int = 0
    entities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did.

    `mentions` and `entities` (distinct ones) count what was written, not what was there before. `warnings` counts what
    was read with a reservation, such as dates that could not be read; the log tells each.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    failed: int = 0
    mentions: int = 0
    entities: int = 0
    seconds: float = 0.0
    warnings: int = 0


class ArticleStore(Protocol):
    """The part of a GraphStore that writing articles needs."""

    def stats(self) -> Stats:
        """Size of the graph."""
        ...

    def known(self, articles: Sequence[Article]) -> Mapping[str, str]:
        """Ids of the articles that are stored with the same content, each with the id it is stored under."""
        ...

    def write(self, extractions: Sequence[Extraction], *, replace: bool = False) -> list[Outcome]:
        """Store all of them in one transaction, or none; with `replace` also those that are the same."""
        ...

    def deferring_ties(self) -> AbstractContextManager[None]:
        """Leave the ties to the end of the block, where they are derived at once."""
        ...


class Sink(Protocol):
    """Where batches of articles go: a graph at hand, or the service that holds it."""

    def store(self, articles: Sequence[Article]) -> list[Result]:
        """Store them; one result for each, in order."""
        ...


class FailureKeeper(Protocol):
    """Who keeps what failed, so that it can be tried again."""

    def add(self, failure: Failure) -> None:
        """Keep one failure."""
        ...


Progress = Callable[[Sequence[Result]], None]


def ingest(
    items: Iterable[Article | Failure],
    *,
    store: ArticleStore,
    extractor: Extractor,
    failures: FailureKeeper,
    progress: Progress | None = None,
    batch_size: int = BATCH_ARTICLES,
    bulk: bool = False,
) -> Summary:
    """Store all articles of `items` and say what became of them.

    `progress` is called with the results of each batch once it is committed. `bulk` leaves the ties between entities to
    the end, which is quicker for big loads. Raises DatabaseUnavailable where the database goes away: what was told
    until then is stored, and the same call completes the rest.
    """
    taking = writing(store, extractor, bulk=bulk)
    return transfer(items, taking, failures=failures, progress=progress, batch_size=batch_size)


@contextmanager
def writing(store: ArticleStore, extractor: Extractor, *, bulk: bool, again: bool = False) -> Iterator[Sink]:
    """A sink into `store` (see ArticleWriter); with `bulk` the ties are derived at the end of the block."""
    with store.deferring_ties() if bulk else nullcontext():
        yield ArticleWriter(store, extractor, again=again)


def wants_bulk(store: ArticleStore, expected: int | None) -> bool:
    """Whether ties are better left to the end: the graph is empty and more than BULK_FROM articles are to come."""
    return (expected or 0) > BULK_FROM and store.stats().articles == 0


def transfer(
    items: Iterable[Article | Failure],
    taking: AbstractContextManager[Sink],
    *,
    failures: FailureKeeper | None,
    progress: Progress | None = None,
    batch_size: int = BATCH_ARTICLES,
) -> Summary:
    """Send all articles of `items` to the sink of `taking`, batch by batch, and sum up the results (see `ingest`)."""
    started = time.perf_counter()
    tally = _Tally()
    with counting_warnings("ingest") as warnings, taking as sink:
        for batch in batches(items, articles=batch_size, characters=BATCH_CHARACTERS):
            results = _send(batch, sink)
            if failures is not None:
                _keep(batch, results, failures)
            tally.add(results)
            if progress is not None:
                progress(results)
    return replace(tally.summary(), seconds=time.perf_counter() - started, warnings=warnings.count)


def extract_again(
    articles: Iterable[Article], *, store: ArticleStore, extractor: Extractor, progress: Progress | None = None
) -> Summary:
    """Extract stored articles anew and write what is found now; one that fails stays as it was (see `ingest`)."""
    taking = writing(store, extractor, bulk=True, again=True)
    return transfer(articles, taking, failures=None, progress=progress)


def store_articles(records: Sequence[Mapping[str, Any]], *, store: ArticleStore, extractor: Extractor) -> list[Result]:
    """Store articles given as JSON records; one result for each, in order.

    Nothing is kept of those that fail: the caller holds them and is told why. Raises DatabaseUnavailable.
    """
    read = [_read(record) for record in records]
    sink = ArticleWriter(store, extractor)
    results: list[Result] = []
    for batch in batches(read, articles=BATCH_ARTICLES, characters=BATCH_CHARACTERS):
        results.extend(_send(batch, sink))
    return [_with_given_id(result, record) for result, record in zip(results, records, strict=True)]


class ArticleWriter:
    """Writes articles into a graph: leaves out what is the same, extracts the rest.

    again: extract and write all of them, because what finds the entities may have changed.
    """

    def __init__(self, store: ArticleStore, extractor: Extractor, *, again: bool = False) -> None:
        self._store = store
        self._extractor = extractor
        self._again = again

    def store(self, articles: Sequence[Article]) -> list[Result]:
        """Store one batch, in which only equal articles may share an id; one result for each, in order."""
        merged = list(articles) if self._again else list(_merged(articles))
        known = {} if self._again else self._known(merged)
        results = {a.id: Result(known[a.id], a.given_id, "same") for a in merged if a.id in known}
        extractions = []
        for extraction in self._extract([*{a.id: a for a in merged if a.id not in known}.values()]):
            if isinstance(extraction, Result):
                results[str(extraction.id)] = extraction
            else:
                extractions.append(extraction)
        for result in self._write(extractions):
            results[str(result.id)] = result
        return list(_in_order(articles, [results[article.id] for article in merged]))

    def _known(self, articles: Sequence[Article]) -> Mapping[str, str]:
        """Those that are stored; not those stored under the id of another that this batch is about to change."""
        known = self._store.known(articles)
        changing = {article.id for article in articles} - known.keys()
        return {given: stored for given, stored in known.items() if stored not in changing}

    def _extract(self, articles: Sequence[Article]) -> Sequence[Extraction | Result]:
        try:
            return list(self._extractor.extract_all(articles))
        except Exception as error:  # whatever an extractor trips over, the other articles go on
            if len(articles) == 1:
                log.debug("extraction of %s failed", articles[0].id, exc_info=True)
                return [_failed(articles[0], f"extraction failed: {_say(error)}")]
            return [found for article in articles for found in self._extract([article])]

    def _write(self, extractions: Sequence[Extraction]) -> list[Result]:
        if not extractions:
            return []
        try:
            outcomes = self._store.write(extractions, replace=self._again)
        except DatabaseUnavailable:
            raise  # no article is to blame, and none of the next would fare better
        except Exception as error:  # one article of the batch is bad: find out which
            if len(extractions) == 1:
                log.debug("writing of %s failed", extractions[0].article.id, exc_info=True)
                return [_failed(extractions[0].article, f"not stored: {_say(error)}")]
            log.debug("a batch of %d failed and is written one by one: %s", len(extractions), _say(error))
            return [result for extraction in extractions for result in self._write([extraction])]
        return [_stored(extraction, outcome) for extraction, outcome in zip(extractions, outcomes, strict=True)]


def batches(items: Iterable[Article | Failure], *, articles: int, characters: int) -> Iterator[list[Article | Failure]]:
    """Cut `items` into batches of at most `articles` items and about `characters` of text.

    Where an article comes again with other content, a new batch begins, so that the last one wins as if one had come
    after the other.
    """
    batch: list[Article | Failure] = []
    hashes: dict[str, str] = {}
    size = 0
    for item in items:
        replaced = isinstance(item, Article) and hashes.get(item.id, item.content_hash) != item.content_hash
        length = len(item.text) if isinstance(item, Article) else 0
        if batch and (replaced or len(batch) >= articles or size + length > characters):
            yield batch
            batch, hashes, size = [], {}, 0
        batch.append(item)
        size += length
        if isinstance(item, Article):
            hashes[item.id] = item.content_hash
    if batch:
        yield batch


class _Tally:
    """Adds up results."""

    def __init__(self) -> None:
        self._counts: dict[Outcome, int] = {"new": 0, "changed": 0, "same": 0, "failed": 0}
        self._mentions = 0
        self._entities: set[str] = set()

    def add(self, results: Sequence[Result]) -> None:
        for result in results:
            self._counts[result.outcome] += 1
            self._mentions += result.mentions
            self._entities.update(result.entities)

    def summary(self) -> Summary:
        return Summary(**self._counts, mentions=self._mentions, entities=len(self._entities))


def _send(batch: Sequence[Article | Failure], sink: Sink) -> list[Result]:
    articles = [item for item in batch if isinstance(item, Article)]
    stored = iter(sink.store(articles) if articles else ())
    return [next(stored) if isinstance(item, Article) else _unread(item) for item in batch]


def _keep(batch: Sequence[Article | Failure], results: Sequence[Result], failures: FailureKeeper) -> None:
    for item, result in zip(batch, results, strict=True):
        if isinstance(item, Failure):
            failures.add(item)
        elif result.outcome == "failed":
            record = json.dumps(article_to_json(item))
            where = item.url or item.given_id or item.title or item.id
            failures.add(Failure(where=where, reason=result.reason or "failed", raw=record))


def _merged(articles: Sequence[Article]) -> Iterator[Article]:
    """Each article; in place of one with neither URL nor id, an earlier one of the same content, as a store would."""
    first: dict[str, Article] = {}
    for article in articles:
        earlier = first.setdefault(article.content_hash, article)
        yield earlier if article.url is None and article.given_id is None else article


def _in_order(articles: Sequence[Article], results: Sequence[Result]) -> Iterator[Result]:
    """The result of each article; what came before in the batch is the same by then, unless it failed."""
    seen: set[str | None] = set()
    for article, result in zip(articles, results, strict=True):
        repeated = result.id in seen and result.outcome != "failed"
        seen.add(result.id)
        if repeated:
            yield Result(result.id, article.given_id, "same")
        else:
            yield replace(result, given_id=article.given_id)


def _stored(extraction: Extraction, outcome: Outcome) -> Result:
    article = extraction.article
    if outcome == "same":
        return Result(article.id, article.given_id, outcome)
    entities = tuple(entity.id for entity in extraction.entities)
    mentions = len(extraction.mentions)
    return Result(article.id, article.given_id, outcome, mentions=mentions, entities=entities)


def _failed(article: Article, reason: str) -> Result:
    return Result(article.id, article.given_id, "failed", reason)


def _unread(failure: Failure) -> Result:
    return Result(None, None, "failed", failure.reason, where=failure.where)


def _with_given_id(result: Result, record: Mapping[str, Any]) -> Result:
    given = record.get("id")
    return result if result.id is not None or given is None else replace(result, given_id=str(given))


def _read(record: Mapping[str, Any]) -> Article | Failure:
    try:
        return article_from_json(record)
    except BadArticle as error:
        return Failure(where="record", reason=str(error), raw=None)


def _say(error: Exception) -> str:
    """The first line of an error, with its class where it says nothing else of its kind."""
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
