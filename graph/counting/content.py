"""What a snapshot of the incidence holds, as plain arrays, and how two of them become one.

Merging keeps both orders: new articles are put between the old ones by halving, rows are moved as blocks, and nothing
is sorted again. Time is in proportion to the number of mentions, and the outcome is that of a fresh start.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.counting.days import day_number
from graph.counting.rows import Numbers, Rows
from graph.model import ENTITY_TYPES, DatePrecision, EntityType

Texts: TypeAlias = NDArray[np.object_]

UNDATED = int(np.iinfo(np.int32).min)
PRECISION_CODES: Mapping[DatePrecision, int] = {"none": 0, "year": 1, "month": 2, "day": 3}
TYPE_CODES: Mapping[EntityType, int] = {kind: code for code, kind in enumerate(ENTITY_TYPES)}


@dataclass(frozen=True, slots=True)
class ArticleIncidence:
    """An article with the entities it ties: for each the numbers of the sentences that name it."""

    article: str
    published_at: str | None
    date_precision: DatePrecision
    sentences: Mapping[str, tuple[int, ...]]

    @property
    def order(self) -> tuple[int, str, str]:
        """Where it stands among all articles: by day with undated ones first, then by the text of its date, then id."""
        day = day_number(self.published_at)
        return UNDATED if day is None else day, self.published_at or "", self.article

    def shared_sentences(self) -> list[list[str]]:
        """The entities of each sentence that names two or more, in the order of the sentences; each list ascends."""
        named: defaultdict[int, set[str]] = defaultdict(set)
        for entity, numbers in self.sentences.items():
            for number in numbers:
                named[number].add(entity)
        return [sorted(named[number]) for number in sorted(named) if len(named[number]) > 1]


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """Articles in their order and entities in the order of their ids, with who is named where.

    published: date texts, "" where undated. days: day numbers, UNDATED first, ascending. named: entities of each
    article. sentences: for each article the numbers of its kept sentences, which are numbered through. together: the
    entities of each kept sentence.
    """

    articles: Texts
    published: Texts
    days: NDArray[np.int32]
    precisions: NDArray[np.uint8]
    entities: Texts
    types: NDArray[np.uint8]
    named: Rows
    sentences: Rows
    together: Rows

    @classmethod
    def of(cls, articles: Iterable[ArticleIncidence], entity_types: Mapping[str, EntityType]) -> Content:
        """The content of articles.

        Raises ValueError where one comes twice, or it or an entity lacks what only another program leaves out.
        """
        ordered = sorted(articles, key=lambda article: article.order)
        _refuse_twice(ordered)
        entities = sorted({entity for article in ordered for entity in article.sentences})
        code = {entity: number for number, entity in enumerate(entities)}
        shared = [article.shared_sentences() for article in ordered]
        return cls(
            articles=texts([article.article for article in ordered]),
            published=texts([article.published_at or "" for article in ordered]),
            days=np.array([article.order[0] for article in ordered], np.int32),
            precisions=np.array([_precision_code(article) for article in ordered], np.uint8),
            entities=texts(entities),
            types=np.array([_type_code(entity, entity_types) for entity in entities], np.uint8),
            named=_rows([sorted(code[entity] for entity in article.sentences) for article in ordered]),
            sentences=consecutive([len(sentences) for sentences in shared]),
            together=_rows([[code[entity] for entity in sentence] for sentences in shared for sentence in sentences]),
        )

    def merged(self, kept: Numbers, added: Content) -> Content:
        """The articles with the numbers `kept` and the added ones. An added entity's type is the one that counts."""
        both = self._speaking_of_all(added)
        return both._taking(_interleaved(self, kept, added))._without_unused()

    def _speaking_of_all(self, added: Content) -> Content:
        """Both contents one after the other, their entities numbered alike; articles are not in order yet."""
        missing = sorted(set(added.entities.tolist()).difference(self.entities.tolist()))
        places = np.array([bisect_left(self.entities, entity) for entity in missing], np.int64)
        entities = np.insert(self.entities, places, missing)
        old = np.arange(len(self.entities))
        old_codes = (old + np.searchsorted(places, old, side="right")).astype(np.int32)
        new_codes = np.array([bisect_left(entities, entity) for entity in added.entities], np.int32)
        types = np.zeros(len(entities), np.uint8)
        types[old_codes] = self.types
        types[new_codes] = added.types
        return Content(
            articles=np.concatenate((self.articles, added.articles)),
            published=np.concatenate((self.published, added.published)),
            days=np.concatenate((self.days, added.days)),
            precisions=np.concatenate((self.precisions, added.precisions)),
            entities=entities,
            types=types,
            named=_joined(self.named, old_codes, added.named, new_codes),
            sentences=consecutive(np.concatenate((self.sentences.lengths, added.sentences.lengths))),
            together=_joined(self.together, old_codes, added.together, new_codes),
        )

    def _taking(self, numbers: Numbers) -> Content:
        sentences = self.sentences.take(numbers)
        return Content(
            articles=self.articles[numbers],
            published=self.published[numbers],
            days=self.days[numbers],
            precisions=self.precisions[numbers],
            entities=self.entities,
            types=self.types,
            named=self.named.take(numbers),
            sentences=consecutive(sentences.lengths),
            together=self.together.take(sentences.values),
        )

    def _without_unused(self) -> Content:
        used = np.bincount(self.named.values, minlength=len(self.entities)) > 0
        if used.all():
            return self
        codes = (np.cumsum(used) - 1).astype(np.int32)
        return Content(
            articles=self.articles,
            published=self.published,
            days=self.days,
            precisions=self.precisions,
            entities=self.entities[used],
            types=self.types[used],
            named=Rows(self.named.starts, codes[self.named.values]),
            sentences=self.sentences,
            together=Rows(self.together.starts, codes[self.together.values]),
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Content):
            return NotImplemented
        return all(_same(getattr(self, part.name), getattr(other, part.name)) for part in fields(self))

    __hash__ = None  # type: ignore[assignment]  # arrays have no hash


def texts(items: Sequence[str]) -> Texts:
    """An array of texts; equal ones become one object."""
    one: dict[str, str] = {}
    array = np.empty(len(items), np.object_)
    array[:] = [one.setdefault(item, item) for item in items]
    return array


def consecutive(lengths: Sequence[int] | NDArray[np.int64]) -> Rows:
    """Rows of the given lengths that hold 0, 1, 2, … one after the other."""
    return Rows.of_lengths(lengths, np.arange(int(np.sum(lengths)), dtype=np.int32))


def _rows(lists: Sequence[Sequence[int]]) -> Rows:
    values = np.fromiter((value for row in lists for value in row), np.int32)
    return Rows.of_lengths([len(row) for row in lists], values)


def _joined(old: Rows, old_codes: Numbers, new: Rows, new_codes: Numbers) -> Rows:
    values = np.concatenate((old_codes[old.values], new_codes[new.values]))
    return Rows.of_lengths(np.concatenate((old.lengths, new.lengths)), values)


def _interleaved(old: Content, kept: Numbers, new: Content) -> Numbers:
    """Numbers of the kept old and of the new articles, counted on behind the old ones, in the order of all."""

    def order(content: Content, number: int) -> tuple[int, str, str]:
        return int(content.days[number]), content.published[number], content.articles[number]

    count = len(new.articles)
    places = range(len(kept))
    before = [bisect_left(places, order(new, n), key=lambda place: order(old, int(kept[place]))) for n in range(count)]
    return np.insert(kept, before, np.arange(count, dtype=np.int32) + len(old.articles))


def _refuse_twice(ordered: Sequence[ArticleIncidence]) -> None:
    seen: set[str] = set()
    for article in ordered:
        if article.article in seen:
            raise ValueError(f"article {article.article!r} comes twice")
        seen.add(article.article)


def _precision_code(article: ArticleIncidence) -> int:
    code = PRECISION_CODES.get(article.date_precision)
    if code is None:
        raise ValueError(f"article {article.article!r} has no date precision of ours: another program has written it")
    return code


def _type_code(entity: str, entity_types: Mapping[str, EntityType]) -> int:
    kind = entity_types.get(entity)
    code = None if kind is None else TYPE_CODES.get(kind)
    if code is None:
        raise ValueError(f"entity {entity!r} has no type of ours: another program has written it")
    return code


def _same(left: Any, right: Any) -> bool:
    if isinstance(left, Rows):
        return _same(left.starts, right.starts) and _same(left.values, right.values)
    return np.array_equal(left, right)
