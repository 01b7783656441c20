"""What proves it: the sentences of a tie, what several share, and the table that says the same as the drawing."""

import re
from collections.abc import Callable

import pytest
from page_reading import HAMAS, HEZBOLLAH, IRAN, ISRAEL, Reader

Open = Callable[..., Reader]
TIE = f"{IRAN}~{HEZBOLLAH}"


_FREE_PLACE_ON_A_LINE = """(drawing) => {
  const { view } = drawing, box = drawing.getBoundingClientRect();
  for (let x = 20; x < box.width; x += 3) for (let y = 20; y < box.height; y += 3)
    if (view.at(x, y).line !== null) return [box.left + x, box.top + y];
}"""


@pytest.mark.parametrize("by", ["line", "list", "keyboard"])
def test_a_tie_shows_its_sentences(opens: Open, by: str) -> None:
    """A line of the drawing, or a tie of the list, opens the sentences with both names marked, and their articles."""
    reader = opens(f"?entity={HEZBOLLAH}&most=12")
    if by == "line":
        reader.page.mouse.click(*reader.page.locator("#drawing").evaluate(_FREE_PLACE_ON_A_LINE))
        reader.wait()
        assert "~" in reader.query["select"][0]
    else:
        reader.click(HEZBOLLAH)
        tie = reader.right.locator(".ties a", has_text="Iran").first
        if by == "list":
            tie.click()
        else:
            reader.tab_to(tie)
            reader.press("Enter")
        reader.wait()
        assert set(reader.query["select"][0].split("~")) == {IRAN, HEZBOLLAH}
        marks = reader.right.locator("blockquote").first.locator("mark").all_inner_texts()
        assert len(marks) >= 1
    assert reader.right.locator("blockquote").count() >= 1
    assert reader.right.locator("cite a").count() >= 1


def test_both_names_are_marked_in_the_colour_of_their_type(opens: Open) -> None:
    """Each sentence marks the two entities and nobody else."""
    reader = opens(f"?entity={HEZBOLLAH}&select={TIE}")
    classes = reader.right.locator("mark").evaluate_all("(marks) => marks.map((mark) => mark.className)")
    assert set(classes) == {"type-state", "type-armed_group"}


def test_the_sentences_come_in_pages(opens: Open) -> None:
    """The button brings in the next ones below, until there are no more."""
    reader = opens(f"?entity={IRAN}&select={IRAN}~{ISRAEL}")
    first = reader.right.locator("blockquote").count()
    reader.right.locator("button.more").click()
    reader.wait()
    assert reader.right.locator("blockquote").count() > first


def test_an_intersection_is_answered_with_sentences(opens: Open) -> None:
    """'Intersection' shows who is named in articles that name all, and these articles with their sentences."""
    reader = opens(f"?entity={IRAN}&entity={HEZBOLLAH}&entity={ISRAEL}")
    neighbours = reader.page.locator("#drawing").evaluate("({ view }) => view.dots.length")
    reader.button("Intersection").click()
    reader.wait()
    assert reader.query["mode"] == ["intersection"]
    assert reader.right.get_by_role("heading", name="Where all are named").is_visible()
    assert "articles, newest first" in reader.right.inner_text()
    assert reader.right.locator("blockquote").count() >= 3
    assert reader.page.locator(".months rect").count() > 1
    assert neighbours >= reader.drawn() >= 3


def test_one_entity_has_no_intersection(opens: Open) -> None:
    """The button waits for a second entity, and says so."""
    reader = opens(f"?entity={IRAN}")
    assert reader.button("Intersection").is_disabled()
    assert "Choose a second entity" in reader.page.locator("#left").inner_text()


def test_entities_that_share_nothing_are_explained(opens: Open) -> None:
    """An empty intersection says so and leads back."""
    reader = opens(f"?entity={IRAN}&entity={HEZBOLLAH}&mode=intersection&until=2015-01-31")
    assert "No article that fits the filters names" in reader.page.locator("#graph .empty").inner_text()
    reader.button("Show their neighbours").click()
    reader.wait()
    assert "mode" not in reader.query


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_the_table_is_the_twin_of_the_drawing(opens: Open, by: str) -> None:
    """The same entities and ties stand in tables, sorted by any column; a name selects it."""
    reader = opens(f"?entity={HEZBOLLAH}&most=20")
    names = set(reader.page.locator("#drawing").evaluate("({ view }) => view.dots.map((dot) => dot.name)"))
    view = reader.page.get_by_role("link", name="Table", exact=True)
    sort = reader.page.get_by_role("button", name="Entity", exact=True)
    if by == "mouse":
        view.click()
        sort.click()
    else:
        reader.tab_to(view)
        reader.press("Enter")
        reader.wait()
        reader.tab_to(sort)
        reader.press("Enter")
    reader.wait()
    rows = reader.page.locator("#table tbody th").all_inner_texts()
    assert set(rows) == names
    assert rows == sorted(rows, key=str.lower)
    assert reader.page.locator("th[aria-sort=ascending]").inner_text().startswith("Entity")
    link = reader.page.locator("#table tbody th a", has_text="Hamas")
    link.click()
    reader.wait()
    assert reader.query["select"] == [HAMAS]
    assert reader.right.get_by_role("heading", name="Hamas").is_visible()
    reader.page.get_by_role("button", name=re.compile(r"^Ties \(")).click()
    assert reader.page.locator("#table tbody tr").count() == reader.drawn("ties")
