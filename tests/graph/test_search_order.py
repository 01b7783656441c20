"""A search finds the same, in the same order, on every database, whatever its full-text index makes of the words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from building import empty

from graph.database import Database
from graph.model import Article, Entity, EntityType, Extraction, Filters, PageRequest
from graph.store import GraphStore
from graph.stored_form import fold

# Names that full-text indexes take apart in different ways, each with its aliases.
NAMES: Sequence[tuple[str, ...]] = (
    ("Iran", "Islamic Republic of Iran"),
    ("Iran–Iraq War",),
    ("Iranian Resistance",),
    ("United States", "U.S.", "US", "USA", "America"),
    ("U.S. Steel",),
    ("F-35", "F-35 Lightning II", "F35"),
    ("F-16",),
    ("Recep Tayyip Erdoğan", "Tayyip Erdoğan"),
    ("Abdel Fattah el-Sisi", "al-Sisi"),
    ("Côte d'Ivoire", "Ivory Coast"),
    ("Kata'ib Hezbollah", "Kata’ib Hizbullah"),
    ("The Hague", "Den Haag"),
    ("The The",),
    ("Bank of England",),
    ("Not in My Name", "NOT"),
    ("And Or Not",),
    ("Straße des 17. Juni",),
    ("Łódź",),
    ("Ολυμπιακός",),
    ("Київ", "Kyiv"),
    ("北京大学", "Peking University"),
    ("北京",),
    ("東京とうきょう",),
    ("トヨタ自動車", "Toyota"),
    ("한국", "South Korea"),
    ("القدس", "Jerusalem"),
    ("กรุงเทพ", "Bangkok"),
    ("Area 51",),
    ("2,000 Guineas",),
    ("3.5 Percent Rule",),
    ("C++ Alliance",),
    ("AT&T",),
    ("Yahoo!",),
    ("Boeing 737 MAX", "737"),
    ("Group of 7", "G7", "G-7"),
    ("x_y_z Consortium",),
    ("ﬁnancial Times",),
    ("Zürich", "Zurich"),
    ("O'Brien",),
    ("OBrien",),
    ("Sub-Saharan Africa",),
    ("Ångström №5",),
)

QUESTIONS = (
    *(form for forms in NAMES for form in forms),
    *(
        "iran",
        "IRAN",
        "ira",
        "islamic iran",
        "iran islamic",
        "republic of",
        "of",
        "the",
        "The",
        "a",
        "i",
        "u",
        "u.s",
        "u.s.a",
    ),
    *("erdogan", "ERDOĞAN", "erdoğ", "sisi", "el sisi", "el-s", "cote d", "d'ivoire", "d’Ivoire", "katai", "kata ib"),
    *("f", "f-", "f-3", "f 35", "35", "7", "g 7", "17", "51", "2000", "2 000", "35 percent", "3.5"),
    *("AND", "OR", "NOT", "iran AND iraq", "iran OR iraq", "NOT iran", "iran NOT war", "&&", "iran && iraq", "||"),
    *("+iran", "-iran", "iran -war", "+iran -war", "ir~", "iran~2", "ir*", "*ran", "*", "?", "i?an", "iran?", "ir?n*"),
    *(
        "name:iran",
        "folded:iran",
        "*:*",
        "iran/iraq",
        "/ira.*/",
        "ira\\*",
        "\\",
        '"iran iraq"',
        '"',
        '"iran',
        "(iran",
        "iran)",
    ),
    *(
        "[a TO z]",
        "{a TO z}",
        "iran^5",
        "^",
        "iran!",
        "!",
        "#",
        "iran; war",
        "iran\twar",
        "iran\nwar",
        " iran ",
        "...",
        "~",
        "-",
    ),
    *(
        "北",
        "京",
        "大学",
        "北京大",
        "とう",
        "東",
        "トヨ",
        "トヨタ自",
        "한",
        "القد",
        "กรุง",
        "ки",
        "łó",
        "lo",
        "ολυμ",
        "ß",
        "strasse",
    ),
    *(
        "c++",
        "at&t",
        "at",
        "t",
        "yahoo",
        "x_y",
        "y",
        "fin",
        "no5",
        "no",
        "zur",
        "zür",
        "o brien",
        "obrien",
        "o'b",
        "saharan",
    ),
    *("ii", "max 737", "737 max", "lightning f", "nosuchname", "iran nosuchname", "İran", "ıran", "x" * 200, "a " * 90),
)


def entity(number: int) -> Entity:
    """The entity of a row of names."""
    name, *aliases = NAMES[number]
    kind: EntityType = "state" if number % 2 else "place"
    return Entity(f"Q{number}", name, kind, aliases=tuple(aliases))


def articles_of(number: int) -> int:
    """How many articles name an entity: few different numbers, so that ids have to decide."""
    return 1 + number % 3


def corpus() -> list[Extraction]:
    """Each name is the title of an article of its own; all articles together tag each entity as often as it says."""
    return [
        Extraction(
            article=Article(
                id=f"a{number:03}",
                title=f"{name}: what is known",
                text="",
                published_at=f"2024-05-{1 + number % 5:02}" if number % 4 else None,
                date_precision="day" if number % 4 else "none",
                content_hash=f"h{number}",
                publisher=("Gazette", "Courier")[number % 2],
            ),
            sentence_bounds=(),
            mentions=(),
            tagged=tuple(f"Q{each}" for each in tagged(number)),
            entities=tuple(entity(each) for each in tagged(number)),
            extracted_by="test",
        )
        for number, (name, *_) in enumerate(NAMES)
    ]


def tagged(article: int) -> list[int]:
    """The entities of an article: its own, and those that have to come in the articles before."""
    count = len(NAMES)
    return sorted({(article + step) % count for step in range(3) if articles_of((article + step) % count) > step})


@pytest.fixture(scope="module", params=["embedded", "on_neo4j"])
def store(request: pytest.FixtureRequest) -> GraphStore:
    """The names above in each of the databases."""
    database: Database = request.getfixturevalue(request.param)
    empty(database)
    store = GraphStore(database, product="test", counting="cypher")
    store.write(corpus())
    return store


def holds(forms: Sequence[str], text: str) -> bool:
    """Whether all words of a folded text but the last are among those of the forms, and one begins with the last."""
    words = {word for form in forms for word in form.split()}
    *whole, beginning = text.split()
    return words >= set(whole) and any(word.startswith(beginning) for word in words)


def fit(forms: Sequence[str], text: str) -> int:
    """Exact, beginning with it, exact by an alias, an alias beginning with it, others."""
    if forms[0] == text:
        return 0
    if forms[0].startswith(text):
        return 1
    if text in forms:
        return 2
    return 3 if any(form.startswith(text) for form in forms) else 4


def expected_entities(q: str) -> list[str]:
    """Ids in the order in which the search has to give them."""
    text = fold(q)
    found = []
    for number, names in enumerate(NAMES):
        forms = [fold(name) for name in names]
        if text and holds(forms, text):
            found.append((fit(forms, text), -articles_of(number), f"Q{number}"))
    return [id for _, _, id in sorted(found)]


def expected_articles(q: str) -> list[str]:
    """Ids in the order in which the search has to give them."""
    text = fold(q)
    days = {number: 1 + number % 5 if number % 4 else -1 for number in range(len(NAMES))}
    found = [
        (-days[number], f"a{number:03}")
        for number, (name, *_) in enumerate(NAMES)
        if text and holds([fold(f"{name}: what is known")], text)
    ]
    return [id for _, id in sorted(found)]


def test_entities_are_found_in_our_order(store: GraphStore) -> None:
    """By fit, then by articles, then by id, with the total, whatever is typed."""
    for q in filter(str.strip, QUESTIONS):
        found = store.search_entities(q, page=PageRequest(limit=100))
        assert (q, found.total, [each.id for each in found.results]) == (
            q,
            len(expected_entities(q)),
            expected_entities(q),
        )


def test_articles_are_found_by_words_of_their_titles(store: GraphStore) -> None:
    """Newest first, those without a date last, then by id, with the total, whatever is typed."""
    for q in filter(str.strip, QUESTIONS):
        found = store.articles(q=q, filters=Filters(), page=PageRequest(limit=100))
        assert (q, found.total, [each.id for each in found.results]) == (
            q,
            len(expected_articles(q)),
            expected_articles(q),
        )
