"""A small knowledge base that is compared with answers which tests make up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kb_tables import write_tables
from sparql_playback import result

from ingest.kb.refresh import KnownBase, known_base, read_answer
from ingest.kb.refresh.changes import Change
from ingest.kb.refresh.compare import compare
from ingest.kb.refresh.facts import Facts
from ingest.kb.refresh.reading import read_bindings
from ingest.kb.tables import Tables, read_tables

ENTITIES = (
    "city\tFredville\tplace\tQ1004\tFredville\tfreedonia\tcapital\tFredville~metonym\tstands_for=freedonia",
    "firefly\tRufus Firefly\tperson\tQ1005\tRufus Firefly\tfreedonia\tprime minister\t\t",
    "freedonia\tFreedonia\tstate\tQ1001\tFreedonia\t\tstate\tFreedonian~demonym|Republic of Freedonia\t",
    "front\tSylvan Front\tarmed_group\tQ1006\tSylvan Front\t\t\t\t",
    "league\tMarx League\torganization\t\tMarx League\t\tleague\t\t",
    "pact\tDuck Pact\tagreement\tQ1008\tDuck Pact\t\tpact\t\t",
    "sylvania\tSylvania\tstate\tQ1002\tSylvania (country)\t\tstate\tSylvanian~demonym\t",
)
RELATIONS = (
    "firefly\tLEADS\tfreedonia\tPrime Minister\t1933\t\tWikidata via leaders list, January 2025",
    "freedonia\tMEMBER_OF\tleague\t\t1930\t\tpublic record",
    "freedonia\tOPPOSES\tfront\t\t\t\tWikidata, May 2026",
)
WIDE = (
    "\tLaurel Works\torganization\t\tfreedonia\tLW\t\t0",
    "Bob Trentino\t\tperson\tQ2001\tsylvania\t\tMinister of War@sylvania:1995-05..1999;Envoy@Ohio:1980\t5",
    "Freedonia\tFree Land\tstate\tQ1001\t\t\t\t9",
    "Vera Marcal\t\tperson\tQ2002\tsylvania\t\tMinister of War@sylvania:2001..2003\t5",
    "Zenda, Ruritania\t\tplace\tQ2003\t\t\t\t2",
)


def small_tables(folder: Path) -> Tables:
    """The tables above."""
    return read_tables(write_tables(folder, entities=ENTITIES, relations=RELATIONS, wide=WIDE))


def small_base(folder: Path) -> KnownBase:
    """What these tables hold."""
    return known_base(small_tables(folder))


def told(base: KnownBase, **answers: Any) -> Facts:
    """The facts that answers give, by the name of their query: a row, or a list of several."""
    facts = Facts()
    for query, bindings in answers.items():
        some = bindings if isinstance(bindings, list) else [bindings]
        read_bindings(query, read_answer(result(*some)), base, facts)
    return facts


def differences(base: KnownBase, **answers: Any) -> list[Change]:
    """How these facts differ from the knowledge base."""
    return compare(told(base, **answers), base)


def in_short(changes: list[Change]) -> list[tuple[str, ...]]:
    """Kind, field, id, old and new of each change."""
    return [(each.kind, each.field, each.id, each.old, each.new) for each in changes]


def day(text: str, precision: int = 11, *, name: str = "since") -> dict[str, Any]:
    """A date with its precision, as it stands in a row."""
    return {name: f"{text}T00:00:00Z", f"{name}Precision": precision}
