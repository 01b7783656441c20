"""The knowledge base compared with Wikidata: queries, facts out of their answers, differences, refreshed tables.

Nothing here reaches the network: whoever calls `gather` says how a query is asked.
"""

from ingest.kb.refresh.answers import Binding, NotAnAnswer, read_answer
from ingest.kb.refresh.changes import Change
from ingest.kb.refresh.compare import compare
from ingest.kb.refresh.gather import OF_CHANGED, SINCE, Gathered, Unanswered, gather
from ingest.kb.refresh.known import KnownBase, known_base
from ingest.kb.refresh.overlay import refreshed_files
from ingest.kb.refresh.queries import Query, load_queries

__all__ = [
    "OF_CHANGED",
    "SINCE",
    "Binding",
    "Change",
    "Gathered",
    "KnownBase",
    "NotAnAnswer",
    "Query",
    "Unanswered",
    "compare",
    "gather",
    "known_base",
    "load_queries",
    "read_answer",
    "refreshed_files",
]
