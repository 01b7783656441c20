"""Who is named where, in memory: an immutable snapshot that answers counting questions without a database.

Articles are numbered by date, undated ones first, so a window of time is a range of numbers and the first common number
of two entities is the first article that names both. Entities are numbered in the order of their ids. Sentences are
numbered through all articles; only those that name two entities or more are kept, for only they tie anything.

Memory: 8 bytes for each entity of an article, 8 for each entity of a kept sentence, 12 for a kept sentence, and for
each article about 40 beside its id and its date (Python texts of about 60 bytes; equal ones are one object). Looking
articles up by id, once asked for, takes another 100 an article.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from graph.counting import days, snapshot_file
from graph.counting.content import PRECISION_CODES, TYPE_CODES, UNDATED, ArticleIncidence, Content
from graph.counting.postings import Postings, Window
from graph.model import EntityType, Filters

__all__ = ["ArticleIncidence", "Incidence"]

PRECISIONS = {code: precision for precision, code in PRECISION_CODES.items()}


@dataclass(frozen=True, eq=False)  # without slots: what is derived is kept once it was asked for
class Incidence:
    """The incidence of one version of a graph. Equal to another when it holds the same, of whatever version."""

    content: Content
    graph_version: int

    @classmethod
    def build(
        cls, articles: Iterable[ArticleIncidence], entity_types: Mapping[str, EntityType], *, graph_version: int
    ) -> Incidence:
        """The incidence of all articles of a graph, also of those that name nobody.

        Raises ValueError where an article comes twice, a date is not ISO 8601 or an entity has no type.
        """
        return cls(Content.of(articles, entity_types), graph_version)

    def updated(
        self,
        *,
        removed: Collection[str],
        added: Iterable[ArticleIncidence],
        entity_types: Mapping[str, EntityType],
        graph_version: int,
    ) -> Incidence:
        """The incidence after a write; equal to a fresh build of what is then stored.

        An added article takes the place of one with its id; removed ids that are not here are passed over.
        `entity_types` holds at least the entities of the added articles. Raises ValueError like `build`.
        """
        new = Content.of(added, entity_types)
        gone = [self.article_numbers[id] for id in {*removed, *new.articles} if id in self.article_numbers]
        kept = np.delete(np.arange(len(self.content.articles), dtype=np.int32), gone)
        return Incidence(self.content.merged(kept, new), graph_version)

    def incidences(self, articles: Iterable[str]) -> list[ArticleIncidence]:
        """What articles say, as far as it is kept: of sentences those that name two entities. Unknown ids are left out.

        Numbers of sentences are those of the snapshot.
        """
        return [self._incidence(self.article_numbers[id]) for id in articles if id in self.article_numbers]

    def _incidence(self, number: int) -> ArticleIncidence:
        content = self.content
        names = content.entities[content.named.row(number)].tolist()
        sentences: dict[str, list[int]] = {name: [] for name in names}
        for sentence in content.sentences.row(number).tolist():
            for name in content.entities[content.together.row(sentence)].tolist():
                sentences[name].append(sentence)
        return ArticleIncidence(
            article=content.articles[number],
            published_at=content.published[number] or None,
            date_precision=PRECISIONS[content.precisions[number]],
            sentences={name: tuple(numbers) for name, numbers in sentences.items()},
        )

    def save(self, path: Path) -> None:
        """Write the snapshot; a file already there is replaced at once or not at all. Raises OSError."""
        snapshot_file.save(self.content, self.graph_version, path)

    @classmethod
    def load(cls, path: Path) -> Incidence:
        """Read a snapshot. Raises SnapshotUnreadable (a ValueError: build anew), or OSError where none is there."""
        return cls(*snapshot_file.load(path))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Incidence):
            return NotImplemented
        return self.content == other.content

    __hash__ = None  # type: ignore[assignment]  # arrays have no hash

    @cached_property
    def article_numbers(self) -> Mapping[str, int]:
        """The number of each article by its id."""
        return {article: number for number, article in enumerate(self.content.articles)}

    @cached_property
    def entity_numbers(self) -> Mapping[str, int]:
        """The number of each entity by its id."""
        return {entity: number for number, entity in enumerate(self.content.entities)}

    def numbers_of(self, entities: Sequence[str]) -> list[int] | None:
        """The numbers of entities, ascending, each once; None where one of them is named nowhere."""
        numbers = {self.entity_numbers.get(entity) for entity in entities}
        return None if None in numbers else sorted(number for number in numbers if number is not None)

    @cached_property
    def in_articles(self) -> Postings:
        """Which articles name whom."""
        return Postings.of_units(self.content.named, entities=len(self.content.entities))

    @cached_property
    def in_sentences(self) -> Postings:
        """Which of the kept sentences name whom."""
        return Postings.of_units(self.content.together, entities=len(self.content.entities))

    @cached_property
    def first_dated(self) -> int:
        """The number of the first article that has a date."""
        return int(np.searchsorted(self.content.days, UNDATED, side="right"))

    def article_window(self, filters: Filters) -> Window:
        """The articles of the window that filters ask for; without one all of them, undated ones too."""
        since, until = days.window(filters)
        numbered = self.content.days
        first = 0 if since is None and until is None else self.first_dated
        if since is not None:
            first = max(first, int(np.searchsorted(numbered, since)))
        stop = len(numbered) if until is None else int(np.searchsorted(numbered, until, side="right"))
        return self.in_articles.within(first, max(first, stop))

    def sentence_window(self, articles: Window) -> Window:
        """The kept sentences of the articles of a window."""
        starts = self.content.sentences.starts
        return self.in_sentences.within(int(starts[articles.first]), int(starts[articles.stop]))

    def of_types(self, types: Sequence[EntityType]) -> NDArray[np.bool_]:
        """For each entity whether it is of one of the types; every one is where no type is given."""
        if not types:
            return np.ones(len(self.content.entities), np.bool_)
        return np.isin(self.content.types, [TYPE_CODES[kind] for kind in types])
