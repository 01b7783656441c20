"""What a store answers, on a small graph in a real database."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import extraction

from graph.counting.cypher import CypherCounting
from graph.database import Database
from graph.errors import EntityMerged, StatementRefused, TextNotKept, UnknownArticle, UnknownEntity
from graph.model import Article, Extraction, Filters, PageRequest
from graph.store import CountingChoice, GraphStore

EVERYTHING = Filters()
TEN = PageRequest(limit=10)


@pytest.fixture(params=["incidence", "cypher"])
def filled(request: pytest.FixtureRequest, database: Database) -> GraphStore:
    """Five articles: two name Q1 and Q2 in one sentence, one apart, one by tags, one is undated; both ways to count."""
    counting: CountingChoice = request.param
    store = GraphStore(database, product="ArcadeDB", counting=counting)
    store.write(
        [
            extraction("a1", [["Q1", "Q2"], ["Q3"]], date="2024-05-17", title=["Q1"], publisher="Gazette"),
            extraction("a2", [["Q1", "Q2", "Q4"], ["Q2", "Q1"]], date="2024-06", publisher="Courier"),
            extraction("a3", [["Q1"], [], ["Q2"]], date="2023"),
            extraction("a4", [["Q5"]], tagged=["Q1", "Q6"]),
            extraction("a5", [["Q5", "Q3"]], sources=["Q3"]),
        ]
    )
    return store


def test_outcomes_are_told_for_each_article(store: GraphStore) -> None:
    """New, then the same, then changed; an article cannot come twice in one batch."""
    first, second = extraction("a1", [["Q1"]]), extraction("a1", [["Q2"]])
    assert store.write([first]) == ["new"]
    version = store.stats().graph_version
    assert store.write([first]) == ["same"]
    assert store.stats().graph_version == version, "nothing was written"
    assert store.write([second]) == ["changed"]
    assert store.write([second], replace=True) == ["changed"]
    with pytest.raises(ValueError, match="twice"):
        store.write([first, second])


def test_entities_are_found_by_name_alias_and_beginning(filled: GraphStore) -> None:
    """Exact names come first, then beginnings, then aliases; case and punctuation do not matter."""
    assert [e.id for e in filled.search_entities("entity q1", page=TEN).results] == ["Q1"]
    assert filled.search_entities("ALIAS  q3", page=TEN).results[0].id == "Q3"
    assert filled.search_entities("entity", page=TEN).total == 6
    assert filled.search_entities("entity", types=["person"], page=TEN).results[0].id == "Q2"
    assert filled.search_entities("no such thing", page=TEN).total == 0
    assert filled.search_entities("...", page=TEN).total == 0


def test_without_words_the_most_mentioned_come_first(filled: GraphStore) -> None:
    """The empty search lists by articles, then by id, page by page."""
    assert [e.id for e in filled.search_entities("", page=PageRequest(limit=3)).results] == ["Q1", "Q2", "Q3"]
    page = filled.search_entities("", page=PageRequest(limit=3, offset=3))
    assert (page.total, [e.id for e in page.results]) == (6, ["Q5", "Q4", "Q6"])


def test_an_entity_comes_with_offices_and_relations(filled: GraphStore) -> None:
    """Offices are told with their terms, the other relations with their direction."""
    detail = filled.entity("Q2")
    assert [(o.office, o.of.id, o.since, o.until) for o in detail.offices] == [
        ("President", "Q1", "2025", None),
        ("President", "Q1", "2017", "2021"),
    ]
    state = filled.entity("Q1")
    assert [(r.type, r.entity.id, r.outgoing) for r in state.relations] == [
        ("LEADS", "Q2", False),
        ("LEADS", "Q2", False),
        ("MEMBER_OF", "Q3", True),
    ]


def test_unknown_and_former_ids_are_told_apart(filled: GraphStore) -> None:
    """A former id names the one that counts; an unknown one is unknown, wherever it is given."""
    with pytest.raises(EntityMerged) as merged:
        filled.entity("x-old-q1")
    assert merged.value.canonical == "Q1"
    with pytest.raises(UnknownEntity):
        filled.entities(["Q1", "Q99"])
    with pytest.raises(UnknownEntity):
        filled.co_mentions("Q99", filters=EVERYTHING, measure="llr", page=TEN)
    with pytest.raises(UnknownArticle):
        filled.article("a99")
    with pytest.raises(UnknownArticle):
        filled.delete("a99")


def test_an_intersection_proves_itself(filled: GraphStore) -> None:
    """Common articles come newest first with the sentences that name all, or else the nearest ones."""
    found = filled.intersection(["Q1", "Q2"], filters=EVERYTHING, measure="articles", page=TEN)
    assert [each.article.id for each in found.articles.results] == ["a2", "a1", "a3"]
    newest, middle, oldest = found.articles.results
    assert [s.text for s in newest.sentences] == ["Q1 met Q2 met Q4.", "Q2 met Q1."]
    assert [s.text for s in middle.sentences] == ["Q1 met Q2."]
    assert [(s.text, s.same_sentence) for s in oldest.sentences] == [("Q1.", False), ("Q2.", False)]
    assert [(c.entity.id, c.tie.articles, c.tie.sentences) for c in found.co_mentioned.results] == [
        ("Q3", 1, 0),
        ("Q4", 1, 1),
    ]
    assert found.reason is None


def test_an_empty_intersection_says_why(filled: GraphStore) -> None:
    """No article names both: the answer is empty and explains itself."""
    found = filled.intersection(["Q4", "Q5"], filters=EVERYTHING, measure="llr", page=TEN)
    assert (found.articles.total, found.co_mentioned.total, found.reason) == (0, 0, "no_common_article")


def test_evidence_of_a_pair_is_paged_by_sentence(filled: GraphStore) -> None:
    """Each item is one sentence; pages cut through articles without losing or doubling one."""
    whole = filled.pair_evidence("Q1", "Q2", filters=EVERYTHING, page=TEN)
    assert [(article.id, s.text) for article, s in whole.results] == [
        ("a2", "Q1 met Q2 met Q4."),
        ("a2", "Q2 met Q1."),
        ("a1", "Q1 met Q2."),
        ("a3", "Q1."),
        ("a3", "Q2."),
    ]
    pieces = [
        filled.pair_evidence("Q1", "Q2", filters=EVERYTHING, page=PageRequest(limit=2, offset=offset)).results
        for offset in (0, 2, 4, 6)
    ]
    assert tuple(item for piece in pieces for item in piece) == whole.results
    assert whole.total == 5


def test_windows_leave_undated_articles_out(filled: GraphStore) -> None:
    """A month counts as its first day, a year as its first; without a date an article is in no window."""
    window = Filters(since="2023-01-01", until="2024-05-31")
    found = filled.intersection(["Q1", "Q2"], filters=window, measure="articles", page=TEN)
    assert [each.article.id for each in found.articles.results] == ["a1", "a3"]
    assert [a.id for a, _ in filled.entity_articles("Q5", filters=window, page=TEN).results] == []
    assert [a.id for a in filled.articles(filters=window, page=TEN).results] == ["a1", "a3"]


def test_articles_of_an_entity_say_what_names_it(filled: GraphStore) -> None:
    """The text or only the tags; newest first, undated last."""
    found = filled.entity_articles("Q1", filters=EVERYTHING, page=TEN)
    assert [(article.id, evidence) for article, evidence in found.results] == [
        ("a2", "text"),
        ("a1", "text"),
        ("a3", "text"),
        ("a4", "tags"),
    ]
    assert filled.entities(["Q1"])[0].articles == found.total


def test_articles_are_found_by_title_publisher_and_url(database: Database) -> None:
    """Words of the title in any order, the last one may be a beginning."""
    store = GraphStore(database, product="ArcadeDB", counting="incidence")
    articles = [
        Article("a1", title="Talks in Geneva resume", url="https://example.org/1", publisher="P", content_hash="1"),
        Article("a2", title="Geneva: talks end", published_at="2020", date_precision="year", content_hash="2"),
    ]
    store.write([Extraction(article) for article in articles])
    assert [a.id for a in store.articles(q="talks gen", filters=EVERYTHING, page=TEN).results] == ["a2", "a1"]
    assert store.articles(q="resume talks", filters=EVERYTHING, page=TEN).total == 1
    assert store.articles(q="?!", filters=EVERYTHING, page=TEN).total == 0
    assert store.articles(q="paris", filters=EVERYTHING, page=TEN).total == 0
    assert [a.id for a in store.articles(publisher="P", filters=EVERYTHING, page=TEN).results] == ["a1"]
    assert [a.id for a in store.articles(url="https://example.org/1", filters=EVERYTHING, page=TEN).results] == ["a1"]
    assert store.articles(url="https://example.org/2", filters=EVERYTHING, page=TEN).total == 0


def test_the_graph_of_an_article(filled: GraphStore) -> None:
    """Entities by how often they are named, ties in the article and the corpus, and related articles."""
    found = filled.article_graph("a1")
    assert found.state == "ok"
    assert {n.id: found.graph.node_data[n.id]["count"] for n in found.graph.nodes} == {"Q1": 2, "Q2": 1, "Q3": 1}
    edges = {(e.source, e.target): e for e in found.graph.edges}
    assert (edges["Q1", "Q2"].in_article, edges["Q1", "Q2"].articles) == (1, 3)
    assert (edges["Q1", "Q3"].in_article, [s.same_sentence for s in edges["Q1", "Q3"].proof]) == (0, [False, False])
    assert [each.article.id for each in found.related] == ["a2", "a3"]
    assert [entity.id for entity in found.related[0].shared] == ["Q1", "Q2"]


def test_tags_and_sources_make_no_tie(filled: GraphStore) -> None:
    """What only a tag names, and who is only cited, is shown and tied to nobody."""
    tags = filled.article_graph("a4").graph
    assert {n.id: tags.node_data[n.id]["evidence"] for n in tags.nodes} == {"Q1": "tags", "Q5": "text", "Q6": "tags"}
    assert tags.edges == ()
    cited = filled.article_graph("a5").graph
    assert cited.node_data["Q3"]["source"]
    assert cited.edges == ()


@pytest.mark.parametrize(
    ("article", "extracted_by", "state"),
    [
        (Article("b1", content_hash="1"), "builder", "no_entities"),
        (Article("b1", content_hash="1"), "", "pending"),
        (Article("b1", language="fr", content_hash="1"), "builder", "unsupported_language"),
    ],
)
def test_an_empty_box_explains_itself(store: GraphStore, article: Article, extracted_by: str, state: str) -> None:
    """An article without entities says why it has none."""
    store.write([Extraction(article, extracted_by=extracted_by)])
    found = store.article_graph("b1")
    assert (found.state, found.graph.nodes, found.related) == (state, (), ())
    assert found.explanation


def test_a_threshold_may_leave_nothing(filled: GraphStore) -> None:
    """Entities that too few articles mention are left out; the cap on nodes is told."""
    assert filled.article_graph("a1", min_articles=9).state == "below_threshold"
    capped = filled.article_graph("a1", max_nodes=1).graph
    assert (capped.shown, capped.total, capped.truncated) == (1, 3, True)


def test_a_neighbourhood_holds_the_strongest(filled: GraphStore) -> None:
    """The chosen stay, neighbours come by their strongest tie, what is cut is told."""
    one = filled.neighbourhood(["Q1"], filters=EVERYTHING, measure="articles", max_nodes=2)
    assert [n.id for n in one.nodes] == ["Q1", "Q2"]
    assert (one.total, one.truncated) == (4, True)
    two = filled.neighbourhood(["Q4", "Q3"], filters=EVERYTHING, measure="articles", max_nodes=3)
    assert [n.id for n in two.nodes] == ["Q4", "Q3", "Q1"]
    assert {(e.source, e.target) for e in two.edges} == {("Q1", "Q3"), ("Q1", "Q4")}
    assert two.total == 4


def test_paths_prove_each_step(filled: GraphStore) -> None:
    """Chains are the shortest, each hop with an article and its sentences."""
    (first, *_) = found = filled.paths("Q3", "Q4", filters=EVERYTHING)
    assert [[e.id for e in path.entities] for path in found] == [["Q3", "Q1", "Q4"], ["Q3", "Q2", "Q4"]]
    assert [(hop.source, hop.target, hop.article.id) for hop in first.hops] == [("Q3", "Q1", "a1"), ("Q1", "Q4", "a2")]
    assert all(hop.sentences for hop in first.hops)
    assert filled.paths("Q5", "Q4", filters=EVERYTHING) == ()


def test_analysis_is_the_same_for_the_same_seed(filled: GraphStore) -> None:
    """Communities, centralities and bridges of a neighbourhood, repeatably."""
    one = filled.analysis(["Q1"], filters=EVERYTHING, measure="llr", max_nodes=10, seed=7)
    assert one == filled.analysis(["Q1"], filters=EVERYTHING, measure="llr", max_nodes=10, seed=7)
    assert {e.id for community in one.communities for e in community} == {"Q1", "Q2", "Q3", "Q4"}


def test_timelines_need_the_precision(filled: GraphStore) -> None:
    """A month is no day; a year is neither."""
    assert [(p.start, p.articles) for p in filled.timeline(["Q1"], by="day", filters=EVERYTHING)] == [("2024-05-17", 1)]
    assert [p.start for p in filled.timeline(["Q1"], by="month", filters=EVERYTHING)] == ["2024-05-01", "2024-06-01"]


def test_a_strangers_statement_is_checked_first(filled: GraphStore) -> None:
    """The guard stands in front of the database."""
    rows = filled.cypher(
        "MATCH (e:Entity {id: $id}) RETURN e.name AS name", {"id": "Q1"}, level="strict", seconds=5, rows=5
    )
    assert rows.dicts() == [{"name": "Entity Q1"}]
    with pytest.raises(StatementRefused):
        filled.cypher("CREATE (:Article)", {}, level="trusted", seconds=5, rows=5)


def test_the_same_content_under_another_key_is_known(store: GraphStore) -> None:
    """Without URL or id an article is known by its content; with one of them it is its own."""
    store.write([Extraction(Article("a1", text="x", content_hash="same"))])
    assert store.known([Article("a2", text="x", content_hash="same")]) == {"a2": "a1"}
    assert store.known([Article("a2", text="x", given_id="7", content_hash="same")]) == {}
    assert store.known([Article("a1", text="x", content_hash="same")]) == {"a1": "a1"}
    assert store.known([Article("a1", text="y", content_hash="other")]) == {}


def test_only_sentences_can_be_kept(database: Database) -> None:
    """Then the rest of the text is not in the database, evidence is the same, and texts cannot be read again."""
    store = GraphStore(database, product="ArcadeDB", counting="incidence", keep_text="sentences")
    store.write([extraction("a1", [["Q1"], [], ["Q2"], ["Q1", "Q2"]], date="2024", title=["Q1"])])
    stored = store.article("a1")
    assert not stored.text_kept
    assert stored.article.text == "Q1.\nQ2.\nQ1 met Q2."
    assert [s.text for s in stored.sentences] == ["Q1", "Q1.", "Q2.", "Q1 met Q2."]
    assert all(s.text[m.start : m.end] == m.surface for s in stored.sentences for m in s.mentions), (
        "offsets still point at the names"
    )
    with pytest.raises(TextNotKept, match="EIG_KEEP_TEXT"):
        store.stored_articles()


def test_stored_articles_are_read_back_whole(filled: GraphStore) -> None:
    """Every article comes back with its text, in the order of ids."""
    assert [a.id for a in filled.stored_articles()] == ["a1", "a2", "a3", "a4", "a5"]
    assert (
        next(filled.stored_articles())
        == extraction("a1", [["Q1", "Q2"], ["Q3"]], date="2024-05-17", title=["Q1"], publisher="Gazette").article
    )


def test_the_index_is_kept_between_runs(database: Database, tmp_path: Path) -> None:
    """Closing saves it, opening takes it if it is the graph's, and a damaged or outdated one is rebuilt."""
    path = tmp_path / "index.npz"

    def store() -> GraphStore:
        return GraphStore(database, product="ArcadeDB", counting="incidence", index_file=path)

    first = store()
    first.write([extraction("a1", [["Q1", "Q2"]])])
    first._index.save()
    saved = path.read_bytes()
    second = store()
    assert second._index.snapshot() == first._index.snapshot()
    second.write([extraction("a2", [["Q1", "Q3"]])])
    assert second._index.snapshot() == second._index.built()
    path.write_bytes(saved)  # as if killed before saving
    assert store()._index.snapshot() == second._index.snapshot()
    path.write_bytes(b"no index")
    assert store()._index.snapshot() == second._index.snapshot()


def test_auto_counts_in_memory_while_that_fits(database: Database) -> None:
    """A small graph is counted by the index."""
    store = GraphStore(database, product="ArcadeDB")
    assert not isinstance(store._counting, CypherCounting)
