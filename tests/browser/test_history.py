"""The address says what is shown: shared links, back and forward, new tabs."""

from collections.abc import Callable

import pytest
from page_reading import HAMAS, HEZBOLLAH, IRAN, ISRAEL, Reader

Open = Callable[..., Reader]


def test_back_and_forward_go_through_what_was_done(opens: Open) -> None:
    """Each gesture is one entry: choosing, selecting, another view, an article."""
    reader = opens()
    reader.page.locator(".top a", has_text="Iran").first.click()
    reader.wait()
    reader.click(IRAN)
    reader.page.get_by_role("link", name="Table", exact=True).click()
    reader.wait()
    states = []
    for _ in range(3):
        reader.page.go_back()
        reader.wait()
        states.append(reader.query)
    assert states == [{"entity": [IRAN], "select": [IRAN]}, {"entity": [IRAN]}, {}]
    assert reader.page.locator("#question").is_visible()
    reader.page.go_forward()
    reader.page.go_forward()
    reader.wait()
    assert reader.right.get_by_role("heading", name="Iran").is_visible()


@pytest.mark.parametrize(
    "query",
    [
        f"?entity={IRAN}&type=person&type=state&min=2&most=30&measure=npmi&since=2019-01-01&until=2024-12-31&select={IRAN}",
        f"?entity={HEZBOLLAH}&expand={HAMAS}&most=20",
        f"?entity={IRAN}&entity={ISRAEL}&mode=intersection",
        f"?entity={IRAN}&keep=0.1&select={IRAN}~{ISRAEL}",
        f"?entity={IRAN}&view=table",
    ],
)
def test_a_shared_link_shows_the_same(opens: Open, query: str) -> None:
    """Somebody else's browser shows what the address says, and leaves it as it was."""
    one, other = opens(query), opens(query)
    assert one.status == other.status != ""
    assert one.page.url == other.page.url == one.at + query
    assert one.page.locator("#right").inner_text() == other.page.locator("#right").inner_text()


def test_nonsense_in_an_address_is_left_out(opens: Open) -> None:
    """Values that cannot be are as if they had not been given."""
    reader = opens(
        f"?entity={IRAN}&min=x&keep=7&most=-3&since=soon&measure=magic&view=what&type=alien&mode=intersection"
    )
    assert reader.drawn() == 2
    assert reader.button("Neighbours").get_attribute("aria-pressed") == "true"


def test_links_have_real_addresses(opens: Open) -> None:
    """A link opened in a new tab leads to the same as a click."""
    reader = opens(f"?entity={IRAN}")
    href = reader.page.get_by_role("link", name="Table", exact=True).get_attribute("href")
    other = opens(str(href))
    assert other.page.locator("#table table").is_visible()


def test_the_link_is_copied(opens: Open) -> None:
    """'Copy link' puts the address into the clipboard, or shows it where the browser refuses."""
    reader = opens(f"?entity={IRAN}")
    reader.button("Copy link").click()
    reader.page.locator(".flash").wait_for()
    assert reader.page.evaluate("navigator.clipboard.readText()") == reader.page.url
