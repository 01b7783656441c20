"""The command line, `eig`. Each command is a module; what it needs is imported when it runs, so that help is quick."""

from app.cli.program import main

__all__ = ["main"]
