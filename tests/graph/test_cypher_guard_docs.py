"""The examples of docs/cypher.md do what the document says of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.cypher_guard import check, limits
from graph.errors import StatementRefused

DOCUMENT = (Path(__file__).parents[2] / "docs" / "cypher.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```cypher (\w+)\n(.*?)^```$", DOCUMENT, re.DOTALL | re.MULTILINE)
LEVELS = {"allowed": {"strict", "trusted"}, "strict": {"trusted"}, "refused": set()}


def test_every_block_is_marked() -> None:
    """No block of code is without a word on what becomes of it."""
    assert DOCUMENT.count("```") == 2 * len(EXAMPLES)


@pytest.mark.parametrize(("mark", "statement"), EXAMPLES)
def test_example_does_what_the_document_says(mark: str, statement: str) -> None:
    """An example passes the levels it is marked with and no other."""
    passed = {level for level in ("strict", "trusted") if _passes(statement, level)}
    assert passed == LEVELS[mark]


def _passes(statement: str, level: str) -> bool:
    try:
        check(statement, level="strict" if level == "strict" else "trusted")
    except StatementRefused:
        return False
    return True


def test_document_names_the_limits() -> None:
    """The numbers in the text are those of the limits."""
    named = {int(number.replace(",", "")) for number in re.findall(r"\b\d[\d,]*\b", DOCUMENT)}
    bounds = {name: value for name, value in vars(limits).items() if name.isupper()}
    inner = {"UNIT_CHARACTERS", "PARAMETER_UNITS", "TEXT_UNITS", "COLLECTED_UNITS", "COLLECTED_ROWS", "WORK_UNITS"}
    inner |= {
        "BATCH_ROWS",
        "NODE_WORK",
        "ELEMENT_WORK",
        "GROUPED_ROWS",
        "NEIGHBOURS",
        "SEARCH_WORK",
        "REGEX_CHOICES",
        "REGEX_LOOPS",
        "REGEX_SUBJECT_UNITS",
    }
    bounds["MEGABYTES"] = bounds.pop("VALUE_UNITS") * limits.UNIT_CHARACTERS // 1_000_000
    assert {value for name, value in bounds.items() if name not in inner} <= named
