"""Capitals that act and capitals where something is."""

from __future__ import annotations

import pytest
from small_kb import extract, found


@pytest.mark.parametrize(
    "text",
    [
        "Tehran said it would answer.",
        "Tehran insists on it.",
        "Tehran has repeatedly denied the charge.",
        "They warned Tehran.",
        "It is to prevent Tehran from achieving it.",
        "There were talks with Tehran.",
        "It would send a message to Tehran.",
        "They imposed sanctions on Tehran.",
        "It wants concessions from Tehran.",
        "Tehran’s controversial ballistic missile programme",
        "A Tehran spokesman came.",
        "It was backed by Tehran.",
        "A tougher policy toward Tehran",
    ],
)
def test_a_capital_that_acts_stands_for_its_state(text: str) -> None:
    """As the subject of a deed, the object of an address, the owner of a policy."""
    assert found(text) == ["Tehran=tehran/metonym"]
    assert [mention.stands_for for mention in extract(text).mentions] == ["x-iran"]


@pytest.mark.parametrize(
    "text",
    [
        "They met in Tehran.",
        "He flew to Tehran.",
        "He came from Tehran on Monday.",
        "A Tehran court met.",
        "Tehran is the largest city.",
        "Tehran’s old bazaar burned.",
        "the Tehran-based group",
        "They left for Tehran.",
        "the streets of Tehran",
        "Tehran",
    ],
)
def test_a_capital_where_something_is_is_a_place(text: str) -> None:
    """Behind a preposition of place, as a modifier, or where nothing tells."""
    assert found(text) == ["Tehran=tehran"]


def test_coordinated_capitals_are_judged_together() -> None:
    """What stands before the first or behind the last holds for all."""
    assert found("Washington and Jerusalem are seeking to agree.") == [
        "Washington=washington/metonym",
        "Jerusalem=jerusalem/metonym",
    ]
    assert found("ties between Iran and Moscow") == ["Iran=iran", "Moscow=moscow/metonym"]
    assert found("between Washington and Tehran") == ["Washington=washington/metonym", "Tehran=tehran/metonym"]
    assert found("Hamas and Tehran warned Hezbollah.")[1] == "Tehran=tehran/metonym"
    assert found("They met in Moscow and Tehran.") == ["Moscow=moscow", "Tehran=tehran"]
    assert found("The White House and the Hamas agreed.")[0] == "White House=white-house"


def test_seats_of_government_follow_the_same_rules() -> None:
    """The article in front of them is looked through."""
    assert found("The White House warned them.") == ["White House=white-house/metonym"]
    assert found("They met at the White House.") == ["White House=white-house"]
    assert found("White House officials spoke.") == ["White House=white-house/metonym"]


def test_an_address_is_a_place() -> None:
    """A city with its state behind it stands for nothing."""
    assert found("TEHRAN, Iran - The army said") == ["TEHRAN=tehran", "Iran=iran"]
    assert found("In Tehran, Iran") == ["Tehran=tehran", "Iran=iran"]
    assert found("They warned Tehran, which agreed.") == ["Tehran=tehran/metonym"]


def test_tags_have_no_metonyms() -> None:
    """A tag has no sentence to judge by."""
    assert extract("", tags=("Tehran said",)).tagged == ("x-tehran",)
