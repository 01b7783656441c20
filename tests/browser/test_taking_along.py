"""What is seen can be taken along: pictures, files, and the same as JSON or as a command."""

import csv
import io
import json
import re
import shlex
import subprocess
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path

import pytest
from page_reading import HEZBOLLAH, IRAN, ISRAEL, Reader

Open = Callable[..., Reader]
QUERY = f"?entity={HEZBOLLAH}&most=20"


def export(reader: Reader, name: str, *, keyboard: bool = False) -> bytes:
    """The file that an entry of the menu gives."""
    menu = reader.page.locator(".menu summary")
    if keyboard:
        reader.tab_to(menu)
        reader.press("Enter")
        reader.tab_to(reader.button(name))
    else:
        menu.click()
    with reader.page.expect_download() as started:
        if keyboard:
            reader.press("Enter")
        else:
            reader.button(name).click()
    path = started.value.path()
    return Path(path).read_bytes()


def test_png(opens: Open) -> None:
    """The picture is a PNG twice as fine as the screen; by keyboard alone."""
    reader = opens(QUERY)
    content = export(reader, "PNG picture", keyboard=True)
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    box = reader.page.locator("#drawing canvas").bounding_box()
    assert box
    assert int.from_bytes(content[16:20], "big") == pytest.approx(2 * box["width"], abs=2)


def test_svg(opens: Open) -> None:
    """The picture as shapes has each entity and each tie, and names as text."""
    reader = opens(QUERY)
    root = ElementTree.fromstring(export(reader, "SVG picture"))
    space = {"svg": "http://www.w3.org/2000/svg"}
    assert len(root.findall(".//svg:path", space)) == 20
    assert len(root.findall(".//svg:line", space)) == reader.drawn("ties")
    assert "Hezbollah" in [text.text for text in root.findall(".//svg:text", space)]


def test_gexf(opens: Open) -> None:
    """Gephi's format has places, colours, and weights."""
    reader = opens(QUERY)
    root = ElementTree.fromstring(export(reader, "GEXF for Gephi"))
    space = {"g": "http://gexf.net/1.3", "viz": "http://gexf.net/1.3/viz"}
    assert len(root.findall(".//g:node", space)) == 20
    assert len(root.findall(".//viz:position", space)) == 20
    assert all(int(edge.attrib["weight"]) >= 1 for edge in root.findall(".//g:edge", space))
    assert len(root.findall(".//g:edge", space)) == reader.drawn("ties")


def test_json_and_csv_from_the_table(opens: Open) -> None:
    """JSON in networkx' names, entities and ties as tables: also where no drawing is seen."""
    reader = opens(f"{QUERY}&view=table")
    graph = json.loads(export(reader, "JSON"))
    assert len(graph["nodes"]) == 20
    entities = list(csv.DictReader(io.StringIO(export(reader, "CSV of entities").decode("utf-8-sig"))))
    assert [row["id"] for row in entities] == [node["id"] for node in graph["nodes"]]
    ties = list(csv.DictReader(io.StringIO(export(reader, "CSV of ties").decode("utf-8-sig"))))
    assert len(ties) == len(graph["edges"])
    assert export(reader, "PNG picture")[:4] == b"\x89PNG"


@pytest.mark.parametrize(
    "query",
    [
        "",
        QUERY,
        f"?entity={IRAN}&entity={ISRAEL}&mode=intersection&keep=0.1",
        f"?about={IRAN}",
        "?article=a2a2b6ed3f6b8c8cd067d",
        "?view=cypher&statement=RETURN%201%20AS%20it%27s",
        "?view=add",
    ],
)
def test_every_view_is_had_as_json_and_as_curl(opens: Open, query: str) -> None:
    """The link leads to JSON, and the command, run in a shell, answers the same."""
    reader = opens(query, allowed="cypher")
    reader.button("As curl").click()
    reader.page.locator(".flash").wait_for()
    command = shlex.split(reader.page.evaluate("navigator.clipboard.readText()"))
    if "view=add" in query:
        assert json.loads(command[-1])[0]["title"]
        return
    asked = subprocess.run([*command, "-sS"], capture_output=True, text=True, check=True)
    answer = json.loads(asked.stdout)
    link = reader.page.get_by_role("link", name="As JSON")
    if link.count():
        href = link.get_attribute("href")
        assert reader.page.request.get(f"{reader.at}{href}").json() == answer
    if query == QUERY:
        assert len(answer["nodes"]) == reader.drawn()
        assert len(answer["edges"]) == reader.drawn("ties")
    assert re.search(r'"(nodes|results|id|data|status)"', asked.stdout)


def test_an_article_is_embedded_by_lines_to_copy(opens: Open) -> None:
    """'Embed' copies what the service prints for the article, and is offered under an article alone."""
    reader = opens("?article=a2a2b6ed3f6b8c8cd067d")
    reader.button("Embed").click()
    reader.page.locator(".flash", has_text="Lines for your page copied").wait_for()
    copied = reader.page.evaluate("navigator.clipboard.readText()")
    answer = reader.page.request.get(f"{reader.at}api/v1/articles/a2a2b6ed3f6b8c8cd067d/embed").json()
    assert copied == answer["html"]
    reader.page.get_by_role("link", name="Graph", exact=True).click()
    reader.wait()
    assert reader.button("Embed").count() == 0
