"""Articles for the tests of the box: an ordinary one, a hostile one, and one for each state without a graph."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import Article, Entity, EntityType, Extraction, Mention
from ingest.identity import url_article_id

URL = "https://news.example.org/2024/talks"
MARKUP = "</title><script>alert('x')</script><img src=x onerror=alert(1)> & \"quoted\" </svg>"
RIGHT_TO_LEFT = "\u202eevil\u202c حزب الله בירושלים"
EMOJI = "🎉👩‍🚀🇺🇳 party"
LONG = "Gesellschaft für Entwicklungszusammenarbeit und " + "Nachhaltigkeitsberichterstattung-" * 8
HOSTILE_TITLE = f"{MARKUP} {RIGHT_TO_LEFT} {EMOJI} {LONG}"[:300]

_TYPES: Sequence[EntityType] = ("person", "state", "place", "organization", "armed_group", "party", "agreement")


def entity(number: int, name: str) -> Entity:
    """An entity of a type that depends on its number."""
    return Entity(f"Q{number}", name, _TYPES[number % len(_TYPES)], wikidata_id=f"Q{number}")


def extraction(
    id: str,
    entities: Sequence[Entity],
    *,
    title: str = "Talks",
    url: str | None = None,
    language: str = "en",
    extracted_by: str = "tests",
) -> Extraction:
    """An article of one sentence, which names the entities by their ids."""
    text = " met ".join(one.id for one in entities)
    starts = [sum(len(one.id) + len(" met ") for one in entities[:place]) for place in range(len(entities))]
    return Extraction(
        article=Article(id=id, title=title, text=text, url=url, language=language, content_hash=f"{id} {text}"),
        sentence_bounds=((0, len(text)),) if text else (),
        mentions=tuple(
            Mention(one.id, 1, start, start + len(one.id), one.id) for one, start in zip(entities, starts, strict=True)
        ),
        entities=tuple(entities),
        extracted_by=extracted_by,
    )


IRAN, ISRAEL, VIENNA, AGENCY = (
    entity(number, name) for number, name in ((1, "Iran"), (2, "Israel"), (9, "Vienna"), (10, "Atomic Energy Agency"))
)
HOSTILE = tuple(entity(100 + number, name) for number, name in enumerate((MARKUP, RIGHT_TO_LEFT, EMOJI, LONG, "A")))

TALKS = extraction(url_article_id(URL), [IRAN, VIENNA, AGENCY], url=URL)
ELSEWHERE = extraction("elsewhere", [IRAN, ISRAEL])
NASTY = extraction("nasty", HOSTILE, title=HOSTILE_TITLE, url="https://news.example.org/?a=1&b=\"'<")
PENDING = extraction("pending", [], extracted_by="")
EMPTY = extraction("empty", [])
FOREIGN = extraction("foreign", [], language="de")
ALL = (TALKS, ELSEWHERE, NASTY, PENDING, EMPTY, FOREIGN)
