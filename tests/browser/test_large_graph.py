"""5,000 entities and 20,000 ties: the page keeps answering while the graph is dragged. How fast, a benchmark says."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from large_graph import large_graph
from page_reading import Reader

Open = Callable[..., Reader]


def test_a_large_graph_keeps_answering(opens: Open) -> None:
    """It is laid out beside the page, dragged as a whole and by a dot, and a selection is answered in between."""
    reader = opens("", ready=False, allowed="404")
    answer = json.dumps(large_graph())
    reader.page.route("**/api/v1/graph?*", lambda route: route.fulfill(body=answer, content_type="application/json"))
    reader.page.goto(f"{reader.at}?entity=Q0&most=5000&keep=1")
    reader.page.locator("#drawing[data-settled=true]").wait_for(timeout=120_000)
    assert (reader.drawn(), reader.drawn("ties")) == (5000, 20_000)
    drawing = reader.page.locator("#drawing")
    camera = drawing.evaluate("({ view }) => view.camera")
    box: Any = drawing.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + 20
    reader.page.mouse.move(x, y)
    reader.page.mouse.down()
    painted = drawing.evaluate("({ view }) => view.painted")
    for step in range(10):
        reader.page.mouse.move(x + 8 * step, y + 4 * step)
    assert drawing.evaluate("({ view }) => view.painted") > painted
    assert reader.page.evaluate("document.title") != ""
    reader.page.mouse.up()
    moved = drawing.evaluate("({ view }) => view.camera")
    assert moved["x"] - camera["x"] > 60
    biggest = drawing.evaluate("({ view }) => view.dots.reduce((a, b) => (a.radius > b.radius ? a : b)).id")
    reader.until("() => !document.getElementById('drawing').view.look().moving")
    reader.click(biggest)
    assert reader.query["select"] == [biggest]
