"""Names that the guard knows: what may be called, and what is refused with which words."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PROCEDURE_NAMES: Final = (
    "db.labels",
    "db.relationshipTypes",
    "db.propertyKeys",
    "db.schema.visualization",
    "db.schema.nodeTypeProperties",
    "db.schema.relTypeProperties",
    "db.index.fulltext.queryNodes",
    "db.index.fulltext.queryRelationships",
)
"""Procedures that only read the graph and its schema."""

PROCEDURES: Final = frozenset(name.lower() for name in PROCEDURE_NAMES)
"""The same in lower case, in which names are compared."""

NAMESPACES: Final = _words("date datetime localdatetime time localtime duration point vector.similarity")
"""Namespaces of functions that compute and do nothing else."""

NUMBERS: Final = _words(
    """
    abs acos asin atan atan2 avg ceil char_length character_length cos cosh cot coth count degrees e exp floor haversin
    id isempty isnan length log log10 percentilecont percentiledisc pi radians rand round sign sin sinh size sqrt stdev
    stdevp sum tan tanh timestamp toboolean tobooleanornull tofloat tofloatornull tointeger tointegerornull exists
    """
)
"""Functions whose value is a number or a boolean, however large their arguments are."""

FUNCTIONS: Final = NUMBERS | _words(
    """
    coalesce collect date datetime duration elementid endnode head keys labels last localdatetime localtime max min
    nodes nullif point properties randomuuid range relationships reverse startnode tail time tobooleanlist tofloatlist
    tointegerlist tostringlist type valuetype
    btrim left lower ltrim normalize replace right rtrim split substring tolower tostring tostringornull toupper trim
    upper
    """
)
"""The functions of Neo4j 5 that have no namespace, but for those that tell of LOAD CSV; in lower case."""

ARITHMETIC: Final = _words("+ || - * / % ^")
"""Operators that make a value of two; all others compare."""

INDEX_KINDS: Final = _words("ALL BTREE FULLTEXT LOOKUP POINT RANGE TEXT VECTOR")
CONSTRAINT_KINDS: Final = _words("ALL EXIST EXISTENCE KEY NODE PROPERTY REL RELATIONSHIP TYPE UNIQUE UNIQUENESS")

TYPE_WORDS: Final = _words(
    """
    ANY ARRAY BOOL BOOLEAN DATE DATETIME DURATION EDGE FLOAT FLOAT32 FLOAT64 INT INT16 INT32 INT64 INT8 INTEGER
    INTEGER16 INTEGER32 INTEGER64 INTEGER8 LIST LOCAL MAP NODE NOTHING NULL PATH PATHS POINT PROPERTY RELATIONSHIP
    SIGNED STRING TIME TIMESTAMP TIMEZONE VALUE VARCHAR VERTEX ZONE ZONED
    """
)
"""Words that name types behind `IS ::`."""

WRITING: Final = _words("CREATE DELETE DETACH FOREACH INSERT MERGE NODETACH REMOVE SET")

_REASONS: Final = (
    (WRITING, "{} writes: only reading is accepted"),
    (
        _words("ALTER DEALLOCATE DENY DROP DRYRUN ENABLE GRANT REALLOCATE RENAME REVOKE SESSION START STOP"),
        "{} administers the database: only reading is accepted",
    ),
    (["LOAD"], "LOAD CSV reads files and addresses outside the graph"),
    (["USE"], "USE picks another graph: statements run on the one that is served"),
    (["TERMINATE"], "TERMINATE ends the work of others"),
    (["CYPHER"], "the prefix CYPHER changes how statements run: leave it out"),
    (["EXPLAIN", "PROFILE"], "the prefix {} is not accepted: leave it out"),
    (["BEGIN", "COMMIT", "ROLLBACK"], "{} is not for a statement: each runs in a transaction of its own"),
    (["DEFINE", "FILTER", "FOR", "LET", "NEXT", "WHEN"], "{} is not in Cypher 5: use WITH, WHERE, UNWIND or CASE"),
    (
        ["FROM", "SELECT", "TRAVERSE", "TRUNCATE", "UPDATE", "UPSERT"],
        "{} is SQL: this takes Cypher, such as MATCH (e:Entity) RETURN e.name LIMIT 10",
    ),
)

REFUSED_CLAUSES: Final = MappingProxyType({word: reason.format(word) for words, reason in _REASONS for word in words})
"""Words that begin a clause or command, and why that is not let through."""
