"""How fast a network learns: its rate rises at first and then falls in a straight line."""

from __future__ import annotations


def rate_share(step: int, steps: int, *, rising: float, least: float) -> float:
    """The share of the full rate at a step (from 0).

    Args:
        step: which one.
        steps: how many there are.
        rising: the share of the steps over which the rate rises.
        least: what the rate does not fall below, while it does not rise.
    """
    return min(1.0, (step + 1) / max(1.0, rising * steps)) * max(least, 1 - step / steps)
