"""A sample of hostile statements that were run against real databases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph.cypher_guard import check
from graph.errors import StatementRefused

HARMLESS = {
    "s_show_con": "names the constraints, which the documentation does too",
    "t_cross_rows": "a product of matches makes its rows one by one: the row cap and the time limit end it",
    "m_cart_collect": "a product of matches makes its rows one by one: the time limit and the memory limit end it",
    "x_parens30": "thirty brackets are no trouble to a parser",
}


@pytest.fixture
def sample(shared: Path) -> dict[str, str]:
    """The statements by their ids, repetitions written out."""
    path = shared / "design" / "neo4j" / "hostile-sample.jsonl"
    if not path.is_file():
        pytest.skip(f"{path.name} is not in the shared folder")
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {line["id"]: _written_out(line) for line in lines}


def _written_out(line: dict[str, Any]) -> str:
    if "statement" in line:
        return str(line["statement"]).replace("{PORT}", "4711")
    repeat = line["repeat"]
    times = repeat["times"]
    return str(repeat["before"] + repeat["unit"] * times + repeat["after"] + repeat.get("close", "") * times)


def test_sample_is_refused_at_strict(sample: dict[str, str]) -> None:
    """All are refused but those that do no harm under a time limit."""
    passed = {name for name, statement in sample.items() if _passes(statement)}
    assert passed == set(HARMLESS)


def _passes(statement: str) -> bool:
    try:
        check(statement, level="strict")
    except StatementRefused:
        return False
    return True
