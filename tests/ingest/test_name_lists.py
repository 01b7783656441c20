"""Known names in a sentence."""

from __future__ import annotations

import pytest
from small_tagger import bits, name_lists

from ingest.tagger.name_lists import LIST_NAMES, Hit, NameLists
from ingest.tokens import tokenize

LISTS = name_lists(
    {
        "United States": ["state"],
        "United States Senate": ["organization"],
        "Senate Guard": ["armed_group"],
        "Georgia": ["state", "place"],
        "5 Star Movement": ["party"],
        "al-Nusra Front": ["armed_group"],
        "Nusra": ["small place"],
        "New York": ["city"],
        "New York Times Book Review": ["medium"],
    },
    {"Georgia": ["person"], "Washington Post": ["medium"]},
)


def found(text: str, lists: NameLists = LISTS) -> list[tuple[str, int]]:
    """The names in a text as they stand there, each with the number of its lists."""
    tokens = tokenize(text)
    return [(text[tokens[first].start : tokens[stop - 1].end], number) for first, stop, number in lists.find(tokens)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The United States said", [("United States", bits("state"))]),
        ("UNITED STATES", [("UNITED STATES", bits("state"))]),
        ("United we stand, United", []),
        ("Georgia", [("Georgia", bits("state", "place", "person"))]),
        ("the 5 Star Movement", [("5 Star Movement", bits("party"))]),
        ("the Washington Post", [("Washington Post", bits("medium"))]),
        ("", []),
    ],
)
def test_names_are_found_by_the_keys_of_their_tokens(text: str, names: list[tuple[str, int]]) -> None:
    """Whole names alone, in any case but a small first letter, with the lists of every table that holds them."""
    assert found(text) == names


def test_the_longest_name_wins() -> None:
    """A longer name is taken before a shorter one that begins at the same word; what it covers begins no other."""
    assert found("the United States Senate Guard") == [("United States Senate", bits("organization"))]
    assert found("the Senate Guard") == [("Senate Guard", bits("armed_group"))]


def test_a_long_name_that_breaks_off_leaves_the_short_one() -> None:
    """As many words as the longest name has are looked at, then fewer, down to one."""
    assert found("New York Times Book club of New York") == [("New York", bits("city")), ("New York", bits("city"))]


def test_a_name_begins_with_no_small_letter() -> None:
    """A name whose first word is written small is passed over, and a shorter one inside of it is found."""
    assert found("al-Nusra Front") == [("Nusra", bits("small place"))]
    assert found("Al-Nusra Front") == [("Al-Nusra Front", bits("armed_group"))]


def test_names_stand_side_by_side() -> None:
    """Behind a name the next one can begin at once."""
    tokens = tokenize("Georgia United States")
    assert list(LISTS.find(tokens)) == [
        Hit(0, 1, bits("state", "place", "person")),
        Hit(1, 3, bits("state")),
    ]


def test_every_list_has_a_bit_of_its_own() -> None:
    """The lists of a name can be told apart."""
    for name in LIST_NAMES:
        assert found("Lodz", name_lists({"Łódź": [name]})) == [("Lodz", bits(name))]


def test_without_tables_nothing_is_known() -> None:
    """No name is found where none is listed."""
    assert found("United States", name_lists()) == []
