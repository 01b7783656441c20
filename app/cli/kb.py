"""`eig kb`: the knowledge base, looked at and checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import kb_refresh
from app.cli.output import AsJson, answer, remark, table, to_json

if TYPE_CHECKING:
    from ingest.kb import KbEntity

Folders = Annotated[
    list[Path] | None, typer.Argument(help="More folders of the same files, or YAML files, laid over our own.")
]


def create_commands() -> typer.Typer:
    """The commands below `eig kb`."""
    commands = typer.Typer(help="Look at the knowledge base and check it.", no_args_is_help=True)
    for command, example in (
        (check, "eig kb check"),
        (lookup, "eig kb lookup Tehran"),
        (titles, "eig kb titles"),
        (build, "eig kb build"),
        (wide, "eig kb wide lists/ --articles annotated.jsonl --out ingest/kb/data"),
        (kb_refresh.refresh, kb_refresh.EXAMPLE),
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


def wide(
    lists: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="Folder of reference lists.")],
    *,
    out: Annotated[Path, typer.Option(exists=True, file_okay=False, help="Folder to write wide_*.tsv into.")],
    articles: Annotated[
        list[Path] | None,
        typer.Option(exists=True, dir_okay=False, help="Annotated articles: the train split counts."),
    ] = None,
) -> None:
    """Compile the wide layer anew from reference lists.

    For whoever keeps the knowledge base: the lists are not part of it.
    """
    from ingest.kb import load_knowledge_base
    from ingest.kb.lists import compile_lists, state_codes, write_wide

    rows = compile_lists(lists, articles or (), state_codes(load_knowledge_base(), lists))
    answer(f"{len(rows)} names written into {', '.join(write_wide(rows, out))}")


def check(
    folders: Folders = None,
    *,
    lists: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help="Tell how much of the reference lists in a folder is known."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check the files of the knowledge base.

    Every problem is told with its file and line; the exit status is then 1. Forms that several entities share are no
    problem, but listed.
    """
    from dataclasses import asdict

    from ingest.kb import load_knowledge_base
    from ingest.kb.checks import collisions, recall

    kb = load_knowledge_base(*folders or ())
    shared, recalls = list(collisions(kb)), list(recall(kb, lists)) if lists else []
    if as_json:
        figures = {"version": kb.version, "entities": len(kb.entities), "wide": len(kb.wide or ())}
        answer(to_json(figures | {"shared_forms": list(map(asdict, shared)), "lists": list(map(asdict, recalls))}))
        return
    if shared:
        answer(table(("form of several", "keys"), [(each.form, ", ".join(each.keys)) for each in shared]))
    if recalls:
        answer(table(("list", "entities", "known", "by name"), [tuple(asdict(each).values()) for each in recalls]))
    answer(f"{kb.version}: {len(kb.entities)} curated entities over {len(kb.wide or ())} names, no problem")


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
