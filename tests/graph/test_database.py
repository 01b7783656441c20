"""The Bolt seam on real databases: what it answers, what it refuses and how it says so."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import pytest

from graph.database import Database, Limits, Query
from graph.embedded import EmbeddedDatabase
from graph.errors import (
    ConstraintViolated,
    DatabaseUnavailable,
    StatementError,
    StatementRefused,
    StatementStopped,
)

SHORT = Limits(seconds=5, rows=3)
TWO_SECONDS = "UNWIND range(1, 3000) AS x UNWIND range(1, 900) AS y WITH x, y WHERE x * y = 77 RETURN count(*) AS n"
ENDLESS = "UNWIND range(1, 9000) AS x UNWIND range(1, 9000) AS y WITH x, y WHERE x * y = 77 RETURN count(*) AS n"


def test_rows_carry_fields_and_values(database: Database) -> None:
    """An answer is a table that can be read as dictionaries."""
    rows = database.read(Query("UNWIND [1, 2] AS n RETURN n, n * 2 AS twice"))
    assert rows.fields == ("n", "twice")
    assert rows.dicts() == [{"n": 1, "twice": 2}, {"n": 2, "twice": 4}]


def test_a_transaction_is_whole_or_not_at_all(database: Database) -> None:
    """A statement that fails takes back those before it."""
    good = Query("CREATE (:Article {id: 'half'})")
    with pytest.raises(StatementError):
        database.write([good, Query("RETURN nothing_of_that_name")])
    assert database.read(Query("MATCH (a:Article) RETURN count(a) AS n")).values == ((0,),)
    database.write([good])
    assert database.read(Query("MATCH (a:Article) RETURN count(a) AS n")).values == ((1,),)


@pytest.mark.parametrize(
    ("statement", "line", "column"),
    [
        ("RETUR 1", 1, 1),
        ("MATCH (n)\nWHERE n.x > RETURN n", 2, None),
    ],
)
def test_wrong_statements_say_where(database: Database, statement: str, line: int, column: int | None) -> None:
    """An error names the line, the column and the offset where the database does."""
    with pytest.raises(StatementError) as error:
        database.ask(statement, {}, SHORT)
    assert error.value.statement == statement
    assert error.value.line == line
    assert error.value.offset is not None
    if column:
        assert error.value.column == column


def test_an_error_without_a_place_has_none(embedded: Database) -> None:
    """Where the database does not say where, neither do we: the embedded one does not for a name it does not know."""
    with pytest.raises(StatementError, match="not defined") as error:
        embedded.ask("RETURN unknown", {}, SHORT)
    assert error.value.line is None


def test_what_is_unique_cannot_come_twice(database: Database) -> None:
    """A second article of one id is a violated constraint, and its transaction leaves nothing."""
    database.write([Query("CREATE (:Article {id: 'one'})")])
    with pytest.raises(ConstraintViolated, match="one"):
        database.write([Query("CREATE (:Article {id: 'two'})"), Query("CREATE (:Article {id: 'one'})")])
    assert database.read(Query("MATCH (a:Article) RETURN collect(a.id) AS ids")).values == ((["one"],),)


def test_what_is_tied_cannot_be_deleted_alone(database: Database) -> None:
    """Deleting a node that still has ties violates a constraint on every database; with its ties it goes."""
    database.write([Query("CREATE (:Article {id: 'a'})-[:MENTIONS]->(:Entity {id: 'Q1'})")])
    with pytest.raises(ConstraintViolated, match="still has relationships"):
        database.write([Query("MATCH (a:Article) DELETE a")])
    database.write([Query("MATCH (a:Article) DETACH DELETE a")])
    assert database.read(Query("MATCH (a:Article) RETURN count(a) AS n")).values == ((0,),)


def test_a_statement_of_ours_that_may_not_write_is_told_as_a_lack_of_rights(engine: EmbeddedDatabase) -> None:
    """A user without the right to write is told by name, with what is needed."""
    database = Database(engine.reader)
    with pytest.raises(DatabaseUnavailable, match=r"user 'reader' may not do this.*read, write and change the schema"):
        database.write([Query("CREATE (:Article {id: 'mine'})")])
    database.close()


def test_rows_are_capped_and_said_to_be(database: Database) -> None:
    """More rows than allowed are cut; exactly as many are not called cut."""
    cut = database.ask("UNWIND range(1, 9) AS n RETURN n", {}, SHORT)
    assert [row[0] for row in cut.values] == [1, 2, 3]
    assert cut.truncated
    assert not database.ask("UNWIND range(1, 3) AS n RETURN n", {}, SHORT).truncated


def test_parameters_reach_a_strangers_statement(database: Database) -> None:
    """Parameters are passed on as they are."""
    rows = database.ask("RETURN $a + size($b) AS n", {"a": 1, "b": ["x", "y"]}, SHORT)
    assert rows.values == ((3,),)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE (:Article {id: 'hack'})",
        "MERGE (:Unheard {id: 'hack'})",
        "MATCH (g:Graph) SET g.version = 1000",
        "MATCH (g:Graph) DETACH DELETE g",
        "LOAD CSV FROM 'file:///etc/hostname' AS row RETURN row",
    ],
)
def test_the_reader_has_no_right_to_write_or_leave(database: Database, statement: str) -> None:
    """Also a statement that no guard has seen writes nothing and opens no file."""
    version = Query("MATCH (g:Graph) RETURN g.version AS v")
    before = database.read(version)
    with pytest.raises(StatementRefused):
        database.ask(statement, {}, SHORT)
    assert database.read(version) == before
    assert database.read(Query("MATCH (n) WHERE NOT n:Graph RETURN count(n) AS n")).values == ((0,),)


def test_time_is_limited(database: Database) -> None:
    """A statement is dropped at its deadline, which is the caller's and not the engine's."""
    begin = time.monotonic()
    with pytest.raises(StatementStopped, match="stopped after 1 s"):
        database.ask(ENDLESS, {}, Limits(seconds=1, rows=1))
    assert time.monotonic() - begin < 20  # it would never end by itself; the engine looks at its clock now and then
    assert database.read(Query("RETURN 1 AS one")).values == ((1,),)


def test_a_statement_is_cancelled_when_told_so(database: Database) -> None:
    """Setting the event drops the connection, long before the time is over."""
    cancelled = threading.Event()
    threading.Timer(0.3, cancelled.set).start()
    begin = time.monotonic()
    with pytest.raises(StatementStopped, match="cancelled"):
        database.ask(ENDLESS, {}, Limits(seconds=30, rows=1), cancelled=cancelled)
    assert time.monotonic() - begin < 10


def test_the_engine_stops_what_runs_too_long(engine: EmbeddedDatabase, database: Database) -> None:
    """Also a statement whose connection we do not drop ends at the limit, with which nothing of ours is left."""
    reader = Database(engine.reader)
    with engine.time_limit.limited(1), pytest.raises(StatementStopped, match="by the database"):
        reader.read(Query(ENDLESS))
    reader.close()
    assert database.read(Query(TWO_SECONDS)).values


def test_ours_is_run_again_without_a_strangers_limit(database: Database) -> None:
    """A statement of ours that started under a stranger's limit and ran into it is answered all the same."""

    def ask() -> None:
        with pytest.raises(StatementStopped):
            database.ask(ENDLESS, {}, Limits(seconds=1, rows=1))

    stranger = threading.Thread(target=ask)
    stranger.start()
    time.sleep(0.3)
    assert database.read(Query(TWO_SECONDS)).values
    stranger.join()


def test_a_wrong_password_is_told(engine: EmbeddedDatabase) -> None:
    """The error speaks of user and password, and does not show the password."""
    stranger = Database(replace(engine.address, password="not the password"))
    with pytest.raises(DatabaseUnavailable, match="user and password") as error:
        stranger.ping()
    assert "not the password" not in str(error.value)
    stranger.close()


def test_no_server_is_told(engine: EmbeddedDatabase) -> None:
    """Where nothing listens the error says that the database does not answer."""
    nowhere = Database(replace(engine.address, uri="bolt://127.0.0.1:9"))
    with pytest.raises(DatabaseUnavailable, match="does not answer"):
        nowhere.ask("RETURN 1", {}, SHORT)
    nowhere.close()


def test_an_unknown_database_of_the_engine_is_told(engine: EmbeddedDatabase) -> None:
    """The embedded server, too, is asked by the database's name."""
    nowhere = Database(replace(engine.address, database="nowhere"))
    with pytest.raises(DatabaseUnavailable, match="no database 'nowhere'"):
        nowhere.ping()
    nowhere.close()


def test_addresses_hide_their_password(engine: EmbeddedDatabase) -> None:
    """An address in a log shows no secret."""
    assert engine.address.password not in repr(engine.address)
