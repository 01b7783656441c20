"""Finds the knowledge base's names in a document: the longest form wins at every place.

Names are looked up by their token keys, so spelling differences that a key hides (case, diacritics, apostrophes, dots
of acronyms) cost nothing; case is then checked on what was found, because in news text it is what tells a name from a
word ("US" and "us", "WHO" and "who").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.model import MentionKind
from ingest.kb import KnowledgeBase
from ingest.kb.compile import spellings
from ingest.kb.knowledge_base import Meaning
from ingest.lexicon import words
from ingest.matches import Candidate, Match, Passage
from ingest.tagger.name_lists import most_tokens
from ingest.tokens import plain

_CAPITALS_FROM = 4  # letters a lone word needs to be taken in capitals: IRAN, but not MAY or ICE
_ARTICLES = frozenset({"The", "Al", "El", "As", "Ar", "Ash", "At", "Az", "An", "Ad"})  # may stand in lower case
_WORDS_IN_CAPITALS = words("who us it is so no in on or all an act aid arms cia can start new she he")


@dataclass(frozen=True, slots=True)
class _Form:
    """One spelling of an alias: its tokens as `plain` words, and the candidate it stands for (None: never).

    may_be_small: a text may begin it with a lower-case letter.
    """

    words: tuple[str, ...]
    candidate: Candidate | None
    is_acronym: bool
    may_be_small: bool


class Gazetteer:
    """The curated names of a knowledge base, ready to be looked for. It keeps what it has looked up."""

    __slots__ = ("_forms", "_kb")

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._forms: dict[str, tuple[_Form, ...]] = {}

    def find(self, passages: Iterable[Passage]) -> list[Match]:
        """Every longest match in the passages, in order, without overlaps.

        A form that must never be matched gives a match without candidates.
        """
        return [match for passage in passages for match in self._find_in(passage)]

    def _find_in(self, passage: Passage) -> Iterator[Match]:
        longest, forms = self._kb.curated.longest, self._kb.curated.forms
        stop = 0
        for position, token in enumerate(passage.tokens):
            if position < stop or token.key not in longest:
                continue
            most = most_tokens(longest, passage.tokens, position)
            if most == 1 and token.key not in forms:
                continue
            match = self._longest(passage, position, most)
            if match:
                stop = match.stop
                yield match

    def _longest(self, passage: Passage, first: int, most: int) -> Match | None:
        forms = self._kb.curated.forms
        keys = [token.key for token in passage.tokens[first : first + most]]
        is_small = passage.tokens[first].text[0].islower()
        for length in range(len(keys), 0, -1):
            form = " ".join(keys[:length]) if length > 1 else keys[0]
            if form in forms:
                spelled = self._spelled(form)
                fitting = [
                    each for each in spelled if (each.may_be_small or not is_small) and _fits(each, passage, first)
                ]
                if fitting:
                    return Match(passage.number, first, first + length, _candidates(fitting))
        return None

    def _spelled(self, form: str) -> tuple[_Form, ...]:
        found = self._forms.get(form)
        if found is None:
            found = self._forms[form] = tuple(
                dict.fromkeys(
                    _form(meaning, spelling)
                    for meaning in self._kb.meanings(form)
                    for spelling in spellings(meaning.alias.form, meaning.entity.entity.type)
                    if " ".join(spelling).lower() == form
                )
            )
        return found


def _form(meaning: Meaning, words: tuple[str, ...]) -> _Form:
    entity, alias = meaning.entity, meaning.alias
    is_acronym = alias.kind == "acronym" or _is_all_capitals(alias.form)
    kind: MentionKind = "acronym" if is_acronym and alias.kind == "name" else alias.kind
    candidate = Candidate(
        entity=entity,
        kind="name" if kind == "metonym" else kind,
        needs_context=alias.needs_context,
        is_name=alias.form == entity.entity.name,
    )
    may_be_small = not words[0][0].isupper() or words[0] in _ARTICLES
    return _Form(words, None if alias.never else candidate, is_acronym, may_be_small)


def _is_all_capitals(form: str) -> bool:
    return form.isalpha() and form.isupper() and len(form) > 1


def _candidates(forms: Sequence[_Form]) -> tuple[Candidate, ...]:
    """The candidates of the forms found at one place; none where one of them must never be matched."""
    if len(forms) == 1:
        return (forms[0].candidate,) if forms[0].candidate else ()
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
