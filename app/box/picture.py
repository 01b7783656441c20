"""The picture of a card at a certain width: which nodes and ties it has, and where they stand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from app.box.card import Card, Node, Tie
from app.box.layout import Extent, Points, arrange
from app.box.shapes import REACH, below
from app.box.text import lines, width

# Below this many pixels a picture shows the article's entities alone.
NARROW = 480
SIZE_INSIDE, SIZE_OUTSIDE = 13.0, 11.5
LINE_HEIGHT = 1.18
GAP = 3.0  # between nodes, and between a shape and its label
# Further ties of an entity, beyond those without which the picture would fall apart.
MORE_TIES = 0.9


@dataclass(frozen=True, slots=True)
class Placed:
    """A node with its place, its radius and the lines of its label, all in pixels."""

    node: Node
    x: float
    y: float
    radius: float
    size: float
    label: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn, in pixels."""

    width: int
    height: int
    nodes: tuple[Placed, ...]
    ties: tuple[Tie, ...]

    def node(self, id: str) -> Placed:
        """The node of an entity."""
        return next(placed for placed in self.nodes if placed.node.id == id)


def picture_of(card: Card, wide: int) -> Picture:
    """The card at a width of that many pixels; what finds no room is left out, entities outside and rare ones first."""
    nodes = _choose(card, wide)
    while True:
        forest, others = _ties(card, nodes)
        more = [tie for tie in others if tie.inside][: _more(nodes)]
        extents = [_extent(node, wide) for node in nodes]
        for tall in _heights(len(nodes), wide):
            points = arrange(extents, _places(nodes, [*forest, *more]), wide, tall)
            if points is not None:
                placed = _placed(nodes, points, wide)
                clear = [tie for tie in others if tie.inside and _is_clear(tie, placed)][: _more(nodes)]
                return Picture(wide, round(tall), placed, (*forest, *clear))
        nodes = nodes[:-1]


def _choose(card: Card, wide: int) -> list[Node]:
    """The nodes that a width has room for, most important first."""
    inside = [node for node in card.nodes if node.inside]
    outside = [node for node in card.nodes if not node.inside]
    room = max(3, wide // 30)
    if wide < NARROW and len(inside) > 2:
        return inside[:room]
    return [*inside[: room - min(len(outside), room // 3)], *outside][:room]


def _ties(card: Card, nodes: Sequence[Node]) -> tuple[list[Tie], list[Tie]]:
    """The strongest ties that hold the nodes together (a spanning forest), and the others."""
    among = {node.id for node in nodes}
    group = {id: id for id in among}
    forest: list[Tie] = []
    others: list[Tie] = []
    for tie in card.ties:
        if {tie.source, tie.target} <= among:
            ends = _root(group, tie.source), _root(group, tie.target)
            (others if ends[0] == ends[1] else forest).append(tie)
            group[ends[0]] = ends[1]
    return forest, others


def _more(nodes: Sequence[Node]) -> int:
    return round(MORE_TIES * sum(node.inside for node in nodes))


def _is_clear(tie: Tie, placed: Sequence[Placed]) -> bool:
    """Whether the line of a tie passes no other node, which it would seem to lead to."""
    ends = {each.node.id: each for each in placed}
    a, b = ends[tie.source], ends[tie.target]
    return all(_distance(each, a, b) > each.radius + GAP for each in placed if each is not a and each is not b)


def _distance(point: Placed, a: Placed, b: Placed) -> float:
    """From the middle of a node to the line between two others."""
    dx, dy = b.x - a.x, b.y - a.y
    share = ((point.x - a.x) * dx + (point.y - a.y) * dy) / max(dx * dx + dy * dy, 1e-9)
    along = min(1.0, max(0.0, share))
    return math.hypot(a.x + along * dx - point.x, a.y + along * dy - point.y)


def _root(group: dict[str, str], id: str) -> str:
    while group[id] != id:
        id = group[id]
    return id


def _places(nodes: Sequence[Node], ties: Sequence[Tie]) -> list[tuple[int, int]]:
    place = {node.id: number for number, node in enumerate(nodes)}
    return [(place[tie.source], place[tie.target]) for tie in ties]


def _radius(node: Node) -> float:
    return 7 + 6 * node.share**0.5 if node.inside else 5.5


def _label(node: Node, wide: int) -> tuple[tuple[str, ...], float]:
    """The lines of a node's label and their size."""
    size = SIZE_INSIDE if node.inside else SIZE_OUTSIDE
    room = min(170.0, max(125.0, wide * 0.4))
    return lines(node.name, size, bold=node.inside, room=room, most=3), size


def _extent(node: Node, wide: int) -> Extent:
    label, size = _label(node, wide)
    reach = _radius(node) * REACH
    half = max(reach, *(width(line, size, bold=node.inside) / 2 for line in label)) if label else reach
    down = _radius(node) * below(node.type) + (GAP + len(label) * size * LINE_HEIGHT if label else 0)
    return Extent(half + GAP, half + GAP, reach + GAP, down + GAP)


def _heights(count: int, wide: int) -> tuple[float, float]:
    """The height to try first, and the most: the same for all but small pictures, so that pages can keep it free."""
    full = 440.0 if wide < NARROW else 420.0
    height = full * min(1.0, 0.3 + 0.1 * count)
    return height, height * 1.2


def _placed(nodes: Sequence[Node], points: Points, wide: int) -> tuple[Placed, ...]:
    placed = []
    for node, (x, y) in zip(nodes, points, strict=True):
        label, size = _label(node, wide)
        placed.append(Placed(node, round(float(x), 1), round(float(y), 1), _radius(node), size, label))
    return tuple(placed)
