"""Neighbourhoods: select, expand, walk, filter; by mouse, and by keyboard alone."""

from collections.abc import Callable

import pytest
from page_reading import HAMAS, HEZBOLLAH, IRAN, ISRAEL, Reader

Open = Callable[..., Reader]


def test_the_status_says_what_was_left_out(opens: Open) -> None:
    """Entities, ties, and how many neighbours there are beyond those shown."""
    reader = opens(f"?entity={HEZBOLLAH}&most=20")
    assert reader.status.startswith("20 entities, ")
    assert "the 19 strongest of " in reader.status
    assert reader.said == reader.status


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_an_entity_is_selected(opens: Open, by: str) -> None:
    """A click, or arrows and Enter, selects an entity: its ties stand at the right as bars."""
    reader = opens(f"?entity={HEZBOLLAH}&most=20")
    if by == "mouse":
        reader.click(HEZBOLLAH)
    else:
        reader.tab_to(reader.page.locator("#drawing"))
        reader.press("ArrowRight")
        assert reader.said.startswith("Hezbollah, armed group, ")
        reader.press("Enter")
    assert reader.query["select"] == [HEZBOLLAH]
    assert reader.right.get_by_role("heading", name="Hezbollah").is_visible()
    assert reader.right.locator(".ties li").count() == 19


def test_arrows_walk_and_are_announced(opens: Open) -> None:
    """Each arrow goes to another entity in its direction and says where it is."""
    reader = opens(f"?entity={HEZBOLLAH}&most=20")
    reader.page.locator("#drawing").focus()
    reader.press("ArrowRight")
    heard = [reader.said]
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        before = reader.page.locator("#drawing").evaluate("({ view }) => [view.cursor.x, view.cursor.y]")
        reader.press(key)
        after = reader.page.locator("#drawing").evaluate("({ view }) => [view.cursor.x, view.cursor.y]")
        axis, sign = {"ArrowRight": (0, 1), "ArrowLeft": (0, -1), "ArrowDown": (1, 1), "ArrowUp": (1, -1)}[key]
        assert (after[axis] - before[axis]) * sign >= 0
        heard.append(reader.said)
    assert len(set(heard)) >= 3


@pytest.mark.parametrize("by", ["badge", "double click", "keyboard", "button"])
def test_an_entity_is_expanded(opens: Open, by: str) -> None:
    """Its badge, a double click, E or the button bring in twelve more of its neighbours; the others stay."""
    reader = opens(f"?entity={HEZBOLLAH}&most=20")
    before = set(reader.page.locator("#drawing").evaluate("({ view }) => view.dots.map((dot) => dot.id)"))
    target = HEZBOLLAH if by == "badge" else HAMAS
    if by == "badge":
        x, y = reader.page.locator("#drawing").evaluate(_BADGE)
        reader.page.mouse.click(x, y)
    elif by == "double click":
        reader.click(HAMAS, click_count=2)
    elif by == "keyboard":
        reader.page.locator("#drawing").focus()
        reader.page.locator("#drawing").evaluate("({ view }, id) => { view.cursor = view.byId.get(id) }", HAMAS)
        reader.press("e")
    else:
        reader.click(HAMAS)
        reader.page.get_by_role("button", name="Expand +12").click()
    reader.page.wait_for_url("**expand=*")
    reader.wait()
    after = set(reader.page.locator("#drawing").evaluate("({ view }) => view.dots.map((dot) => dot.id)"))
    assert reader.query["expand"] == [target]
    assert before < after
    assert len(after) == 32


_BADGE = """({ view }) => {
  const drawing = document.getElementById("drawing");
  const box = drawing.getBoundingClientRect();
  for (let x = 0; x < box.width; x += 4) for (let y = 0; y < box.height; y += 4)
    if (view.at(x, y).badge !== null) return [box.left + x + 4, box.top + y + 4];
  return null;
}"""


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_an_entity_of_the_picture_is_chosen_too(opens: Open, by: str) -> None:
    """'Add to chosen' at the right, or A on it, puts it into the middle."""
    reader = opens(f"?entity={HEZBOLLAH}&most=20")
    if by == "mouse":
        reader.click(HAMAS)
        reader.button("Add to chosen").click()
    else:
        reader.page.locator("#drawing").focus()
        reader.page.locator("#drawing").evaluate("({ view }, id) => { view.cursor = view.byId.get(id) }", HAMAS)
        reader.press("a")
    reader.wait()
    assert reader.query["entity"] == [HEZBOLLAH, HAMAS]


def test_a_dot_is_dragged_and_stays(opens: Open) -> None:
    """The mouse, or Alt with arrows, moves an entity; nothing is selected by that."""
    reader = opens(f"?entity={HEZBOLLAH}&most=20")
    x, y = reader.place(HAMAS)
    reader.page.mouse.move(x, y)
    reader.page.mouse.down()
    reader.page.mouse.move(x + 60, y + 40, steps=4)
    reader.page.mouse.up()
    assert reader.place(HAMAS) == pytest.approx((x + 60, y + 40), abs=2)
    reader.page.locator("#drawing").evaluate("({ view }, id) => { view.cursor = view.byId.get(id) }", HAMAS)
    reader.press("Alt+ArrowRight")
    assert reader.place(HAMAS)[0] == pytest.approx(x + 70, abs=2)
    assert "select" not in reader.query


@pytest.mark.parametrize("by", ["wheel", "buttons", "keyboard"])
def test_the_picture_is_zoomed_and_fitted(opens: Open, by: str) -> None:
    """Wheel, buttons and keys zoom about; 0 and the last button fit all again."""
    reader = opens(f"?entity={HEZBOLLAH}&most=20")
    zoom = "({ view }) => view.camera.k"
    drawing = reader.page.locator("#drawing")
    fitted = drawing.evaluate(zoom)
    if by == "wheel":
        reader.page.mouse.move(*reader.place(HEZBOLLAH))
        reader.page.mouse.wheel(0, -300)
        reader.until("(k) => document.getElementById('drawing').view.camera.k > k", fitted)
    elif by == "buttons":
        reader.button("Zoom in").click()
    else:
        drawing.focus()
        reader.press("+")
    assert drawing.evaluate(zoom) > fitted
    if by == "keyboard":
        reader.press("0")
    else:
        reader.button("Fit all").click()
    assert drawing.evaluate(zoom) == pytest.approx(fitted)


def test_escape_and_an_empty_place_let_go(opens: Open) -> None:
    """A click beside everything, or Escape, selects nothing; the strongest ties are back."""
    reader = opens(f"?entity={HEZBOLLAH}&most=20&select={HAMAS}")
    box = reader.page.locator("#drawing").bounding_box()
    assert box
    reader.page.mouse.click(box["x"] + 5, box["y"] + 5)
    reader.wait()
    assert "select" not in reader.query
    reader.click(HAMAS)
    reader.page.locator("#drawing").focus()
    reader.press("Escape")
    reader.wait()
    assert "select" not in reader.query
    assert reader.right.get_by_role("heading", name="Strongest ties").is_visible()


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_types_are_filtered(opens: Open, by: str) -> None:
    """Unticking a type takes its entities away."""
    reader = opens(f"?entity={HEZBOLLAH}")
    places = reader.page.get_by_role("checkbox", name="Places")
    if by == "mouse":
        places.click()
    else:
        reader.tab_to(places)
        reader.press("Space")
    reader.wait()
    assert "place" not in reader.query["type"]
    assert len(reader.query["type"]) == 9
    types = reader.page.locator("#drawing").evaluate("({ view }) => view.dots.map((dot) => dot.type)")
    assert "place" not in types
    reader.button("Reset filters").click()
    reader.wait()
    assert "type" not in reader.query


def test_sliders_narrow_the_picture(opens: Open) -> None:
    """Least shared articles and most entities ask anew; each is one entry of the history however many steps it took."""
    reader = opens(f"?entity={IRAN}", apart=True)  # a tab's history ends at fifty entries
    entries = reader.page.evaluate("history.length")
    slider = reader.page.get_by_role("slider", name="Least shared articles")
    reader.tab_to(slider)
    reader.press("ArrowRight", "ArrowRight", "ArrowRight")
    reader.wait()
    assert reader.query["min"] == ["4"]
    assert reader.page.evaluate("history.length") == entries + 1
    most = reader.page.get_by_role("slider", name="Most entities")
    most.fill("1")
    reader.wait()
    assert reader.query["most"] == ["20"]
    assert reader.drawn() == 20


def test_only_the_strongest_ties_are_kept(opens: Open) -> None:
    """The slider cuts ties by the disparity filter without asking anew; those of the chosen stay."""
    reader = opens(f"?entity={IRAN}")
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    before = reader.drawn("ties")
    reader.page.get_by_role("slider", name="Strongest ties").fill("5")
    reader.page.wait_for_url("**keep=0.05*")
    reader.wait()
    ties = reader.page.locator("#drawing").evaluate("({ view }) => view.lines.filter((line) => line.near).length")
    assert reader.drawn("ties") < before / 2
    assert ties == reader.drawn() - 1
    assert [url for url in asked if "/api/" in url] == []


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_the_window_is_cut_out_of_the_months(opens: Open, by: str) -> None:
    """Moving an end of the window asks for its months alone; the bars stay, and 'All time' opens it again."""
    reader = opens(f"?entity={IRAN}&entity={ISRAEL}")
    first = reader.page.get_by_role("slider", name="From month")
    bars = reader.page.locator(".months rect").count()
    assert bars > 100
    if by == "mouse":
        box = first.bounding_box()
        assert box
        reader.page.mouse.move(box["x"] + 8, box["y"] + box["height"] / 2)
        reader.page.mouse.down()
        reader.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=5)
        reader.page.mouse.up()
    else:
        reader.tab_to(first)
        reader.press("PageUp", "PageUp", "PageUp")
    reader.page.wait_for_url("**since=*")
    reader.wait()
    assert reader.query["since"][0].endswith("-01")
    assert reader.page.locator(".months rect.out").count() > 5
    assert reader.page.locator(".months rect").count() == bars
    reader.button("All time").click()
    reader.wait()
    assert "since" not in reader.query


def test_filters_that_leave_nobody_say_what_to_do(opens: Open) -> None:
    """An entity alone in its picture comes with the way out."""
    reader = opens(f"?entity={IRAN}&min=50")
    empty = reader.page.locator("#graph .empty")
    assert "Nobody else is named with Iran under these filters" in empty.inner_text()
    empty.get_by_role("button", name="Reset filters").click()
    reader.wait()
    assert reader.drawn() == 60


def test_an_address_of_nobody_says_so(opens: Open) -> None:
    """An unknown id is explained, with a way to the start."""
    reader = opens("?entity=Q0", ready=False, allowed="404|422")
    trouble = reader.page.locator("#trouble")
    trouble.wait_for()
    assert "Q0" in trouble.inner_text()
    trouble.get_by_role("link", name="Start again").click()
    assert reader.page.locator("#question").is_visible()
