"""Articles as JSON: spellings, types, and the way back."""

import logging
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.articles import (
    MAX_NAME_LENGTH,
    BadArticle,
    RawArticle,
    article_from_json,
    article_to_json,
    make_article,
)
from ingest.records import FIELD_SPELLINGS, MAX_DEPTH, MAX_RECORD_BYTES, json_value, raw_from_json

_VALUES: dict[str, Any] = {
    "id": "n-7",
    "url": "https://example.com/talks",
    "title": "Talks resume",
    "text": "Iran and six powers met.",
    "publisher": "Example News",
    "language": "fr",
    "published_at": "2015-07",
    "tags": ["Iran", "Vienna"],
    "themes": ["Diplomacy"],
    "takeaways": ["They met."],
}
_FIELDS = {"id": "given_id"}
_SPELLINGS = [(name, spelling) for name, spellings in FIELD_SPELLINGS.items() for spelling in spellings]


def _stored(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


@pytest.mark.parametrize(("name", "spelling"), _SPELLINGS)
def test_each_spelling_is_read(name: str, spelling: str) -> None:
    """A field is read under each of its names, also in camel case and capitals, and leaves nothing in extra."""
    head, *rest = spelling.split("_")
    for key in (spelling, head + "".join(map(str.capitalize, rest)), spelling.upper().replace("_", "-")):
        record = {"text": "Some text.", key: _VALUES[name]}
        if name == "text":
            record = {key: _VALUES[name]}
        article = article_from_json(record)
        assert getattr(article, _FIELDS.get(name, name)) == _stored(_VALUES[name])
        assert article.extra == {}


@pytest.mark.parametrize(("name", "spelling"), [pair for pair in _SPELLINGS if pair[0] != pair[1]])
def test_the_main_name_comes_first(name: str, spelling: str) -> None:
    """Where a field has two names the main one counts, and the other is kept in extra."""
    article = article_from_json({"title": "A title", spelling: "other", name: _VALUES[name]})
    assert getattr(article, _FIELDS.get(name, name)) == _stored(_VALUES[name])
    assert article.extra == {spelling: "other"}


@pytest.mark.parametrize("nothing", [None, "", "  ", [], {}])
def test_null_and_blank_count_as_absent(nothing: Any) -> None:
    """A spelling without a value gives way to the next."""
    article = article_from_json(
        {"title": nothing, "text": nothing, "headline": "Talks", "tags": nothing, "url": nothing}
    )
    assert (article.title, article.text, article.tags, article.url, article.extra) == ("Talks", "", (), None, {})


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", 5, '"title" must be text, not a number'),
        ("title", ["a"], '"title" must be text, not a list'),
        ("text", {"a": 1}, '"text" must be text, not an object'),
        ("text", True, '"text" must be text, not true or false'),
        ("id", True, '"id" must be text or a whole number, not true or false'),
        ("id", 1.5, '"id" must be text or a whole number, not a number'),
        ("publisher", ["a"], '"publisher" must be text or an object with a "name", not a list'),
        ("publisher", {"id": "a"}, '"publisher" must be text or an object with a "name", not an object'),
        ("tags", 7, '"tags" must be a list of names, or names separated by commas, not a number'),
        ("tags", ["a", 1.5], '"tags" must be a list of names, or names separated by commas, not a list'),
        ("takeaways", {"a": "b"}, '"takeaways" must be a list of sentences, not an object'),
        ("language", 7, '"language" must be text, not a number'),
        ("URL", 7, '"URL" must be text, not a number'),
    ],
)
def test_wrong_types_are_refused_by_name(field: str, value: Any, message: str) -> None:
    """The message names the field, what it must be and what it is."""
    with pytest.raises(BadArticle) as error:
        article_from_json({"text": "x", "title": "y"} | {field: value})
    assert str(error.value) == message


def test_wrong_types_under_other_names_are_data() -> None:
    """A foreign field that only shares a spelling is kept as it is."""
    foreign = {"content": {"html": "<p>"}, "source": ["a"], "keywords": {"iran": 0.5}, "guid": {"value": 1}}
    article = article_from_json({"title": "Talks", **foreign})
    assert article.extra == foreign


@pytest.mark.parametrize("record", [[], "text", 5, None, True])
def test_only_objects_are_articles(record: Any) -> None:
    """A list, a text or a number in place of an article is refused."""
    with pytest.raises(BadArticle, match="must be a JSON object, not "):
        article_from_json(record)


@pytest.mark.parametrize("record", [{}, {"title": None, "text": None}, {"text": "\x00 \n"}, {"takeaways": ["One."]}])
def test_an_article_needs_a_title_or_a_text(record: dict[str, Any]) -> None:
    """Without both it is refused."""
    with pytest.raises(BadArticle, match="neither title nor text"):
        article_from_json(record)


def test_ids_may_be_numbers_and_publishers_objects() -> None:
    """A whole number is an id; the name of an object is a publisher."""
    article = article_from_json({"id": 7, "title": "Talks", "source": {"id": None, "name": "Example News"}})
    assert (article.given_id, article.publisher) == ("7", "Example News")


@pytest.mark.parametrize(
    "tags",
    ["#Iran Nuclear Deal #Hamas", "Iran Nuclear Deal, Hamas", ["#Iran Nuclear Deal", {"name": "Hamas"}, "", None]],
)
def test_tags_come_in_several_forms(tags: Any) -> None:
    """Hashtags, text with commas and lists of names are the same tags."""
    assert article_from_json({"title": "Talks", "tags": tags}).tags == ("Iran Nuclear Deal", "Hamas")


def test_a_comma_inside_a_listed_tag_stays() -> None:
    """The items of a list are whole names; numbers among them are names too."""
    assert article_from_json({"title": "Talks", "tags": ["Washington, D.C.", 2015]}).tags == (
        "Washington, D.C.",
        "2015",
    )


def test_takeaways_may_be_lines() -> None:
    """A text of takeaways has one a line."""
    assert article_from_json({"title": "Talks", "takeaways": "One.\n\nTwo."}).takeaways == ("One.", "Two.")


def test_unknown_fields_are_kept_as_json() -> None:
    """Fields we have no name for are in extra, whole; an object "extra" is added to them."""
    article = article_from_json({"title": "x", "words": 5, "meta": {"a": [1, None]}, "extra": {"b": True}})
    assert article.extra == {"words": 5, "meta": {"a": [1, None]}, "b": True}
    assert article_from_json({"title": "x", "extra": 5}).extra == {"extra": 5}
    assert article_from_json({"title": "x", "extra": None}).extra == {}


def test_what_is_no_json_becomes_json() -> None:
    """Not-a-number is null, other objects are text, control characters and broken escapes go."""
    value = json_value({"a": float("nan"), "b": (1, {2: "x\x00"}), "c": complex(1, 2), "d": "\ud800"})
    assert value == {"a": None, "b": [1, {"2": "x"}], "c": "(1+2j)", "d": "\ufffd"}


def test_deep_nesting_is_refused() -> None:
    """What is nested deeper than any real record is no article."""
    deep: Any = "x"
    for _ in range(MAX_DEPTH + 1):
        deep = [deep]
    with pytest.raises(BadArticle, match="nested more than 64 deep"):
        article_from_json({"title": "x", "deep": deep})


def test_too_large_is_refused() -> None:
    """An article over ten million characters is refused with advice; ids and publishers have their own limit."""
    with pytest.raises(BadArticle, match="larger than 10,000,000 bytes: split it"):
        make_article(RawArticle(text="x" * (MAX_RECORD_BYTES + 1)))
    with pytest.raises(BadArticle, match='"id" has 2,001 characters; at most 2,000'):
        make_article(RawArticle(text="x", given_id="x" * (MAX_NAME_LENGTH + 1)))


def test_an_unreadable_date_is_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    """The article is undated and the log of ingest says which article and which date."""
    with caplog.at_level(logging.WARNING, logger="ingest"):
        article = article_from_json({"title": "Talks", "published_at": {"day": 5}})
    assert (article.published_at, article.date_precision) == (None, "none")
    assert "article 'Talks': date \"{'day': 5}\"" in caplog.text


def test_text_is_cleaned_and_title_on_one_line() -> None:
    """Offsets count code points of the cleaned text."""
    article = article_from_json({"title": "Talks\r\n resume", "text": "\n\x00One.\r\n\r\nTwo.\n"})
    assert (article.title, article.text) == ("Talks resume", "One.\n\nTwo.")


def test_the_text_of_a_record_may_be_a_page() -> None:
    """Page form is recognised in the text; the record's own title, tags and themes come first."""
    page = "Page title\n#Hamas #IRAN\nKey Takeaways\n- One.\nFull Retelling\nThe text.\nThemes\nDiplomacy"
    article = article_from_json({"text": page, "title": "Own title", "tags": ["Iran"], "themes": "Security"})
    assert article.title == "Own title"
    assert article.text == "Page title\nThe text."
    assert (article.tags, article.takeaways) == (("Iran", "Hamas"), ("One.",))
    assert article.themes == ("Security", "Diplomacy")
    assert article_from_json({"text": page}).title == "Page title"
    assert article_from_json({"text": page, "title": "Page title"}).text == "The text."


_TEXT = st.text(max_size=30)
_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), _TEXT), lambda inner: st.lists(inner, max_size=3)
)
_RECORDS = st.fixed_dictionaries(
    {"title": st.text(min_size=1, max_size=30)},
    optional={
        "text": st.one_of(_TEXT, st.just("A\n#b\nKey Takeaways\n- c\nFull Retelling\nd\nThemes\ne")),
        "content": _JSON,
        "id": st.one_of(_TEXT, st.integers()),
        "url": st.sampled_from(["", "http://example.com/a?utm_source=x", "https://www.example.com"]),
        "source": _JSON,
        "lang": _TEXT,
        "date": st.one_of(_JSON, st.dates().map(str)),
        "keywords": _JSON,
        "themes": st.lists(_TEXT, max_size=3),
        "takeaways": st.lists(_TEXT, max_size=3),
        "extra": st.dictionaries(st.sampled_from(["content", "tags", "x"]), _JSON, max_size=2),
    },
)


@settings(deadline=None)  # the first text long enough loads the model of the language detector
@given(_RECORDS, st.sampled_from([None, "/archive/news.jsonl"]), st.booleans())
def test_an_article_comes_back_from_its_json(record: dict[str, Any], origin: str | None, own_file: bool) -> None:
    """Writing an article as JSON and reading that gives an equal article, with its id and hash."""
    try:
        article = make_article(replace(raw_from_json(record, origin=origin), own_file=own_file))
    except BadArticle:
        return
    assert article_from_json(article_to_json(article)) == article
