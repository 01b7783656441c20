"""A small graph of everything that is easily lost on the way from one database to another."""

from __future__ import annotations

from dataclasses import replace

from building import empty, extraction

from graph.database import Database, Query
from graph.model import Extraction
from graph.schema import MIGRATIONS
from graph.writer import Writer

TEXTS = (
    'He said "yes", she said ""no"" and \'perhaps\'.',
    "One line.\nAnother.\r\nA third.\rA fourth.\n",
    "Separators: a,b;c\td|e and \\ a backslash \\n that is none.",
    "Emojis \U0001f600\U0001f1fa\U0001f1f3, e\u0301 in two parts, \u2028 and \u202eback\u202c, \ufeff.",
    "  spaces at both ends  ",
    "\n",
    "",
    '"',
)
ODD_PROPERTIES = Query(
    """
    MATCH (a:Article {id: 'a0'})
    SET a.whole = 1, a.real = 1.0, a.tiny = 1e-300, a.negative = -9007199254740993, a.truth = true,
        a.numbers = [1, -2], a.reals = [0.5, 1.0], a.truths = [true, false], a.none = [], a.blank = [''],
        a.blanks = ['', ''], a.parts = $texts
    """,
    {"texts": TEXTS},
)

FRESH_NODE = Query(
    "MATCH (g:Graph {id: 'graph'}) SET g = {id: 'graph', version: 0, schema_version: $schema, uid: 'hostile'}",
    {"schema": MIGRATIONS[-1].number},
)


def clear(database: Database) -> None:
    """As right after the migrations, without the mark that a move may have left."""
    empty(database)
    database.write([FRESH_NODE])


def fill(database: Database) -> None:
    """Undated articles and dated ones, only tagged entities, former ids, facts of two terms, and odd texts."""
    named = [
        extraction("a0", [["Q1", "Q2"], ["Q4", "Q6"]], date="2024-05-17T10:00:00Z", title=["Q1"], tagged=["Q3"]),
        extraction("a1", [["Q1", "Q2", "Q3"]], date="2024", sources=["Q5"]),
        extraction("a2", [], tagged=["Q5", "Q1"]),
        extraction("a3", []),
    ]
    odd = [_with_texts(f"b{number}", text) for number, text in enumerate(TEXTS)]
    Writer(database, clock=lambda: "2026-11-26T12:00:00Z").write([*named, *odd])
    database.write([ODD_PROPERTIES])


def _with_texts(id: str, text: str) -> Extraction:
    plain = extraction(id, [["Q2", "Q6"]])
    article = replace(
        plain.article,
        title=text,
        text=plain.article.text + text,
        publisher=text,
        tags=(text,),
        themes=TEXTS,
        takeaways=(),
        extra={"nested": {"list": [1, 1.0, None, text]}},
        content_hash=id,
    )
    return replace(plain, article=article)
