"""The short forms of a person's names: the surname as news text spells it, and the given name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.kb.schema import Alias, KbEntity
from ingest.lexicon import GIVEN_NAMES, NAME_TITLES, words
from ingest.tokens import token_keys

Words = tuple[str, ...]
"""Token keys."""

_ARTICLES = words("al el as ar ash at az an ad es ul")
_PARTICLES = words("bin ibn ben abu von van der den de del della di da dos das du la le ter ten zu")
_PATRONYMIC = words("bin ibn bint")
_JUNIOR = words("jr sr")
_NUMERALS = words("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xxiii")
_FAMILY_NAME_FIRST = words("china north-korea south-korea cambodia")  # keys of states; Taiwan's names have hyphens
_WESTERN_ORDER = GIVEN_NAMES - words("kim lee han")  # "Jack Ma"
_HYPHENATED_GIVEN_NAME = re.compile(r"\w+ [A-Z]\w+-[a-z]\w+")  # Ban Ki-moon, Chen Shui-bian


@dataclass(frozen=True, slots=True)
class ShortForms:
    """The forms under which an article goes on about a person; `given` counts only behind certain titles."""

    surnames: tuple[Words, ...] = ()
    given: tuple[Words, ...] = ()


class PersonForms:
    """The short forms of persons, worked out when somebody asks for them and kept."""

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: dict[str, ShortForms] = {}

    def of(self, person: KbEntity) -> ShortForms:
        """The short forms of a person."""
        found = self._known.get(person.key)
        if found is None:
            found = self._known[person.key] = short_forms(person.entity.name, person.aliases, country=person.country)
        return found


def short_forms(name: str, aliases: Iterable[Alias], *, country: str | None = None) -> ShortForms:
    """The short forms of a person's name and of its other names of several words.

    "von der Leyen", "al-Assad" and "Assad", "Xi" (of China). A name without a surname is shortened to its first word:
    "Abdullah II of Jordan", "Pope Francis". country: the key of the person's state.
    """
    names = [alias.form for alias in aliases if alias.kind == "name" and not (alias.needs_context or alias.never)]
    parsed = [_name_words(name) for name in names]
    full = [name_words for name_words in parsed if len(name_words) > 1 or _is_regnal(name_words)] or parsed[:1]
    eastern = _has_family_name_first(name, family_name_first=country in _FAMILY_NAME_FIRST)
    surnames = (form for name_words in full for form in _surnames(name_words, family_name_first=eastern))
    given = ((name_words[0],) for name_words in full if name_words and not eastern)
    return ShortForms(_distinct(surnames), _distinct(given))


def _has_family_name_first(name: str, *, family_name_first: bool) -> bool:
    if name.partition(" ")[0].lower() in _WESTERN_ORDER:
        return False
    return family_name_first or bool(_HYPHENATED_GIVEN_NAME.fullmatch(name))


def _distinct(forms: Iterable[Words]) -> tuple[Words, ...]:
    return tuple(dict.fromkeys(filter(None, forms)))


def _name_words(name: str) -> Words:
    """The words of a name without titles in front, "… of Jordan" and "Jr." behind."""
    found = list(token_keys(name.partition(" of ")[0].partition(",")[0]))
    while len(found) > 1 and found[0] in NAME_TITLES:
        found = found[1:]
    while len(found) > 1 and found[-1] in _JUNIOR:
        found.pop()
    return tuple(found)


def _is_regnal(name_words: Words) -> bool:
    return len(name_words) > 1 and name_words[-1] in _NUMERALS


def _surnames(name_words: Words, *, family_name_first: bool) -> Iterator[Words]:
    if _is_regnal(name_words):
        yield name_words[:-1]  # Benedict (XVI), John Paul (II)
    elif len(name_words) < 2 or family_name_first:
        yield name_words[:1]
    else:
        yield from _spellings(name_words[_surname_start(name_words) :])
        if not _PATRONYMIC.isdisjoint(name_words):
            yield name_words[:1]  # Qaboos (bin Said), Tamim (bin Hamad Al Thani)


def _surname_start(name_words: Sequence[str]) -> int:
    """Where the surname begins: at the last word, with its hyphenated parts and the particles in front of it."""
    start = len(name_words) - 1
    while start > 1 and ("-" in name_words[start - 1 : start + 1] or name_words[start - 1] in _PARTICLES | _ARTICLES):
        start -= 1
    return start


def _spellings(surname: Words) -> Iterator[Words]:
    """The surname as written, without hyphens, and with every or no spelling of the Arabic article."""
    yield surname
    bare = tuple(word for word in surname if word != "-")
    if bare:
        yield bare
    if bare and bare[0] in _ARTICLES and len(bare) > 1:
        yield bare[1:]
        for article in ("al", "el"):
            yield (article, "-", *bare[1:])
            yield (article, *bare[1:])
