"""Media and agencies that are only cited."""

from __future__ import annotations

import pytest
from small_kb import extract


@pytest.mark.parametrize(
    "text",
    [
        "Iran agreed, Reuters reported.",
        "He told Reuters that Iran agreed.",
        "Iran agreed, according to the news agency Reuters.",
        "WASHINGTON (Reuters) - Iran agreed.",
        "Iran agreed. — Reuters",
        "In an interview with Reuters he agreed.",
        "Reuters’ Jane Doe asked.",
        "A Reuters correspondent asked.",
        "As Reuters has earlier reported, Iran agreed.",
        "It was quoted by Reuters.",
    ],
)
def test_a_cited_source_is_only_a_source(text: str) -> None:
    """It stays a mention and is listed as a source."""
    extraction = extract(text)
    assert extraction.sources == ("x-reuters",)
    assert "x-reuters" in {mention.entity for mention in extraction.mentions}


@pytest.mark.parametrize(
    "text",
    [
        "Reuters was sold. Reuters reported it.",
        "The army attacked the office of Reuters.",
        "Reuters’ owner sold it.",
        "Iran reported it.",
        "Reuters",
    ],
)
def test_a_subject_is_no_source(text: str) -> None:
    """One mention that is no citation is enough; what is no medium is never a source."""
    assert extract(text).sources == ()


def test_tags_say_nothing_about_citation() -> None:
    """A medium that only a tag names is no cited source."""
    assert extract("", tags=("Reuters",)).sources == ()
