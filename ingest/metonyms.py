"""Tells a capital that acts ("Tehran warned") from a capital where something is ("in Tehran").

Rules in order; the first that decides counts, and without one the form is a plain name, because a wrong `stands_for`
says more than a missing one. The distinction and its cues (subject of a verb of saying or deciding, object of a verb of
address, coordination of capitals, possessive before a deed; prepositions of place against it) follow Markert and Nissim
(2002), "Metonymy resolution as a classification task".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ingest.lexicon import verb_forms, words
from ingest.matches import Document, Named, Passage

Verdict = bool | None
"""True: stands for the state; False: is the place; None: the rule cannot tell."""

_PLACE_PREPOSITIONS = words(
    "in at near around outside inside into across through throughout from of off within beyond above over to via"
)
_ADDRESS_PREPOSITIONS = words("with by against between among")

# What goes from or to a government, so that "… to Tehran" is no journey.
_SENT = words(
    "message messages warning warnings letter letters signal signals threat threats appeal appeals call calls response "
    "reply ultimatum concession concessions assurance assurances guarantee guarantees commitment commitments pressure "
    "demand demands support aid help assistance proposal proposals offer offers request requests funding backing "
    "approval objections resistance opposition challenge blow setback alternative lifeline ally allies close closer "
    "loyal hostile friendly opposed unacceptable acceptable sanctions relief embargo tariffs restrictions curbs "
    "approach policy stance attitude posture strategy weapons arms exports dependence reliance according owed"
)
_MEASURES = words(
    "sanctions pressure restrictions tariffs embargo curbs penalties limits focus hawks hawk doves demands conditions "
    "blame dependence dependent reliance reliant policy stance position influence hold costs cost bar leverage victory "
    "win defeat loss gain concern problem threat challenge priority issue opportunity support responsibility "
    "humiliation embarrassment useful important vital costly risky disastrous bad good better harder easier"
)
_DEEDS = words(
    # what a government has or does: "Washington's decision"
    "accusation accusations action actions aggression agreement aid allegation allegations alliance alliances allies "
    "ally ambition ambitions announcement answer apparatus approach argument arsenal attack attacks attempt attempts "
    "attitude backing behavior behaviour blockade campaign capabilities claim claims commitment commitments compliance "
    "concern concerns condition conditions conduct counterpart counterparts crackdown decision decisions defiance "
    "demand demands denial diplomacy diplomat diplomats efforts effort enemies enrichment envoy envoys expansionism "
    "failure forces foreign foes goal goals government hand help hostility influence insistence intelligence intent "
    "intention intentions interest interests intervention invasion involvement leader leaders leadership leverage "
    "meddling military missile missiles moves move negotiators negotiator nuclear objection objections offensive offer "
    "opposition partner partners plan plans plea policies policy position pressure priorities priority program "
    "programme programmes programs proposal proposals proxies proxy reaction readiness recognition refusal regime "
    "regional rejection relations relationship request resolve response retaliation rhetoric rivals role rulers "
    "sanctions security sovereignty stance statement strategy strikes support suggestion suspension threat threats "
    "ties tone troops ultimatum uranium veto view views war warning warnings willingness wish wishes withdrawal"
)
_SPEAKERS = words(
    "spokesman spokeswoman spokesperson spokespeople official officials diplomat diplomats negotiator negotiators "
    "envoy envoys insiders policymakers hawks hardliners"
)
_ACT_VERBS = (
    "abandon accept accuse achieve acknowledge admit agree aim allow announce annex appeal appear argue arm ask assert "
    "attribute authorise authorize back ban bar believe blame block boast bolster brand brief call caution cease "
    "challenge cite claim comment comply concede conclude condemn confirm consider contend continue counter criticise "
    "criticize crave curb decide declare decline defend defy delay demand denounce deny depend deploy describe "
    "designate deter disagree disclose dismiss dispatch dispute ease embrace emphasise emphasize end engage enrich "
    "escalate exert expect expel express extend face fail fear finalise finalize focus force freeze fund gain grant "
    "halt honour honor hope hint impose increase indicate insist intend intervene invite issue join lack launch lift "
    "list maintain match mull need negotiate normalise normalize object offer oppose order overhaul pledge plan "
    "portray prefer prepare press pressure promise propose protest provide publish pull push pursue question raise "
    "ratify react reach reaffirm receive recognise recognize refuse regard reimpose reiterate reject release renew "
    "repeat reply report request resist respond restore resume retaliate return reveal revoke risk sanction scrap "
    "shift signal sponsor stage step stop stress struggle suggest summon supply support suspect suspend synchronise "
    "synchronize threaten tighten trade transfer trust try unveil urge use view violate vow wage walk want warn "
    "welcome wield worry yield"
)
_ACTS = verb_forms(_ACT_VERBS) | words(
    "become became becomes began begin begins broke came come comes cut cuts felt fought gave get gets getting give "
    "gives giving got held hit hold holds keep keeps kept knew know knows lead leads led made make makes making met "
    "put puts putting read reads sat saw say saying says said see sees seeing seek seeks seeking seem seems send sends "
    "sending sent set sets sought speak speaks spoke stand stands stood take takes taking taken tell tells think "
    "thinks thought told took understands understood wants withdrew withdraw withdraws withdrawing withdrawn won"
)
_UNINFLECTED = words(_ACT_VERBS) | words(
    "become come get give keep know lead make say see seek send speak take tell think"
)
"""Behind a single name these are no verbs but nouns: "the Moscow attack", "a Washington think tank"."""
_AUXILIARIES = words(
    "is are was were be been being has have had will would can could may might should must shall does do did not "
    "cannot also repeatedly again still now already never recently later long formally officially publicly quickly "
    "immediately consistently flatly strongly always previously both itself themselves ready willing unwilling able "
    "unable likely unlikely determined reluctant keen eager going soon deeply remain remains remained"
)
_ATTITUDES = words(
    "concerned disappointed aware interested responsible prepared committed opposed serious wary confident worried "
    "alarmed"
)
_ADDRESSES = verb_forms(
    # their object is a government: "warned Tehran", "prevent Tehran from"
    "accuse alarm allow anger antagonise antagonize appease arm ask assure back blame compel condemn contain convince "
    "criticise criticize defy denounce deny deter embarrass engage expect force fund grant help inform infuriate "
    "invite isolate lobby notify oblige offer oppose persuade press pressure prevent provoke punish push reassure "
    "remind sanction stop support thank threaten trust urge want warn worry"
) | words("give gives gave giving given tell tells told telling pit pits")
_ADJECTIVES_REACH = 3  # words between a possessive and its noun: "Tehran's controversial ballistic missile programme"


@dataclass(frozen=True, slots=True)
class _Place:
    """A form that may stand for a state: its passage, the group it is coordinated in, and what surrounds that."""

    passage: Passage
    first: int
    stop: int
    group_first: int
    group_stop: int
    before: str
    after: str
    partners: int

    def word(self, position: int) -> str:
        """The key of the token at a position, empty outside the passage."""
        return self.passage.tokens[position].key if 0 <= position < len(self.passage.tokens) else ""


Rule = Callable[[_Place], Verdict]


def mark_metonyms(document: Document, named: Sequence[Named]) -> list[Named]:
    """Make metonyms of the names of capitals and seats that stand for their state where they stand."""
    spans = {(item.match.passage, item.match.first): item for item in named}
    ends = {(item.match.passage, item.match.stop): item for item in named}
    return [_judged(document, item, spans, ends) for item in named]


def _judged(
    document: Document, item: Named, starts: dict[tuple[int, int], Named], ends: dict[tuple[int, int], Named]
) -> Named:
    passage = document.passages[item.match.passage]
    if item.entity.stands_for is None or passage.part == "label":
        return item
    place = _place(passage, item, starts, ends)
    verdict = next((found for rule in _RULES if (found := rule(place)) is not None), False)
    return replace(item, kind="metonym") if verdict else item


def _place(
    passage: Passage, item: Named, starts: dict[tuple[int, int], Named], ends: dict[tuple[int, int], Named]
) -> _Place:
    first, stop, partners = item.match.first, item.match.stop, 0
    while other := ends.get((passage.number, _before_joint(passage, first))):
        if not _can_act(other):
            break
        first, partners = other.match.first, partners + 1
    while other := starts.get((passage.number, _behind_joint(passage, stop))):
        if not _can_act(other):
            break
        stop, partners = other.match.stop, partners + 1
    start = first - 1 if first and passage.tokens[first - 1].key == "the" else first
    before = passage.tokens[start - 1].key if start else ""
    after = passage.tokens[stop].key if stop < len(passage.tokens) else ""
    return _Place(passage, item.match.first, item.match.stop, start, stop, before, after, partners)


def _can_act(item: Named) -> bool:
    return item.entity.stands_for is not None or (item.entity.entity.type == "state" and item.kind != "demonym")


def _before_joint(passage: Passage, first: int) -> int:
    """The end of what stands before "and" in front of a name, or -1."""
    position = first - 1
    if position > 0 and passage.tokens[position].key == "the":
        position -= 1
    return position if position > 0 and passage.tokens[position].key in {"and", "or", "nor"} else -1


def _behind_joint(passage: Passage, stop: int) -> int:
    """The start of what stands after "and" behind a name, or -1."""
    if stop >= len(passage.tokens) or passage.tokens[stop].key not in {"and", "or", "nor"}:
        return -1
    position = stop + 1
    return position + 1 if position < len(passage.tokens) and passage.tokens[position].key == "the" else position


def _in_address(place: _Place) -> Verdict:
    """ "Tehran, Iran", "Washington, D.C.", "Tehran-based": a place on the map."""
    if place.word(place.stop) == "," and place.stop + 1 < len(place.passage.tokens):
        following = place.passage.tokens[place.stop + 1]
        return False if following.text[0].isupper() and place.before in _PLACE_PREPOSITIONS | {""} else None
    if place.word(place.stop) == "-" and place.word(place.stop + 1) in {"based", "born", "area", "wide"}:
        return False
    return None


def _between_capitals(place: _Place) -> Verdict:
    """ "between Washington and Tehran": with states or capitals on both sides it is about governments, not roads."""
    return True if place.before in {"between", "among"} and place.partners else None


def _sent_to_or_from(place: _Place) -> Verdict:
    """ "a message to Tehran", "concessions from Moscow": what is sent decides against the preposition of place."""
    if place.before not in {"to", "from", "for", "on", "toward", "towards"}:
        return None
    nouns = _MEASURES if place.before in {"for", "on"} else _SENT
    position = place.group_first - 2
    return True if place.word(position) in nouns else None


def _prevented(place: _Place) -> Verdict:
    """ "prevent Tehran from achieving", "want Moscow to withdraw": the place is to do or leave something."""
    if place.after == "from" and place.word(place.group_stop + 1).endswith("ing"):
        return True
    return True if place.before in _ADDRESSES else None


def _behind_preposition(place: _Place) -> Verdict:
    """ "in Tehran", "to Washington" are places; "talks with Moscow", "backed by Tehran" are not."""
    if place.before in _PLACE_PREPOSITIONS:
        return False
    return True if place.before in _ADDRESS_PREPOSITIONS else None


def _possessive(place: _Place) -> Verdict:
    """ "Washington's decision" against "Tehran's streets"."""
    if place.word(place.stop) not in {"'s", "'"}:
        return None
    words = [place.word(position) for position in range(place.stop + 1, place.stop + 2 + _ADJECTIVES_REACH)]
    return any(word in _DEEDS for word in words)


def _speaks_through(place: _Place) -> Verdict:
    """ "White House officials", "a Kremlin spokesman"."""
    return True if place.after in _SPEAKERS else None


def _is_modifier(place: _Place) -> Verdict:
    """ "a Washington think tank", "a Tehran court"."""
    return False if place.before in {"a", "an"} else None


def _acts(place: _Place) -> Verdict:
    """ "Tehran said", "Moscow has repeatedly denied", "Washington and Jerusalem are seeking"."""
    position = place.group_stop
    while place.word(position) in _AUXILIARIES:
        position += 1
    word = place.word(position)
    if position > place.group_stop:
        return True if word in _ACTS or word in _ATTITUDES else None
    return True if word in _ACTS and (place.partners or word not in _UNINFLECTED) else None


_RULES: tuple[Rule, ...] = (
    _in_address,
    _between_capitals,
    _sent_to_or_from,
    _prevented,
    _possessive,
    _behind_preposition,
    _speaks_through,
    _is_modifier,
    _acts,
)
