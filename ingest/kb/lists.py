"""Compiles the wide layer from reference lists: tables of names, titles, ids, types, countries and offices.

A list is a TSV file with the columns source, name, type, country, aliases, qid, enwiki and roles, as far as it has
them. What several lists say of one entity is put together; of two lists that disagree on a type the earlier one in
`LISTS` is right. `titles_qid.tsv` joins titles and ids. Annotated articles (JSON lines, their train split alone) add
the titles, types and forms of what their authors marked.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from graph.model import EntityType
from ingest.kb.knowledge_base import KnowledgeBase
from ingest.kb.schema import is_date
from ingest.kb.wide import RANKS, WIDE_COLUMNS, Term, WideRow, file_of, name_of
from ingest.tagger.labels import ANNOTATED

ALIASES_KEPT = 8
TERMS_KEPT = 6
FORMS_SEEN_TWICE = 2

_NO_ONE_RULE = frozenset({"", "canada", "australia"})
_TOWN = re.compile(r"[^;]*; ([^;,]+), [^;]+; pop ")
_ROLE = re.compile(r"([^:;]+):([^:;]+):([^:;]*)\.\.([^:;]*)")
_LATIN = re.compile(r"[\w .,'’()&/+-]+")
_SEATS: Mapping[str, str] = MappingProxyType({"sen": "Senator", "rep": "Representative", "prez": "President"})


@dataclass(frozen=True, slots=True)
class List:
    """A reference list: its file, what its types are here, how much its word adds to the rank of an entity."""

    file: str
    types: Mapping[str, EntityType]
    weight: int = 1


_PERSONS: Mapping[str, EntityType] = MappingProxyType({"person": "person"})
_BODIES: Mapping[str, EntityType] = MappingProxyType({"organization": "organization", "igo": "organization"})
_PLACES: Mapping[str, EntityType] = MappingProxyType({"place": "place"})

LISTS = (
    List("partyfacts_parties.tsv", MappingProxyType({"party": "party"})),
    List("leaders_wikidata.tsv", _PERSONS, weight=2),
    List("us_congress.tsv", _PERSONS, weight=2),
    List("world_bodies.tsv", _PERSONS, weight=2),
    List("vital_people.tsv", _PERSONS, weight=4),
    List("leaders_titles.tsv", _PERSONS),
    List("legislators_wikidata.tsv", _PERSONS),
    List("igo_qids.tsv", _BODIES, weight=3),
    List("international_bodies.tsv", _BODIES, weight=2),
    List("natural_earth.tsv", _PLACES, weight=2),
    List("ourairports_regions.tsv", _PLACES),
    List("ucdp_actors.tsv", MappingProxyType({"armed_group": "armed_group"})),
    List("misp_galaxy.tsv", _BODIES),
    List("us_newspapers.tsv", _BODIES),
    List("nsi_operators_brands.tsv", _BODIES),
    List(
        "fb15k_wikidata.tsv",
        MappingProxyType({**_PERSONS, **_BODIES, **_PLACES, "event": "event", "party": "party"}),
        weight=2,
    ),
)


@dataclass(slots=True)
class _Known:
    """What the lists say of one entity so far."""

    type: EntityType
    title: str = ""
    id: str = ""
    country: str = ""
    names: Counter[str] = field(default_factory=Counter)
    terms: dict[Term, None] = field(default_factory=dict)
    rank: int = 0
    region: str = ""

    def row(self) -> WideRow | None:
        """The row of it, or None where it has no name that texts could use."""
        names = [name for name, _ in self.names.most_common() if _is_form(name, self.type)]
        if self.type == "person":
            names = [name for name in names if " " in name]
        name = name_of(self.title, self.type) if self.title else (names[0] if names else "")
        if not _is_form(name, self.type):
            return None
        aliases = [form for form in dict.fromkeys(names) if form != name]
        return WideRow(
            title=self.title,
            name=name,
            type=self.type,
            id=self.id,
            country=self.country,
            aliases=tuple(aliases[:ALIASES_KEPT]),
            offices=tuple(sorted(self.terms, key=lambda term: term.since)[-TERMS_KEPT:]),
            rank=min(self.rank, RANKS[-1]),
        )


def compile_lists(folder: Path, articles: Iterable[Path], countries: Mapping[str, str]) -> list[WideRow]:
    """The wide layer that the lists in a folder make, sorted.

    Args:
        folder: holds the files of `LISTS` and `titles_qid.tsv`; one that is not there is an error.
        articles: annotated articles; rows of their split `train` count.
        countries: key of a state by its two-letter code (ISO 3166-1, lower case) and by its English name.

    Raises:
        OSError: a list is missing.
    """
    ids = {row["enwiki"]: row["qid"] for row in read_list(folder / "titles_qid.tsv")}
    titles = {own_id: title for title, own_id in ids.items()}
    known: dict[str, _Known] = {}
    for source in LISTS:
        for row in read_list(folder / source.file):
            if entity_type := source.types.get(row["type"]):
                title = row["enwiki"] or titles.get(row["qid"], "")
                own_id = row["qid"] or ids.get(title, "")
                _add(known, row, source.weight, entity_type, (title, own_id), countries)
    for path in articles:
        _add_marked(known, path, ids)
    _add_titles_of_towns(known.values())
    return _sorted(filter(None, (item.row() for item in known.values())))


def state_codes(kb: KnowledgeBase, folder: Path) -> dict[str, str]:
    """The key of each curated state by its two-letter codes (of `country_coder.tsv`) and its names."""
    by_id = {item.entity.id: key for key, item in kb.entities.items() if item.entity.type == "state"}
    found: dict[str, str] = {}
    for row in read_list(folder / "country_coder.tsv"):
        if row["qid"] in by_id and row["country"]:
            found[row["country"]] = found[row["name"]] = by_id[row["qid"]]
    for key in by_id.values():
        for alias in kb.entities[key].aliases:
            if alias.kind == "name" and not alias.never:
                found.setdefault(alias.form, key)
    return found


def write_wide(rows: Iterable[WideRow], folder: Path) -> list[str]:
    """Write the rows into files by type; the names of the files."""
    by_file: dict[str, list[str]] = {}
    for row in rows:
        by_file.setdefault(file_of(row), []).append("\t".join(row.cells))
    for name, lines in by_file.items():
        text = "\n".join(("\t".join(WIDE_COLUMNS), *sorted(lines), ""))
        (folder / name).write_text(text, encoding="utf-8")
    return sorted(by_file)


def read_list(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a reference list by column; columns it lacks are empty."""
    with path.open(encoding="utf-8") as lines:
        columns = next(lines).rstrip("\n").split("\t")
        blank = dict.fromkeys(("source", "name", "type", "country", "aliases", "qid", "enwiki", "roles"), "")
        for line in lines:
            yield blank | dict(zip(columns, line.rstrip("\n").split("\t"), strict=False))


def _add(
    known: dict[str, _Known],
    row: Mapping[str, str],
    weight: int,
    entity_type: EntityType,
    ids: tuple[str, str],
    countries: Mapping[str, str],
) -> None:
    title, own_id = ids
    key = own_id or title or f"{entity_type} {row['name']}"
    item = known.setdefault(key, _Known(entity_type))
    item.title = item.title or title
    item.id = item.id or own_id
    item.country = item.country or countries.get(row["country"], "")
    item.rank += weight
    item.region = item.region or _region(row["roles"])
    item.names.update({row["name"]: 2} | dict.fromkeys(filter(None, row["aliases"].split("|")), 1))
    for term in _terms(row, countries):
        item.terms[term] = None


def _region(roles: str) -> str:
    """The region that a list of towns names: "Populated place; New South Wales, Australia; pop 17395"."""
    found = _TOWN.match(roles)
    return found.group(1) if found else ""


def _add_titles_of_towns(entities: Collection[_Known]) -> None:
    """Give towns without a title the one that the naming convention gives them, where nothing else has that name.

    A town of the United States is titled with its state, others with their name alone; Canada and Australia follow no
    one rule. Of 928 towns whose title is known and whose name is theirs alone 93 in 100 are titled so.
    """
    taken = Counter(item.title for item in entities if item.title)
    taken.update(name for item in entities for name, _ in item.names.most_common(1))
    for item in entities:
        if item.title or not item.region or item.country in _NO_ONE_RULE:
            continue
        name = item.names.most_common(1)[0][0]
        title = f"{name}, {item.region}" if item.country == "united-states" else name
        if taken[title] <= (title == name):
            item.title = title


def _terms(row: Mapping[str, str], countries: Mapping[str, str]) -> Iterator[Term]:
    """The offices that a list names, written AREA:OFFICE:SINCE..UNTIL; an end in brackets is the list's own date."""
    for area, office, since, until in _ROLE.findall(row["roles"]):
        dates = [date if is_date(date) else "" for date in (since.strip(), until.strip())]
        if "@" not in office + area and "|" not in office + area:
            seat = _SEATS.get(area)
            yield (
                Term(seat, countries["us"], *dates) if seat else Term(office.strip(), countries.get(area, area), *dates)
            )


def _add_marked(known: dict[str, _Known], path: Path, ids: Mapping[str, str]) -> None:
    """Titles, types and forms that annotators marked; a form that was seen once is kept for names of several words."""
    forms: dict[tuple[str, EntityType], Counter[str]] = {}
    with path.open(encoding="utf-8") as lines:
        for article in map(json.loads, lines):
            for mark in article["entities"] if article["split"] == "train" else ():
                label = ANNOTATED.get(mark["label"])
                if mark["wiki"] and label and label != "demonym":
                    seen = forms.setdefault((mark["wiki"].replace("_", " "), label), Counter())
                    seen[" ".join(article["text"][mark["start"] : mark["end"]].split())] += 1
    by_title = {item.title: item for item in known.values() if item.title}
    for (title, entity_type), seen in forms.items():
        item = by_title.get(title) or known.setdefault(title, _Known(entity_type, title=title, id=ids.get(title, "")))
        by_title[title] = item
        item.rank += 1
        item.names.update({form: 1 for form, count in seen.items() if " " in form or count >= FORMS_SEEN_TWICE})


def _is_form(name: str, entity_type: EntityType) -> bool:
    """Whether texts can name an entity so: in Latin letters, with a capital, a person by more than one word."""
    if not 2 < len(name) <= 80 or not _LATIN.fullmatch(name) or not any(map(str.isupper, name)):
        return False
    letters = [char for char in name if char.isalpha()]
    if not letters or not all(unicodedata.name(char, "").startswith("LATIN") for char in letters):
        return False
    return entity_type != "person" or " " in name or name[0].isupper()


def _sorted(rows: Iterable[WideRow]) -> list[WideRow]:
    return sorted(rows, key=lambda row: row.cells)
