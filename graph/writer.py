"""Writes batches of articles, each in one transaction, so that an article is there whole or not at all.

MENTIONS is the truth; CO_MENTIONED, the article counts and the index follow from it. A batch first takes out what its
articles said before, then puts in what they say now, so that re-ingesting leaves no trace of the old text. Every
transaction begins by raising the version of the graph, so writers of whatever process queue there. While a bulk load
has marked the ties as stale (see graph.rebuild), nobody writes ties.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import uuid4

from graph import stored_form
from graph.counting.content import ArticleIncidence
from graph.counting.pairs import PairCount, aggregate
from graph.database import MESSAGE_BYTES, Database, Transaction
from graph.errors import CommitUnknown
from graph.model import RELATION_TYPES, Entity, EntityType, Extraction, Outcome, Relation
from graph.queries import writing

T = TypeVar("T")

# How often a transaction is tried whose commit was not answered.
TIMES_TRIED = 5
# Writes that the log goes back at least, and how often it is cut.
WRITES_KEPT = 500
FORGET_EVERY = 50
# Ties in one statement: 10,000 of them are about 1 MB and take well under a second.
TIES_PER_STATEMENT = 10_000
MENTION_BYTES = 60


class _AlreadyCommitted(Exception):
    """The transaction of an earlier attempt is in the database."""


@dataclass(frozen=True, slots=True)
class _Graph:
    """The graph at the beginning of a transaction, which other writers wait for."""

    version: int
    ties_stale: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What a write did to the graph, for whoever keeps something derived from it.

    `version` is None where nothing had to be written.
    """

    outcomes: tuple[Outcome, ...] = ()
    version: int | None = None
    removed: tuple[str, ...] = ()
    added: tuple[ArticleIncidence, ...] = ()
    entity_types: Mapping[str, EntityType] = field(default_factory=dict)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


class Writer:
    """Writes to one database. `keep_text` decides whether whole texts or only the sentences that count are stored."""

    def __init__(
        self, database: Database, *, keep_text: stored_form.KeepText = "full", clock: Callable[[], str] = _now
    ) -> None:
        self._database = database
        self._keep_text = keep_text
        self._clock = clock

    def write(self, extractions: Sequence[Extraction], *, replace: bool = False) -> Change:
        """Store articles: new ones, and changed ones in the place of what was there; equal ones are left alone.

        replace: write equal ones too (their extraction may differ). Raises ValueError where an article comes twice.
        """
        ids = [extraction.article.id for extraction in extractions]
        if len(set(ids)) != len(ids):
            raise ValueError("an article comes twice in one batch: write the later one in a batch of its own")
        outcomes = _outcomes(extractions, self._stored_hashes(ids), replace)
        if "new" not in outcomes and "changed" not in outcomes:
            return Change(outcomes=outcomes)
        return self._once(lambda run, graph: self._put(run, graph, extractions, replace=replace))

    def delete(self, article_ids: Sequence[str]) -> Change:
        """Take articles out as if they had never been there; ids that are not stored are passed over."""
        present = sorted(self._stored_hashes(article_ids))
        return self._once(lambda run, graph: self._take(run, graph, present)) if present else Change()

    def _once(self, work: Callable[[Transaction, _Graph], Change]) -> Change:
        """Run a transaction that takes effect exactly once, also where the answer to its commit is lost.

        Its batch id goes into the graph with it, so whoever tries again can tell whether that is needed.
        """
        batch = uuid4().hex
        tried: list[Change] = []

        def attempt(run: Transaction) -> Change:
            graph = _Graph(**run(writing.NEXT_VERSION)[0])
            if tried and run(writing.WRITE_OF_BATCH.with_parameters(batch_id=batch)):
                raise _AlreadyCommitted
            tried[:] = [work(run, graph)]
            _log(run, tried[0], batch, forget=not graph.ties_stale)
            return tried[0]

        for again in range(TIMES_TRIED):
            try:
                return self._database.transact(attempt)
            except _AlreadyCommitted:
                break
            except CommitUnknown:
                if again == TIMES_TRIED - 1:
                    raise
        return tried[0]

    def _take(self, run: Transaction, graph: _Graph, ids: Sequence[str]) -> Change:
        batch = _Batch(run, ids, ())
        batch.take_out_mentions()
        run(writing.DELETE_ARTICLES.with_parameters(ids=list(ids)))
        batch.count_articles()
        if not graph.ties_stale:
            change_ties(run, batch.before, batch.now)
        batch.delete_unmentioned()
        return Change(version=graph.version, removed=tuple(ids))

    def _put(self, run: Transaction, graph: _Graph, extractions: Sequence[Extraction], *, replace: bool) -> Change:
        stored = _hashes(run(writing.STORED_HASHES.with_parameters(ids=[each.article.id for each in extractions])))
        outcomes = _outcomes(extractions, stored, replace)
        wanted = [each for each, outcome in zip(extractions, outcomes, strict=True) if outcome != "same"]
        if self._keep_text == "sentences":
            wanted = [stored_form.only_sentences(extraction) for extraction in wanted]
        batch = _Batch(run, [extraction.article.id for extraction in wanted], wanted)
        batch.take_out_mentions()
        new = batch.put_entities()
        batch.count_articles()
        batch.put_articles(text_kept=self._keep_text == "full", ingested_at=self._clock())
        if not graph.ties_stale:
            change_ties(run, batch.before, batch.now)
        batch.put_relations(None if replace else new)
        batch.delete_unmentioned()
        return Change(
            outcomes=outcomes,
            version=graph.version,
            removed=tuple(each.article.id for each in wanted),
            added=tuple(batch.now),
            entity_types={id: entity.type for id, entity in batch.entities.items()},
        )

    def _stored_hashes(self, ids: Sequence[str]) -> dict[str, str]:
        return _hashes(self._database.read(writing.STORED_HASHES.with_parameters(ids=list(ids))).dicts())


class _Batch:
    """One batch inside its transaction. `before` and `now` are what its articles said and say."""

    def __init__(self, run: Transaction, ids: Sequence[str], extractions: Sequence[Extraction]) -> None:
        self._run = run
        self._ids = list(ids)
        self._extractions = extractions
        rows = run(writing.OLD_MENTIONS.with_parameters(ids=self._ids))
        self.before = stored_form.incidences(rows)
        self.now = [stored_form.incidence(extraction) for extraction in extractions]
        self._named_before = Counter(row["entity"] for row in rows)
        self._named_now = Counter(found.entity for each in extractions for found in stored_form.by_entity(each))
        self.entities: dict[str, Entity] = {
            entity.id: entity for extraction in extractions for entity in extraction.entities
        }

    def take_out_mentions(self) -> None:
        if self._named_before:
            self._run(writing.DELETE_MENTIONS.with_parameters(ids=self._ids))

    def put_entities(self) -> set[str]:
        """Returns the ids of those that were not there."""
        ids = sorted(self._named_now)
        found = self._run(writing.KNOWN_ENTITIES.with_parameters(ids=ids))
        known = {row["id"]: row["fingerprint"] for row in found}
        rows = [stored_form.entity_row(self.entities[id]) for id in ids]
        changed = [row for row in rows if known.get(row["id"]) != row["properties"]["fingerprint"]]
        if changed:
            self._run(writing.PUT_ENTITIES.with_parameters(rows=changed))
        former = [{"id": row["id"], "former": old} for row in changed for old in self.entities[row["id"]].former_ids]
        if former:
            self._run(writing.PUT_FORMER_IDS.with_parameters(rows=former))
        return self._named_now.keys() - known.keys()

    def count_articles(self) -> None:
        delta = self._named_now.copy()
        delta.subtract(self._named_before)
        rows = [{"id": id, "articles": change} for id, change in sorted(delta.items()) if change]
        if rows:
            self._run(writing.ADD_ARTICLE_COUNTS.with_parameters(rows=rows))

    def put_articles(self, *, text_kept: bool, ingested_at: str) -> None:
        rows = [
            stored_form.article_row(extraction, text_kept=text_kept, ingested_at=ingested_at)
            for extraction in self._extractions
        ]
        for chunk in chunks(rows, weight=lambda row: len(row["properties"]["text"]), limit=MESSAGE_BYTES // 4):
            self._run(writing.PUT_ARTICLES.with_parameters(rows=chunk))
        mentions = (row for extraction in self._extractions for row in stored_form.mention_rows(extraction))
        for chunk in chunks(mentions, weight=_mention_weight, limit=MESSAGE_BYTES):
            self._run(writing.CREATE_MENTIONS.with_parameters(groups=_grouped(chunk)))

    def put_relations(self, touching: Collection[str] | None) -> None:
        """Write knowledge base facts whose two ends are in the graph; only those that touch `touching` where given."""
        facts = {
            (fact.type, fact.source, fact.target, fact.office, fact.since, fact.until): fact
            for extraction in self._extractions
            for fact in extraction.relations
            if touching is None or fact.source in touching or fact.target in touching
        }
        by_type: defaultdict[str, list[Relation]] = defaultdict(list)
        for fact in facts.values():
            by_type[fact.type].append(fact)
        for kind in RELATION_TYPES:
            if by_type[kind]:
                rows = [stored_form.relation_row(fact) for fact in by_type[kind]]
                self._run(writing.PUT_RELATIONS[kind].with_parameters(rows=rows))

    def delete_unmentioned(self) -> None:
        if self._named_before:
            self._run(writing.DELETE_UNMENTIONED.with_parameters(ids=sorted(self._named_before)))


def change_ties(run: Transaction, before: Sequence[ArticleIncidence], now: Sequence[ArticleIncidence]) -> None:
    """Carry CO_MENTIONED along where articles said one thing and now say another."""
    gone, come = aggregate(before), aggregate(now)
    unchanged = {*gone} & {*come}
    gone = [pair for pair in gone if pair not in unchanged]
    come = [pair for pair in come if pair not in unchanged]
    for groups in tie_groups(gone):
        run(writing.TAKE_FROM_TIES.with_parameters(groups=groups))
    for groups in tie_groups(come):
        add_ties(run, groups)
    for groups in tie_groups(gone):
        run(writing.DELETE_EMPTY_TIES.with_parameters(groups=groups))
    dates = {(pair.source, pair.target): (pair.first_seen, pair.last_seen) for pair in come}
    for groups in tie_groups(
        pair for pair in gone if dates.get((pair.source, pair.target)) != (pair.first_seen, pair.last_seen)
    ):
        _date_anew(run, groups)


def _date_anew(run: Transaction, gone: Sequence[Mapping[str, Any]]) -> None:
    """Read the dates of ties anew whose first or last article is one that went."""
    others: defaultdict[str, dict[str, bool]] = defaultdict(dict)
    for tie in run(writing.TIES_IN_DOUBT.with_parameters(groups=gone)):
        ends = sorted((tie[f"{end}_articles"], tie[end]) for end in ("source", "target"))
        others[ends[0][1]][ends[1][1]] = True
    groups = [{"entity": entity, "others": others[entity]} for entity in sorted(others)]
    ties: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for row in run(writing.DATES_TOGETHER.with_parameters(groups=groups)) if groups else ():
        source, target = sorted((row["entity"], row["other"]))
        ties[source][target] = {"first_seen": row["first_seen"], "last_seen": row["last_seen"]}
    if ties:
        run(writing.DATE_TIES.with_parameters(groups=[{"source": id, "ties": ties[id]} for id in sorted(ties)]))


def add_ties(run: Transaction, groups: Sequence[Mapping[str, Any]]) -> None:
    """Add to the ties that are there and create the others."""
    there = {
        (row["source"], target)
        for row in run(writing.ADD_TO_TIES.with_parameters(groups=groups))
        for target in row["targets"]
    }
    missing = [
        {"source": group["source"], "ties": new}
        for group in groups
        if (new := [tie for id, tie in group["ties"].items() if (group["source"], id) not in there])
    ]
    if missing:
        run(writing.CREATE_TIES.with_parameters(groups=missing))


def tie_groups(pairs: Iterable[PairCount]) -> Iterator[list[dict[str, Any]]]:
    """Pairs (ordered by source) grouped by source entity, in statements of a bounded size."""
    groups: dict[str, dict[str, Any]] = {}
    size = 0
    for pair in pairs:
        if size == TIES_PER_STATEMENT:
            yield list(groups.values())
            groups, size = {}, 0
        group = groups.setdefault(pair.source, {"source": pair.source, "ties": {}})
        group["ties"][pair.target] = {
            "target": pair.target,
            "articles": pair.articles,
            "sentences": pair.sentences,
            "first_seen": pair.first_seen,
            "last_seen": pair.last_seen,
        }
        size += 1
    if groups:
        yield list(groups.values())


def chunks(items: Iterable[T], *, weight: Callable[[T], int], limit: int) -> Iterator[list[T]]:
    """Items in lists whose weights add up to no more than `limit`, each list holding at least one."""
    chunk: list[T] = []
    total = 0
    for item in items:
        if chunk and total + weight(item) > limit:
            yield chunk
            chunk, total = [], 0
        chunk.append(item)
        total += weight(item)
    if chunk:
        yield chunk


def _mention_weight(row: Mapping[str, Any]) -> int:
    return 200 + MENTION_BYTES * int(row["count"])


def _grouped(mentions: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    groups: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in mentions:
        groups[row["entity"]].append(row)
    return [{"entity": entity, "mentions": groups[entity]} for entity in sorted(groups)]


def _log(run: Transaction, change: Change, batch: str, *, forget: bool) -> None:
    """Write down what was written, and forget what is long past; who derives ties needs all since it began."""
    version = change.version
    assert version is not None
    touched = sorted({*change.removed, *(each.article for each in change.added)})
    run(writing.LOG_WRITE.with_parameters(version=version, batch_id=batch, articles=touched))
    if forget and version % FORGET_EVERY == 0:
        run(writing.FORGET_WRITES.with_parameters(version=version - WRITES_KEPT))


def _hashes(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {row["id"]: row["content_hash"] for row in rows}


def _outcomes(extractions: Iterable[Extraction], stored: Mapping[str, str], replace: bool) -> tuple[Outcome, ...]:
    return tuple(_outcome(extraction, stored, replace) for extraction in extractions)


def _outcome(extraction: Extraction, stored: Mapping[str, str], replace: bool) -> Outcome:
    known = stored.get(extraction.article.id)
    if known is None:
        return "new"
    return "changed" if replace or known != extraction.article.content_hash else "same"
