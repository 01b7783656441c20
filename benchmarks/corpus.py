"""A made-up corpus with the skew of news: few entities are everywhere, most are rare (Zipf's law).

Seeded: the same arguments give the same articles on every machine. Dates are days of two years.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from graph.counting.incidence import ArticleIncidence
from graph.model import ENTITY_TYPES, Article, Entity, Extraction, Mention

FIRST_DAY = date(2024, 1, 1)
DAYS = 730
SENTENCES = 8
MENTIONS_PER_ENTITY = 2


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles that name `named` different entities each, every one of them in one or two sentences."""

    articles: int = 50_000
    entities: int = 5_000
    named: int = 12
    seed: int = 1

    def entity(self, number: int) -> Entity:
        """An entity; number 0 is named most often, number n about n + 1 times less."""
        return Entity(id=f"Q{number + 1}", name=f"Name{number + 1}", type=ENTITY_TYPES[number % len(ENTITY_TYPES)])

    def incidences(self) -> Iterator[ArticleIncidence]:
        """The articles as counting sees them."""
        for number, (day, sentences) in enumerate(self._drawn()):
            named: dict[str, list[int]] = {}
            for place, entities in enumerate(sentences, start=1):
                for entity in entities:
                    named.setdefault(self.entity(entity).id, []).append(place)
            yield ArticleIncidence(
                f"a{number:07}", day, "day", {entity: tuple(places) for entity, places in named.items()}
            )

    def extractions(self) -> Iterator[Extraction]:
        """The articles with a text and its mentions, as an extractor would hand them over."""
        for number, (day, sentences) in enumerate(self._drawn()):
            yield self._extraction(f"a{number:07}", day, sentences)

    def _drawn(self) -> Iterator[tuple[str, list[list[int]]]]:
        """For each article its day and the entities of each of its sentences."""
        random = np.random.default_rng(self.seed)
        chances = np.cumsum(1 / np.arange(1, self.entities + 1))
        for _ in range(self.articles):
            entities = self._named(random, chances)
            places = random.integers(0, SENTENCES, size=(self.named, MENTIONS_PER_ENTITY))
            sentences: list[list[int]] = [[] for _ in range(SENTENCES)]
            for entity, where in zip(entities, places.tolist(), strict=True):
                for place in sorted(set(where)):
                    sentences[place].append(entity)
            yield (FIRST_DAY + timedelta(days=int(random.integers(DAYS)))).isoformat(), sentences

    def _named(self, random: np.random.Generator, chances: NDArray[np.float64]) -> list[int]:
        """The first different entities of a series of draws: a draw without replacement."""
        found: dict[int, None] = {}
        while len(found) < self.named:
            draws = np.searchsorted(chances, random.random(3 * self.named) * chances[-1])
            found.update(dict.fromkeys(draws.tolist()))
        return list(found)[: self.named]

    def _extraction(self, id: str, day: str, sentences: Sequence[Sequence[int]]) -> Extraction:
        mentions: list[Mention] = []
        texts: list[str] = []
        for place, entities in enumerate(sentences, start=1):
            names = [self.entity(entity) for entity in entities]
            start = 0
            for entity in names:
                mentions.append(Mention(entity.id, place, start, start + len(entity.name), entity.name))
                start += len(entity.name) + 1
            texts.append(" ".join([*(entity.name for entity in names), "met in public that day."]))
        ends = np.cumsum([len(text) + 1 for text in texts]).tolist()
        named = sorted({entity for sentence in sentences for entity in sentence})
        return Extraction(
            article=Article(
                id=id,
                title=f"Article {id}",
                text=" ".join(texts),
                published_at=day,
                date_precision="day",
                content_hash=f"{self.seed}-{id}",
            ),
            sentence_bounds=tuple((end - len(text) - 1, end - 1) for end, text in zip(ends, texts, strict=True)),
            mentions=tuple(mentions),
            entities=tuple(map(self.entity, named)),
            extracted_by="benchmark",
        )
