"""Bytes from files and standard input: opened, unpacked, bounded, and decoded."""

from __future__ import annotations

import codecs
import gzip
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO, cast

from ingest.records import MAX_RECORD_BYTES, BadArticle

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_DOCUMENT_BYTES = 100_000_000

BufferedStream = io.BufferedReader | gzip.GzipFile
Readable = BufferedStream | io.BytesIO

_GZIP = b"\x1f\x8b"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BINARY_STARTS = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x7fELF")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_HEAD = 8_192
_FEW = 20  # bytes beyond ASCII: too few to tell an encoding by


class _Resumed(io.RawIOBase):
    """A stream that gives first what was already read of it. Keeps nothing back: a slow pipe is read as it comes."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        chunk, self._head = self._head[: len(view)], self._head[len(view) :]
        if not chunk:
            read = getattr(self._rest, "read1", self._rest.read)
            chunk = read(len(view))
        view[: len(chunk)] = chunk
        return len(chunk)


@contextmanager
def open_file(path: Path) -> Iterator[BufferedStream]:
    """A file's bytes, unpacked where it is gzip. A pipe is opened like standard input. Raises OSError."""
    with path.open("rb") as stream:
        yield _unpacked(stream) if path.is_file() else open_stream(stream)


def open_stream(stream: TextIO | BinaryIO) -> BufferedStream:
    """The bytes of standard input or a pipe, unpacked where they are gzip, with a first filled line to peek at."""
    binary = _binary(stream)
    head = b""
    while not head.strip() and (line := binary.readline(_HEAD)):
        head += line
    return _unpacked(io.BufferedReader(_Resumed(head, binary)))


def _binary(stream: TextIO | BinaryIO) -> BinaryIO:
    if not isinstance(stream, io.TextIOBase):
        return cast(BinaryIO, stream)
    buffer = getattr(stream, "buffer", None)
    return buffer or io.BytesIO(stream.read().encode("utf-8", "surrogatepass"))


def _unpacked(stream: io.BufferedReader) -> BufferedStream:
    return gzip.GzipFile(fileobj=stream) if stream.peek(2)[:2] == _GZIP else stream


def read_whole(stream: Readable, *, limit: int = MAX_RECORD_BYTES) -> bytes:
    """All bytes of a stream. Raises BadArticle where they are more than the limit."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise BadArticle(f"it is larger than {limit:,} bytes: split it, or give articles as JSON lines")
    return data


def bounded_lines(stream: Readable, first: bytes) -> Iterator[bytes | None]:
    """The lines of a stream, beginning with one that was read already; None for each that is too long for a record.

    Memory holds one line: of one that is too long, the rest is skipped.
    """
    line = first
    while line:
        whole = line.endswith(b"\n") or len(line) <= MAX_RECORD_BYTES
        yield line if whole else None
        while not whole:
            piece = stream.readline(MAX_RECORD_BYTES)
            whole = not piece or piece.endswith(b"\n")
        line = next_line(stream)


def next_line(stream: Readable) -> bytes:
    """The next line, or as much of it as tells that it is too long."""
    return stream.readline(MAX_RECORD_BYTES + 1)


def is_binary(head: bytes) -> bool:
    """Whether bytes are of a format that is no text: by their first bytes, or by more than 1 % control characters."""
    if head.startswith(_UTF16):
        return False
    return head.startswith(_BINARY_STARTS) or len(_CONTROLS.findall(head)) > len(head) / 100


def decode_text(data: bytes) -> str:
    """Text in UTF-8 or, with a byte order mark, UTF-16; else in the encoding that fits best.

    Windows-1252 where at most one byte in five is beyond ASCII, as in the languages of Western Europe; else what
    charset-normalizer finds. Raises BadArticle for a binary file.
    """
    if is_binary(data[:_HEAD]):
        raise BadArticle("it looks like a binary file: only text, Markdown, HTML and JSON are read")
    if data.startswith(_UTF16):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decode_legacy(data)


def _decode_legacy(data: bytes) -> str:
    beyond_ascii = len(_NOT_ASCII.findall(data))
    if beyond_ascii > max(_FEW, len(data) / 5):
        from charset_normalizer import from_bytes

        if best := from_bytes(data).best():
            return str(best)
    return data.decode("cp1252", "replace")
