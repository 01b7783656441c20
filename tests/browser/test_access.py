"""For everybody: axe-core finds nothing in either theme, 320 px are enough, names stay text, nothing is cut."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from browsing import Samples
from page_reading import HEZBOLLAH, IRAN, ISRAEL, NETANYAHU, Reader

from graph.model import PageRequest

if TYPE_CHECKING:
    from playwright.sync_api import ViewportSize

Open = Callable[..., Reader]
ARTICLE = "a2a2b6ed3f6b8c8cd067d"
VIEWS = {
    "start": "",
    "graph": f"?entity={IRAN}",
    "entity": f"?entity={IRAN}&select={HEZBOLLAH}",
    "tie": f"?entity={IRAN}&select={IRAN}~{ISRAEL}",
    "intersection": f"?entity={IRAN}&entity={ISRAEL}&mode=intersection",
    "table": f"?entity={IRAN}&view=table&most=20",
    "article": f"?article={ARTICLE}",
    "about": f"?about={NETANYAHU}",
    "console": "?view=cypher&statement=MATCH%20(n:Entity)-[r:LEADS]->(m)%20RETURN%20n,%20r,%20m%20LIMIT%205",
    "add": "?view=add",
    "nobody": f"?entity={IRAN}&min=50",
    "unknown": "?about=Q0",
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]  # all that a theme can change
PHONE: ViewportSize = {"width": 320, "height": 640}


def violations(reader: Reader, axe: str, rules: list[str] = RULES) -> list[str]:
    """What axe-core finds, in a line each."""
    if reader.page.evaluate("document.querySelector('.editor, .cm-content') !== null"):
        reader.page.locator(".cm-content").wait_for()
    if reader.page.evaluate("typeof axe") == "undefined":
        reader.page.evaluate(axe)
    found: dict[str, Any] = reader.page.evaluate("(rules) => axe.run(document, { runOnly: rules })", rules)
    return [
        f"{one['id']}: {node['html'][:140]} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing(opens: Open, axe: str, view: str) -> None:
    """No violation of WCAG 2.2 AA or of axe's best practices on any view, dark or on a phone, where nothing is cut."""
    reader = opens(VIEWS[view], allowed="404")
    assert violations(reader, axe) == []
    reader.page.emulate_media(color_scheme="dark")
    reader.wait()
    assert violations(reader, axe, COLOURS) == []
    reader.page.emulate_media(color_scheme="light")
    reader.page.set_viewport_size(PHONE)
    reader.wait()
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(reader, axe) == []


def test_menus_and_suggestions_are_accessible(opens: Open, axe: str) -> None:
    """What opens on top of the page is looked at too."""
    reader = opens(f"?entity={IRAN}")
    reader.press("/")
    reader.page.keyboard.type("isr")
    reader.page.locator(".found li:visible").first.wait_for()
    assert violations(reader, axe) == []
    reader.press("Escape")
    reader.page.locator(".menu summary").click()
    assert violations(reader, axe) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_colours_of_types_stand_out(opens: Open, theme: str) -> None:
    """Each type has 3:1 on paper, which a canvas cannot be asked about, and is told apart by its shape as well."""
    reader = opens("", color_scheme=theme)
    colours = reader.page.evaluate(_COLOURS)
    paper = colours.pop("paper")
    assert [name for name, colour in colours.items() if contrast(colour, paper) < (4.5 if name in TEXT else 3)] == []
    shapes = reader.page.locator(".types .glyph path").evaluate_all(
        "(paths) => paths.map((path) => path.getAttribute('d'))"
    )
    assert len(set(shapes)) == len(shapes)


TEXT = {"ink", "soft", "link", "accent", "error"}
_COLOURS = """() => {
  const names = ["paper", "ink", "soft", "link", "accent", "error", "border", "person", "state", "place",
    "organization", "armed_group", "party", "agreement", "weapon", "event", "community", "article"];
  const probe = document.body.appendChild(document.createElement("i"));
  const read = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color.match(/[\\d.]+/g).map(Number);
  };
  return Object.fromEntries(names.map((name) => [name, read(name)]));
}"""


def contrast(one: list[float], other: list[float]) -> float:
    """The contrast ratio of two sRGB colours, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""

    def luminance(colour: list[float]) -> float:
        linear = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in (c / 255 for c in colour[:3])
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


_PIXEL = """() => {
  const context = document.querySelector("#drawing canvas").getContext("2d");
  return `rgb(${[...context.getImageData(2, 2, 1, 1).data].slice(0, 3).join(", ")})`;
}"""


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_the_theme_is_chosen_and_kept(opens: Open, by: str) -> None:
    """Auto, light, dark: the button goes round, the drawing follows, and a reload keeps it."""
    reader = opens(f"?entity={IRAN}", color_scheme="light")
    background = "getComputedStyle(document.documentElement).backgroundColor"
    light = reader.page.evaluate(background)
    for name in ("Theme: auto", "Theme: light"):
        button = reader.page.get_by_role("button", name=name)
        if by == "mouse":
            button.click()
        else:
            reader.tab_to(button)
            reader.press("Enter")
    dark = reader.page.evaluate(background)
    assert dark != light
    reader.wait()
    assert reader.page.evaluate(_PIXEL) == dark
    reader.page.reload()
    reader.wait()
    assert reader.page.evaluate(background) == dark


def test_names_do_not_overlap_and_are_not_cut(opens: Open) -> None:
    """Every label stands inside the drawing and none lies on another, however it is zoomed."""
    reader = opens(f"?entity={IRAN}")
    for _ in range(4):
        boxes = reader.page.locator("#drawing").evaluate("({ view }) => view.labelBoxes()")
        room = reader.page.locator("#drawing").evaluate("({ view }) => view.room")
        assert len(boxes) > 10
        assert [
            box
            for box in boxes
            if box["left"] < 0 or box["top"] < 0 or box["right"] > room["width"] or box["bottom"] > room["height"]
        ] == []
        assert [(a["text"], b["text"]) for i, a in enumerate(boxes) for b in boxes[i + 1 :] if overlap(a, b)] == []
        reader.page.locator("#drawing").evaluate("({ view }) => view.zoom(1.4)")
        reader.wait()


def overlap(a: dict[str, float], b: dict[str, float]) -> bool:
    """Whether two boxes share more than an edge."""
    return a["left"] < b["right"] and b["left"] < a["right"] and a["top"] < b["bottom"] and b["top"] < a["bottom"]


def test_hostile_names_are_text(opens: Open, graph: Samples) -> None:
    """Markup, right-to-left, emoji and 300 letters in titles and names are shown as they are, and do nothing."""
    found = {name: _id_of(name, graph) for name in ("Quibblewick", "Zanderfink", "Blunderhoff")}
    pair = sorted(found.values())[:2]
    chosen = "&".join(f"entity={id}" for id in found.values())
    queries = [f"?article={graph.results[0].id}", f"?{chosen}", f"?{chosen}&mode=intersection", f"?{chosen}&view=table"]
    queries += [f"?about={id}" for id in found.values()] + [f"?{chosen}&select={pair[0]}~{pair[1]}"]
    reader = opens()
    for query in queries:
        reader.page.set_viewport_size({"width": 1440, "height": 900})
        reader.go(query)
        shown = reader.page.locator("body").inner_text()
        assert "<img src=x" in shown or "Zanderfink" in shown or "Blunderhoff" in shown
        assert reader.page.locator("img, script:not([src])").count() == 0
        assert reader.page.title() not in ("1", "taken")
        assert reader.page.locator('a[href^="javascript"]').count() == 0
        for width in (1440, 320):
            reader.page.set_viewport_size({"width": width, "height": 900})
            assert reader.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_moves_for_nobody_who_does_not_want_it(opens: Open) -> None:
    """With reduced motion an expanded picture stands at once where it belongs."""
    reader = opens(f"?entity={HEZBOLLAH}&most=12")
    reader.page.locator("#drawing").evaluate("({ view }) => { view.frames = view.painted }")
    reader.page.locator("#drawing").focus()
    reader.press("ArrowRight", "e")
    reader.page.wait_for_url("**expand=*")
    reader.wait()
    assert reader.page.locator("#drawing").evaluate("({ view }) => view.painted - view.frames") < 25


def _id_of(name: str, graph: Samples) -> str:
    return graph.store.search_entities(name, page=PageRequest()).results[0].id
