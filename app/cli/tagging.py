"""The options by which commands that extract choose a tagger."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

TaggerName: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--tagger",
        metavar="NAME",
        help="A tagger in the place of our own, spacy:PIPELINE or gliner:MODEL; instead of EIG_TAGGER.",
    ),
]
Accurate: TypeAlias = Annotated[
    bool,
    typer.Option("--accurate", help="Ask the large network too: slower, a little better; as EIG_ACCURATE=true."),
]
