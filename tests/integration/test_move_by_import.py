"""The files for Neo4j's bulk importer, read by the real one, give a graph that equals its source."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import neo4j
import pytest
from building import graph_of
from hostile_graph import clear, fill
from neo4j_server import Neo4jServer, NoNeo4j, newest_java, newest_version

from graph.database import BoltAddress, Database, Query
from graph.moving.csv_table import bare
from graph.moving.digest import digest
from graph.moving.errors import NotForImport, SourceChanged
from graph.moving.neo4j_import import COMMAND_FILE, FINISH_FILE, export
from graph.schema import MIGRATIONS, GraphUnfinished, migrate, schema_runner
from graph.writer import Writer

# The importer runs in a process of its own, whose options a real installation has in its settings.
SETTINGS = {"server.jvm.additional": "--add-opens=java.base/java.nio=ALL-UNNAMED"}


@pytest.fixture
def source(embedded: Database) -> Iterator[Database]:
    """The hostile graph on the embedded database."""
    clear(embedded)
    fill(embedded)
    yield embedded
    clear(embedded)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Neo4jServer]:
    """A Neo4j of our own that was never started."""
    try:
        java = newest_java()
        server = Neo4jServer(tmp_path / "neo4j", version=newest_version(java), java=java, settings=SETTINGS)
    except NoNeo4j as error:
        pytest.skip(str(error))
    yield server
    server.kill()


def run_file(address: BoltAddress, path: Path) -> None:
    """Run a file of statements, each on its own, as `cypher-shell -f` does."""
    with neo4j.GraphDatabase.driver(address.uri, auth=(address.user, address.password)) as driver:
        for statement in path.read_text("utf-8").split(";\n"):
            if statement.strip():
                with driver.session(database=address.database) as session:
                    session.run(statement).consume()  # type: ignore[arg-type,unused-ignore]


def test_what_the_real_importer_makes_equals_the_source(source: Database, server: Neo4jServer, tmp_path: Path) -> None:
    """The printed command imports; until the finishing statements ran, opening is refused; then the digests agree."""
    folder = tmp_path / "files"
    written = export(source, folder)
    assert written.digest == digest(source)
    words = shlex.split(written.command.replace("\\\n", " "))
    assert words[0] == "neo4j-admin"
    assert written.command in (folder / COMMAND_FILE).read_text("utf-8")
    said = server.admin(*(_with_folder(word, folder) for word in words[1:]))
    assert "IMPORT DONE" in said
    server.start()
    with closing(Database(server.address)) as imported:
        with pytest.raises(GraphUnfinished, match=r"finish\.cypher"):
            migrate(imported, dialect="neo4j", run=schema_runner(imported))
        for _ in range(2):  # a second time does no harm
            run_file(server.address, folder / FINISH_FILE)
        assert migrate(imported, dialect="neo4j", run=schema_runner(imported)) == MIGRATIONS[-1].number
        constraints = imported.read(Query("SHOW CONSTRAINTS YIELD name RETURN name")).values
        assert {"article_id", "entity_id", "former_id", "graph_id"} <= {row[0] for row in constraints}
        assert graph_of(imported) == graph_of(source)
        assert digest(imported) == digest(source)


def _with_folder(word: str, folder: Path) -> str:
    """An option with the whole paths of the files that it names, as if it stood in their folder."""
    return re.sub(r"[\w-]+\.csv", lambda name: f"{folder}/{name[0]}", word)


def test_another_delimiter_is_taken_where_a_list_holds_the_first(source: Database, tmp_path: Path) -> None:
    """What parts the elements of lists occurs in none of them; where all do, the export is refused."""
    assert "--array-delimiter=U+001F" in export(source, tmp_path / "a").command
    tags = Query("MATCH (a:Article {id: 'a1'}) SET a.tags = $tags")
    source.write([tags.with_parameters(tags=["one\x1ftwo"])])
    assert "--array-delimiter=U+001E" in export(source, tmp_path / "b").command
    source.write([tags.with_parameters(tags=["\x1f\x1e", "\x1d\x1c"])])
    with pytest.raises(NotForImport, match=r"U\+001C to U\+001F"):
        export(source, tmp_path / "c")


def test_a_long_text_gets_a_larger_buffer(source: Database, tmp_path: Path) -> None:
    """The importer refuses fields that do not fit into its buffer, so the command asks for one that is large enough."""
    assert "--read-buffer-size=4m" in export(source, tmp_path / "a").command
    source.write([Query("MATCH (a:Article {id: 'a1'}) SET a.text = $text", {"text": "x" * 3_000_000})])
    assert "--read-buffer-size=12m" in export(source, tmp_path / "b").command


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("MATCH (a:Article {id: 'a1'}) SET a.whole = 1.0", r"Article\.whole is long in one place and double"),
        ("MATCH (a:Article {id: 'a0'}) SET a.time = datetime('2024-01-01T00:00:00Z')", r"Article\.time holds a "),
        ("MATCH (a:Article {id: 'a0'}) SET a.mixed = [1, 'a']", r"Article\.mixed is a list of long and string"),
    ],
)
def test_values_the_files_cannot_carry_are_named(source: Database, tmp_path: Path, text: str, said: str) -> None:
    """Two types in one column, or a type that has no column, end the export with the name of the property."""
    source.write([Query(text)])  # type: ignore[arg-type,unused-ignore]
    with pytest.raises(NotForImport, match=said):
        export(source, tmp_path / "files")


def test_a_folder_that_holds_something_is_left_alone(source: Database, tmp_path: Path) -> None:
    """Nothing is written into it."""
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(NotForImport, match="is not empty"):
        export(source, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_graph_that_is_written_to_meanwhile_is_found_out(source: Database, tmp_path: Path) -> None:
    """The export fails where a version came between its beginning and its end."""

    @contextmanager
    def writing(_what: str, _total: int) -> Iterator[Callable[[int], None]]:
        yield lambda _done: None
        Writer(source).delete(["a1"])

    with pytest.raises(SourceChanged, match="while it was exported"):
        export(source, tmp_path / "files", watch=writing)


def test_numbers_are_written_as_java_reads_them() -> None:
    """Truths in small letters, reals that are no numbers by their names."""
    values = [True, False, 7, 0.1, float("inf"), float("-inf"), float("nan")]
    assert [bare(value) for value in values] == ["true", "false", "7", "0.1", "Infinity", "-Infinity", "NaN"]
