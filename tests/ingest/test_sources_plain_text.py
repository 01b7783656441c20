"""Plain text and Markdown."""

import pytest

from ingest.articles import BadArticle, make_article
from ingest.sources.markdown import markdown_to_text
from ingest.sources.plain_text import LONGEST_TITLE, MAX_FRONT_MATTER, read_markdown, read_plain_text

_PAGE = (
    "A title\n#Iran #Hamas\n## Key Takeaways\n- *One* sentence.\n## Full Retelling\nThe **text**.\n## Themes\nDiplomacy"
)


def test_a_title_line_is_the_title() -> None:
    """A short first line with a blank line after it is the title."""
    raw = make_article(read_plain_text("\r\nTalks resume in Vienna\r\n\r\nThey met.\r\n"))
    assert (raw.title, raw.text) == ("Talks resume in Vienna", "They met.")


@pytest.mark.parametrize(
    "text",
    [
        "They met in Vienna.\n\nMore will follow.",
        "They met in Vienna\nand will again.",
        "They met in Vienna",
        "x" * (LONGEST_TITLE + 1) + "\n\nMore.",
        "In Vienna, they said:\n\nNothing.",
    ],
)
def test_other_first_lines_are_text(text: str) -> None:
    """A sentence, a line of a paragraph, a text of one line and a long line are no titles."""
    raw = read_plain_text(text)
    assert (raw.title, raw.text) == ("", text)


def test_a_page_is_left_whole() -> None:
    """A text in page form is taken apart when the article is made."""
    page = "A title\n\n#Iran\n\nKey Takeaways\n- One.\n\nFull Retelling\nText."
    assert read_plain_text(page).text == page
    article = make_article(read_plain_text(page))
    assert (article.title, article.tags, article.takeaways, article.text) == ("A title", ("Iran",), ("One.",), "Text.")


def test_front_matter_has_the_names_of_json_fields() -> None:
    """Fields are read in all their spellings, dates keep their precision, and unknown ones are kept."""
    raw = read_markdown(
        "---\nheadline: Talks\ndate: 2015-07\ntags: [Iran, '#Vienna']\nauthor: Jane Roe\n---\nThey *met*.\n"
    )
    article = make_article(raw)
    assert (article.title, article.text, article.published_at) == ("Talks", "They met.", "2015-07")
    assert (article.tags, article.extra) == (("Iran", "Vienna"), {"author": "Jane Roe"})


@pytest.mark.parametrize("date", ["2015-07-14", "2015", "14 July 2015"])
def test_dates_of_front_matter_stay_text(date: str) -> None:
    """YAML makes no moment of a day."""
    article = make_article(read_markdown(f"---\npublished: {date}\n---\nText."))
    assert article.published_at == ("2015" if date == "2015" else "2015-07-14")


def test_the_first_heading_is_the_title() -> None:
    """It is taken out of the text, wherever it stands, in either form."""
    for source in ("# Talks *resume*\n\nThey met.", "Talks resume\n======\nThey met.", "They met.\n\n# Talks resume #"):
        raw = read_markdown(source)
        assert (raw.title, raw.text) == ("Talks resume", "They met.")


def test_a_heading_that_repeats_the_title_is_no_text() -> None:
    """Another heading than the front matter's title is."""
    assert read_markdown("---\ntitle: Talks\n---\n# Talks\n\nThey met.").text == "They met."
    assert read_markdown("---\ntitle: Talks\n---\n# Vienna\n\nThey met.").text == "Vienna\n\nThey met."


def test_a_rule_across_the_page_is_no_front_matter() -> None:
    """Without "name: value" lines there are no fields, and nothing is lost."""
    assert read_markdown("---\n\nThey met.\n\n---\n\nIn Vienna.").text == "They met.\n\nIn Vienna."
    assert read_markdown("---\nNo end").text == "No end"


@pytest.mark.parametrize(
    "front", ["title: [", "a: &a [x]\nb: *a", "title: {a: b}\n", f"x: {'y' * MAX_FRONT_MATTER}", "a: " + "[" * 500]
)
def test_front_matter_that_cannot_be_read_is_refused(front: str) -> None:
    """Broken, wrong, endless and nested front matter fails with a reason."""
    with pytest.raises(BadArticle, match=r'front matter|"title" must be text'):
        read_markdown(f"---\n{front}\n---\nText.")


def test_a_page_in_markdown_is_taken_apart() -> None:
    """Its headings may be Markdown, and its parts lose their marks."""
    article = make_article(read_markdown(f"---\ntags: [Vienna]\n---\n{_PAGE}"))
    assert (article.title, article.text, article.takeaways) == ("A title", "The text.", ("One sentence.",))
    assert (article.tags, article.themes) == (("Vienna", "Iran", "Hamas"), ("Diplomacy",))


def test_markdown_is_reduced_to_its_words() -> None:
    """Links, images, emphasis, code, lists, quotes and HTML leave their words; comments leave nothing."""
    source = (
        "## Head *line*\n\nA [link](https://example.com) and ![a picture](x.png), `code`  \n"
        "&amp; <b>bold</b>\nend \\*.\n\n"
        "- one\n- two\n\n> quoted\n\n```\nfenced\n```\n\n<!-- gone\nand gone -->\n<div>boxed &lt;</div>\n\n[ref]: https://example.com\n"
    )
    assert markdown_to_text(source) == (
        "Head line\n\nA link and a picture, code\n& bold\nend *.\n\none\n\ntwo\n\nquoted\n\nfenced\n\nboxed <"
    )
