"""`eig kb`: the knowledge base, looked at and checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.output import AsJson, answer, remark, table, to_json

if TYPE_CHECKING:
    from ingest.kb import KbEntity

Folders = Annotated[list[Path] | None, typer.Argument(help="More folders of the same files, laid over our own.")]


def create_commands() -> typer.Typer:
    """The commands below `eig kb`."""
    commands = typer.Typer(help="Look at the knowledge base and check it.", no_args_is_help=True)
    for command, example in (
        (check, "eig kb check"),
        (lookup, "eig kb lookup Tehran"),
        (titles, "eig kb titles"),
        (build, "eig kb build"),
    ):
        commands.command(command.__name__, epilog=f"Example: {example}")(command)
    return commands


def build(*, as_json: AsJson = False) -> None:
    """Compile the tables of the knowledge base into the files that are loaded.

    Needed after an edit of the tables in a source checkout; an installed package is compiled already.
    """
    from ingest.kb.load import build as compile_tables

    made = compile_tables()
    figures = {"curated": made.curated, "wide": made.wide}
    answer(
        to_json(figures) if as_json else f"{made.curated} curated entities and {made.wide} of the wide layer compiled"
    )


def check(folders: Folders = None, *, as_json: AsJson = False) -> None:
    """Check the files of the knowledge base.

    Every problem is told with its file and line; the exit status is then 1.
    """
    from ingest.kb import load_knowledge_base

    kb = load_knowledge_base(*folders or ())
    figures = {"version": kb.version, "entities": len(kb.entities)}
    answer(to_json(figures) if as_json else f"{kb.version}: {len(kb.entities)} entities, no problem")


def lookup(
    name: Annotated[str, typer.Argument(help="A name, an acronym, another form, a key or an id.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Show the entities that go by a name.

    The exit status is 1 when there is none.
    """
    from ingest.kb import load_knowledge_base

    found = list(load_knowledge_base().lookup(name))
    if as_json:
        answer(to_json([_shown(item) for item in found]))
    elif found:
        answer(table(("id", "name", "type", "description"), [_row(item) for item in found]))
    if not found:
        remark(f"no entity goes by {name!r}")
        raise typer.Exit(1)


def titles() -> None:
    """Print every English Wikipedia title that the knowledge base knows, one a line."""
    from ingest.kb import load_knowledge_base

    for title in load_knowledge_base().titles():
        answer(title)


def _row(item: KbEntity) -> tuple[str, str, str, str]:
    return item.entity.id, item.entity.name, item.entity.type, item.entity.description


def _shown(item: KbEntity) -> dict[str, object]:
    from dataclasses import asdict

    aliases = [asdict(alias) for alias in item.aliases]
    return {"key": item.key, **asdict(item.entity), "aliases": aliases, "stands_for": item.stands_for}
