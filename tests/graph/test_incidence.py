"""The incidence snapshot: it answers right, follows every write, and survives its file."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from building import TYPES
from counting_oracle import ARTICLES, QUESTIONS, Oracle, Question, answers
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.counting.incidence import ArticleIncidence, Incidence
from graph.counting.incidence_counting import IncidenceCounting
from graph.counting.incidence_ties import WindowTies
from graph.counting.snapshot_file import SnapshotUnreadable
from graph.model import DatePrecision, Filters, PageRequest

DATES: list[tuple[str | None, DatePrecision]] = [
    (None, "none"),
    ("2023", "year"),
    ("2024-05", "month"),
    ("2024-05-01", "day"),
    ("2024-05-17", "day"),
    ("2024-05-17T23:30:00Z", "day"),
    ("2024-05-18", "day"),
]
SENTENCES = st.lists(st.integers(0, 3), max_size=3).map(tuple)


@st.composite
def incidences(draw: st.DrawFn) -> ArticleIncidence:
    """An article about some of a few entities."""
    published_at, precision = draw(st.sampled_from(DATES))
    named = draw(st.dictionaries(st.sampled_from(list(TYPES)), SENTENCES, max_size=4))
    return ArticleIncidence(draw(st.sampled_from(ARTICLES)), published_at, precision, named)


def corpora(max_size: int = 10) -> st.SearchStrategy[list[ArticleIncidence]]:
    """Some articles, each once."""
    return st.lists(incidences(), max_size=max_size, unique_by=lambda each: each.article)


def build(articles: list[ArticleIncidence]) -> Incidence:
    """A fresh index of version 7."""
    return Incidence.build(articles, TYPES, graph_version=7)


NEWS = [
    ArticleIncidence("a1", "2024-05-17", "day", {"Q1": (0, 1), "Q2": (1,), "Q3": (1, 1)}),
    ArticleIncidence("a2", None, "none", {"Q1": (2,), "Q4": (2,)}),
    ArticleIncidence("a3", "2024-05", "month", {}),
]


@settings(max_examples=150, deadline=None)
@given(articles=corpora(), asked=st.lists(QUESTIONS, min_size=1, max_size=4))
def test_answers_are_those_of_plain_python(articles: list[ArticleIncidence], asked: list[Question]) -> None:
    """Whatever is in it and asked, the index answers what going through all articles answers."""
    index = build(articles)
    counting, oracle = IncidenceCounting(lambda: index), Oracle(articles)
    for question in asked:
        assert answers(counting, question) == answers(oracle, question)


@settings(max_examples=80, deadline=None)
@given(before=corpora(), batches=st.lists(st.tuples(st.sets(st.sampled_from(ARTICLES)), corpora(5)), max_size=4))
def test_an_updated_index_is_a_fresh_one(
    before: list[ArticleIncidence], batches: list[tuple[set[str], list[ArticleIncidence]]]
) -> None:
    """Any series of additions, changes and removals leaves the index of what is stored in the end."""
    index, stored = build(before), {each.article: each for each in before}
    for removed, added in batches:
        index = index.updated(removed=removed, added=added, entity_types=TYPES, graph_version=8)
        stored = {id: each for id, each in stored.items() if id not in removed}
        stored |= {each.article: each for each in added}
        assert index == build(list(stored.values()))


def test_an_update_leaves_the_snapshot_it_began_with_as_it_was() -> None:
    """Whoever still reads the old snapshot sees the old graph."""
    index = build(NEWS)
    newer = index.updated(removed=["a1"], added=[], entity_types={}, graph_version=8)
    assert (index.graph_version, newer.graph_version) == (7, 8)
    assert index == build(NEWS)
    assert newer != index


def test_the_type_of_an_added_entity_counts() -> None:
    """An entity whose type has changed in the knowledge base has the new one after its next article."""
    index = build(NEWS).updated(removed=[], added=[NEWS[0]], entity_types={**TYPES, "Q1": "place"}, graph_version=8)
    assert index == Incidence.build(NEWS, {**TYPES, "Q1": "place"}, graph_version=8)


def test_many_entities_are_put_in_order_digit_by_digit() -> None:
    """More entities than 16 bits count are found in their articles all the same."""
    names = [f"x-{number:06}" for number in range(70_000)]
    articles = [
        ArticleIncidence(f"a{start:06}", None, "none", dict.fromkeys(names[start : start + 70], (0,)))
        for start in range(0, len(names), 70)
    ]
    index = Incidence.build(articles, dict.fromkeys(names, "person"), graph_version=1)
    postings = index.in_articles.by_entity
    assert np.array_equal(postings.lengths, np.ones(len(names)))
    assert np.array_equal(postings.values, np.repeat(np.arange(1000), 70))


def test_a_rare_entity_is_looked_up_in_the_list_of_a_hub() -> None:
    """Lists of very different length are intersected as those of equal length are."""
    articles = [
        ArticleIncidence(f"a{n:03}", None, "none", {"Q1": (0,), **({"Q2": (0,)} if n in (7, 90) else {})})
        for n in range(100)
    ]
    index = build(articles)
    counting = IncidenceCounting(lambda: index)
    found = counting.articles_with(["Q1", "Q2"], filters=Filters(), page=PageRequest())
    assert found.results == ("a007", "a090")
    assert counting.articles_with(["Q2", "Q3"], filters=Filters(), page=PageRequest()).total == 0


def test_ties_of_a_frontier_do_not_depend_on_how_many_are_looked_at_together() -> None:
    """One entity at a time, in a graph of many, gives the ties that all at once give."""
    names = [f"x-{number:04}" for number in range(2_000)]
    articles = [
        ArticleIncidence(f"a{n:04}", None, "none", dict.fromkeys(pair, (0,))) for n, pair in enumerate(pairwise(names))
    ]
    index = Incidence.build(articles, dict.fromkeys(names, "person"), graph_version=1)
    window, allowed = index.article_window(Filters()), index.of_types(())
    together = WindowTies(window, allowed, min_articles=1)
    one_by_one = WindowTies(window, allowed, min_articles=1, at_once=1)
    assert together.adjacent({1, 2, 3}) == one_by_one.adjacent({1, 2, 3}) == {0, 1, 2, 3, 4}
    assert together.strengths([0, 1, 5], [1, 2]) == one_by_one.strengths([0, 1, 5], [1, 2]) == {(0, 1): 1, (1, 2): 1}


@pytest.mark.parametrize(
    ("article", "reason"),
    [
        (NEWS[0], "'a1' comes twice"),
        (ArticleIncidence("a4", None, "none", {"Q99": (0,)}), "'Q99' has no type"),
        (ArticleIncidence("a4", "yesterday", "day", {}), "yesterday"),
    ],
)
def test_what_cannot_be_indexed_is_refused(article: ArticleIncidence, reason: str) -> None:
    """An article twice, an entity without a type and an unreadable date are named in the error."""
    with pytest.raises(ValueError, match=reason):
        build([*NEWS, article])


def test_an_index_is_equal_to_nothing_else() -> None:
    """Comparing with another kind of thing is no error."""
    assert build(NEWS) != "an index"
    assert build(NEWS).content != "content"


# --- the file ------------------------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(articles=corpora())
def test_a_saved_index_comes_back(articles: list[ArticleIncidence], tmp_path_factory: pytest.TempPathFactory) -> None:
    """Content and graph version survive the file."""
    path = tmp_path_factory.mktemp("index") / "index.npz"
    index = build(articles)
    index.save(path)
    loaded = Incidence.load(path)
    assert (loaded, loaded.graph_version) == (index, 7)


def test_ids_of_any_script_come_back(tmp_path: Path) -> None:
    """An id may hold whatever text a publisher gives."""
    index = Incidence.build(
        [ArticleIncidence("статья\n№1\0", "2024", "year", {"x-中": (0,)})], {"x-中": "place"}, graph_version=1
    )
    index.save(tmp_path / "index.npz")
    assert Incidence.load(tmp_path / "index.npz") == index


def test_saving_replaces_the_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    """The newer snapshot is there alone."""
    build([]).save(tmp_path / "index.npz")
    build(NEWS).save(tmp_path / "index.npz")
    assert Incidence.load(tmp_path / "index.npz") == build(NEWS)
    assert [path.name for path in tmp_path.iterdir()] == ["index.npz"]


def test_a_failed_save_leaves_the_old_file_alone(tmp_path: Path) -> None:
    """Content that cannot be written takes neither the old snapshot away nor leaves a part of itself."""
    path = tmp_path / "index.npz"
    build(NEWS).save(path)
    unwritable = build([ArticleIncidence("\udcff", None, "none", {})])
    with pytest.raises(UnicodeEncodeError):
        unwritable.save(path)
    assert Incidence.load(path) == build(NEWS)
    assert [found.name for found in tmp_path.iterdir()] == ["index.npz"]


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    """No file is not a damaged file."""
    with pytest.raises(FileNotFoundError):
        Incidence.load(tmp_path / "index.npz")


def test_no_damage_goes_unnoticed(tmp_path: Path) -> None:
    """A file cut anywhere or with any byte changed is refused, or still holds the same."""
    path = tmp_path / "index.npz"
    index = build(NEWS)
    index.save(path)
    whole = path.read_bytes()
    damaged = [whole[:length] for length in range(0, len(whole), 97)]
    damaged += [whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :] for place in range(0, len(whole), 7)]
    refused = 0
    for content in damaged:
        path.write_bytes(content)
        try:
            assert Incidence.load(path) == index
        except SnapshotUnreadable:
            refused += 1
    assert refused > len(damaged) // 2


def _arrays(path: Path) -> dict[str, np.ndarray]:
    build(NEWS).save(path)
    with np.load(path) as arrays:
        return dict(arrays)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("format", np.array(0)),
        ("named_values", np.array([9, 9, 9, 9, 9])),
        ("named_starts", np.array([0, 5])),
        ("named_starts", np.array([0, 4, 2, 5])),
        ("days", np.array([3, 2, 1])),
        ("types", np.array([200, 0, 0, 0])),
        ("precisions", np.array([9, 9, 9])),
        ("entities_bytes", np.frombuffer(b"\xff\xff\xff\xff\xff\xff\xff\xff", np.uint8)),
        ("sentences_starts", np.array([], np.int64)),
    ],
)
def test_a_file_that_makes_no_sense_is_refused(tmp_path: Path, name: str, value: np.ndarray) -> None:
    """Numbers that lead nowhere, another format and texts that are none are noticed when the file is read."""
    path = tmp_path / "index.npz"
    arrays = _arrays(path)
    arrays[name] = value
    np.savez(path, allow_pickle=False, **arrays)
    with pytest.raises(SnapshotUnreadable, match="build it anew"):
        Incidence.load(path)


def test_a_foreign_archive_is_refused(tmp_path: Path) -> None:
    """Another program's archive, and one with pickled content, are no snapshots."""
    path = tmp_path / "index.npz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("notes.txt", "nothing")
    with pytest.raises(SnapshotUnreadable):
        Incidence.load(path)
    np.savez(path, format=np.array(1), days=np.array([object()], object))
    with pytest.raises(SnapshotUnreadable):
        Incidence.load(path)


def test_the_order_of_articles_is_that_of_their_days() -> None:
    """A time with an offset counts as its day in UTC, a year as its first day."""
    late = ArticleIncidence("a1", "2024-05-17T23:30:00-05:00", "day", {})
    early = ArticleIncidence("a2", "2024-05-17", "day", {})
    year = ArticleIncidence("a3", "2024", "year", {})
    undated = replace(early, article="a4", published_at=None, date_precision="none")
    assert build([late, early, year, undated]).content.articles.tolist() == ["a4", "a3", "a2", "a1"]
