"""A browser, and a service over the sample articles, for the tests of the page, its pictures and its measurements."""

from __future__ import annotations

import importlib.util
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvicorn

from app.ingestion import store_articles
from app.main import create_app
from app.opening import open_store
from app.settings import Settings
from graph.store import GraphStore
from ingest.articles import article_to_json
from ingest.extractor import Extractor
from ingest.loading import load_extractor
from ingest.sources import Failure, read

if TYPE_CHECKING:
    from fastapi import FastAPI
    from playwright.sync_api import Browser, Playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


class NoBrowser(RuntimeError):
    """There is no browser to be had; the message says what to install."""


@dataclass(frozen=True)
class Samples:
    """A graph of the sample articles, with what is needed to serve it; `results` are those of `more`."""

    store: GraphStore
    extractor: Extractor
    settings: Settings
    results: Sequence[Any]

    def app(self, **settings: Any) -> FastAPI:
        """A service over it, with settings that differ from the usual ones."""
        chosen = Settings(home=self.settings.home, **settings)
        return create_app(chosen, store=self.store, extractor=self.extractor)


@contextmanager
def samples(home: Path, *, more: Sequence[Mapping[str, Any]] = (), entities: Path | None = None) -> Iterator[Samples]:
    """The sample articles, and `more`, in a database in `home`; `entities` are some of one's own."""
    articles = [article_to_json(found) for found in read([ROOT / "app/samples"]) if not isinstance(found, Failure)]
    extractor = load_extractor(entities)
    settings = Settings(home=home)
    with open_store(settings) as store:
        results = list(store_articles([*articles, *more], store=store, extractor=extractor))
        yield Samples(store, extractor, settings, results[len(articles) :])


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The app on a free port of loopback, in a thread; gives its address."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/"
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def browsing_samples() -> Iterator[tuple[Browser, str]]:
    """A browser, and the address of a service over the sample articles in a folder of its own. Raises NoBrowser."""
    with (
        driver() as playwright,
        chromium(playwright) as browser,
        tempfile.TemporaryDirectory() as folder,
        samples(Path(folder)) as made,
        serving(made.app()) as address,
    ):
        yield browser, address


@contextmanager
def driver() -> Iterator[Playwright]:
    """What drives browsers. Raises NoBrowser."""
    if importlib.util.find_spec("playwright") is None:
        raise NoBrowser("playwright is not installed: make test installs it")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        yield running


@contextmanager
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The Chromium of this machine, or else the one that playwright has fetched. Raises NoBrowser."""
    path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if path is None and not Path(playwright.chromium.executable_path).exists():
        raise NoBrowser("no Chromium on PATH: apt-get install chromium, or playwright install chromium")
    # Without its own sandbox, which containers do not allow; it is shown nothing but our page.
    browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
    try:
        yield browser
    finally:
        browser.close()
