"""Articles with their marks and their graph, and all about an entity."""

from collections.abc import Callable

from page_reading import NETANYAHU, Reader

Open = Callable[..., Reader]
ARTICLE = "a2a2b6ed3f6b8c8cd067d"


def test_an_article_marks_every_mention(opens: Open) -> None:
    """Title, publisher and date stand over the text; every mention is a link in the colour of its type."""
    reader = opens(f"?article={ARTICLE}")
    article = reader.page.locator("#article")
    assert article.get_by_role("heading", level=2).inner_text() == "Hamas leader Ismail Haniyeh killed in Tehran"
    assert "31 Jul 2024" in article.locator(".reading .kicker").inner_text().title()
    mentions = article.locator(".text .mention")
    words = mentions.all_inner_texts()
    assert {"Ismail Haniyeh", "Hamas", "Tehran", "IRGC"} <= set(words)
    text = reader.page.request.get(f"{reader.at}api/v1/articles/{ARTICLE}").json()
    inside = [m for s in text["sentences"] if s["number"] > 0 for m in s["mentions"]]
    assert len(words) == len(inside)
    assert mentions.first.get_attribute("class") == "mention type-person"


def test_hovering_a_name_shows_who_is_meant(opens: Open) -> None:
    """The pointer, or the focus, on a mention lights it up everywhere, in the graph too, and says who it is."""
    reader = opens(f"?article={ARTICLE}")
    hamas = reader.page.locator(".text .mention", has_text="Hamas").first
    hovered = "({ view }) => view.hovered.dot?.name ?? null"
    drawing = reader.page.locator("#article .drawing")
    hamas.hover()
    assert hamas.get_attribute("title") == "Hamas (armed group)"
    assert reader.page.locator(".text .mention.lit").count() > 1
    assert reader.page.locator(".cast li.lit").count() == 1
    assert drawing.evaluate(hovered) == "Hamas"
    reader.page.mouse.move(2, 300)
    assert drawing.evaluate(hovered) is None
    hamas.focus()
    assert drawing.evaluate(hovered) == "Hamas"


def test_the_graph_of_an_article_stands_beside_it(opens: Open) -> None:
    """Its entities and the pairs that share a sentence are drawn; related articles lead on."""
    reader = opens(f"?article={ARTICLE}")
    drawing = reader.page.locator("#article .drawing")
    reader.page.locator("#article .drawing[data-settled=true]").wait_for()
    assert int(drawing.get_attribute("data-nodes") or 0) > 20
    assert int(drawing.get_attribute("data-ties") or 0) > 20
    first = reader.page.locator(".beside .articles a").first
    title = first.inner_text()
    first.click()
    reader.page.get_by_role("heading", level=2, name=title).wait_for()
    reader.page.go_back()
    reader.page.get_by_role("heading", level=2, name="Hamas leader Ismail Haniyeh killed in Tehran").wait_for()


def test_the_evidence_leads_to_the_article(opens: Open) -> None:
    """The title under a sentence opens the article here."""
    reader = opens("?entity=Q794&select=Q794~Q801")
    cite = reader.right.locator("cite a").first
    title = cite.inner_text()
    reader.tab_to(cite)
    reader.press("Enter")
    reader.page.get_by_role("heading", level=2, name=title).wait_for()


def test_all_about_an_entity(opens: Open) -> None:
    """Description, aliases, offices with dates, links to Wikidata and Wikipedia, months, ties and articles."""
    reader = opens(f"?about={NETANYAHU}")
    about = reader.page.locator("#about")
    text = about.inner_text()
    assert about.get_by_role("heading", level=2).inner_text().strip() == "Benjamin Netanyahu"
    assert "Bibi Netanyahu" in text
    assert "since 29 Dec 2022" in about.get_by_role("table", name="Offices with their dates").inner_text()
    links = about.locator("header a").evaluate_all("(links) => links.map((link) => link.href)")
    assert "https://www.wikidata.org/wiki/Q43723" in links
    assert "https://en.wikipedia.org/wiki/Benjamin_Netanyahu" in links
    assert about.locator(".timeline rect").count() > 50
    assert about.locator(".ties li").count() == 12
    articles = about.locator(".articles li")
    assert articles.count() == 10
    reader.button("Older articles").click()
    articles.nth(10).wait_for()
    about.locator(".ties a").first.click()
    reader.wait()
    assert reader.right.locator("blockquote").count() >= 1


def test_what_is_not_there_says_so(opens: Open) -> None:
    """An unknown article or entity is explained, with a way on."""
    for query, heading in (("?article=a0", "No such article"), ("?about=Q0", "No such entity")):
        reader = opens(query, allowed="404")
        assert reader.page.get_by_role("heading", name=heading).is_visible()
        assert reader.page.locator("article:visible p a").count() == 1
