"""Articles as JSON lines in, their mentions as JSON objects out: one for each input line, in order."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graph.model import Article, Entity, Extraction, Mention
from ingest.confidence import link_of
from ingest.dates import parse_date
from ingest.extractor import Extractor
from ingest.language import detect_language, normalise_language

_DATE_FIELDS = ("published_at", "published", "date")


def extract_lines(lines: Iterable[str], extractor: Extractor) -> Iterator[dict[str, Any]]:
    """Extract each line's `text`, taken as it stands; offsets are code points into it. Blank lines are passed over.

    Args:
        lines: JSON objects with at least `id` and `text`. `title` and `published_at` help to tell who is meant,
            `language` (else the detected one) says whether it can be read; all else is ignored.
        extractor: what finds the mentions.

    Returns:
        `{"id", "mentions", "entities", "error"}` for each line. `error` is None, or says what is wrong with the line;
        a bad line never costs the others.
    """
    read: deque[_Read | dict[str, Any]] = deque()  # not answered yet, in order

    def articles() -> Iterator[Article]:
        for line in lines:
            if line.strip():
                read.append(_read(line))
                if isinstance(read[-1], _Read):
                    yield read[-1].article

    for extraction in extractor.extract_all(articles()):
        while not isinstance(item := read.popleft(), _Read):
            yield item
        yield {"id": item.given_id, **_found(extraction), "error": None}
    yield from (item for item in read if not isinstance(item, _Read))


@dataclass(frozen=True, slots=True)
class _Read:
    """An article as a line gave it, with the id it had there."""

    given_id: object
    article: Article


def _read(line: str) -> _Read | dict[str, Any]:
    """The article of a line, or the answer that says why there is none."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return _failed(None, f"not a line of JSON: {error}")
    if not isinstance(record, dict):
        return _failed(None, 'not a JSON object: write {"id": …, "text": …} on each line')
    given_id = record.get("id")
    if given_id is None or not isinstance(record.get("text"), str):
        missing = "id" if given_id is None else "text"
        return _failed(given_id, f'no usable "{missing}": each line needs "id" and a string "text"')
    return _Read(given_id, _article(record))


def _failed(given_id: object, reason: str) -> dict[str, Any]:
    return {"id": given_id, "mentions": [], "entities": [], "error": reason}


def _article(record: Mapping[str, Any]) -> Article:
    title, stated = _text(record, "title"), normalise_language(_text(record, "language"))
    return Article(
        id=str(record["id"]),
        title=title,
        text=record["text"],
        published_at=_date(record),
        language=stated or detect_language(title, record["text"]),
    )


def _date(record: Mapping[str, Any]) -> str | None:
    """The date under any of its usual names; one that cannot be read is none."""
    stated = next((record[name] for name in _DATE_FIELDS if isinstance(record.get(name), str | int | float)), None)
    return parse_date(stated)[0]


def _text(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    return value if isinstance(value, str) else ""


def _found(extraction: Extraction) -> dict[str, Any]:
    """The mentions in the text, and the entities that they name, each once."""
    first_of_text = 1 + len(extraction.article.takeaways)
    entities = {entity.id: entity for entity in extraction.entities}
    mentions = [mention for mention in extraction.mentions if mention.sentence >= first_of_text]
    named = dict.fromkeys(mention.entity for mention in mentions)
    return {
        "mentions": [
            _mention(mention, entities[mention.entity], extraction.sentence_bounds[mention.sentence - first_of_text][0])
            for mention in mentions
        ],
        "entities": [_entity(entities[entity_id]) for entity_id in named],
    }


def _mention(mention: Mention, entity: Entity, offset: int) -> dict[str, Any]:
    return {
        "start": offset + mention.start,
        "end": offset + mention.end,
        "surface": mention.surface,
        "type": entity.type,
        "kind": mention.kind,
        "entity": mention.entity,
        "score": mention.score,
        "link": link_of(entity, mention.score),
        "stands_for": mention.stands_for,
    }


def _entity(entity: Entity) -> dict[str, Any]:
    return {
        "id": entity.id,
        "name": entity.name,
        "type": entity.type,
        "wikidata_id": entity.wikidata_id,
        "wikipedia": entity.wikipedia,
    }
