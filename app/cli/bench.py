"""`eig bench`: the benchmarks, where the source tree is at hand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from app.cli.output import remark

EXAMPLE = "eig bench queries"

SOURCE = Path(__file__).resolve().parents[2]


def bench(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME...", help="Which ones; all where none is given.")
    ] = None,
) -> None:
    """Run the benchmarks.

    They measure how fast ingest and the answers are, against others in the same run. Only where the source tree is.
    """
    if not (SOURCE / "benchmarks" / "__main__.py").exists():
        remark("eig: the benchmarks stand in the source tree, which is not here: clone it and run make install")
        raise typer.Exit(1)
    command = [sys.executable, "-m", "benchmarks", *(names or ())]
    raise typer.Exit(subprocess.run(command, cwd=SOURCE, check=False).returncode)
