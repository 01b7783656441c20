"""The client of a SPARQL service against one on loopback: what it sends, when it asks again, when it gives up."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from sparql_playback import Playback, Player, Reply, in_turn, playing, rows

from app.answer_cache import AnswerCache
from app.wikidata import (
    LONGEST_WAIT,
    MOST_FAILURES,
    TRIES,
    WikidataClient,
    WikidataError,
    seconds_of,
    user_agent,
)
from ingest.kb.refresh import Unanswered

FOUND = rows({"item": "Q5"})
CONTACT = "newsroom@example.org"

Play = Callable[[Player], Playback]


class Waits(list[float]):
    """Remembers how long somebody would have slept."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def play() -> Iterator[Play]:
    """Starts services that end with the test."""
    with ExitStack() as stack:
        yield lambda player: stack.enter_context(playing(player))


@pytest.fixture
def cache(tmp_path: Path) -> AnswerCache:
    """An empty cache."""
    return AnswerCache(tmp_path / "answers", max_age=timedelta(days=7))


def client(endpoint: str, cache: AnswerCache, waits: Waits | None = None, **more: Any) -> WikidataClient:
    """A client that does not sleep."""
    return WikidataClient(endpoint, contact=CONTACT, cache=cache, sleep=waits if waits is not None else Waits(), **more)


def test_a_query_is_posted_and_says_who_asks(play: Play, cache: AnswerCache) -> None:
    """With name, version and contact, and for the JSON form of results; the query may hold anything."""
    service = play(in_turn(FOUND))
    query = 'SELECT ?x WHERE { ?x ?y "Ω & = + %"@en }\n'
    with client(service.address, cache) as asking:
        (binding,) = asking.ask(query)
    (asked,) = service.asked
    assert binding["item"].text.endswith("/Q5")
    assert (asked.method, asked.query) == ("POST", query)
    assert asked.headers["Accept"] == "application/sparql-results+json"
    assert asked.headers["User-Agent"] == user_agent(CONTACT)
    assert re.fullmatch(r"entity-intersection-graph/\d\S* \(newsroom@example\.org\) httpx/\S+", user_agent(CONTACT))


def test_an_answer_without_rows_is_none_the_less_one(play: Play, cache: AnswerCache) -> None:
    """It is kept, and not asked for again."""
    service = play(in_turn(rows()))
    with client(service.address, cache) as asking:
        assert [list(asking.ask("q")), list(asking.ask("q"))] == [[], []]
        assert (asking.asked, asking.from_cache) == (1, 1)
    assert len(service.asked) == 1


@pytest.mark.parametrize("status", [429, 503])
def test_a_service_that_throttles_is_asked_again_when_it_says(play: Play, cache: AnswerCache, status: int) -> None:
    """After the seconds of Retry-After, or on its date; where it says neither, after a pause of ours."""
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    headers: list[dict[str, str]] = [{"Retry-After": "7"}, {"Retry-After": later}, {"Retry-After": "soon"}, {}]
    service = play(in_turn(*(Reply(b"slow down", status, some) for some in headers), FOUND))
    waits = Waits()
    with client(service.address, cache, waits) as asking:
        assert len(asking.ask("q")) == 1
    assert waits[0] == 7
    assert 80 < waits[1] <= 100
    assert (8 <= waits[2] <= 12, 16 <= waits[3] <= 24) == (True, True)


def test_a_service_that_wants_a_long_pause_ends_the_run(play: Play, cache: AnswerCache) -> None:
    """What has been answered is kept, and the user is told when to come back."""
    service = play(in_turn(FOUND, Reply(b"", 429, {"Retry-After": str(int(LONGEST_WAIT) + 1)})))
    waits = Waits()
    with client(service.address, cache, waits) as asking:
        asking.ask("first")
        with pytest.raises(WikidataError, match=r"wait for 601 s: .* kept"):
            asking.ask("second")
        assert len(asking.ask("first")) == 1
    assert waits == []


@pytest.mark.parametrize("status", [500, 502, 504])
def test_a_fault_that_may_pass_is_tried_again(play: Play, cache: AnswerCache, status: int) -> None:
    """After pauses that double, each up to half as long again."""
    service = play(in_turn(Reply(b"TimeoutException", status), Reply(b"", status), FOUND))
    waits = Waits()
    with client(service.address, cache, waits, first_pause=1.0) as asking:
        assert len(asking.ask("q")) == 1
    assert [1 <= waits[0] <= 1.5, 2 <= waits[1] <= 3, len(waits)] == [True, True, 2]


def test_pauses_have_a_limit(play: Play, cache: AnswerCache) -> None:
    """However often a query was tried."""
    waits = Waits()
    with client(play(in_turn(Reply(b"", 500), FOUND)).address, cache, waits, first_pause=10_000.0) as asking:
        asking.ask("q")
    assert waits == [LONGEST_WAIT]


@pytest.mark.parametrize(
    "bad",
    [
        Reply(FOUND.body, cut=9),
        Reply(FOUND.body[:-9]),
        Reply(b"<html>Sorry</html>"),
        Reply(b"", 200),
        Reply(FOUND.body + b"\njava.util.concurrent.TimeoutException"),
        Reply(b'{"results": []}'),
        Reply(b"no gzip", headers={"Content-Encoding": "gzip"}),
    ],
)
def test_an_answer_that_is_not_whole_is_asked_for_again(play: Play, cache: AnswerCache, bad: Reply) -> None:
    """Cut off by the connection or by the service, of another form, or damaged on the way: it is not kept."""
    service = play(in_turn(bad, FOUND))
    with client(service.address, cache) as asking:
        assert len(asking.ask("q")) == 1
        assert asking.ask("q")[0]["item"].text.endswith("/Q5")
    assert len(service.asked) == 2


def test_a_slow_service_is_asked_again(play: Play, cache: AnswerCache) -> None:
    """Where it does not begin to answer in time."""
    service = play(in_turn(Reply(FOUND.body, wait=0.6), FOUND))
    with client(service.address, cache, timeout=httpx.Timeout(5.0, read=0.2)) as asking:
        assert len(asking.ask("q")) == 1
    assert len(service.asked) == 2


def test_tries_have_an_end(play: Play, cache: AnswerCache) -> None:
    """The query has no answer then; another one may have."""
    service = play(lambda query: FOUND if query == "good" else Reply(b"\n  too slow \n\n at line 3\n", 500))
    waits = Waits()
    with client(service.address, cache, waits) as asking:
        with pytest.raises(Unanswered, match=rf"{TRIES} tries; .*500 Internal Server Error: too slow / at line 3$"):
            asking.ask("bad")
        assert len(asking.ask("good")) == 1
    assert (len(service.asked), len(waits)) == (TRIES + 1, TRIES - 1)


def test_a_wrong_query_is_not_tried_again(play: Play, cache: AnswerCache) -> None:
    """What the service says first is told; not its whole trace."""
    trace = "\n".join(["MalformedQueryException: line 1", "  at a", *(["  at b" * 50] * 90)])
    service = play(in_turn(Reply(trace.encode(), 400)))
    waits = Waits()
    with client(service.address, cache, waits) as asking, pytest.raises(Unanswered) as raised:
        asking.ask("SELEKT")
    assert "400 Bad Request: MalformedQueryException: line 1 / at a" in str(raised.value)
    assert len(str(raised.value)) < 400
    assert (len(service.asked), waits) == (1, [])


def test_a_service_that_is_not_there_ends_the_run(cache: AnswerCache) -> None:
    """After some queries in a row, so that thousands are not tried in vain."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"http://127.0.0.1:{free.getsockname()[1]}/sparql"
    with client(address, cache) as asking:
        for number in range(MOST_FAILURES - 1):
            with pytest.raises(Unanswered, match="ConnectError"):
                asking.ask(f"q{number}")
        with pytest.raises(WikidataError, match=f"{MOST_FAILURES} queries in a row"):
            asking.ask("last")


def test_failures_with_answers_between_them_do_not_add_up(play: Play, cache: AnswerCache) -> None:
    """A query that is too slow for each of many states does not end the run."""
    service = play(lambda query: FOUND if "good" in query else Reply(b"", 400))
    with client(service.address, cache) as asking:
        for number in range(MOST_FAILURES + 1):
            with pytest.raises(Unanswered, match="it says nothing more"):
                asking.ask(f"bad {number}")
            asking.ask(f"good {number}")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_query_goes_to_another_address(play: Play, cache: AnswerCache, status: int) -> None:
    """Where the service sends on, the user decides."""
    elsewhere = play(in_turn(FOUND))
    service = play(in_turn(Reply(b"", status, {"Location": elsewhere.address})))
    with client(service.address, cache) as asking, pytest.raises(WikidataError, match="--endpoint") as raised:
        asking.ask("q")
    assert elsewhere.address in str(raised.value)
    assert elsewhere.asked == []


@pytest.mark.parametrize("status", [401, 403])
def test_a_service_that_refuses_us_ends_the_run(play: Play, cache: AnswerCache, status: int) -> None:
    """With what it says, such as that a contact is missing."""
    service = play(in_turn(Reply(b"set a user agent", status)))
    with client(service.address, cache) as asking, pytest.raises(WikidataError, match="set a user agent"):
        asking.ask("q")


@pytest.mark.parametrize(
    "endpoint", ["ftp://example.org/sparql", "file:///etc/passwd", "example.org", "https://", "http://[::1", ""]
)
def test_only_web_addresses_are_asked(cache: AnswerCache, endpoint: str) -> None:
    """Others are refused before anything is sent."""
    with pytest.raises(WikidataError, match="begins with https://"):
        client(endpoint, cache)


def test_a_password_in_an_address_is_not_repeated(cache: AnswerCache) -> None:
    """It is refused, and the message does not show it."""
    with pytest.raises(WikidataError) as raised:
        client("https://user:hush@example.org/sparql", cache)
    assert "hush" not in str(raised.value)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Thu, 26 Nov 2026 12:00:30 GMT", 30),
        ("Thu, 26 Nov 2026 11:00:00 GMT", 0),
        ("Thu, 26 Nov 2026 12:00:30 -0000", 30),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str, seconds: float | None) -> None:
    """A date that is past means at once; anything else says nothing."""
    assert seconds_of(header, now=datetime(2026, 11, 26, 12, tzinfo=UTC)) == seconds


def test_an_interrupted_run_goes_on_where_it_was(play: Play, cache: AnswerCache) -> None:
    """A new client asks only for what is not kept yet."""
    service = play(lambda query: rows({"query": query}))
    with client(service.address, cache) as asking:
        asking.ask("one")
        asking.ask("two")
    with client(service.address, cache) as asking:
        assert [asking.ask(query)[0]["query"].text for query in ("one", "two", "three")] == ["one", "two", "three"]
        assert (asking.asked, asking.from_cache) == (1, 2)
    assert [asked.query for asked in service.asked] == ["one", "two", "three"]


def test_an_answer_says_when_and_whom_it_was_asked(play: Play, cache: AnswerCache) -> None:
    """It counts for its own service alone; no half of a file is left behind."""
    service = play(in_turn(FOUND))
    with client(service.address, cache) as asking:
        asking.ask("q")
    (file,) = cache.folder.iterdir()
    entry = json.loads(file.read_text("utf-8"))
    assert re.fullmatch(r"[0-9a-f]{64}\.json", file.name)
    assert (entry["endpoint"], entry["query"], entry["answer"]) == (service.address, "q", json.loads(FOUND.body))
    assert abs(datetime.now(UTC) - datetime.fromisoformat(entry["asked"])) < timedelta(minutes=5)
    assert cache.get("https://example.org/sparql", "q") is None


def test_old_and_damaged_answers_count_as_none(play: Play, cache: AnswerCache) -> None:
    """They are asked for again, and replaced."""
    service = play(in_turn(FOUND))
    with client(service.address, cache) as asking:
        asking.ask("q")
        (file,) = cache.folder.iterdir()
        entry = json.loads(file.read_text("utf-8"))
        for damaged in (
            "{",
            "[]",
            "{}",
            json.dumps({**entry, "asked": "2020-01-01T00:00:00+00:00"}),
            json.dumps({**entry, "asked": "2020-01-01"}),
            json.dumps({**entry, "answer": {"head": {}}}),
        ):
            file.write_text(damaged, encoding="utf-8")
            assert len(asking.ask("q")) == 1
        assert (asking.asked, asking.from_cache) == (7, 0)
    assert cache.get(service.address, "q") is not None
