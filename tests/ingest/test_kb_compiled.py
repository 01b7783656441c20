"""The compiled files: written, used while they belong to the tables, and left aside when they do not."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from kb_tables import ENTITIES, RELATIONS, WIDE, write_tables

from ingest.kb import KnowledgeBase, KnowledgeBaseError, load_folders, load_knowledge_base
from ingest.kb.layer import FORMAT, LayerBuilder, write_arrays
from ingest.kb.load import Made, build

CHANGED = "compiled in memory"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package folder of its own, with small tables and nothing compiled."""
    monkeypatch.setattr("ingest.kb.load.files", lambda _package: tmp_path)
    write_tables(tmp_path / "data")
    return tmp_path


@pytest.fixture(autouse=True)
def _warnings(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    with caplog.at_level(logging.WARNING, logger="ingest.kb.load"):
        yield


def answers(kb: KnowledgeBase) -> tuple[object, ...]:
    """What a knowledge base says to some questions."""
    ids = ("Q1001", "Q1003", "Q2001", "Q2002", "Q3001", "x-firefly", "x-laurel-works")
    return (
        kb.version,
        list(kb.entities.values()),
        kb.titles(),
        [kb.by_id(own_id) for own_id in ids],
        [kb.relations_of(own_id) for own_id in ids],
        [list(kb.lookup(name)) for name in ("Freedonia", "lw", "Bob Trentino", "Zenda")],
        [list(kb.surnamed(word)) for word in ("firefly", "trentino")],
        kb.name_lists(),
    )


def test_what_was_compiled_answers_as_the_tables(package: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing is warned of, and nothing half-written is left."""
    assert build() == Made(curated=len(ENTITIES), wide=len(WIDE))
    assert sorted(file.name for file in (package / "compiled").iterdir()) == ["curated.npz", "wide.npz"]
    assert answers(load_knowledge_base()) == answers(load_folders(package / "data"))
    assert caplog.messages == []


def test_what_is_not_compiled_is_made_in_memory(package: Path, caplog: pytest.LogCaptureFixture) -> None:
    """It answers the same, and says what would make it quicker; no file is written."""
    assert answers(load_knowledge_base()) == answers(load_folders(package / "data"))
    (message,) = caplog.messages
    assert CHANGED in message
    assert "eig kb build" in message
    assert not (package / "compiled").exists()


@pytest.mark.parametrize(
    ("changed", "titles"),
    [
        ({"entities": (*ENTITIES, "zenith\tZenith\tplace\t\tZenith\t\t\t\t")}, {"Zenith"}),
        ({"wide": (*WIDE, "Zephyr\t\tplace\tQ9\t\t\t\t0")}, {"Zephyr"}),
        ({"relations": RELATIONS[1:]}, set()),
    ],
)
def test_a_changed_table_is_noticed(
    package: Path, caplog: pytest.LogCaptureFixture, changed: dict[str, tuple[str, ...]], titles: set[str]
) -> None:
    """The compiled file is left aside, whichever table it is, until the tables are compiled again."""
    build()
    before = set(load_knowledge_base().titles())
    write_tables(package / "data", **changed)
    kb = load_knowledge_base()
    assert answers(kb) == answers(load_folders(package / "data"))
    assert set(kb.titles()) - before == titles
    assert [CHANGED in message for message in caplog.messages] == [True]
    build()
    caplog.clear()
    assert answers(load_knowledge_base()) == answers(kb)
    assert caplog.messages == []


def test_a_compiled_file_of_another_format_is_left_aside(
    package: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an upgrade the files are made anew."""
    build()
    monkeypatch.setattr("ingest.kb.layer.FORMAT", FORMAT + 1)
    assert answers(load_knowledge_base()) == answers(load_folders(package / "data"))
    assert [CHANGED in message for message in caplog.messages] == [True]


def test_the_compiled_files_are_what_is_used(package: Path) -> None:
    """An emptied layer of the right digest answers nothing: the tables are not read again."""
    build()
    digest = load_knowledge_base().curated.digest
    with (package / "compiled" / "curated.npz").open("wb") as file:
        write_arrays(LayerBuilder.empty().arrays(digest), file)
    kb = load_knowledge_base()
    assert list(kb.lookup("Sylvania")) == []
    assert [item.key for item in kb.lookup("Zenda")] == ["Q2002"]


@pytest.mark.usefixtures("package")
def test_more_folders_are_laid_over_the_compiled_ones(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Rows are replaced and added, relations added, and the wide layer stays."""
    build()
    own = write_tables(
        tmp_path_factory.mktemp("own"),
        entities=(
            "chico\tChico Agent\tperson\t\t\tsylvania\t\t\t",
            ENTITIES[1].replace("\tFreedonia\t", "\tFree Land\t", 1),
        ),
        relations=("chico\tMEMBER_OF\tsylvania\t\t\t\tour own",),
        wide=(),
    )
    kb = load_knowledge_base(own)
    assert [item.key for item in kb.lookup("Free Land")] == ["freedonia"]
    assert [relation.type for relation in kb.relations_of("Q1002")] == ["OPPOSES", "MEMBER_OF"]
    assert [item.key for item in kb.lookup("Bob Trentino")] == ["Q2001"]
    assert kb.version != load_knowledge_base().version


def test_tables_with_problems_are_not_compiled(package: Path) -> None:
    """All problems of all tables are told, also those of wide rows, and what was compiled stays."""
    build()
    kept = (package / "compiled" / "wide.npz").read_bytes()
    write_tables(
        package / "data", entities=(*ENTITIES, "x\tX\tplanet\t\t\t\t\t\t"), wide=("a\tb", "\t\tplace\tx\t\t\t\t²")
    )
    with pytest.raises(KnowledgeBaseError) as caught:
        build()
    assert [problem.split(" ", 1)[0] for problem in caught.value.problems] == [
        "entities_a.tsv:6:",
        "wide_a.tsv:2:",
        "wide_a.tsv:3:",
        "wide_a.tsv:3:",
        "wide_a.tsv:3:",
    ]
    assert (package / "compiled" / "wide.npz").read_bytes() == kept


def test_other_files_beside_the_tables_change_nothing(package: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A note in the folder is no table."""
    build()
    (package / "data" / "README.md").write_text("Notes", encoding="utf-8")
    assert len(load_knowledge_base().entities) == len(ENTITIES)
    assert caplog.messages == []
