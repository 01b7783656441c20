"""Sentences of a document packed into chunks of word pieces, as large as the large network can read at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from ingest.tagger.tagging import Document
from ingest.tagger.wordpiece import WordPieces

CHUNK: Final = 160
"""Sentences are packed together until they have so many pieces: context is worth more than speed."""
LONGEST: Final = 400
"""A longer sentence goes on in the next chunk."""
NO_TAG: Final = -100


@dataclass(frozen=True, slots=True)
class Chunk:
    """Sentences in pieces; `words` is where each word begins, `tags` its tag, `places` its sentence and position."""

    pieces: list[int]
    shapes: list[int]
    words: list[int] = field(default_factory=list)
    tags: list[int] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)

    def close(self, end: int) -> Chunk:
        """The chunk with its last piece."""
        self.pieces.append(end)
        self.shapes.append(0)
        return self


def chunks_of(document: Document, pieces: WordPieces, tags: Sequence[Sequence[int]] | None = None) -> Iterator[Chunk]:
    """The chunks of a document; each word stands in one of them.

    Args:
        document: its sentences.
        pieces: cuts its words.
        tags: of each word, where they are known.
    """
    current = Chunk([pieces.begin], [0])
    for number, sentence in enumerate(document):
        cut = [pieces.cut(token.text) for token in sentence]
        if current.words and len(current.pieces) + sum(len(numbers) for numbers, _ in cut) > CHUNK:
            yield current.close(pieces.end)
            current = Chunk([pieces.begin], [0])
        for position, (numbers, shapes) in enumerate(cut):
            if len(current.pieces) >= LONGEST:
                yield current.close(pieces.end)
                current = Chunk([pieces.begin], [0])
            current.words.append(len(current.pieces))
            current.places.append((number, position))
            current.tags.append(tags[number][position] if tags else NO_TAG)
            current.pieces.extend(numbers)
            current.shapes.extend(shapes)
    if current.words:
        yield current.close(pieces.end)
