"""Acronyms that an article defines in brackets, which then count in the whole article.

"International Atomic Energy Agency (IAEA)" and "IAEA (International Atomic Energy Agency)" define alike. A definition
overrules the knowledge base: where an article defines "SDF" as something we do not know, our own SDF is not meant.
After Schwartz and Hearst (2003), "A simple algorithm for identifying abbreviation definitions in biomedical text",
reduced to initials, because the long form is mostly known from the gazetteer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ingest.lexicon import words
from ingest.matches import Candidate, Document, Match, Passage, by_passage
from ingest.tokens import Token, plain, tokenize

Definitions = Mapping[str, tuple[Candidate, ...]]
"""Acronym → what the article says it is; no candidates: something that the knowledge base does not hold."""

_SHAPE = re.compile(r"(?=\w*[A-Z]\w*[A-Z])[A-Z][\w&]{1,9}")
_SMALL = words("a and at de der des du et for in la le of on the und y")
_QUOTES = frozenset("\"'“”‘’«»")
_DEFINABLE = frozenset({"organization", "armed_group", "party", "agreement", "weapon", "event", "community"})


def apply_definitions(document: Document, matches: Sequence[Match]) -> list[Match]:
    """Add the acronyms that the article defines, and let the definition replace what else they could name."""
    definitions = find_definitions(document, matches)
    if not definitions:
        return list(matches)
    found = [match for passage in document.passages for match in _uses(passage, definitions)]
    taken = {(match.passage, position) for match in found for position in range(match.first, match.stop)}
    kept = [match for match in matches if not _is_taken(match, taken) or match.stop - match.first > 1]
    longer = {(match.passage, position) for match in kept for position in range(match.first, match.stop)}
    return kept + [match for match in found if not _is_taken(match, longer)]


def find_definitions(document: Document, matches: Iterable[Match]) -> dict[str, tuple[Candidate, ...]]:
    """The acronyms that the article defines, in their plain spelling."""
    definitions: dict[str, tuple[Candidate, ...]] = {}
    for passage, group in zip(document.passages, by_passage(matches, document.passages), strict=True):
        for acronym, candidates in _defined_in(passage, group):
            if not definitions.get(acronym):
                definitions[acronym] = candidates
    return definitions


def _is_taken(match: Match, taken: set[tuple[int, int]]) -> bool:
    return any((match.passage, position) in taken for position in range(match.first, match.stop))


def _uses(passage: Passage, definitions: Definitions) -> Iterator[Match]:
    for position, token in enumerate(passage.tokens):
        candidates = definitions.get(plain(token.text)) if token.text[0].isupper() else None
        if candidates is not None:
            yield Match(passage.number, position, position + 1, candidates, origin="definition")


def _defined_in(passage: Passage, matches: Sequence[Match]) -> Iterator[tuple[str, tuple[Candidate, ...]]]:
    ends = {match.stop: match for match in matches}
    starts = {match.first: match for match in matches}
    for position, token in enumerate(passage.tokens):
        if token.text != "(":
            continue
        bracketed = _in_bracket(passage.tokens, position)
        if len(bracketed) == 1 and (acronym := _acronym(bracketed[0])):
            yield from _long_form_before(passage.tokens, position, acronym, ends, starts.get(position + 1))
        elif len(bracketed) > 1 and position and (acronym := _acronym(passage.tokens[position - 1])):
            yield from _long_form_inside(bracketed, passage, acronym, starts, ends.get(position))


def _in_bracket(tokens: Sequence[Token], opening: int) -> list[Token]:
    """The tokens between the bracket at `opening` and the one that closes it, without quotation marks and "the"."""
    inside: list[Token] = []
    for token in tokens[opening + 1 : opening + 14]:
        if token.text == ")":
            return inside
        if token.text not in _QUOTES and not (token.key == "the" and not inside):
            inside.append(token)
    return []


def _acronym(token: Token) -> str | None:
    word = plain(token.text)
    return word if _SHAPE.fullmatch(word) else None


def _long_form_before(
    tokens: Sequence[Token], opening: int, acronym: str, ends: Mapping[int, Match], known: Match | None
) -> Iterator[tuple[str, tuple[Candidate, ...]]]:
    end = opening
    while end > 0 and tokens[end - 1].text in _QUOTES:
        end -= 1
    spelled = _spelled_from(tokens[:end], acronym)
    match = ends.get(end)
    is_part = match is not None and spelled is not None and match.first > spelled
    if match and match.candidates and not is_part:
        if match.stop - match.first > 1 and (spelled is not None or _can_abbreviate(match)):
            yield acronym, _as_acronym(match.candidates)
    elif spelled is not None:
        yield acronym, _alike(known, tokens[spelled:end])


def _long_form_inside(
    inside: Sequence[Token], passage: Passage, acronym: str, starts: Mapping[int, Match], known: Match | None
) -> Iterator[tuple[str, tuple[Candidate, ...]]]:
    first = passage.tokens.index(inside[0])
    match = starts.get(first)
    if match and match.candidates and match.stop >= first + len(inside):
        yield acronym, _as_acronym(match.candidates)
    elif _spelled_from(inside, acronym) == 0:
        yield acronym, _alike(known, inside)


def _alike(known: Match | None, long_form: Sequence[Token]) -> tuple[Candidate, ...]:
    """Those candidates of a known acronym of which the long form is another spelling ("… Energy Organisation")."""
    stems = {_stem(token.key) for token in long_form if token.key not in _SMALL}
    return _as_acronym(
        candidate
        for candidate in (known.candidates if known else ())
        if any(_share_most(stems, alias.form) for alias in candidate.entity.aliases)
    )


def _share_most(stems: set[str], form: str) -> bool:
    own = {_stem(token.key) for token in tokenize(form) if token.key not in _SMALL}
    return len(own) > 1 and 2 * len(stems & own) > max(len(stems), len(own))


def _stem(word: str) -> str:
    return word[:5]


def _can_abbreviate(match: Match) -> bool:
    """Whether a bracket after this name is likely its acronym in another language (Kurdistan Workers' Party, PKK)."""
    return all(candidate.entity.entity.type in _DEFINABLE for candidate in match.candidates)


def _as_acronym(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    return tuple(Candidate(candidate.entity, kind="acronym") for candidate in candidates)


def _spelled_from(tokens: Sequence[Token], acronym: str) -> int | None:
    """Where the words begin that end with the last token and whose initials spell the acronym; None if none do."""
    letters = [char for char in acronym.lower() if char.isalnum()]
    position = len(tokens)
    while letters and position > 0:
        position -= 1
        token = tokens[position]
        if token.key[:1] == letters[-1] and (token.text[0].isupper() or token.key not in _SMALL):
            letters.pop()
        elif token.key not in _SMALL and token.text[0].isalnum():
            return None
    return None if letters else position
