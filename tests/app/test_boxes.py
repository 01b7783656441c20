"""The box of an article: as a page, as a picture, in every state, on every database."""

from __future__ import annotations

import json
import re
import warnings
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from typing import Any

import box_articles as articles
import pytest
from starlette.exceptions import StarletteDeprecationWarning

from app.box.document import WIDTHS
from app.main import create_app
from app.settings import Settings
from graph.store import GraphStore

with warnings.catch_warnings():
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from fastapi.testclient import TestClient

TALKS = articles.TALKS.article.id
PNG_HEAD = b"\x89PNG\r\n\x1a\n"


class Page(HTMLParser):
    """What a page holds: its elements by name with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def links(self) -> list[str]:
        """Where links lead."""
        return [str(attributes["href"]) for tag, attributes in self.elements if tag == "a"]

    def state(self) -> str | None:
        """The state that the box tells."""
        return next(attributes["data-state"] for tag, attributes in self.elements if tag == "main")


def service(store: GraphStore, **settings: Any) -> TestClient:
    """A client of a service over the store."""
    app = create_app(Settings(**settings), store=store)
    return TestClient(app, base_url="http://127.0.0.1:8000", follow_redirects=False)


@pytest.fixture
def boxes(store: GraphStore) -> TestClient:
    """A client of a service that holds all articles."""
    store.write(articles.ALL)
    return service(store)


def page(client: TestClient, path: str, **parameters: object) -> Page:
    """The box at that path under /embed/articles."""
    response = client.get(f"/embed/articles{path}", params=parameters)
    assert response.status_code == 200, response.text
    return Page(response.text)


def test_box_tells_the_article(boxes: TestClient) -> None:
    """The box counts the article's entities and the others they are tied to, and links each to the page."""
    box = page(boxes, f"/{TALKS}")
    assert box.state() == "ok"
    assert "3 entities in this article, tied to 1 more in the rest of the news" in box.text
    assert {"../../?entity=Q1", f"../../?article={TALKS}", articles.URL} <= set(box.links())
    assert "../../?entity=Q9&entity=Q1&select=Q9~Q1" in box.links()
    pictures = [attributes["class"] for tag, attributes in box.elements if tag == "svg"]
    assert pictures == [f"w{width}" for width in WIDTHS]


def test_box_is_found_by_any_spelling_of_the_address(boxes: TestClient) -> None:
    """Campaign parameters, `www.` and the case of the host make no difference; links fit the shorter path."""
    for url in (articles.URL, "HTTPS://www.News.example.org/2024/talks?utm_source=x#top"):
        box = page(boxes, "", url=url)
        assert box.state() == "ok"
        assert f"../?article={TALKS}" in box.links()


@pytest.mark.parametrize(
    ("path", "parameters", "state", "said"),
    [
        ("/pending", {}, "pending", "not been looked for yet"),
        ("/empty", {}, "no_entities", "names no person"),
        ("/foreign", {}, "unsupported_language", "another language"),
        (f"/{TALKS}", {"min_articles": 5}, "below_threshold", "as many articles"),
        ("/nothing", {}, "unknown_article", "not read this article yet"),
        ("", {"url": "https://news.example.org/unknown"}, "unknown_article", "not read this article yet"),
        ("", {"url": "about:blank"}, "unknown_article", "not read this article yet"),
    ],
)
def test_every_state_is_told(
    boxes: TestClient, path: str, parameters: dict[str, object], state: str, said: str
) -> None:
    """A box without a graph says why in a sentence and still leads to the page; so do the pictures."""
    box = page(boxes, path, **parameters)
    assert box.state() == state
    assert said in box.text
    assert any(link.startswith("../") for link in box.links())
    drawing = boxes.get(f"/embed/articles{path}.svg", params=parameters)
    assert said in " ".join(ET.fromstring(drawing.text).itertext()).replace("\n", " ")
    assert boxes.get(f"/embed/articles{path}.png", params=parameters).content.startswith(PNG_HEAD)


def test_hostile_texts_stay_texts(boxes: TestClient) -> None:
    """Markup in titles, names and addresses makes no element; characters that turn the direction are left out."""
    answer = boxes.get("/embed/articles/nasty").text
    box = Page(answer)
    assert [tag for tag, _ in box.elements if tag in ("script", "img")] == ["script"]
    assert not [name for _, attributes in box.elements for name in attributes if name.startswith("on")]
    assert articles.MARKUP in box.text
    assert "حزب الله" in box.text
    assert "\u202e" not in answer
    drawing = boxes.get("/embed/articles/nasty.svg").text
    kinds = {element.tag.partition("}")[2] for element in ET.fromstring(drawing).iter()}
    assert kinds <= {"svg", "title", "desc", "rect", "g", "line", "path", "text", "tspan"}
    assert boxes.get("/embed/articles/nasty.png").content.startswith(PNG_HEAD)


@pytest.mark.parametrize("kind", ["", ".svg", ".png"])
def test_an_answer_that_did_not_change_is_not_sent_again(store: GraphStore, boxes: TestClient, kind: str) -> None:
    """A reader's copy is good until a write changes the box."""
    path = f"/embed/articles/{TALKS}{kind}"
    first = boxes.get(path)
    assert first.headers["cache-control"] == "public, max-age=60"
    asked = {"If-None-Match": first.headers["etag"]}
    assert (boxes.get(path, headers=asked).status_code, boxes.get(path, headers=asked).content) == (304, b"")
    store.write([articles.extraction("more", [articles.VIENNA, articles.HOSTILE[-1]])])
    changed = boxes.get(path, headers=asked)
    assert changed.status_code == 200
    assert changed.headers["etag"] != first.headers["etag"]


# --- on one database, as none is needed ------------------------------------------------------------------------------


@pytest.fixture
def one_box(client: TestClient, article_ids: dict[str, str]) -> str:
    """The path of a box with a graph."""
    del client
    return f"/embed/articles/{article_ids['Vienna talks end with an agreement']}"


def test_themes_and_colours(client: TestClient, one_box: str) -> None:
    """A theme changes the colours, `auto` brings both; colours of the host are taken unless they hide the text."""
    light, dark, auto = (client.get(one_box, params={"theme": theme}).text for theme in ("light", "dark", "auto"))
    assert "--background:#fffefb" in light
    assert "--background:#1c1f23" in dark
    assert "prefers-color-scheme:dark" in auto
    chosen = client.get(one_box, params={"background": "#112233", "text": "123", "accent": "ffd700"}).text
    assert "--background:#112233" in chosen
    assert "--accent:#ffd700" in chosen
    assert "--text:#112233" not in chosen
    drawing = client.get(f"{one_box}.svg", params={"theme": "dark", "width": 400}).text
    assert 'fill="#1c1f23"' in drawing
    assert 'width="400"' in drawing


@pytest.mark.parametrize(
    "parameters", [{"theme": "pink"}, {"accent": "red;}"}, {"background": "url(x)"}, {"min_articles": 0}]
)
def test_wrong_parameters_are_refused(client: TestClient, one_box: str, parameters: dict[str, str]) -> None:
    """What is no theme and no colour is a 422, and never reaches the style sheet."""
    assert client.get(one_box, params=parameters).status_code == 422


def test_policy_lets_in_the_style_of_the_box_and_nothing_else(client: TestClient, one_box: str) -> None:
    """The box runs its own script alone, sets no cookie, and may be framed by everyone unless settings say who."""
    headers = client.get(one_box).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self' 'sha256-")
    assert policy.endswith("frame-ancestors *")
    assert headers["cross-origin-resource-policy"] == "cross-origin"
    assert "set-cookie" not in headers


def test_sites_that_may_embed(stored_news: GraphStore, one_box: str) -> None:
    """EIG_EMBED_SITES names who may frame the box, besides the service's own page."""
    some = service(stored_news, embed_sites="https://news.example.org, https://b.example")
    policy = some.get(one_box).headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self' https://news.example.org https://b.example")


def test_nobody_may_embed(stored_news: GraphStore, one_box: str) -> None:
    """With `none` no page may frame the box; opened by itself it is shown."""
    answer = service(stored_news, embed_sites="none").get(one_box)
    assert answer.status_code == 200
    assert answer.headers["content-security-policy"].endswith("frame-ancestors 'none'")


def test_lines_that_embed_the_box(client: TestClient, one_box: str) -> None:
    """The lines to copy hold the script tag and a link for readers without scripts; the addresses with them answer."""
    id = one_box.rsplit("/", 1)[1]
    answer = client.get(f"/api/v1/articles/{id}/embed").json()
    lines = Page(answer["html"])
    assert [tag for tag, _ in lines.elements] == ["script", "noscript", "a"]
    assert lines.elements[0][1]["data-article"] == id
    assert lines.links() == [answer["box"]]
    for address in (answer["box"], answer["svg"], answer["png"]):
        assert client.get(address).status_code == 200
    assert client.get("/api/v1/articles/nothing/embed").json()["code"] == "unknown_article"


def test_box_is_compressed(client: TestClient, one_box: str) -> None:
    """A browser that can read it gets the box compressed, and the same text."""
    plain = client.get(one_box, headers={"Accept-Encoding": "identity"})
    small = client.get(one_box, headers={"Accept-Encoding": "gzip"})
    assert small.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert small.text == plain.text


def test_picture_is_described(client: TestClient, one_box: str) -> None:
    """The SVG has a title and a description that names the entities."""
    drawing = ET.fromstring(client.get(f"{one_box}.svg").text)
    named = {element.tag.partition("}")[2]: element.text or "" for element in drawing if element.text}
    assert named["title"] == "Vienna talks end with an agreement"
    assert "Iran (state)" in named["desc"]


def test_frontend_is_small(client: TestClient, one_box: str) -> None:
    """Script tag, document, script and style of a box are 15 kB on the wire at most."""
    files = ("/embed.js", "/embed/box.js", "/embed/box.css", one_box)
    answers = [client.get(file, headers={"Accept-Encoding": "gzip"}) for file in files]
    if any(answer.status_code == 404 for answer in answers):
        pytest.skip("the page is not built")
    assert sum(int(answer.headers["content-length"]) for answer in answers) <= 15_000
    assert {answer.headers["cross-origin-resource-policy"] for answer in answers} == {"cross-origin"}


def test_colours_are_those_of_the_page() -> None:
    """The box shows each type in the colour that the page gives it."""
    from pathlib import Path

    from app.box.palette import palette

    sheet = Path(__file__).parents[2] / "app/web/frontend/src/shared/tokens.css"
    named = dict(re.findall(r"--(\w+): light-dark\((#\w+), #\w+\)", sheet.read_text("utf-8")))
    assert {kind: named[kind] for kind in palette("light").types} == dict(palette("light").types)


def test_json_of_examples_is_plain() -> None:
    """The example of the lines to embed is a document of the schema's fields."""
    from app.schemas.examples import EMBEDDING

    assert set(json.loads(json.dumps(EMBEDDING))) == {"html", "box", "svg", "png"}
