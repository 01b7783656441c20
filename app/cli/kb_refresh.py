"""`eig kb refresh`: the knowledge base compared with Wikidata as it is today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.output import AsJson, answer, remark, table, to_json

if TYPE_CHECKING:
    from app.settings import Settings
    from ingest.kb.refresh import Change, Gathered, KnownBase, Query
    from ingest.kb.tables import Tables

EXAMPLE = "eig kb refresh --only heads --only office_holders --report changes.md --write refreshed"

# Not imported from app.wikidata, which help would have to wait for; a test holds them equal.
ENDPOINT = "https://query.wikidata.org/sparql"
SHOWN = 20

Contact = Annotated[
    str | None,
    typer.Option(
        metavar="TEXT", help="Your e-mail address or a page about you, for Wikidata's operators; or EIG_CONTACT."
    ),
]
Endpoint = Annotated[str, typer.Option(metavar="URL", help="The SPARQL service to ask.")]
Only = Annotated[list[str] | None, typer.Option(metavar="NAME", help="Ask this query alone; can be given again.")]
OnlyList = Annotated[bool, typer.Option("--list", help="Only list the queries, with what each gives.")]
Since = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="Ask names and relations only of items changed since."),
]
MaxAge = Annotated[int, typer.Option(min=0, metavar="DAYS", help="Use answers that are kept for so many days.")]
Cache = Annotated[
    Path | None, typer.Option(metavar="FOLDER", help="Where answers are kept (default: wikidata in EIG_HOME).")
]
ReportFile = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write all changes to this file: .md or .tsv, by its name.")
]
Write = Annotated[
    Path | None, typer.Option(metavar="FOLDER", help="Write the tables with the changes into this folder.")
]


def refresh(
    *,
    contact: Contact = None,
    endpoint: Endpoint = ENDPOINT,
    only: Only = None,
    only_list: OnlyList = False,
    since: Since = None,
    max_age: MaxAge = 7,
    cache: Cache = None,
    report: ReportFile = None,
    write: Write = None,
    as_json: AsJson = False,
) -> None:
    """Compare the knowledge base with Wikidata: what is new, what has changed, what is gone.

    Our own tables stay as they are. A run that was broken off goes on where it was. The exit status is 1 where a query
    has no answer.
    """
    queries = _chosen(only, since)
    if only_list:
        _list(queries, as_json=as_json)
        return
    if report is not None and report.suffix not in (".md", ".tsv"):
        raise typer.BadParameter("the file's name should end in .md or .tsv", param_hint="--report")
    from app.settings import load_settings
    from ingest.kb.load import data_folder
    from ingest.kb.refresh import compare, known_base
    from ingest.kb.tables import read_tables

    settings = load_settings(contact=contact)
    _check(settings, endpoint)
    tables = read_tables(data_folder())
    base = known_base(tables)
    folder = cache or settings.home / "wikidata"
    gathered, sources = _gather(queries, base, settings, endpoint, folder, max_age, since)
    changes = compare(gathered.facts, base)
    if report is not None:
        _write_report(report, changes, gathered.failures)
    written = _write_tables(write, tables, changes, base) if write is not None else []
    _tell(changes, gathered, sources, written, as_json=as_json, whole=report is None)
    if gathered.failures:
        remark(f"{len(gathered.failures)} without an answer, such as {gathered.failures[0]}")
        raise typer.Exit(1)


def _chosen(only: Sequence[str] | None, since: datetime | None) -> Mapping[str, Query]:
    from ingest.kb.refresh import OF_CHANGED, SINCE, load_queries

    queries = load_queries()
    for name in only or ():
        if name not in queries:
            raise typer.BadParameter(
                f"there is no query {name!r}; eig kb refresh --list names all", param_hint="--only"
            )
    if SINCE in (only or ()):
        raise typer.BadParameter(f"{SINCE} is asked by itself where --since is given", param_hint="--only")
    wanted = set(only or queries)
    if only and since is not None and wanted & OF_CHANGED:
        wanted.add(SINCE)
    return {name: query for name, query in queries.items() if name in wanted}


def _list(queries: Mapping[str, Query], *, as_json: bool) -> None:
    rows = [(query.name, query.parameter or "all", query.gives) for query in queries.values()]
    if as_json:
        answer(to_json([dict(zip(("name", "for", "gives"), row, strict=True)) for row in rows]))
    else:
        answer(table(("name", "for each", "gives"), rows))


def _check(settings: Settings, endpoint: str) -> None:
    from app.wikidata import WikidataError, check_endpoint

    check_endpoint(endpoint)
    if settings.contact is None:
        raise WikidataError(
            "Wikimedia asks every program to say whom to write to: set EIG_CONTACT, or give --contact, "
            "with an e-mail address or the address of a page"
        )


def _gather(
    queries: Mapping[str, Query],
    base: KnownBase,
    settings: Settings,
    endpoint: str,
    folder: Path,
    max_age: int,
    since: datetime | None,
) -> tuple[Gathered, Mapping[str, int]]:
    """Ask the queries; also how many texts were sent and how many answers were kept from before."""
    from datetime import timedelta

    from app.answer_cache import AnswerCache
    from app.cli.follow import showing
    from app.wikidata import WikidataClient
    from ingest.kb.refresh import gather

    cache = AnswerCache(folder, max_age=timedelta(days=max_age))
    day = since.date().isoformat() if since else ""
    with WikidataClient(endpoint, contact=settings.contact or "", cache=cache) as client, showing("queries") as show:
        gathered = gather(queries, base, client.ask, since=day, progress=show)
    return gathered, {"asked": client.asked, "kept": client.from_cache}


def _write_report(file: Path, changes: Sequence[Change], failures: Sequence[str]) -> None:
    from ingest.kb.refresh.report import to_markdown, to_tsv

    text = to_tsv(changes) if file.suffix == ".tsv" else to_markdown(changes, failures=failures)
    file.write_text(text, encoding="utf-8")


def _write_tables(folder: Path, tables: Tables, changes: Sequence[Change], base: KnownBase) -> list[str]:
    from ingest.kb.refresh import refreshed_files

    reference = f"Wikidata, {datetime.now(UTC):%B %Y}"
    files = refreshed_files(tables, changes, base, reference=reference)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    return sorted(files)


def _tell(
    changes: Sequence[Change],
    gathered: Gathered,
    sources: Mapping[str, int],
    written: Sequence[str],
    *,
    as_json: bool,
    whole: bool,
) -> None:
    from ingest.kb.refresh.report import COLUMNS, cells, counts, to_markdown

    figures = {**counts(changes), **sources, "failed": len(gathered.failures)}
    if as_json:
        rows = [dict(zip(COLUMNS, cells(change), strict=True)) for change in changes] if whole else None
        shown = {"changes": rows} if rows is not None else {}
        answer(to_json({**figures, "files": written, "failures": gathered.failures, **shown}))
        return
    if whole:
        answer(to_markdown(changes, failures=gathered.failures, most=SHOWN).rstrip("\n"))
    else:
        answer(", ".join(f"{count} {name}" for name, count in counts(changes).items()))
    remark(f"{sources['asked']} answers of the service, {sources['kept']} kept from before")
    for name in written:
        remark(f"written: {name}")
