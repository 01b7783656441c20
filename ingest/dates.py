"""Reading of dates in the spellings newsrooms use, never more precise than they were given.

Python-dateutil reads month names and times. It fills what is missing with a default and swaps day and month where that
makes sense of an impossible date, so dates in figures are split here first, and a date with a month name is parsed
twice, with two defaults: what differs between the two was not in the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from types import MappingProxyType

from dateutil import parser

from graph.model import DatePrecision

FIRST_YEAR, LAST_YEAR = 1000, 2999
MAX_LENGTH = 100

# Only names that mean one offset in the news; IST or CST (China) would be a guess.
_ZONE_HOURS: Mapping[str, int] = MappingProxyType(
    {"UTC": 0, "GMT": 0, "Z": 0, "EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
    | {"BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "JST": 9}
)
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:Z|[+-]\d\d:\d\d)?)?)?", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?(?=$|[\sT,])", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?=$|[\sT]|\d{6}$)", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?=$|[\sT,])", re.ASCII)
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})", re.ASCII)
_NUMBER = re.compile(r"\d{9,13}(?:\.\d+)?", re.ASCII)
_MINUTE_OR_UNIX = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[0-2]\d[0-5]\d", re.ASCII)
_A_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)
_A_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE)
_OFFSET_NAME = re.compile(r"\b(?:GMT|UTC) ?(?=[+-]\d)")
_ZONE_COMMENT = re.compile(r"([+-]\d\d:?\d\d) ?\([^)]*\)$", re.ASCII)
_BRACKETS = re.compile(r"\(([A-Za-z]+)\)$")
_UNKNOWN_ZONE = timezone(timedelta(hours=23, minutes=59), "unknown")


class _Unreadable(ValueError):
    """The text is no date that can be read; the message says why."""


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date as read: ISO text (None where there is none), its precision, and what to tell about it."""

    value: str | None
    precision: DatePrecision
    warning: str | None = None


_NO_DATE = ReadDate(None, "none")


def parse_date(value: str | float | None) -> tuple[str | None, DatePrecision]:
    """A date as ISO text with its precision; (None, "none") where it is absent or cannot be read.

    See `read_date`, which also says what was wrong.
    """
    read = read_date(value)
    return read.value, read.precision


def read_date(value: str | float | None) -> ReadDate:
    """Read a date given as text or as Unix seconds or milliseconds.

    Dates become "YYYY", "YYYY-MM" or "YYYY-MM-DD", date-times "YYYY-MM-DDTHH:MM:SSZ" in UTC. Never raises: what cannot
    be read, or lies outside the years 1000 to 2999, has no value and a warning.
    """
    text = "" if value is None else str(value).strip()
    if not text:
        return _NO_DATE
    try:
        return _read(text)
    except (ValueError, OverflowError) as error:
        reason = str(error) if isinstance(error, _Unreadable) else "it is no date that can be read"
        return ReadDate(None, "none", f"date {text[:MAX_LENGTH]!r}: {reason}; the article counts as undated")


def _read(text: str) -> ReadDate:
    if len(text) > MAX_LENGTH:
        raise _Unreadable("it is too long for a date")
    if match := _ISO.fullmatch(text):
        return _of_parts(*match.groups())
    if _NUMBER.fullmatch(text):
        return _moment(_unix(text))
    text = _BRACKETS.sub(r"\1", _ZONE_COMMENT.sub(r"\1", " ".join(text.split())))
    for pattern, reader in ((_YEAR_FIRST, _year_first), (_COMPACT, _compact), (_YEAR_LAST, _year_last)):
        if match := pattern.match(text):
            return reader(match, text[match.end() :].strip(" ,"))
    if match := _MONTH_YEAR.fullmatch(text):
        return _of_parts(match[2], match[1], None)
    return _with_month_name(text)


def _year_first(match: re.Match[str], rest: str) -> ReadDate:
    return _dated(match[1], match[3], match[4], rest)


def _compact(match: re.Match[str], rest: str) -> ReadDate:
    return _dated(match[1], match[2], match[3], rest)


def _year_last(match: re.Match[str], rest: str) -> ReadDate:
    first, mark, second, year = match.groups()
    if mark == "." or int(second) <= 12 < int(first) or int(first) == int(second):
        return _dated(year, second, first, rest)
    if int(first) <= 12 < int(second):
        return _dated(year, first, second, rest)
    for month, day in ((first, second), (second, first)):
        _of_parts(year, month, day)
    warning = f"date {match[0]!r}: day and month cannot be told apart; only the year is kept"
    return ReadDate(_of_parts(year, None, None).value, "year", warning)


def _dated(year: str, month: str, day: str | None, rest: str) -> ReadDate:
    """A date in figures, followed by a time of day or by nothing."""
    parts = _of_parts(year, month, day)
    if not rest:
        return parts
    if day is None:
        raise _Unreadable("a time of day needs a day")
    return _moment(_parse(f"{parts.value} {rest.removeprefix('T')}", default=datetime(2000, 1, 1)))


def _of_parts(year: str, month: str | None, day: str | None) -> ReadDate:
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise _Unreadable(f"years from {FIRST_YEAR} to {LAST_YEAR} are read")
    if month is None:
        return ReadDate(year, "year")
    try:
        real = date(int(year), int(month), int(day or 1))
    except ValueError:
        raise _Unreadable("there is no such day") from None
    if day is None:
        return ReadDate(f"{real:%Y-%m}", "month")
    return ReadDate(real.isoformat(), "day")


def _unix(text: str) -> datetime:
    """The moment of a Unix time: from 10^11 on milliseconds (10^11 seconds would be the year 5138)."""
    if _MINUTE_OR_UNIX.fullmatch(text):
        raise _Unreadable("it may be a date down to the minute or a Unix time in milliseconds")
    number = float(text)
    return datetime.fromtimestamp(number / 1000 if number >= 1e11 else number, tz=UTC)


def _moment(moment: datetime) -> ReadDate:
    """A date-time as UTC text; one without a time zone counts as UTC.

    Where the zone's name is unknown the instant is too: the day stays as it was written.
    """
    if moment.tzinfo is _UNKNOWN_ZONE:
        return _of_parts(f"{moment.year:04}", str(moment.month), str(moment.day))
    utc = moment.astimezone(UTC) if moment.tzinfo else moment
    day = _of_parts(f"{utc.year:04}", str(utc.month), str(utc.day)).value
    return ReadDate(f"{day}T{utc:%H:%M:%S}Z", "day")


def _with_month_name(text: str) -> ReadDate:
    """A date with the name of a month and a year of four figures, in any order, perhaps with a time of day."""
    if not _A_YEAR.search(text) or not _A_MONTH.search(text):
        raise _Unreadable("no year of four figures, or no month, can be made out")
    first = _parse(text, default=datetime(2000, 1, 1))
    second = _parse(text, default=datetime(2004, 2, 2, hour=1))
    if (first.year, first.month) != (second.year, second.month):
        raise _Unreadable("no year, or no month, can be made out")
    if first.day != second.day:
        return _of_parts(f"{first.year:04}", str(first.month), None)
    if first.hour != second.hour:
        return _of_parts(f"{first.year:04}", str(first.month), str(first.day))
    return _moment(first)


def _parse(text: str, *, default: datetime) -> datetime:
    # "GMT+3" is three hours ahead in every newsroom; dateutil reads it as POSIX does, three behind.
    return parser.parse(_OFFSET_NAME.sub("", text), default=default, tzinfos=_zone)


def _zone(name: str | None, seconds: int | None) -> tzinfo | None:
    """The zone dateutil asks for. Without it the names of this machine's own zone would be read as local time."""
    if name is None and seconds is None:
        return None
    if seconds is not None:
        return timezone(timedelta(seconds=seconds))
    hours = _ZONE_HOURS.get((name or "").upper())
    return _UNKNOWN_ZONE if hours is None else timezone(timedelta(hours=hours))
