"""One embedded database for all tests of the service, filled with a handful of articles by the real extractor."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.exceptions import StarletteDeprecationWarning

from app.ingestion import store_articles
from app.main import create_app
from app.opening import open_store
from app.settings import Settings
from graph.store import GraphStore
from ingest.extractor import NewsExtractor
from ingest.kb import load_folders

with warnings.catch_warnings():
    # The test client asks for httpx2 on import and works with httpx all the same.
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from fastapi.testclient import TestClient

BASE_URL = "http://127.0.0.1:8000"


@pytest.fixture(scope="session")
def extractor() -> NewsExtractor:
    """The real extractor over a knowledge base of a dozen entities, so that the answers stay what they are."""
    return NewsExtractor(load_folders(Path(__file__).parent / "kb"))


@pytest.fixture(scope="session")
def news() -> list[dict[str, Any]]:
    """The articles that are stored."""
    lines = (Path(__file__).parent / "news.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="session")
def stored_news(
    tmp_path_factory: pytest.TempPathFactory, extractor: NewsExtractor, news: list[dict[str, Any]]
) -> Iterator[GraphStore]:
    """A graph of these articles. Tests that write must leave it as it was."""
    with open_store(Settings(home=tmp_path_factory.mktemp("service"))) as opened:
        results = store_articles(news, store=opened, extractor=extractor)
        assert [result.outcome for result in results] == ["new"] * len(news)
        yield opened


@pytest.fixture(scope="session")
def article_ids(stored_news: GraphStore, extractor: NewsExtractor, news: list[dict[str, Any]]) -> dict[str, str]:
    """Title to id of the stored articles."""
    results = store_articles(news, store=stored_news, extractor=extractor)
    return {record["title"]: str(result.id) for record, result in zip(news, results, strict=True)}


MakeClient = Callable[..., TestClient]


@pytest.fixture(scope="session")
def make_client(stored_news: GraphStore, extractor: NewsExtractor) -> MakeClient:
    """Makes a client of a service over the stored articles, with settings that differ from the usual ones."""

    def make(**settings: Any) -> TestClient:
        app = create_app(Settings(**settings), store=stored_news, extractor=extractor)
        return TestClient(app, base_url=BASE_URL, follow_redirects=False)

    return make


@pytest.fixture(scope="session")
def client(make_client: MakeClient) -> TestClient:
    """A client of the service with the usual settings."""
    return make_client()
