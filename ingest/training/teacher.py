"""The teacher: MiniLM, trained on annotated articles, gives every token of more text its probabilities of the tags."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from ingest.tagger.chunks import NO_TAG, Chunk, chunks_of
from ingest.tagger.labels import TAGS
from ingest.tagger.wordpiece import WordPieces
from ingest.training.corpus import Sentence, Tagged
from ingest.training.minilm import MiniLM, pretrained
from ingest.training.progress import Progress
from ingest.training.schedule import rate_share

PIECES_AT_ONCE: Final = 2400
"""Pieces of a batch when it learns, padding included."""

_RISING = 0.1
_LEAST = 0.02
_SORTED_TOGETHER = 200


class Teacher:
    """Learns from annotated documents and labels others.

    Args:
        folder: a published MiniLM-L6: `model.safetensors` and `vocab.txt`.
        seed: equal seeds give equal teachers on equal machines.
    """

    def __init__(self, folder: Path, *, seed: int) -> None:
        torch.manual_seed(seed)
        self._random = random.Random(seed)
        self.pieces = WordPieces((folder / "vocab.txt").read_text(encoding="utf-8").splitlines())
        self.network = pretrained(folder / "model.safetensors")

    def learn(self, documents: Iterable[Tagged], *, epochs: int, rate: float, progress: Progress) -> None:
        """Train on documents: AdamW, the rate rising over a tenth and falling to nothing (Devlin et al. 2019)."""
        chunks = [chunk for each in documents for chunk in chunks_of(each.sentences, self.pieces, each.tags)]
        batches = [batch for _ in range(epochs) for batch in self._batches(chunks, PIECES_AT_ONCE, shuffled=True)]
        optimizer = torch.optim.AdamW(_parameters(self.network), lr=rate)
        self.network.train()
        for step, batch in enumerate(progress(batches, "teacher")):
            for group in optimizer.param_groups:
                group["lr"] = rate * rate_share(step, len(batches), rising=_RISING, least=_LEAST)
            loss = self._loss([chunks[number] for number in batch])
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
            optimizer.step()

    def label(self, document: Sequence[Sentence]) -> list[NDArray[np.float32]]:
        """Probabilities (tokens, tags) for each sentence of a document."""
        found = [np.zeros((len(sentence), len(TAGS)), np.float32) for sentence in document]
        chunks = list(chunks_of(document, self.pieces))
        self.network.eval()
        for batch in self._batches(chunks, 4000, shuffled=False):
            some = [chunks[number] for number in batch]
            with torch.no_grad():
                probabilities = self._scores(some).softmax(-1).numpy()
            for row, chunk in zip(probabilities, some, strict=True):
                for word, (sentence, position) in zip(chunk.words, chunk.places, strict=True):
                    found[sentence][position] = row[word]
        return found

    def _loss(self, chunks: Sequence[Chunk]) -> Tensor:
        scores = self._scores(chunks)
        tags = np.full(scores.shape[:2], NO_TAG, np.int64)
        for row, chunk in zip(tags, chunks, strict=True):
            row[chunk.words] = chunk.tags
        return functional.cross_entropy(scores.flatten(0, 1), torch.from_numpy(tags).flatten(), ignore_index=NO_TAG)

    def _scores(self, chunks: Sequence[Chunk]) -> Tensor:
        longest = max(len(chunk.pieces) for chunk in chunks)
        pieces = np.zeros((len(chunks), longest), np.int64)
        shapes, mask = np.zeros_like(pieces), np.zeros(pieces.shape, np.bool_)
        for row, chunk in enumerate(chunks):
            length = len(chunk.pieces)
            pieces[row, :length], shapes[row, :length], mask[row, :length] = chunk.pieces, chunk.shapes, True
        with torch.autocast("cpu", torch.bfloat16):
            scores: Tensor = self.network(*map(torch.from_numpy, (pieces, shapes, mask)))
        return scores.float()

    def _batches(self, chunks: Sequence[Chunk], size: int, *, shuffled: bool) -> list[list[int]]:
        """Numbers of chunks of like length, so many together that they have `size` pieces with padding."""
        order = list(range(len(chunks)))
        if shuffled:
            self._random.shuffle(order)
        batches: list[list[int]] = []
        for first in range(0, len(order), _SORTED_TOGETHER):
            current: list[int] = []
            for number in sorted(order[first : first + _SORTED_TOGETHER], key=lambda each: len(chunks[each].pieces)):
                if current and len(chunks[number].pieces) * (len(current) + 1) > size:
                    batches.append(current)
                    current = []
                current.append(number)
            batches.append(current)
        if shuffled:
            self._random.shuffle(batches)
        return batches


def _parameters(network: MiniLM) -> list[dict[str, object]]:
    """Matrices decay, biases and norms do not."""
    matrices = [each for each in network.parameters() if each.dim() > 1]
    others = [each for each in network.parameters() if each.dim() <= 1]
    return [{"params": matrices, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}]
