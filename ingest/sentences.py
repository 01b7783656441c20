"""Sentence bounds of English news text, as code point offsets.

Rule-based: a sentence ends at a terminal mark that is followed by white space and by something that can begin a
sentence, unless the mark belongs to an abbreviation, an initial, a number or a list label. A line break ends a sentence
except inside hard-wrapped text. The rules are those of Grefenstette and Tapanainen (1994), "What is a word, what is a
sentence?", with news abbreviations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.lexicon import words

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_MARK = re.compile(r"(?:[.!?…]+|[。！？])[\"'”’»)\]]*")
_CLOSERS = "\"'”’»)]"
_OPENERS = "\"'“‘«([—–- \t\u00a0"
_TERMINAL = re.compile(r"[.!?…:;。！？][\"'”’»)\]]*$")
_WORD_BEFORE = re.compile(r"[^\s(\[\"“‘«—–]{1,24}$")
_WORD_AFTER = re.compile(r"\w+")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_WRAP_COLUMNS = range(45, 101)  # hard-wrapped text has lines of about this length

_BEFORE_NAME = words(
    "mr mrs ms messrs mx dr prof rev fr hon pres gov sen sens rep reps gen lt col sgt capt maj adm brig cmdr cpl pvt "
    "supt insp det amb atty ald st ste mt ft vs e.g i.e cf al approx esp incl ayat hojjat"
)
_BEFORE_NUMBER = words(
    "no nos art arts sec secs par para fig vol pp ch res jan feb mar apr jun jul aug sep sept oct nov dec"
)
_MAYBE_LAST = words(
    "inc ltd co corp llc plc bros jr sr etc ph.d a.m p.m dept univ assn jan feb mar apr jun jul aug sep sept oct nov "
    "dec ave blvd rd ariz calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont neb nev okla ore "
    "pa tenn tex va vt wash wis wyo"
)
_STARTERS = words(
    "a about according after all also although an and another any are as asked at because before both but by can "
    "critics despite did do does during each earlier even every few following for former from had has have he her here "
    "his how however if in instead is it its last later local many meanwhile more most much my neither never no nor "
    "not now of officials on once one only or other others our over people police she since so some still such that "
    "the their then there these they this those though three through thus to two under unlike until was we were what "
    "when where while who why will with would yet you your"
)


def sentence_bounds(text: str) -> tuple[tuple[int, int], ...]:
    """The (start, end) offsets of the sentences of a text, ascending and not overlapping.

    White space around a sentence belongs to none; every other character belongs to exactly one.
    """
    return tuple(bound for start, end in _blocks(text) for bound in _split(text, start, end))


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Stretches without an ending line break: lines, or joined lines where the text is hard-wrapped."""
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text) if not m.group().isspace()]
    wrapped = _is_wrapped([text[start:end].strip() for start, end in lines])
    start = end = -1
    for line_start, line_end in lines:
        if start < 0 or not _continues(text, end, line_start, line_end, wrapped=wrapped):
            if start >= 0:
                yield start, end
            start = line_start
        end = line_end
    if start >= 0:
        yield start, end


def _is_wrapped(lines: list[str]) -> bool:
    """Whether line breaks stand where the column ended, not where a sentence did."""
    if len(lines) < 3 or max(map(len, lines)) >= _WRAP_COLUMNS.stop:
        return False
    broken = [line for line in lines if not _TERMINAL.search(line)]
    return 2 * len(broken) >= len(lines) and sum(map(len, lines)) / len(lines) >= _WRAP_COLUMNS.start


def _continues(text: str, end: int, start: int, stop: int, *, wrapped: bool) -> bool:
    """Whether the line at start:stop goes on with the sentence that the line ending at `end` left open."""
    gap = text[end:start]
    if gap.replace("\r\n", "\n").count("\n") > 1 or len(gap.strip(" \t\r\n")) > 0:
        return False
    before, after = text[max(0, end - 8) : end].rstrip(), text[start:stop].lstrip()
    return not _TERMINAL.search(before) and (wrapped or after[:1].islower())


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    block = text[start:end]
    begin = 0
    for mark in _MARK.finditer(block):
        if mark.end() > begin and _ends_sentence(block, mark, begin):
            yield from _trimmed(text, start + begin, start + mark.end())
            begin = mark.end()
    yield from _trimmed(text, start + begin, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    part = text[start:end]
    if part and not part.isspace():
        yield start + len(part) - len(part.lstrip()), start + len(part.rstrip())


def _ends_sentence(block: str, mark: re.Match[str], begin: int) -> bool:
    after = block[mark.end() : mark.end() + 80]
    if after and not after[0].isspace():
        return _is_glued(block, mark)
    rest = after.lstrip(_OPENERS)
    if not rest or rest[0].islower() or rest[0] in ".…":
        return not rest and not after.strip()
    if mark.group().strip(_CLOSERS) != ".":
        return True
    return not _is_abbreviation(block, mark.start(), begin, rest)


def _is_glued(block: str, mark: re.Match[str]) -> bool:
    """Two sentences without the space between them: "the end.The next"."""
    before, after = block[max(0, mark.start() - 2) : mark.start()], block[mark.end() : mark.end() + 2]
    if mark.group()[0] in "。！？":
        return True
    return before.isalpha() and before.islower() and len(after) == 2 and after.istitle() and after.isalpha()


def _is_abbreviation(block: str, dot: int, begin: int, rest: str) -> bool:
    """Whether the dot before `rest` belongs to the word in front of it and the sentence goes on."""
    found = _WORD_BEFORE.search(block, max(begin, dot - 24), dot)
    word = found.group() if found else ""
    key = word.lower()
    if key in _BEFORE_NAME or (key in _BEFORE_NUMBER and rest[0].isdigit()):
        return True
    if word.isdigit() and not block[begin : dot - len(word)].strip():
        return True  # the label of a list item: "1. The first"
    if key in _MAYBE_LAST or _DOTTED.fullmatch(word):
        return not _is_starter(rest)
    return False


def _is_starter(rest: str) -> bool:
    """Whether a word that seldom stands inside a name comes next, so that the dot before it ended a sentence too."""
    word = _WORD_AFTER.match(rest)
    return word is not None and word.group().lower() in _STARTERS
