"""Moves a whole graph from one database into another, losing nothing and extracting nothing anew.

The target carries a mark on its Graph node from the first batch to the last: opening it is refused meanwhile. The mark
names the source by its digest and says how far the move has come. It moves on in the transaction of each batch, so that
a batch is in the target once and whole, whatever breaks off and is run again.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from graph.database import Database, Transaction
from graph.moving.content import START, Item, Position, content, graph_node, size
from graph.moving.digest import GraphDigest, Watch, digest, unwatched
from graph.moving.errors import CopyDiffers, SourceChanged, TargetChanged, TargetTaken
from graph.queries import moving
from graph.writer import chunks

# Of one batch: some thousand relationships, or some hundred articles with their texts; well below Bolt's limit.
BATCH_BYTES = 2_000_000
ITEM_BYTES = 400
UNFINISHED = (
    "a move into this graph is under way or was broken off: wait for its end, "
    "or run `eig move` again with the same --from and --to"
)


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move did: how much is in the target now, the digest of both sides, the seconds it took.

    `resumed` says that an earlier move was taken up; `already` that all was there before.
    """

    counts: Mapping[str, int]
    digest: str
    version: int
    resumed: bool
    already: bool
    seconds: float


def move(source: Database, target: Database, *, watch: Watch = unwatched) -> Moved:
    """Move everything from `source` into `target`, which is empty or holds a part of the same move.

    Both have the schema of this version. `watch` shows progress. Raises TargetTaken where the target holds something
    else, SourceChanged and TargetChanged where one of them is written to meanwhile, CopyDiffers where what arrived is
    not what was sent, and UnknownContent where the source holds what would be lost.
    """
    started = time.monotonic()
    origin = digest(source, watch=watch, what="reading")
    node = graph_node(source)
    begun = target.transact(partial(_begin, origin=origin))
    already = begun is None and _holds(target, origin, watch)
    if not already:
        if begun is None:
            raise TargetTaken("the target holds another graph: take another target, or empty this one first")
        _copy(source, target, origin, begun, watch)
        if graph_node(source).canonical != node.canonical:
            raise SourceChanged(
                "the source was written to while it was moved: stop what writes to it, empty the target and begin again"
            )
        _compare(target, origin, watch)
        target.write([moving.FINISH.with_parameters(properties=node.properties)])
    version = int(node.properties.get("version", 0))
    resumed = begun is not None and begun.done > 0
    return Moved(origin.counts, origin.text, version, resumed, already, time.monotonic() - started)


def _begin(run: Transaction, *, origin: GraphDigest) -> Position | None:
    """Mark an empty target, or find how far an earlier move came; None where the target holds a whole graph."""
    run(moving.LOCK)
    (state,) = run(moving.STATE)
    if state["move_of"] == origin.text:
        return Position.from_text(state["position"])
    if state["move_of"] is not None:
        raise TargetTaken(
            "the target holds a part of another graph, or of this one as it was before: "
            "empty the target, or take another one"
        )
    if run(moving.COUNT_NODES)[0]["count"] > 1 + run(moving.COUNT_LOGGED)[0]["count"]:
        return None
    run(moving.BEGIN.with_parameters(unfinished=UNFINISHED, move_of=origin.text, position=START.to_text()))
    return START


def _holds(target: Database, origin: GraphDigest, watch: Watch) -> bool:
    """Whether the target is what a move would make of it; told by its size where that differs."""
    if size(target) + 1 != sum(origin.counts.values()):
        return False
    return digest(target, watch=watch, what="comparing") == origin


def _copy(source: Database, target: Database, origin: GraphDigest, start: Position, watch: Watch) -> None:
    before = start
    with watch("moving", sum(origin.counts.values()) - 1) as show:
        items = content(source, start=start)
        for batch in chunks(items, weight=lambda each: ITEM_BYTES + len(each[1].canonical), limit=BATCH_BYTES):
            after = batch[-1][0]
            contents = [item for _, item in batch]
            target.transact(partial(_put, items=contents, origin=origin, before=before, after=after))
            before = after
            show(after.done)


def _put(run: Transaction, *, items: Sequence[Item], origin: GraphDigest, before: Position, after: Position) -> None:
    """One batch with the mark that says it is there; nothing where it is there already."""
    run(moving.LOCK)
    (state,) = run(moving.STATE)
    position = state["position"]
    if state["move_of"] == origin.text and position == after.to_text():
        return  # its commit was not told, or another run of the same move was faster
    if state["move_of"] != origin.text or position != before.to_text() or state["version"] != 0:
        raise TargetChanged(
            "something else writes into the target: stop that, empty the target, and run the same move again"
        )
    kinds: defaultdict[str, list[Item]] = defaultdict(list)
    for item in items:
        kinds[item.kind].append(item)
    for kind, some in kinds.items():  # in the order of the items: nodes first
        if kind in moving.PUT_NODES:
            rows = [{"id": each.source, "properties": each.properties} for each in some]
            run(moving.PUT_NODES[kind].with_parameters(rows=rows))
        else:
            run(moving.CREATE_RELATIONSHIPS[kind].with_parameters(groups=_groups(some)))
    run(moving.ADVANCE.with_parameters(position=after.to_text()))


def _groups(relationships: Sequence[Item]) -> list[dict[str, Any]]:
    return [
        {"source": source, "rows": [{"target": each.target, "properties": each.properties} for each in some]}
        for source, some in groupby(relationships, key=lambda each: each.source)
    ]


def _compare(target: Database, origin: GraphDigest, watch: Watch) -> None:
    """The Graph node comes last and is not there yet."""
    arrived = digest(target, watch=watch, what="comparing")
    wrong = [each for each in origin.differences(arrived) if not each.startswith("Graph ")]
    if wrong:
        raise CopyDiffers(
            f"what arrived is not what was sent: {', '.join(wrong)} differ. "
            "Empty the target and begin again, with nothing else writing to either side"
        )
