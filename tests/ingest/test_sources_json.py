"""JSON lines, arrays and single objects."""

import codecs
import io
import json
from typing import Any

import pytest

from graph.model import Article
from ingest.records import MAX_RECORD_BYTES, BadArticle
from ingest.sources.failure import Failure
from ingest.sources.json_lines import count_json, read_json

_LINE = b'{"text": "A."}'


def _read(data: bytes, *, lines: bool = False) -> list[str]:
    found = read_json(io.BytesIO(data), name="f", origin=None, lines=lines)
    return [f"!{one.where}: {one.reason}" if isinstance(one, Failure) else one.title + one.text for one in found]


@pytest.mark.parametrize("lines", [True, False])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\n\n \n"])
def test_lines_are_read_with_any_line_end(end: bytes, *, lines: bool) -> None:
    """Blank lines and carriage returns make no difference, nor does a byte order mark."""
    assert _read(codecs.BOM_UTF8 + end.join([_LINE, _LINE]) + end, lines=lines) == ["A.", "A."]


def test_a_bad_line_is_a_failure_and_the_rest_goes_on() -> None:
    """Its number, the reason and the line itself are kept, to be tried again."""
    data = b'{"text": "A."}\n\n{"text": \n[1]\n{"title": 5}\n{"text": "\xe9"}\n' + b"[" * 100_000 + b"\n" + _LINE
    found = list(read_json(io.BytesIO(data), name="f", origin="/f", lines=True))
    failures = [one for one in found if isinstance(one, Failure)]
    assert [one.where for one in failures] == ["f:3", "f:4", "f:5", "f:6", "f:7"]
    reasons = ["it is not JSON", "not a list", '"title" must be text', "not UTF-8 at byte 11", "nested too deeply"]
    assert all(reason in one.reason for reason, one in zip(reasons, failures, strict=True))
    assert failures[2].raw == '{"title": 5}'
    assert failures[2].origin == "/f"
    assert [type(one) for one in (found[0], found[-1])] == [Article, Article]


def test_a_line_too_long_is_passed_over() -> None:
    """A line over the limit is a failure without its text, also at the end; the lines around it are read."""
    long = b'{"text": "' + b"a" * MAX_RECORD_BYTES + b'"}'
    found = _read(b"\n".join([_LINE, long, _LINE, long]), lines=True)
    said = "the line is longer than 10,000,000 bytes"
    assert found == ["A.", f"!f:2: {said}", "A.", f"!f:4: {said}"]


@pytest.mark.parametrize("indent", [None, 2])
def test_an_array_is_read(indent: int | None) -> None:
    """Each object of an array is an article; others are failures with their number."""
    records: list[Any] = [{"text": "A."}, {"text": 5}, {"title": "B"}]
    expected = ["A.", '!f#2: "text" must be text, not a number', "B"]
    assert _read(json.dumps(records, indent=indent).encode()) == expected
    assert _read(json.dumps(records, indent=indent).encode(), lines=True) == expected


@pytest.mark.parametrize("indent", [None, 2])
def test_an_answer_of_a_news_api_is_read(indent: int | None) -> None:
    """The articles of an envelope are articles; an article that has a list "articles" itself is one article."""
    answer = {"status": "ok", "totalResults": 2, "articles": [{"title": "A"}, {"title": "B"}]}
    assert _read(json.dumps(answer, indent=indent).encode()) == ["A", "B"]
    assert _read(json.dumps({"text": "C.", "articles": []}, indent=indent).encode()) == ["C."]


@pytest.mark.parametrize("indent", [None, 2])
def test_a_single_object_is_read(indent: int | None) -> None:
    """One object is one article, on one line or on many."""
    assert _read(json.dumps({"text": "A.", "extra": {}}, indent=indent).encode()) == ["A."]
    assert _read(json.dumps({"none": "A."}, indent=2).encode())[0].startswith("!f: it has neither")


def test_lines_called_json_are_read_after_a_bad_first_line() -> None:
    """A file that is no document but has lines that are objects is read as lines, each failure with its number."""
    found = _read(b'{"text": \n' + _LINE + b"\n")
    assert found[0].startswith("!f:1: it is not JSON")
    assert found[1:] == ["A."]


@pytest.mark.parametrize("data", [b"", b" \n \n", b"[]", b'{"articles": []}', b"[1, 2", b'{"a": ', b'{"articles": [}'])
def test_a_document_without_articles_is_refused(data: bytes) -> None:
    """Empty and broken documents fail as a whole."""
    with pytest.raises(BadArticle, match=r"it holds no article|it is not JSON"):
        _read(data)


def test_utf_16_is_read() -> None:
    """JSON in UTF-16 with a byte order mark is JSON, in either byte order."""
    text = '{"text": "Téhéran"}\n{"text": "B."}\n'
    assert _read(codecs.BOM_UTF16_LE + text.encode("utf-16-le")) == ["Téhéran", "B."]
    assert _read(codecs.BOM_UTF16_BE + text.encode("utf-16-be")) == ["Téhéran", "B."]


def test_what_json_does_not_know_is_null() -> None:
    """NaN and infinities in a record are null, and broken escapes are replaced."""
    (article,) = read_json(
        io.BytesIO(b'{"text": "\\ud800 A.", "x": NaN, "y": -Infinity}'), name="f", origin=None, lines=True
    )
    assert isinstance(article, Article)
    assert (article.text, article.extra) == ("\ufffd A.", {"x": None, "y": None})


def test_lines_are_counted_with_and_without_an_end() -> None:
    """The last line counts whether or not it ends."""
    for data, expected in ((_LINE, 1), (_LINE + b"\n", 1), (_LINE + b"\n" + _LINE, 2)):
        assert count_json(io.BytesIO(data), lines=True) == expected
