"""The box on other people's pages: of another origin, with a strict policy, hostile, without scripts, on a phone."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browsing import Samples
from tabs import Tabs

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

GALLERY = Path(__file__).parents[2] / "docs/gallery"
GALLERY_SERVICE = "http://127.0.0.1:8000/"
ARTICLE = "a2a2b6ed3f6b8c8cd067d"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

Visit = Callable[..., "Page"]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: pytest shows what goes wrong."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, service: str) -> Iterator[tuple[Path, str]]:
    """Somebody else's site, which holds the gallery of docs/: its folder and its address, another origin."""
    folder = tmp_path_factory.mktemp("site")
    for path in GALLERY.iterdir():
        (folder / path.name).write_text(path.read_text("utf-8").replace(GALLERY_SERVICE, service), "utf-8")
        if path.name == "hostile.html":  # its policy names the origin without a slash
            text = (folder / path.name).read_text("utf-8").replace(GALLERY_SERVICE[:-1], service[:-1])
            (folder / path.name).write_text(text, "utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    yield folder, f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    serving.join()
    server.server_close()


@pytest.fixture
def visit(tabs: Tabs, site: tuple[Path, str]) -> Visit:
    """Opens a page of the site; errors of scripts and refusals of policies fail the test."""

    def open_page(path: str, *, allowed: str = "favicon", **options: Any) -> Page:
        wanted = {"viewport": {"width": 800, "height": 900}, **options}
        return tabs.open(path if path.startswith("http") else site[1] + path, allowed=allowed, **wanted)

    return open_page


def boxes(page: Page, count: int = 1) -> list[Frame]:
    """The frames of a page's boxes, once all of them are shown."""
    shown = page.locator("iframe")
    for number in range(count):
        shown.nth(number).scroll_into_view_if_needed()
        shown.nth(number).wait_for()  # and not wait_for_function, whose polling a page's strict policy stops
    frames = [shown.nth(number).element_handle().content_frame() for number in range(count)]
    return [frame for frame in frames if frame is not None]


def picture(box: Frame) -> Any:
    """The picture that is shown, of those for all widths."""
    return box.locator("svg:visible")


@pytest.mark.parametrize("path", ["plain.html", "hostile.html"])
def test_box_stands_where_its_tag_does(visit: Visit, path: str) -> None:
    """The frame is as wide as its column and as high as its content, however hostile the page's style and policy."""
    page = visit(path, allowed="favicon|hostile.html.*frame-ancestors")
    (box,) = boxes(page)
    frame = page.locator("iframe")
    size, paragraph = frame.bounding_box(), page.locator("p").first.bounding_box()
    assert size
    assert paragraph
    assert size["width"] == pytest.approx(paragraph["width"], abs=1)
    assert size["height"] == pytest.approx(
        box.evaluate("document.querySelector('.box').getBoundingClientRect().height"), abs=1
    )
    assert frame.get_attribute("sandbox") == "allow-scripts allow-popups allow-popups-to-escape-sandbox"
    assert frame.get_attribute("title") == "Entity Intersection Graph of this article"
    assert frame.evaluate("(frame) => getComputedStyle(frame).opacity") == "1"
    assert picture(box).count() == 1
    assert picture(box).locator("a").count() > 15
    assert box.locator("h1").evaluate("(h) => getComputedStyle(h).textTransform") == "none"


def test_nothing_jumps(visit: Visit) -> None:
    """The room that is kept while the box loads is what it then takes, but for a line."""
    page = visit("index.html")
    for width in (320, 420, 560, 800):
        page.set_viewport_size({"width": width, "height": 900})
        page.route("**/embed/articles/**", lambda _: None)
        page.goto(page.url.rsplit("/", 1)[0] + "/plain.html", wait_until="domcontentloaded")  # the box never loads
        kept = page.locator("[role=status]").bounding_box()
        page.unroute_all(behavior="ignoreErrors")
        page.reload()
        boxes(page)
        taken = page.locator("iframe").bounding_box()
        assert kept
        assert taken
        assert taken["height"] == pytest.approx(kept["height"], abs=20), width


def test_the_box_keeps_the_height_it_says_first(visit: Visit) -> None:
    """What the frame says at first, before it is shown, is the height that it keeps: nothing moves after that."""
    page = visit("index.html", apart=True)
    page.add_init_script("heights = []; addEventListener('message', ({ data }) => heights.push(data.eigHeight))")
    for width in (320, 560, 800):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(page.url.rsplit("/", 1)[0] + "/plain.html")
        boxes(page)
        page.wait_for_function("heights.length > 1")  # at once, and when the observer begins to watch
        heights = page.evaluate("heights")
        assert max(heights) - min(heights) <= 1, (width, heights)


def test_a_frame_without_a_size_says_no_height(visit: Visit, site: tuple[Path, str], service: str) -> None:
    """Browsers run the script of a frame before they lay it out, now and then; what it would say then is wrong."""
    box = f"{service}embed/articles/{ARTICLE}"
    frame = f'<iframe sandbox="allow-scripts" style="width:0;height:0" src="{box}"></iframe>'
    listen = "heights = []; addEventListener('message', ({ data }) => heights.push(data.eigHeight))"
    (site[0] / "sizeless.html").write_text(f"<!doctype html><title>x</title><script>{listen}</script>{frame}", "utf-8")
    page = visit("sizeless.html")  # waits until the frame is loaded, its script too
    page.wait_for_timeout(300)
    assert page.evaluate("heights") == []
    page.locator("iframe").evaluate("(frame) => { frame.style.width = '600px'; frame.style.height = '1px'; }")
    page.wait_for_function("heights.length > 0")
    assert 300 < page.evaluate("heights[0]") < 900


def test_several_boxes_and_colours(visit: Visit) -> None:
    """Several tags on a page get a box each, in the theme and the colours that each asks for."""
    page = visit("narrow.html", viewport={"width": 1100, "height": 900}, color_scheme="dark")
    backgrounds = [
        box.evaluate("getComputedStyle(document.querySelector('.box')).backgroundColor") for box in boxes(page, 3)
    ]
    assert backgrounds == ["rgb(28, 31, 35)", "rgb(32, 48, 60)", "rgb(28, 31, 35)"]
    accent = boxes(page, 3)[1].evaluate("getComputedStyle(document.querySelector('.more a')).color")
    assert accent == "rgb(255, 215, 0)"


def test_narrow_boxes_show_the_article_alone(visit: Visit) -> None:
    """On a phone there are the article's entities only, and nothing runs out at the side."""
    page = visit("plain.html", viewport={"width": 320, "height": 640})
    (box,) = boxes(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert box.evaluate("document.documentElement.scrollWidth") <= 320
    assert picture(box).locator("a").count() >= 6
    assert picture(box).locator("a.out").count() == 0


@pytest.mark.parametrize("article", [ARTICLE, "hostile"])
def test_labels_fit_in_the_font_of_this_machine(visit: Visit, service: str, graph: Samples, article: str) -> None:
    """No label overlaps another node's label or shape, and none is cut by the border of the picture, at any width."""
    id = graph.results[0].id if article == "hostile" else article
    page = visit(f"{service}embed/articles/{id}")
    for width in (320, 400, 560, 800):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(_OVERLAPPING) == [], width


_OVERLAPPING = """() => {
  const shown = [...document.querySelectorAll('svg')].find((svg) => svg.getClientRects().length);
  const border = shown.getBoundingClientRect();
  const marks = [...shown.querySelectorAll('a')].map((a) => [a.querySelector('text'), a.querySelector('path')]);
  const boxes = marks.map((pair) => pair.map((mark) => mark.getBoundingClientRect()));
  const found = [];
  boxes.forEach(([label], i) => {
    if (label.left < border.left - 1 || label.right > border.right + 1 || label.bottom > border.bottom + 1)
      found.push(`${marks[i][0].textContent} is cut`);
    boxes.forEach(([other, shape], j) => {
      for (const box of j < i ? [other, shape] : j > i ? [shape] : [])
        if (label.left < box.right - 1 && label.right > box.left + 1 && label.top < box.bottom - 2
            && label.bottom > box.top + 2) found.push([i, j].map((n) => marks[n][0].textContent).join(" / "));
    });
  });
  return found;
}"""


def test_pointing_and_focus_light_the_neighbourhood(visit: Visit, service: str) -> None:
    """The node under the pointer, or in focus, is lit with those it is tied to; then all is as before."""
    page = visit(f"{service}embed/articles/{ARTICLE}")
    shown = picture(page.main_frame)
    first = shown.locator("a").first
    for light, leave in ((first.hover, page.locator("h1").hover), (first.focus, page.locator("summary").focus)):
        light()
        lit = shown.locator("a.on").count()
        assert 1 < lit < shown.locator("a").count()
        assert shown.locator("line.on").count() >= lit - 1
        leave()
        assert "lit" not in (shown.get_attribute("class") or "")


def test_everything_by_keyboard(visit: Visit, service: str) -> None:
    """Tab reaches each node of the picture that is shown, the list and the way to the page; Enter opens them."""
    page = visit(f"{service}embed/articles/{ARTICLE}", viewport={"width": 800, "height": 900})
    nodes = picture(page.main_frame).locator("a").count()
    reached = []
    for _ in range(nodes + 2):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("(document.activeElement.closest('svg') ?? document.activeElement).tagName"))
    assert reached == [*["svg"] * nodes, "SUMMARY", "A"]
    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")
    assert opened.value.url == f"{service}?article={ARTICLE}"


def test_node_opens_the_page_with_the_pair(visit: Visit, service: str) -> None:
    """From inside the sandbox a click on a node opens the page with the two entities, beside the article."""
    page = visit("plain.html")
    (box,) = boxes(page)
    with page.context.expect_page() as opened:
        picture(box).locator("a").first.click()
    assert re.fullmatch(re.escape(service) + r"\?entity=(\w+)&entity=(\w+)&select=\1~\2", opened.value.url)
    assert opened.value.evaluate("window.opener") is None


def test_without_scripts_it_is_a_list(visit: Visit, service: str) -> None:
    """A reader without scripts follows the link of the page and finds every entity in a list of links."""
    page = visit("plain.html", java_script_enabled=False)
    assert page.locator("noscript a").is_visible()
    page.locator("noscript a").click()
    assert page.url == f"{service}embed/articles/{ARTICLE}"
    assert page.locator("li a", has_text="Ismail Haniyeh").first.is_visible()
    assert page.locator("li").count() > 15


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(visit: Visit, service: str, axe: str, theme: str) -> None:
    """No violation of WCAG 2.2 AA or of axe's best practices, folded or not, wide or narrow, in either theme."""
    page = visit(f"{service}embed/articles/{ARTICLE}?theme={theme}")
    page.evaluate(axe)
    for width, folded in ((800, True), (800, False), (320, False)):
        page.set_viewport_size({"width": width, "height": 900})
        if not folded and page.locator("details:not([open])").count():
            page.locator("summary").click()
        found = page.evaluate("(rules) => axe.run(document, { runOnly: rules })", RULES)["violations"]
        assert [(one["id"], [node["html"][:150] for node in one["nodes"]]) for one in found] == []


def test_axe_finds_nothing_on_the_page_around(visit: Visit, axe: str) -> None:
    """What the script tag adds to a page is accessible too."""
    page = visit("states.html", allowed="favicon|ERR_|Refused|unsafe")
    page.get_by_text("cannot be shown just now").wait_for()
    page.evaluate(axe)
    found = page.evaluate("(rules) => axe.run(document, { runOnly: rules, iframes: false })", RULES)["violations"]
    ours = [node["html"] for one in found for node in one["nodes"] if len(node["target"][0]) > 1]
    assert [html for html in ours if "iframe" in html or "status" in html] == []


def test_unknown_articles_and_absent_services(visit: Visit) -> None:
    """A box says kindly that it does not know the article; where no service answers, the page says so with a link."""
    page = visit("states.html", allowed="favicon|ERR_|Refused|unsafe")
    (unknown,) = boxes(page)
    assert "We have not read this article yet" in unknown.locator(".line").inner_text()
    failed = page.get_by_text("The graph of this article cannot be shown just now.")
    failed.wait_for()
    assert failed.locator("a").get_attribute("target") == "_blank"


def test_article_of_the_page_itself(visit: Visit, site: tuple[Path, str], service: str) -> None:
    """A tag without an article asks for the address that the page calls canonical, else for its own."""
    tag = f'<script async src="{service}embed.js"></script>'
    asked = []
    for name, head in (("own.html", ""), ("canonical.html", '<link rel="canonical" href="/real">')):
        (site[0] / name).write_text(f"<!doctype html><title>x</title>{head}<body>{tag}", "utf-8")
        page = visit(f"{name}?utm_source=x#part")
        boxes(page)
        asked.append(page.locator("iframe").get_attribute("src"))
    assert asked == [
        f"{service}embed/articles?url={quoted(site[1])}own.html%3Futm_source%3Dx&theme=light",
        f"{service}embed/articles?url={quoted(site[1])}real&theme=light",
    ]


def quoted(address: str) -> str:
    """An address as a parameter."""
    return address.replace(":", "%3A").replace("/", "%2F")


def test_messages_of_others_are_ignored(visit: Visit) -> None:
    """Only the box's own frame sets its height, and only by a number."""
    page = visit("plain.html")
    (box,) = boxes(page)
    before = page.locator("iframe").bounding_box()
    page.evaluate("window.heard = 0; addEventListener('message', () => { heard += 1; })")
    page.evaluate("window.postMessage({ eigHeight: 5 }, '*')")
    box.evaluate("parent.postMessage({ eigHeight: '9px' }, '*')")
    page.wait_for_function("heard === 2")
    assert page.locator("iframe").bounding_box() == before


def test_hostile_texts_stay_texts(visit: Visit, service: str, graph: Samples) -> None:
    """Markup in the title and in names is shown as it is and does nothing."""
    page = visit(f"{service}embed/articles/{graph.results[0].id}")
    assert "Entity Intersection Graph" in page.title()
    assert page.locator("img").count() == 0
    assert "<img src=x onerror" in page.locator(".source").inner_text()
    assert page.locator(".source a").count() == 0


def test_print_is_light_and_without_controls(visit: Visit, service: str) -> None:
    """On paper the box is dark on light, and what only a screen can do is left out."""
    page = visit(f"{service}embed/articles/{ARTICLE}?theme=dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('.box')).backgroundColor") == "rgb(255, 254, 251)"
    assert not page.locator("summary").is_visible()
    assert not page.locator(".more").is_visible()
    assert picture(page.main_frame).count() == 1
