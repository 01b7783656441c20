"""The Cypher console: completion from the live schema, results as table and graph, examples, parameters, cancel."""

from collections.abc import Callable

from page_reading import Reader

Open = Callable[..., Reader]
CONSOLE = "?view=cypher"


def ready(reader: Reader) -> None:
    """Wait for the editor."""
    reader.page.locator(".cm-content").wait_for()


def write(reader: Reader, statement: str, parameters: str = "") -> None:
    """Put a statement into the editor by keyboard."""
    reader.page.locator(".cm-content").click()
    reader.press("Control+a", "Delete")
    reader.page.keyboard.insert_text(statement)
    reader.page.get_by_label("Parameters, as JSON").fill(parameters)


def test_an_example_is_answered_as_table_and_graph(opens: Open) -> None:
    """A click on an example runs it: rows at the left, its nodes and relationships at the right."""
    reader = opens(CONSOLE)
    ready(reader)
    reader.button("Strongest ties").click()
    reader.page.locator("#cypher .drawing[data-settled=true]").wait_for()
    assert reader.page.locator("#cypher .said").inner_text().startswith("60 rows")
    assert reader.page.locator("#cypher thead th").all_inner_texts() == ["a", "tie", "b"]
    assert reader.page.locator("#cypher .drawing").get_attribute("data-ties") == "60"


def test_every_example_has_an_answer(opens: Open) -> None:
    """None of the statements that come along is wrong or empty."""
    reader = opens(CONSOLE)
    ready(reader)
    names = reader.page.locator(".examples li button").all_inner_texts()
    assert len(names) >= 5
    for name in names:
        reader.button(name).click()
        reader.page.locator("#cypher .said", has_text="ms").wait_for()
        said = reader.page.locator("#cypher .said").inner_text()
        assert "row" in said, name
        assert not said.startswith("No row"), name
        reader.page.locator("#cypher .said").evaluate("(said) => said.replaceChildren()")


def test_the_editor_completes_from_the_live_schema(opens: Open) -> None:
    """Labels and properties of the graph are offered by Ctrl Space; Enter takes the first."""
    reader = opens(CONSOLE)
    ready(reader)
    write(reader, "MATCH (n:Enti")
    reader.page.locator(".cm-content").click()
    reader.press("Control+End", "Control+Space")
    option = reader.page.locator(".cm-tooltip-autocomplete li").first
    option.wait_for()
    assert "Entity" in option.inner_text()
    reader.page.wait_for_timeout(120)  # the editor takes no key for a choice sooner, lest it was meant for the text
    reader.press("Enter")
    assert reader.page.locator(".cm-content").inner_text() == "MATCH (n:Entity"


def test_keyboard_alone_asks_with_parameters(opens: Open) -> None:
    """Tab leaves the editor, Ctrl Enter runs, and the address holds what was asked."""
    reader = opens(CONSOLE)
    ready(reader)
    editor = reader.page.locator(".cm-content")
    reader.tab_to(editor)
    reader.press("Control+a", "Delete")
    reader.page.keyboard.insert_text("MATCH (n:Entity {id: $id}) RETURN n.name AS name")
    reader.press("Tab")
    parameters = reader.page.get_by_label("Parameters, as JSON")
    reader.tab_to(parameters)
    reader.press("Control+a")
    reader.page.keyboard.insert_text('{"id": "Q794"}')
    reader.press("Shift+Tab", "Control+Enter")
    reader.page.locator("#cypher tbody td", has_text="Iran").wait_for()
    assert reader.query["statement"] == ["MATCH (n:Entity {id: $id}) RETURN n.name AS name"]
    shared = opens(reader.page.url.removeprefix(reader.at))
    shared.page.locator("#cypher tbody td", has_text="Iran").wait_for()


def test_what_is_wrong_is_shown_in_its_place(opens: Open) -> None:
    """A wrong statement or wrong parameters are explained; nothing is sent for the latter."""
    reader = opens(CONSOLE, allowed="cypher")
    ready(reader)
    write(reader, "MATCH (n) RETRUN n")
    reader.button("Run").click()
    reader.page.locator("#cypher .said.trouble").wait_for()
    write(reader, "RETURN 1 AS one", "{oops")
    reader.button("Run").click()
    assert "JSON object" in reader.page.locator("#cypher .said").inner_text()
    write(reader, "MATCH (n:Nothing) RETURN n")
    reader.button("Run").click()
    reader.page.locator("#cypher .said", has_text="No row fits").wait_for()


def test_a_running_statement_is_cancelled(opens: Open) -> None:
    """'Cancel' ends the waiting, and the service drops the statement."""
    reader = opens(CONSOLE, allowed="cypher")
    ready(reader)
    slow = (
        "MATCH (a:Entity), (b:Entity), (c:Entity) WHERE a.articles + b.articles + c.articles < 0 RETURN count(*) AS n"
    )
    write(reader, slow)
    reader.button("Run").click()
    reader.button("Cancel").click()
    reader.page.locator("#cypher .said", has_text="Cancelled").wait_for()
    assert reader.button("Run").is_enabled()


def test_statements_are_kept_in_this_browser(opens: Open) -> None:
    """One's own statement is kept under a name, is there after a reload, and is forgotten again."""
    reader = opens(CONSOLE)
    ready(reader)
    write(reader, "RETURN 41 + 1 AS answer")
    reader.page.get_by_label("Keep the statement as").fill("Answer")
    reader.button("Keep this one").click()
    reader.page.reload()
    ready(reader)
    reader.button("Answer").click()
    reader.page.locator("#cypher tbody td", has_text="42").wait_for()
    reader.button("Forget Answer").click()
    assert reader.page.get_by_role("button", name="Answer", exact=True).count() == 0
