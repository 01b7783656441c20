"""The large network at work: the teacher itself, its matrices in bytes, run by onnxruntime.

It reads one chunk at a time. The bytes that its rows are rounded to depend on all that is computed together, so that
what is found in an article would depend on its neighbours; and nothing has to be padded.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Sequence
from importlib.resources.abc import Traversable
from typing import Any, Final, TypeAlias

import numpy as np

from ingest.tagger.chunks import Chunk, chunks_of
from ingest.tagger.labels import TAGS
from ingest.tagger.network import Floats
from ingest.tagger.tagging import Document, NoTagger
from ingest.tagger.wordpiece import WordPieces

PIECES_KEY: Final = "pieces"
"""The file's own name for its word pieces, one a line."""

Session: TypeAlias = Any
"""An onnxruntime.InferenceSession."""


class LargeNetwork:
    """Scores documents, in any number of threads; each uses one core.

    Args:
        file: what `eig train --accurate-out` wrote.

    Raises:
        NoTagger: onnxruntime is not installed, or there is no such file, or it is another's.
    """

    __slots__ = ("_file", "_pieces", "_session", "version")

    def __init__(self, file: Traversable) -> None:
        self._file = file
        content = _content(file)
        self._session = _session(content, str(file))
        described: dict[str, str] = self._session.get_modelmeta().custom_metadata_map
        if PIECES_KEY not in described:
            raise NoTagger(f"{file} is a network, but none that eig train --accurate-out wrote")
        self._pieces = WordPieces(described[PIECES_KEY].split("\n"))
        self.version = f"minilm-{hashlib.sha256(content).hexdigest()[:8]}"
        """Names what it has learnt: equal files have an equal version."""

    def __reduce__(self) -> tuple[type[LargeNetwork], tuple[Traversable]]:
        return LargeNetwork, (self._file,)

    def scores_all(self, documents: Sequence[Document]) -> list[list[Floats]]:
        """Scores (tokens, tags) of each sentence of each document."""
        return [self._scores(document) for document in documents]

    def _scores(self, document: Document) -> list[Floats]:
        found = [np.zeros((len(sentence), len(TAGS)), np.float32) for sentence in document]
        for chunk in chunks_of(document, self._pieces):
            for row, (sentence, position) in zip(self._read(chunk)[chunk.words], chunk.places, strict=True):
                found[sentence][position] = row
        return found

    def _read(self, chunk: Chunk) -> Floats:
        given = {"pieces": np.asarray([chunk.pieces], np.int32), "shapes": np.asarray([chunk.shapes], np.int32)}
        scores: Floats = self._session.run(None, given)[0][0]
        return scores


def _content(file: Traversable) -> bytes:
    try:
        return gzip.decompress(file.read_bytes())
    except FileNotFoundError as error:
        raise NoTagger(f"{file}: the accurate tier's file is not there; eig train --accurate-out makes one") from error
    except (OSError, EOFError) as error:
        raise NoTagger(f"{file} is no file of the accurate tier: {error}") from error


def _session(content: bytes, name: str) -> Session:
    try:
        import onnxruntime
    except ImportError as error:
        raise NoTagger(
            "the accurate tier needs onnxruntime: pip install 'entity-intersection-graph[accurate]'"
        ) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # --workers is what uses more cores
    options.log_severity_level = 3  # errors alone
    try:
        return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # its errors have no base class of their own
        raise NoTagger(f"{name} cannot be run by this onnxruntime: {error}") from error
