"""Which format a file is in: by its suffix, and by its content where the suffix says nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import Literal

Format = Literal["json-lines", "json", "text", "markdown", "html"]

SUFFIXES: Mapping[str, Format] = MappingProxyType(
    {
        ".jsonl": "json-lines",
        ".ndjson": "json-lines",
        ".json": "json",
        ".txt": "text",
        ".text": "text",
        ".md": "markdown",
        ".markdown": "markdown",
        ".html": "html",
        ".htm": "html",
        ".xhtml": "html",
    }
)

_HTML = re.compile(
    rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_JSON = re.compile(rb'[\[{]\s*(?:["\[{\]}]|$)')
_FRONT_MATTER = re.compile(rb"---[ \t]*\r?\n")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def format_by_suffix(name: str) -> Format | None:
    """The format a file's name tells, with or without ".gz"; None where it tells none."""
    path = PurePath(name.lower())
    return SUFFIXES.get(PurePath(path.stem).suffix if path.suffix == ".gz" else path.suffix)


def detect_format(name: str, head: bytes) -> Format:
    """The format of a file by its name and its first bytes.

    A name that says no more than "text", or nothing, leaves it to the content: a file called .txt may hold JSON lines
    or a saved page.
    """
    by_suffix = format_by_suffix(name)
    if by_suffix not in (None, "text"):
        return by_suffix
    start = _ascii(head).lstrip()
    if _HTML.match(start):
        return "html"
    if _JSON.match(start):
        return "json"
    return "markdown" if _FRONT_MATTER.match(start) else "text"


def _ascii(head: bytes) -> bytes:
    """The head without a byte order mark, and UTF-16 as the ASCII it holds."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:].replace(b"\0", b"")
    return head.removeprefix(_BYTE_ORDER_MARK)
