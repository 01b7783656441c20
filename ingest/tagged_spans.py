"""Mends where the names of a tagger begin and end, by what the article and the knowledge base say.

A name has no "the" in front and no possessive behind; a word that a hyphen joins is not cut in two ("Chan-o-cha");
two names that a hyphen joins are two ("the PKK-YPG front"); a state in front of a party is a name of its own; the
surname of somebody whom the article names in full is a person's; a ship and a month of another calendar are no names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from ingest.kb import KnowledgeBase
from ingest.lexicon import FOREIGN_MONTHS, HYPHENS, SHIP_PREFIXES
from ingest.matches import Document, Passage
from ingest.tagger.labels import Span
from ingest.tokens import Token

_BEHIND: Final = frozenset({"'s", "'", ".", ","})
_LONGEST_STATE: Final = 3
"""Tokens of a state's name in front of a party."""


def mended(
    document: Document, spans: Sequence[Sequence[Span]], kb: KnowledgeBase, surnames: Collection[str]
) -> list[list[Span]]:
    """The spans of each passage, mended.

    surnames: those of the article, see `surnames_in`.
    """
    return [
        list(_disjoint(part for span in found for part in _mend(passage, span, kb, surnames)))
        for passage, found in zip(document.passages, spans, strict=True)
    ]


def surnames_in(document: Document, spans: Sequence[Sequence[Span]]) -> frozenset[str]:
    """The last words (keys) of the persons that are named with two words or more; a hyphen makes one of two."""
    return frozenset(
        passage.tokens[span.stop - 1].key
        for passage, found in zip(document.passages, spans, strict=True)
        for span in found
        if span.label == "person" and span.stop - span.first > 1 and passage.tokens[span.stop - 2].key not in HYPHENS
    )


def _disjoint(spans: Iterable[Span]) -> Iterator[Span]:
    """Those that do not begin inside the one before: a cut word may have been two names."""
    stop = 0
    for span in spans:
        if span.first >= stop:
            yield span
            stop = span.stop


def _mend(passage: Passage, span: Span, kb: KnowledgeBase, surnames: Collection[str]) -> Iterator[Span]:
    span = _trimmed(passage.tokens, _glued(passage.tokens, span))
    if _is_no_name(passage.tokens, span) and not _is_known(passage.tokens, span, kb):
        return
    if span.stop - span.first == 1 and passage.tokens[span.first].key in surnames:
        yield span if _is_known(passage.tokens, span, kb) else span._replace(label="person")
        return
    for part in _parts(passage.tokens, span, kb, surnames):
        yield from _without_state(passage.tokens, part, kb)


def _is_no_name(tokens: Sequence[Token], span: Span) -> bool:
    """Whether it is a month of another calendar, or a ship: "the BRP Teresa Magbanua"."""
    first = span.first
    if tokens[first].key in FOREIGN_MONTHS and span.stop == first + 1:
        return True
    is_ship = tokens[first].text in SHIP_PREFIXES or (first > 0 and tokens[first - 1].text in SHIP_PREFIXES)
    return is_ship and span.label not in ("event", "agreement", "weapon")  # "USS Cole bombing"


def _glued(tokens: Sequence[Token], span: Span) -> Span:
    """With the rest of a word of which a hyphen is the end."""
    first, stop, label = span
    while 1 < stop < len(tokens) and tokens[stop - 1].key in HYPHENS and _touch(tokens, stop):
        stop += 1
    return Span(first, stop, label)


def _trimmed(tokens: Sequence[Token], span: Span) -> Span:
    first, stop, label = span
    while first + 1 < stop and tokens[first].key == "the":
        first += 1
    while first + 1 < stop and tokens[stop - 1].key in _BEHIND:
        stop -= 1
    return Span(first, stop, label)


def _parts(tokens: Sequence[Token], span: Span, kb: KnowledgeBase, surnames: Collection[str]) -> list[Span]:
    """The names that hyphens join, if each is one by itself and all together are none."""
    hyphens = [
        at
        for at in range(span.first + 1, span.stop - 1)
        if tokens[at].key in HYPHENS and _touch(tokens, at) and _touch(tokens, at + 1)
    ]
    bounds = [span.first - 1, *hyphens, span.stop]
    parts = [Span(before + 1, behind, span.label) for before, behind in pairwise(bounds)]
    if len(parts) == 1 or _is_known(tokens, span, kb):
        return [span]
    are_names = all(
        (span.label == "person" and tokens[part.stop - 1].key in surnames) or _is_known(tokens, part, kb)
        for part in parts
    )
    return parts if are_names else [span]


def _without_state(tokens: Sequence[Token], span: Span, kb: KnowledgeBase) -> list[Span]:
    """ "U.S. Constitution Party" as the state and the party, where no party is known by the whole."""
    if span.label != "party" or _is_known(tokens, span, kb):
        return [span]
    for length in range(min(_LONGEST_STATE, span.stop - span.first - 1), 0, -1):
        state = Span(span.first, span.first + length, "state")
        if _is_known(tokens, state, kb):
            return [state, Span(state.stop, span.stop, "party")]
    return [span]


def _is_known(tokens: Sequence[Token], span: Span, kb: KnowledgeBase) -> bool:
    """Whether the knowledge base has something of the label's type under that name; a demonym is no name."""
    form = " ".join(token.key for token in tokens[span.first : span.stop])
    return any(
        meaning.entity.entity.type == span.label and meaning.alias.kind != "demonym" and not meaning.alias.never
        for meaning in kb.meanings(form)
    )


def _touch(tokens: Sequence[Token], position: int) -> bool:
    """Whether nothing stands between a token and the one before it."""
    return tokens[position - 1].end == tokens[position].start
