"""Where the parser stands in the tokens, and the questions it asks there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NoReturn

from graph.cypher_guard.limits import NESTING
from graph.cypher_guard.refusal import Refusal
from graph.cypher_guard.tokens import Kind, Token

_CLOSING: Final = {"(": ")", "[": "]", "{": "}"}


class Cursor:
    """A position in the tokens of a statement; the last token is END."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._index = 0
        self._closing = matching_brackets(tokens)

    @property
    def here(self) -> Token:
        """The token that comes next."""
        return self._tokens[self._index]

    def ahead(self, steps: int = 1) -> Token:
        """The token some steps after the next; END behind the last."""
        return self._tokens[min(self._index + steps, len(self._tokens) - 1)]

    def behind_bracket(self, steps: int = 0) -> int:
        """Steps from here to the token after the bracket that closes the one at `steps`."""
        return self._closing[self._index + steps] + 1 - self._index

    def at_end(self) -> bool:
        """Whether no token is left."""
        return self.here.kind is Kind.END

    def at(self, *keys: str) -> bool:
        """Whether the next token is one of these words or symbols."""
        return self.here.key in keys

    def take(self) -> Token:
        """The next token, stepping over it."""
        token = self.here
        self._index += 1
        return token

    def accept(self, *keys: str) -> Token | None:
        """The next token, stepping over it, where it is one of these; else None."""
        return self.take() if self.here.key in keys else None

    def expect(self, *keys: str) -> Token:
        """The next token, which must be one of these."""
        return self.accept(*keys) or self.fail(" or ".join(keys))

    def expect_name(self, what: str) -> Token:
        """The next token, which must be a name: keywords are names too where only a name can stand."""
        return self.take() if self.here.is_name else self.fail(what)

    def fail(self, expected: str) -> NoReturn:
        """Refuse the next token."""
        found = "the end" if self.at_end() else f"{self.here.text[:40]!r}"
        raise Refusal(f"not a reading Cypher statement: {expected} expected, {found} found", self.here.offset)


def matching_brackets(tokens: Sequence[Token]) -> dict[int, int]:
    """Index of each opening bracket to that of the one that closes it; refuses stray ones and deep nesting."""
    closing: dict[int, int] = {}
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if token.key in _CLOSING:
            opened.append(index)
            if len(opened) > NESTING:
                raise Refusal(f"brackets are nested more than {NESTING} deep", token.offset)
        elif token.key in _CLOSING.values():
            if not opened or _CLOSING[tokens[opened[-1]].key] != token.key:
                raise Refusal(f"this {token.key} closes no bracket", token.offset)
            closing[opened.pop()] = index
    if opened:
        raise Refusal(f"this {tokens[opened[-1]].key} is never closed", tokens[opened[-1]].offset)
    return closing
