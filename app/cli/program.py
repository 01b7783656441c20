"""Puts the commands together and turns errors into one line and an exit status.

Exit status: 0 all well, 1 something failed, 2 wrong usage.
"""

from __future__ import annotations

import io
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from app.cli import (
    bench,
    cypher,
    delete,
    doctor,
    evaluate,
    export,
    extract,
    ingest,
    kb,
    move,
    rebuild,
    retry,
    serve,
    stats,
    train,
)
from app.logs import configure_logging

HELP = "Entity Intersection Graph: who is mentioned with whom in the news, with the sentences that prove it."
EPILOG = "Settings come from the environment; EIG_HOME names the folder of the database (default ./data)."

COMMANDS = (
    (serve.serve, serve.EXAMPLE),
    (ingest.ingest, ingest.EXAMPLE),
    (retry.retry, retry.EXAMPLE),
    (delete.delete, delete.EXAMPLE),
    (extract.extract, extract.EXAMPLE),
    (evaluate.evaluate, evaluate.EXAMPLE),
    (train.train, train.EXAMPLE),
    (cypher.cypher, cypher.EXAMPLE),
    (export.export, export.EXAMPLE),
    (move.move, move.EXAMPLE),
    (rebuild.rebuild, rebuild.EXAMPLE),
    (stats.stats, stats.EXAMPLE),
    (doctor.doctor, doctor.EXAMPLE),
    (bench.bench, bench.EXAMPLE),
)


# Where a command's name is a built-in function's.
_NAMES = {"evaluate": "eval"}


class Commands(TyperGroup):
    """The commands, with every error told in one line."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; where it fails, say why on standard error and exit with 1. `--debug` shows the traceback."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            if _is_for_typer(error) or ctx.params.get("debug"):
                raise
            typer.echo(f"eig: {explain(error)}", err=True)
            raise typer.Exit(1) from error


def create_program() -> typer.Typer:
    """The whole command line."""
    program = typer.Typer(
        name="eig",
        cls=Commands,
        help=HELP,
        epilog=EPILOG,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    program.callback()(options)
    for command, example in COMMANDS:
        program.command(_NAMES.get(command.__name__, command.__name__), epilog=f"Example: {example}")(command)
    program.add_typer(kb.create_commands(), name="kb")
    return program


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"eig {version('entity-intersection-graph')}")
        raise typer.Exit


def options(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and leave.", is_eager=True, callback=_print_version)
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Log what goes on to standard error.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Log everything, and show tracebacks.")] = False,
) -> None:
    """Take the options that stand before the command."""
    del version  # its callback has been called
    configure_logging(verbose=verbose, debug=debug)


def explain(error: Exception) -> str:
    """What went wrong and what to do, without a traceback."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    if isinstance(error, _expected()):
        return str(error)
    return f"unexpected {type(error).__name__}: {error} (eig --debug … shows the traceback)"


def _expected() -> tuple[type[Exception], ...]:
    """Errors whose message is written for the user. Imported late: they draw in what a quick start cannot afford."""
    from app.service_client import ServiceError
    from app.settings import BadSettings
    from app.wikidata import WikidataError
    from graph.errors import GraphError
    from ingest.kb import KnowledgeBaseError

    return (GraphError, ServiceError, BadSettings, WikidataError, KnowledgeBaseError, OSError)


def _is_for_typer(error: Exception) -> bool:
    """Whether Typer ends the program for it: usage errors and exits carry an exit code, a closed pipe ends quietly."""
    return isinstance(error, (typer.Abort, BrokenPipeError)) or hasattr(error, "exit_code")


def main() -> None:
    """Run `eig` with the arguments of the process."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # JSON is UTF-8 whatever the locale says, and a character never ends the program.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    create_program()()
