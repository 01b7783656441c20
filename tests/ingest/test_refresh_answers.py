"""Answers of a SPARQL service and points in time of Wikidata: what is read, and what is none."""

from __future__ import annotations

import json

import pytest
from sparql_playback import result

from ingest.kb.refresh.answers import NotAnAnswer, item_of, number_of, read_answer, text_of
from ingest.kb.refresh.times import agree, iso_date, says_more


def test_values_of_every_kind_are_read() -> None:
    """Items, texts with their language and numbers; a variable without a value is left out."""
    first, second = read_answer(
        result({"item": "Q5", "name": ("Rufus  Firefly\n", "mul"), "links": 12}, {"item": "Q6"})
    )
    assert item_of(first, "item") == "Q5"
    assert text_of(first, "name") == "Rufus Firefly"
    assert first["name"].language == "mul"
    assert number_of(first, "links") == 12
    assert (text_of(second, "name"), number_of(second, "links"), item_of(second, "name")) == ("", 0, "")


def test_an_answer_without_rows_is_one() -> None:
    """Nothing found is an answer too."""
    assert list(read_answer(result())) == []


def test_a_literal_of_an_older_service_is_a_literal() -> None:
    """SPARQL 1.0 services name a literal with a datatype differently."""
    (binding,) = read_answer(result({"n": {"type": "typed-literal", "value": "7", "datatype": "x"}}))
    assert (binding["n"].kind, number_of(binding, "n")) == ("literal", 7)


def test_an_unknown_value_is_no_text() -> None:
    """Wikidata says by a blank node that somebody is known to exist, but not who."""
    (binding,) = read_answer(result({"item": {"type": "bnode", "value": "t123"}}))
    assert (text_of(binding, "item"), item_of(binding, "item")) == ("", "")


def test_an_address_of_another_kind_is_no_item() -> None:
    """Properties and other sites have no item's id."""
    (binding,) = read_answer(result({"item": {"type": "uri", "value": "http://www.wikidata.org/entity/P31"}}))
    assert item_of(binding, "item") == ""


def test_half_a_surrogate_pair_is_replaced() -> None:
    """What could not be written into a file is not taken over."""
    body = result({"name": {"type": "literal", "value": "A\ud800"}})
    assert text_of(read_answer(body)[0], "name") == "A?"


@pytest.mark.parametrize("cut", [1, 2, 20])
def test_a_body_that_was_cut_off_is_no_answer(cut: int) -> None:
    """Wherever it ends."""
    with pytest.raises(NotAnAnswer, match="no whole JSON"):
        read_answer(result({"item": "Q5"})[:-cut])


@pytest.mark.parametrize("body", [b"<html>", b"", b"\xff\xfe\xfd", result() + b"\nTimeoutException at line 1"])
def test_what_is_not_json_is_no_answer(body: bytes) -> None:
    """A page, nothing, other bytes, or an error after the JSON."""
    with pytest.raises(NotAnAnswer, match="no whole JSON"):
        read_answer(body)


@pytest.mark.parametrize(
    "answer",
    [
        [],
        {},
        {"boolean": True},
        {"results": {}},
        {"results": {"bindings": [[]]}},
        {"results": {"bindings": [{"x": {"type": "uri"}}]}},
        {"results": {"bindings": [{"x": {"type": "literal", "value": 3}}]}},
    ],
)
def test_json_of_another_form_is_no_answer(answer: object) -> None:
    """Whatever is missing or of the wrong type."""
    with pytest.raises(NotAnAnswer, match="not SPARQL results"):
        read_answer(json.dumps(answer).encode())


@pytest.mark.parametrize(
    ("time", "precision", "date"),
    [
        ("2021-08-05T00:00:00Z", 11, "2021-08-05"),
        ("+2021-08-05T00:00:00Z", 11, "2021-08-05"),
        ("2021-08-05T00:00:00+00:00", 11, "2021-08-05"),
        ("2021-08-05T12:30:00Z", 14, "2021-08-05"),
        ("2021-08-01T00:00:00Z", 10, "2021-08"),
        ("2021-01-01T00:00:00Z", 9, "2021"),
        ("2020-01-01T00:00:00Z", 8, ""),
        ("2000-01-01T00:00:00Z", 7, ""),
        ("2021-00-00T00:00:00Z", 11, "2021"),
        ("2021-02-31T00:00:00Z", 11, "2021-02"),
        ("-0044-03-15T00:00:00Z", 11, ""),
        ("12021-03-15T00:00:00Z", 9, ""),
        ("0000-01-01T00:00:00Z", 9, ""),
        ("http://www.wikidata.org/.well-known/genid/1", 11, ""),
        ("", 0, ""),
    ],
)
def test_a_date_says_no_more_than_is_known(time: str, precision: int, date: str) -> None:
    """Years, months and days; what is coarser, or has no such form, is none."""
    assert iso_date(time, precision) == date


def test_dates_of_unequal_precision_agree() -> None:
    """As far as both say."""
    assert agree("2021", "2021-08-05")
    assert agree("", "2021")
    assert not agree("2021-07", "2021-08-05")


def test_a_date_says_more_when_it_is_finer_or_another() -> None:
    """A coarser one, or none, says nothing new."""
    assert says_more("2021", "2021-08")
    assert says_more("2021-08", "2022")
    assert not says_more("2021-08", "2021")
    assert not says_more("2021-08", "")
