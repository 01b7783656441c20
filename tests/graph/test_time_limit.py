"""Who may run under which limit."""

from __future__ import annotations

import threading

from graph.time_limit import TimeLimit


def test_the_limit_stands_only_while_a_stranger_is_about() -> None:
    """Set by each stranger, taken away by the last."""
    told: list[float] = []
    limit = TimeLimit(told.append)
    with limit.limited(2):
        with limit.limited(3):
            assert told == [2, 3]
        assert told == [2, 3]
    assert told == [2, 3, 0]


def test_ours_waits_for_strangers_and_holds_others_off() -> None:
    """What runs without a limit has no stranger beside it, and none comes while it runs."""
    limit = TimeLimit(list[float]().append)
    events: list[str] = []
    inside, leave = threading.Event(), threading.Event()

    def ours() -> None:
        with limit.unlimited():
            events.append("ours")

    def another_stranger() -> None:
        with limit.limited(1):
            events.append("stranger")

    def first_stranger() -> None:
        with limit.limited(1):
            inside.set()
            leave.wait()
            events.append("first")

    threads = [threading.Thread(target=first_stranger)]
    threads[0].start()
    inside.wait()
    threads.append(threading.Thread(target=ours))
    threads[1].start()
    while not limit._ours_alone:
        pass
    threads.append(threading.Thread(target=another_stranger))
    threads[2].start()
    leave.set()
    for thread in threads:
        thread.join()
    assert events == ["first", "ours", "stranger"]
