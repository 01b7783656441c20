"""Blocking work for one client, given up when the client goes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import Request

T = TypeVar("T")


class ClientGone(Exception):
    """The client closed its connection before the answer was there."""


async def run_while_connected(
    request: Request, work: Callable[[], T], *, give_up: Callable[[], None], limiter: CapacityLimiter
) -> T:
    """Run `work` in a thread and answer what it returns.

    When the client goes first, `give_up` is called, which should make `work` end soon, and ClientGone is raised.
    `limiter` bounds how many threads are at work at a time. The request's body must have been read.
    """
    working = asyncio.ensure_future(to_thread.run_sync(work, abandon_on_cancel=True, limiter=limiter))
    leaving = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        raise ClientGone
    finally:
        leaving.cancel()
        if not working.done():
            give_up()
            working.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
