"""What surrounds a word: known names, telling words, and how the same word stands elsewhere in the document.

Each mark is a number; a token has any number of them. Those of the document let one clear place speak for all others:
"Washington said" behind "George Washington".
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from ingest.lexicon import words
from ingest.tagger.name_lists import COMMON, KNOWN, LIST_NAMES, NameLists
from ingest.tokens import Token

_TELLING: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "title": words(
            "president premier chancellor minister ministers presidents ambassador envoy secretary senator sen general "
            "gen colonel col lieutenant lt major maj captain capt admiral judge justice king queen prince princess "
            "pope sheikh sheik emir sultan ayatollah imam cardinal bishop archbishop reverend rev professor prof mayor "
            "speaker chairman chairwoman chair commander marshal spokesman spokeswoman spokesperson mullah cleric "
            "leader chief director head governor gov congressman congresswoman representative rep mr mrs ms dr sir "
            "lord lady dame sgt sergeant officer inspector detective prosecutor lawyer attorney coach manager player "
            "striker "
            "defender goalkeeper driver actor actress singer author writer analyst economist journalist reporter "
            "correspondent editor founder ceo executive boss candidate lawmaker mp deputy vice former ex first prime "
            "foreign defense defence interior finance dictator rebel warlord militant pilot astronaut scientist "
            "researcher resident witness activist seyyed sayyed sayyid hajj hojjatoleslam brigadier adviser advisor"
        ),
        "institution": words(
            "ministry ministries department agency commission committee council parliament congress senate assembly "
            "court tribunal army navy force forces police guard guards corps university college institute bank "
            "corporation company group association organization organisation union federation league front movement "
            "brigade brigades battalion club team fc united press post times news network channel radio television tv "
            "foundation fund center centre bureau office service services administration authority board house cabinet "
            "government staff inc corp ltd co llc plc airlines airways school church mosque embassy"
        ),
        "geography": words(
            "city province state county district region governorate oblast island islands sea river lake mountain "
            "mountains gulf strait bay valley desert peninsula ocean village town street avenue road airport bridge "
            "stadium park square palace temple prison camp base hospital crossing border north south east west "
            "northern southern eastern western central"
        ),
        "happening": words(
            "war wars battle revolution election elections referendum olympics olympic games cup championship "
            "championships summit conference attack attacks bombing bombings massacre uprising intifada coup protests "
            "hurricane typhoon cyclone storm earthquake tsunami genocide holocaust prix open festival tournament day "
            "operation crisis disaster"
        ),
        "agreement": words(
            "treaty accord accords agreement agreements pact deal act law constitution protocol convention resolution "
            "charter amendment declaration memorandum plan roadmap order statement communique"
        ),
        "party": words(
            "party democrats democratic republican labour labor conservative liberal socialist communist greens "
            "coalition alliance bloc"
        ),
        "weapon": words(
            "missile missiles rocket rockets drone drones jet jets fighter fighters tank tanks helicopter helicopters "
            "rifle rifles bomber bombers launcher launchers aircraft submarine warship system systems"
        ),
    }
)
_SEEN = ("once", "2", "3", "more")
_OTHER = (
    "given",
    "common given",
    "family",
    "common family",
    "capital inside",
    "capitals inside",
    "small elsewhere",
    *(f"capital {times}" for times in _SEEN),
    "behind title",
    "behind given",
    "opens, capital inside",
    "opens, small elsewhere",
    "elsewhere behind a capital",
    "elsewhere before a capital",
    "mostly upper case",
    "mostly capitalised",
    "first",
)
MARKS: Final = (
    *(f"{prefix} {name}" for name in LIST_NAMES for prefix in "BI"),
    *_TELLING,
    *_OTHER,
)
"""Every mark; its number is its place plus one, since 0 means none."""

_NUMBER: Mapping[str, int] = MappingProxyType({name: number for number, name in enumerate(MARKS, start=1)})
_CAPITALS = tuple(_NUMBER[f"capital {times}"] for times in _SEEN)
_LEAST_IN_HEADLINE = 3  # longer words, most of them with a capital
_TITLE_WORDS = _TELLING["title"]
_WORD_MARKS: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {
        word: tuple(_NUMBER[kind] for kind, listed in _TELLING.items() if word in listed)
        for word in frozenset().union(*_TELLING.values())
    }
)


@dataclass(slots=True)
class _Uses:
    """How a document writes one spelling of a word."""

    inside: int = 0
    opening: int = 0
    behind_title: bool = False
    behind_given: bool = False
    behind_capital: int = 0
    before_capital: int = 0


@dataclass(slots=True)
class _Document:
    """All capitalised spellings of a document, and the keys it writes small."""

    uses: dict[str, _Uses] = field(default_factory=dict)
    small: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Marks:
    """Marks of a sentence's tokens: that at places[i] has marks[i]; in no order, a token may have several."""

    places: list[int] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)

    def add(self, place: int, marks: Sequence[int]) -> None:
        """Give marks to a place."""
        self.places += [place] * len(marks)
        self.marks += marks


class Marker:
    """Gives the tokens of a document their marks."""

    __slots__ = ("_lists",)

    def __init__(self, lists: NameLists) -> None:
        self._lists = lists

    def mark(self, sentences: Sequence[Sequence[Token]]) -> list[list[list[int]]]:
        """The marks of every token of every sentence."""
        found = [[list(self.of_word(token)) for token in sentence] for sentence in sentences]
        for own, around in zip(found, self.around(sentences), strict=True):
            for place, mark in zip(around.places, around.marks, strict=True):
                own[place].append(mark)
        return found

    def of_word(self, token: Token) -> tuple[int, ...]:
        """The marks that a word has everywhere."""
        return (*_WORD_MARKS.get(token.key, ()), *self._of_person_name(token))

    def around(self, sentences: Sequence[Sequence[Token]]) -> list[Marks]:
        """The marks that the tokens of each sentence have by what surrounds them, there and in the whole document."""
        capitals = [[place for place, token in enumerate(each) if token.text[0].isupper()] for each in sentences]
        document = self._read(sentences, capitals)
        return [self._around(*each, document) for each in zip(sentences, capitals, strict=True)]

    def _around(self, sentence: Sequence[Token], capitals: Sequence[int], document: _Document) -> Marks:
        found = Marks()
        for first, stop, lists in self._lists.find(sentence):
            begins = _begin_marks(lists)
            found.add(first, begins)
            insides = [number + 1 for number in begins]
            for place in range(first + 1, stop):
                found.add(place, insides)
        for place in capitals:
            found.add(place, _document_marks(sentence, place, document))
        headline = _headline(sentence) if len(capitals) >= _LEAST_IN_HEADLINE else 0
        if headline:
            found.places += range(len(sentence))
            found.marks += [headline] * len(sentence)
        if sentence:
            found.add(0, [_NUMBER["first"]])
        return found

    def _of_person_name(self, token: Token) -> Iterator[int]:
        if not token.text[0].isupper():
            return
        for kind, counts in (("given", self._lists.given), ("family", self._lists.family)):
            count = counts.get(token.key, 0)
            if count >= KNOWN:
                yield _NUMBER[kind]
            if count >= COMMON:
                yield _NUMBER[f"common {kind}"]

    def _read(self, sentences: Sequence[Sequence[Token]], capitals: Sequence[Sequence[int]]) -> _Document:
        """capitals: where the capitalised tokens of each sentence stand."""
        document = _Document()
        for sentence, places in zip(sentences, capitals, strict=True):
            document.small.update([token.key for token in sentence if token.text[0].islower()])
            known = frozenset(places)
            for place in places:
                text = sentence[place].text
                uses = document.uses.get(text) or document.uses.setdefault(text, _Uses())
                self._note(uses, sentence, place, known)
        return document

    def _note(self, uses: _Uses, sentence: Sequence[Token], place: int, capitals: Collection[int]) -> None:
        if place + 1 in capitals:
            uses.before_capital += 1
        if not place:
            uses.opening += 1
            return
        uses.inside += 1
        before = sentence[place - 1].key
        uses.behind_title |= before in _TITLE_WORDS
        if place - 1 in capitals:
            uses.behind_capital += 1
            uses.behind_given |= self._lists.given.get(before, 0) >= KNOWN


def _begin_marks(lists: int) -> list[int]:
    return [2 * bit + 1 for bit in range(len(LIST_NAMES)) if lists >> bit & 1]


def _document_marks(sentence: Sequence[Token], position: int, document: _Document) -> list[int]:
    token = sentence[position]
    uses = document.uses[token.text]
    inside = uses.inside - (position > 0)
    is_small = token.key in document.small
    found = [_CAPITALS[min(uses.inside + uses.opening, len(_SEEN)) - 1]]
    if inside > 0:
        found.append(_NUMBER["capitals inside" if inside > 2 else "capital inside"])
    if is_small:
        found.append(_NUMBER["small elsewhere"])
    if uses.behind_title:
        found.append(_NUMBER["behind title"])
    if uses.behind_given:
        found.append(_NUMBER["behind given"])
    if position == 0 and (inside > 0 or is_small):
        found.append(_NUMBER["opens, capital inside" if inside > 0 else "opens, small elsewhere"])
    if uses.behind_capital and not (position and sentence[position - 1].text[0].isupper()):
        found.append(_NUMBER["elsewhere behind a capital"])
    if uses.before_capital and not (position + 1 < len(sentence) and sentence[position + 1].text[0].isupper()):
        found.append(_NUMBER["elsewhere before a capital"])
    return found


def _headline(sentence: Sequence[Token]) -> int:
    """The mark of a sentence that is set in capitals or in title case, where a capital marks no name; 0 of others."""
    long = [token.text for token in sentence if len(token.text) > 3 and token.text[0].isalpha()]
    capitalised = sum(word[0].isupper() for word in long)
    upper = sum(word.isupper() for word in long)
    if len(long) < _LEAST_IN_HEADLINE:
        return 0
    if upper > 0.6 * len(long):
        return _NUMBER["mostly upper case"]
    return _NUMBER["mostly capitalised"] if capitalised > 0.7 * len(long) else 0
