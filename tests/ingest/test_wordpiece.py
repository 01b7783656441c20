"""Word pieces and the shapes of words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.tagger.wordpiece import SHAPES, WordPieces, shape_of

LISTED = (
    "[PAD] [UNK] [CLS] [SEP] un una uranium ##able ##a ##b ##aff ##d - ' . 2 ##0 ##2 ##6 erdogan s x ##x i istanbul"
)
VOCABULARY = LISTED.split()


@pytest.fixture(scope="module")
def pieces() -> WordPieces:
    """A cutter with few pieces."""
    return WordPieces(VOCABULARY)


@pytest.mark.parametrize(
    ("word", "cut"),
    [
        ("uranium", "uranium"),
        ("Uranium", "uranium"),
        ("unaffable", "[UNK]"),
        ("unable", "[UNK]"),
        ("unabb", "una ##b ##b"),
        ("unabd", "una ##b ##d"),
        ("unaab", "una ##a ##b"),
        ("2026", "2 ##0 ##2 ##6"),
        ("uranium-2", "uranium - 2"),
        ("'s", "' s"),
        ("...", ". . ."),
        ("Erdoğan", "erdogan"),
        ("Erdog\u0306an", "erdogan"),
        ("İstanbul", "istanbul"),
        ("iran", "[UNK]"),
        ("uranium-iran", "uranium - [UNK]"),
        ("\u0306", "[UNK]"),
        ("", "[UNK]"),
    ],
)
def test_words_are_cut_into_the_longest_pieces(pieces: WordPieces, word: str, cut: str) -> None:
    """From left to right, without case and marks; a part with an unknown rest is unknown as a whole."""
    assert [VOCABULARY[number] for number in pieces.cut(word)[0]] == cut.split()


def test_a_document_begins_and_ends_with_pieces_of_their_own(pieces: WordPieces) -> None:
    """They are read from the vocabulary."""
    assert (pieces.begin, pieces.end) == (2, 3)


def test_a_word_has_twelve_pieces_at_most(pieces: WordPieces) -> None:
    """The rest of a longer word is left out."""
    numbers, shapes = pieces.cut("x" * 40)
    assert [VOCABULARY[number] for number in numbers] == ["x"] + ["##x"] * 11
    assert len(shapes) == 12


def test_the_first_piece_of_a_word_can_be_told_by_its_shape(pieces: WordPieces) -> None:
    """Further pieces have the word's shape plus eight; a word that is cut again gets the same."""
    for word, shapes in (("Unabd", [6, 14, 14]), ("UNABD", [4, 12, 12]), ("2026", [1, 9, 9, 9]), ("iran", [3])):
        assert pieces.cut(word)[1] == shapes
        assert pieces.cut(word)[1] == shapes


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("2026", 1),
        ("3.5", 2),
        ("-", 2),
        ("", 2),
        ("iran", 3),
        ("'s", 3),
        ("US", 4),
        ("U.S.", 4),
        ("F16", 4),
        ("A", 5),
        ("Iran", 6),
        ("McCain", 7),
        ("iPhone", 8),
        ("伊朗", 8),
    ],
)
def test_a_shape_says_how_a_word_is_written(word: str, shape: int) -> None:
    """Digits, no letter, lower, upper, one capital, title, mixed, other."""
    assert shape_of(word) == shape


@given(word=st.text(max_size=20))
def test_every_word_can_be_cut(pieces: WordPieces, word: str) -> None:
    """There is always a piece, and every shape has a row in the table."""
    numbers, shapes = pieces.cut(word)
    assert 1 <= len(numbers) == len(shapes)
    assert all(0 <= number < len(VOCABULARY) for number in numbers)
    assert all(0 < shape < SHAPES for shape in shapes)


def test_words_beyond_those_kept_are_cut_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Into the same pieces, and no more are held than may be."""
    monkeypatch.setattr("ingest.tagger.wordpiece.WORDS_KEPT", 3)
    few = WordPieces(VOCABULARY)
    words = ["una", "unabb", "x", "2026", "uranium", "Una"]
    assert [few.cut(word) for word in words * 2] == [WordPieces(VOCABULARY).cut(word) for word in words] * 2
