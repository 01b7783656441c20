"""What holds for every file of the project: nothing of one machine in it, nothing overgrown, decisions listed."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONGEST_FILE = 400
LONGEST_FUNCTION = 60

# Files that are longer than they should be, with the reason. A file that has become short enough leaves the list.
LONG_FILES = {
    "graph/model.py": "the domain types are one vocabulary and are read together; it holds next to no behaviour",
}

# Put together from parts, so that this file does not contain what it looks for.
PACKAGE_HOSTS = re.compile(r"(?:pypi|pythonhosted|npmjs|maven|golang|debian)\.(?:org|io)/(?:simple|packages|debian)")
FOLDERS_OF_MACHINES = ["/Users", "/root", "/work", "/farm", str(ROOT), str(Path.home())]
MACHINE_PATHS = re.compile(rf"(?<![\w./:-])(?:{'|'.join(map(re.escape, FOLDERS_OF_MACHINES))})/\w")


def project_files() -> list[Path]:
    """The files of the clone: those that git keeps or would keep."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a clone: git cannot list the files")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def python_files() -> list[Path]:
    """The project's Python files."""
    return [path for path in project_files() if path.suffix == ".py"]


def name_of(path: Path) -> str:
    """The path as it is written in the project."""
    return path.relative_to(ROOT).as_posix()


def matches(pattern: re.Pattern[str]) -> list[str]:
    """Where a pattern stands in the project, as "file:line: text"."""
    found = []
    for path in project_files():
        try:
            lines = path.read_text("utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        found += [f"{name_of(path)}:{n}: {line[:120]}" for n, line in enumerate(lines, 1) if pattern.search(line)]
    return found


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file, inner ones too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


def test_no_file_names_a_package_host() -> None:
    """Packages come from wherever the reader's pip is set up to look."""
    assert matches(PACKAGE_HOSTS) == []


def test_no_file_names_a_path_of_one_machine() -> None:
    """Nothing depends on where somebody's clone or home lies."""
    assert matches(MACHINE_PATHS) == []


def test_functions_are_short() -> None:
    """A function that does not fit on a screen does more than one thing."""
    long = [
        f"{name_of(path)}:{function.lineno} {function.name} has {length} lines"
        for path in python_files()
        for function in functions(path)
        if (length := (function.end_lineno or 0) - function.lineno + 1) >= LONGEST_FUNCTION
    ]
    assert long == []


def test_files_hold_one_concept() -> None:
    """A file that is longer than the limit is on the list that explains it, and nothing else is."""
    long = {name_of(path) for path in python_files() if len(path.read_text("utf-8").splitlines()) > LONGEST_FILE}
    assert long == set(LONG_FILES)


def test_no_file_is_large() -> None:
    """What is fetched with every clone stays under 8 MB a file, the tagger's weights under 20 MB."""
    large = {name_of(path): path.stat().st_size for path in project_files() if path.stat().st_size > 8_000_000}
    assert set(large) <= {"ingest/tagger/model.npz", "ingest/tagger/accurate.onnx.gz"}
    assert max(large.values(), default=0) < 20_000_000


def test_the_domain_needs_the_standard_library_only() -> None:
    """graph.model can be imported by every layer without drawing in a database or a framework."""
    tree = ast.parse((ROOT / "graph/model.py").read_text("utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert {str(name).split(".")[0] for name in imported} <= sys.stdlib_module_names


def test_every_decision_is_indexed_and_complete() -> None:
    """docs/adr/README.md lists each decision once, and each says in what context, what and why."""
    index = (ROOT / "docs/adr/README.md").read_text("utf-8")
    decisions = sorted(path for path in (ROOT / "docs/adr").glob("*.md") if path.name != "README.md")
    assert re.findall(r"\]\((\d{4}-[^)]+\.md)\)", index) == [path.name for path in decisions]
    for path in decisions:
        headings = re.findall(r"^## (.+)$", path.read_text("utf-8"), re.MULTILINE)
        assert headings == ["Context", "Choice", "Reason"], path.name


def test_the_changelog_tells_of_this_version() -> None:
    """The version of pyproject.toml has its section in CHANGELOG.md."""
    version = project()["version"]
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines()


def project() -> dict[str, object]:
    """The [project] table of pyproject.toml."""
    table: dict[str, object] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return table
