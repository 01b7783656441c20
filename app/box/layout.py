"""Where the nodes of a small picture go: near what they are tied to, their labels neither over each other nor cut.

The same input gives the same picture: nothing is drawn by chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Points: TypeAlias = npt.NDArray[np.float64]

# Steps of the two parts of the layout; more change pictures of thirty nodes by less than a pixel.
STRESS_STEPS = 80
APART_STEPS = 200
# How much of a node's place comes from its order alone, so that crowds thin out and empty corners fill.
EVENNESS = 0.5


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a node with its label reaches from its middle, in pixels."""

    left: float
    right: float
    top: float
    bottom: float


def arrange(extents: Sequence[Extent], ties: Sequence[tuple[int, int]], width: float, height: float) -> Points | None:
    """The middle of each node, so that none overlaps another and all lie inside; None where there is no room.

    ties: pairs of places in `extents`.
    """
    reach = np.array([(each.left, each.top, each.right, each.bottom) for each in extents])
    low, high = reach[:, :2], np.array([width, height]) - reach[:, 2:]
    if (low > high).any():
        return None
    placed = _spread(_by_stress(len(extents), ties), low, high)
    return _apart(placed, reach, low, high)


def _by_stress(count: int, ties: Sequence[tuple[int, int]]) -> Points:
    """Points whose distances are as near as can be to the steps between the nodes.

    By majorization: E. Gansner, Y. Koren & S. North, "Graph Drawing by Stress Majorization", Graph Drawing 2004.
    """
    steps = _steps(count, ties)
    weights = np.divide(1, steps**2, out=np.zeros_like(steps), where=steps > 0)
    points = _sunflower(count)
    for _ in range(STRESS_STEPS if count > 1 else 0):
        apart = points[:, None] - points[None]
        distance = np.maximum(np.sqrt((apart**2).sum(axis=2)), 1e-9)
        pull = (weights * steps / distance)[:, :, None] * apart
        points = ((weights @ points) + pull.sum(axis=1)) / weights.sum(axis=1)[:, None]
    return points


def _steps(count: int, ties: Sequence[tuple[int, int]]) -> Points:
    """How many ties lead from each node to each other one; a little more than the most where none do."""
    steps = np.full((count, count), np.inf)
    np.fill_diagonal(steps, 0)
    for a, b in ties:
        steps[a, b] = steps[b, a] = 1
    for via in range(count):
        steps = np.minimum(steps, steps[:, via, None] + steps[None, via])
    reached = steps[np.isfinite(steps)]
    steps[~np.isfinite(steps)] = reached.max(initial=1) + 1
    return steps


def _sunflower(count: int) -> Points:
    """Points evenly over a disc, the first ones in the middle (H. Vogel, Mathematical Biosciences 44, 1979)."""
    numbers = np.arange(count)
    angle = numbers * np.pi * (3 - 5**0.5)
    points: Points = np.sqrt(numbers + 0.5)[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    return points


def _spread(points: Points, low: Points, high: Points) -> Points:
    """The points over the whole picture, their longest way along its longer side."""
    middle = points - points.mean(axis=0)
    _, _, axes = np.linalg.svd(middle, full_matrices=False) if len(points) > 2 else (0, 0, np.eye(2))
    room = high.max(axis=0) - low.min(axis=0)
    turned = middle @ (axes.T if room[0] >= room[1] else axes[::-1].T)
    extent = np.ptp(turned, axis=0)
    share = np.where(extent > 1e-6, (turned - turned.min(axis=0)) / np.where(extent > 1e-6, extent, 1), 0.5)
    placed: Points = low.min(axis=0) + (EVENNESS * _evenly(turned) + (1 - EVENNESS) * share) * room
    return placed


def _evenly(points: Points) -> Points:
    """Their order along each axis, as shares of the way."""
    order: Points = points.argsort(axis=0, kind="stable").argsort(axis=0) / max(1, len(points) - 1)
    return order


def _apart(points: Points, reach: Points, low: Points, high: Points) -> Points | None:
    """The points moved until no two nodes overlap, each pair along its shorter way; None where they do not fit."""
    placed = np.clip(points, low, high)
    upper = np.triu(np.ones((len(placed), len(placed)), dtype=bool), 1)
    for _ in range(APART_STEPS):
        start, end = placed - reach[:, :2], placed + reach[:, 2:]
        over = np.minimum(end[:, None], end[None]) - np.maximum(start[:, None], start[None])
        touching = (over > 0.01).all(axis=2) & upper
        if not touching.any():
            return placed
        first, second = np.nonzero(touching)
        placed = np.clip(placed + _pushes(placed, over, first, second), low, high)
    return None


def _pushes(placed: Points, over: Points, first: npt.NDArray[np.intp], second: npt.NDArray[np.intp]) -> Points:
    """How far the nodes that overlap have to go, half of it each."""
    pushes = np.zeros_like(placed)
    pair = np.arange(len(first))
    axis = over[first, second].argmin(axis=1)
    way = placed[second, axis] - placed[first, axis]
    sign = np.where(way == 0, np.where((first + second) % 2 == 0, 1.0, -1.0), np.sign(way))
    push = sign * (over[first, second][pair, axis] / 2 + 0.1)
    np.add.at(pushes, (second, axis), push)
    np.add.at(pushes, (first, axis), -push)
    return pushes
