"""The parts of which a box is drawn: texts that fit, colours that can be read, nodes that do not overlap."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.box.card import Card, Node, Tie
from app.box.document import WIDTHS
from app.box.fonts import FAMILY, family, font_files
from app.box.layout import Extent, arrange
from app.box.palette import SHAPE_CONTRAST, TEXT_CONTRAST, Chosen, contrast, palette
from app.box.picture import Picture, Placed, picture_of
from app.box.shapes import REACH, below
from app.box.shelf import Made, Shelf
from app.box.text import lines, plain, width
from graph.model import ENTITY_TYPES, Article

FRONTEND = Path(__file__).parents[2] / "app/web/frontend/src"
COLOURS = st.from_regex(r"[0-9a-f]{6}", fullmatch=True)
NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)


@given(NAMES, st.integers(20, 300), st.integers(1, 3), st.booleans())
def test_lines_fit(text: str, room: int, most: int, bold: bool) -> None:
    """No line is wider than its room, unless it is one character, and there are no more than asked for."""
    made = lines(text, 13, bold=bold, room=room, most=most)
    assert len(made) <= most
    for line in made:
        assert width(line, 13, bold=bold) <= room or len(line.rstrip("…")) <= 2


def test_lines_keep_all_that_fits() -> None:
    """A name that has room is not cut; one that has none ends in an ellipsis; words stay whole where they can."""
    name = "Joint Comprehensive Plan of Action"
    assert lines(name, 13, bold=True, room=170, most=3) == ("Joint Comprehensive", "Plan of Action")
    assert lines(name, 13, bold=True, room=125, most=1)[0].endswith("…")
    assert lines("Amir-Abdollahian", 13, bold=True, room=125, most=2) == ("Amir-", "Abdollahian")


def test_plain_leaves_nothing_that_xml_forbids() -> None:
    """Control characters, halves of pairs and marks that turn the direction go; all else stays."""
    assert plain("a\x00\ud800\u202eb \n c 🎉") == "ab c 🎉"


@given(COLOURS, COLOURS, COLOURS)
def test_chosen_colours_can_be_read(accent: str, background: str, text: str) -> None:
    """Whatever a host chooses, texts keep a contrast of 4.5 and shapes one of 3."""
    colours = palette("light", Chosen(accent=accent, background=background, text=text))
    for name in ("text", "soft", "accent"):
        assert contrast(getattr(colours, name), colours.background) >= TEXT_CONTRAST
    for colour in colours.types.values():
        assert contrast(colour, colours.background) >= SHAPE_CONTRAST


@pytest.mark.parametrize(("theme", "place"), [("light", 0), ("dark", 1)])
def test_colours_are_those_of_the_page(theme: Literal["light", "dark"], place: int) -> None:
    """In both themes the box, and the note that its script shows first, have the colours of the page's tokens.css."""
    tokens = (FRONTEND / "shared/tokens.css").read_text("utf-8")
    of_page = {name: pair[place] for name, *pair in re.findall(r"--(\w+): light-dark\((#\w+), (#\w+)\);", tokens)}
    made = palette(theme)
    assert {kind: of_page[kind] for kind in ENTITY_TYPES} == made.types
    assert [of_page[name] for name in ("raised", "ink", "link")] == [made.background, made.text, made.accent]
    script = (FRONTEND / "embed/embed.ts").read_text("utf-8")
    note = {
        name: colours[place] for name, *colours in re.findall(r'(\w+): Styles = {[^"]*"(#\w+)"[^"]*"(#\w+)" }', script)
    }
    assert note == {"PAPER": of_page["raised"], "INK": of_page["soft"]}


def test_contrast_is_that_of_the_standard() -> None:
    """Black on white is 21 to 1, a colour on itself 1 to 1, #777 on white just under 4.5."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#123456", "#123456") == pytest.approx(1)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


@st.composite
def cards(draw: st.DrawFn) -> Card:
    """Cards of up to thirty entities with long and short names, tied at random."""
    count = draw(st.integers(1, 30))
    inside = draw(st.integers(1, count))
    words = st.sampled_from(["Iran", "Organisation", "Entwicklungszusammenarbeit", "of", "the", "联合国安全理事会"])
    nodes = tuple(
        Node(f"Q{n}", " ".join(draw(st.lists(words, min_size=1, max_size=6))), draw(st.sampled_from(ENTITY_TYPES)),
             n < inside, draw(st.floats(0, 1)))
        for n in range(count)
    )  # fmt: skip
    ends = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(lambda pair: pair[0] < pair[1])
    pairs = draw(st.lists(ends, max_size=60, unique=True)) if count > 1 else []
    ties = tuple(Tie(f"Q{a}", f"Q{b}", b < inside, 1 + a) for a, b in pairs)
    return Card("ok", "", Article("a"), nodes, ties, inside, count - inside)


def rectangle(placed: Placed) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a node with its label."""
    half = max([width(line, placed.size, bold=placed.node.inside) / 2 for line in placed.label] + [placed.radius])
    down = placed.radius * below(placed.node.type) + len(placed.label) * placed.size * 1.18
    return placed.x - half, placed.y - placed.radius * REACH, placed.x + half, placed.y + down


def assert_clear(picture: Picture) -> None:
    """No two nodes overlap, labels included, and none is cut by the border."""
    boxes = [rectangle(placed) for placed in picture.nodes]
    for number, (left, top, right, bottom) in enumerate(boxes):
        assert min(left, top) >= 0
        assert right <= picture.width
        assert bottom <= picture.height
        for other in boxes[:number]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top


@given(cards(), st.sampled_from(WIDTHS))
def test_labels_neither_overlap_nor_are_cut(card: Card, wide: int) -> None:
    """At every width, whatever the names, each label has its place, and every tie that is drawn has both its ends."""
    picture = picture_of(card, wide)
    assert picture.nodes
    assert_clear(picture)
    shown = {placed.node.id for placed in picture.nodes}
    assert all({tie.source, tie.target} <= shown for tie in picture.ties)


@given(cards())
def test_pictures_are_the_same_each_time(card: Card) -> None:
    """Nothing is drawn by chance."""
    assert picture_of(card, 500) == picture_of(card, 500)


def test_narrow_pictures_show_the_article_alone() -> None:
    """On a phone there is room for the article's entities only, except where these are hardly any."""
    nodes = tuple(Node(f"Q{n}", f"Name {n}", "state", n < 5, 0.5) for n in range(9))
    ties = tuple(Tie("Q0", f"Q{n}", n < 5, 3) for n in range(1, 9))
    card = Card("ok", "", Article("a"), nodes, ties, 5, 4)
    assert all(placed.node.inside for placed in picture_of(card, 280).nodes)
    assert not all(placed.node.inside for placed in picture_of(card, 660).nodes)


def test_arrange_says_where_there_is_no_room() -> None:
    """What is wider than the picture, or too much for it, has no arrangement."""
    big = Extent(80, 80, 20, 20)
    assert arrange([big], [], 100, 100) is None
    assert arrange([big] * 4, [], 170, 100) is None
    assert arrange([big] * 2, [(0, 1)], 170, 100) is not None


def test_fonts_come_along() -> None:
    """The fonts of pictures are files of a package; a text in another script is set in the font of that one."""
    assert any("NotoSans[" in path for path in font_files())
    assert family("Iran") == FAMILY
    assert family("العربية") == "Noto Sans Arabic"
    assert family("联合国") == FAMILY
    assert family("🎉🚀 party") == FAMILY
    assert family("🎉🚀") == "Noto Emoji"


def test_shelf_keeps_the_last_ones() -> None:
    """An answer is made once while it is kept; the one that nobody asked for longest goes first."""
    made: list[str] = []

    def make(name: str) -> Made:
        made.append(name)
        return Made(name.encode())

    shelf = Shelf(most=2)
    for name in ("a", "b", "a", "c", "a", "b"):
        assert shelf.get(name, partial(make, name)).body == name.encode()
    assert made == ["a", "b", "c", "b"]
