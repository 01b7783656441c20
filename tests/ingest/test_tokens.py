"""Tokens and their keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.tokens import plain, tokenize


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Iran's", ["Iran", "'s"]),
        ("Erdoğan’s won’t", ["Erdoğan", "’s", "won’t"]),
        ("IRAN'S", ["IRAN", "'S"]),
        ("workers' 'sanctions'", ["workers", "'", "'", "sanctions", "'"]),
        ("Iran-backed US-Israeli", ["Iran", "-", "backed", "US", "-", "Israeli"]),
        ("U.S.-led J.D. U.N", ["U.S.", "-", "led", "J.D.", "U.N"]),
        ("George W. Bush Jr. of St. Louis.", ["George", "W.", "Bush", "Jr.", "of", "St.", "Louis", "."]),
        ("Kh-47M2, 3.5 and 1,000 F-16s", ["Kh", "-", "47M2", ",", "3.5", "and", "1,000", "F", "-", "16s"]),
        ("Gideon Sa'ar, O'Brien's", ["Gideon", "Sa'ar", ",", "O'Brien", "'s"]),
        ("see https://iran.com/a, #Iran", ["see", "https://iran.com/a,", "#", "Iran"]),
        ("Erdog\u0306an", ["Erdog\u0306an"]),
    ],
)
def test_text_is_cut_so_that_names_can_match(text: str, tokens: list[str]) -> None:
    """Possessives, hyphens and marks stand apart; acronyms, initials and short titles keep their dots."""
    assert [token.text for token in tokenize(text)] == tokens


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("Erdoğan", "Erdogan"),
        ("Erdog\u0306an", "Erdogan"),
        ("U.S.", "US"),
        ("Kata’ib", "Kataib"),
        ("Łódź", "Lodz"),
        ("’", "'"),
        ("’s", "'s"),
        ("–", "-"),
        ("...", "..."),
        ("\u0301", "\u0301"),
    ],
)
def test_spellings_meet_in_a_plain_word(word: str, key: str) -> None:
    """Diacritics, inner apostrophes and dots go, and nothing becomes empty."""
    assert plain(word) == key


@given(st.text())
def test_tokens_slice_to_themselves(text: str) -> None:
    """Every token stands at its offsets with a key that is not empty, and only white space lies between tokens."""
    last = 0
    for token in tokenize(text):
        assert text[token.start : token.end] == token.text
        assert token.key
        assert not text[last : token.start].strip()
        last = token.end
    assert not text[last:].strip()
