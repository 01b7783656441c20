"""The knowledge base: curated entities over a wide layer of names."""

from __future__ import annotations

from pathlib import Path

import pytest
from kb_tables import ENTITIES, WIDE, write_tables

from graph.model import Relation
from ingest.kb import Alias, KnowledgeBase, load_folders
from ingest.kb.schema import CURATED_RANK
from ingest.tagger.name_lists import LIST_NAMES
from ingest.tokens import tokenize


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    """Four curated entities; five wide ones, of which two are curated too: by their id, and by their title."""
    return load_folders(write_tables(tmp_path))


def keys_of(kb: KnowledgeBase, name: str) -> list[str]:
    """The keys of what goes by a name."""
    return [item.key for item in kb.lookup(name)]


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("Freedonia", ["freedonia"]),  # the wide row with its id is the same entity
        ("freedonian", ["freedonia"]),
        ("Freedonian Air", []),  # must never match
        ("firefly", ["firefly"]),  # a key
        ("Rufus Firefly", ["firefly"]),  # the wide row with its title is the same entity
        ("pinky", ["pinky"]),
        ("q1001", ["freedonia"]),
        ("x-firefly", ["firefly"]),
        ("q2001", ["Q2001"]),
        ("Bob Trentino", ["Q2001"]),
        ("AMBASSADOR TRENTINO", ["Q2001"]),
        ("Trentino", []),
        ("Zenda", ["Q2002"]),
        ("lw", ["x-laurel-works"]),
        ("Nowhere", []),
        ("", []),
    ],
)
def test_entities_are_looked_up_by_form_key_and_id(kb: KnowledgeBase, name: str, keys: list[str]) -> None:
    """In any case; nothing is given twice."""
    assert keys_of(kb, name) == keys


def test_curated_entities_come_before_wide_ones_of_the_same_name(tmp_path: Path) -> None:
    """Both are given where they are different entities."""
    wide = [*WIDE, "Sylvania, Ohio\t\tplace\tQ2003\tsylvania\t\t\t0"]
    assert keys_of(load_folders(write_tables(tmp_path, wide=wide)), "Sylvania") == ["sylvania", "Q2003"]


def test_wide_meanings_leave_out_what_is_curated(kb: KnowledgeBase) -> None:
    """By id and by title; a row that has several equal forms is one meaning."""
    assert kb.wide_meanings("rufus firefly") == kb.wide_meanings("free state of freedonia") == ()
    assert [item.key for item in kb.wide_meanings("bob trentino")] == ["Q2001"]
    assert kb.wide_meanings("nowhere") == ()


def test_a_wide_row_with_two_equal_forms_is_one_meaning(tmp_path: Path) -> None:
    """Forms that differ in case or marks alone meet."""
    kb = load_folders(write_tables(tmp_path, wide=["\tZénda Works\torganization\tQ9\t\tZenda works\t\t0"]))
    assert len(kb.wide_meanings("zenda works")) == 1


def test_meanings_say_by_which_alias(kb: KnowledgeBase) -> None:
    """An alias that must never match is a meaning too; asked twice, the answer is kept."""
    (meaning,) = kb.meanings("freedonian air")
    assert meaning.entity is kb.entities["freedonia"]
    assert meaning.alias == Alias("Freedonian Air", never=True)
    assert kb.meanings("freedonian air") is kb.meanings("freedonian air")
    assert kb.meanings("bob trentino") == ()


def test_a_wide_entity_says_what_its_row_says(kb: KnowledgeBase) -> None:
    """Name and last office become the description; capitals alone make an acronym."""
    item = kb.by_id("Q2001")
    assert item is not None
    assert (item.key, item.rank, item.country) == ("Q2001", 5, "sylvania")
    assert (item.entity.name, item.entity.wikipedia, item.entity.wikidata_id) == (
        "Bob Trentino",
        "Bob Trentino",
        "Q2001",
    )
    assert (item.entity.country, item.entity.aliases) == ("Q1002", ("Ambassador Trentino",))
    works = kb.by_id("x-laurel-works")
    assert works is not None
    assert (works.entity.wikidata_id, works.entity.wikipedia) == (None, None)
    assert works.aliases == (Alias("Laurel Works"), Alias("LW", "acronym"), Alias("LAW", "acronym"))


@pytest.mark.parametrize(
    ("row", "description"),
    [
        ("B\tB\tperson\tQ9\t\t\tEnvoy@freedonia:1930-05..1934\t0", "Envoy, Freedonia, 1930–1934"),
        ("B\tB\tperson\tQ9\t\t\tEnvoy@freedonia:1930..\t0", "Envoy, Freedonia, 1930–"),
        ("B\tB\tperson\tQ9\t\t\tEnvoy@Ohio\t0", "Envoy, Ohio"),
        ("B\tB\tperson\tQ9\t\t\tEnvoy@freedonia;King@Ohio:..1934\t0", "King, Ohio"),
        ("B\tB\tarmed_group\tQ9\tfreedonia\t\t\t0", "armed group, Freedonia"),
        ("B\tB\tplace\tQ9\t\t\t\t0", "place"),
        ("B\tB\tplace\tQ9\tatlantis\t\t\t0", "place"),
    ],
)
def test_wide_entities_are_described(tmp_path: Path, row: str, description: str) -> None:
    """By the last office with its area and years, else by type and country."""
    item = load_folders(write_tables(tmp_path, wide=[row])).by_id("Q9")
    assert item is not None
    assert item.entity.description == description


def test_entities_are_found_by_id(kb: KnowledgeBase) -> None:
    """Of two with one id the curated one is right; each is read once."""
    assert kb.by_id("Q1001") is kb.entities["freedonia"]
    assert kb.by_id("x-firefly") is kb.entities["firefly"]
    assert kb.by_id("Q2002") is kb.by_id("Q2002")
    assert kb.by_id("Q404") is None
    assert kb.entities["freedonia"].rank == CURATED_RANK


def test_the_entities_are_a_mapping_of_the_curated_ones(kb: KnowledgeBase) -> None:
    """Wide ones are no part of it."""
    assert list(kb.entities) == [row.split("\t", 1)[0] for row in ENTITIES]
    assert len(kb.entities) == 4
    assert "firefly" in kb.entities
    assert "Q2001" not in kb.entities
    with pytest.raises(KeyError):
        kb.entities["Q2001"]


def test_titles_are_those_of_both_layers(kb: KnowledgeBase) -> None:
    """Sorted, each once, and none for what has none."""
    assert kb.titles() == [
        "Bob Trentino",
        "Free State of Freedonia",
        "Freedonia",
        "Pinky (spy)",
        "Rufus Firefly",
        "Sylvania (country)",
        "Zenda, Ruritania",
    ]


def test_persons_are_found_by_surname(kb: KnowledgeBase) -> None:
    """Of both layers; the wide row of a curated person is not given."""
    assert [item.key for item in kb.surnamed("trentino")] == ["Q2001"]
    assert [item.key for item in kb.surnamed("firefly")] == ["firefly"]
    assert list(kb.surnamed("works")) == list(kb.surnamed("nowhere")) == []


def test_relations_of_a_wide_person_are_its_offices(kb: KnowledgeBase) -> None:
    """In states that are known; a head of state leads, others hold an office."""
    reference = "reference lists of office-holders"
    assert kb.relations_of("Q2001") == (
        Relation("Q2001", "LEADS", "Q1002", "President", "1930-05", "1934", reference),
        Relation("Q2001", "HOLDS_OFFICE", "Q1001", "Envoy", None, None, reference),
    )
    assert kb.relations_of("x-laurel-works") == ()


def test_relations_of_curated_entities_are_those_of_the_tables(kb: KnowledgeBase) -> None:
    """From both ends; who is unknown has none."""
    leads = Relation("x-firefly", "LEADS", "Q1001", "Prime Minister", "1933", None, "public record")
    opposes = Relation("Q1001", "OPPOSES", "Q1002", None, None, None, "public record")
    assert kb.relations_of("x-firefly") == (leads,)
    assert kb.relations_of("Q1001") == (leads, opposes)
    assert kb.relations_of("Q1002") == (opposes,)
    assert kb.relations_of("Q1003") == kb.relations_of("Q404") == ()


def test_the_version_names_both_layers(tmp_path: Path) -> None:
    """Another wide row changes its last part alone; without a wide layer there is none."""
    versions = [
        load_folders(write_tables(tmp_path / str(number), wide=wide)).version
        for number, wide in enumerate((WIDE, WIDE[1:], ()))
    ]
    assert len({version[:11] for version in versions}) == 1
    assert len(set(versions)) == 3
    assert [len(version) for version in versions] == [15, 15, 11]


def test_without_a_wide_layer_the_curated_one_answers(tmp_path: Path) -> None:
    """Every question has an answer then."""
    kb = load_folders(write_tables(tmp_path, wide=()))
    assert kb.layers == (kb.curated,)
    assert kb.wide_meanings("bob trentino") == ()
    assert keys_of(kb, "Rufus Firefly") == ["firefly"]
    assert [item.key for item in kb.surnamed("firefly")] == ["firefly"]
    assert "Zenda, Ruritania" not in kb.titles()


def test_the_tagger_gets_the_names_of_both_layers(kb: KnowledgeBase) -> None:
    """A form of both is in the lists of both; the longest form of a first word, and how often names are borne."""
    lists = kb.name_lists()
    text = "Freedonian Bob Trentino met the Free State of Freedonia in Zenda"
    tokens = tokenize(text)
    hits = {
        text[tokens[hit.first].start : tokens[hit.stop - 1].end]: [
            name for bit, name in enumerate(LIST_NAMES) if hit.lists >> bit & 1
        ]
        for hit in lists.find(tokens)
    }
    assert hits == {
        "Freedonian": ["demonym"],
        "Bob Trentino": ["famous person"],
        "Free State of Freedonia": ["state"],
        "Zenda": ["city"],
    }
    assert lists.longest["free"] == 4
    assert (lists.given["rufus"], lists.family["firefly"], lists.given["bob"]) == (2, 2, 1)
