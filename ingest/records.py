"""Articles as they are read: one type for all formats, and the spellings of its fields in JSON and front matter."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath, PureWindowsPath
from types import MappingProxyType
from typing import Any

from ingest.characters import clean_text, one_line
from ingest.identity import is_article_id
from ingest.page_form import clean_tags, split_tags

MAX_RECORD_BYTES = 10_000_000
MAX_DEPTH = 64

# The main name of each field, then other spellings in order of preference. Case, "_" and "-" make no difference.
FIELD_SPELLINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "id": ("id", "_id", "guid", "uuid", "article_id", "doc_id"),
        "url": ("url", "link", "permalink", "canonical_url", "web_url", "source_url"),
        "title": ("title", "headline"),
        "text": ("text", "body", "content", "full_text", "article_text", "article_body", "maintext"),
        "publisher": ("publisher", "source", "source_name", "site_name", "outlet", "newspaper", "publication"),
        "language": ("language", "lang", "language_code", "in_language", "locale"),
        "published_at": (
            *("published_at", "published", "date_published", "published_date", "publication_date", "publish_date"),
            *("pub_date", "date", "datetime", "timestamp"),
        ),
        "tags": ("tags", "keywords", "hashtags"),
        "themes": ("themes", "topics", "categories"),
        "takeaways": ("takeaways", "key_takeaways"),
    }
)


class BadArticle(ValueError):
    """A record that is no article; the message says what to do about it."""


@dataclass(frozen=True, slots=True)
class RawArticle:
    """An article as read from its source, nothing cleaned or decided.

    `published_at` is a text, or a number (Unix time or year). `origin` is the absolute path of the file it came from,
    or an article id settled earlier; it scopes the id and is never stored. `own_file` says that the file holds this
    article alone.
    """

    given_id: str | None = None
    url: str | None = None
    title: str = ""
    text: str = ""
    publisher: str | None = None
    language: str | None = None
    published_at: str | float | None = None
    tags: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    takeaways: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    origin: str | None = None
    own_file: bool = False


class _WrongType(ValueError):
    """A value that is not of its field's type; the message says what type was expected."""


def raw_from_json(record: object, *, origin: str | None = None) -> RawArticle:
    """Read a JSON object with the field names of `FIELD_SPELLINGS`; what has another name is kept in `extra`.

    A field under its main name must be of the right type. Under another spelling it is taken only where it is, and kept
    in `extra` otherwise. null and blank text count as absent. Raises BadArticle.
    """
    if not isinstance(record, Mapping):
        raise BadArticle(f"an article must be a JSON object, not {_type_name(record)}")
    rest: dict[str, Any] = json_value(record)
    own_origin = _own_origin(rest)
    keys = {_folded(key): key for key in reversed(rest)}
    taken = {name: _take(rest, name, keys) for name in FIELD_SPELLINGS}
    nested = rest.pop("extra", None)
    rest |= nested if isinstance(nested, dict) else {} if nested is None else {"extra": nested}
    return RawArticle(
        given_id=taken["id"],
        url=taken["url"],
        title=taken["title"] or "",
        text=taken["text"] or "",
        publisher=taken["publisher"],
        language=taken["language"],
        published_at=taken["published_at"],
        tags=taken["tags"] or (),
        themes=taken["themes"] or (),
        takeaways=taken["takeaways"] or (),
        extra=rest,
        origin=own_origin or origin,
    )


def json_value(value: Any, *, depth: int = 0) -> Any:
    """A copy of a value in which everything is JSON: texts cleaned, NaN and infinities null, other objects as text.

    Raises BadArticle for what is nested more than 64 deep.
    """
    if depth > MAX_DEPTH:
        raise BadArticle(f"its fields are nested more than {MAX_DEPTH} deep")
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, Mapping):
        return {one_line(str(name)): json_value(item, depth=depth + 1) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [json_value(item, depth=depth + 1) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def _own_origin(rest: dict[str, Any]) -> str | None:
    """The record's own word on where it came from, taken out; what is neither a path nor an article id stays."""
    origin = rest.get("origin")
    if not isinstance(origin, str):
        return None
    absolute = PurePosixPath(origin).is_absolute() or PureWindowsPath(origin).is_absolute()
    return rest.pop("origin") if absolute or is_article_id(origin) else None


def _take(rest: dict[str, Any], name: str, keys: Mapping[str, str]) -> Any:
    """The value of a field under the first of its spellings that has one, taken out of the record."""
    for spelling in FIELD_SPELLINGS[name]:
        key = spelling if spelling in rest else keys.get(_folded(spelling))
        if key not in rest:
            continue
        if rest[key] in (None, "", [], {}):
            del rest[key]
            continue
        try:
            value = _READERS[name](rest[key])
        except _WrongType as error:
            if spelling == name:
                raise BadArticle(f'"{key}" must be {error}, not {_type_name(rest[key])}') from None
            continue
        del rest[key]
        return value
    return None


@lru_cache(maxsize=1_000)
def _folded(key: str) -> str:
    return re.sub(r"[\W_]+", "", key.casefold())


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _WrongType("text")
    return value


def _identifier(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise _WrongType("text or a whole number")
    return str(value)


def _name(value: object) -> str:
    """A name as text, or as an object that has one: {"id": "bbc-news", "name": "BBC News"}."""
    if isinstance(value, dict):
        value = value.get("name")
    if not isinstance(value, str) or not value:
        raise _WrongType('text or an object with a "name"')
    return value


def _date(value: object) -> str | float:
    """Whatever stands there: a date that cannot be read is a warning and never an error."""
    return value if isinstance(value, str | int | float) else str(value)


def _tags(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return split_tags(value)
    return clean_tags(_items(value, "a list of names, or names separated by commas"))


def _lines(value: object) -> tuple[str, ...]:
    items = value.splitlines() if isinstance(value, str) else _items(value, "a list of sentences")
    return tuple(one_line(item) for item in items)


def _items(value: object, expected: str) -> list[str]:
    if not isinstance(value, list):
        raise _WrongType(expected)
    try:
        return [str(item) if type(item) is int else _name(item) for item in value if item not in (None, "")]
    except _WrongType:
        raise _WrongType(expected) from None


_READERS: Mapping[str, Callable[[object], Any]] = MappingProxyType(
    {
        "id": _identifier,
        "url": _text,
        "title": _text,
        "text": _text,
        "publisher": _name,
        "language": _text,
        "published_at": _date,
        "tags": _tags,
        "themes": _tags,
        "takeaways": _lines,
    }
)


def _type_name(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "text", bool: "true or false", int: "a number", float: "a number"}
    return "null" if value is None else names.get(type(value), type(value).__name__)
