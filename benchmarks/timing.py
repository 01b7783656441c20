"""Percentiles of how long something takes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds: half of the calls are quicker than `p50`, 95 of 100 than `p95`."""

    p50: float
    p95: float
    calls: int


def timed(calls: Iterable[Callable[[], T]], *, seconds: float) -> tuple[Times, list[T]]:
    """Make the calls one after the other, as many as begin within `seconds`; at least one."""
    taken: list[float] = []
    answers: list[T] = []
    end = time.perf_counter() + seconds
    for call in calls:
        start = time.perf_counter()
        if taken and start > end:
            break
        answers.append(call())
        taken.append(1000 * (time.perf_counter() - start))
    p50, p95 = np.percentile(taken, (50, 95))
    return Times(round(float(p50), 3), round(float(p95), 3), len(taken)), answers
