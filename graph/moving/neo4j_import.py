"""Writes a graph as the files that `neo4j-admin database import full` reads, with the commands to run.

What those files cannot carry (see graph.moving.csv_table) the statements of `finish.cypher` put in, once after the
import. Until then the graph carries a mark, and opening it is refused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from graph.database import Database
from graph.moving.content import Item, content, graph_node, item, size
from graph.moving.csv_table import BLANK, EMPTY, NODES, Table
from graph.moving.digest import SHOWN_EVERY, GraphDigest, Summing, Watch, unwatched
from graph.moving.errors import DelimiterTaken, NotForImport, SourceChanged
from graph.queries import moving

COMMAND_FILE = "import.txt"
FINISH_FILE = "finish.cypher"
# Control characters made for parting records: the first that no list holds is taken.
DELIMITERS = "\x1f\x1e\x1d\x1c"
UNFINISHED = "this graph was imported in bulk: run `cypher-shell -f finish.cypher`, which was written with its files"
# The importer's buffer has to hold the longest field; this is its own size.
BUFFER_MEGABYTES = 4
BYTES_OF_CHARACTER = 4

FINISH_NODES = """MATCH (n:{kind}) WHERE n.{empty} IS NOT NULL OR n.{blank} IS NOT NULL
CALL (n) {{
  FOREACH (name IN coalesce(n.{empty}, []) | SET n[name] = [])
  FOREACH (name IN coalesce(n.{blank}, []) | SET n[name] = [''])
  REMOVE n.{empty}, n.{blank}
}} IN TRANSACTIONS OF 10000 ROWS;
"""
FINISH_RELATIONSHIPS = FINISH_NODES.replace("(n:{kind})", "()-[n:{kind}]->()")
FINISH_GRAPH = "MATCH (g:Graph {id: 'graph'}) REMOVE g.unfinished;\n"

MANUAL = """The graph with the digest {digest}
for Neo4j's bulk importer. The import replaces the database.

1. Stop Neo4j, and run in this folder:

{command}

2. Start Neo4j, and run in this folder:

cypher-shell -d neo4j -f {finish}

3. Open the graph once, which adds constraints and indexes:

NEO4J_URI=neo4j://localhost:7687 NEO4J_PASSWORD=... eig stats
"""


@dataclass(frozen=True, slots=True)
class Written:
    """An export: the command that imports it, and the digest of what is in it."""

    command: str
    digest: GraphDigest


def export(database: Database, folder: Path, *, watch: Watch = unwatched) -> Written:
    """Write the files of a whole graph into `folder`, which is made where it is missing and must be empty.

    Raises NotForImport where it is not, or where the graph holds what these files cannot carry; SourceChanged where the
    graph is written to meanwhile; UnknownContent where it holds what is not ours.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise NotForImport(f"the folder {folder} is not empty: name another one")
    for delimiter in DELIMITERS:
        try:
            found, tables = _write(database, folder, delimiter, watch)
        except DelimiterTaken:
            continue
        return _with_manual(folder, _command(tables, delimiter), found, tables)
    raise NotForImport("lists of the graph hold each of the characters U+001C to U+001F: use `eig move` for this graph")


def _write(database: Database, folder: Path, delimiter: str, watch: Watch) -> tuple[GraphDigest, Mapping[str, Table]]:
    sums, tables, node, expected = Summing(), dict[str, Table](), graph_node(database), size(database)
    columns = _columns(database)
    with ExitStack() as files, watch("writing", expected) as show:

        def write(one: Item) -> None:
            if one.kind not in tables:
                table = Table(folder, one.kind, columns=columns[one.kind], delimiter=delimiter)
                tables[one.kind] = files.enter_context(table)
            tables[one.kind].write(one)

        for position, found in content(database):
            write(found)
            sums.add(found)
            if position.done % SHOWN_EVERY == 0:
                show(position.done)
        write(_unfinished(node))
    if graph_node(database).canonical != node.canonical:
        raise SourceChanged("the graph was written to while it was exported: stop what writes to it, and export again")
    return sums.finished(node, expected=expected), tables


def _columns(database: Database) -> Mapping[str, Sequence[str]]:
    """The names of the properties of each label and type."""
    columns: defaultdict[str, list[str]] = defaultdict(list)
    for query in (moving.NODE_KEYS, moving.RELATIONSHIP_KEYS):
        for row in database.read(query).dicts():
            columns[row["kind"]].append(row["name"])
    columns["Graph"].append("unfinished")
    return columns


def _unfinished(node: Item) -> Item:
    """The Graph node as it is imported: with a mark, and without a schema, which opening the graph adds."""
    properties = {name: value for name, value in node.properties.items() if name != "schema_version"}
    return item(node.kind, node.source, None, properties | {"unfinished": UNFINISHED})


def _with_manual(folder: Path, command: str, found: GraphDigest, tables: Mapping[str, Table]) -> Written:
    finishing = "".join(_finish(table.kind) for table in tables.values() if table.patched) + FINISH_GRAPH
    (folder / FINISH_FILE).write_text(finishing, encoding="utf-8")
    manual = MANUAL.format(digest=found.text, command=command, finish=FINISH_FILE)
    (folder / COMMAND_FILE).write_text(manual, encoding="utf-8")
    return Written(command, found)


def _finish(kind: str) -> str:
    statement = FINISH_NODES if kind in NODES else FINISH_RELATIONSHIPS
    return statement.format(kind=kind, empty=EMPTY, blank=BLANK)


def _command(tables: Mapping[str, Table], delimiter: str) -> str:
    longest = max(table.longest for table in tables.values()) * BYTES_OF_CHARACTER
    megabytes = max(BUFFER_MEGABYTES, longest // 2**20 + 1)
    options = [
        *(table.option for table in tables.values()),
        f"--array-delimiter=U+{ord(delimiter):04X}",
        "--multiline-fields=true",
        f"--read-buffer-size={megabytes}m",
        "--overwrite-destination",
    ]
    return " \\\n  ".join(["neo4j-admin database import full neo4j", *options])
