"""Saved web pages."""

import pytest

from ingest.articles import BadArticle, make_article
from ingest.sources.html import read_html

_BODY = (
    "<p>The foreign ministers of Iran and six world powers met in Vienna on Tuesday to sign the agreement.</p>"
    "<p>The <a href='x'>deal</a> limits <b>enrichment</b>, said the European Union\u2019s envoy, Jane Roe.</p>"
)
_TEXT = (
    "The foreign ministers of Iran and six world powers met in Vienna on Tuesday to sign the agreement.\n"
    "The deal limits enrichment, said the European Union\u2019s envoy, Jane Roe."
)


def _page(head: str = "", body: str = _BODY, start: str = '<!DOCTYPE html><html lang="en-GB">') -> str:
    return (
        f"{start}<head><title>Deal signed</title>{head}</head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>Deal signed</h1>{body}</article><footer>Copyright 2019</footer></body></html>"
    )


def test_a_page_gives_title_and_text() -> None:
    """Navigation and footer go, the title is not repeated, and what the page does not say is not guessed."""
    article = make_article(read_html(_page().encode()))
    assert (article.title, article.text, article.language) == ("Deal signed", _TEXT, "en")
    assert (article.url, article.publisher, article.published_at, article.tags) == (None, None, None, ())


def test_metadata_are_read() -> None:
    """Canonical address, site, author and keywords come from the head of the page."""
    head = (
        '<link rel="canonical" href="https://example.com/deal?utm_source=x">'
        '<meta name="keywords" content="Iran, Vienna">'
        '<meta property="og:site_name" content="Example News"><meta name="author" content="Jane Roe">'
    )
    article = make_article(read_html(_page(head).encode()))
    assert (article.url, article.publisher) == ("https://example.com/deal", "Example News")
    assert (article.tags, article.extra) == (("Iran", "Vienna"), {"author": "Jane Roe"})


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ('<meta property="article:published_time" content="2015-07">', "2015-07"),
        ('<meta property="article:published_time" content="2015-07-14T10:00:00+02:00">', "2015-07-14T08:00:00Z"),
        ('<meta name="DC.date.issued" content="14 July 2015">', "2015-07-14"),
        ('<meta name="date" content="soon"><meta itemprop="datePublished" content="2015">', "2015"),
        ('<script type="application/ld+json">{"datePublished": "2015-07-14"}</script>', "2015-07-14"),
        ('<meta property="article:modified_time" content="2016-01-01">', None),
    ],
)
def test_dates_come_from_metadata_in_their_precision(head: str, date: str | None) -> None:
    """The first readable date of publication counts; no day is made up, and a change is no publication."""
    assert make_article(read_html(_page(head).encode())).published_at == date


def test_a_marked_time_is_the_date() -> None:
    """A time element counts where it is marked as the publication."""
    body = '<time datetime="2020-01-01">other</time><time itemprop="datePublished" datetime="2015-07-14"></time>'
    assert make_article(read_html(_page(body=body + _BODY).encode())).published_at == "2015-07-14"


@pytest.mark.parametrize("address", ["https://example.com/", "/deal", ""])
def test_a_canonical_address_that_is_none_is_ignored(address: str) -> None:
    """The front page, as badly made sites give for each page, identifies nothing; a malformed one neither."""
    assert read_html(_page(f'<link rel="canonical" href="{address}">').encode()).url is None


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("windows-1252", '<meta charset="windows-1252">'),
        ("windows-1252", ""),
        ("utf-8", '<meta charset="no-such-encoding">'),
        ("utf-8", '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'),
        ("windows-1252", '<meta charset="utf-8">'),
        ("utf-16", ""),
    ],
)
def test_encodings(encoding: str, head: str) -> None:
    """The encoding a page names is used where it fits, else that of its bytes."""
    assert make_article(read_html(_page(head).encode(encoding))).text == _TEXT


def test_xhtml_is_read() -> None:
    """An XML declaration makes no difference."""
    start = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" lang="en">'
    )
    assert make_article(read_html(_page(start=start).encode())).text == _TEXT


def test_a_page_in_page_form_is_taken_apart() -> None:
    """The headings of the page form are found in HTML too."""
    body = (
        f"<h2>Key Takeaways</h2><ul><li>The ministers met in Vienna.</li><li>The deal is signed.</li></ul>"
        f"<h2>Full Retelling</h2>{_BODY}<h2>Themes</h2><p>Diplomacy, Security</p>"
        "<h2>Entity Intersection Graph</h2><p>No entity connections available yet for this article.</p>"
    )
    article = make_article(read_html(_page(body=body).encode()))
    assert (article.title, article.text) == ("Deal signed", _TEXT)
    assert article.takeaways == ("The ministers met in Vienna.", "The deal is signed.")
    assert article.themes == ("Diplomacy", "Security")


def test_references_to_control_characters_are_dropped() -> None:
    """A page with characters that no tree of elements can hold is read without them."""
    body = _BODY.replace("Vienna", "&#1;Vi&#x0B;enna&#11;").replace("deal", "&#68;eal")
    assert read_html(_page(body=body).encode()).text == _TEXT.replace("deal", "Deal")


@pytest.mark.parametrize("page", [b"", b"<html></html>", b"<html><body><script>x</script></body></html>", b"<" * 1000])
def test_a_page_without_text_is_refused(page: bytes) -> None:
    """It says that no article text was found."""
    with pytest.raises(BadArticle, match="no article text was found"):
        read_html(page)


def test_a_binary_file_is_refused() -> None:
    """What only calls itself HTML is not read."""
    with pytest.raises(BadArticle, match="binary"):
        read_html(b"%PDF-1.7\n")


def test_what_the_parser_cannot_take_is_refused() -> None:
    """An error of the parser is the failure of that page alone."""
    with pytest.raises(BadArticle, match=r"no article text|cannot be read as HTML"):
        read_html(b"<html><body>" + b"<div>" * 100_000 + b"text")
