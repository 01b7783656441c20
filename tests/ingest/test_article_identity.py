"""Which article is which."""

from dataclasses import fields, replace
from typing import Any

import pytest

from graph.model import Article
from ingest.articles import BadArticle, RawArticle, article_from_json, make_article
from ingest.identity import content_hash, has_own_identity, is_article_id, url_article_id

_FILE = "/archive/news.jsonl"


def _id(origin: str | None = None, **fields: object) -> str:
    return article_from_json({"text": "Talks resumed.", **fields}, origin=origin).id


def test_ids_are_opaque_and_safe_in_a_path() -> None:
    """An id is the letter a and twenty hexadecimal digits, whatever it comes from."""
    assert all(is_article_id(made) for made in (_id(), _id(id="é/../?#"), _id(url="https://example.com/a")))


def test_the_url_comes_first() -> None:
    """Neither the given id nor the publisher nor the file makes a difference where there is a URL."""
    url = "http://www.example.com/a?utm_source=x"
    assert _id(_FILE, url=url, id="1", source="A") == _id(url="https://example.com/a") == url_article_id(url)


def test_an_id_counts_within_its_publisher() -> None:
    """The same id is another article at another publisher, and the same article from another file."""
    assert _id(_FILE, id="7", publisher="A") == _id("/other.jsonl", id="7", publisher="a")
    assert _id(id="7", publisher="A") != _id(id="7", publisher="B")


def test_an_id_without_publisher_counts_within_its_file() -> None:
    """The same id in another file is another article, and so is one that comes from no file."""
    assert _id(_FILE, id="7") == _id(_FILE, id="7", text="Changed.")
    assert len({_id(_FILE, id="7"), _id("/other.jsonl", id="7"), _id(id="7"), _id(_FILE, id="8")}) == 4


def test_records_of_one_file_without_id_are_told_apart_by_content() -> None:
    """The path of a file with many records is no identity of any of them."""
    assert _id(_FILE) == _id("/other.jsonl") == _id()
    assert _id(_FILE) != _id(_FILE, text="Other talks.")


def test_a_file_that_holds_one_article_is_its_identity() -> None:
    """The article of a file stays the same when its text changes."""
    first = make_article(RawArticle(text="Talks.", origin="/a.txt", own_file=True))
    changed = make_article(RawArticle(text="More talks.", origin="/a.txt", own_file=True))
    copied = make_article(RawArticle(text="Talks.", origin="/b.txt", own_file=True))
    assert first.id == changed.id != copied.id
    assert first.content_hash == copied.content_hash != changed.content_hash
    assert not has_own_identity(first)


def test_the_path_is_nowhere_in_the_article() -> None:
    """The origin goes into the id as a hash alone."""
    article = make_article(RawArticle(text="Talks.", origin="/home/jane/secret.txt", own_file=True))
    assert "secret" not in repr(article)


def test_a_record_may_name_its_origin() -> None:
    """A path in "origin" scopes the id like the file it stands for, and is not stored."""
    article = article_from_json({"id": "7", "text": "Talks.", "origin": _FILE}, origin="/upload.jsonl")
    assert article.id == _id(_FILE, id="7")
    assert not article.extra


def test_an_origin_that_is_an_article_id_settles_it() -> None:
    """An id settled earlier is kept, but never against a URL or an id within a publisher."""
    settled = _id(_FILE, id="7")
    assert _id(origin=settled, id="7") == settled
    assert article_from_json({"text": "x", "origin": settled}).id == settled
    assert _id(origin=settled, url="https://example.com/a") == url_article_id("https://example.com/a")
    assert _id(origin=settled, id="7", publisher="A") == _id(id="7", publisher="A")


@pytest.mark.parametrize("origin", ["Reuters", "news/local.txt", 7, None])
def test_an_origin_of_another_kind_is_data(origin: object) -> None:
    """A field of that name that is neither a path nor an article id merges nothing and is kept."""
    article = article_from_json({"text": "Talks.", "origin": origin})
    assert article.extra == {"origin": origin}
    assert article.id != article_from_json({"text": "Other talks.", "origin": origin}).id


def test_own_identity_is_a_url_or_an_id() -> None:
    """An article with neither is the same as any with equal content."""
    assert has_own_identity(Article(id="", url="https://example.com/a"))
    assert has_own_identity(Article(id="", given_id="7"))
    assert not has_own_identity(Article(id="", title="Talks", publisher="A"))


@pytest.mark.parametrize("name", [field.name for field in fields(Article) if field.name not in ("id", "content_hash")])
def test_every_stored_field_is_hashed(name: str) -> None:
    """A change of any stored field changes the content hash."""
    article = Article(id="a", title="Talks")
    other: Any = {"x": 1} if name == "extra" else ("x",) if name in ("tags", "themes", "takeaways") else "x"
    assert content_hash(replace(article, **{name: other})) != content_hash(article)


def test_the_hash_does_not_depend_on_the_order_of_extra_fields() -> None:
    """Two records with the same fields in another order are equal."""
    one = article_from_json({"text": "x", "a": 1, "b": {"c": 2, "d": 3}})
    other = article_from_json({"b": {"d": 3, "c": 2}, "a": 1, "text": "x"})
    assert one.content_hash == other.content_hash


def test_a_bad_url_is_refused_with_advice() -> None:
    """The message names the URL and says what to do."""
    with pytest.raises(BadArticle, match=r"'/news/1' is no usable URL: it must begin with http.* leave it out"):
        article_from_json({"text": "x", "url": "/news/1"})
