"""Which regular expressions a back-tracking engine finishes in time whatever text it meets (strict).

`=~` matches the whole text with java.util.regex, which tries one way after the other. The work is bounded by the
number of ways through the expression: alternatives and options multiply it, and each unbounded repetition multiplies it
by the length of the text. Repeated groups, back references and look-around are outside of what is accepted, so the ways
can be counted by reading the expression once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from graph.cypher_guard.limits import REGEX_CHARACTERS, REGEX_CHOICES, REGEX_LOOPS

_STRING_ESCAPES: Final = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "\\": "\\", "'": "'", '"': '"'}
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_CLASS_ESCAPES: Final = frozenset("dDwWsSbBhHvVAzZ")
_FLAGS: Final = frozenset("ims")


class _Objection(Exception):
    """Why an expression is not accepted."""


@dataclass(frozen=True, slots=True)
class _Ways:
    """Ways through a part: finite choices, and how many unbounded repetitions follow one another in it."""

    choices: int = 1
    loops: int = 0

    def then(self, other: _Ways) -> _Ways:
        return _Ways(self.choices * other.choices, self.loops + other.loops)

    def either(self, other: _Ways) -> _Ways:
        return _Ways(self.choices + other.choices, max(self.loops, other.loops))


def objection(literal: str) -> str | None:
    """What is wrong with the content of a Cypher string as a regular expression; None where it is accepted."""
    if len(literal) > REGEX_CHARACTERS:
        return f"has more than {REGEX_CHARACTERS} characters"
    try:
        _Reader(_unescaped(literal)).check()
    except _Objection as found:
        return str(found)
    return None


def _unescaped(literal: str) -> str:
    """The text that the content of a Cypher string stands for."""
    return _ESCAPE.sub(_unescape, literal)


def _unescape(escape: re.Match[str]) -> str:
    character = escape.group(1)
    if character not in _STRING_ESCAPES:
        raise _Objection(f"has \\{character} where Cypher wants the backslash doubled")
    return _STRING_ESCAPES[character]


class _Reader:
    """Reads an expression once, from left to right."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0

    def check(self) -> None:
        """Raise `_Objection` unless the whole expression is understood and its ways are few."""
        ways = self._alternatives()
        if self._at < len(self._pattern):
            raise _Objection("closes a group that it does not open")
        if ways.choices > REGEX_CHOICES:
            raise _Objection("can be matched in too many ways")
        if ways.loops > REGEX_LOOPS:
            raise _Objection(f"has more than {REGEX_LOOPS} unbounded repetitions in a row")

    def _next(self) -> str:
        return self._pattern[self._at : self._at + 1]

    def _take(self) -> str:
        self._at += 1
        return self._pattern[self._at - 1 : self._at]

    def _accept(self, text: str) -> bool:
        found = self._pattern.startswith(text, self._at)
        self._at += len(text) * found
        return found

    def _alternatives(self) -> _Ways:
        ways = self._sequence()
        while self._accept("|"):
            ways = ways.either(self._sequence())
        return ways

    def _sequence(self) -> _Ways:
        ways = _Ways()
        while self._next() not in ("", "|", ")"):
            ways = ways.then(self._group() if self._next() == "(" else self._repeated_item())
        return ways

    def _group(self) -> _Ways:
        self._take()
        if self._accept("?") and not self._flags():
            return _Ways()
        ways = self._alternatives()
        if not self._accept(")"):
            raise _Objection("does not close a group")
        if self._accept("?"):
            ways = ways.either(_Ways())
            self._accept("?")
        if self._next() in ("*", "+", "{", "?"):
            raise _Objection("repeats a group")
        return ways

    def _flags(self) -> bool:
        """`(?i)` stands alone (False); `(?:` and `(?i:` open a group (True)."""
        while self._next() in _FLAGS:
            self._take()
        if self._accept(":"):
            return True
        if not self._accept(")"):
            raise _Objection("has a kind of group that is not accepted")
        return False

    def _repeated_item(self) -> _Ways:
        self._item()
        ways = self._repetition()
        self._accept("?") or self._accept("+")
        if self._next() in ("*", "+", "?", "{"):
            raise _Objection("repeats a repetition")
        return ways

    def _item(self) -> None:
        character = self._take()
        if character == "[":
            self._class()
        elif character == "\\":
            self._escape()
        elif character in "*+?{":
            raise _Objection("repeats nothing")

    def _escape(self) -> None:
        character = self._take()
        if character in ("p", "P") and self._accept("{"):
            while self._take() not in ("}", ""):
                pass
        elif character == "" or (character.isalnum() and character not in _CLASS_ESCAPES):
            raise _Objection("has an escape or back reference that is not accepted")

    def _class(self) -> None:
        self._accept("^")
        if self._next() == "]":
            raise _Objection("has an empty class")
        while not self._accept("]"):
            character = self._take()
            if character == "\\":
                self._escape()
            elif character in ("[", "", "&"):
                raise _Objection("has a class that is not accepted")

    def _repetition(self) -> _Ways:
        if self._accept("*") or self._accept("+"):
            return _Ways(loops=1)
        if self._accept("?"):
            return _Ways(choices=2)
        return self._bounds() if self._accept("{") else _Ways()

    def _bounds(self) -> _Ways:
        """`{2}`, `{2,}`, `{2,5}`."""
        end = self._pattern.find("}", self._at)
        least, comma, most = self._pattern[self._at : max(end, self._at)].partition(",")
        self._at = end + 1
        if end < 0 or not _is_count(least) or not (most == "" or _is_count(most)):
            raise _Objection("has bounds of a repetition that are not accepted")
        if comma and not most:
            return _Ways(loops=1)
        return _Ways(choices=max(1, int(most or least) - int(least) + 1))


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 3
