"""Who is meant where a form is shared: by what stands beside it, what the article names, and what is in the news."""

from __future__ import annotations

import pytest

from graph.model import Article
from ingest.extractor import NewsExtractor
from ingest.gazetteer import Gazetteer
from ingest.kb import KnowledgeBase
from ingest.kb.load import made_of
from ingest.kb.schema import parse_entity
from ingest.kb.tables import Tables
from ingest.matches import read_document
from ingest.resolve import main_state

# key; name; type; country; aliases
ENTITIES = """
peru; Peru; state; ; Peruvian~demonym
chile; Chile; state; ; Chilean~demonym
georgia; Georgia; state; ;
georgia-us; Georgia (U.S. state); place; united-states; Georgia
united-states; United States; state; ;
court-of-peru; Supreme Court of Peru; organization; peru; Supreme Court~context|Peruvian Supreme Court
court-of-chile; Supreme Court of Chile; organization; chile; Supreme Court~context|Chilean Supreme Court
us-court; Supreme Court of the United States; organization; united-states; Supreme Court
labour; Labour Party (Chile); party; chile; Labour Party~context
austin; Austin; place; united-states; Austin~context|Austin, Texas
texas; Texas; place; united-states;
atlanta; Atlanta; place; georgia-us;
lima; Lima; place; peru;
ana-diaz; Ana Díaz; person; peru;
eva-diaz; Eva Díaz; person; chile;
bo-lind; Bo Lind; person; chile;
cy-lind; Cy Lind; person; peru;
"""
RELATIONS = (
    ("ana-diaz", "LEADS", "peru", "President", "2010", "2014"),
    ("eva-diaz", "LEADS", "chile", "President", "2014", "2018"),
)
PROMINENCE = {"bo-lind": 6, "cy-lind": 2, "ana-diaz": 5, "eva-diaz": 5}


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    """Two states with a court each, and namesakes."""
    tables = Tables(prominence=dict(PROMINENCE))
    for line in ENTITIES.strip().splitlines():
        key, name, kind, country, aliases = map(str.strip, line.split(";"))
        country = country if country != "georgia-us" else "united-states"
        problems: list[str] = []
        row = parse_entity((key, name, kind, "", "", country, "", aliases, ""), problems.append)
        assert problems == []
        tables.entities[key] = row
    for source, kind, target, office, since, until in RELATIONS:
        tables.relations["\t".join((source, kind, target, office, since, until, "here"))] = "here"
    return made_of(tables)


def named(kb: KnowledgeBase, text: str) -> list[str]:
    """The mentions of a text as "surface=key"."""
    mentions = NewsExtractor(kb).extract(Article(id="a", text=text)).mentions
    return [f"{each.surface}={each.entity.removeprefix('x-')}" for each in mentions]


@pytest.mark.parametrize(
    ("text", "court"),
    [
        ("Peru's Supreme Court ruled.", "court-of-peru"),
        ("The Supreme Court of Chile ruled.", "court-of-chile"),
        ("The Supreme Court of the United States ruled.", "us-court"),
        ("The Supreme Court ruled.", "us-court"),
        ("The Chilean Supreme Court met. The Supreme Court ruled.", "court-of-chile"),
        ("Lima is in Peru. Peruvian judges met. The Supreme Court ruled.", "court-of-peru"),
        ("Chile and Peru talked. The United States listened. The Supreme Court ruled.", "us-court"),
        ("The United States listened. Chile was told. Peruvian judges asked the Supreme Court.", "court-of-peru"),
        ("The United States listened. Judges of Peru and Chile told the Supreme Court.", "us-court"),
    ],
)
def test_an_institution_is_that_of_the_state_beside_it_or_of_the_article(
    kb: KnowledgeBase, text: str, court: str
) -> None:
    """Beside it goes before named elsewhere, that before what the article is about, and all before the plain owner."""
    assert named(kb, text)[-1].partition("=")[2] == court


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Chile voted. The Labour Party won in Chile.", True),
        ("Chile's Labour Party won.", True),
        ("Peru voted. The Labour Party won in Peru.", False),
        ("Peru's Labour Party won.", False),
        ("The Labour Party won.", False),
    ],
)
def test_a_form_that_needs_context_is_taken_where_something_speaks_for_it(
    kb: KnowledgeBase, text: str, found: bool
) -> None:
    """Its state beside it, or an article about its state."""
    assert any(each.endswith("=labour") for each in named(kb, text)) == found


def test_a_place_is_the_one_in_the_region_behind_it(kb: KnowledgeBase) -> None:
    """ "Austin" alone is a name too, and only with the state behind it the town."""
    assert named(kb, "He left Austin, Texas.") == ["Austin=austin", "Texas=texas"]
    assert named(kb, "He left Austin, Peru.") == ["Peru=peru"]
    assert named(kb, "He left Austin.") == []
    assert named(kb, "He left Austin,") == []


def test_a_namesake_that_is_named_elsewhere_goes_first(kb: KnowledgeBase) -> None:
    """Else the state goes before the place."""
    assert named(kb, "Georgia votes.") == ["Georgia=georgia"]
    assert named(kb, "Georgia votes. Georgia (U.S. state) does.")[0] == "Georgia=georgia-us"


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Peru. Lima. Chile.", "peru"),
        ("Peru, Chile, Georgia, United States.", ""),
        ("Nothing.", ""),
        ("Lima.", "peru"),
    ],
)
def test_an_article_is_about_the_state_that_most_names_belong_to(kb: KnowledgeBase, text: str, state: str) -> None:
    """If there is one that stands out."""
    found = Gazetteer(kb).find(read_document(Article(id="a", text=text)).passages)
    assert main_state(found) == state


@pytest.mark.parametrize(
    ("surname", "date", "person"),
    [
        (("diaz",), "2012-05", "ana-diaz"),
        (("diaz",), "2016", "eva-diaz"),
        (("diaz",), "2014", None),
        (("diaz",), "2020", None),
        (("diaz",), None, None),
        (("lind",), None, "bo-lind"),
        (("nobody",), "2012", None),
    ],
)
def test_a_surname_alone_is_the_head_of_state_or_somebody_far_more_in_the_news(
    kb: KnowledgeBase, surname: tuple[str, ...], date: str | None, person: str | None
) -> None:
    """Of two who are alike in the news nobody."""
    found = NewsExtractor(kb)._holdings.famous(surname, date)
    assert (found.key if found else None) == person
