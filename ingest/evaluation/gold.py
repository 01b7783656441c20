"""Annotated articles, and what is found in them, as the figures compare them.

A span loses a leading "the", a possessive and final dots and commas; a title is compared without case, underscores and
renames. A demonym counts for its state; demonyms of peoples, regions and religions are neither right nor wrong.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from ingest.tagger.labels import ANNOTATED

Spot: TypeAlias = tuple[int, int]
"""Where a name begins and ends in its text, after trimming."""

_THE = re.compile(r"[Tt]he\s+")
_POSSESSIVE = re.compile(r"(['’]s|['’])$")


class Mark(NamedTuple):
    """What stands at a spot: its type, the title of the entity it names, if any, and how sure that is (0 to 1)."""

    type: str
    title: str | None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Marked:
    """An article with marks. free: spots that are neither right nor wrong. line: what it was read from."""

    id: str
    text: str
    marks: Mapping[Spot, Mark]
    free: frozenset[Spot] = frozenset()
    line: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Titles:
    """How titles are compared. renames: from a title to the one it is now. states: titles that demonyms count for."""

    renames: Mapping[str, str] = field(default_factory=dict)
    states: Collection[str] = frozenset()

    def same(self, title: str | None) -> str | None:
        """A title in the form that is compared."""
        if not title:
            return None
        plain = title.replace("_", " ").strip().lower()
        return self.renames.get(plain, plain)


def read_titles(renames: Path | None, states: Iterable[str]) -> Titles:
    """Titles with the renames of a file: two columns, the old title and the new one."""
    pairs: dict[str, str] = {}
    for line in renames.read_text(encoding="utf-8").splitlines() if renames else ():
        old, _, new = line.partition("\t")
        if new:
            pairs[old.strip().lower()] = new.strip().lower()
    titles = Titles(pairs)
    return Titles(pairs, frozenset(filter(None, map(titles.same, states))))


def read_gold(path: Path, titles: Titles, *, split: str | None = None) -> tuple[list[Marked], str]:
    """The annotated articles of a file, of one split where that is named, and a digest of the lines that were read.

    Raises:
        ValueError: a line is no annotated article, or none is of the split; the message says so.
    """
    splits: set[str] = set()
    digest = hashlib.sha256()
    found: list[Marked] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            splits.add(str(row.get("split") or "none"))
            if split is None or row.get("split") == split:
                found.append(replace(_gold(row, titles), line=line))
                digest.update(line.encode())
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{path}:{number} is no annotated article: {error!r}") from error
    if not found:
        wanted = f" of the split {split!r}, but of {', '.join(sorted(splits))}" if split and splits else ""
        raise ValueError(f"{path} holds no annotated article{wanted}")
    return found, digest.hexdigest()[:12]


def _gold(row: Mapping[str, Any], titles: Titles) -> Marked:
    marks: dict[Spot, Mark] = {}
    free: set[Spot] = set()
    for entity in row["entities"]:
        spot = trimmed(row["text"], entity["start"], entity["end"])
        title = titles.same(entity["wiki"])
        if entity["label"] == "DEMONYM" and title not in titles.states:
            free.add(spot)
        else:
            marks[spot] = Mark(ANNOTATED[entity["label"]], title)
    return Marked(str(row["id"]), row["text"], marks, frozenset(free))


def found_in(article: Marked, answer: Mapping[str, Any], titles: Titles) -> Marked:
    """What an answer of `extract_lines` says of an annotated article."""
    entities = {entity["id"]: entity for entity in answer["entities"]}
    marks: dict[Spot, Mark] = {}
    for mention in answer["mentions"]:
        kind = "demonym" if mention["kind"] == "demonym" else mention["type"]
        title = titles.same(entities[mention["entity"]]["wikipedia"])
        marks[trimmed(article.text, mention["start"], mention["end"])] = Mark(kind, title, mention["score"])
    return Marked(article.id, article.text, marks)


def trimmed(text: str, start: int, end: int) -> Spot:
    """Where a name stands without "the", a possessive and final dots and commas."""
    if leading := _THE.match(text[start:end]):
        start += leading.end()
    if possessive := _POSSESSIVE.search(text[start:end]):
        end -= len(possessive.group())
    while end > start and text[end - 1] in ".,":
        end -= 1
    return start, end
