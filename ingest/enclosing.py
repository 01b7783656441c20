"""Drops matches that are only a part of a longer name which the knowledge base does not hold.

"University of Tehran" does not name Tehran, "Jim Jordan" not the state, "Afghan Supreme Court" not Afghanistan: the
longest name wins, also where it is unknown. Nor do languages and currencies name states ("in English", "US dollars").
A tagger that knows where names begin and end replaces these rules.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ingest.lexicon import (
    CALENDAR,
    COMPOUND_PARTS,
    GIVEN_NAMES,
    HYPHENS,
    INSTITUTION_HEADS,
    INSTITUTION_OPENERS,
    MONEY,
    TITLES,
    words,
)
from ingest.matches import Document, Match, Passage, Places, covered_places
from ingest.tokens import Token

_SPEAK = words("speak speaks spoke speaking spoken")
_INTO_LANGUAGE = words("in into from")
_AFTER_LANGUAGE = words(". , ; : ) and or but on to as with for at that which , when while by after")

Rule = Callable[[Passage, Match, Places], bool]
"""Says of a match whether it is no name by itself; the places are those of all matches of the passage."""


def outside_longer_names(document: Document, matches: Sequence[Match]) -> list[Match]:
    """The matches that are names by themselves."""
    taken = covered_places(document, matches)
    return [
        match
        for match in matches
        if match.origin in ("definition", "tagger")
        or not any(rule(document.passages[match.passage], match, taken[match.passage]) for rule in _RULES)
    ]


def is_capitalised(token: Token) -> bool:
    """Whether a token is a word with a capital first letter."""
    return token.text[0].isupper() and token.text[0].isalpha()


def _after_given_name(passage: Passage, match: Match, taken: Places) -> bool:
    """ "Jim Jordan", "Chelsea London": a lone place or state word behind a given name is a surname."""
    if match.stop - match.first > 1 or match.first == 0 or match.first - 1 in taken:
        return False
    before = passage.tokens[match.first - 1]
    return is_capitalised(before) and before.key in GIVEN_NAMES


def _joined_by_hyphen(passage: Passage, match: Match, taken: Places) -> bool:
    """Whether a hyphen joins it to a capitalised word that is no name ("Khosravani-Tehran", "Iran-Contra")."""
    return _is_joined(passage, match.first - 1, match.first - 2, taken) or _is_joined(
        passage, match.stop, match.stop + 1, taken
    )


def _is_joined(passage: Passage, hyphen: int, other: int, taken: Places) -> bool:
    tokens = passage.tokens
    if min(hyphen, other) < 0 or max(hyphen, other) >= len(tokens) or tokens[hyphen].key not in HYPHENS:
        return False
    word = tokens[other]
    touches = word.end == tokens[hyphen].start or word.start == tokens[hyphen].end
    return touches and other not in taken and is_capitalised(word) and word.key not in COMPOUND_PARTS


def _opens_institution(passage: Passage, match: Match, taken: Places) -> bool:
    """Whether capitalised words follow of which the last is an institution's ("Tehran University").

    A title behind them shows that they are an office: "Pakistani Interior Minister", "United States District Judge".
    """
    if passage.in_title_case or not _can_be_part(match) or _is_prefixed(passage, match):
        return False
    start = stop = _behind_compound(passage, match.stop, taken)
    tokens = passage.tokens
    while stop < len(tokens) and is_capitalised(tokens[stop]) and stop not in taken:
        if tokens[stop].key in TITLES | CALENDAR:
            break
        stop += 1
    is_office = stop < len(tokens) and is_capitalised(tokens[stop]) and tokens[stop].key in TITLES
    return stop > start and tokens[stop - 1].key in INSTITUTION_HEADS and not is_office


def _is_prefixed(passage: Passage, match: Match) -> bool:
    """Whether a word in lower case is joined to it: "pro-Beijing"."""
    tokens = passage.tokens
    return match.first > 1 and tokens[match.first - 1].key == "-" and tokens[match.first - 2].text.islower()


def _behind_compound(passage: Passage, position: int, taken: Places) -> int:
    """The position behind names that a hyphen joins: of "Iran-Iraq Chamber" that of "Chamber"."""
    while position + 1 < len(passage.tokens) and passage.tokens[position].key == "-" and position + 1 in taken:
        position += 2
    return position


def _can_be_part(match: Match) -> bool:
    """Whether institutions are called after what is named: places and peoples, or persons and parties in one word."""
    types = {candidate.entity.entity.type for candidate in match.candidates}
    one_word = match.stop - match.first == 1
    return types <= {"state", "place", "community"} or (one_word and types <= {"person", "party"})


def _closes_institution(passage: Passage, match: Match, taken: Places) -> bool:
    """ "University of Tehran", "Bank of Israel": an institution's word and "of" stand in front."""
    position = match.first - 1
    tokens = passage.tokens
    if position >= 0 and tokens[position].key == "the":
        position -= 1
    if position < 1 or tokens[position].key != "of" or not _can_be_part(match):
        return False
    opener = tokens[position - 1]
    return is_capitalised(opener) and opener.key in INSTITUTION_OPENERS and position - 1 not in taken


def _is_language(passage: Passage, match: Match, _taken: Places) -> bool:
    """Whether a nationality is a language: "French-speaking", "the Hungarian language", "speak English."."""
    if not all(candidate.kind == "demonym" for candidate in match.candidates):
        return False
    tokens, stop = passage.tokens, match.stop
    following = [token.key for token in tokens[stop : stop + 2]]
    if "language" in following or following == ["-", "speaking"] or following == ["-", "speakers"]:
        return True
    before = tokens[match.first - 1].key if match.first else ""
    ends = stop >= len(tokens) or tokens[stop].key in _AFTER_LANGUAGE
    return before in _SPEAK or (before in _INTO_LANGUAGE and ends)


def _is_currency(passage: Passage, match: Match, _taken: Places) -> bool:
    """Whether money follows: "US$300", "Georgian lari"."""
    following = passage.tokens[match.stop : match.stop + 1]
    return _can_be_part(match) and any(token.key in MONEY for token in following)


def _is_junior(passage: Passage, match: Match, _taken: Places) -> bool:
    """Whether "Jr." follows a person's name, which makes it a son's."""
    is_person = all(candidate.entity.entity.type == "person" for candidate in match.candidates)
    position = match.stop + (
        passage.tokens[match.stop : match.stop + 1] != () and passage.tokens[match.stop].key == ","
    )
    return is_person and any(token.key in {"jr", "sr"} for token in passage.tokens[position : position + 1])


_RULES: tuple[Rule, ...] = (
    _after_given_name,
    _joined_by_hyphen,
    _opens_institution,
    _closes_institution,
    _is_language,
    _is_currency,
    _is_junior,
)
