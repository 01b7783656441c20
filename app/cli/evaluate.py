"""`eig eval`: how good extraction is, on annotated articles."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.output import AsJson, answer, remark, table, to_json
from app.cli.tagging import Accurate, TaggerName

if TYPE_CHECKING:
    from ingest.evaluation.calibration import Calibration
    from ingest.evaluation.gold import Marked, Titles
    from ingest.evaluation.scores import Scores
    from ingest.extractor import Extractor

EXAMPLE = "eig eval annotated.jsonl --split dev --errors errors.html"

RENAMES = "title-equivalents.tsv"
STATES = "state-titles.txt"


def evaluate(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="Annotated articles as JSON lines.")
    ],
    *,
    split: Annotated[str | None, typer.Option(help="Only the articles of this split.")] = None,
    errors: Annotated[Path | None, typer.Option(help="Write a page with every fault in its context there.")] = None,
    renames: Annotated[
        Path | None, typer.Option(exists=True, help=f"Titles and what they are now; else {RENAMES} near FILE.")
    ] = None,
    states: Annotated[
        Path | None,
        typer.Option(exists=True, help=f"Titles that demonyms count for; else {STATES} near FILE."),
    ] = None,
    tagger: TaggerName = None,
    accurate: Accurate = False,
    as_json: AsJson = False,
) -> None:
    """Measure extraction on annotated articles.

    Prints F1 of spans and of types, accuracy of links, F1 of spans with links and of ties (pairs of entities that share
    an article), how often links are right by their score, and a digest of what was measured on.
    """
    from app.settings import load_settings
    from ingest.evaluation.calibration import calibration
    from ingest.evaluation.error_page import error_page, faults
    from ingest.evaluation.gold import read_titles
    from ingest.evaluation.scores import score
    from ingest.kb import load_knowledge_base
    from ingest.loading import extractor_over

    choice = load_settings(tagger=tagger, accurate=accurate or None).tagging
    kb = load_knowledge_base()
    renames, states = renames or _near(file, RENAMES), states or _near(file, STATES)
    own_states = (item.entity.wikipedia or "" for item in kb.entities.values() if item.entity.type == "state")
    titles = read_titles(renames, states.read_text(encoding="utf-8").splitlines() if states else own_states)
    gold, digest = _annotated(file, titles, split)
    pairs = list(zip(gold, _extracted(gold, titles, extractor_over(kb, choice)), strict=True))
    known = {same for title in kb.titles() if (same := titles.same(title))}
    scores = score(pairs, known=known)
    if errors is not None:
        errors.write_text(error_page(f"{file.name} {split or ''}".strip(), faults(pairs)), encoding="utf-8")
        remark(f"every fault stands in {errors}")
    held = calibration(pairs)
    if as_json:
        answer(to_json(asdict(scores) | {"calibration": asdict(held), "digest": digest}))
    else:
        answer(_shown(scores, digest) + _shown_calibration(held))


def _near(file: Path, name: str) -> Path | None:
    """A file of this name in the folder of another, or in the folder above."""
    return next((path for folder in file.resolve().parents[:2] if (path := folder / name).is_file()), None)


def _annotated(file: Path, titles: Titles, split: str | None) -> tuple[list[Marked], str]:
    from ingest.evaluation.gold import read_gold

    try:
        return read_gold(file, titles, split=split)
    except ValueError as error:
        remark(f"eig: {error}")
        raise typer.Exit(1) from error


def _extracted(gold: list[Marked], titles: Titles, extractor: Extractor) -> list[Marked]:
    from ingest.evaluation.gold import found_in
    from ingest.extract_lines import extract_lines

    answers = extract_lines([each.line for each in gold], extractor)
    return [found_in(article, found, titles) for article, found in zip(gold, answers, strict=True)]


def _shown(scores: Scores, digest: str) -> str:
    measures = {"span": scores.span, "typed": scores.typed, "end to end": scores.end_to_end, "tie": scores.tie}
    rows = [(name, *figures) for name, figures in (measures | dict(scores.types)).items()]
    return (
        f"{scores.articles} articles, digest {digest}\n"
        f"{table(('', 'precision', 'recall', 'F1'), rows)}\n"
        f"links right: {scores.link_known} % of found and known, {scores.link_found} % of found, "
        f"{scores.link_all} % of all"
    )


def _shown_calibration(held: Calibration) -> str:
    rows = [(f"{score:.2f}", links, f"{right} %") for score, links, right in held.rows]
    return f"\n{table(('score', 'links', 'right'), rows)}\nscores are {held.error} % off on average"
