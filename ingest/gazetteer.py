"""Finds the knowledge base's names in a document: the longest form wins at every place.

The names stand in a trie over token keys (plain dicts), so spelling differences that a key hides (case, diacritics,
apostrophes, dots of acronyms) cost nothing; case is then checked on what was found, because in news text it is what
tells a name from a word ("US" and "us", "WHO" and "who").
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graph.model import MentionKind
from ingest.kb import Alias, KbEntity, KnowledgeBase
from ingest.lexicon import words
from ingest.matches import Candidate, Match, Passage
from ingest.tokens import plain, tokenize

_CAPITALS_FROM = 4  # letters a lone word needs to be taken in capitals: IRAN, but not MAY or ICE
_ARTICLES = frozenset({"The", "Al", "El", "As", "Ar", "Ash", "At", "Az", "An", "Ad"})  # may stand in lower case
_WORDS_IN_CAPITALS = words("who us it is so no in on or all an act aid arms cia can start new she he")


@dataclass(frozen=True, slots=True)
class _Form:
    """One spelling of an alias: its tokens as `plain` words, and the candidate it stands for (None: never)."""

    words: tuple[str, ...]
    candidate: Candidate | None
    is_acronym: bool


@dataclass(slots=True)
class _Node:
    """A place in the trie: what may follow, by token key, and the forms that end here."""

    next: dict[str, _Node] = field(default_factory=dict)
    forms: list[_Form] = field(default_factory=list)


class Gazetteer:
    """The names of a knowledge base, ready to be looked for. Holds plain dicts and lists: it can be pickled."""

    __slots__ = ("_root",)

    def __init__(self, kb: KnowledgeBase) -> None:
        self._root = _Node()
        owners: dict[str, set[str]] = {}
        for entity in kb.entities.values():
            for alias in entity.aliases:
                owners.setdefault(alias.form, set()).add(entity.key)
        for entity in kb.entities.values():
            for alias in entity.aliases:
                if not _is_address(alias.form, entity, owners):
                    self._add(entity, alias)

    def find(self, passages: Iterable[Passage]) -> list[Match]:
        """Every longest match in the passages, in order, without overlaps.

        A form that must never be matched gives a match without candidates.
        """
        return [match for passage in passages for match in self._find_in(passage)]

    def _add(self, entity: KbEntity, alias: Alias) -> None:
        for spelling in _spellings(entity, alias):
            node = self._root
            for word in spelling:
                node = node.next.setdefault(word.lower(), _Node())
            form = _form(entity, alias, spelling)
            if form not in node.forms:
                node.forms.append(form)

    def _find_in(self, passage: Passage) -> Iterator[Match]:
        position = 0
        while position < len(passage.tokens):
            match = self._longest(passage, position)
            if match:
                yield match
            position = match.stop if match else position + 1

    def _longest(self, passage: Passage, first: int) -> Match | None:
        tokens = passage.tokens
        node = self._root
        best: Match | None = None
        for position in range(first, len(tokens)):
            following = node.next.get(tokens[position].key)
            if following is None:
                break
            node = following
            if node.forms:
                fitting = [form for form in node.forms if _fits(form, passage, first)]
                if fitting:
                    best = Match(passage.number, first, position + 1, _candidates(fitting))
        return best


def _is_address(form: str, entity: KbEntity, owners: Mapping[str, Collection[str]]) -> bool:
    """Whether a form names a place and another one around it, each known by itself: "El Paso, Texas"."""
    place, _, region = form.partition(", ")
    return place in owners and any(owner != entity.key for owner in owners.get(region, ()))


def _form(entity: KbEntity, alias: Alias, words: tuple[str, ...]) -> _Form:
    is_acronym = alias.kind == "acronym" or _is_all_capitals(alias.form)
    kind: MentionKind = "acronym" if is_acronym and alias.kind == "name" else alias.kind
    candidate = Candidate(
        entity=entity,
        kind="name" if kind == "metonym" else kind,
        needs_context=alias.needs_context,
        is_name=alias.form == entity.entity.name,
    )
    return _Form(words, None if alias.never else candidate, is_acronym)


def _is_all_capitals(form: str) -> bool:
    return form.isalpha() and form.isupper() and len(form) > 1


def _spellings(entity: KbEntity, alias: Alias) -> set[tuple[str, ...]]:
    """The token sequences of a form: as written, without hyphens, without "The"; weapons also in the plural."""
    form = tuple(plain(token.text) for token in tokenize(alias.form))
    found = {form, tuple(word for word in form if word != "-")}
    if form[:1] == ("The",) and len(form) > 2:
        found.add(form[1:])
    if entity.entity.type == "weapon" and form and form[-1].isalnum() and not form[-1].endswith("s"):
        found |= {(*spelling[:-1], spelling[-1] + "s") for spelling in found}
    return {spelling for spelling in found if spelling}


def _candidates(forms: Sequence[_Form]) -> tuple[Candidate, ...]:
    """The candidates of the forms found at one place; none where one of them must never be matched."""
    if any(form.candidate is None for form in forms):
        return ()
    return tuple(dict.fromkeys(form.candidate for form in forms if form.candidate))


def _fits(form: _Form, passage: Passage, first: int) -> bool:
    """Whether the case of the tokens from `first` on allows the form."""
    tokens = passage.tokens[first : first + len(form.words)]
    if form.is_acronym:
        found = tuple(plain(token.text) for token in tokens)
        return found == form.words and not (passage.in_capitals and tokens[0].key in _WORDS_IN_CAPITALS)
    alone = len(form.words) == 1 and not passage.in_capitals
    return all(_word_fits(word, plain(token.text), alone=alone) for word, token in zip(form.words, tokens, strict=True))


def _word_fits(form: str, word: str, *, alone: bool) -> bool:
    """Whether a word of the text may stand for a word of a form: same case, capitalised, or in capitals."""
    if word == form or word == form[0].upper() + form[1:]:
        return True
    if word.isupper():
        return not alone or len(word) >= _CAPITALS_FROM
    return form in _ARTICLES and word == form.lower()
