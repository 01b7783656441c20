"""Loading folders of tables into a knowledge base, and refusing unsound ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.model import Relation
from ingest.kb import Alias, KnowledgeBaseError, load_folders, load_knowledge_base
from ingest.kb.schema import ENTITY_COLUMNS, RELATION_COLUMNS

ENTITIES = (
    "iran\tIran\tstate\tQ794\tIran\t\tstate\tIranian~demonym|Iran Air~never\tformer=x-persia",
    "tehran\tTehran\tplace\tQ3616\tTehran\tiran\tcapital\tTehran~metonym\tstands_for=iran",
    "irna\tIRNA\torganization\t\t\tiran\tagency\t\tsource",
    "somebody\tSome Body\tperson\t\t\tiran\tpresident\t\t",
)
RELATIONS = ("somebody\tLEADS\tiran\tPresident\t2024\t\tpublic record",)


def write(folder: Path, *, entities: tuple[str, ...] = ENTITIES, relations: tuple[str, ...] = RELATIONS) -> Path:
    """Write a folder of two tables."""
    folder.mkdir(exist_ok=True)
    for name, columns, rows in (("entities_a", ENTITY_COLUMNS, entities), ("relations", RELATION_COLUMNS, relations)):
        (folder / f"{name}.tsv").write_text("\n".join(("\t".join(columns), *rows)) + "\n", encoding="utf-8")
    return folder


def problems_of(*folders: Path) -> tuple[str, ...]:
    """What is wrong with the folders."""
    with pytest.raises(KnowledgeBaseError) as caught:
        load_folders(*folders)
    return caught.value.problems


def test_entities_keep_file_order_and_resolve_their_keys_to_ids(tmp_path: Path) -> None:
    """Country becomes an id; forms that must not be matched are no aliases of the entity."""
    kb = load_folders(write(tmp_path))
    assert list(kb.entities) == ["iran", "tehran", "irna", "somebody"]
    iran = kb.entities["iran"]
    assert iran.entity.aliases == ("Iranian",)
    assert Alias("Iran Air", never=True) in iran.aliases
    assert iran.entity.former_ids == ("x-persia",)
    assert kb.entities["tehran"].entity.country == "Q794"
    assert kb.entities["tehran"].stands_for == "iran"
    assert [item.key for item in kb.entities.values() if item.is_source] == ["irna"]


def test_entities_are_found_by_graph_id(tmp_path: Path) -> None:
    """By Wikidata id or own id; a former id is nobody's."""
    kb = load_folders(write(tmp_path))
    assert kb.by_id("Q794") is kb.entities["iran"]
    assert kb.by_id("x-irna") is kb.entities["irna"]
    assert kb.by_id("x-persia") is None


def test_relations_are_found_from_both_ends_with_ids(tmp_path: Path) -> None:
    """The same relation is that of its source and of its target."""
    kb = load_folders(write(tmp_path))
    leads = Relation("x-somebody", "LEADS", "Q794", office="President", since="2024", reference="public record")
    assert kb.relations_of("Q794") == (leads,)
    assert kb.relations_of("x-somebody") == (leads,)
    assert kb.relations_of("Q3616") == ()


def test_a_later_folder_replaces_entities_and_adds_relations(tmp_path: Path) -> None:
    """A known key takes the later row and keeps its place; an equal relation is not doubled."""
    first = write(tmp_path / "a")
    second = write(
        tmp_path / "b",
        entities=("iran\tPersia\tstate\tQ794\tIran\t\tstate\t\t", "oman\tOman\tstate\tQ842\tOman\t\tstate\t\t"),
        relations=(*RELATIONS, "iran\tALLIED_WITH\toman\t\t\t\tpublic record"),
    )
    kb = load_folders(first, second)
    assert list(kb.entities) == ["iran", "tehran", "irna", "somebody", "oman"]
    assert kb.entities["iran"].entity.name == "Persia"
    assert [relation.type for relation in kb.relations_of("Q794")] == ["LEADS", "ALLIED_WITH"]


def test_our_own_files_take_more_folders(tmp_path: Path) -> None:
    """A user's folder can refer to our keys."""
    folder = write(
        tmp_path,
        entities=("club-x\tClub X\torganization\t\t\tiran\tclub\t\t",),
        relations=("club-x\tHEADQUARTERED_IN\ttehran\t\t\t\town",),
    )
    kb = load_knowledge_base(folder)
    assert kb.relations_of("x-club-x")[0].target == "Q3616"
    assert len(kb.entities) == len(load_knowledge_base().entities) + 1


def test_the_version_names_the_content(tmp_path: Path) -> None:
    """Equal files give equal versions, another byte another one, wherever the folder lies."""
    first = load_folders(write(tmp_path / "a")).version
    assert load_folders(write(tmp_path / "b")).version == first
    assert load_folders(write(tmp_path / "c", relations=())).version != first
    assert first.startswith("kb-")
    assert len(first) == 11


def test_the_knowledge_base_cannot_be_changed(tmp_path: Path) -> None:
    """Its entities are a read-only mapping."""
    kb = load_folders(write(tmp_path))
    with pytest.raises(TypeError):
        kb.entities["iran"] = kb.entities["tehran"]  # type: ignore[index]


def test_all_problems_come_at_once_with_file_and_line(tmp_path: Path) -> None:
    """Faults of several rows and files are all in one error."""
    write(
        tmp_path,
        entities=(*ENTITIES, "x\tX\tplanet\t\t\t\t\t\t", "y\tY"),
        relations=(*RELATIONS, "iran\tLEADS\tnobody\tKing\t\t\tpublic record"),
    )
    assert problems_of(tmp_path) == (
        "entities_a.tsv:6: unknown type 'planet'; known: person, state, place, organization, armed_group, party, "
        "agreement, weapon, event, community",
        "entities_a.tsv:7: has 2 cells instead of 9",
        "relations.tsv:3: no entity has the key 'nobody'",
    )


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("iran\tIran\tstate\t\t\t\t\t\t", "key 'iran' stands already in entities_a.tsv:2"),
        ("persia\tPersia\tstate\tQ794\t\t\t\t\t", "id Q794 is that of 'iran' too"),
        ("oman\tOman\tplace\t\t\tatlantis\t\t\t", "country: no entity has the key 'atlantis'"),
        ("oman\tOman\tplace\t\t\ttehran\t\t\t", "country: 'tehran' is a place, not a state"),
        ("oman\tOman\tplace\t\t\t\t\t\tstands_for=atlantis", "stands_for: no entity has the key 'atlantis'"),
        (
            "oman\tOman\tplace\t\t\t\t\t\tstands_for=tehran",
            "stands_for: 'tehran' is a place, not a state or organization",
        ),
        ("oman\tOman\tstate\t\t\t\t\t\tformer=Q3616", "former id Q3616 is the id of 'tehran'"),
    ],
)
def test_rows_that_contradict_others_are_reported(tmp_path: Path, row: str, problem: str) -> None:
    """Keys, ids and references are checked over all files."""
    write(tmp_path, entities=(*ENTITIES, row))
    assert problems_of(tmp_path) == (f"entities_a.tsv:6: {problem}",)


def test_a_wrong_header_is_reported_and_its_rows_are_left_out(tmp_path: Path) -> None:
    """The message says what the header must be."""
    (tmp_path / "relations_x.tsv").write_text("source\ttarget\na\tb\n", encoding="utf-8")
    (problem,) = problems_of(tmp_path)
    assert problem == (
        "relations_x.tsv:1: the header must be source type target office since until reference, separated by tabs"
    )


def test_files_that_are_no_tables_of_ours_are_reported(tmp_path: Path) -> None:
    """Another table and bytes that are not UTF-8 are named; other files are passed over."""
    (tmp_path / "notes.md").write_text("anything", encoding="utf-8")
    (tmp_path / "people.tsv").write_text("", encoding="utf-8")
    (tmp_path / "entities_x.tsv").write_bytes(b"key\xff")
    first, second = problems_of(tmp_path)
    assert first.startswith("entities_x.tsv: is not UTF-8")
    assert second == "people.tsv: is none of entities_*.tsv, relations*.tsv, prominence*.tsv and wide_*.tsv"


def test_a_folder_that_does_not_exist_is_reported(tmp_path: Path) -> None:
    """The path stands in the message."""
    assert problems_of(tmp_path / "nowhere") == (f"{tmp_path / 'nowhere'}: is neither a folder nor a file",)


def test_the_message_of_the_error_lists_the_problems(tmp_path: Path) -> None:
    """What is printed says how many and which."""
    with pytest.raises(KnowledgeBaseError, match=r"(?s)has 1 problem\(s\):.*is neither a folder nor a file"):
        load_folders(tmp_path / "nowhere")
