"""Opening the graph of a real Neo4j as the settings name it."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import empty, extraction

from app.opening import connecting, open_graph, open_store
from app.settings import Settings, load_settings
from graph.database import BoltAddress, Connecting, Database
from graph.errors import DatabaseUnavailable


def settings_for(address: BoltAddress, home: Path, **more: object) -> Settings:
    """Settings that name this database."""
    return load_settings(
        home=home,
        neo4j_uri=address.uri,
        neo4j_username=address.user,
        neo4j_password=address.password,
        neo4j_database=address.database,
        **more,
    )


def test_a_home_that_is_not_there_is_made(neo4j_address: BoltAddress, on_neo4j: Database, tmp_path: Path) -> None:
    """The index is kept in EIG_HOME, which need not be there before; a second opening finds graph and index."""
    empty(on_neo4j)
    settings = settings_for(neo4j_address, tmp_path / "new" / "home")
    with open_graph(settings) as opened:
        opened.store.write([extraction("a", [["Q1", "Q2"]])])
        assert opened.store.stats().database == "Neo4j"
    assert opened.index_file.is_file()
    with open_store(settings) as store:
        assert store.stats().articles == 1


def test_a_server_that_is_not_there_is_told_when_opening(tmp_path: Path) -> None:
    """Where there is no server, opening says so."""
    nowhere = BoltAddress("bolt://127.0.0.1:9", "neo4j", "secret", "neo4j")
    with pytest.raises(DatabaseUnavailable, match="NEO4J_URI"), open_store(settings_for(nowhere, tmp_path)):
        raise AssertionError("opened")


def test_the_settings_of_connections_reach_the_driver() -> None:
    """Each setting has the meaning of the driver's option of its name."""
    settings = load_settings(
        neo4j_max_connection_pool_size=7,
        neo4j_connection_timeout=1.5,
        neo4j_connection_acquisition_timeout=2.5,
        neo4j_max_transaction_retry_time=3.5,
    )
    assert connecting(settings) == Connecting(7, 1.5, 2.5, 3.5)
    assert connecting(load_settings()) == Connecting()
