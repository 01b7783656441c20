"""Markdown as text: what a reader sees of it, without its marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

_HTML_TAG = re.compile(r"<[^<>]*>")
_BREAKS = frozenset({"softbreak", "hardbreak"})
_CODE = frozenset({"fence", "code_block"})


def markdown_to_text(source: str) -> str:
    """The text of a Markdown document (CommonMark), its blocks apart by blank lines.

    Of links and images their words stay; HTML inside loses its tags.
    """
    return "\n\n".join(block for token in _parse(source) if (block := _block(token).strip()))


def split_heading(source: str) -> tuple[str, str]:
    """The words of the first heading of the first level, and the document without it; "" where it has none."""
    tokens = _parse(source)
    for token, content in pairwise(tokens):
        if token.type == "heading_open" and token.tag == "h1" and token.map:
            lines = source.split("\n")
            first, after = token.map
            return _block(content).strip(), "\n".join(lines[:first] + lines[after:])
    return "", source


def _parse(source: str) -> list[Token]:
    return MarkdownIt("commonmark").parse(source)


def _block(token: Token) -> str:
    if token.type == "inline":
        return "".join(_inline(token.children or ()))
    if token.type == "html_block":
        return unescape(_HTML_TAG.sub("", _without_comments(token.content)))
    return token.content if token.type in _CODE else ""


def _without_comments(source: str) -> str:
    """HTML without its comments, in one pass: a pattern would look for the end of each of many that have none."""
    first, *comments = source.split("<!--")
    return first + "".join(comment.partition("-->")[2] for comment in comments)


def _inline(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in _BREAKS:
            yield "\n"
        elif token.type != "html_inline":
            yield token.content
