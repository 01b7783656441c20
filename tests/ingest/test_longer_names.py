"""Parts of longer names that the knowledge base does not hold."""

from __future__ import annotations

import pytest
from small_kb import found


@pytest.mark.parametrize(
    "text",
    [
        "Then Jim Jordan spoke.",
        "He studied at the University of Tehran.",
        "He studied at Tehran University.",
        "The Iranian Supreme Court met.",
        "They named Farid Khosravani-Tehran.",
        "It was the Iran-Contra affair.",
        "The Iran-Israel Chamber of Commerce met.",
        "Donald Trump Jr. came.",
        "Donald Trump, Jr. came.",
        "They read it in French.",
        "He speaks French to them.",
        "a French-speaking town",
        "the French language",
        "It cost US$300.",
        "It cost 5 US dollars.",
    ],
)
def test_a_part_of_a_longer_name_is_no_mention(text: str) -> None:
    """Persons, institutions, compounds, languages and currencies do not name the state or place in them."""
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("The Iranian Foreign Minister spoke.", ["Iranian=iran/demonym"]),
        ("An Israeli Interior Minister", ["Israeli=israel/demonym"]),
        ("Iran Foreign Ministry Says University Closed", ["Iran=iran"]),
        ("The Russian Government", ["Russian=russia/demonym"]),
        ("an Anti-Iran, Iran-Backed and post-Soviet view of Iran", ["Iran=iran", "Iran=iran", "Iran=iran"]),
        ("the Chinese-Russian border", ["Chinese=china/demonym", "Russian=russia/demonym"]),
        ("He fled from Russian custody.", ["Russian=russia/demonym"]),
        ("the pro-Moscow New People Party", ["Moscow=moscow"]),
        ("the U.S.-Israel Alliance", ["U.S.=united-states/acronym", "Israel=israel"]),
        ("the cities of Iran", ["Iran=iran"]),
        ("the Foreign Minister of Iran", ["Iran=iran"]),
    ],
)
def test_what_stands_beside_an_office_or_a_prefix_is_a_mention(text: str, mentions: list[str]) -> None:
    """Titles, prefixes, hyphens between names and headlines enclose nothing."""
    assert found(text) == mentions
