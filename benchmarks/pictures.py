"""Takes the pictures of the README and of docs/page.md from the running page over the sample articles.

    python -m benchmarks.pictures            # or make pictures

Needs a Chromium, as the tests of the page do.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "lib"))

from browsing import ROOT, NoBrowser, browsing_samples

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FOLDER = ROOT / "docs/pictures"
IRAN, HEZBOLLAH, ISRAEL, NETANYAHU = "Q794", "Q41053", "Q801", "Q43723"
STATEMENT = quote("MATCH (p:Entity {type: 'person'})-[r:LEADS]->(s:Entity) RETURN p, r, s LIMIT 40")


@dataclass(frozen=True)
class Picture:
    """A view of the page, and what stands in its address."""

    name: str
    query: str
    theme: Literal["light", "dark"] = "light"
    drawing: str | None = "#drawing"
    size: tuple[int, int] = (1280, 800)


PICTURES = (
    Picture("start", "", drawing=None),
    Picture("graph", f"?entity={IRAN}&most=40"),
    Picture("evidence", f"?entity={HEZBOLLAH}&most=30&keep=0.1&select={IRAN}~{HEZBOLLAH}"),
    Picture("intersection", f"?entity={IRAN}&entity={HEZBOLLAH}&entity={ISRAEL}&mode=intersection&most=40", "dark"),
    Picture("table", f"?entity={IRAN}&view=table", drawing=None),
    Picture("article", "?article=a2a2b6ed3f6b8c8cd067d", drawing="#article .drawing"),
    Picture("entity", f"?about={NETANYAHU}", drawing=None),
    Picture("console", f"?view=cypher&statement={STATEMENT}", drawing="#cypher .drawing"),
    Picture("phone", f"?entity={HEZBOLLAH}&most=20", "dark", size=(360, 760)),
)


def take(browser: Browser, address: str, picture: Picture) -> None:
    """Write one picture."""
    width, height = picture.size
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme=picture.theme,
        reduced_motion="reduce",
        device_scale_factor=1,
    )
    page.goto(address + picture.query)
    page.wait_for_load_state("networkidle")
    if picture.drawing is not None:
        page.locator(f"{picture.drawing}[data-settled=true]").wait_for()
    page.wait_for_timeout(300)
    page.screenshot(path=FOLDER / f"{picture.name}.png")
    page.close()


def main() -> None:
    """Take all of them."""
    FOLDER.mkdir(exist_ok=True)
    with ExitStack() as opened:
        try:
            browser, address = opened.enter_context(browsing_samples())
        except NoBrowser as error:
            sys.exit(str(error))
        for picture in PICTURES:
            take(browser, address, picture)
            print(FOLDER / f"{picture.name}.png")


if __name__ == "__main__":
    main()
