"""What tags articles, whoever trained it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeAlias

from ingest.tagger.labels import Span
from ingest.tagger.network import Floats
from ingest.tokens import Token

Sentence: TypeAlias = Sequence[Token]
Document: TypeAlias = Sequence[Sentence]


class Tagging(Protocol):
    """Finds names and says what each is the name of. It can be pickled, and be used by several threads."""

    @property
    def version(self) -> str:
        """Names what it has learnt; equal versions tag alike."""

    def tag_all(self, documents: Sequence[Document]) -> list[list[list[Span]]]:
        """The names in each sentence of each document. What is found in one does not depend on the others."""


class Scorer(Protocol):
    """Says of every token how much speaks for each tag. It can be pickled, and be used by several threads."""

    @property
    def version(self) -> str:
        """Names what it has learnt; equal versions score alike."""

    def scores_all(self, documents: Sequence[Document]) -> list[list[Floats]]:
        """Scores (tokens, tags) of each sentence of each document; their softmax is a probability."""


class NoTagger(OSError):
    """A tagger that was asked for cannot be had; the message says what to do."""
