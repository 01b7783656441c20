"""What tests of the page do with it, in the words of a reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

IRAN, ISRAEL, HEZBOLLAH, HAMAS, NETANYAHU = "Q794", "Q801", "Q41053", "Q38799", "Q43723"

# Nothing is asked any more, and the graph, where one is shown, stands still.
_RESTS = """() => {
  const { shown } = document.body.dataset;
  if (shown === undefined || document.documentElement.hasAttribute("data-asking")) return false;
  return shown !== "graph" || document.getElementById("drawing").dataset.settled === "true";
}"""
# Frame after frame in the page itself: the page's policy stops what playwright would ask again and again.
_UNTIL = """async ([frames, given]) => {
  const holds = HOLDS;
  const begin = performance.now();
  for (let held = 0; held < frames; held = holds(given) ? held + 1 : 0) {
    if (performance.now() - begin > 60_000) throw new Error(`this does not come true: ${holds}`);
    await new Promise(requestAnimationFrame);
  }
}"""
_PLACE = """(drawing, id) => {
  const { view } = drawing;
  const dot = view.byId.get(id);
  const box = drawing.getBoundingClientRect();
  return { x: box.left + dot.x * view.camera.k + view.camera.x, y: box.top + dot.y * view.camera.k + view.camera.y };
}"""


@dataclass(frozen=True)
class Reader:
    """Somebody who looks at the page of a service."""

    page: Page
    at: str

    def wait(self) -> None:
        """Wait until nothing is asked any more, the graph, where one is shown, stands still, and all is painted."""
        self.until(_RESTS, frames=3)  # sizes are watched, and painted, a frame later

    def until(self, holds: str, given: Any = None, *, frames: int = 1) -> None:
        """Wait for a state of the page: until a function of JavaScript holds, for so many frames in a row."""
        self.page.evaluate(_UNTIL.replace("HOLDS", holds), [frames, given])

    def go(self, query: str) -> None:
        """Open another address."""
        self.page.goto(self.at + query)
        self.wait()

    @property
    def query(self) -> dict[str, list[str]]:
        """The state in the address."""
        return parse_qs(urlsplit(self.page.url).query)

    @property
    def status(self) -> str:
        """The line under the view."""
        return self.page.locator("#bar .status").inner_text()

    @property
    def said(self) -> str:
        """What was announced last."""
        return (self.page.locator("#live").text_content() or "").replace("\u00a0", "").strip()

    @property
    def right(self) -> Locator:
        """The right side."""
        return self.page.locator("#right")

    def drawn(self, what: str = "nodes") -> int:
        """How many nodes or ties are drawn."""
        return int(self.page.locator("#drawing").get_attribute(f"data-{what}") or 0)

    def place(self, entity: str) -> tuple[float, float]:
        """Where an entity is drawn, in pixels of the window."""
        found: dict[str, Any] = self.page.locator("#drawing").evaluate(_PLACE, entity)
        return found["x"], found["y"]

    def click(self, entity: str, **how: Any) -> None:
        """Click an entity of the drawing."""
        self.page.mouse.click(*self.place(entity), **how)
        self.wait()

    def button(self, name: str) -> Locator:
        """A button by its name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def tab_to(self, target: Locator, *, most: int = 80) -> None:
        """Press Tab until the target has the focus: it must be reached by keyboard alone."""
        for _ in range(most):
            if target.evaluate(
                "(element) => element === document.activeElement || element.getRootNode().activeElement === element"
            ):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} is not reached by the Tab key")

    def choose_by_keyboard(self, text: str, *, downs: int = 1) -> None:
        """Search by `/`, and take a suggestion."""
        self.press("/")
        self.page.keyboard.type(text)
        self.page.locator("ul.found:visible li").first.wait_for()
        self.press(*["ArrowDown"] * downs, "Enter")
        self.wait()
