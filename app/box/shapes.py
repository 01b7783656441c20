"""The shape that tells a type of entity apart without its colour: those of the page."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from graph.model import EntityType

Corners: TypeAlias = Sequence[tuple[float, float]]

# How far the shapes reach to the sides and up, in units of their radius.
REACH = 1.4


def outline(kind: EntityType, radius: float) -> str:
    """The shape around the origin, as the `d` of an SVG path."""
    corners = _CORNERS.get(kind)
    if corners is None:
        r = _number(radius)
        return f"M-{r} 0a{r} {r} 0 1 0 {_number(2 * radius)} 0a{r} {r} 0 1 0-{_number(2 * radius)} 0Z"
    return "M" + "L".join(f"{_number(x * radius)} {_number(y * radius)}" for x, y in corners) + "Z"


def below(kind: EntityType) -> float:
    """How far the shape reaches down, in units of its radius."""
    return max((y for _, y in _CORNERS.get(kind, ())), default=1.0)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _regular(corners: int, radius: float) -> Corners:
    angles = [-math.pi / 2 + i * 2 * math.pi / corners for i in range(corners)]
    return [(radius * math.cos(angle), radius * math.sin(angle)) for angle in angles]


def _star(points: int, outer: float, inner: float) -> Corners:
    around = _regular(2 * points, 1)
    return [(x * radius, y * radius) for (x, y), radius in zip(around, [outer, inner] * points, strict=True)]


def _cross(arm: float, half: float) -> Corners:
    quarter = [(-half, -arm), (half, -arm), (half, -half), (arm, -half), (arm, half), (half, half)]
    return [*quarter, *((-x, -y) for x, y in quarter)]


# A person is a circle.
_CORNERS: Mapping[EntityType, Corners] = {
    "state": [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
    "place": [(0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)],
    "organization": _regular(6, 1.1),
    "armed_group": [(0, -1.25), (1.2, 0.9), (-1.2, 0.9)],
    "party": _regular(5, 1.15),
    "agreement": [(-1.2, -0.7), (1.2, -0.7), (1.2, 0.7), (-1.2, 0.7)],
    "weapon": [(0, 1.25), (1.2, -0.9), (-1.2, -0.9)],
    "event": _star(5, 1.4, 0.62),
    "community": _cross(1.15, 0.48),
}
