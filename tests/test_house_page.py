"""The page as it is built and shipped: small, ours alone, locked, and in every wheel."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
import tomllib
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.exceptions import StarletteDeprecationWarning

from app.page import STATIC, add_page

with warnings.catch_warnings():
    # The test client asks for httpx2 on import and works with httpx all the same.
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from fastapi.testclient import TestClient

ROOT = Path(__file__).parents[1]
FRONTEND = ROOT / "app/web/frontend"
PAGE_KILOBYTES = 40
EXTERNAL = re.compile(r"""(?:src|href|url|import|fetch)\s*[=(]?\s*["'(]\s*(?:https?:)?//[\w.-]+""")

pytestmark = pytest.mark.skipif(not (STATIC / "index.html").exists(), reason="the page is not built: make install")


@pytest.fixture(scope="module")
def client() -> TestClient:
    """A service of nothing but the page."""
    app = FastAPI()
    add_page(app)
    return TestClient(app)


def page_build() -> ModuleType:
    """The module that builds the page."""
    spec = importlib.util.spec_from_file_location("page_build", ROOT / "page_build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sizes() -> dict[str, dict[str, int]]:
    """Bytes of each built file, as they are and compressed."""
    found: dict[str, dict[str, int]] = json.loads((STATIC / "sizes.json").read_text("utf-8"))
    return found


def loaded_at_once() -> set[str]:
    """The files that a browser fetches before the console is opened: what the page names, and what that imports."""
    names = set(re.findall(r'(?:src|href)="web/([^"]+)"', (STATIC / "index.html").read_text("utf-8")))
    waiting = {"layout.js", *names}
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        seen.add(name)
        text = (STATIC / name).read_text("utf-8")
        waiting |= set(re.findall(r'(?:from|import)"\./([^"]+)"', text)) - seen
    return seen | {"index.html"}


def test_the_page_is_small() -> None:
    """What is fetched before the console is opened stays under 40 kB compressed."""
    assert sum(sizes()[name]["gzip"] for name in loaded_at_once()) < PAGE_KILOBYTES * 1000


def test_the_page_is_ours_alone(client: TestClient) -> None:
    """The page has no script or style in its text, loads what is there, and nothing from elsewhere."""
    page = client.get("/")
    assert page.headers["content-type"].startswith("text/html")
    assert not re.search(r"<style|<script(?![^>]*src=)|style=|\son\w+=", page.text)
    names = re.findall(r'(?:src|href)="(web/[^"#]+)"', page.text)
    assert len(names) >= 3
    assert [name for name in names if client.get(f"/{name}").status_code != 200] == []
    for name in sizes():
        assert not EXTERNAL.search((STATIC / name).read_text("utf-8")), name


def test_files_travel_compressed(client: TestClient) -> None:
    """Who can read it gets the compressed file, others the plain one; both are asked for again each time."""
    small = client.get("/web/app.js", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/web/app.js", headers={"Accept-Encoding": "identity"})
    assert small.headers["content-encoding"] == "gzip"
    assert small.headers["content-type"] == plain.headers["content-type"]
    assert small.text == plain.text
    assert "content-encoding" not in plain.headers
    assert {answer.headers["cache-control"] for answer in (small, plain, client.get("/"))} == {"no-cache"}
    again = client.get("/web/app.js", headers={"Accept-Encoding": "gzip", "If-None-Match": small.headers["etag"]})
    assert again.status_code == 304
    assert client.get("/web/nothing.js", headers={"Accept-Encoding": "gzip"}).status_code == 404


def test_without_a_page_the_service_says_what_to_do(tmp_path: Path) -> None:
    """A service that was installed without its page says how to have it, and where the API is."""
    app = FastAPI()
    add_page(app, tmp_path)
    answer = TestClient(app).get("/")
    assert answer.status_code == 503
    assert "EIG_SKIP_FRONTEND" in answer.text
    assert 'href="docs"' in answer.text


def test_what_is_built_is_shipped() -> None:
    """Git does not know the built page, so wheels and source archives name it; no wheel carries its sources."""
    build = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]
    assert "app/web/static/**" in build["targets"]["wheel"]["artifacts"]
    assert "app/web/static/**" in build["targets"]["sdist"]["artifacts"]
    assert "app/web/frontend" in build["targets"]["wheel"]["exclude"]
    assert build["hooks"]["custom"]["path"] == "hatch_build.py"


def test_the_lock_of_the_page_names_no_registry() -> None:
    """Packages are exact, hashed, and come from wherever the reader's npm is set up to look."""
    lock: dict[str, Any] = json.loads((FRONTEND / "package-lock.json").read_text("utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert len(packages) > 10
    assert [name for name, package in packages.items() if "resolved" in package or "integrity" not in package] == []
    manifest = json.loads((FRONTEND / "package.json").read_text("utf-8"))
    for version in (*manifest["dependencies"].values(), *manifest["devDependencies"].values()):
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)


def test_the_lock_of_the_page_serves_every_platform() -> None:
    """The lock was made from a clean tree: it has the compiler for Linux and macOS, on both kinds of processor."""
    lock = json.loads((FRONTEND / "package-lock.json").read_text("utf-8"))["packages"]
    for platform in ("linux-x64", "linux-arm64", "darwin-arm64", "darwin-x64"):
        assert f"node_modules/@esbuild/{platform}" in lock


def test_the_page_is_built_from_the_sources_at_hand() -> None:
    """The digest beside the built page is that of the sources, so an install does not build it again."""
    assert not page_build().is_needed(), "app/web/static is out of date: make install"


def test_nothing_is_built_where_the_page_is_not_wanted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """EIG_SKIP_FRONTEND=1 asks for no Node and writes nothing; without it, Node is asked for where there is none."""
    module = page_build()
    monkeypatch.setattr(module, "STAMP", tmp_path / "digest")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert module.needed_packages() == [module.NODE_REQUIREMENT]
    monkeypatch.setenv("EIG_SKIP_FRONTEND", "1")
    assert module.needed_packages() == []
    module.build()
    assert list(tmp_path.iterdir()) == []


def test_without_node_the_build_says_what_to_do(tmp_path: Path) -> None:
    """Where the page cannot be built, the one line says what helps."""
    code = f"""
import page_build
page_build.STAMP = page_build.Path({str(tmp_path / "none")!r})
page_build._node_of_package = lambda: None
page_build.main(["build"])
"""
    alone = {"PATH": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=alone, capture_output=True, text=True)
    assert done.returncode == 1
    assert "EIG_SKIP_FRONTEND=1" in done.stderr or "npm ci" in done.stderr
    assert "Traceback" not in done.stderr
