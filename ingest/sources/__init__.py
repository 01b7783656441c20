"""Articles from files, folders, globs and standard input, one at a time; what cannot be read is a Failure beside."""

from __future__ import annotations

import glob
import os
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, TextIO

from graph.model import Article
from ingest.articles import make_article
from ingest.records import BadArticle, RawArticle
from ingest.sources.detect import SUFFIXES, Format, detect_format, format_by_suffix
from ingest.sources.failure import Failure
from ingest.sources.html import read_html
from ingest.sources.json_lines import count_json, read_json
from ingest.sources.plain_text import read_markdown, read_plain_text
from ingest.sources.streams import BufferedStream, decode_text, open_file, open_stream, read_whole

__all__ = ["Failure", "RawArticle", "count", "read"]

STDIN = "-"
STDIN_NAME = "<stdin>"

_HEAD = 4_096
_READ_ERRORS = (BadArticle, OSError, EOFError, zlib.error)


def read(paths: Sequence[str | Path], *, stdin: TextIO | BinaryIO | None = None) -> Iterator[Article | Failure]:
    """The articles of files, folders, glob patterns and, for "-", of standard input, in order and lazily.

    What cannot be read comes as a Failure, and the rest goes on. Folders are read with their sub-folders, sorted by
    name; hidden files, and files without a known suffix, are passed over there, while a file named by itself, or
    matched by a pattern, is read whatever it is called. stdin: read in place of the process's own.
    """
    for path in map(str, paths):
        if path == STDIN:
            yield from _read_stdin(sys.stdin if stdin is None else stdin)
            continue
        for file in _files(path):
            yield from [file] if isinstance(file, Failure) else _read_file(file)


def count(paths: Sequence[str | Path]) -> int | None:
    """How many articles and failures `read` will give, for a progress bar; None where only reading would tell.

    Blank lines of JSON lines are counted too. Standard input and JSON arrays cannot be counted.
    """
    total = 0
    for path in map(str, paths):
        if path == STDIN:
            return None
        for file in _files(path):
            articles = 1 if isinstance(file, Failure) else _count_file(file)
            if articles is None:
                return None
            total += articles
    return total


def _files(path: str) -> Iterator[Path | Failure]:
    """The files a path stands for, or why there are none."""
    named = Path(path)
    if named.is_dir():
        yield from _or_failure(
            _walk(named), path, f"the folder holds no file with a known suffix ({' '.join(SUFFIXES)})"
        )
    elif named.exists():
        yield named
    elif glob.has_magic(path):
        # Path.glob takes no absolute patterns and does not pass over hidden files
        matched = (Path(match) for match in sorted(glob.glob(path, recursive=True)))  # noqa: PTH207
        yield from _or_failure((file for file in matched if not file.is_dir()), path, "the pattern matches no file")
    else:
        yield Failure(path, "there is no such file or folder")


def _or_failure(files: Iterator[Path | Failure], path: str, reason: str) -> Iterator[Path | Failure]:
    nothing = Failure(path, reason)
    first = next(files, nothing)
    yield first
    yield from files


def _walk(folder: Path) -> Iterator[Path | Failure]:
    errors: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and format_by_suffix(name):
                yield Path(parent, name)
    for error in errors:
        yield Failure(str(error.filename), _reason(error))


def _read_stdin(stdin: TextIO | BinaryIO) -> Iterator[Article | Failure]:
    try:
        yield from _read_stream(open_stream(stdin), name=STDIN_NAME, origin=None)
    except _READ_ERRORS as error:
        yield Failure(STDIN_NAME, _reason(error))


def _read_file(path: Path) -> Iterator[Article | Failure]:
    origin = str(path.resolve())
    try:
        with open_file(path) as stream:
            yield from _read_stream(stream, name=str(path), origin=origin)
    except _READ_ERRORS as error:
        yield Failure(str(path), _reason(error), None, origin)


def _read_stream(stream: BufferedStream, *, name: str, origin: str | None) -> Iterator[Article | Failure]:
    kind = detect_format(name, stream.peek(_HEAD))
    if kind in ("json", "json-lines"):
        yield from read_json(stream, name=name, origin=origin, lines=kind == "json-lines")
    else:
        raw = _raw_article(read_whole(stream), kind)
        yield make_article(replace(raw, origin=origin, own_file=origin is not None))


def _raw_article(data: bytes, kind: Format) -> RawArticle:
    if kind == "html":
        return read_html(data)
    return read_markdown(decode_text(data)) if kind == "markdown" else read_plain_text(decode_text(data))


def _count_file(path: Path) -> int | None:
    if not path.is_file():
        return None
    try:
        with open_file(path) as stream:
            kind = detect_format(path.name, stream.peek(_HEAD))
            return count_json(stream, lines=kind == "json-lines") if kind in ("json", "json-lines") else 1
    except _READ_ERRORS:
        return 1


def _reason(error: BaseException) -> str:
    if isinstance(error, BadArticle):
        return str(error)
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"it cannot be read: {text or type(error).__name__}"
