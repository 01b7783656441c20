"""The sample articles that a first run ingests: complete front matter, plain prose, sane dates."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

SAMPLES = Path(__file__).resolve().parents[1] / "app" / "samples"
FILES = sorted(SAMPLES.glob("*.md"))
FRONT_MATTER = re.compile(r"\A---\n(?P<meta>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
NOT_PROSE = re.compile(r"^\s*(?:#|[-*+]\s|\d+[.)]\s|>|\||```)", re.MULTILINE)


def read_sample(path: Path) -> tuple[dict[str, Any], str]:
    """Return the front matter and the text under it; a file without front matter is an AssertionError."""
    found = FRONT_MATTER.match(path.read_text(encoding="utf-8"))
    assert found, f"{path.name} has no front matter between two --- lines"
    meta = yaml.safe_load(found["meta"])
    assert isinstance(meta, dict), f"{path.name}: the front matter is not a mapping"
    return meta, found["body"].strip()


def test_there_are_enough_samples() -> None:
    """A first run has at least 30 articles to draw a graph from."""
    assert len(FILES) >= 30


def test_sample_ids_and_titles_are_unique() -> None:
    """No two samples share an id or a title."""
    metas = [read_sample(path)[0] for path in FILES]
    assert len({meta["id"] for meta in metas}) == len(FILES)
    assert len({meta["title"] for meta in metas}) == len(FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_sample_front_matter_is_complete(path: Path) -> None:
    """Each sample names its id, title, publisher, tags and themes, none of them empty."""
    meta, _ = read_sample(path)
    assert set(meta) == {"id", "title", "published_at", "publisher", "tags", "themes"}
    assert all(isinstance(meta[name], str) and meta[name].strip() for name in ("id", "title", "publisher"))
    for name in ("tags", "themes"):
        assert meta[name]
        assert all(isinstance(value, str) for value in meta[name])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_sample_date_and_id_match_the_file_name(path: Path) -> None:
    """A sample's file is named after its day and its id, and the day lies within 2015 to 2026."""
    meta, _ = read_sample(path)
    published = meta["published_at"]
    assert isinstance(published, date)
    assert date(2015, 1, 1) <= published <= date(2026, 12, 31)
    assert path.stem == f"{published.isoformat()}-{meta['id']}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_sample_text_is_short_plain_prose(path: Path) -> None:
    """A sample's text has 150 to 400 words in paragraphs, without headings, lists or quotes."""
    _, body = read_sample(path)
    assert 150 <= len(body.split()) <= 400
    assert not NOT_PROSE.search(body)
