"""The language of articles."""

import pytest

from ingest.language import detect_language, normalise_language

_FRENCH = (
    "Le président a rencontré à Genève le ministre des Affaires étrangères; ils ont évoqué la crise au Liban. " * 4
)
_ENGLISH = "The president met the foreign minister in Geneva, where they spoke about the crisis in Lebanon. " * 4


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("en", "en"),
        ("EN-us", "en"),
        ("en_GB.UTF-8", None),
        ("eng", "en"),
        ("English", "en"),
        ("Français", "fr"),
        ("fas", "fa"),
        ("iw", "he"),
        ("zh_Hans_CN", "zh"),
        ("fil", "fil"),
        ("und", None),
        ("Klingon", None),
        ("", None),
        (None, None),
    ],
)
def test_stated_languages(stated: str | None, code: str | None) -> None:
    """Codes of two and three letters, with or without a region, and names are understood."""
    assert normalise_language(stated) == code


def test_normal_codes_stay() -> None:
    """What the detector or the table gives is understood as itself."""
    assert all(normalise_language(code) == code for code in ("en", "fa", "he", "uk", "nb", "pcm"))


def test_other_languages_are_detected() -> None:
    """A French text is French, also under an English title."""
    assert detect_language("", _FRENCH) == "fr"
    assert detect_language("Geneva talks", _FRENCH) == "fr"


def test_english_is_detected() -> None:
    """An English text is English."""
    assert detect_language("Geneva talks", _ENGLISH) == "en"


def test_short_texts_count_as_english() -> None:
    """Under 200 letters nothing is guessed."""
    assert detect_language("Le président", _FRENCH[:150]) == "en"
    assert detect_language("", "1 2 3 4 5 " * 100) == "en"
