"""Whoever works by keyboard stays where they are: what is shown anew does not take the focus away."""

from collections.abc import Callable

from page_reading import HAMAS, HEZBOLLAH, IRAN, ISRAEL, Reader
from playwright.sync_api import Route

Open = Callable[..., Reader]
FOCUS = """() => {
  const { activeElement: on } = document;
  return [on.closest("[id]")?.id, on.getAttribute("aria-label") ?? on.textContent];
}"""


def test_late_counts_leave_everything_in_its_place(opens: Open) -> None:
    """How many neighbours are not shown is told where it belongs; lists, buttons and an open menu stay as they are."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    reader = opens(ready=False)
    reader.wait()
    reader.page.route("**/graph?*count_neighbours=true*", hold)
    reader.page.goto(f"{reader.at}?entity={IRAN}&entity={ISRAEL}&select={IRAN}")
    tie = reader.right.locator(".ties a").first
    tie.focus()
    reader.page.locator(".menu summary").evaluate("(summary) => { summary.parentElement.open = true }")
    reader.page.evaluate(
        "() => { for (const e of document.querySelectorAll('#right *, #left *, #bar *')) e.marked = 1 }"
    )
    assert not reader.right.get_by_role("button", name="Expand").is_visible()
    reader.until("() => document.documentElement.hasAttribute('data-asking')")
    for route in held:
        route.continue_()
    reader.right.get_by_role("button", name="Expand +12").wait_for()
    assert "more" in reader.right.inner_text()
    assert tie.evaluate("(link) => link.marked === 1 && link === document.activeElement")
    assert reader.page.locator(".chip, .menu[open]").evaluate_all("(all) => all.map((one) => one.marked)") == [1, 1, 1]
    reader.page.unroute_all(behavior="wait")


def test_what_is_pressed_keeps_the_focus(opens: Open) -> None:
    """A button that is made anew has the focus again, and so has a slider when the answer to it comes."""
    reader = opens(f"?entity={IRAN}&entity={HEZBOLLAH}")
    intersection = reader.button("Intersection")
    intersection.focus()
    reader.press("Enter")
    reader.wait()
    assert reader.query["mode"] == ["intersection"]
    assert reader.page.evaluate(FOCUS) == ["left", "Intersection"]
    reader.page.get_by_role("slider", name="From month").focus()
    reader.press("PageUp")
    reader.page.wait_for_url("**since=*")
    reader.wait()
    assert reader.page.evaluate(FOCUS) == ["left", "From month"]


def test_the_focus_follows_into_what_replaces_a_list(opens: Open) -> None:
    """Enter on a tie leads to its sentences, on a chip's cross to what is left: the focus is on that side, not lost."""
    reader = opens(f"?entity={HEZBOLLAH}&entity={HAMAS}&most=20")
    reader.right.locator(".ties a").first.focus()
    reader.press("Enter")
    reader.right.locator("blockquote").first.wait_for()
    reader.wait()
    assert reader.page.evaluate("document.activeElement.id") == "right"
    reader.button("Remove Hamas").focus()
    reader.press("Enter")
    reader.wait()
    assert reader.page.evaluate("document.activeElement.id") == "left"
