"""A browser, and the service over the sample articles; both are started once. docs/page.md says what is tested."""

from __future__ import annotations

import fcntl
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from browsing import ROOT, NoBrowser, Samples, chromium, driver, samples, serving
from page_reading import Reader
from tabs import Tabs, usual_tab

from app.page import STATIC

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

KEY = "a-key-for-this-test"
# Names, titles and texts as nobody well-meaning would write them; the entities stand in hostile.yaml.
HOSTILE_ARTICLE = {
    "id": "hostile",
    "publisher": "<b>Bold</b> & Söhne",
    "published_at": "2025-01-02",
    "title": '<img src=x onerror="document.title=1"> \u202eright to left\u202c مرحبا 🎉 ' + "long " * 60,
    "text": "Quibblewick met Zanderfink in Vienna. 🎉 After that Quibblewick and Blunderhoff spoke to Iran.\n\n"
    "</script><script>document.title='taken'</script> Zanderfink and Blunderhoff said nothing.",
    "tags": ["<i>tag</i>"],
}


def missing(reason: object) -> NoReturn:
    """Skip with the reason, or fail where CI promises that everything is there."""
    if os.environ.get("CI"):
        pytest.fail(str(reason))
    pytest.skip(str(reason))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the whole run."""
    with ExitStack() as opened:
        try:
            started = opened.enter_context(chromium(opened.enter_context(driver())))
        except NoBrowser as error:
            missing(error)
        yield started


@pytest.fixture(scope="session")
def graph(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Samples]:  # noqa: ARG001 - no graph without a browser
    """The sample articles and the hostile one."""
    if not (STATIC / "index.html").exists():
        missing("the page is not built: make install builds it")
    hostile = Path(__file__).parent / "hostile.yaml"
    with samples(tmp_path_factory.mktemp("page"), more=[HOSTILE_ARTICLE], entities=hostile) as made:
        yield made


@pytest.fixture(scope="session")
def service(graph: Samples) -> Iterator[str]:
    """The address of the service over them."""
    with serving(graph.app()) as address:
        yield address


@pytest.fixture(scope="session")
def locked_service(graph: Samples) -> Iterator[str]:
    """The same graph behind a service that takes articles from the holder of its key alone."""
    with serving(graph.app(api_key=KEY)) as address:
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
        with page_build.FRONTEND.joinpath("package-lock.json").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # several processes may run these tests
            page_build.install_packages(dev=True)
    except page_build.CannotBuild as error:
        missing(error)
    script: Path = page_build.MODULES / "axe-core/axe.min.js"
    return script.read_text("utf-8")


Open = Callable[..., Reader]


@pytest.fixture(scope="session")
def shared_tab(browser: Browser) -> Page:
    """The tab that most tests are content with."""
    return usual_tab(browser)


@pytest.fixture
def tabs(browser: Browser, shared_tab: Page) -> Iterator[Tabs]:
    """What opens tabs for this test, which fails if anything goes wrong in one."""
    opened = Tabs(browser, shared_tab)
    yield opened
    opened.close()
    assert opened.troubles == []


@pytest.fixture
def opens(tabs: Tabs, service: str) -> Open:
    """Opens an address of the page in a tab that is as new; what goes wrong in it fails the test.

    `allowed`: a pattern of what the browser may complain about, such as the 404 that a test asks for.
    """

    def show(query: str = "", *, at: str = service, ready: bool = True, allowed: str = "$^", **options: Any) -> Reader:
        reader = Reader(tabs.open(at + query, allowed=allowed, asks=at, **options), at)
        if ready:
            reader.wait()
        return reader

    return show
