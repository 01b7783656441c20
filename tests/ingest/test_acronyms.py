"""Acronyms defined in brackets."""

from __future__ import annotations

import pytest
from small_kb import found


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        (
            "The Kurdistan Workers' Party (PKK) left. PKK fighters stayed.",
            ["Kurdistan Workers' Party=pkk", "PKK=pkk/acronym", "PKK=pkk/acronym"],
        ),
        (
            "PKK men left the Kurdistan Workers' Party (the “PKK”).",
            ["PKK=pkk/acronym", "Kurdistan Workers' Party=pkk", "PKK=pkk/acronym"],
        ),
        ("The PKK (Kurdistan Workers' Party) left.", ["PKK=pkk/acronym", "Kurdistan Workers' Party=pkk"]),
        (
            "The International Atomic Energy Agency (I.A.E.A.) met.",
            ["International Atomic Energy Agency=iaea", "I.A.E.A.=iaea/acronym"],
        ),
        ("The International Atomic Energy Organisation (IAEA) met.", ["IAEA=iaea/acronym"]),
        (
            "The Joint Comprehensive Plan of Action (JCPOA)",
            ["Joint Comprehensive Plan of Action=jcpoa", "JCPOA=jcpoa/acronym"],
        ),
    ],
)
def test_a_defined_acronym_counts_in_the_whole_article(text: str, mentions: list[str]) -> None:
    """In front of and behind its definition, in both orders, and for another spelling of a known name."""
    assert found(text) == mentions


@pytest.mark.parametrize(
    "text",
    [
        "The Social Democratic Front (SDF) met. SDF members left.",
        "The SDF (Social Democratic Front) met.",
        "The Social Democratic Front of Nowhere (“SDFN”) met.",
    ],
)
def test_a_definition_overrules_the_knowledge_base(text: str) -> None:
    """An acronym that the article defines as something unknown is not the one we know."""
    assert found(text) == []


def test_a_bracket_behind_a_name_need_not_define_it() -> None:
    """A dateline, a number or a party's letter is no acronym of what it follows."""
    assert found("Gaza Strip (AP) - Hamas (2007) and Donald Trump (R)") == [
        "Gaza Strip=gaza-strip",
        "AP=associated-press/acronym",
        "Hamas=hamas",
        "Donald Trump=donald-trump",
    ]
    assert found("Russia's World Health Organization (WHO").count("WHO=who/acronym") == 1


def test_a_known_name_may_be_the_end_of_a_longer_one() -> None:
    """The acronym then is the longer one's."""
    assert found("The Free Iran World Health Organization (FIWHO) met. FIWHO left.") == [
        "Iran=iran",
        "World Health Organization=who",
    ]


def test_quotation_marks_and_repetition_change_nothing() -> None:
    """The first definition stays; a bracket with more words than an acronym has letters defines nothing."""
    text = "The “Kurdistan Workers' Party” (PKK) left. The Kurdistan Workers' Party (PKK) left."
    assert found(f"{text} The PKK (some say no) left.").count("PKK=pkk/acronym") == 3
