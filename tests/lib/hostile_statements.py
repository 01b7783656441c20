"""Hostile Cypher of our own, by what becomes of it: what a stranger may send to a service that answers questions."""

from __future__ import annotations

from hostile_reaching import DISGUISES, FILES, NETWORK, OTHER_LANGUAGES
from hostile_reading import (
    ENDLESS,
    GROWTH,
    LOOPS,
    OVERSIZED,
    PARAMETERS,
    PLANNING,
    REGULAR_EXPRESSIONS,
    SEARCHES,
    WALKS,
)
from hostile_writing import (
    ADMINISTRATION,
    BATCHES,
    EXTENSIONS,
    HIDDEN_WRITES,
    OTHER_GRAPHS,
    PREFIXES,
    PROCEDURES,
    SCHEMA,
    SEVERAL,
    WRITES,
)

HARMFUL = (
    *(WRITES, HIDDEN_WRITES, BATCHES, SEVERAL, PREFIXES, SCHEMA, ADMINISTRATION, OTHER_GRAPHS, PROCEDURES),
    *(EXTENSIONS, FILES, NETWORK, DISGUISES, OTHER_LANGUAGES, OVERSIZED),
)
"""Refused whoever asks."""

COSTLY = (LOOPS, GROWTH, PARAMETERS, WALKS, REGULAR_EXPRESSIONS, SEARCHES, PLANNING)
"""Refused from strangers; `trusted` leaves them to their author."""

STOPPED = (ENDLESS,)
"""Let through, and stopped."""
