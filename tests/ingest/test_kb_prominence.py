"""How much in the news a curated entity is: points of a table of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from kb_tables import write_tables

from ingest.kb import KnowledgeBaseError, load_folders
from ingest.kb.schema import CURATED_RANK


def write(folder: Path, *rows: str) -> Path:
    """The small tables with points beside them."""
    write_tables(folder)
    (folder / "prominence.tsv").write_text("\n".join(("key\tpoints", *rows)) + "\n", encoding="utf-8")
    return folder


def test_points_add_to_the_rank(tmp_path: Path) -> None:
    """Of curated entities that have some; the others and the wide ones keep their rank."""
    kb = load_folders(write(tmp_path, "freedonia\t9", "pinky\t1"))
    assert {item.key: item.rank - CURATED_RANK for item in kb.entities.values()} == {
        "firefly": 0,
        "freedonia": 9,
        "pinky": 1,
        "sylvania": 0,
    }
    wide = kb.by_id("Q2001")
    assert wide is not None
    assert wide.rank == 5


def test_points_belong_to_the_content(tmp_path: Path) -> None:
    """Others make another version."""
    versions = {load_folders(write(tmp_path / row[-1], row)).version for row in ("pinky\t1", "pinky\t2")}
    assert len(versions) == 2


@pytest.mark.parametrize("points", ["", "0", "10", "-1", "many", "²"])
def test_points_that_are_none_are_reported(tmp_path: Path, points: str) -> None:
    """With file and line."""
    with pytest.raises(KnowledgeBaseError) as caught:
        load_folders(write(tmp_path, "freedonia\t9", f"pinky\t{points}"))
    assert caught.value.problems == (f"prominence.tsv:3: {points!r} is not a number from 1 to 9",)


def test_points_of_nobody_are_reported(tmp_path: Path) -> None:
    """A key that no table has, one of the wide layer too."""
    with pytest.raises(KnowledgeBaseError) as caught:
        load_folders(write(tmp_path, "Q2001\t3"))
    assert caught.value.problems == ("prominence.tsv:2: no entity has the key 'Q2001'",)
