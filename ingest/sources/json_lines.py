"""Articles as JSON: one object a line, an array of objects, or one object."""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from graph.model import Article
from ingest.articles import article_from_json
from ingest.records import MAX_RECORD_BYTES, BadArticle
from ingest.sources.failure import Failure
from ingest.sources.streams import MAX_DOCUMENT_BYTES, Readable, bounded_lines, next_line, read_whole

_CHUNK = 1 << 20
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_json(stream: Readable, *, name: str, origin: str | None, lines: bool) -> Iterator[Article | Failure]:
    """The articles of a JSON file, and a Failure for each record that is none.

    name: what failures call the file. origin: its absolute path, if it has one. lines: the file is said to hold JSON
    lines. They are read one at a time, while an array, or an object that is spread over lines, is read as a whole (at
    most 100 MB). Raises BadArticle where the file as a whole cannot be read.
    """
    number, first = _first_line(stream)
    if first.startswith(_MARKS):
        stream = io.BytesIO((first + read_whole(stream, limit=MAX_DOCUMENT_BYTES)).decode("utf-16", "replace").encode())
        number, first = _first_line(stream)
    if not first:
        raise BadArticle("it holds no article: the file is empty")
    first = first.removeprefix(codecs.BOM_UTF8)
    if not first.lstrip().startswith(b"[") and (lines or _is_record(first)):
        yield from _read_lines(bounded_lines(stream, first), number, name=name, origin=origin)
    else:
        yield from _read_document(first + read_whole(stream, limit=MAX_DOCUMENT_BYTES), name=name, origin=origin)


def count_json(stream: Readable, *, lines: bool) -> int | None:
    """How many records a JSON file holds, by its lines; None for an array, which would have to be read."""
    _, first = _first_line(stream)
    if first.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"["):
        return None
    if not lines and not _is_record(first):
        return 1
    total, last = 1, b"\n"
    while chunk := stream.read(_CHUNK):
        total, last = total + chunk.count(b"\n"), chunk
    return total if last.endswith(b"\n") else total + 1


def _first_line(stream: Readable) -> tuple[int, bytes]:
    """The first line that is not blank, with its number; empty where there is none."""
    number, line = 1, next_line(stream)
    while line and not line.strip():
        number, line = number + 1, next_line(stream)
    return number, line


def _read_lines(
    lines: Iterable[bytes | None], number: int, *, name: str, origin: str | None
) -> Iterator[Article | Failure]:
    for at, line in enumerate(lines, start=number):
        where = f"{name}:{at}"
        if line is None:
            yield Failure(where, f"the line is longer than {MAX_RECORD_BYTES:,} bytes", None, origin)
        elif line.strip():
            yield _of_line(line, where=where, origin=origin)


def _read_document(data: bytes, *, name: str, origin: str | None) -> Iterator[Article | Failure]:
    """The articles of a whole document; one that is no JSON but has lines that are is read as JSON lines."""
    try:
        document = _load(data)
    except BadArticle:
        if not any(map(_is_record, data.splitlines())):
            raise
        stream = io.BytesIO(data)
        yield from _read_lines(bounded_lines(stream, next_line(stream)), 1, name=name, origin=origin)
        return
    records = document if isinstance(document, list) else _enveloped(document)
    if records is None:
        yield _of_record(document, where=name, origin=origin)
    elif not records:
        raise BadArticle("it holds no article: the list is empty")
    else:
        for at, record in enumerate(records, start=1):
            yield _of_record(record, where=f"{name}#{at}", origin=origin)


def _of_line(line: bytes, *, where: str, origin: str | None) -> Article | Failure:
    try:
        return article_from_json(_load(line), origin=origin)
    except BadArticle as error:
        return Failure(where, str(error), line.decode("utf-8", "replace").strip(), origin)


def _of_record(record: Any, *, where: str, origin: str | None) -> Article | Failure:
    try:
        return article_from_json(record, origin=origin)
    except BadArticle as error:
        return Failure(where, str(error), json.dumps(record), origin)


def _enveloped(document: Any) -> list[Any] | None:
    """The articles inside an answer of a news API ({"status": …, "articles": […]}); None for what is none."""
    articles = document.get("articles") if isinstance(document, dict) and "text" not in document else None
    return articles if isinstance(articles, list) else None


def _is_record(line: bytes) -> bool:
    """Whether a line is a JSON object by itself, and not an envelope of articles."""
    if not line.lstrip().startswith(b"{"):
        return False
    try:
        return _enveloped(_load(line)) is None
    except BadArticle:
        return False


def _load(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_null)
    except UnicodeDecodeError as error:
        raise BadArticle(f"it is not UTF-8 at byte {error.start + 1}: JSON must be; convert the file") from None
    except RecursionError:
        raise BadArticle("its fields are nested too deeply") from None
    except ValueError as error:
        raise BadArticle(f"it is not JSON: {error}") from None


def _null(_constant: str) -> None:
    """NaN and infinities, which some programs write although JSON has none, count as null."""
