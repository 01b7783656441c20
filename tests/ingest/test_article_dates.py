"""Dates and their precision. Most spellings are checked by the table of the documentation."""

import re
import time
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.dates import parse_date, read_date

_KEPT = re.compile(r"[12]\d{3}(-\d\d(-\d\d(T\d\d:\d\d:\d\dZ)?)?)?")
_WORDS = ["14", "July", "2015", "Mar", "10:00", "am", "PM", "Tue", "GMT", "EST", "+02:00", "T", "Z", ",", "-", "/", "."]


@pytest.mark.parametrize(
    ("given_date", "kept", "precision"),
    [
        (2015, "2015", "year"),
        (20150714, "2015-07-14", "day"),
        (1436868000, "2015-07-14T10:00:00Z", "day"),
        (1436868000.75, "2015-07-14T10:00:00Z", "day"),
        ("20150714100000", "2015-07-14T10:00:00Z", "day"),
        ("20150714T100000Z", "2015-07-14T10:00:00Z", "day"),
        ("2015-07-14Z", "2015-07-14", "day"),
        ("2015-07-14+02:00", "2015-07-14", "day"),
        ("2015-07-14T23:30:00-05:00", "2015-07-15T04:30:00Z", "day"),
        ("2015-07-14T10:00:00.123456789Z", "2015-07-14T10:00:00Z", "day"),
        ("Tue Jul 14 2015 10:00:00 GMT+0200 (Central European Summer Time)", "2015-07-14T08:00:00Z", "day"),
        ("2 May 2015 3 pm (EST)", "2015-05-02T20:00:00Z", "day"),
        ("2015-07-14 10:00 GMT+3", "2015-07-14T07:00:00Z", "day"),
        ("12/31/2015 11:59 PM", "2015-12-31T23:59:00Z", "day"),
        ("04/04/2015", "2015-04-04", "day"),
        ("Tuesday March 2022", "2022-03", "month"),
        ("July 2015 10:00", "2015-07", "month"),
        ("29 Feb 2016", "2016-02-29", "day"),
        ("2015.07", "2015-07", "month"),
        (" 2015-07 ", "2015-07", "month"),
    ],
)
def test_readable_dates(given_date: str | float, kept: str, precision: str) -> None:
    """Each spelling gives the date it means, in the precision it has."""
    assert parse_date(given_date) == (kept, precision)


@pytest.mark.parametrize(
    "text",
    [
        "2015-13-01",
        "2015-02-30",
        "29 Feb 2015",
        "31/02/2015",
        "13/13/2015",
        "03.13.2015",
        "13/2015",
        "2015-07T10:00",
        "2015-07-14 noon",
        "2015-07-14T25:00",
        "2015-07-14T10:00+99:00",
        "0999-12-31",
        "3000",
        "1000-01-01T00:00:00+05:00",
        "99999999999999",
        "201507141000",
        "July 14",
        "5 May 10:00 +0200",
        "14 July 15",
        "July",
        "2015 or so",
        "sometime in marvellous 2015",
        "٢٠١٥",
        "x" * 200,
        float("nan"),
        float("inf"),
        True,
    ],
)
def test_unreadable_dates_are_warned_of(text: str | float) -> None:
    """What is no date, or an impossible one, is undated and says so."""
    read = read_date(text)
    assert (read.value, read.precision) == (None, "none")
    assert read.warning is not None
    assert read.warning.endswith("the article counts as undated")


@pytest.mark.parametrize("absent", [None, "", "  "])
def test_no_date_is_no_warning(absent: str | None) -> None:
    """An article without a date is undated and nothing is wrong with it."""
    assert read_date(absent).warning is None


def test_day_and_month_that_cannot_be_told_apart_leave_the_year() -> None:
    """03/04/2015 is never read as a day, and a warning says why."""
    read = read_date("03/04/2015")
    assert (read.value, read.precision) == ("2015", "year")
    assert "cannot be told apart" in (read.warning or "")


def test_the_zone_of_this_machine_makes_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    """EDT is four hours behind UTC everywhere, and no zone means UTC everywhere."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        assert parse_date("2015-07-14 10:00 EDT")[0] == "2015-07-14T14:00:00Z"
        assert parse_date("2015-07-14 10:00")[0] == "2015-07-14T10:00:00Z"
    finally:
        monkeypatch.undo()
        time.tzset()


@settings(deadline=None)
@given(st.one_of(st.text(max_size=40), st.integers(), st.floats(), st.lists(st.sampled_from(_WORDS)).map(" ".join)))
@example("1 2 3 2015 May")
@example("May " + "9" * 90 + " 2015")
def test_any_value_is_a_date_or_none(value: str | float) -> None:
    """Nothing raises; what is read has the form of its precision and stays as it is."""
    text, precision = parse_date(value)
    if text is None:
        assert precision == "none"
    else:
        assert _KEPT.fullmatch(text)
        assert precision == {4: "year", 7: "month"}.get(len(text), "day")
        assert parse_date(text) == (text, precision)


@settings(deadline=None)
@given(st.datetimes(min_value=datetime(1000, 1, 2), max_value=datetime(2999, 12, 30), timezones=st.just(UTC)))
def test_moments_come_back(moment: datetime) -> None:
    """A date-time in ISO 8601, RFC 822 and plain words is the same moment."""
    expected = (moment.replace(microsecond=0, tzinfo=None).isoformat() + "Z", "day")
    assert parse_date(moment.isoformat()) == expected
    assert parse_date(f"{moment:%d %b} {moment.year} {moment:%H:%M:%S} +0000") == expected
    assert parse_date(f"{moment:%B %d}, {moment.year}, {moment:%I:%M:%S %p} UTC") == expected
