"""One suite over both forms of counting, in memory and by the database, on what the store wrote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pytest
from building import extraction, extractions
from counting_oracle import ARTICLES, QUESTIONS, Oracle, Question, answers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.counting.cypher import CypherCounting
from graph.counting.incidence_counting import IncidenceCounting
from graph.counting.protocol import Counting
from graph.database import Database, Query
from graph.index_keeper import IndexKeeper
from graph.model import Extraction, Filters, PageRequest, TimelinePoint
from graph.store import GraphStore
from graph.stored_form import incidence

Form = Literal["incidence", "cypher"]
ALL = PageRequest(limit=1000)
EVERYTHING = Filters()

NEWS = (
    extraction("a1", [["Q1", "Q2"], ["Q1", "Q3"], ["Q2", "Q1"]], date="2024-05-17", title=["Q1"]),
    extraction("a2", [["Q1", "Q2", "Q3"]], date="2024-05"),
    extraction("a3", [["Q1"], ["Q4"]], date="2024-05-18T10:00:00Z", tagged=["Q5"]),
    extraction("a4", [["Q4", "Q6"]], date="2023", sources=["Q5"]),
    extraction("a5", [["Q1", "Q2"]]),
    extraction("a6", [["Q5"]], date="2024-05-17"),
    extraction("a7", []),
)


def write(database: Database, articles: Sequence[Extraction]) -> None:
    """Make the articles the whole content of the graph."""
    state = "MATCH (g:Graph) SET g.version = 0, g.ties_stale = false, g.loader = null"
    database.write([Query("MATCH (n) WHERE NOT n:Graph DETACH DELETE n"), Query(state)])
    GraphStore(database, product="test").write(articles)


def counting_by(form: Form, database: Database) -> Counting:
    """One of the two forms over what the database holds."""
    if form == "cypher":
        return CypherCounting(database.read)
    return IncidenceCounting(IndexKeeper(database, None).snapshot)


@pytest.fixture(params=["incidence", "cypher"])
def news(request: pytest.FixtureRequest, database: Database) -> Counting:
    """Counting over the articles of NEWS."""
    write(database, NEWS)
    return counting_by(request.param, database)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    articles=st.lists(extractions(ARTICLES), max_size=10, unique_by=lambda each: each.article.id),
    asked=st.lists(QUESTIONS, min_size=3, max_size=6),
)
def test_both_forms_answer_like_plain_python(
    migrated: Database, articles: list[Extraction], asked: list[Question]
) -> None:
    """Whatever is stored and asked, either form answers what going through all articles answers."""
    write(migrated, articles)
    oracle = Oracle([incidence(each) for each in articles])
    in_memory, by_database = counting_by("incidence", migrated), counting_by("cypher", migrated)
    for question in asked:
        expected = answers(oracle, question)
        assert answers(in_memory, question) == expected
        assert answers(by_database, question) == expected


def test_a_tie_counts_articles_and_the_sentences_that_name_both(news: Counting) -> None:
    """A sentence counts once however often it names somebody, and an article without a common sentence counts."""
    page = news.co_mentions(["Q1"], filters=EVERYTHING, measure="articles", page=ALL)
    assert [(tie.entity, tie.articles, tie.sentences) for tie in page.results] == [
        ("Q2", 3, 4),
        ("Q3", 2, 2),
        ("Q4", 1, 0),
    ]


def test_several_entities_are_counted_where_all_of_them_are_named(news: Counting) -> None:
    """Companions of two entities are those of their common articles, without the two; their order does not matter."""
    page = news.co_mentions(["Q3", "Q1", "Q3"], filters=EVERYTHING, measure="articles", page=ALL)
    assert [(tie.entity, tie.articles, tie.sentences) for tie in page.results] == [("Q2", 2, 1)]


def test_tags_and_cited_sources_make_no_tie(news: Counting) -> None:
    """An entity that only tags name, or that is only cited, is tied to nobody and counts in no article."""
    assert news.co_mentions(["Q5"], filters=EVERYTHING, measure="llr", page=ALL).total == 0
    assert news.frequencies(["Q5", "Q6"], filters=EVERYTHING) == {"Q5": 1, "Q6": 1}


def test_first_and_last_seen_are_dates_as_given(news: Counting) -> None:
    """A month counts as its first day and stays a month; undated articles are neither first nor last."""
    tie = news.co_mentions(["Q1"], filters=EVERYTHING, measure="articles", page=PageRequest(limit=1)).results[0]
    assert (tie.first_seen, tie.last_seen) == ("2024-05", "2024-05-17")


def test_a_window_leaves_out_what_has_no_date(news: Counting) -> None:
    """An open window counts undated articles, any other one does not; both of its days are inside."""
    assert news.articles_with(["Q1", "Q2"], filters=EVERYTHING, page=ALL).results == ("a1", "a2", "a5")
    assert news.articles_with(["Q1", "Q2"], filters=Filters(until="2024-05-17"), page=ALL).results == ("a1", "a2")
    window = Filters(since="2024-05-17", until="2024-05-18")
    assert news.frequencies(["Q1", "Q2"], filters=window) == {"Q1": 2, "Q2": 1}


def test_pages_cut_the_list_and_keep_its_length(news: Counting) -> None:
    """The total is that of the whole list, also on a page behind its end."""
    page = news.articles_with(["Q1"], filters=EVERYTHING, page=PageRequest(limit=2, offset=1))
    assert (page.total, page.results) == (4, ("a1", "a2"))
    behind = news.articles_with(["Q1"], filters=EVERYTHING, page=PageRequest(limit=2, offset=9))
    assert (behind.total, behind.results) == (4, ())


def test_a_timeline_holds_an_article_at_its_precision_or_coarser(news: Counting) -> None:
    """A date without a day stands in no day or week, but in its month."""
    assert news.timeline(["Q1"], by="week", filters=EVERYTHING) == (TimelinePoint("2024-05-13", 2),)
    assert news.timeline(["Q1"], by="month", filters=EVERYTHING) == (TimelinePoint("2024-05-01", 3),)
    assert news.timeline(["Q4"], by="month", filters=EVERYTHING) == (TimelinePoint("2024-05-01", 1),)


def test_a_timeline_of_any_counts_an_article_once(news: Counting) -> None:
    """However many of the entities it names; of one entity, and with unknown ones beside, it is that entity's own."""
    days = news.timeline(["Q1", "Q4", "Q5"], by="day", filters=EVERYTHING, naming="any")
    assert days == (TimelinePoint("2024-05-17", 2), TimelinePoint("2024-05-18", 1))
    window = Filters(since="2024-05-18")
    assert news.timeline(["Q4", "Q1"], by="day", filters=window, naming="any") == days[1:]
    own = news.timeline(["Q1"], by="month", filters=EVERYTHING)
    assert news.timeline(["Q1", "Q99"], by="month", filters=EVERYTHING, naming="any") == own
    assert news.timeline(["Q99"], by="month", filters=EVERYTHING, naming="any") == ()


def test_a_degree_counts_the_others_under_the_filters(news: Counting) -> None:
    """By types, threshold and window; who is cited only, or unknown, is tied to nobody."""
    assert news.degrees(["Q1", "Q4", "Q5", "Q99"], filters=EVERYTHING) == {"Q1": 3, "Q4": 2, "Q5": 0, "Q99": 0}
    assert news.degrees(["Q1", "Q6"], filters=Filters(types=("person", "organization"))) == {"Q1": 2, "Q6": 0}
    assert news.degrees(["Q1", "Q2"], filters=Filters(min_articles=2)) == {"Q1": 2, "Q2": 2}
    assert news.degrees(["Q1", "Q4"], filters=Filters(since="2024-05-18")) == {"Q1": 1, "Q4": 1}


def test_related_articles_share_rare_entities_first(news: Counting) -> None:
    """Each comes with what is shared, the rarest first, and the article itself is not among them."""
    found = news.related("a2", limit=10)
    assert [(each.article, each.shared) for each in found] == [
        ("a1", ("Q3", "Q2", "Q1")),
        ("a5", ("Q2", "Q1")),
        ("a3", ("Q1",)),
    ]
    assert found[2].score == pytest.approx(0.559616, abs=1e-6)  # ln(7 / 4)


def test_paths_are_the_shortest_chains(news: Counting) -> None:
    """A chain leads over common articles, within the hops allowed; types narrow who stands between the ends."""
    assert news.paths("Q2", "Q6", max_hops=4, limit=5, filters=EVERYTHING) == (("Q2", "Q1", "Q4", "Q6"),)
    assert news.paths("Q2", "Q6", max_hops=2, limit=5, filters=EVERYTHING) == ()
    assert news.paths("Q2", "Q6", max_hops=4, limit=5, filters=Filters(types=("person",))) == ()
    assert news.paths("Q1", "Q1", max_hops=4, limit=5, filters=EVERYTHING) == ()


def test_a_question_names_somebody(news: Counting) -> None:
    """Who is named with nobody in particular is no question."""
    with pytest.raises(ValueError, match="name at least one entity"):
        news.co_mentions([], filters=EVERYTHING, measure="llr", page=ALL)


def test_unknown_entities_are_named_by_no_article(news: Counting) -> None:
    """An id that no article knows answers with nothing, also among others."""
    assert news.co_mentions(["Q1", "Q99"], filters=EVERYTHING, measure="llr", page=ALL).total == 0
    assert news.ties_among(["Q99", "Q1"], filters=EVERYTHING) == ()
    assert news.paths("Q1", "Q99", max_hops=4, limit=5, filters=EVERYTHING) == ()
    assert news.related("a99", limit=5) == ()
