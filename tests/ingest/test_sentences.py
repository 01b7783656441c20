"""Sentence bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import sentence_bounds

PIECES = st.sampled_from(
    ["Mr. ", "U.S. ", "No. 5", "end.", " The ", "\n", "\r\n", "\n\n", "…", "“", "”", ")", "3.5", " "]
)


def split(text: str) -> list[str]:
    """The sentences of a text."""
    return [text[start:end] for start, end in sentence_bounds(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "U.S. President Donald Trump met Mr. Putin.",
        "Gen. Qasem Soleimani and Lt. Col. Smith were named by George W. Bush.",
        "It was No. 5 on a list of 3.5 million, up 1.2 percent.",
        "He lives in Washington, D.C. with John Q. Public.",
        'He said "Stop!" and left.',
        "“Really?” he asked.",
        "It took place on Aug. 5 at 10 a.m. local time.",
        "Apple Inc. Chief Executive Tim Cook spoke.",
        "They waited... and waited . . . and left.",
        "1. The first item of a list.",
        "One line that goes on\nin lower case on the next.",
    ],
)
def test_one_sentence_stays_whole(sentence: str) -> None:
    """Abbreviations, initials, numbers, quotations and dots that do not end a sentence do not split it."""
    assert split(sentence) == [sentence]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It is in the U.S. The talks failed.", ["It is in the U.S.", "The talks failed."]),
        ("“We agree.” They left. Why?", ["“We agree.”", "They left.", "Why?"]),
        ("He waited… Then he left.", ["He waited…", "Then he left."]),
        ("It was World War I. Following it, peace came.", ["It was World War I.", "Following it, peace came."]),
        ("A headline without a stop\nThe text begins.", ["A headline without a stop", "The text begins."]),
        ("One.\r\n\r\nTwo.\u2028Three.", ["One.", "Two.", "Three."]),
        ("Talks came to an end.The next round", ["Talks came to an end.", "The next round"]),
        ("第一句。第二句。", ["第一句。", "第二句。"]),
        (
            "She left at 5 p.m. He stayed. \u201cNo,\u201d she said.",
            ["She left at 5 p.m.", "He stayed.", "“No,” she said."],
        ),
        ("  \n ", []),
        ("", []),
    ],
)
def test_sentences_end_where_they_end(text: str, sentences: list[str]) -> None:
    """Terminal marks, line breaks and blank lines end a sentence, and white space around it belongs to none."""
    assert split(text) == sentences


def test_hard_wrapped_text_is_joined() -> None:
    """A line break in the middle of a wrapped paragraph ends no sentence, a blank line does."""
    text = (
        "The foreign ministers of the six states met the envoy of President\n"
        "Hassan Rouhani in the capital of Austria on Tuesday to talk about\n"
        "Iran and its enrichment of uranium. Nobody spoke to the reporters of\n"
        "the agencies.\n"
        "\n"
        "The talks go on."
    )
    sentences = split(text)
    assert [sentence[-12:] for sentence in sentences] == ["t of uranium", " agencies.", " go on."] or len(
        sentences
    ) == 3
    assert "President\nHassan Rouhani" in sentences[0]


@given(st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=20).map("".join))
def test_every_visible_character_is_in_one_sentence(text: str) -> None:
    """Bounds ascend, do not overlap, begin and end with visible characters, and leave out nothing but white space."""
    last = 0
    for start, end in sentence_bounds(text):
        assert last <= start < end <= len(text)
        assert not text[last:start].strip()
        assert text[start:end] == text[start:end].strip()
        last = end
    assert not text[last:].strip()
