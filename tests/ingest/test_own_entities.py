"""A user's own entities in a YAML file."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.kb import KnowledgeBaseError, load_folders, load_knowledge_base

TABLES = {
    "entities_x.tsv": (
        "key\tname\ttype\twikidata_id\twikipedia\tcountry\tdescription\taliases\tflags\n"
        "iran\tIran\tstate\t\t\t\t\t\t\n"
        "london\tLondon\tplace\t\t\t\tcapital of the United Kingdom\t\t\n"
    ),
    "relations_x.tsv": "source\ttype\ttarget\toffice\tsince\tuntil\treference\n",
}
GOOD = """
entities:
  - key: example-weekly
    name: Example Weekly
    type: organization
    country: iran
    description: magazine of a newsroom
    aliases:
      - The Weekly
      - {form: EW, flags: [acronym, context]}
    flags: [source]
  - {key: london, name: London, type: place, description: our London}
relations:
  - {source: example-weekly, type: HEADQUARTERED_IN, target: london, since: 1998}
  - {source: london, type: PART_OF, target: iran, since: 2001-02-03, reference: a joke}
"""


def tables(folder: Path) -> Path:
    """A folder with two entities."""
    folder.mkdir()
    for name, text in TABLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def problems_of(tmp_path: Path, text: str | bytes) -> tuple[str, ...]:
    """What is wrong with a file."""
    own = tmp_path / "own.yaml"
    own.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(KnowledgeBaseError) as raised:
        load_folders(tables(tmp_path / "tables"), own)
    return raised.value.problems


def test_entities_are_laid_over_the_tables(tmp_path: Path) -> None:
    """New ones are added, one whose key is known takes its place, relations come with their source."""
    own = tmp_path / "own.yaml"
    own.write_text(GOOD, encoding="utf-8")
    kb = load_folders(tables(tmp_path / "tables"), own)
    assert list(kb.entities) == ["iran", "london", "example-weekly"]
    assert kb.entities["london"].entity.description == "our London"
    weekly = kb.entities["example-weekly"]
    assert weekly.is_source
    assert weekly.entity.country == "x-iran"
    assert [(a.form, a.kind, a.needs_context) for a in weekly.aliases] == [
        ("Example Weekly", "name", False),
        ("The Weekly", "name", False),
        ("EW", "acronym", True),
    ]
    found = {(r.source, r.type, r.target, r.since, r.reference) for r in kb.relations_of("x-london")}
    assert found == {
        ("x-example-weekly", "HEADQUARTERED_IN", "x-london", "1998", "own entities"),
        ("x-london", "PART_OF", "x-iran", "2001-02-03", "a joke"),
    }


def test_they_are_laid_over_our_own_knowledge_base(tmp_path: Path) -> None:
    """Our own entities stay, and the version tells that something was added."""
    own = tmp_path / "own.yaml"
    own.write_text(
        "entities:\n- {key: example-weekly, name: Example Weekly, type: organization, country: iran}\n",
        encoding="utf-8",
    )
    ours, both = load_knowledge_base(), load_knowledge_base(own)
    assert len(both.entities) == len(ours.entities) + 1
    assert both.entities["example-weekly"].entity.country == "Q794"
    assert both.version != ours.version
    assert both.by_id("Q794") == ours.by_id("Q794")


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    """Nor does one with empty lists."""
    for text in ("", "# nothing yet\n", "entities:\nrelations: []\n"):
        own = tmp_path / "own.yaml"
        own.write_text(text, encoding="utf-8")
        folder = tmp_path / str(len(text))
        assert len(load_folders(tables(folder), own).entities) == 2


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("entities: [", "own.yaml: is no YAML"),
        (b"\xff\xfe\xfd", "own.yaml: is no YAML"),
        ("- a\n- b\n", "own.yaml: has no entities: and relations: at its top"),
        ("people: []\n", "own.yaml: 'people' is neither entities nor relations"),
        ("entities: 5\n", "own.yaml: entities is no list"),
        ("entities: [x]\n", "own.yaml: entities 1: is no mapping of fields"),
        ("entities:\n- {key: a, name: A, type: place, colour: red}\n", "own.yaml: entities 1: unknown field 'colour'"),
        ("entities:\n- {key: a, name: A, type: thing}\n", "own.yaml: entities 1: unknown type 'thing'"),
        ("entities:\n- {key: a, name: [A], type: place}\n", "own.yaml: entities 1: name is no text"),
        ("entities:\n- {key: a, name: A, type: place, aliases: B}\n", "own.yaml: entities 1: aliases is no list"),
        ("entities:\n- {key: a, name: A, type: place, aliases: [B~c]}\n", "own.yaml: entities 1: aliases: 'B~c' holds"),
        (
            "entities:\n- {key: a, name: A, type: place, aliases: [{form: B, kind: x}]}\n",
            "own.yaml: entities 1: unknown field 'kind'",
        ),
        (
            "entities:\n- {key: a, name: A, type: place}\n- {key: a, name: B, type: place}\n",
            "own.yaml: entities 2: key 'a' stands already in this file",
        ),
        ("relations:\n- {source: iran, type: PART_OF, target: nowhere}\n", "own.yaml: relations 1: no entity has"),
        ("relations:\n- {source: iran, type: LOVES, target: london}\n", "own.yaml: relations 1: unknown relation"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, text: str | bytes, problem: str) -> None:
    """The file, and which entity or relation it is."""
    assert any(each.startswith(problem) for each in problems_of(tmp_path, text))


def test_no_object_is_made_of_a_file(tmp_path: Path) -> None:
    """Tags that would call code are refused."""
    assert problems_of(tmp_path, "entities: !!python/object/apply:os.getcwd []\n")[0].startswith("own.yaml: is no YAML")
