"""Dates as day numbers, so that a window is a comparison of integers and a timeline is arithmetic.

Day 0 is 1970-01-01. A month or a year counts as its first day; a time counts as its day in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from graph.model import DatePrecision, Filters, Granularity, TimelinePoint

EPOCH = date(1970, 1, 1)
BEYOND_ALL_DAYS = 10_000_000
_MISSING = {4: "-01-01", 7: "-01"}

# A timeline holds an article at its own precision or coarser: a date without a day has no day and no week.
PRECISIONS: Mapping[Granularity, tuple[DatePrecision, ...]] = {
    "day": ("day",),
    "week": ("day",),
    "month": ("day", "month"),
}


def day_number(published_at: str | None) -> int | None:
    """Days from 1970-01-01 to the first day of an ISO 8601 date of any precision; None where there is no date.

    Raises ValueError for text that is no such date.
    """
    if published_at is None:
        return None
    moment = datetime.fromisoformat(published_at + _MISSING.get(len(published_at), ""))
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC)
    return (moment.date() - EPOCH).days


def window(filters: Filters) -> tuple[int | None, int | None]:
    """First and last day of the window that filters ask for, both inclusive; None for a side left open."""
    return day_number(filters.since), day_number(filters.until)


def closed_window(filters: Filters) -> tuple[int, int]:
    """The same with a day before or after all that can be written for a side left open."""
    since, until = window(filters)
    return (-BEYOND_ALL_DAYS if since is None else since), (BEYOND_ALL_DAYS if until is None else until)


def timeline(articles_by_day: Mapping[int, int], *, by: Granularity) -> tuple[TimelinePoint, ...]:
    """Articles counted by day put together by day, week (its Monday) or month; empty periods are left out."""
    points: dict[str, int] = {}
    for day, articles in sorted(articles_by_day.items()):
        start = _period_start(EPOCH + timedelta(days=day), by)
        points[start] = points.get(start, 0) + articles
    return tuple(TimelinePoint(start, articles) for start, articles in points.items())


def _period_start(day: date, by: Granularity) -> str:
    if by == "week":
        day -= timedelta(days=day.weekday())
    elif by == "month":
        day = day.replace(day=1)
    return day.isoformat()
