"""Pictures of a graph: expanded, cut to what stands out, and with what lies beyond them."""

from __future__ import annotations

from itertools import combinations

import pytest
from building import extraction

from graph.database import Database
from graph.errors import UnknownEntity
from graph.model import Expansion, Filters, Subgraph
from graph.store import CountingChoice, GraphStore

EVERYTHING = Filters()
# How many articles name each pair: Q1 is tied to all, most to Q2; Q6 only Q5 and Q1 know.
PAIRS = {
    ("Q1", "Q2"): 5,
    ("Q1", "Q3"): 4,
    ("Q1", "Q4"): 3,
    ("Q1", "Q5"): 2,
    ("Q2", "Q3"): 1,
    ("Q2", "Q4"): 6,
    ("Q3", "Q4"): 1,
    ("Q5", "Q6"): 1,
}
NEWS = [
    extraction(f"{one}-{other}-{number}", [[one, other]], date=f"2024-0{number + 1}-10")
    for (one, other), articles in PAIRS.items()
    for number in range(articles)
]


@pytest.fixture(params=["incidence", "cypher"])
def filled(request: pytest.FixtureRequest, database: Database) -> GraphStore:
    """A graph of PAIRS, counted in both ways."""
    counting: CountingChoice = request.param
    store = GraphStore(database, product="test", counting=counting)
    store.write(NEWS)
    return store


def picture(
    store: GraphStore, *ids: str, filters: Filters = EVERYTHING, max_nodes: int = 60, **more: object
) -> Subgraph:
    """The neighbourhood by common articles."""
    return store.neighbourhood(ids, filters=filters, measure="articles", max_nodes=max_nodes, **more)  # type: ignore[arg-type]


def names(graph: Subgraph) -> list[str]:
    """Ids of its entities, in their order."""
    return [entity.id for entity in graph.nodes]


def pairs(graph: Subgraph) -> set[tuple[str, str]]:
    """The ties of a graph."""
    return {(edge.source, edge.target) for edge in graph.edges}


def test_alpha_is_taken_over_the_ties_of_the_picture(filled: GraphStore) -> None:
    """Strength and degree are those among the entities shown, whatever lies beyond."""
    alphas = {(e.source, e.target): e.alpha for e in picture(filled, "Q1", max_nodes=4).edges}
    # Among Q1 to Q4: Q1 has 12 of 3 ties, Q2 12 of 3, Q3 6 of 3, Q4 10 of 3.
    assert alphas == pytest.approx(
        {
            ("Q1", "Q2"): (1 - 5 / 12) ** 2,
            ("Q1", "Q3"): (1 - 4 / 6) ** 2,
            ("Q1", "Q4"): (1 - 3 / 10) ** 2,
            ("Q2", "Q3"): (1 - 1 / 6) ** 2,
            ("Q2", "Q4"): (1 - 6 / 10) ** 2,
            ("Q3", "Q4"): (1 - 1 / 6) ** 2,
        }
    )


def test_a_cut_leaves_every_node_tied(filled: GraphStore) -> None:
    """Ordinary ties between neighbours go, those of the chosen entity stay, and both are counted."""
    whole, cut = picture(filled, "Q1"), picture(filled, "Q1", keep=0.2)
    assert (len(whole.edges), whole.ties_total) == (7, 7)
    assert pairs(cut) == {("Q1", "Q2"), ("Q1", "Q3"), ("Q1", "Q4"), ("Q1", "Q5"), ("Q2", "Q4")}
    assert (cut.nodes, cut.ties_total, cut.total) == (whole.nodes, 7, whole.total)
    assert set(cut.edges) < set(whole.edges)


def test_expanding_adds_the_strongest_that_are_not_there(filled: GraphStore) -> None:
    """Each time by so many; the ties among all that is shown then are in the answer."""
    base = picture(filled, "Q1", max_nodes=2)
    assert (names(base), base.total, base.truncated) == (["Q1", "Q2"], 5, True)
    once = picture(filled, "Q1", max_nodes=2, expansion=Expansion(("Q2",), by=1))
    assert (names(once), once.total) == (["Q1", "Q2", "Q4"], 5)
    assert ("Q1", "Q4") in pairs(once)
    twice = picture(filled, "Q1", max_nodes=2, expansion=Expansion(("Q2", "Q2"), by=1))
    assert names(twice) == ["Q1", "Q2", "Q4", "Q3"]
    assert {id for id, data in twice.node_data.items() if data["expanded"]} == {"Q2"}
    assert {id for id, data in twice.node_data.items() if data["chosen"]} == {"Q1"}


def test_expanding_leads_further_than_the_neighbours(filled: GraphStore) -> None:
    """Who is no neighbour of a chosen one counts once shown; the expanded one comes along and keeps its ties."""
    far = picture(filled, "Q4", max_nodes=2, expansion=Expansion(("Q5",)), keep=0.01)
    assert names(far) == ["Q4", "Q2", "Q5", "Q1", "Q6"]
    assert (far.total, far.truncated) == (6, True)  # Q4, its Q1, Q2 and Q3, then Q5 and Q6
    assert pairs(far) == {("Q1", "Q4"), ("Q2", "Q4"), ("Q1", "Q5"), ("Q5", "Q6")}
    assert far.ties_total == 5


def test_an_expansion_ends_at_the_cap(filled: GraphStore) -> None:
    """The whole picture has at most so many entities; the chosen ones always stay."""
    capped = picture(filled, "Q1", max_nodes=2, expansion=Expansion(("Q2", "Q5"), most=3))
    assert (names(capped), capped.truncated) == (["Q1", "Q2", "Q4"], True)
    assert names(picture(filled, "Q1", "Q2", max_nodes=1, expansion=Expansion(("Q2",), most=1))) == ["Q1", "Q2"]


def test_unknown_entities_are_not_expanded(filled: GraphStore) -> None:
    """They are refused as chosen ones are."""
    with pytest.raises(UnknownEntity):
        picture(filled, "Q1", expansion=Expansion(("Q99",)))


def test_nodes_tell_how_many_neighbours_lie_beyond(filled: GraphStore) -> None:
    """All neighbours, and those not in the picture, under the same filters; a cut makes no difference."""
    counts = picture(filled, "Q1", max_nodes=3, count_neighbours=True).node_data
    assert {id: (data["neighbours"], data["more"]) for id, data in counts.items()} == {
        "Q1": (4, 2),
        "Q2": (3, 1),
        "Q3": (3, 1),
    }
    cut = picture(filled, "Q1", max_nodes=3, count_neighbours=True, keep=0.01)
    assert cut.node_data == counts
    states = picture(filled, "Q2", filters=Filters(types=("state",), min_articles=2), count_neighbours=True)
    assert {id: (data["neighbours"], data["more"]) for id, data in states.node_data.items()} == {
        "Q2": (1, 0),  # Q1 is a state
        "Q1": (0, 0),  # Q2 is none, so nothing of Q1 lies beyond
    }
    assert "more" not in picture(filled, "Q1").node_data["Q1"]


def test_no_picture_hides_a_neighbour_that_it_does_not_tell(filled: GraphStore) -> None:
    """Whatever is chosen, the neighbours of a node are those drawn and those told."""
    for chosen in combinations(["Q1", "Q2", "Q5"], 2):
        found = picture(filled, *chosen, max_nodes=4, count_neighbours=True)
        for id, data in found.node_data.items():
            assert data["neighbours"] - data["more"] == sum(id in pair for pair in pairs(found))


def test_the_picture_of_an_intersection(store: GraphStore) -> None:
    """Others are those that articles name together with all of the chosen, not with some."""
    store.write(
        [
            extraction("a1", [["Q1", "Q2", "Q3"]], date="2024-05-17"),
            extraction("a2", [["Q1", "Q2"]], date="2024-05-18"),
            extraction("a3", [["Q1", "Q4"]], date="2024-05-18"),
        ]
    )
    both = store.neighbourhood(["Q1", "Q2"], filters=EVERYTHING, measure="llr", max_nodes=60, naming="all")
    assert (names(both), both.total) == (["Q1", "Q2", "Q3"], 3)
    assert pairs(both) == {("Q1", "Q2"), ("Q1", "Q3"), ("Q2", "Q3")}
    several = store.neighbourhood(["Q1", "Q2"], filters=EVERYTHING, measure="llr", max_nodes=60)
    assert set(names(several)) == {"Q1", "Q2", "Q3", "Q4"}


def test_the_graph_of_an_article_can_be_cut(filled: GraphStore) -> None:
    """By articles of the corpus; an entity without ties stays, because the article names it."""
    filled.write([extraction("box", [["Q1", "Q2", "Q4", "Q5"]])])
    whole = filled.article_graph("box").graph
    assert (len(whole.edges), whole.ties_total) == (6, 6)
    weights = {(e.source, e.target): e.articles for e in whole.edges}
    assert weights["Q2", "Q4"] == 7
    # Q2 and Q4 have 7 of Q4's 12 articles, over 3 ties each.
    assert {(e.source, e.target): e.alpha for e in whole.edges}["Q2", "Q4"] == pytest.approx((5 / 12) ** 2)
    cut = filled.article_graph("box", keep=0.2).graph
    assert ("Q2", "Q4") in pairs(cut)
    assert (cut.nodes, cut.ties_total) == (whole.nodes, 6)
    assert all(edge.alpha <= 0.2 for edge in cut.edges)
    assert len(cut.edges) < 6
