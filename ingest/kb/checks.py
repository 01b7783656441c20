"""What to look at in a knowledge base that is in good order: forms that several entities share, and what lists know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.kb.knowledge_base import KnowledgeBase
from ingest.kb.lists import LISTS, read_list


@dataclass(frozen=True, slots=True)
class Collision:
    """A form that is the plain form of several entities: which one is meant is for the article to say."""

    form: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recall:
    """How many entities of a reference list are known: by id or title, and by name at least."""

    file: str
    entities: int
    known: int
    named: int


def collisions(kb: KnowledgeBase) -> Iterator[Collision]:
    """The plain forms (no context needed) that several curated entities share, in order."""
    owners: dict[str, dict[str, None]] = {}
    for key, item in kb.entities.items():
        for alias in item.aliases:
            if not alias.needs_context and not alias.never:
                owners.setdefault(alias.form, {})[key] = None
    return (Collision(form, tuple(keys)) for form, keys in sorted(owners.items()) if len(keys) > 1)


def recall(kb: KnowledgeBase, folder: Path) -> Iterator[Recall]:
    """How much of each reference list in a folder is known; lists that are not there are passed over."""
    titles = set(kb.titles())
    for source in LISTS:
        if (folder / source.file).is_file():
            rows = (row for row in read_list(folder / source.file) if row["type"] in source.types)
            yield _recall(kb, titles, source.file, rows)


def _recall(kb: KnowledgeBase, titles: set[str], file: str, rows: Iterable[dict[str, str]]) -> Recall:
    entities = known = named = 0
    for row in rows:
        entities += 1
        is_known = row["enwiki"] in titles or kb.by_id(row["qid"]) is not None
        known += is_known
        named += is_known or any(True for _ in kb.lookup(row["name"]))
    return Recall(file, entities, known, named)
