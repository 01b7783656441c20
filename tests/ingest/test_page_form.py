"""The page form."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.articles import article_from_json
from ingest.page_form import PageForm, parse_page, split_tags

_TITLE = "Envoy 'insists' that talks go on"
_HASHTAGS = "#Jane Roe #Vienna Talks #U.S.-Iran Relations"
_PARTS = {
    "takeaways": "{}Key Takeaways\n- The envoy met the minister.\n- Talks go on.",
    "retelling": "{}Full Retelling\nThe envoy met the minister.\nTalks in Vienna go on.",
    "themes": "{}Themes\nDiplomacy, Middle East Security",
    "box": "Entity Intersection Graph\nNo entity connections available yet for this article.",
}
_WHOLE = PageForm(
    title=_TITLE,
    tags=("Jane Roe", "Vienna Talks", "U.S.-Iran Relations"),
    takeaways=("The envoy met the minister.", "Talks go on."),
    text="The envoy met the minister.\nTalks in Vienna go on.",
    themes=("Diplomacy", "Middle East Security"),
)
_LINES = st.sampled_from(
    [
        *("Key Takeaways", "Full Retelling", "Themes", "Entity Intersection Graph", "## Themes", "**Full Retelling**"),
        *(_TITLE, _HASHTAGS, "", "- one", "1. two", "a, b, #c", "x" * 400, "# #", "#" * 90 + " Full Retelling"),
    ]
)


def _page(order: str, pictogram: str = "") -> str:
    return "\n".join([_TITLE, _HASHTAGS, *(_PARTS[name].format(pictogram) for name in order.split())])


@pytest.mark.parametrize("pictogram", ["", "\U0001f4cc ", "\U0001f3f7\ufe0f ", "## ", "★"])
@pytest.mark.parametrize("order", ["takeaways retelling themes box", "box themes retelling takeaways"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\n\n"])
def test_a_page_is_taken_apart(order: str, pictogram: str, line_end: str) -> None:
    """Its parts are found in any order, with or without pictograms; what the box says is dropped."""
    page = parse_page(_page(order, pictogram).replace("\n", line_end))
    assert page is not None
    assert page.text.split() == _WHOLE.text.split()
    assert (page.title, page.tags, page.takeaways, page.themes) == (
        _WHOLE.title,
        _WHOLE.tags,
        _WHOLE.takeaways,
        _WHOLE.themes,
    )


@pytest.mark.parametrize(
    ("order", "missing"),
    [
        ("retelling", ("takeaways", "themes")),
        ("takeaways themes", ("text",)),
        ("retelling themes box", ("takeaways",)),
        ("takeaways box", ("text", "themes")),
    ],
)
def test_parts_may_be_missing(order: str, missing: tuple[str, ...]) -> None:
    """Missing parts are empty and the others are found."""
    page = parse_page(_page(order))
    assert page is not None
    for name in ("title", "tags", "takeaways", "text", "themes"):
        assert getattr(page, name) == (type(getattr(_WHOLE, name))() if name in missing else getattr(_WHOLE, name))


def test_hashtags_and_title_may_change_places() -> None:
    """The first line that is not hashtags is the title."""
    page = parse_page(f"{_HASHTAGS}\n\n# {_TITLE}\n\nFull Retelling\nText.")
    assert page is not None
    assert (page.title, page.tags, page.text) == (_TITLE, _WHOLE.tags, "Text.")


def test_bullets_and_numbers_are_no_part_of_a_takeaway() -> None:
    """Marks in front of takeaways go; lines without a mark are takeaways where a retelling follows."""
    page = parse_page("Key Takeaways\n• One.\n2) Two.\n\u2013 Three.\nFour.\nFull Retelling\nText.")
    assert page is not None
    assert page.takeaways == ("One.", "Two.", "Three.", "Four.")


def test_text_under_takeaways_without_a_retelling_is_text() -> None:
    """Where the heading of the text is missing, what has no bullet is the text."""
    page = parse_page("A title\nKey Takeaways\n- One.\n\nThe text.\nThemes\nDiplomacy")
    assert page is not None
    assert (page.title, page.takeaways, page.text, page.themes) == ("A title", ("One.",), "The text.", ("Diplomacy",))


def test_a_long_line_under_themes_is_text() -> None:
    """No list of themes is longer than two hundred characters."""
    page = parse_page(f"Full Retelling\nOne.\nThemes\n- Diplomacy\n- Security\n{'Words go on ' * 20}")
    assert page is not None
    assert page.themes == ("Diplomacy", "Security")
    assert page.text.startswith("One.\nWords go on")


def test_an_article_with_the_box_alone_loses_the_box() -> None:
    """Without takeaways and retelling all that stands before the box is the article, its first line too."""
    page = parse_page(
        "The envoy met the minister.\n#MeToo was not spoken of, " + "as was said before " * 5 + "\n" + _PARTS["box"]
    )
    assert page is not None
    assert page.title == ""
    assert page.tags == ()
    assert page.text.startswith("The envoy met the minister.\n#MeToo was not")
    assert "Intersection" not in page.text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Plain text.",
        "Key Takeaways\n- One.\n\nThe text.",
        "Themes\nOne",
        "Our Full Retelling of the talks\nText.",
        "Text about the Entity Intersection Graph.",
    ],
)
def test_other_texts_are_no_pages(text: str) -> None:
    """One heading that stands on other pages too, or headings inside a line, make no page."""
    assert parse_page(text) is None


def test_tags_from_one_text() -> None:
    """Hashtags may hold blanks; without hashes commas and semicolons part them; each tag comes once."""
    assert split_tags("#Iran Nuclear Deal #Hamas, #iran nuclear deal") == ("Iran Nuclear Deal", "Hamas")
    assert split_tags("Iran, Vienna; Talks,, ") == ("Iran", "Vienna", "Talks")
    assert split_tags(" # ") == ()


@settings(deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(_LINES, max_size=12).map("\n".join)))
def test_any_text_can_be_taken_apart_once(text: str) -> None:
    """Nothing raises, and the text of a page is no page again."""
    page = parse_page(text)
    assert page is None or parse_page(page.text) is None


@settings(deadline=None)
@given(st.lists(_LINES, max_size=12).map("\n".join), st.sampled_from(["", "Another title", _TITLE]))
def test_a_page_keeps_its_title_and_text_in_a_record_with_another_title(text: str, title: str) -> None:
    """Whatever title the record has, no word of the page's title or text is lost."""
    page = parse_page(text)
    if page is not None and (title or page.title or page.text):
        article = article_from_json({"title": title, "text": text, "language": "en"})
        held = f"{article.title} {article.text}"
        assert all(word in held for word in f"{page.title} {page.text}".split())
