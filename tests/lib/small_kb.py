"""A knowledge base of a few dozen entities, and extraction over it written down in short."""

from __future__ import annotations

from functools import cache

from graph.model import Article, Extraction
from ingest.extractor import NewsExtractor
from ingest.kb import KnowledgeBase
from ingest.kb.load import made_of
from ingest.kb.schema import EntityRow, parse_entity
from ingest.kb.tables import Tables

# key; name; type; country; aliases; flags
ENTITIES = """
iran; Iran; state; ; Iranian~demonym|Iranians~demonym|Islamic Republic of Iran
israel; Israel; state; ; Israeli~demonym|Israelis~demonym
united-states; United States; state; ; US~acronym|U.S.~acronym|America|American~demonym|Americans~demonym
russia; Russia; state; ; Russian~demonym
jordan; Jordan; state; ; Jordanian~demonym
china; China; state; ; Chinese~demonym
north-korea; North Korea; state; ; North Korean~demonym
syria; Syria; state; ; Syrian~demonym
ivory-coast; Côte d'Ivoire; state; ; Ivory Coast
georgia; Georgia; state; ; Georgian~demonym
france; France; state; ; French~demonym
tehran; Tehran; place; iran; ; stands_for=iran
washington; Washington, D.C.; place; united-states; Washington~metonym|D.C.; stands_for=united-states
washington-state; Washington; place; united-states;
moscow; Moscow; place; russia; ; stands_for=russia
jerusalem; Jerusalem; place; israel; ; stands_for=israel
white-house; White House; place; united-states; White House~metonym; stands_for=united-states
the-pentagon; The Pentagon; place; united-states; Pentagon
gaza-strip; Gaza Strip; place; ; Gaza
el-paso; El Paso; place; united-states; El Paso, Texas
texas; Texas; place; united-states;
georgia-us; Georgia (U.S. state); place; united-states; Georgia
donald-trump; Donald Trump; person; united-states; Donald J. Trump|Trump~context|Trump Tower~never
eric-trump; Eric Trump; person; united-states;
benjamin-netanyahu; Benjamin Netanyahu; person; israel; Bibi
joe-biden; Joe Biden; person; united-states;
george-w-bush; George W. Bush; person; united-states;
george-h-w-bush; George H. W. Bush; person; united-states;
israel-katz; Israel Katz; person; israel;
kim-jong-un; Kim Jong Un; person; north-korea; Kim Jong-un
kim-yo-jong; Kim Yo Jong; person; north-korea;
jack-ma; Jack Ma; person; china;
xi-jinping; Xi Jinping; person; china;
ban-ki-moon; Ban Ki-moon; person; ;
bashar-al-assad; Bashar al-Assad; person; syria;
ursula-von-der-leyen; Ursula von der Leyen; person; ;
mohammed-bin-salman; Mohammed bin Salman; person; ; MBS~acronym
abdullah-ii; Abdullah II of Jordan; person; jordan; King Abdullah II
pope-francis; Pope Francis; person; ;
itamar-ben-gvir; Itamar Ben-Gvir; person; israel;
theresa-may; Theresa May; person; ;
recep-tayyip-erdogan; Recep Tayyip Erdoğan; person; ; Tayyip Erdoğan
hamas; Hamas; armed_group; ; Hamas militants
najran; Najran Province; place; ; Najran
muslims; Muslims; community; ; ethnic Muslims~demonym
hezbollah; Hezbollah; armed_group; ; Hizbullah
kataib-hezbollah; Kata'ib Hezbollah; armed_group; ;
al-qaeda; Al-Qaeda; armed_group; ;
sdf; Syrian Democratic Forces; armed_group; syria; SDF~acronym
pkk; Kurdistan Workers' Party; armed_group; ;
iaea; International Atomic Energy Agency; organization; ; IAEA~acronym
who; World Health Organization; organization; ; WHO~acronym
nato; NATO; organization; ;
us-congress; United States Congress; organization; united-states; Congress~context
congress-of-chile; National Congress of Chile; organization; chile; Congress~context
council-of-europe; Council of Europe; organization; ; Council~context
reuters; Reuters; organization; ; ; source
associated-press; Associated Press; organization; ; AP~acronym; source
washington-post; The Washington Post; organization; united-states; ; source
jcpoa; Joint Comprehensive Plan of Action; agreement; ; JCPOA~acronym|Iran nuclear deal
f-16; F-16; weapon; ;
middle-east; Middle East; place; ; Middle Eastern~demonym
"""
RELATIONS = (
    ("joe-biden", "united-states", "President", "2021-01-20", "2025-01-20"),
    ("donald-trump", "united-states", "President", "2017-01-20", "2021-01-20"),
    ("george-h-w-bush", "united-states", "President", "1989-01-20", "1993-01-20"),
    ("george-w-bush", "united-states", "President", "2001-01-20", "2009-01-20"),
)


@cache
def small_kb() -> KnowledgeBase:
    """The entities and relations above."""
    tables = Tables()
    for line in ENTITIES.strip().splitlines():
        row = _row(line)
        tables.entities[row.key] = row
    for person, state, office, since, until in RELATIONS:
        tables.relations["\t".join((person, "LEADS", state, office, since, until, "public record"))] = "here"
    return made_of(tables)


def _row(line: str) -> EntityRow:
    key, name, kind, country, aliases, flags = (*map(str.strip, line.split(";")), "")[:6]
    problems: list[str] = []
    row = parse_entity((key, name, kind, "", name, country, "", aliases, flags), problems.append)
    assert problems == [], key
    return row


@cache
def extractor() -> NewsExtractor:
    """The extractor over that knowledge base."""
    return NewsExtractor(small_kb())


def extract(text: str, *, title: str = "", date: str | None = None, tags: tuple[str, ...] = ()) -> Extraction:
    """What is found in an article with this text."""
    return extractor().extract(Article(id="a", title=title, text=text, published_at=date, tags=tags))


def found(text: str, *, title: str = "", date: str | None = None) -> list[str]:
    """The mentions in title and text, in order, as "surface=key", with the kind behind it where it is not a name."""
    return [
        f"{m.surface}={m.entity.removeprefix('x-')}" + ("" if m.kind == "name" else f"/{m.kind}")
        for m in extract(text, title=title, date=date).mentions
    ]
