"""Joins what the tagger finds with what the gazetteer knows: the longest name wins, known names keep their type.

A name that nothing knows becomes an entity of its own, with an id that another article gives it again only where name
and surroundings agree (`unknown`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeAlias

from graph.model import EntityType, MentionKind
from ingest.kb import KbEntity, KnowledgeBase
from ingest.kb.knowledge_base import Meaning
from ingest.lexicon import HYPHENS, words
from ingest.matches import Candidate, Contested, Document, Match, Origin, Passage, by_passage
from ingest.tagged_spans import mended, surnames_in
from ingest.tagger.labels import Label, Span

Coin: TypeAlias = Callable[[str, EntityType], KbEntity]
"""Makes the entity of an unknown name."""

Famous: TypeAlias = Callable[[tuple[str, ...], str | None], KbEntity | None]
"""Who is meant by a surname (token keys) in an article of a date."""

_PARTICLES = words("al el bin ibn ben abu von van der den de del della di da dos das du la le ter ten")
_MAY_FALL_APART = frozenset({"state", "place", "organization", "armed_group"})
_JOINTS = HYPHENS | {"'s", "'"}


@dataclass(frozen=True, slots=True)
class Pending:
    """A person's name that may be a short form of somebody the article names in full."""

    passage: int
    span: Span


@dataclass(frozen=True, slots=True)
class United:
    """What both find.

    pending: decided once all full names are known. contested: names of the tagger that lost to a known name; they count
    where that turns out to be none here.
    """

    matches: list[Match]
    pending: list[Pending] = field(default_factory=list)
    contested: list[Contested] = field(default_factory=list)


def unite(
    document: Document, known: Sequence[Match], spans: Sequence[Sequence[Span]], kb: KnowledgeBase, coin: Coin
) -> United:
    """Join the matches of both.

    Args:
        document: the article.
        known: what the gazetteer found.
        spans: what the tagger found in each passage.
        kb: knows more names than the gazetteer looks for.
        coin: makes the entity of an unknown name.
    """
    united = United([])
    surnames = surnames_in(document, spans)
    groups, mended_spans = by_passage(known, document.passages), mended(document, spans, kb, surnames)
    for passage, group, found in zip(document.passages, groups, mended_spans, strict=True):
        rivals = [match for match in group if not _is_surname(passage, match, found, surnames)]
        kept, free, lost = _contest(passage, rivals, found)
        united.matches.extend(kept)
        united.contested.extend(_contested(passage, span, kb, coin) for span in lost)
        for span in free:
            match = _match(passage, span, kb, coin)
            if match is None:
                united.pending.append(Pending(passage.number, span))
            else:
                united.matches.append(match)
    return united


def _contest(
    passage: Passage, known: Sequence[Match], spans: Sequence[Span]
) -> tuple[list[Match], list[Span], list[Span]]:
    """The known names that stand, the spans that no known name holds, and those that lost to one that may be none."""
    free: list[Span] = []
    lost: list[Span] = []
    standing = {match.first: match for match in known if not _falls_apart(passage, match, spans)}
    for span in spans:
        rivals = [match for match in standing.values() if match.first < span.stop and span.first < match.stop]
        if all(_wins(span, match) for match in rivals):
            free.append(span)
            for match in rivals:
                standing.pop(match.first, None)
        elif len(rivals) == 1 and _is_before_common_words(passage, span, rivals[0]):
            standing[rivals[0].first] = replace(rivals[0], stop=span.stop)
        elif all(match.candidates for match in rivals):
            lost.append(span)
    return _doubted(standing.values(), spans), free, lost


def _doubted(matches: Iterable[Match], spans: Sequence[Span]) -> list[Match]:
    """The matches, with a note on those at whose very place the tagger has no name."""
    found = {(span.first, span.stop) for span in spans}
    return [each if (each.first, each.stop) in found else replace(each, is_doubted=True) for each in matches]


def _is_surname(passage: Passage, match: Match, spans: Sequence[Span], surnames: Collection[str]) -> bool:
    """Whether one word is known as something else than a person, but is a surname of the article to the tagger."""
    if Span(match.first, match.stop, "person") not in spans or passage.tokens[match.first].key not in surnames:
        return False
    return all(candidate.entity.entity.type != "person" for candidate in match.candidates)


def _falls_apart(passage: Passage, match: Match, spans: Sequence[Span]) -> bool:
    """Whether what is known as one name is several to the tagger, or one with common words around it.

    "Lebanese Hezbollah", "Indian Kashmir", "mainland China", "the Mexican border". Measured on annotated news: of 16
    such names 15 were right the tagger's way.
    """
    inside = [span for span in spans if match.first <= span.first and span.stop <= match.stop]
    if not inside or passage.in_title_case or passage.in_capitals:
        return False
    if not {candidate.entity.entity.type for candidate in match.candidates} <= _MAY_FALL_APART:
        return False
    if any(_is_before_common_words(passage, span, match) for span in inside):
        return False
    if any(span.label == "armed_group" for span in inside[:-1]):  # a branch of it: "Islamic State Khorasan Province"
        return False
    first, stop = inside[0].first, inside[-1].stop
    taken = {position for span in inside for position in range(span.first, span.stop)}
    between = [passage.tokens[at].key for at in range(first, stop) if at not in taken]
    around = [*passage.tokens[match.first : first], *passage.tokens[stop : match.stop]]
    is_whole = len(inside) == 1 and not around
    return not is_whole and set(between) <= _JOINTS and all(token.text.islower() for token in around)


def _wins(span: Span, match: Match) -> bool:
    """Whether what the tagger found is the longer name, or one that begins or ends inside the known one.

    Measured on annotated news: of 122 longer ones 83 were right, and 19 of the known ones inside them; of 14 that
    crossed a known one 11 were, and none of those.
    """
    inside = match.first <= span.first and span.stop <= match.stop
    return bool(match.candidates) and not inside


def _is_before_common_words(passage: Passage, span: Span, match: Match) -> bool:
    """Whether a known place is a name with words in lower case behind it, of which the tagger takes the name alone.

    "Helmand province", "Jabaliya refugee camp".
    """
    if span.first != match.first or span.stop >= match.stop or span.label != "place":
        return False
    is_place = all(candidate.entity.entity.type == "place" for candidate in match.candidates)
    return is_place and all(token.text.islower() for token in passage.tokens[span.stop : match.stop])


def _contested(passage: Passage, span: Span, kb: KnowledgeBase, coin: Coin) -> Contested:
    make = partial(_match, passage, span, kb, coin, in_doubt=True)
    return Contested(passage.number, span.first, span.stop, make)


def _match(passage: Passage, span: Span, kb: KnowledgeBase, coin: Coin, *, in_doubt: bool = False) -> Match | None:
    """A match for a span; None for a person of whom only a part of the name stands here.

    in_doubt: what needs context keeps needing it where several may be meant.
    """
    tokens = passage.tokens[span.first : span.stop]
    form = " ".join(token.key for token in tokens)
    candidates = tuple(_candidates(kb, form, span.label, in_doubt=in_doubt))
    if not (candidates or in_doubt) and span.label == "place":  # some taggers have one label for states and places
        candidates = tuple(_candidates(kb, form, "state", in_doubt=False))
    if all(candidate.needs_context for candidate in candidates):
        if span.label == "person" and (len(tokens) < 2 or tokens[0].key in _PARTICLES):
            return None
        surface = passage.text[tokens[0].start : tokens[-1].end]
        entity = coin(surface, type_of(span.label))
        candidates += (Candidate(entity, kind=kind_of(span.label, surface), is_name=True),)
    return Match(passage.number, span.first, span.stop, candidates, origin="tagger")


def _candidates(kb: KnowledgeBase, form: str, label: Label, *, in_doubt: bool) -> Iterator[Candidate]:
    """Who may be meant: curated names that the gazetteer left for their case, else the wide layer's of that type."""
    called = [meaning for meaning in kb.meanings(form) if _is_called(meaning, label) and not meaning.alias.never]
    several = len({meaning.entity.key for meaning in called}) > 1
    for meaning in called:
        needs_context = in_doubt and several and meaning.alias.needs_context
        is_name = meaning.alias.form == meaning.entity.entity.name
        yield Candidate(meaning.entity, kind=meaning.alias.kind, needs_context=needs_context, is_name=is_name)
    namesakes = [entity for entity in kb.wide_meanings(form) if entity.entity.type == type_of(label)]
    if len(namesakes) == 1 and not called:  # of several the best is the right one in 21 of 98 cases
        yield Candidate(namesakes[0], is_name=True)


def _is_called(meaning: Meaning, label: Label) -> bool:
    """Whether a label is that of a meaning: of a demonym, or of an entity of its type."""
    if label == "demonym":
        return meaning.alias.kind == "demonym" or meaning.entity.entity.type == "community"
    return meaning.alias.kind != "demonym" and meaning.entity.entity.type == label


def type_of(label: Label) -> EntityType:
    """The type of what a label names."""
    return "community" if label == "demonym" else label


def kind_of(label: Label, surface: str) -> MentionKind:
    """What kind of mention a tagged name is."""
    if label == "demonym":
        return "demonym"
    return "acronym" if surface.isupper() and len(surface) > 1 and " " not in surface else "name"


def persons_left(
    document: Document, matches: Iterable[Match], pending: Sequence[Pending], famous: Famous, coin: Coin
) -> list[Match]:
    """Matches for persons of whom the article gives no more than this part of the name.

    famous: who is meant by a surname alone, if that is clear.
    """
    taken = {(match.passage, position) for match in matches for position in match.places}
    found: list[Match] = []
    for each in pending:
        passage, (first, stop, label) = each.passage, each.span
        if any((passage, position) in taken for position in range(first, stop)):
            continue
        tokens = document.passages[passage].tokens[first:stop]
        surface = document.passages[passage].text[tokens[0].start : tokens[-1].end]
        known = famous(tuple(token.key for token in tokens), document.article.published_at)
        entity = known or coin(surface, type_of(label))
        origin: Origin = "chain" if known else "tagger"
        found.append(Match(passage, first, stop, (Candidate(entity, is_name=known is None),), origin=origin))
    return found
