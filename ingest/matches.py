"""What the steps of extraction hand to each other: an article cut into passages, and matches in them.

A step is a plain function from a document and matches to matches. A match is a stretch of tokens with the entities it
may name; a match without candidates only holds its place, so that nothing shorter is found in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from graph.model import Article, MentionKind
from ingest.kb import KbEntity
from ingest.lexicon import words
from ingest.sentences import sentence_bounds
from ingest.tokens import Token, tokenize

Part = Literal["title", "takeaway", "text", "label"]
Origin = Literal["alias", "chain", "definition", "office", "tagger"]
Places = frozenset[int]
"""Token positions of a passage."""

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|_")
_SMALL_WORDS = words("a an and as at but by for from in into is nor of on or over the to up via vs with")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, or one tag or theme (`label`), which is evidence but no sentence.

    number: the sentence's number in the article; labels are numbered on after the sentences. in_capitals: the whole is
    set in capitals, so that case tells nothing. in_title_case: every longer word is capitalised, as in a headline, so
    that a capital does not mark a name.
    """

    number: int
    part: Part
    text: str
    tokens: tuple[Token, ...]
    in_capitals: bool
    in_title_case: bool


@dataclass(frozen=True, slots=True)
class Document:
    """An article as the steps see it: sentence bounds in its text, and its passages in order."""

    article: Article
    bounds: tuple[tuple[int, int], ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a match may name. `is_name`: the form is the entity's own name rather than another alias."""

    entity: KbEntity
    kind: MentionKind = "name"
    needs_context: bool = False
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens first:stop of a passage, and what they may name, best first where a step could tell.

    is_doubted: a tagger has read the passage and finds no such name there.
    """

    passage: int
    first: int
    stop: int
    candidates: tuple[Candidate, ...]
    origin: Origin = "alias"
    is_doubted: bool = False

    @property
    def places(self) -> range:
        """The positions of its tokens."""
        return range(self.first, self.stop)

    @property
    def is_open(self) -> bool:
        """Whether it only says that some person may be meant, so that the names around it decide who."""
        return bool(self.candidates) and all(
            candidate.needs_context and candidate.entity.entity.type == "person" for candidate in self.candidates
        )


@dataclass(frozen=True, slots=True)
class Contested:
    """Tokens first:stop of a passage that count where nothing else is named there; the match is made when it is needed.

    make: gives the match, or None where it would name nothing.
    """

    passage: int
    first: int
    stop: int
    make: Callable[[], Match | None]


@dataclass(frozen=True, slots=True)
class Named:
    """A match with the one entity it names, and what kind of mention it is."""

    match: Match
    entity: KbEntity
    kind: MentionKind
    score: float


def read_document(article: Article) -> Document:
    """Cut an article into passages: title, takeaways, sentences of the text, then tags and themes."""
    bounds = sentence_bounds(article.text)
    parts: list[tuple[Part, str]] = [("title", article.title)]
    parts += [("takeaway", takeaway) for takeaway in article.takeaways]
    parts += [("text", article.text[start:end]) for start, end in bounds]
    parts += [("label", _spaced(label)) for label in (*article.tags, *article.themes)]
    passages = tuple(_passage(number, part, text) for number, (part, text) in enumerate(parts))
    return Document(article, bounds, passages)


def _spaced(label: str) -> str:
    """A tag's words apart: "IranNuclearDeal" as "Iran Nuclear Deal"."""
    return label if " " in label else _HUMP.sub(" ", label)


def _passage(number: int, part: Part, text: str) -> Passage:
    tokens = tokenize(text)
    in_capitals, in_title_case = _cases(tokens)
    return Passage(number, part, text, tokens, in_capitals, in_title_case)


def _cases(tokens: Sequence[Token]) -> tuple[bool, bool]:
    """Whether words are set in capitals, and whether in title case; most sentences have too few capitals for either."""
    if 3 * sum([token.text[0].isupper() for token in tokens]) < len(tokens):
        return False, False
    words = [token.text for token in tokens if token.text[0].isalpha()]
    capitals = sum(word.isupper() for word in words)
    long = [word for word in words if word.lower() not in _SMALL_WORDS]
    titled = sum(word[0].isupper() for word in long)
    return len(words) > 1 and capitals >= 0.8 * len(words), len(long) > 2 and titled >= 0.85 * len(long)


def by_passage(matches: Iterable[Match], passages: Sequence[Passage]) -> list[list[Match]]:
    """The matches of each passage, in order of their place."""
    grouped: list[list[Match]] = [[] for _ in passages]
    for match in matches:
        grouped[match.passage].append(match)
    for group in grouped:
        group.sort(key=lambda match: match.first)
    return grouped


def covered_places(document: Document, matches: Iterable[Match]) -> list[Places]:
    """For each passage the positions that the matches cover."""
    places: list[set[int]] = [set() for _ in document.passages]
    for match in matches:
        places[match.passage].update(match.places)
    return [frozenset(positions) for positions in places]
