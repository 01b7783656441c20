"""The tabs that a test of the page opens, and what went wrong in them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

USUAL: dict[str, Any] = {
    "viewport": {"width": 1440, "height": 900},
    "color_scheme": "light",
    "reduced_motion": "reduce",
    "locale": "en-GB",
    "permissions": ["clipboard-read", "clipboard-write"],
}
_FORGET = "() => { try { localStorage.clear(); sessionStorage.clear(); } catch { /* a page without an origin */ } }"


def usual_tab(browser: Browser) -> Page:
    """The tab that tests share: to start one for each of them is more work than most tests are."""
    return browser.new_context(**USUAL).new_page()


class Tabs:
    """The tabs of one test: the shared one first, as new, then others of their own."""

    def __init__(self, browser: Browser, shared: Page) -> None:
        self.troubles: list[str] = []
        self._browser = browser
        self._shared = shared
        self._free = True
        self._contexts: list[BrowserContext] = []
        self._heard: list[tuple[Page, str, Callable[..., None]]] = []

    def open(self, address: str, *, allowed: str, asks: str = "", apart: bool = False, **options: Any) -> Page:
        """Show an address in a tab with these options; `apart`: in one that no other test has used.

        allowed: a pattern of what the console may complain about. asks: how all addresses begin that it may ask.
        """
        plain = options.keys() <= {"viewport", "color_scheme"}
        page = self._take_shared(**options) if plain and self._free and not apart else self._new(options)
        page.set_default_timeout(60_000)
        self._listen(page, allowed, asks)
        page.goto(address)
        return page

    def close(self) -> None:
        """Leave the shared tab as it was found, and close the others."""
        for page, event, listener in self._heard:
            page.remove_listener(event, listener)
        for context in self._contexts:
            context.close()
        if not self._free:
            for other in self._shared.context.pages:
                if other is not self._shared:
                    other.close()
            self._shared.unroute_all(behavior="ignoreErrors")
            self._shared.evaluate(_FORGET)
            self._shared.goto("about:blank")

    def _take_shared(self, **options: Any) -> Page:
        self._free = False
        wanted = {**USUAL, **options}
        self._shared.set_viewport_size(wanted["viewport"])
        self._shared.emulate_media(color_scheme=wanted["color_scheme"], media="screen")
        self._shared.mouse.move(0, 0)
        return self._shared

    def _new(self, options: dict[str, Any]) -> Page:
        context = self._browser.new_context(**{**USUAL, **options})
        self._contexts.append(context)
        return context.new_page()

    def _listen(self, page: Page, allowed: str, asks: str) -> None:
        def hear(message: ConsoleMessage) -> None:
            said = f"{message.text} {json.dumps(message.location)}"
            if message.type in ("error", "warning") and not re.search(allowed, said):
                self.troubles.append(said)

        def watch(request: Request) -> None:
            if not request.url.startswith((asks, "blob:", "data:", "about:")):
                self.troubles.append(f"asked {request.url}")

        def fail(error: object) -> None:
            self.troubles.append(str(error))

        for event, listener in (("console", hear), ("request", watch), ("pageerror", fail)):
            page.on(event, listener)  # type: ignore[call-overload]
            self._heard.append((page, event, listener))
