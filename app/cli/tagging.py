"""The options by which commands that extract choose a tagger."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

TaggerName: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--tagger",
        metavar="NAME",
        help="Another tagger: spacy:PIPELINE, gliner:MODEL, or a file.npz of eig train; instead of EIG_TAGGER.",
    ),
]
Accurate: TypeAlias = Annotated[
    bool,
    typer.Option("--accurate", help="Ask the large network too: slower, a little better; as EIG_ACCURATE=true."),
]
