"""A made-up answer of the API's graph, as large as the page promises to bear."""

from __future__ import annotations

import random
from typing import Any

TYPES = (
    "person",
    "state",
    "place",
    "organization",
    "armed_group",
    "party",
    "agreement",
    "weapon",
    "event",
    "community",
)


def large_graph(nodes: int = 5000, edges: int = 20_000, seed: int = 1) -> dict[str, Any]:
    """Entities of which few are famous, tied as in news: by preference to the famous ones. The first is chosen."""
    draw = random.Random(seed)
    famous = [int(400 / (1 + i) ** 0.7) + 1 for i in range(nodes)]
    pairs: set[tuple[int, int]] = {(0, i) for i in range(1, min(nodes, 400))}
    while len(pairs) < edges:
        a = int(nodes * draw.random() ** 3)
        b = draw.randrange(nodes)
        if a != b:
            pairs.add((min(a, b), max(a, b)))
    return {
        "directed": False,
        "multigraph": False,
        "graph": {"truncated": False, "shown": nodes, "total": nodes},
        "nodes": [
            {"id": f"Q{i}", "name": f"Entity number {i}", "type": TYPES[i % len(TYPES)], "wikidata_id": None}
            | {"articles": famous[i], "chosen": i == 0}
            for i in range(nodes)
        ],
        "edges": [
            {"source": f"Q{a}", "target": f"Q{b}", "articles": 1 + int(draw.paretovariate(1.3)) % 40, "sentences": 1}
            | {"npmi": 0.1, "llr": draw.random() * 40, "jaccard": 0.1, "first_seen": None, "last_seen": None}
            | {"alpha": draw.random()}
            for a, b in sorted(pairs)
        ],
    }
