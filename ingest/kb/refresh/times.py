"""Points in time of Wikidata as ISO 8601 dates that say no more than is known."""

from __future__ import annotations

import re
from typing import Final

from ingest.kb.schema import is_date

YEAR, MONTH, DAY = 9, 10, 11
"""Precisions of Wikidata that a date has a form for; smaller numbers are decades, centuries and so on."""

_LENGTHS: Final = {YEAR: 4, MONTH: 7, DAY: 10}
_TIME: Final = re.compile(r"\+?([0-9]{4}-[0-9]{2}-[0-9]{2})T[0-9:]+(?:Z|[+-][0-9:]+)?")


def iso_date(time: str, precision: int) -> str:
    """A day, a month or a year, by the precision.

    Args:
        time: such as "2021-08-05T00:00:00Z".
        precision: 9 a year, 10 a month, 11 a day (and finer).

    Returns:
        An empty text where the precision is coarser than a year, the year is before the common era or of more than
        four digits, or the text is no time. A day or month that does not exist leaves the rest.
    """
    found = _TIME.fullmatch(time)
    if found is None or precision < YEAR:
        return ""
    length = _LENGTHS[min(precision, DAY)]
    dates = (found[1][:shorter] for shorter in (10, 7, 4) if shorter <= length)
    return next((date for date in dates if is_date(date)), "")


def agree(first: str, second: str) -> bool:
    """Whether two dates are the same as far as both say; what is not known agrees with everything."""
    return first.startswith(second) or second.startswith(first)


def says_more(old: str, new: str) -> bool:
    """Whether a date tells something that the old one does not: another time, or the same more precisely."""
    return not old.startswith(new)
