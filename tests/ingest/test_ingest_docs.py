"""The documentation of ingest holds what the code does."""

import json
import re
from pathlib import Path

import pytest

from ingest.articles import article_from_json, article_to_json
from ingest.dates import parse_date
from ingest.identity import TRACKING_PARAMETERS, TRACKING_PREFIXES, canonical_url
from ingest.page_form import PageForm, parse_page
from ingest.records import FIELD_SPELLINGS
from ingest.sources.detect import SUFFIXES

_DOC = (Path(__file__).parents[2] / "docs" / "ingest.md").read_text(encoding="utf-8")


def _rows(heading: str) -> list[list[str]]:
    """The rows of the first table under a heading, as cells."""
    table = _DOC.split(f"# {heading}\n", 1)[1].split("|---", 1)[1].split("\n\n", 1)[0]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()[1:]]


def _words(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def _blocks(kind: str) -> list[str]:
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", _DOC, re.DOTALL | re.MULTILINE)
    return [content for language, content in blocks if language == kind]


def test_every_suffix_is_listed() -> None:
    """The table of formats has each suffix, and those of one format in one row."""
    rows = [_words(row[0]) for row in _rows("Formats")]
    assert sorted(suffix for row in rows for suffix in row) == sorted(SUFFIXES)
    assert all(len({SUFFIXES[suffix] for suffix in row}) == 1 for row in rows)


def test_every_spelling_is_listed() -> None:
    """The table of fields has each spelling in its order."""
    rows = {_words(row[0])[0]: tuple(_words(row[0]) + _words(row[1])) for row in _rows("JSON")}
    assert rows == dict(FIELD_SPELLINGS)


@pytest.mark.parametrize("row", _rows("Canonical URLs"), ids=lambda row: row[0])
def test_listed_urls(row: list[str]) -> None:
    """Each URL of the table becomes the one beside it."""
    assert canonical_url(_words(row[0])[0]) == _words(row[1])[0]


def test_every_tracking_parameter_is_listed() -> None:
    """The list of dropped parameters is complete."""
    listed = _words(_DOC.split("These parameters are dropped:")[1].split("## Dates")[0])
    assert set(listed) == {*TRACKING_PARAMETERS, *TRACKING_PREFIXES}


@pytest.mark.parametrize("row", _rows("Dates"), ids=lambda row: row[0])
def test_listed_dates(row: list[str]) -> None:
    """Each date of the table is kept as the one beside it, in the precision named."""
    assert parse_date(_words(row[0])[0]) == (next(iter(_words(row[1])), None), row[2])


def test_the_json_example() -> None:
    """The first record is read as the second."""
    given, read = map(json.loads, _blocks("json"))
    assert article_to_json(article_from_json(given)) == read


def test_the_page_example() -> None:
    """The page is taken apart as its lines say."""
    (page,) = _blocks("")
    assert parse_page(page) == PageForm(
        title="The title",
        tags=("Tag one", "Tag two"),
        takeaways=("One sentence",),
        text="The text.",
        themes=("One theme", "another theme"),
    )
