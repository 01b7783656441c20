"""Blocking work ends early when its client goes."""

import asyncio
import threading
from collections.abc import Callable

import pytest
from anyio import CapacityLimiter
from fastapi import Request
from starlette.types import Message

from app.waiting import ClientGone, run_while_connected


def request_of(receive_after: float | None) -> Request:
    """A request whose client goes after so many seconds, or stays."""
    rest: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        if rest:
            return rest.pop()
        await asyncio.sleep(3600 if receive_after is None else receive_after)
        return {"type": "http.disconnect"}

    return Request({"type": "http", "method": "POST", "path": "/", "headers": []}, receive)


async def run(work: Callable[[], int], *, gone_after: float | None, give_up: Callable[[], None] = lambda: None) -> int:
    """Run `work` for a client that goes after so many seconds, or stays."""
    return await run_while_connected(request_of(gone_after), work, give_up=give_up, limiter=CapacityLimiter(1))


def test_answer_of_a_patient_client() -> None:
    """Where the client waits, it gets what the work returns."""
    assert asyncio.run(run(lambda: 42, gone_after=None)) == 42


def test_error_of_the_work() -> None:
    """An error of the work comes out as it is, not in a group."""
    with pytest.raises(ZeroDivisionError):
        asyncio.run(run(lambda: 1 // 0, gone_after=None))


def test_work_is_given_up_when_the_client_goes() -> None:
    """When the client goes first, the work is told to stop, once, and nobody waits for it."""
    stop = threading.Event()
    told = []

    def give_up() -> None:
        told.append("stop")
        stop.set()

    def work() -> int:
        return int(stop.wait(timeout=30))

    with pytest.raises(ClientGone):
        asyncio.run(run(work, gone_after=0.01, give_up=give_up))
    assert told == ["stop"]
