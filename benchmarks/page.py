"""How many pictures a second the page paints while a graph of 5,000 entities and 20,000 ties is dragged.

    python -m benchmarks.page --seconds 5

A real Chromium, with whatever it draws with on this machine. Dragged are the whole picture and its largest entity; and
it is told how long the layout takes. JSON with frames per second and seconds goes to standard output.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "lib"))

from browsing import NoBrowser, browsing_samples
from large_graph import large_graph

if TYPE_CHECKING:
    from playwright.sync_api import Page

LARGEST = "({ view }) => view.dots.reduce((a, b) => (a.radius > b.radius ? a : b)).id"
PLACE = """(drawing, id) => {
  const { view } = drawing, dot = view.byId.get(id), box = drawing.getBoundingClientRect();
  return [box.left + dot.x * view.camera.k + view.camera.x, box.top + dot.y * view.camera.k + view.camera.y];
}"""


def open_large(page: Page, address: str, *, nodes: int, edges: int) -> dict[str, float]:
    """Show a large graph; seconds until its first picture and until it stands still."""
    answer = json.dumps(large_graph(nodes, edges))
    page.route("**/api/v1/graph?*", lambda route: route.fulfill(body=answer, content_type="application/json"))
    begin = time.perf_counter()
    page.goto(f"{address}?entity=Q0&most=5000&keep=1")
    page.locator("#drawing[data-ties]").wait_for()
    first = time.perf_counter() - begin
    page.locator("#drawing[data-settled=true]").wait_for(timeout=300_000)
    return {"first_s": round(first, 1), "settled_s": round(time.perf_counter() - begin, 1)}


def frames_while_dragging(page: Page, x: float, y: float, seconds: float) -> float:
    """Pictures painted in a second while the mouse goes to and fro from a place."""
    drawing = page.locator("#drawing")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 8, y + 8)
    painted = drawing.evaluate("({ view }) => view.painted")
    begin = time.perf_counter()
    step = 0
    while time.perf_counter() - begin < seconds:
        step += 1
        page.mouse.move(x + 8 + 90 * abs((step / 40) % 2 - 1), y + 8 + 60 * abs((step / 55) % 2 - 1))
    took = time.perf_counter() - begin
    found = (drawing.evaluate("({ view }) => view.painted") - painted) / took
    page.mouse.up()
    page.wait_for_timeout(400)
    return round(float(found), 1)


def measure(page: Page, address: str, *, nodes: int, edges: int, seconds: float) -> dict[str, Any]:
    """All figures of one graph."""
    times = open_large(page, address, nodes=nodes, edges=edges)
    drawing = page.locator("#drawing")
    box = drawing.bounding_box() or {"x": 0, "y": 0, "width": 0}
    picture = frames_while_dragging(page, box["x"] + box["width"] / 2, box["y"] + 8, seconds)
    x, y = drawing.evaluate(PLACE, drawing.evaluate(LARGEST))
    entity = frames_while_dragging(page, x, y, seconds)
    return {"nodes": nodes, "edges": edges, **times, "picture_fps": picture, "entity_fps": entity}


def main() -> None:
    """Measure a small and a large graph."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=5.0, help="how long each is dragged")
    asked = parser.parse_args()
    with ExitStack() as opened:
        try:
            browser, address = opened.enter_context(browsing_samples())
        except NoBrowser as error:
            sys.exit(str(error))
        for nodes, edges in ((300, 1500), (5000, 20_000)):
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            print(json.dumps(measure(page, address, nodes=nodes, edges=edges, seconds=asked.seconds)), flush=True)
            page.close()


if __name__ == "__main__":
    main()
