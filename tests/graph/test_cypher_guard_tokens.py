"""The lexer: kinds, places, and what it does not read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.cypher_guard.refusal import Refusal
from graph.cypher_guard.tokens import Kind, Token, significant_tokens, tokenize

# Pieces that lexers stumble over, mixed at random.
PIECES = (
    "' \" ` \\ \\' \\\" `` // /* */ $ $x $` . .. 1 1. .5 1..2 0x1F 1e5 x é 中 _ \n \r\n \t \r - -> <- => =~ <= ( ) [ ] "
    "{ } , ; : :: | || + += * / % ^ ! # @ ? \u00a0 \u200b \u2028 \u017f \x00 MATCH SET"
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (" \t\r\n", Kind.SPACE),
        ("// a 'note'", Kind.COMMENT),
        ("/* a\n * `note` */", Kind.COMMENT),
        ("/**/", Kind.COMMENT),
        ("MATCH", Kind.WORD),
        ("größe_2", Kind.WORD),
        ("नेपाल", Kind.WORD),
        ("_", Kind.WORD),
        ("`a ``b`` 'c' // d`", Kind.NAME),
        ("'it\\'s // \"no\" `comment`\n'", Kind.STRING),
        ('"a \\" \\\\"', Kind.STRING),
        ("''", Kind.STRING),
        ("0", Kind.NUMBER),
        ("1_000", Kind.NUMBER),
        ("1.5e-3", Kind.NUMBER),
        (".5", Kind.NUMBER),
        ("2E8", Kind.NUMBER),
        ("0xFf", Kind.NUMBER),
        ("0o17", Kind.NUMBER),
        ("$name", Kind.PARAMETER),
        ("$12", Kind.PARAMETER),
        ("$`a b`", Kind.PARAMETER),
        ("=~", Kind.SYMBOL),
        ("..", Kind.SYMBOL),
        ("{", Kind.SYMBOL),
    ],
)
def test_one_token_is_the_whole_text(text: str, kind: Kind) -> None:
    """Each of these is a single token of its kind."""
    assert [(token.kind, token.text) for token in tokenize(text)] == [(kind, text)]


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("a.b", ["a", ".", "b"]),
        ("*1..3", ["*", "1", "..", "3"]),
        ("1.e", ["1", ".", "e"]),
        ("-->", ["-", "-", ">"]),
        ("<-[", ["<", "-", "["]),
        ("'a''b'", ["'a'", "'b'"]),
        ("a//b\nc", ["a", "c"]),
        ("a/*b*/c", ["a", "c"]),
        ("a/b", ["a", "/", "b"]),
        ("/* /* */ x", ["x"]),
        ("a<>b>=c", ["a", "<>", "b", ">=", "c"]),
        ("x::INT", ["x", "::", "INT"]),
    ],
)
def test_text_falls_into_tokens(text: str, texts: list[str]) -> None:
    """Neighbouring tokens are told apart as the language does; comments and space fall away."""
    assert [token.text for token in significant_tokens(text)] == [*texts, ""]


@pytest.mark.parametrize("text", ["/*/", "/* a", "'a", '"a\\"', "`a``", "a\u00adb", "\u2003", "1a", "0xG", "#", "\\"])
def test_unreadable_text_is_refused(text: str) -> None:
    """What is not closed or has no meaning is refused."""
    with pytest.raises(Refusal):
        tokenize(text)


def test_places_count_lines_and_code_points() -> None:
    """Lines and columns begin at 1 and offsets at 0; a line ends at its newline, in strings and comments too."""
    places = [(t.text, t.line, t.column, t.offset) for t in significant_tokens("a '🕊\n' b /*\n\n*/ c\r\nd")]
    assert places == [
        ("a", 1, 1, 0),
        ("'🕊\n'", 1, 3, 2),
        ("b", 2, 3, 7),
        ("c", 4, 4, 16),
        ("d", 5, 1, 19),
        ("", 5, 2, 20),
    ]


def test_quoted_name_loses_its_backticks() -> None:
    """A doubled backtick inside of a quoted name is one backtick of the name."""
    assert tokenize("`a``b`")[0].name == "a`b"


@settings(deadline=None)
@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES.split(" ")), max_size=30).map("".join))
def test_tokens_joined_give_the_text(text: str) -> None:
    """No character is lost, and each token stands where it says."""
    tokens = _tokens(text)
    if tokens is None:
        return
    assert "".join(token.text for token in tokens) == text
    assert all(_stands_where_it_says(token, text) for token in tokens)


def _tokens(text: str) -> list[Token] | None:
    try:
        return tokenize(text)
    except Refusal:
        return None


def _stands_where_it_says(token: Token, text: str) -> bool:
    before = text[: token.offset]
    return (
        text.startswith(token.text, token.offset)
        and token.line == before.count("\n") + 1
        and token.column == len(before) - (before.rfind("\n") + 1) + 1
    )
