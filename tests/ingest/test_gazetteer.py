"""Names of the knowledge base in text."""

from __future__ import annotations

import pytest
from small_kb import extract, found


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Israel Katz left Israel.", ["Israel Katz=israel-katz", "Israel=israel"]),
        (
            "The Syrian Democratic Forces fought Syrian troops.",
            ["Syrian Democratic Forces=sdf", "Syrian=syria/demonym"],
        ),
        ("Kataib Hezbollah and Hezbollah", ["Kataib Hezbollah=kataib-hezbollah", "Hezbollah=hezbollah"]),
        ("The Washington Post wrote.", ["Washington Post=washington-post"]),
        ("a Washington Post reporter", ["Washington Post=washington-post"]),
        ("the Pentagon said", ["Pentagon=the-pentagon"]),
        ("Iran's army; Iran’s navy", ["Iran=iran", "Iran=iran"]),
        ("Iran-backed, US-Israeli", ["Iran=iran", "US=united-states/acronym", "Israeli=israel/demonym"]),
        ("Russia sent F-16s and an F16.", ["Russia=russia", "F-16s=f-16"]),
        ("al-Qaeda, Al Qaeda, al Qaeda", ["al-Qaeda=al-qaeda", "Al Qaeda=al-qaeda", "al Qaeda=al-qaeda"]),
        ("Cote d’Ivoire", ["Cote d’Ivoire=ivory-coast"]),
        ("He flew to El Paso, Texas.", ["El Paso=el-paso", "Texas=texas"]),
        ("He flew to Washington, D.C. by night.", ["Washington, D.C.=washington"]),
    ],
)
def test_the_longest_name_wins(text: str, mentions: list[str]) -> None:
    """Longer names hold the shorter ones inside them, in every spelling that means the same."""
    assert found(text) == mentions


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("WHO said who was right, and US officials told us.", ["WHO=who/acronym", "US=united-states/acronym"]),
        ("TEHRAN (Reuters) - The army", ["TEHRAN=tehran", "Reuters=reuters"]),
        ("HAMAS SAYS IRAN WILL TELL US WHO IT IS", ["HAMAS=hamas", "IRAN=iran"]),
        ("The U.S. and the U.S", ["U.S.=united-states/acronym", "U.S=united-states/acronym"]),
        ("Joint Comprehensive Plan Of Action", ["Joint Comprehensive Plan Of Action=jcpoa"]),
        ("the joint comprehensive plan of action", []),
        ("jordan, turkey and china", []),
        ("nato and Nato", []),
    ],
)
def test_case_tells_a_name_from_a_word(text: str, mentions: list[str]) -> None:
    """Names match as written, capitalised or in capitals; acronyms as written alone."""
    assert found(text) == mentions


def test_a_form_that_is_never_matched_holds_its_place() -> None:
    """Nothing shorter is found in it."""
    assert found("Donald Trump left. Trump Tower burned. Trump stayed.") == [
        "Donald Trump=donald-trump",
        "Trump=donald-trump",
    ]


def test_a_form_that_needs_context_needs_another_form() -> None:
    """It counts only in an article that names the entity otherwise too."""
    assert found("Congress voted.") == []
    assert found("Congress voted.", title="The United States Congress") == [
        "United States Congress=us-congress",
        "Congress=us-congress",
    ]


def test_a_word_for_what_it_is_is_no_part_of_a_name() -> None:
    """In lower case, around a name that has no such word; nor is "the" or a title a part of it."""
    assert found("Hamas militants left Najran Province.") == ["Hamas=hamas", "Najran Province=najran"]
    assert found("He saw ethnic Muslims and Pope Francis.") == ["Muslims=muslims/demonym", "Francis=pope-francis"]


def test_one_form_of_two_entities_is_decided_the_same_way_always() -> None:
    """The state goes before the place, a capital before a province of the same name."""
    assert found("Georgia votes.") == ["Georgia=georgia"]
    assert found("He was in Washington.") == ["Washington=washington"]


def test_tags_and_themes_are_evidence_of_their_own() -> None:
    """They are matched like text, word by word, and make no mentions."""
    extraction = extract("Nothing here.", tags=("Iran Nuclear Deal", "MiddleEastSecurity", "U.S.-Israel Relations"))
    assert extraction.tagged == ("x-jcpoa", "x-middle-east", "x-united-states", "x-israel")
    assert extraction.mentions == ()
    assert {entity.id for entity in extraction.entities} == set(extraction.tagged)
