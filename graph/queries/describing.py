"""What names there are in the graph, for those who write statements.

A sample of each kind shows which properties it has. Facts of the knowledge base are all looked at, so that each of
their types is seen; there are few of them.
"""

from __future__ import annotations

from graph.database import Query

LABELS = Query("CALL db.labels() YIELD label RETURN label AS name", name="labels")
RELATIONSHIP_TYPES = Query(
    "CALL db.relationshipTypes() YIELD relationshipType RETURN relationshipType AS name", name="relationship_types"
)
PROPERTIES = Query("CALL db.propertyKeys() YIELD propertyKey RETURN propertyKey AS name", name="properties")

NODE_PROPERTIES = Query(
    """
    MATCH (n:$($label)) WITH n LIMIT $sample
    UNWIND keys(n) AS name RETURN DISTINCT name
    """,
    name="node_properties",
)

# The embedded database takes a type that is a parameter for any type, so each has its text; those of facts share one.
RELATIONSHIP_PROPERTIES = {
    "mentions": Query(
        """
        MATCH (:Article)-[r:MENTIONS]->() WITH r LIMIT $sample
        UNWIND keys(r) AS name RETURN type(r) AS type, collect(DISTINCT name) AS names
        """,
        name="mention_properties",
    ),
    "ties": Query(
        """
        MATCH (:Entity)-[r:CO_MENTIONED]->() WITH r LIMIT $sample
        UNWIND keys(r) AS name RETURN type(r) AS type, collect(DISTINCT name) AS names
        """,
        name="tie_properties",
    ),
    "facts": Query(
        """
        MATCH (:Entity)-[r:LEADS|HOLDS_OFFICE|MEMBER_OF|PART_OF|BACKED_BY|ALLIED_WITH|OPPOSES|HEADQUARTERED_IN
                         |SIGNATORY_OF]->()
        UNWIND keys(r) AS name RETURN type(r) AS type, collect(DISTINCT name) AS names
        """,
        name="fact_properties",
    ),
}
