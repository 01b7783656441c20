r"""Lexer for Cypher: the whole text as tokens, none lost, so that their texts joined give the statement again.

Written from the lexical rules of openCypher 9 and Neo4j 5. It refuses what lexers read differently from one another or
from a human reader: `\u` escapes (resolved before lexing by some, so that they end strings and comments), invisible
characters, white space and dashes that only look plain, and what is opened but never closed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from graph.cypher_guard.limits import TOKENS
from graph.cypher_guard.refusal import Refusal


class Kind(Enum):
    """What a token is."""

    SPACE = auto()
    COMMENT = auto()
    WORD = auto()  # an unquoted name or a keyword: which of them, its place decides
    NAME = auto()  # a name in backticks
    STRING = auto()
    NUMBER = auto()
    PARAMETER = auto()
    SYMBOL = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the statement. Offset in code points from 0, line and column from 1."""

    kind: Kind
    text: str
    offset: int
    line: int
    column: int
    key: str
    """What grammar rules compare with: a word in upper case, a symbol as it is, for all else nothing."""

    @property
    def is_name(self) -> bool:
        """Whether it can name a variable, label, property or function."""
        return self.kind in (Kind.WORD, Kind.NAME)

    @property
    def name(self) -> str:
        """The name it stands for, without its backticks."""
        return self.text[1:-1].replace("``", "`") if self.kind is Kind.NAME else self.text


_ESCAPE: Final = re.compile(r"\\[uU]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
# A lone carriage return ends a comment for some readers and not for others, as do the rest of these.
_IN_COMMENT: Final = re.compile("\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
# Upper or lower case of these is a plain S, I, K or i: the word may or may not be a keyword.
_AMBIGUOUS_LETTERS: Final = frozenset("\u017f\u0131\u0130\u212a")
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})

# Possessive repetition (*+): a string that is never closed fails in one pass instead of being tried again.
_PIECES: Final = (
    (Kind.SPACE, r"[ \t\r\n]+"),
    (Kind.COMMENT, r"//[^\n]*|/\*[\s\S]*?\*/"),
    (Kind.STRING, r"""'(?:[^'\\]|\\[\s\S])*+'|"(?:[^"\\]|\\[\s\S])*+\""""),
    (Kind.NAME, r"`(?:[^`]|``)*+`"),
    (
        Kind.NUMBER,
        r"0x[0-9A-Fa-f]+|0o[0-7]+|(?:[0-9][0-9_]*)?\.[0-9][0-9_]*(?:[eE][+-]?[0-9]+)?"
        r"|[0-9][0-9_]*[eE][+-]?[0-9]+|[0-9][0-9_]*",
    ),
    (Kind.SYMBOL, r"<=|>=|<>|!=|=~|\+=|\.\.|::|\|\||[()\[\]{},;:.+\-*/%^=<>|&!]"),
)
_PIECE: Final = re.compile("|".join(f"(?P<{kind.name}>{pattern})" for kind, pattern in _PIECES))
_DIGITS: Final = re.compile("[0-9]+")
_UNCLOSED: Final = {"'": "string", '"': "string", "`": "quoted name"}


def tokenize(statement: str) -> list[Token]:
    """All tokens of the statement in order, white space and comments among them; raises `Refusal`."""
    _refuse_escapes(statement)
    tokens: list[Token] = []
    significant = 0
    line, line_start = 1, 0
    for kind, offset, text in _pieces(statement):
        tokens.append(Token(kind, text, offset, line, offset - line_start + 1, _key(kind, text)))
        if "\n" in text:
            line += text.count("\n")
            line_start = offset + text.rindex("\n") + 1
        significant += kind not in (Kind.SPACE, Kind.COMMENT)
        if significant > TOKENS:
            raise Refusal(f"the statement has more than {TOKENS} words and signs: shorten it", offset)
    return tokens


def _key(kind: Kind, text: str) -> str:
    """Keywords are ASCII: a ligature whose upper case spells one is a name."""
    if kind is Kind.WORD:
        return text.upper() if text.isascii() else ""
    return text if kind is Kind.SYMBOL else ""


def significant_tokens(statement: str) -> list[Token]:
    """The tokens that the grammar sees, followed by an END token; raises `Refusal`."""
    tokens = tokenize(statement)
    found = [token for token in tokens if token.kind not in (Kind.SPACE, Kind.COMMENT)]
    line, column = 1, 1
    if tokens:
        last = tokens[-1]
        line = last.line + last.text.count("\n")
        column = len(statement) - (statement.rfind("\n") + 1) + 1
    return [*found, Token(Kind.END, "", len(statement), line, column, "")]


def _refuse_escapes(statement: str) -> None:
    if found := _ESCAPE.search(statement):
        raise Refusal("\\u escapes are not accepted anywhere: write the character itself", found.start())
    if found := _SURROGATE.search(statement):
        raise Refusal("half a surrogate pair is not a character: send the text as UTF-8", found.start())


def _pieces(statement: str) -> Iterator[tuple[Kind, int, str]]:
    offset = 0
    while offset < len(statement):
        kind, end = _piece(statement, offset)
        yield kind, offset, statement[offset:end]
        offset = end


def _piece(statement: str, offset: int) -> tuple[Kind, int]:
    """Kind and end of the token that starts here."""
    if statement[offset] == "$":
        return Kind.PARAMETER, _parameter_end(statement, offset)
    if statement[offset].isidentifier():
        return Kind.WORD, _word_end(statement, offset)
    found = _PIECE.match(statement, offset)
    if found is None:
        raise _unreadable(statement, offset)
    kind = Kind[str(found.lastgroup)]
    _refuse_misleading(kind, statement, found)
    return kind, found.end()


def _refuse_misleading(kind: Kind, statement: str, found: re.Match[str]) -> None:
    text = found.group()
    if kind is Kind.COMMENT and (odd := _IN_COMMENT.search(text)):
        raise Refusal(f"{_character(odd.group())} in a comment: remove it", found.start() + odd.start())
    if kind is Kind.NUMBER and _continues_word(statement, found.end()):
        raise Refusal("a number runs into a name: put a space between them", found.end())
    if kind is Kind.SYMBOL and statement.startswith("/*", found.start()):
        raise Refusal("a comment is opened and never closed", found.start())
    if text == "``":
        raise Refusal("a quoted name is empty", found.start())


def _word_end(statement: str, offset: int) -> int:
    """End of a name: a letter or underscore, then letters, digits, marks and connectors (XID of Unicode Annex 31)."""
    end = offset
    while _continues_word(statement, end):
        if statement[end] in _AMBIGUOUS_LETTERS:
            raise Refusal(f"{_character(statement[end])} may be read as a plain letter: put the name in backticks", end)
        end += 1
    if statement.startswith("$", end):
        raise Refusal("a name runs into a parameter: put a space before the dollar sign", end)
    return end


def _continues_word(statement: str, offset: int) -> bool:
    return offset < len(statement) and ("a" + statement[offset]).isidentifier()


def _parameter_end(statement: str, offset: int) -> int:
    """End of a parameter: `$name`, `$1` or `` $`any name` ``, without a space after the dollar sign."""
    start = offset + 1
    if start < len(statement) and statement[start].isidentifier():
        return _word_end(statement, start)
    if statement.startswith("`", start):
        return _piece(statement, start)[1]
    digits = _DIGITS.match(statement, start)
    if digits is None or _continues_word(statement, digits.end()):
        raise Refusal("a parameter is a dollar sign and a name or a number: $entity", offset)
    return digits.end()


def _unreadable(statement: str, offset: int) -> Refusal:
    character = statement[offset]
    if character in _UNCLOSED:
        return Refusal(f"a {_UNCLOSED[character]} is opened and never closed", offset)
    if unicodedata.category(character) in _INVISIBLE:
        return Refusal(f"{_character(character)} outside of a string: use a plain space or remove it", offset)
    return Refusal(f"{_character(character)} has no meaning in Cypher outside of a string or a quoted name", offset)


def _character(character: str) -> str:
    return f"the character U+{ord(character):04X} ({unicodedata.name(character, 'unnamed')})"
