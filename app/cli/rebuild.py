"""`eig rebuild`: what is derived, derived anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.output import AsJson, answer, to_json

if TYPE_CHECKING:
    from app.ingestion import Summary
    from graph.store import GraphStore

EXAMPLE = "eig rebuild --extract"


def rebuild(
    *,
    extract: Annotated[
        bool, typer.Option("--extract", help="First extract the stored texts anew, with the present knowledge base.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Derive ties, counts and the index anew.

    With --extract the mentions they come from are made anew too; that is refused where only sentences were kept
    (EIG_KEEP_TEXT=sentences). The exit status is 1 when an article failed; it then stays as it was.
    """
    from app.cli.follow import showing, summary_json, summary_text
    from app.opening import open_store
    from app.settings import load_settings

    with open_store(load_settings()) as store:
        summary = _extract_again(store) if extract else None
        with showing("ties") as progress:
            store.rebuild(progress)
        figures = store.stats()
    if summary is not None:
        answer(summary_json(summary) if as_json else summary_text(summary))
    else:
        derived = {"articles": figures.articles, "entities": figures.entities, "ties": figures.ties}
        answer(to_json(derived) if as_json else f"derived {figures.ties} ties of {figures.articles} articles")
    if summary is not None and summary.failed:
        raise typer.Exit(1)


def _extract_again(store: GraphStore) -> Summary:
    from app.cli.follow import following
    from app.ingestion import extract_again
    from app.settings import load_settings
    from ingest.loading import load_extractor

    articles = store.stored_articles()
    settings = load_settings()
    extractor = load_extractor(settings.entities, settings.tagging)
    with following(total=store.stats().articles, report=None) as progress:
        return extract_again(articles, store=store, extractor=extractor, progress=progress)
