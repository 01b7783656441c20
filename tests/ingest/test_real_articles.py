"""Real articles: both seeds and the larger sets, where they are at hand."""

import os
from collections import Counter
from pathlib import Path

import pytest

from graph.model import Article
from ingest.articles import article_from_json, article_to_json
from ingest.sources import Failure, count, read

_SHARED = os.environ.get("EIG_SHARED")
pytestmark = [
    pytest.mark.skipif(not _SHARED, reason="EIG_SHARED, the folder with data and seeds, is not set"),
    pytest.mark.no_cover,  # it runs what others cover, and tracing takes as long again
]
_FOLDER = Path(_SHARED or "")


def test_the_first_seed_is_a_page() -> None:
    """Its title, tags, takeaways, text and themes are found, and its box is not text."""
    (article,) = read([_FOLDER / "seeds" / "000_e1cf7f5c99142fb7.txt"])
    assert isinstance(article, Article)
    assert article.title.startswith("Trump 'insisted' to Netanyahu")
    assert article.tags[:2] == ("Donald Trump", "Benjamin Netanyahu")
    assert (len(article.tags), len(article.takeaways)) == (7, 4)
    assert article.themes == ("International Diplomacy", "Middle East Security", "Nuclear Non-proliferation")
    assert article.text.startswith("U.S. President Donald Trump held")
    assert article.text.endswith("Iranian expansionism.")


def test_the_second_seed_is_text_alone() -> None:
    """It has no title, and every word is text."""
    path = _FOLDER / "seeds" / "003_220789a9b390241f.txt"
    (article,) = read([path])
    assert isinstance(article, Article)
    assert (article.title, article.tags, article.published_at, article.language) == ("", (), None, "en")
    assert article.text == path.read_text(encoding="utf-8").strip()


@pytest.mark.parametrize(
    ("name", "precisions"),
    [
        ("wikinews-2019-2020.jsonl", {"day": 295}),
        ("open-news-annotated.jsonl", {"day": 256, "month": 233}),
        ("voa-annotated.jsonl", {"none": 1331}),
    ],
)
def test_all_articles_are_read(name: str, precisions: dict[str, int]) -> None:
    """Each line is an article of its own, in English, with its date in its precision, and comes back from JSON."""
    path = _FOLDER / "data" / "articles" / name
    found = list(read([path]))
    articles = [one for one in found if isinstance(one, Article)]
    assert [one for one in found if isinstance(one, Failure)] == []
    assert Counter(article.date_precision for article in articles) == precisions
    assert len({article.id for article in articles}) == len(articles) == count([path])
    assert {article.language for article in articles} == {"en"}
    assert all(article_from_json(article_to_json(article)) == article for article in articles)
