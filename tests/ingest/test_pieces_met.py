"""The word pieces that a shipped network keeps."""

from __future__ import annotations

from ingest.tagger.wordpiece import WordPieces
from ingest.training.pieces_met import LEAST, pieces_met

PIECES = "[PAD] [UNK] [CLS] [SEP] iran ##ian oman é a ##b ##ab".split()  # noqa: SIM905


def test_pieces_that_texts_hold_are_kept() -> None:
    """With those that every text needs and single letters, whether they were met or not; rare ones are left out."""
    words = ["Iranian"] * (LEAST - 1) + ["Iran"] + ["oman"] * (LEAST - 1)
    kept = [PIECES[number] for number in pieces_met(WordPieces(PIECES), words)]
    assert kept == ["[UNK]", "[CLS]", "[SEP]", "iran", "a", "##b"]
    more = [PIECES[number] for number in pieces_met(WordPieces(PIECES), [*words, "iranians", "Iranian", "Oman"])]
    assert more == ["[UNK]", "[CLS]", "[SEP]", "iran", "##ian", "oman", "a", "##b"]
