"""The page of every fault."""

from __future__ import annotations

from html.parser import HTMLParser

from ingest.evaluation.error_page import CONTEXT, Fault, error_page, faults
from ingest.evaluation.gold import Mark, Marked

TEXT = "Anna met Bob in Ceria with Dora and Evil."
GOLD = Marked(
    "1",
    TEXT,
    {
        (27, 31): Mark("person", None),
        (0, 4): Mark("person", "anna"),
        (9, 12): Mark("person", "bob"),
        (16, 21): Mark("place", "ceria"),
    },
    frozenset({(32, 35)}),
)
FOUND = Marked(
    "1",
    TEXT,
    {
        (36, 40): Mark("person", None),
        (32, 35): Mark("demonym", "and"),
        (9, 12): Mark("person", "bobby"),
        (16, 21): Mark("state", "ceria"),
        (27, 31): Mark("person", None),
    },
)


class _Page(HTMLParser):
    """What a browser sees: the names of the elements, and the texts of the table cells and of the links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append(tag)
        del attrs

    def handle_data(self, data: str) -> None:
        """Note a text with the element it stands behind."""
        self.texts.append((self.elements[-1], data))


def test_each_kind_of_fault_is_found_in_the_order_of_the_text() -> None:
    """What is right and what is at a free spot is no fault, nor are two names without a title."""
    found = list(faults([(GOLD, FOUND)]))
    assert [(each.name, each.kind, each.wanted, each.said) for each in found] == [
        ("Anna", "missed", "person, anna", "nothing"),
        ("Bob", "link", "person, bob", "person, bobby"),
        ("Ceria", "type", "place, ceria", "state, ceria"),
        ("Evil", "invented", "nothing", "person, no title"),
    ]
    assert found[0].before == ""
    assert found[1].before + found[1].name + found[1].after == TEXT


def test_a_title_on_one_side_alone_is_a_fault_of_the_link() -> None:
    """Whether the title lacks or is too much."""
    with_title = Marked("1", "Anna", {(0, 4): Mark("person", "anna")})
    without = Marked("1", "Anna", {(0, 4): Mark("person", None)})
    found = list(faults([(with_title, without), (without, with_title)]))
    assert [(each.kind, each.wanted, each.said) for each in found] == [
        ("link", "person, anna", "person, no title"),
        ("link", "person, no title", "person, anna"),
    ]


def test_the_context_is_cut() -> None:
    """So many characters are shown on each side."""
    text = "a" * 200 + "Bob" + "b" * 200
    (fault,) = faults([(Marked("1", text, {(200, 203): Mark("person", None)}), Marked("1", text, {}))])
    assert (fault.before, fault.name, fault.after) == ("a" * CONTEXT, "Bob", "b" * CONTEXT)


def test_the_page_counts_each_kind_and_has_a_row_for_each_fault() -> None:
    """Twice the same article makes twice the rows."""
    page = _Page(error_page("dev", faults([(GOLD, FOUND), (GOLD, FOUND)])))
    assert [text for element, text in page.texts if element == "a" and ":" in text] == [
        "invented: 2",
        "link: 2",
        "missed: 2",
        "type: 2",
    ]
    assert page.elements.count("h2") == 4
    assert page.elements.count("mark") == 8
    assert page.elements.count("tr") == 4 + 8


def test_markup_in_texts_is_shown_and_does_nothing() -> None:
    """Article, context, name, titles and heading are text, whatever they hold."""
    hostile = '<script>alert("1")</script>&amp;<img src=x onerror=y>'
    fault = Fault("link", hostile, hostile, hostile, hostile, hostile, hostile)
    text = error_page(hostile, [fault])
    page = _Page(text)
    assert {"script", "img"} & set(page.elements) == set()
    assert "".join(data for _, data in page.texts).count(hostile) == 2 + 6
    assert "onerror=y>" not in text


def test_a_page_without_a_fault_says_so() -> None:
    """There is no table then."""
    page = _Page(error_page("dev", faults([(GOLD, GOLD)])))
    assert ("p", "Nothing is wrong.") in page.texts
    assert "table" not in page.elements


def test_the_page_needs_nothing_else() -> None:
    """It draws in no other file."""
    page = error_page("dev", faults([(GOLD, FOUND)]))
    assert "http" not in page
    assert "src=" not in page
