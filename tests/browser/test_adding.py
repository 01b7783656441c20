"""Adding articles from the page: pasted, dropped, with progress, and with the key where one is needed."""

import json
from collections.abc import Callable
from urllib.parse import parse_qs

from browsing import Samples
from page_reading import Reader
from playwright.sync_api import FilePayload

Open = Callable[..., Reader]
ADD = "?view=add"
TALKS = "Envoys meet in Muscat\nSteve Witkoff and Abbas Araghchi met in Oman, an aide of Quibblewick said."


def forget(reader: Reader, graph: Samples) -> None:
    """Delete what the test has added, so that other tests find the graph as it was."""
    for href in reader.page.locator(".results a").evaluate_all("(links) => links.map((link) => link.search)"):
        graph.store.delete(parse_qs(href.removeprefix("?"))["article"][0])


def test_an_article_is_pasted(opens: Open, graph: Samples) -> None:
    """By keyboard alone: text in, the first line is its title, and it opens with its entities marked."""
    reader = opens(ADD)
    reader.tab_to(reader.page.get_by_label("Text", exact=True))
    reader.page.keyboard.insert_text(TALKS)
    reader.tab_to(reader.button("Add the article"))
    reader.press("Enter")
    result = reader.page.locator(".results li.new")
    result.wait_for()
    try:
        assert "Envoys meet in Muscat" in result.inner_text()
        assert "1 article done" in reader.said
        assert reader.page.get_by_label("Text", exact=True).input_value() == ""
        result.get_by_role("link").click()
        reader.page.locator(".text .mention", has_text="Abbas Araghchi").wait_for()
        reader.page.go_back()
    finally:
        forget(reader, graph)


def test_nothing_pasted_is_not_sent(opens: Open) -> None:
    """An empty form says what to do."""
    reader = opens(ADD)
    reader.button("Add the article").click()
    assert "Paste a text" in reader.page.locator("#add .said").inner_text()


def test_files_are_dropped(opens: Open, graph: Samples) -> None:
    """Files of several kinds are read; what became of each is told, and a wrong one does not lose the others."""
    reader = opens(ADD)
    lines = "\n".join(json.dumps({"id": f"l{n}", "title": f"Line {n}", "text": "Iran met Israel."}) for n in range(12))
    page = (
        "<html><head><title>no</title><meta property='og:title' content='A page'></head>"
        "<body><article><p>Vladimir Putin spoke.</p><script>document.title='taken'</script></article></body></html>"
    )
    files: list[FilePayload] = [
        {"name": "talks.txt", "mimeType": "text/plain", "buffer": TALKS.encode()},
        {"name": "more.jsonl", "mimeType": "application/x-ndjson", "buffer": lines.encode()},
        {
            "name": "front.md",
            "mimeType": "text/markdown",
            "buffer": b"---\ntitle: Front\npublished_at: 2024-05-02\ntags: [a, b]\n---\nHamas met Qatar.",
        },
        {"name": "page.html", "mimeType": "text/html", "buffer": page.encode()},
        {"name": "broken.json", "mimeType": "application/json", "buffer": b"{"},
        {"name": "picture.png", "mimeType": "image/png", "buffer": b"x"},
    ]
    reader.page.locator("#add-files").set_input_files(files)
    reader.page.locator("#add .said", has_text="15 articles done").wait_for()
    try:
        assert reader.page.locator(".results li.new").count() == 15
        failed = reader.page.locator(".results li.failed").all_inner_texts()
        assert any("broken.json" in text and "is no JSON" in text for text in failed)
        assert any("picture.png" in text for text in failed)
        assert reader.page.locator("#add progress").evaluate("(bar) => bar.value === bar.max")
        titles = reader.page.locator(".results a").all_inner_texts()
        assert {"Envoys meet in Muscat", "Line 11", "Front", "A page"} <= set(titles)
        assert reader.page.title() == "Entity Intersection Graph"
    finally:
        forget(reader, graph)


def test_the_key_is_asked_for_where_it_is_needed(opens: Open, locked_service: str, graph: Samples) -> None:
    """A service with a key asks for it, takes the right one, and the browser keeps it for this tab alone."""
    reader = opens(ADD, at=locked_service, allowed="401")
    reader.page.get_by_label("Text", exact=True).fill(TALKS)
    reader.button("Add the article").click()
    box = reader.page.get_by_label("Key of this service")
    for wrong_then_right in ("wrong", "a-key-for-this-test"):
        box.wait_for()
        box.fill(wrong_then_right)
        reader.press("Enter")
    reader.page.locator(".results li.new").wait_for()
    try:
        assert reader.page.evaluate("JSON.stringify(localStorage)").find("a-key") == -1
        assert "a-key" not in reader.page.url
        assert reader.page.evaluate("sessionStorage.length") == 1
    finally:
        forget(reader, graph)
