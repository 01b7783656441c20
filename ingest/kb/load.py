"""The knowledge base, ready to be used: from compiled layers where they belong to the files, else made in memory."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ingest.kb.compile import compile_curated, compile_wide, digest_of
from ingest.kb.knowledge_base import KnowledgeBase
from ingest.kb.layer import Layer, layer_of, read_layer, write_arrays
from ingest.kb.tables import Tables, read_tables
from ingest.kb.wide import WIDE_FILES

CURATED: Final = "curated.npz"
WIDE: Final = "wide.npz"
Arrays: TypeAlias = dict[str, NDArray[np.generic]]

_log = logging.getLogger(__name__)


class Made(NamedTuple):
    """How many entities were compiled."""

    curated: int
    wide: int


def data_folder() -> Traversable:
    """Where our own tables are."""
    return files("ingest.kb") / "data"


def load_knowledge_base(*extra: Path) -> KnowledgeBase:
    """Load our own files and merge more over them.

    Args:
        extra: folders with `entities_*.tsv` and `relations*.tsv`, or YAML files (see `ingest.kb.own_entities`). A row
            whose key is known replaces the earlier row; relations are added.

    Raises:
        KnowledgeBaseError: with every problem of every file.
    """
    contents = [(file.name, file.read_bytes()) for file in _tables_of(data_folder())]
    wide = _compiled(WIDE, [each for each in contents if each[0].startswith(WIDE_FILES)])
    own = [each for each in contents if not each[0].startswith(WIDE_FILES)]
    curated = None if extra else _compiled(CURATED, own)  # with more laid over it, it is compiled anew
    if wide is None or (curated is None and not extra):
        _log.warning("the knowledge base is compiled in memory, since its files have changed: run `eig kb build`")
    if wide is not None and curated is not None:
        return KnowledgeBase(curated, tuple(_relations(contents)), wide)
    wide = wide or _layer(_wide(read_tables(data_folder())))
    tables = read_tables(data_folder(), *extra, wide=False)
    return KnowledgeBase(curated or _layer(_curated(tables)), tuple(tables.relations), wide)


def load_folders(*folders: Traversable) -> KnowledgeBase:
    """Load the given folders and files alone, each merged over those before it.

    Raises:
        KnowledgeBaseError: with every problem of every file.
    """
    return made_of(read_tables(*folders))


def made_of(tables: Tables) -> KnowledgeBase:
    """A knowledge base of tables, compiled in memory."""
    wide = _layer(_wide(tables)) if tables.wide else None
    return KnowledgeBase(_layer(_curated(tables)), tuple(tables.relations), wide)


def build() -> Made:
    """Check our own files and compile them into the package's folder.

    Raises:
        KnowledgeBaseError: with every problem of every file.
    """
    target = Path(str(files("ingest.kb"))) / "compiled"
    target.mkdir(exist_ok=True)
    tables = read_tables(data_folder())
    layers = {CURATED: _curated(tables), WIDE: _wide(tables)}
    for name, arrays in layers.items():
        half = target / f"{name}.half"
        with half.open("wb") as file:
            write_arrays(arrays, file)
        half.replace(target / name)
    return Made(*(len(layers[name]["row ends"]) for name in (CURATED, WIDE)))


def _curated(tables: Tables) -> Arrays:
    contents = [each for each in tables.contents if not each[0].startswith(WIDE_FILES)]
    return compile_curated(tables.entities.values(), tables.prominence).arrays(digest_of(contents))


def _wide(tables: Tables) -> Arrays:
    contents = [each for each in tables.contents if each[0].startswith(WIDE_FILES)]
    return compile_wide(tables.wide).arrays(digest_of(contents))


def _layer(arrays: Arrays) -> Layer:
    layer = layer_of(arrays)
    assert layer is not None, "what was just made is of our format"
    return layer


def _compiled(name: str, contents: Sequence[tuple[str, bytes]]) -> Layer | None:
    """A compiled layer, if it is there and was made of the files that are."""
    file = files("ingest.kb") / "compiled" / name
    if not file.is_file():
        return None
    with file.open("rb") as opened:
        layer = read_layer(opened)
    return layer if layer is not None and layer.digest == digest_of(contents) else None


def _tables_of(folder: Traversable) -> list[Traversable]:
    return sorted((file for file in folder.iterdir() if file.name.endswith(".tsv")), key=lambda file: file.name)


def _relations(contents: list[tuple[str, bytes]]) -> Iterator[str]:
    for name, content in contents:
        if name.startswith("relations"):
            yield from filter(None, content.decode().split("\n")[1:])
