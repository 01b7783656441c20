"""Rows of the knowledge base's tables: what is read from them and what is reported."""

from __future__ import annotations

import pytest

from ingest.kb.schema import (
    Alias,
    is_date,
    is_entity_id,
    parse_aliases,
    parse_entity,
    parse_flags,
    parse_relation,
)

IRAN = [
    "iran",
    "Iran",
    "state",
    "Q794",
    "Iran",
    "",
    "state in the Middle East",
    "Iranian~demonym|IRI~acronym,context",
    "",
]
LEADS = ["a", "LEADS", "b", "President", "2020-01-20", "2024", "public record"]


def entity_problems(**cells: str) -> list[str]:
    """Problems of the row of Iran with some cells changed."""
    names = ("key", "name", "type", "wikidata_id", "wikipedia", "country", "description", "aliases", "flags")
    problems: list[str] = []
    parse_entity([cells.get(name, value) for name, value in zip(names, IRAN, strict=True)], problems.append)
    return problems


def relation_problems(**cells: str) -> list[str]:
    """Problems of a sound LEADS row with some cells changed."""
    names = ("source", "type", "target", "office", "since", "until", "reference")
    problems: list[str] = []
    parse_relation([cells.get(name, value) for name, value in zip(names, LEADS, strict=True)], problems.append)
    return problems


def test_a_sound_entity_row_is_read_whole() -> None:
    """Every cell of a row arrives in its field, the name as the first alias."""
    problems: list[str] = []
    row = parse_entity(IRAN, problems.append)
    assert problems == []
    assert (row.key, row.name, row.type, row.wikidata_id, row.wikipedia) == ("iran", "Iran", "state", "Q794", "Iran")
    assert row.country is None
    assert row.description == "state in the Middle East"
    assert row.aliases == (
        Alias("Iran"),
        Alias("Iranian", kind="demonym"),
        Alias("IRI", kind="acronym", needs_context=True),
    )


@pytest.mark.parametrize(("wikidata_id", "expected"), [("Q794", "Q794"), ("", "x-iran")])
def test_the_id_is_the_wikidata_id_or_our_own(wikidata_id: str, expected: str) -> None:
    """An entity without a Wikidata id gets x- and its key."""
    cells = [*IRAN[:3], wikidata_id, *IRAN[4:]]
    assert parse_entity(cells, lambda _: None).id == expected


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"key": "Iran"}, "key 'Iran' is not"),
        ({"key": "iran--x"}, "key 'iran--x' is not"),
        ({"name": ""}, "the name is empty"),
        ({"type": "country"}, "unknown type 'country'; known: person, state"),
        ({"wikidata_id": "794"}, "'794' is not a Wikidata id"),
        ({"aliases": "Tehran~metonym"}, "a metonym needs the entity flag stands_for=KEY"),
        ({"flags": "capital"}, "unknown entity flag 'capital'"),
    ],
)
def test_each_fault_of_an_entity_row_is_reported(cells: dict[str, str], problem: str) -> None:
    """One wrong cell gives exactly one problem that names it."""
    (found,) = entity_problems(**cells)
    assert found.startswith(problem)


def test_all_faults_of_one_row_are_reported_together() -> None:
    """A row with three wrong cells gives three problems."""
    assert len(entity_problems(key="I", type="country", wikidata_id="q1")) == 3


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("Persia|Persia", "alias 'Persia' is listed twice"),
        ("Iran", "alias 'Iran' repeats the name without a flag"),
        (" Persia", "alias ' Persia' is empty or has spaces"),
        ("Persia||Fars", "alias '' is empty or has spaces"),
        ("Persia~old", "unknown flag 'old' of alias 'Persia'"),
        ("Persia~", "unknown flag '' of alias 'Persia'"),
        ("Persian~demonym,acronym", "alias 'Persian' has several kinds: acronym, demonym"),
    ],
)
def test_each_fault_of_an_alias_is_reported(cell: str, problem: str) -> None:
    """Aliases that repeat, contradict or say nothing are reported."""
    (found,) = entity_problems(aliases=cell)
    assert found.startswith(problem)


def test_the_name_can_carry_flags_of_its_own() -> None:
    """A name listed with a flag stays the first alias and has that flag."""
    problems: list[str] = []
    aliases = parse_aliases("Arrow", "Arrow 3|Arrow~context|Arrow Studio~never", problems.append)
    assert problems == []
    assert aliases == (Alias("Arrow", needs_context=True), Alias("Arrow 3"), Alias("Arrow Studio", never=True))


def test_entity_flags_are_read() -> None:
    """Seat, source and every former id arrive."""
    problems: list[str] = []
    flags = parse_flags("stands_for=iran|source|former=x-old|former=Q12", problems.append)
    assert problems == []
    assert (flags.stands_for, flags.is_source, flags.former_ids) == ("iran", True, ("x-old", "Q12"))


@pytest.mark.parametrize("flag", ["stands_for=", "former=old", "former=", "Source"])
def test_malformed_entity_flags_are_reported(flag: str) -> None:
    """A flag without its value, or with a value of the wrong shape, is unknown."""
    problems: list[str] = []
    parse_flags(flag, problems.append)
    assert [problem.startswith(f"unknown entity flag {flag!r}") for problem in problems] == [True]


def test_a_sound_relation_row_is_read_whole() -> None:
    """Every cell of a relation arrives; empty dates and offices are None."""
    problems: list[str] = []
    row = parse_relation(["a", "MEMBER_OF", "b", "", "", "", "public record"], problems.append)
    assert problems == []
    assert (row.source, row.type, row.target, row.reference) == ("a", "MEMBER_OF", "b", "public record")
    assert (row.office, row.since, row.until) == (None, None, None)


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"type": "RULES"}, "unknown relation 'RULES'; known: LEADS"),
        ({"office": ""}, "LEADS needs an office"),
        ({"type": "MEMBER_OF"}, "MEMBER_OF takes no office"),
        ({"target": "a"}, "'a' is related to itself"),
        ({"reference": ""}, "the reference is empty"),
        ({"since": "20 January 2020"}, "'20 January 2020' is not a date"),
        ({"until": "2024-13"}, "'2024-13' is not a date"),
        ({"until": "2019-12-31"}, "the relation ends (2019-12-31) before it begins (2020-01-20)"),
    ],
)
def test_each_fault_of_a_relation_row_is_reported(cells: dict[str, str], problem: str) -> None:
    """One wrong cell of a relation gives exactly one problem that names it."""
    (found,) = relation_problems(**cells)
    assert found.startswith(problem)


def test_dates_of_unequal_precision_compare_by_what_both_say() -> None:
    """A term from 20 January 2020 may end in "2020"."""
    assert relation_problems(since="2020-01-20", until="2020") == []


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("2024", True),
        ("2024-02", True),
        ("2024-02-29", True),
        ("2023-02-29", False),
        ("2024-2", False),
        ("24", False),
        ("2024-02-29T10:00", False),
    ],
)
def test_only_existing_days_months_and_years_are_dates(text: str, valid: bool) -> None:
    """ISO 8601 in three precisions, nothing else."""
    assert is_date(text) is valid


@pytest.mark.parametrize(
    ("text", "valid"), [("Q1", True), ("x-some-key", True), ("Q0", False), ("x-", False), ("some-key", False)]
)
def test_graph_ids_have_two_shapes(text: str, valid: bool) -> None:
    """An id is a Wikidata id or our own."""
    assert is_entity_id(text) is valid
