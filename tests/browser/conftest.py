"""A browser, and the service over the sample articles; both are started once. See docs/page.md for what is tested."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn
from page_reading import Reader

from app.ingestion import store_articles
from app.main import create_app
from app.opening import open_store
from app.page import STATIC
from app.settings import Settings
from ingest.articles import article_to_json
from ingest.loading import load_extractor
from ingest.sources import Failure, read

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
HOSTILE = Path(__file__).parent / "hostile.yaml"
# Names, titles and texts as nobody well-meaning would write them; the entities stand in hostile.yaml.
HOSTILE_ARTICLE = {
    "id": "hostile",
    "url": "javascript:alert(1)",
    "publisher": "<b>Bold</b> & Söhne",
    "published_at": "2025-01-02",
    "title": '<img src=x onerror="document.title=1"> \u202eright to left\u202c مرحبا 🎉 ' + "long " * 60,
    "text": "Quibblewick met Zanderfink in Vienna. 🎉 After that Quibblewick and Blunderhoff spoke to Iran.\n\n"
    "</script><script>document.title='taken'</script> Zanderfink and Blunderhoff said nothing.",
    "tags": ["<i>tag</i>"],
}


def missing(reason: str) -> None:
    """Skip with the reason, or fail where CI promises that everything is there."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver of the browser."""
    if importlib.util.find_spec("playwright") is None:
        missing("playwright is not installed: make test installs it")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The Chromium of this machine, or the one that playwright has fetched."""
    path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if path is None and not Path(playwright.chromium.executable_path).exists():
        missing("no Chromium on PATH: install it (apt-get install chromium), or run playwright install chromium")
    started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
    yield started
    started.close()


@contextmanager
def serving(app: Any) -> Iterator[str]:
    """The app on a free port of loopback, in a thread."""
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


@pytest.fixture(scope="session")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """A store with the sample articles and the hostile one, and the extractor that read them."""
    if not (STATIC / "index.html").exists():
        missing("the page is not built: make install builds it")
    samples = [article_to_json(found) for found in read([ROOT / "app/samples"]) if not isinstance(found, Failure)]
    extractor = load_extractor(HOSTILE)
    settings = Settings(home=tmp_path_factory.mktemp("page"))
    with open_store(settings) as store:
        results = store_articles([*samples, {**HOSTILE_ARTICLE, "url": None}], store=store, extractor=extractor)
        assert {result.outcome for result in results} == {"new"}
        yield {"store": store, "extractor": extractor, "settings": settings, "hostile": results[-1].id}


@pytest.fixture(scope="session")
def service(parts: dict[str, Any]) -> Iterator[str]:
    """The address of the service over the sample articles."""
    app = create_app(parts["settings"], store=parts["store"], extractor=parts["extractor"])
    with serving(app) as address:
        yield address


@pytest.fixture(scope="session")
def locked_service(parts: dict[str, Any]) -> Iterator[str]:
    """The same graph behind a service that takes articles from the holder of its key alone."""
    settings = Settings(home=parts["settings"].home, api_key="a-key-for-this-test")  # type: ignore[arg-type]
    with serving(create_app(settings, store=parts["store"], extractor=parts["extractor"])) as address:
        yield address


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core, from the packages of the page's developers."""
    sys.path.insert(0, str(ROOT))
    try:
        import page_build
    finally:
        sys.path.remove(str(ROOT))
    try:
        page_build.install_packages(dev=True)
    except page_build.CannotBuild as error:
        missing(str(error))
    return (page_build.MODULES / "axe-core/axe.min.js").read_text("utf-8")


Open = Callable[..., Reader]


@pytest.fixture
def opens(browser: Browser, service: str) -> Iterator[Open]:
    """Opens an address of the page in a browser of its own; what goes wrong in it fails the test."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_page(
        query: str = "", *, at: str = service, ready: bool = True, allowed: str = "$^", **context: Any
    ) -> Reader:
        options = {"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce", "locale": "en-GB", **context}
        made = browser.new_context(**options)
        contexts.append(made)
        page = made.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: troubles.append(str(error)))

        def note(message: Any) -> None:
            if message.type in ("error", "warning") and not re.search(
                allowed, f"{message.text} {json.dumps(message.location)}"
            ):
                troubles.append(message.text)

        page.on("console", note)
        page.on(
            "request",
            lambda request: None if request.url.startswith((at, "blob:", "data:")) else troubles.append(request.url),
        )
        page.goto(at + query)
        reader = Reader(page, at)
        if ready:
            reader.wait()
        return reader

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []
