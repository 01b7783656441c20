"""Text for training: annotated articles as tagged sentences, and articles without labels.

Annotated articles are JSON lines `{"id", "text", "split", "entities": [{"start", "end", "label", "wiki"}]}`, offsets in
code points, end exclusive.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from ingest.sentences import sentence_bounds
from ingest.tagger.labels import ANNOTATED, Label, Span, tags_of
from ingest.tokens import Token, tokenize

Sentence: TypeAlias = tuple[Token, ...]

SHORT_CHARACTERS: Final = 500
JOINED: Final = 6
"""So many short texts are joined."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """A document: its sentences, and a tag number for each of their tokens."""

    sentences: tuple[Sentence, ...]
    tags: tuple[Sequence[int], ...]


def sentences_of(text: str) -> tuple[Sentence, ...]:
    """The tokens of a text, sentence by sentence; offsets count inside each sentence."""
    return tuple(tokenize(text[start:end]) for start, end in sentence_bounds(text))


def read_annotated(paths: Iterable[Path], *, split: str = "train") -> Iterator[Tagged]:
    """The documents of a split."""
    for path in paths:
        for row in _rows(path):
            if row.get("split", split) == split:
                yield tagged(row["text"], row["entities"])


def texts_not_learnt(paths: Iterable[Path]) -> Iterator[str]:
    """The texts of annotated articles of other splits than `train`: those that are measured on."""
    return (row["text"] for path in paths for row in _rows(path) if row.get("split", "train") != "train")


def tagged(text: str, entities: Iterable[Mapping[str, Any]]) -> Tagged:
    """A document with what its annotators marked; marks that end inside a token are widened to it."""
    bounds = sentence_bounds(text)
    sentences = tuple(tokenize(text[start:end]) for start, end in bounds)
    marks = sorted((mark["start"], mark["end"], ANNOTATED[mark["label"]]) for mark in entities)
    tags = [
        tags_of(_spans(sentence, start, [mark for mark in marks if start <= mark[0] < end]), len(sentence))
        for sentence, (start, end) in zip(sentences, bounds, strict=True)
    ]
    return Tagged(sentences, tuple(tags))


def _spans(sentence: Sentence, offset: int, marks: Iterable[tuple[int, int, Label]]) -> Iterator[Span]:
    for start, end, label in marks:
        inside = [
            position
            for position, token in enumerate(sentence)
            if token.start + offset < end and token.end + offset > start
        ]
        if inside:
            yield Span(inside[0], inside[-1] + 1, label)


def read_texts(
    paths: Iterable[Path], *, words: int, seed: int, without: Iterable[str] = (), joined: bool = False
) -> Iterator[tuple[Sentence, ...]]:
    """Documents without labels, in a random order, until the number of words is reached.

    Args:
        paths: JSON lines with `text`, also gzipped.
        words: how many to read; those of the document that reaches it are all read.
        seed: of the order.
        without: texts of which no document may hold the first 80 characters: those that are measured on.
        joined: whether short texts that follow each other are the sentences of one article.
    """
    measured = {text[:80] for text in without}
    given = (row["text"] for path in paths for row in _rows(path))
    allowed = (text for text in given if not any(begin in text for begin in measured))
    texts = list(_joined(allowed) if joined else allowed)
    random.Random(seed).shuffle(texts)
    read = 0
    for text in texts:
        if read >= words:
            return
        read += len(text.split())
        yield sentences_of(text)


def words_of(paths: Iterable[Path]) -> Iterator[str]:
    """Every word of the texts of files, as often as it stands there."""
    return (token.text for path in paths for row in _rows(path) for token in tokenize(row["text"]))


def _joined(texts: Iterable[str]) -> Iterator[str]:
    short: list[str] = []
    for text in texts:
        if len(text) < SHORT_CHARACTERS:
            short.append(text)
        else:
            yield text
        if len(short) == JOINED:
            yield "\n".join(short)
            short = []
    if short:
        yield "\n".join(short)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open("rb") as lines:
        yield from map(json.loads, gzip.GzipFile(fileobj=lines) if path.suffix == ".gz" else lines)
