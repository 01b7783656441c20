"""The start, the search box, and what is chosen: by mouse, and by keyboard alone."""

from collections.abc import Callable

import pytest
from page_reading import HEZBOLLAH, IRAN, ISRAEL, Reader

Open = Callable[..., Reader]


def test_the_first_visit_explains_itself(opens: Open) -> None:
    """The start is a question, one sentence, the search box and the eight entities that are named most."""
    reader = opens()
    assert reader.page.locator("#question").inner_text() == "Whom or what are you looking for?"
    assert "every sentence that proves it" in reader.page.locator("#start .lead").inner_text()
    assert reader.page.locator(".top li a").count() == 8
    assert reader.page.locator("#left, #right").locator("visible=true").count() == 0


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_one_of_the_most_mentioned_opens_its_neighbourhood(opens: Open, by: str) -> None:
    """A click, or Tab and Enter, on a name of the start shows its graph."""
    reader = opens()
    iran = reader.page.locator(".top a", has_text="Iran").first
    if by == "mouse":
        iran.click()
    else:
        reader.tab_to(iran)
        reader.press("Enter")
    reader.wait()
    assert reader.query["entity"] == [IRAN]
    assert reader.drawn() == 60
    assert reader.status.startswith("60 entities")


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_search_suggests_and_chooses(opens: Open, by: str) -> None:
    """Suggestions come with type and number of articles; the taken one is chosen, and a second one is added to it."""
    reader = opens(f"?entity={IRAN}")
    box = reader.page.get_by_role("combobox", name="Search people")
    if by == "mouse":
        box.click()
        box.fill("hezb")
        option = reader.page.locator(".found li").first
        assert "armed group" in option.inner_text()
        option.click()
        reader.wait()
    else:
        reader.choose_by_keyboard("hezb")
    assert reader.query["entity"] == [IRAN, HEZBOLLAH]
    assert reader.page.locator(".chip").all_inner_texts() == ["Iran\n×", "Hezbollah\n×"]


def test_the_search_box_is_a_combobox(opens: Open) -> None:
    """What a screen reader is told: the list opens, the option under the arrow is active, Escape closes it."""
    reader = opens()
    box = reader.page.get_by_role("combobox").and_(reader.page.locator("#start-search"))
    reader.press("/")
    assert box.evaluate("(element) => element === document.activeElement")
    reader.page.keyboard.type("isra")
    reader.page.locator(".found li:visible").first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    assert "suggestion" in reader.said
    reader.press("ArrowDown", "ArrowDown", "ArrowUp")
    active = box.get_attribute("aria-activedescendant")
    assert reader.page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    reader.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"


def test_what_nothing_is_called_says_so(opens: Open) -> None:
    """An empty search says what to try, and Enter does nothing."""
    reader = opens()
    reader.press("/")
    reader.page.keyboard.type("qqqqqq")
    none = reader.page.locator("li.none:visible")
    none.wait_for()
    assert "Try a surname" in none.inner_text()
    reader.press("Enter")
    assert reader.query == {}


def test_articles_are_found_by_the_words_of_their_titles(opens: Open) -> None:
    """Below the entities stand articles, which open."""
    reader = opens()
    reader.press("/")
    reader.page.keyboard.type("haniyeh killed")
    reader.page.get_by_role("option", name="Hamas leader Ismail Haniyeh killed in Tehran").click()
    reader.page.get_by_role("heading", name="Hamas leader Ismail Haniyeh killed in Tehran").wait_for()
    assert list(reader.query) == ["article"]


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_a_chosen_entity_is_let_go(opens: Open, by: str) -> None:
    """The chip's button removes it; without any the start is there again."""
    reader = opens(f"?entity={IRAN}&entity={ISRAEL}")
    for name, left in (("Iran", [ISRAEL]), ("Israel", None)):
        button = reader.button(f"Remove {name}")
        if by == "mouse":
            button.click()
        else:
            reader.tab_to(button)
            reader.press("Enter")
        reader.wait()
        assert reader.query.get("entity") == left
    assert reader.page.locator("#question").is_visible()
