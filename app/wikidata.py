"""Asks a SPARQL service such as Wikidata's, as its operators ask to be asked, and keeps every answer.

One query at a time, a User-Agent that says who asks, waits as long as the service says, and gives up in the end. The
rules: https://www.mediawiki.org/wiki/Wikidata_Query_Service/User_Manual#Query_limits and
https://foundation.wikimedia.org/wiki/Policy:Wikimedia_Foundation_User-Agent_Policy.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import Final, Self
from urllib.parse import urlsplit

import httpx

from app.answer_cache import AnswerCache
from ingest.kb.refresh import Binding, NotAnAnswer, Unanswered, read_answer

ENDPOINT: Final = "https://query.wikidata.org/sparql"
TRIES: Final = 6
# The public service stops a query after 60 s; a little more lets its own answer arrive.
TIMEOUT: Final = httpx.Timeout(10.0, read=75.0)
LONGEST_WAIT: Final = 600.0
FIRST_PAUSE: Final = 2.0
MOST_FAILURES: Final = 5
"""So many queries without an answer one after the other mean that the service is not there."""

_SHOWN: Final = 300
_THROTTLED: Final = (429, 503)

log = logging.getLogger(__name__)


class WikidataError(Exception):
    """The run cannot go on; the message says why and what to do."""


class _Again(Exception):
    """The same query may be answered later: after `seconds`, where the service says so."""

    def __init__(self, why: str, *, seconds: float | None = None) -> None:
        self.seconds = seconds
        super().__init__(why)


class WikidataClient:
    """Asks one service.

    Args:
        endpoint: its address, http or https.
        contact: an address or page of whoever runs this, as the service's operators want to know.
        cache: where answers are kept.
        timeout: for connecting, and between two parts of an answer.
        first_pause: seconds before the second try where the service does not say; doubled with each one.
        sleep: waits for so many seconds.

    Raises:
        WikidataError: where the address is none.
    """

    def __init__(
        self,
        endpoint: str,
        *,
        contact: str,
        cache: AnswerCache,
        timeout: httpx.Timeout = TIMEOUT,
        first_pause: float = FIRST_PAUSE,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        check_endpoint(endpoint)
        self.asked = 0
        self.from_cache = 0
        self._endpoint = endpoint
        self._cache = cache
        self._first_pause = first_pause
        self._sleep = sleep
        self._failures = 0
        headers = {"User-Agent": user_agent(contact), "Accept": "application/sparql-results+json"}
        # A query goes to the service that was named and to no other.
        self._http = httpx.Client(headers=headers, timeout=timeout, follow_redirects=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def ask(self, query: str) -> Sequence[Binding]:
        """The bindings that answer a query, from the cache where it holds them.

        Raises:
            Unanswered: where the query is refused, or no try gave an answer.
            WikidataError: where the service is not there, wants a long pause, or refuses everything.
        """
        kept = self._kept(query)
        if kept is not None:
            self.from_cache += 1
            return kept
        try:
            body, bindings = self._tried(query)
        except Unanswered as error:
            self._failures += 1
            if self._failures >= MOST_FAILURES:
                raise WikidataError(f"{self._failures} queries in a row have no answer; the last: {error}") from error
            raise
        self._failures = 0
        self.asked += 1
        self._cache.put(self._endpoint, query, body)
        return bindings

    def _kept(self, query: str) -> Sequence[Binding] | None:
        kept = self._cache.get(self._endpoint, query)
        try:
            return None if kept is None else read_answer(kept)
        except NotAnAnswer:  # somebody has edited the file
            return None

    def _tried(self, query: str) -> tuple[bytes, Sequence[Binding]]:
        for attempt in range(TRIES - 1):
            try:
                return self._once(query)
            except _Again as again:
                pause = self._pause(attempt) if again.seconds is None else again.seconds
                log.info("asking again in %.1f s: %s", pause, again)
                self._sleep(pause)
        try:
            return self._once(query)
        except _Again as again:
            raise Unanswered(f"no answer after {TRIES} tries; the last time {again}") from again

    def _pause(self, attempt: int) -> float:
        """Exponential, and by chance up to half as long again, so that clients do not come back all at once."""
        pause: float = self._first_pause * 2**attempt * random.uniform(1, 1.5)
        return min(pause, LONGEST_WAIT)

    def _once(self, query: str) -> tuple[bytes, Sequence[Binding]]:
        """The answer as it came, and what it says."""
        try:
            response = self._http.post(self._endpoint, data={"query": query})
        except httpx.RequestError as error:
            raise _Again(f"{type(error).__name__}: {error}") from error
        self._check(response)
        try:
            return response.content, read_answer(response.content)
        except NotAnAnswer as error:
            raise _Again(str(error)) from error

    def _check(self, response: httpx.Response) -> None:
        status = response.status_code
        if response.is_success:
            return
        if response.is_redirect:
            raise WikidataError(
                f"{self._endpoint} sends on to {response.headers['Location']}: name that address with --endpoint, "
                "if it is the right one"
            )
        why = f"{status} {response.reason_phrase}: {_first_lines(response)}"
        if status in _THROTTLED:
            raise _Again(why, seconds=self._wanted(response))
        if status >= 500:
            raise _Again(why)
        if status in (401, 403):
            raise WikidataError(f"{self._endpoint} refuses to answer us: {why}")
        raise Unanswered(f"the query is refused: {why}")

    def _wanted(self, response: httpx.Response) -> float | None:
        """The seconds that the service wants us to wait, if it says so."""
        seconds = seconds_of(response.headers.get("Retry-After", ""), now=datetime.now(UTC))
        if seconds is not None and seconds > LONGEST_WAIT:
            raise WikidataError(
                f"{self._endpoint} wants us to wait for {seconds:.0f} s: run the same command again then; "
                "what has been answered is kept"
            )
        return seconds


def check_endpoint(endpoint: str) -> None:
    """Raise WikidataError where an address is not one of http or https, or holds a user or password."""
    try:
        parts = urlsplit(endpoint)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        usable = False
    if not usable:
        raise WikidataError(
            f"the endpoint {endpoint.rpartition('@')[2]!r} should be an address that begins with https:// or http://, "
            "without user and password"
        )


def user_agent(contact: str) -> str:
    """What we call ourselves."""
    return f"entity-intersection-graph/{version('entity-intersection-graph')} ({contact}) httpx/{httpx.__version__}"


def seconds_of(retry_after: str, *, now: datetime) -> float | None:
    """How long a Retry-After header wants us to wait (RFC 9110, 10.2.3): None where it is no number and no date."""
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        date = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(0.0, (date.replace(tzinfo=date.tzinfo or UTC) - now).total_seconds())


def _first_lines(response: httpx.Response) -> str:
    lines = [line.strip() for line in response.text.splitlines() if line.strip()]
    return " / ".join(lines[:4])[:_SHOWN] or "it says nothing more"
