"""The pipeline from articles to a store: batches, what is the same, and failures that lose nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from app.failures import FailureList
from app.ingestion import BULK_FROM, Result, batches, extract_again, ingest, store_articles, wants_bulk
from graph.errors import DatabaseUnavailable, GraphError
from graph.model import Article, Entity, Extraction, Mention, Outcome, Stats
from ingest.articles import RawArticle, article_from_json, make_article
from ingest.extractor import Extractor
from ingest.sources import Failure


@dataclass
class MemoryStore:
    """A store in memory that keeps the promises of a graph: a write is whole or not at all."""

    articles: dict[str, Article] = field(default_factory=dict)
    writes: list[list[str]] = field(default_factory=list)
    away: bool = False
    deferred: bool = False

    def stats(self) -> Stats:
        return Stats(len(self.articles), 0, 0, 0, 0, "memory")

    def known(self, articles: Sequence[Article]) -> Mapping[str, str]:
        stored = self.articles
        found = {a.id: a.id for a in articles if a.id in stored and stored[a.id].content_hash == a.content_hash}
        contents = {article.content_hash: id for id, article in stored.items()}
        bare = [a for a in articles if a.url is None and a.given_id is None and a.content_hash in contents]
        return {a.id: contents[a.content_hash] for a in bare} | found

    def write(self, extractions: Sequence[Extraction], *, replace: bool = False) -> list[Outcome]:
        if self.away:
            raise DatabaseUnavailable("the database is away")
        if any("unwritable" in extraction.article.text for extraction in extractions):
            raise GraphError("the database does not take this")
        outcomes: list[Outcome] = [
            "changed" if replace or extraction.article.id in self.articles else "new" for extraction in extractions
        ]
        self.articles |= {extraction.article.id: extraction.article for extraction in extractions}
        self.writes.append([extraction.article.id for extraction in extractions])
        return outcomes

    @contextmanager
    def deferring_ties(self) -> Iterator[None]:
        self.deferred = True
        yield


class WordExtractor(Extractor):
    """Finds the word Iran; trips over the word "unreadable"."""

    version = "word"

    def __init__(self) -> None:
        self.seen: list[str] = []

    def extract(self, article: Article) -> Extraction:
        self.seen.append(article.id)
        if "unreadable" in article.text:
            raise RuntimeError("no such sentence\nsecond line")
        at = article.text.find("Iran")
        if at < 0:
            return Extraction(article)
        bounds = ((0, len(article.text)),)
        return Extraction(
            article,
            sentence_bounds=bounds,
            mentions=(Mention("Q794", 1, at, at + 4, "Iran"),),
            entities=(Entity("Q794", "Iran", "state"),),
        )


def article(number: int, text: str = "Iran spoke.") -> Article:
    """An article with an address of its own."""
    return article_from_json({"url": f"https://example.org/{number}", "title": f"Title {number}", "text": text})


def outcomes(results: Sequence[Result]) -> list[str]:
    """What became of each."""
    return [result.outcome for result in results]


def run(
    items: Sequence[Article | Failure], store: MemoryStore, *, batch_size: int = 10, bulk: bool = False
) -> tuple[list[Result], FailureList, WordExtractor]:
    """All results in order, what was kept as failed, and the extractor."""
    results: list[Result] = []
    failures, extractor = FailureList(), WordExtractor()
    ingest(
        items,
        store=store,
        extractor=extractor,
        failures=failures,
        progress=results.extend,
        batch_size=batch_size,
        bulk=bulk,
    )
    return results, failures, extractor


def test_articles_are_written_in_batches_of_the_size_asked_for() -> None:
    """Five articles in batches of two take three transactions."""
    store = MemoryStore()
    run([article(n) for n in range(5)], store, batch_size=2)
    assert [len(write) for write in store.writes] == [2, 2, 1]


def test_a_batch_is_also_cut_by_its_text() -> None:
    """Long articles make small batches; one that is too long by itself is still a batch."""
    items = [article(1, "x" * 60), article(2, "x" * 60), article(3, "x" * 200), article(4, "x")]
    assert [len(batch) for batch in batches(items, articles=10, characters=120)] == [2, 1, 1]


def test_articles_that_are_the_same_are_not_extracted_again() -> None:
    """A second run extracts nothing and writes nothing."""
    store = MemoryStore()
    run([article(1), article(2)], store)
    results, _, extractor = run([article(1), article(2)], store)
    assert outcomes(results) == ["same", "same"]
    assert extractor.seen == []
    assert len(store.writes) == 1


def test_an_article_that_comes_twice_in_a_batch_is_the_same_the_second_time() -> None:
    """Equal articles in one batch are extracted and counted once."""
    results, _, extractor = run([article(1), article(2), article(1)], MemoryStore())
    assert outcomes(results) == ["new", "new", "same"]
    assert len(extractor.seen) == 2
    assert results[2].mentions == 0


def test_the_last_of_two_versions_in_a_batch_wins() -> None:
    """Two versions of an article end as if one had come after the other."""
    store = MemoryStore()
    results, _, _ = run([article(1, "Old."), article(2), article(1, "New.")], store)
    assert outcomes(results) == ["new", "new", "changed"]
    assert store.articles[results[0].id or ""].text == "New."


def test_an_article_that_cannot_be_written_does_not_lose_its_batch() -> None:
    """The others of the batch are stored, and only the bad one fails, with the reason."""
    store = MemoryStore()
    results, failures, _ = run([article(1), article(2, "unwritable"), article(3)], store)
    assert outcomes(results) == ["new", "failed", "new"]
    assert len(store.articles) == 2
    assert results[1].reason == "not stored: GraphError: the database does not take this"
    assert [failure.where for failure in failures.failures] == ["https://example.org/2"]


def test_an_article_that_cannot_be_extracted_does_not_lose_its_batch() -> None:
    """An extractor's error fails its article alone; the reason is one line."""
    results, _, _ = run([article(1), article(2, "unreadable"), article(2, "unreadable")], MemoryStore())
    assert outcomes(results) == ["new", "failed", "failed"]
    assert results[1].reason == "extraction failed: RuntimeError: no such sentence"


def test_a_failed_article_is_kept_as_a_record_that_makes_it_again() -> None:
    """What is kept of a failed article reads back as the same article."""
    bad = article(2, "unreadable")
    _, failures, _ = run([bad], MemoryStore())
    assert article_from_json(json.loads(failures.failures[0].raw or "")) == bad


def test_inputs_that_could_not_be_read_are_kept_and_reported_in_their_place() -> None:
    """A Failure among the articles is handed on, and its result says which input it was."""
    broken = Failure("a.jsonl:2", "it is not JSON", "{")
    results, failures, _ = run([article(1), broken, article(2)], MemoryStore())
    assert outcomes(results) == ["new", "failed", "new"]
    assert (results[1].id, results[1].where, results[1].reason) == (None, "a.jsonl:2", "it is not JSON")
    assert failures.failures == [broken]


def test_a_batch_of_failures_alone_writes_nothing() -> None:
    """Where nothing could be read, the store is not asked."""
    store = MemoryStore()
    results, _, _ = run([Failure("a", "gone")], store)
    assert outcomes(results) == ["failed"]
    assert store.writes == []


def test_a_database_that_goes_away_ends_the_run() -> None:
    """No article is blamed for a database that is away: the error is the caller's to tell."""
    with pytest.raises(DatabaseUnavailable, match="away"):
        run([article(1)], MemoryStore(away=True))


def test_the_summary_counts_what_was_written() -> None:
    """Mentions and distinct entities of new articles are counted, those of articles that were there are not."""
    store = MemoryStore()
    run([article(1)], store)
    summary = ingest(
        [article(1), article(2), article(3), article(4, "Nothing."), Failure("a", "gone")],
        store=store,
        extractor=WordExtractor(),
        failures=FailureList(),
    )
    assert (summary.new, summary.changed, summary.same, summary.failed) == (3, 0, 1, 1)
    assert (summary.mentions, summary.entities, summary.warnings) == (2, 1, 0)
    assert summary.seconds > 0


def test_the_summary_counts_dates_that_could_not_be_read() -> None:
    """A date that is none is a warning, not a failure."""

    def read() -> Iterator[Article]:
        yield article_from_json({"title": "A", "text": "Iran.", "date": "the other day"})

    summary = ingest(read(), store=MemoryStore(), extractor=WordExtractor(), failures=FailureList())
    assert (summary.new, summary.failed, summary.warnings) == (1, 0, 1)


def test_bulk_defers_the_ties() -> None:
    """Ties are left to the end where that is asked for, and only there."""
    store = MemoryStore()
    run([article(1)], store)
    assert not store.deferred
    run([article(2)], store, bulk=True)
    assert store.deferred


def test_bulk_is_for_many_articles_into_an_empty_graph() -> None:
    """Ties are deferred by themselves only where many articles meet an empty graph."""
    empty, filled = MemoryStore(), MemoryStore({"a": article(1)})
    assert wants_bulk(empty, BULK_FROM + 1)
    assert not wants_bulk(empty, BULK_FROM)
    assert not wants_bulk(empty, None)
    assert not wants_bulk(filled, BULK_FROM + 1)


def bare(name: str, text: str) -> Article:
    """An article in a file of its own, with neither address nor id."""
    return make_article(RawArticle(title="T", text=text, origin=f"/news/{name}", own_file=True))


def test_equal_contents_without_address_or_id_are_one_article() -> None:
    """Two files of the same content are one article, in one batch as in two."""
    for size in (1, 10):
        store = MemoryStore()
        first, second = bare("a.txt", "Iran."), bare("b.txt", "Iran.")
        results, _, _ = run([first, second], store, batch_size=size)
        assert first.id != second.id
        assert [(result.id, result.outcome) for result in results] == [(first.id, "new"), (first.id, "same")]


def test_a_copy_of_an_article_that_changes_in_the_same_batch_is_stored() -> None:
    """What was known under the id of an article that is about to change is not lost with its old content."""
    store = MemoryStore()
    old = article_from_json({"url": "https://example.org/1", "title": "T", "text": "Iran."})
    run([old], store)
    results, _, _ = run(
        [article_from_json({"url": "https://example.org/1", "title": "T", "text": "New."}), bare("a", "Iran.")], store
    )
    assert outcomes(results) == ["changed", "new"]


def test_extracting_again_writes_what_is_the_same() -> None:
    """Stored articles are extracted and written anew, with the ties left to the end."""
    store = MemoryStore()
    run([article(1), article(2)], store)
    extractor = WordExtractor()
    summary = extract_again(list(store.articles.values()), store=store, extractor=extractor)
    assert (summary.changed, summary.same, len(extractor.seen), store.deferred) == (2, 0, 2, True)


def test_an_article_that_fails_to_be_extracted_again_stays_as_it_was() -> None:
    """A failure is counted, and the stored article is not touched."""
    bad = article(1, "unreadable")
    store = MemoryStore({bad.id: bad})
    summary = extract_again([bad], store=store, extractor=WordExtractor())
    assert (summary.failed, store.articles) == (1, {bad.id: bad})


def test_records_get_one_result_each_in_order() -> None:
    """A bad record fails with the reason and its given id; the others are stored."""
    records = [
        {"id": "a1", "title": "One", "text": "Iran."},
        {"id": "a2", "publisher": "X"},
        {"title": "No id", "text": "Iran."},
        {},
    ]
    store = MemoryStore()
    results = store_articles(records, store=store, extractor=WordExtractor())
    assert outcomes(results) == ["new", "failed", "new", "failed"]
    assert [result.given_id for result in results] == ["a1", "a2", None, None]
    assert "neither title nor text" in (results[1].reason or "")
    assert len(store.articles) == 2
