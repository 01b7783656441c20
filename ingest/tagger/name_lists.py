"""Which known names stand where: a hint for the tagger, which may know better from the words around them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

from ingest.tokens import Token

ListName: TypeAlias = Literal[
    "state",
    "demonym",
    "people",
    "place",
    "city",
    "small place",
    "organization",
    "medium",
    "company",
    "party",
    "small party",
    "armed_group",
    "agreement",
    "event",
    "weapon",
    "person",
    "famous person",
    "office-holder",
]
LIST_NAMES: Final[tuple[ListName, ...]] = get_args(ListName)

LONGEST: Final = 9
"""Tokens of the longest name that is looked for."""

KNOWN: Final = 2
"""So many persons make a word a known part of names."""

COMMON: Final = 10
"""So many make it a common one."""


class Hit(NamedTuple):
    """Tokens first:stop are a name of lists, a bit for each of LIST_NAMES."""

    first: int
    stop: int
    lists: int


def add_length(longest: dict[str, int], keys: Sequence[str]) -> None:
    """Note how long a name is, under the key of its first token and under its first two, joined by a space.

    Many names begin with a common word, few with the same two.
    """
    for first in {keys[0], " ".join(keys[:2])}:
        longest[first] = max(longest.get(first, 0), len(keys))


def most_tokens(longest: Mapping[str, int], tokens: Sequence[Token], first: int) -> int:
    """The most tokens that a name which begins at a place can have; 0 where none begins with that token."""
    most = longest.get(tokens[first].key, 0)
    if most < 2:
        return most
    return longest.get(f"{tokens[first].key} {tokens[first + 1].key}", 1) if first + 1 < len(tokens) else 1


class Names(NamedTuple):
    """Numbers of names by their token keys, joined by spaces; and for each number the lists that hold it."""

    numbers: Mapping[str, int]
    lists: Sequence[int]


@dataclass(frozen=True, slots=True)
class NameLists:
    """Known names.

    names: tables of them; a name may stand in several. longest: see `add_length`.
    given, family: how many persons have a word as the first or the last of their name.
    """

    names: tuple[Names, ...]
    longest: Mapping[str, int]
    given: Mapping[str, int]
    family: Mapping[str, int]

    def find(self, tokens: Sequence[Token]) -> Iterator[Hit]:
        """The longest names from left to right; each begins with a capital letter or a digit."""
        longest = self.longest
        stop = 0
        for position, token in enumerate(tokens):
            if position < stop or token.key not in longest or token.text[0].islower():
                continue
            hit = self._longest_at(tokens, position, most_tokens(longest, tokens, position))
            if hit:
                stop = hit.stop
                yield hit

    def _longest_at(self, tokens: Sequence[Token], first: int, most: int) -> Hit | None:
        keys = [token.key for token in tokens[first : first + most]]
        for length in range(len(keys), 0, -1):
            lists = self._lists_of(" ".join(keys[:length]))
            if lists:
                return Hit(first, first + length, lists)
        return None

    def _lists_of(self, name: str) -> int:
        found = 0
        for numbers, lists in self.names:
            number = numbers.get(name)
            if number is not None:
                found |= lists[number]
        return found
