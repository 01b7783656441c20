"""`eig move`: a whole graph from one database to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.output import AsJson, answer, table, to_json

if TYPE_CHECKING:
    from graph.moving.transfer import Moved

EXAMPLE = "eig move --from data --to neo4j://localhost:7687"


def move(
    *,
    source: Annotated[
        str, typer.Option("--from", metavar="FOLDER|ADDRESS", help="Where the graph is; it stays there as it is.")
    ],
    target: Annotated[
        str, typer.Option("--to", metavar="FOLDER|ADDRESS", help="Where it is to go: an empty database.")
    ],
    as_json: AsJson = False,
) -> None:
    """Copy a whole graph into another database, losing nothing.

    Both sides are folders, as EIG_HOME names one, or addresses of Neo4j, whose password comes from NEO4J_FROM_PASSWORD
    or NEO4J_TO_PASSWORD, or NEO4J_PASSWORD for both. A move that was broken off is taken up again by the same command.
    """
    from app.cli.follow import showing
    from app.places import place, same
    from graph.moving.transfer import move as moved_graph

    origin, destination = place(source, "from"), place(target, "to")
    if same(origin, destination):
        raise typer.BadParameter("--from and --to are the same database")
    with origin.opened(unfinished=False) as old, destination.opened(unfinished=True) as new:
        moved = moved_graph(old, new, watch=lambda what, total: showing(what, total=total))
    answer(to_json(_summary(moved)) if as_json else _text(moved))


def _summary(moved: Moved) -> dict[str, object]:
    return {
        "outcome": _outcome(moved),
        "counts": dict(moved.counts),
        "version": moved.version,
        "digest": moved.digest,
        "seconds": round(moved.seconds, 3),
    }


def _outcome(moved: Moved) -> str:
    if moved.already:
        return "already there"
    return "resumed" if moved.resumed else "moved"


def _text(moved: Moved) -> str:
    counts = table(("kind", "count"), [[kind, moved.counts[kind]] for kind in sorted(moved.counts)])
    total = sum(moved.counts.values())
    return (
        f"{counts}\n\n{_outcome(moved)}: {total} nodes and relationships in {moved.seconds:.1f} s; "
        f"both sides have the digest\n{moved.digest}"
    )
