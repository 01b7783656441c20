"""`eig train`: the tagger's weights from annotated articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from app.cli.output import answer

if TYPE_CHECKING:
    from ingest.tagger.weights import Model

Item = TypeVar("Item")

EXAMPLE = "eig train annotated.jsonl --texts news.jsonl.gz:1000000 --teacher minilm/ --out model.npz"


def train(
    annotated: Annotated[
        list[Path], typer.Argument(exists=True, dir_okay=False, help="Annotated articles; their train split is learnt.")
    ],
    *,
    out: Annotated[Path, typer.Option(help="Where the weights go.")],
    texts: Annotated[
        list[str] | None, typer.Option(metavar="FILE:WORDS", help="Articles that the teacher labels, and how much.")
    ] = None,
    teacher: Annotated[
        Path | None, typer.Option(exists=True, file_okay=False, help="Folder of a MiniLM-L6; needs the extra `train`.")
    ] = None,
    accurate_out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the teacher there, for the accurate tier.")
    ] = None,
    vectors: Annotated[
        Path | None, typer.Option(exists=True, help="Vectors of words as text; else those of the packaged model.")
    ] = None,
    words: Annotated[int, typer.Option(min=1, help="How many of them are kept.")] = 120_000,
    work: Annotated[Path | None, typer.Option(help="Folder where a run that was interrupted goes on.")] = None,
    teacher_epochs: Annotated[int, typer.Option(min=1, help="How often the teacher sees each article.")] = 7,
    epochs: Annotated[int, typer.Option(min=1, help="How often the small network sees each sentence.")] = 12,
    seed: Annotated[int, typer.Option(help="Equal seeds give equal weights.")] = 1,
) -> None:
    """Train the tagger.

    With a teacher, a larger network learns from the annotated articles first and labels the texts; the small one then
    learns from both, which takes about an hour on two cores. Without one it learns from the annotated articles alone.
    """
    from ingest.kb import load_knowledge_base
    from ingest.tagger.weights import save_model
    from ingest.training.run import Plan
    from ingest.training.run import train as run

    if accurate_out is not None and teacher is None:
        raise typer.BadParameter(
            "it is the teacher that is written: name one with --teacher", param_hint="--accurate-out"
        )
    if work is not None:
        work.mkdir(parents=True, exist_ok=True)
    plan = Plan(
        annotated=tuple(annotated),
        texts=tuple(_with_words(each) for each in texts or ()),
        teacher=teacher,
        work=work,
        accurate_out=accurate_out,
        teacher_epochs=teacher_epochs,
        epochs=epochs,
        seed=seed,
    )
    model = run(plan, _vectors(vectors, words), load_knowledge_base().name_lists(), _watched)
    with out.open("wb") as file:
        save_model(model, file)
    answer(f"{out}: {out.stat().st_size / 1e6:.1f} MB, model {model.digest}")
    if accurate_out is not None:
        answer(f"{accurate_out}: {accurate_out.stat().st_size / 1e6:.1f} MB, for the accurate tier")


def _vectors(path: Path | None, words: int) -> Model:
    from ingest.loading import packaged_model
    from ingest.training.run import read_vectors

    return read_vectors(path, words=words) if path else packaged_model()


def _with_words(text: str) -> tuple[Path, int]:
    name, _, words = text.rpartition(":")
    if not name or not words.isdecimal() or not Path(name).is_file():
        raise typer.BadParameter(f"{text!r} is not a file and a number of words, as in news.jsonl:1000000")
    return Path(name), int(words)


def _watched(items: Sequence[Item], what: str, /) -> Iterable[Item]:
    from app.cli.follow import showing

    with showing(what, total=len(items)) as show:
        for done, item in enumerate(items):
            show(done)
            yield item
