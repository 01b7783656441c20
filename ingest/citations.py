"""Which media and agencies an article only cites as its source ("Reuters reported", "told CNN", "(AP)").

An entity that the knowledge base marks as a source is only cited when every one of its mentions in the title, the
takeaways and the text stands in such a place; named once as the subject, it is a mention like any other.
"""

from __future__ import annotations

from collections.abc import Iterable

from ingest.lexicon import TITLES, words
from ingest.matches import Document, Named, Passage

_REPORTS = words(
    "report reports reported reporting say says said write writes wrote quote quotes quoted quoting cite cites cited "
    "citing note notes noted add adds added publish published publishes reveal reveals revealed air aired broadcast "
    "carried confirmed claimed claims tweeted announced described learned obtained understands estimates estimated "
    "showed shows"
)
_BEFORE = words("told tells telling via by per source sources credit photo")
_AFTER_THE_SOURCE = words(
    "report reports article correspondent correspondents reporter reporters journalist journalists photographer poll "
    "tally count interview editorial news story stories website contributor anchor host footage"
)
_ADVERBS = words("also has have had later first earlier recently previously then newspaper agency news network")
_PREPOSITIONS = words("with to on in from by for at")
_EXCHANGES = words(
    "interview interviews according statement comments remarks speaking spoke talking talked reported report reports "
    "article appearance published released appeared wrote writing seen obtained"
)
_DASHES = frozenset("-–—")


def cited_only(document: Document, named: Iterable[Named]) -> tuple[str, ...]:
    """The graph ids of the sources that the article only cites, in order of appearance."""
    verdicts: dict[str, bool] = {}
    for item in named:
        passage = document.passages[item.match.passage]
        if item.entity.is_source and passage.part != "label":
            entity_id = item.entity.entity.id
            verdicts[entity_id] = verdicts.get(entity_id, True) and _is_cited(passage, item)
    return tuple(entity_id for entity_id, only in verdicts.items() if only)


def _is_cited(passage: Passage, item: Named) -> bool:
    first, stop = item.match.first, item.match.stop
    return _is_bracketed(passage, first, stop) or _speaks(passage, stop) or _is_spoken_to(passage, first)


def _key(passage: Passage, position: int) -> str:
    return passage.tokens[position].key if 0 <= position < len(passage.tokens) else ""


def _is_bracketed(passage: Passage, first: int, stop: int) -> bool:
    """ "(AP)", "WASHINGTON (Reuters) -", or a signature at the end: "— Reuters"."""
    before, after = _key(passage, first - 1), _key(passage, stop)
    return (before == "(" and after in {")", "/", ","}) or (before in _DASHES and after in {"", "."})


def _speaks(passage: Passage, stop: int) -> bool:
    """ "Reuters reported", "CNN has learned", "the Guardian's Jane Doe", "an AFP journalist"."""
    position = stop
    while _key(passage, position) in _ADVERBS:
        position += 1
    if _key(passage, position) in _REPORTS | _AFTER_THE_SOURCE:
        return True
    if _key(passage, stop) not in {"'s", "'"}:
        return False
    following = _key(passage, stop + 1)
    return following in _AFTER_THE_SOURCE | TITLES or _is_capitalised(passage, stop + 1)


def _is_capitalised(passage: Passage, position: int) -> bool:
    return position < len(passage.tokens) and passage.tokens[position].text[0].isupper()


def _is_spoken_to(passage: Passage, first: int) -> bool:
    """ "told Reuters", "according to the BBC", "in an interview with CNN"."""
    position = first - 1
    while _key(passage, position) in {
        "the",
        "newspaper",
        "agency",
        "news",
        "broadcaster",
        "channel",
        "network",
        "state",
    }:
        position -= 1
    before = _key(passage, position)
    if before in _BEFORE or before in _REPORTS:
        return True
    return before in _PREPOSITIONS and _key(passage, position - 1) in _EXCHANGES
