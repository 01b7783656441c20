"""docs/settings.md and docs/http.md tell everything there is, and nothing else."""

import re
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import SecretStr

from app.main import create_app
from app.problems import CODES
from app.schemas.common import Reason
from app.settings import Settings, variable

DOCS = Path(__file__).parents[2] / "docs"


def rows(file: str, columns: int) -> list[tuple[str, ...]]:
    """The cells of all table rows of a document that have so many columns, headings left out."""
    lines = (DOCS / file).read_text(encoding="utf-8").splitlines()
    cells = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines if line.startswith("|")]
    return [row for row in cells if len(row) == columns and row[0].strip("-") and "`" in "".join(row[:2])]


def names(cell: str) -> list[str]:
    """What stands in code marks."""
    return re.findall(r"`([^`]+)`", cell)


def shown(default: object) -> str:
    """A default as the table shows it."""
    plain = default.get_secret_value() if isinstance(default, SecretStr) else default
    if plain is None or plain in ("", ()):
        return ""
    if isinstance(plain, bool):
        return f"`{plain}`".lower()
    if isinstance(plain, tuple):
        return f"`{','.join(plain)}`"
    return f"`{plain:g}`" if isinstance(plain, float) else f"`{plain}`"


def test_every_setting_is_documented() -> None:
    """Each setting stands in the table with its default and its meaning."""
    described = {
        (f"`{variable(name)}`", shown(field.default), field.description)
        for name, field in Settings.model_fields.items()
    }
    assert set(rows("settings.md", 3)) == described


@pytest.fixture(scope="module")
def operations() -> dict[str, Any]:
    """The operations of the API by method and path."""
    paths = create_app(Settings()).openapi()["paths"]
    return {f"{method.upper()} {path}": one for path, methods in paths.items() for method, one in methods.items()}


def test_every_route_is_documented(operations: dict[str, Any]) -> None:
    """Each route stands in the table with all of its parameters."""
    documented = {names(row[0])[0]: set(names(row[2])) for row in rows("http.md", 3) if "/" in row[0]}
    assert documented == {
        name: {one["name"] for one in operation.get("parameters", []) if one["in"] == "query"}
        for name, operation in operations.items()
    }


def test_every_code_is_documented(operations: dict[str, Any]) -> None:
    """Each code of an error stands in the table, with the statuses that the API's description gives it."""
    documented = {names(row[1])[0]: set(row[0].split(", ")) for row in rows("http.md", 3) if row[0][0].isdigit()}
    assert set(documented) == set(CODES)
    for operation in operations.values():
        for status, response in operation["responses"].items():
            for example in response.get("content", {}).get("application/problem+json", {}).get("examples", {}).values():
                assert status in documented[example["value"]["code"]]


def test_every_reason_is_documented() -> None:
    """Each reason of an empty answer stands in the table."""
    documented = {names(row[0])[0] for row in rows("http.md", 2)}
    assert documented == set(get_args(Reason))
