"""Snapshots of the incidence on disk: numpy's .npz without pickle, so that reading one can run nothing.

A snapshot is derived and can be built anew. So nothing is repaired: what cannot be read whole, or would not make sense,
is refused, and the caller builds it from the graph.
"""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.counting.content import PRECISION_CODES, Content, Texts, texts
from graph.counting.rows import Rows
from graph.model import ENTITY_TYPES

# Raised by one whenever the arrays or their meaning change (a new entity type included), so that old files are rebuilt.
FORMAT = 1

# What reading a damaged or foreign file can run into; found by changing every byte of one.
DAMAGE = (
    ValueError,
    LookupError,
    EOFError,
    MemoryError,
    OSError,
    RuntimeError,
    zipfile.BadZipFile,
    zlib.error,
)

Arrays: TypeAlias = Mapping[str, NDArray[Any]]


class SnapshotUnreadable(ValueError):
    """The file is damaged, of another format, or no snapshot at all: build the incidence anew."""


def save(content: Content, graph_version: int, path: Path) -> None:
    """Write beside the path first and rename then, so that a reader never sees half a file. Raises OSError."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=path.name, suffix=".part", delete=False) as file:
        part = Path(file.name)
        try:
            np.savez(file, allow_pickle=False, **_to_arrays(content, graph_version))
        except BaseException:
            part.unlink()
            raise
    part.replace(path)


def load(path: Path) -> tuple[Content, int]:
    """The content and the graph version of a file. Raises SnapshotUnreadable, or OSError where there is no file."""
    with path.open("rb") as file:
        try:
            return _from_arrays(_read(file))
        except DAMAGE as error:
            raise SnapshotUnreadable(f"{path} is no readable snapshot ({error}): build it anew") from error


def _read(file: IO[bytes]) -> Arrays:
    with zipfile.ZipFile(file) as archive:
        damaged = archive.testzip()  # checksums first: numpy believes the sizes it finds in a header
        if damaged is not None:
            raise zipfile.BadZipFile(f"checksum of {damaged}")
    file.seek(0)
    with np.load(file, allow_pickle=False) as arrays:
        return dict(arrays)


def _to_arrays(content: Content, graph_version: int) -> dict[str, NDArray[Any]]:
    return {
        "format": np.array(FORMAT),
        "graph_version": np.array(graph_version),
        "days": content.days,
        "precisions": content.precisions,
        "types": content.types,
        **_text_arrays("articles", content.articles),
        **_text_arrays("published", content.published),
        **_text_arrays("entities", content.entities),
        **_row_arrays("named", content.named),
        **_row_arrays("sentences", content.sentences),
        **_row_arrays("together", content.together),
    }


def _text_arrays(name: str, items: Texts) -> dict[str, NDArray[Any]]:
    encoded = [item.encode() for item in items]
    lengths = np.array([len(item) for item in encoded], np.int64)
    return {f"{name}_lengths": lengths, f"{name}_bytes": np.frombuffer(b"".join(encoded), np.uint8)}


def _row_arrays(name: str, rows: Rows) -> dict[str, NDArray[Any]]:
    return {f"{name}_starts": rows.starts, f"{name}_values": rows.values}


def _from_arrays(arrays: Arrays) -> tuple[Content, int]:
    if int(arrays["format"]) != FORMAT:
        raise ValueError(f"format {int(arrays['format'])} instead of {FORMAT}")
    content = Content(
        articles=_texts(arrays, "articles"),
        published=_texts(arrays, "published"),
        days=arrays["days"].astype(np.int32, copy=False),
        precisions=arrays["precisions"].astype(np.uint8, copy=False),
        entities=_texts(arrays, "entities"),
        types=arrays["types"].astype(np.uint8, copy=False),
        named=_rows(arrays, "named"),
        sentences=_rows(arrays, "sentences"),
        together=_rows(arrays, "together"),
    )
    _check(content)
    return content, int(arrays["graph_version"])


def _texts(arrays: Arrays, name: str) -> Texts:
    whole = arrays[f"{name}_bytes"].tobytes()
    ends = np.cumsum(arrays[f"{name}_lengths"]).tolist()
    starts = [0, *ends][:-1]
    return texts([whole[start:end].decode() for start, end in zip(starts, ends, strict=True)])


def _rows(arrays: Arrays, name: str) -> Rows:
    starts, values = arrays[f"{name}_starts"].astype(np.int64), arrays[f"{name}_values"].astype(np.int32)
    if starts[0] != 0 or starts[-1] != len(values) or (np.diff(starts) < 0).any():
        raise ValueError(f"rows of {name} do not fit")
    return Rows(starts, values)


def _check(content: Content) -> None:
    """Refuse content whose numbers lead nowhere; its checksums were right, so this is a foreign file."""
    articles, entities = len(content.articles), len(content.entities)
    per_article = (len(content.published), len(content.days), len(content.precisions))
    fits = (
        set(per_article) == {articles} == {content.named.count, content.sentences.count}
        and len(content.types) == entities
        and content.together.count == len(content.sentences.values)
        and _below(content.named.values, entities)
        and _below(content.together.values, entities)
        and _below(content.types, len(ENTITY_TYPES))
        and _below(content.precisions, len(PRECISION_CODES))
        and bool((np.diff(content.days.astype(np.int64)) >= 0).all())
    )
    if not fits:
        raise ValueError("its parts do not fit together")


def _below(values: NDArray[Any], limit: int) -> bool:
    return bool(len(values) == 0 or (values.min() >= 0 and values.max() < limit))
