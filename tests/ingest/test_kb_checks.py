"""What a knowledge base in good order is looked at for."""

from __future__ import annotations

from pathlib import Path

from small_kb import small_kb

from ingest.kb.checks import Collision, Recall, collisions, recall


def test_forms_of_several_entities_are_listed() -> None:
    """In order, each with all that have it; forms that need context or never match are no collision."""
    assert list(collisions(small_kb())) == [
        Collision("Georgia", ("georgia", "georgia-us")),
        Collision("Washington", ("washington", "washington-state")),
    ]


def test_recall_counts_what_is_known_and_what_is_named(tmp_path: Path) -> None:
    """By title or id, and by name; rows of other types and lists that are not there do not count."""
    (tmp_path / "natural_earth.tsv").write_text(
        "source\tname\ttype\tcountry\taliases\tqid\tenwiki\troles\n"
        "here\tTehran\tplace\tir\t\tQ1\tTehran\t\n"
        "here\tGaza\tplace\t\t\t\t\t\n"
        "here\tNowhere\tplace\t\t\tQ2\t\t\n"
        "here\tIran\tstate\tir\t\t\tIran\t\n",
        encoding="utf-8",
    )
    assert list(recall(small_kb(), tmp_path)) == [Recall("natural_earth.tsv", entities=3, known=1, named=2)]
