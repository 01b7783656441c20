"""Dates as day numbers."""

from __future__ import annotations

import pytest

from graph.counting.days import day_number, timeline, window
from graph.model import Filters, Granularity, TimelinePoint


@pytest.mark.parametrize(
    ("published_at", "day"),
    [
        (None, None),
        ("1970", 0),
        ("1970-02", 31),
        ("1970-01-02", 1),
        ("1969-12-31", -1),
        ("1970-01-02T10:00:00Z", 1),
        ("1970-01-02T10:00:00", 1),
        ("1970-01-02T23:30:00-05:00", 2),
    ],
)
def test_a_date_counts_as_its_first_day_in_utc(published_at: str | None, day: int | None) -> None:
    """A year and a month stand on their first day, a time on its day in UTC."""
    assert day_number(published_at) == day


@pytest.mark.parametrize("text", ["", "May 2024", "2024-13", "2024-02-30", "24"])
def test_what_is_no_date_is_refused(text: str) -> None:
    """Text that is no ISO date raises instead of becoming some day."""
    with pytest.raises(ValueError):  # noqa: PT011 - the words are those of the standard library
        day_number(text)


def test_a_window_may_be_open() -> None:
    """A side that is not given stays open."""
    assert window(Filters(since="1970-01-02")) == (1, None)
    assert window(Filters(until="1970-01-03")) == (None, 2)


@pytest.mark.parametrize(
    ("by", "points"),
    [
        ("day", [("1969-12-28", 1), ("1969-12-31", 2), ("1970-01-01", 3), ("1970-01-05", 4)]),
        ("week", [("1969-12-22", 1), ("1969-12-29", 5), ("1970-01-05", 4)]),
        ("month", [("1969-12-01", 3), ("1970-01-01", 7)]),
    ],
)
def test_days_are_put_together(by: Granularity, points: list[tuple[str, int]]) -> None:
    """Weeks begin on Monday, also across a year; periods without an article are left out."""
    expected = tuple(TimelinePoint(start, articles) for start, articles in points)
    assert timeline({0: 3, -1: 2, 4: 4, -4: 1}, by=by) == expected
