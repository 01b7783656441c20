"""What `eig doctor` looks at. A check that fails is an answer, not an error."""

from __future__ import annotations

import platform
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import Any

from app.failures import FailureLog
from app.neo4j_checks import findings
from app.opening import OpenGraph, connecting, neo4j_address, open_graph
from app.service_client import ServiceClient
from app.settings import Settings
from graph.counting.all_pairs import all_pairs
from graph.counting.pairs import PairCount
from graph.database import Database
from graph.folder_lock import holder
from graph.index_keeper import IndexKeeper
from graph.queries import verifying
from ingest.loading import load_tagging, load_with_own

# Entities whose counts and ties are read at once.
PAGE = 200
PACKAGES = ("entity-intersection-graph", "arcadedb-embedded", "neo4j", "fastapi")


class CheckFailed(Exception):
    """What was looked at is not as it should be; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at; `detail` is what was found, or what to do.

    advice: what would be better where nothing is wrong.
    """

    name: str
    ok: bool
    detail: str
    advice: str | None = None


def run_checks(settings: Settings) -> Iterator[Check]:
    """Look at everything, in the order in which one thing needs the other."""
    yield _check("versions", _versions)
    yield _check("home folder", lambda: _home(settings))
    yield _check("lock", lambda: _lock(settings))
    yield _check("failed inputs", lambda: _failures(settings))
    yield _check("knowledge base", lambda: _knowledge_base(settings))
    yield _check("tagger", lambda: _tagger(settings))
    database = _check("database", lambda: _database(settings))
    yield database
    if settings.neo4j_uri is not None and database.ok:
        yield from _neo4j(settings)


def _check(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except Exception as error:
        return Check(name, False, str(error) or type(error).__name__)


def _versions() -> str:
    return ", ".join([f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in PACKAGES)])


def _home(settings: Settings) -> str:
    """Try to write a file: permissions alone do not tell of full disks and read-only mounts."""
    settings.home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=settings.home) as file:
        file.write(b"\n")
        file.flush()
    return f"{settings.home.resolve()} can be written"


def _lock(settings: Settings) -> str:
    if settings.neo4j_uri is not None:
        return "not needed with Neo4j"
    holding = holder(settings.home)
    if holding is None:
        return "free"
    serving = f", which serves {holding.service}" if holding.service else ""
    return f"held by process {holding.pid}{serving} since {holding.since}"


def _failures(settings: Settings) -> str:
    count = len(FailureLog(settings.home).entries())
    return f"{count} are kept: eig retry tries them again" if count else "none"


def _knowledge_base(settings: Settings) -> str:
    kb = load_with_own(settings.entities)
    return f"{kb.version} with {len(kb.entities)} entities"


def _tagger(settings: Settings) -> str:
    return load_tagging(load_with_own(settings.entities), settings.tagging).version


def _database(settings: Settings) -> str:
    """Look into the graph, or ask the service that holds it."""
    holding = None if settings.neo4j_uri else holder(settings.home)
    if holding is not None and holding.service is not None:
        with ServiceClient(holding.service, api_key=None) as client:
            return f"{_sizes(client.stats())}; stop the service to have them compared with the mentions"
    with open_graph(settings) as graph:
        wrong = list(differences(graph))
        if wrong:
            raise CheckFailed(f"{'; '.join(wrong)}: eig rebuild derives them anew")
        return f"{_sizes(asdict(graph.store.stats()))}; ties, counts and index equal the mentions"


def _neo4j(settings: Settings) -> Iterator[Check]:
    """How the server is set up; what could be better is advice, since nothing of ours fails by it."""
    with closing(Database(neo4j_address(settings), connecting=connecting(settings))) as database:
        for finding in findings(database):
            yield Check(finding.name, True, finding.detail, finding.advice)


def _sizes(stats: Mapping[str, Any]) -> str:
    return f"{stats['database']} with {stats['articles']} articles, {stats['entities']} entities, {stats['ties']} ties"


def differences(graph: OpenGraph) -> Iterator[str]:
    """What is derived and does not equal what the stored mentions give, in words; nothing where all is well."""
    fresh = IndexKeeper(graph.database, None).built()
    kept = IndexKeeper(graph.database, graph.index_file).snapshot()
    if kept != fresh:
        yield "the index differs"
    expected = {(pair.source, pair.target): pair for pair in all_pairs(fresh)}
    counts, ties = 0, 0
    for page in _entity_pages(graph.database):
        counts += sum(row["articles"] != row["mentioning"] for row in page)
        for pair in _stored_ties(graph.database, [row["id"] for row in page]):
            ties += expected.pop((pair.source, pair.target), None) != pair
    if counts:
        yield f"{counts} entities have a wrong count of articles"
    if ties or expected:
        yield f"{ties + len(expected)} ties differ"


def _entity_pages(database: Database) -> Iterator[list[dict[str, Any]]]:
    after = ""
    while rows := database.read(verifying.ENTITY_PAGE.with_parameters(after=after, limit=PAGE)).dicts():
        yield rows
        after = rows[-1]["id"]


def _stored_ties(database: Database, ids: Sequence[str]) -> Iterator[PairCount]:
    for row in database.read(verifying.TIES_OF.with_parameters(ids=ids)).dicts():
        yield PairCount(**row)
