"""Tables of a made-up knowledge base, written into a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ingest.kb.schema import ENTITY_COLUMNS, RELATION_COLUMNS
from ingest.kb.wide import WIDE_COLUMNS

ENTITIES = (
    "firefly\tRufus Firefly\tperson\t\tRufus Firefly\tfreedonia\tprime minister\t\t",
    "freedonia\tFreedonia\tstate\tQ1001\tFreedonia\t\tstate\tFreedonian~demonym|Freedonian Air~never\t",
    "pinky\tPinky Spy\tperson\tQ1003\tPinky (spy)\tsylvania\tspy\t\t",
    "sylvania\tSylvania\tstate\tQ1002\tSylvania (country)\t\tstate\tSylvanian~demonym\t",
)
RELATIONS = (
    "firefly\tLEADS\tfreedonia\tPrime Minister\t1933\t\tpublic record",
    "freedonia\tOPPOSES\tsylvania\t\t\t\tpublic record",
)
WIDE = (
    "\tLaurel Works\torganization\t\tfreedonia\tLW|LAW\t\t0",
    "Bob Trentino\t\tperson\tQ2001\tsylvania\tAmbassador Trentino\t"
    "Senator@Ohio:1920..1922;President@sylvania:1930-05..1934;Envoy@freedonia\t5",
    "Free State of Freedonia\t\tstate\tQ1001\t\tFreedonia\t\t9",
    "Rufus Firefly\t\tperson\tQ3001\t\t\tKing@sylvania:1900..\t1",
    "Zenda, Ruritania\t\tplace\tQ2002\t\t\t\t2",
)


def write_tables(
    folder: Path,
    *,
    entities: Sequence[str] = ENTITIES,
    relations: Sequence[str] = RELATIONS,
    wide: Sequence[str] = WIDE,
) -> Path:
    """Write the three tables into a folder, which is made where it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, columns, rows in (
        ("entities_a", ENTITY_COLUMNS, entities),
        ("relations", RELATION_COLUMNS, relations),
        ("wide_a", WIDE_COLUMNS, wide),
    ):
        (folder / f"{name}.tsv").write_text("\n".join(("\t".join(columns), *rows)) + "\n", encoding="utf-8")
    return folder
