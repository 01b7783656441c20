"""Our own knowledge base: what it must hold, and that its rows are in good order."""

from __future__ import annotations

import csv
import os
import time
from collections import Counter, defaultdict
from importlib.resources import files
from pathlib import Path

import pytest

from graph.model import ENTITY_TYPES
from ingest.kb import KbEntity, KnowledgeBase, load_knowledge_base

pytestmark = pytest.mark.no_cover  # it runs what others cover, and tracing takes as long again

DATA = files("ingest.kb") / "data"
TABLES = sorted(item.name for item in DATA.iterdir() if item.name.endswith(".tsv"))


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    """The knowledge base as it is shipped."""
    return load_knowledge_base()


@pytest.fixture(scope="module")
def by_form(kb: KnowledgeBase) -> dict[str, list[KbEntity]]:
    """Entities by each form that needs no context."""
    found: defaultdict[str, list[KbEntity]] = defaultdict(list)
    for item in kb.entities.values():
        for alias in item.aliases:
            if not alias.needs_context and not alias.never:
                found[alias.form].append(item)
    return dict(found)


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_sorted(name: str) -> None:
    """Rows stand in order, so that changes are easy to review."""
    rows = [line.split("\t") for line in (DATA / name).read_text(encoding="utf-8").splitlines()[1:]]
    assert rows == sorted(rows)


def test_it_loads_quickly() -> None:
    """The best of three loads takes well under its usual threefold (0.25 s of processor time without coverage)."""
    seconds = []
    for _ in range(3):
        start = time.process_time()
        load_knowledge_base()
        seconds.append(time.process_time() - start)
    assert min(seconds) < 0.75


def test_every_type_is_well_filled(kb: KnowledgeBase) -> None:
    """There are entities of each type, most of them people and places."""
    counts = Counter(item.entity.type for item in kb.entities.values())
    assert set(counts) == set(ENTITY_TYPES)
    assert min(counts.values()) >= 80
    assert sum(counts.values()) >= 4_000


def test_there_are_relations_of_every_type(kb: KnowledgeBase) -> None:
    """At least ten of each kind, at least 800 in all."""
    relations = {relation for item in kb.entities.values() for relation in kb.relations_of(item.entity.id)}
    counts = Counter(relation.type for relation in relations)
    assert len(counts) == 9
    assert min(counts.values()) >= 10
    assert sum(counts.values()) >= 800


def test_a_plain_form_means_one_entity(by_form: dict[str, list[KbEntity]]) -> None:
    """No two entities claim the same form unless one of them needs context."""
    shared = {form: [item.key for item in items] for form, items in by_form.items() if len(items) > 1}
    assert shared == {}


def test_wikipedia_titles_are_unique(kb: KnowledgeBase) -> None:
    """Two entities never share a title."""
    titles = Counter(item.entity.wikipedia for item in kb.entities.values() if item.entity.wikipedia)
    assert [title for title, count in titles.items() if count > 1] == []


def test_everything_is_described(kb: KnowledgeBase) -> None:
    """Every entity has a short description on one line."""
    assert [item.key for item in kb.entities.values() if not 3 < len(item.entity.description) <= 120] == []


@pytest.mark.parametrize(
    ("form", "title"),
    [
        ("Iranians", "Iran"),
        ("Islamic Republic of Iran", "Iran"),
        ("Zionist regime", "Israel"),
        ("U.S.", "United States"),
        ("Dutch", "Netherlands"),
        ("Emirati", "United Arab Emirates"),
        ("DPRK", "North Korea"),
        ("Palestinians", "Palestine"),
        ("USSR", "Soviet Union"),
        ("Kurdish", "Kurds"),
        ("Europeans", "Europe"),
        ("Gaza", "Gaza Strip"),
        ("Arabian Gulf", "Persian Gulf"),
        ("IAEA", "International Atomic Energy Agency"),
        ("JCPOA", "Joint Comprehensive Plan of Action"),
        ("2015 nuclear deal", "Joint Comprehensive Plan of Action"),
        ("IRGC", "Islamic Revolutionary Guard Corps"),
        ("Houthi forces", "Houthis"),
        ("axis of resistance", "Axis of Resistance"),
        ("Arrow systems", "Arrow (missile family)"),
        ("October 7, 2023, massacre", "October 7 attacks"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        ("MBS", "Mohammed bin Salman"),
        ("Democrats", "Democratic Party (United States)"),
        ("IDF", "Israel Defense Forces"),
    ],
)
def test_forms_the_news_uses_lead_to_their_entity(by_form: dict[str, list[KbEntity]], form: str, title: str) -> None:
    """Demonyms, acronyms, short names and spellings are known."""
    assert [item.entity.wikipedia for item in by_form[form]] == [title]


@pytest.mark.parametrize(
    ("place", "state"),
    [("tehran", "iran"), ("kremlin", "russia"), ("white-house", "united-states"), ("brussels", "european-union")],
)
def test_seats_stand_for_those_who_sit_there(kb: KnowledgeBase, place: str, state: str) -> None:
    """The form of a seat is a metonym and says for whom."""
    item = kb.entities[place]
    assert item.stands_for == state
    assert any(alias.kind == "metonym" for alias in item.aliases)
    assert item.entity.type == "place"


@pytest.mark.parametrize("form", ["Arrow", "Patriot", "October 7", "Foreign Ministry", "Time", "Jersey", "Austin"])
def test_everyday_words_need_context(kb: KnowledgeBase, by_form: dict[str, list[KbEntity]], form: str) -> None:
    """A form that means something else too counts only beside a clear one."""
    assert form not in by_form
    assert any(alias.form == form for item in kb.entities.values() for alias in item.aliases)


def test_an_entity_that_needs_context_can_have_it(kb: KnowledgeBase) -> None:
    """Every entity with a form that needs context also has one that does not."""
    stranded = [
        item.key for item in kb.entities.values() if all(alias.needs_context or alias.never for alias in item.aliases)
    ]
    assert stranded == []


def test_media_are_sources(kb: KnowledgeBase) -> None:
    """Agencies and papers are marked as usually cited; a ministry is not."""
    assert kb.entities["reuters"].is_source
    assert kb.entities["tehran-times"].is_source
    assert not kb.entities["united-states-department-of-state"].is_source


def test_offices_have_dates(kb: KnowledgeBase) -> None:
    """Who led the United States is known term by term."""
    terms = {
        (relation.source, relation.since, relation.until)
        for relation in kb.relations_of("Q30")
        if relation.type == "LEADS" and relation.source in {"Q22686", "Q6279"}
    }
    assert terms == {
        ("Q22686", "2017-01-20", "2021-01-20"),
        ("Q6279", "2021-01-20", "2025-01-20"),
        ("Q22686", "2025-01-20", None),
    }


def test_proxies_are_backed(kb: KnowledgeBase) -> None:
    """Hezbollah, Hamas and the Houthis are backed by Iran."""
    backed = {item.source for item in kb.relations_of("Q794") if item.type == "BACKED_BY" and item.target == "Q794"}
    assert {"Q41053", "Q38799", "x-houthis"} <= backed


@pytest.fixture(scope="module")
def reference_lists() -> Path:
    """The folder of reference lists, where it lies beside the project."""
    shared = os.environ.get("EIG_SHARED")
    if shared is None:
        pytest.skip("EIG_SHARED is not set: the reference lists are not at hand")
    return Path(shared) / "data" / "kb"


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as handle:
        return list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_every_wikidata_id_is_confirmed_by_a_list(kb: KnowledgeBase, reference_lists: Path) -> None:
    """No id stands in our files that no reference list knows."""
    known = {row["qid"] for path in reference_lists.glob("*.tsv") for row in _read(path) if row.get("qid")}
    ours = {item.entity.wikidata_id for item in kb.entities.values() if item.entity.wikidata_id}
    assert ours - known == set()


def test_ids_and_titles_agree_with_the_title_list(kb: KnowledgeBase, reference_lists: Path) -> None:
    """Where the list has a title, our entity of that title has its id or none."""
    listed = {row["enwiki"]: row["qid"] for row in _read(reference_lists / "titles_qid.tsv")}
    wrong = {
        item.entity.wikipedia: item.entity.wikidata_id
        for item in kb.entities.values()
        if item.entity.wikipedia in listed and item.entity.wikidata_id not in {None, listed[item.entity.wikipedia]}
    }
    assert wrong == {}


def test_all_theme_entities_are_there(kb: KnowledgeBase, reference_lists: Path) -> None:
    """Each entity of the two themes is known under its title, with its id where one is confirmed."""
    ids = {item.entity.wikipedia: item.entity.wikidata_id for item in kb.entities.values()}
    rows = _read(reference_lists / "theme_entities.tsv")
    assert [row["enwiki"] for row in rows if row["enwiki"] not in ids] == []
    assert [row["enwiki"] for row in rows if row["qid"] and ids[row["enwiki"]] != row["qid"]] == []
