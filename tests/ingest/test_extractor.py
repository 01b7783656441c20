"""Whole extractions."""

from __future__ import annotations

import pickle
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_kb import extract, extractor, small_kb
from small_tagger import small_model, tagger_of

from graph.model import Article
from ingest.extractor import Extractor, NewsExtractor
from ingest.loading import load_extractor
from ingest.sources import read

FORMS = [alias.form for entity in small_kb().entities.values() for alias in entity.aliases]
GLUE = [
    " ",
    ", ",
    " and ",
    " (",
    ") ",
    "’s ",
    "-",
    ". ",
    "\n",
    " said ",
    " in ",
    " the ",
    "President ",
    "Mr. ",
    "U.S.",
    "of ",
]
NEWS = st.lists(st.one_of(st.sampled_from(FORMS), st.sampled_from(GLUE), st.text(max_size=8)), max_size=30).map("".join)
FIRST_SEED = (
    "Donald Trump; Benjamin Netanyahu; Iran; Israel; United States; Hamas; Hezbollah; "
    "Joint Comprehensive Plan of Action; Middle East; Tehran; Washington, D.C.; Jerusalem; Gaza Strip; Lebanon"
)


@cache
def tagging_extractor(seed: int) -> NewsExtractor:
    """An extractor whose tagger has learnt nothing, so that it tags at random."""
    return NewsExtractor(small_kb(), tagger_of(small_model(seed), small_kb().name_lists()))


def test_an_extraction_says_what_made_it() -> None:
    """The version names the extractor and the knowledge base."""
    named: Extractor = extractor()
    assert named.version.startswith("names-4+kb-")
    assert extract("Iran").extracted_by == named.version


def test_title_and_takeaways_are_sentences_of_their_own() -> None:
    """They come before the sentences of the text, and an empty title is one too."""
    article = Article(id="a", takeaways=("Iran agreed.",), text="Talks failed. Israel left.")
    extraction = extractor().extract(article)
    assert [(m.sentence, m.start, m.surface) for m in extraction.mentions] == [(1, 0, "Iran"), (3, 0, "Israel")]
    assert extraction.sentence_bounds == ((0, 13), (14, 26))


def test_entities_and_relations_come_once() -> None:
    """Each entity that is named, and each fact that touches one, however often it is named."""
    extraction = extract("Joe Biden of the United States. Joe Biden. America.", tags=("Joe Biden",))
    assert [entity.name for entity in extraction.entities] == ["Joe Biden", "United States"]
    assert [(relation.source, relation.office) for relation in extraction.relations].count(
        ("x-joe-biden", "President")
    ) == 1
    assert len(set(extraction.relations)) == len(extraction.relations) == 4


def test_an_article_in_another_language_is_left_alone() -> None:
    """It keeps its sentence bounds."""
    article = Article(id="a", language="de", text="Iran sagt nein. Israel auch.", tags=("Iran",))
    extraction = extractor().extract(article)
    assert (extraction.mentions, extraction.tagged, extraction.entities) == ((), (), ())
    assert len(extraction.sentence_bounds) == 2
    assert extraction.extracted_by


def test_scores_tell_how_a_mention_was_found() -> None:
    """A plain name and its short form are surer than one of two entities of a form."""
    scores = {m.surface: m.score for m in extract("Georgia. Benjamin Netanyahu left; Netanyahu spoke.").mentions}
    assert 1 > min(scores["Benjamin Netanyahu"], scores["Netanyahu"]) > scores["Georgia"] > 0


def test_an_extractor_travels_to_another_process() -> None:
    """It can be pickled, and finds the same there."""
    article = Article(id="a", text="Donald Trump met Netanyahu in Tehran; Trump left.")
    copy: NewsExtractor = pickle.loads(pickle.dumps(extractor()))
    assert copy.extract(article) == extractor().extract(article)


def test_a_tagger_finds_what_nothing_knows() -> None:
    """Its names are mentions of entities of their own; labels are not tagged, and the version tells the tagger."""
    tagging = tagging_extractor(3)
    assert tagging.version == f"names-4+cnn-{small_model(3).digest}+{small_kb().version}"
    article = Article(id="a", text="Zork Blip of Freedonia saw Quux at Mumble Corp.", tags=("Zork Blip",))
    extraction = tagging.extract(article)
    unknown = {entity.id for entity in extraction.entities if entity.wikipedia is None}
    assert unknown
    assert {mention.entity for mention in extraction.mentions} >= unknown
    assert extraction.tagged == ()


def test_articles_are_extracted_alike_together_and_alone() -> None:
    """Also with one in another language between them, and with more text than is tagged at once."""
    tagging = tagging_extractor(3)
    long = "Donald Trump met Zork Blip in Tehran. " * 800
    articles = [
        Article(id=str(number), text=text, language=language)
        for number, (text, language) in enumerate(
            [("Iran agreed.", "en"), ("Iran sagt nein.", "de"), (long, "en"), ("", "en"), ("Israel left.", "en")]
        )
    ]
    assert list(tagging.extract_all(articles)) == [tagging_extractor(3).extract(article) for article in articles]


@given(title=NEWS, text=NEWS, tag=NEWS, seed=st.integers(0, 3))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_a_consistent_extraction(title: str, text: str, tag: str, seed: int) -> None:
    """It never raises, slices to its surfaces, overlaps nowhere, and comes out the same again, whatever is tagged."""
    article = Article(id="a", title=title, text=text, tags=(tag,), takeaways=(text[:20],), published_at="2022")
    used = tagging_extractor(seed) if seed else extractor()
    extraction = used.extract(article)
    assert extraction == used.extract(article)
    last = (-1, 0)
    for mention in extraction.mentions:
        assert extraction.sentence(mention.sentence)[mention.start : mention.end] == mention.surface
        assert (mention.sentence, mention.start) >= last
        last = (mention.sentence, mention.end)


@pytest.mark.parametrize("seed", ["000_e1cf7f5c99142fb7.txt", "003_220789a9b390241f.txt"])
def test_the_seeds_are_read_to_the_end(shared: Path, seed: str) -> None:
    """Both name Iran and Hezbollah, and the first all that it must."""
    (article,) = read([shared / "seeds" / seed])
    assert isinstance(article, Article)
    extraction = load_extractor().extract(article)
    names = {entity.name for entity in extraction.entities}
    assert {"Iran", "Hezbollah", "Israel", "Hamas"} <= names
    if seed.startswith("000"):
        assert set(FIRST_SEED.split("; ")) <= names
