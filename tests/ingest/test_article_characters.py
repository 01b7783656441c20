"""Cleaning of characters."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.characters import clean_text, distinct, one_line


def test_controls_go_and_line_ends_become_newlines() -> None:
    """Of control characters only newline and tab are kept."""
    assert clean_text("a\x00b\r\nc\rd\x0ce\tf\x1b\x7f\x9fg\ufeff") == "ab\nc\nd\ne\tfg"


def test_lone_surrogates_are_replaced() -> None:
    """Half of a broken JSON escape becomes the replacement character, so that the text can be written as UTF-8."""
    assert clean_text("a\ud800b").encode() == "a\ufffdb".encode()


def test_one_line_has_single_blanks() -> None:
    """Names and titles stand on one line."""
    assert one_line(" Joint\n Comprehensive\u00a0 Plan ") == "Joint Comprehensive Plan"


def test_distinct_keeps_the_first_spelling() -> None:
    """Items that differ in case alone are one; empty ones are none."""
    assert distinct(["Iran", "", "IRAN", "Vienna"]) == ("Iran", "Vienna")


@settings(deadline=None)
@given(st.text(alphabet=st.characters(), max_size=60))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    """Cleaned text is clean, and can be written as UTF-8."""
    once = clean_text(text)
    assert clean_text(once) == once
    assert once.encode().decode() == once
    assert one_line(one_line(text)) == one_line(text)
