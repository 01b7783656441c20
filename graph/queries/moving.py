"""A whole graph, read and written piece by piece, whatever its nodes and relationships carry.

Labels and types cannot be parameters on every database, so each has a text of its own.
"""

from __future__ import annotations

from graph.database import Query

# --- reading -------------------------------------------------------------------------------------------------------

# From an id on, that one included, in the database's own order of ids.
IDS = {
    "Article": Query(
        "MATCH (n:Article) WHERE n.id >= $start RETURN n.id AS id ORDER BY id LIMIT $limit", name="article_ids"
    ),
    "Entity": Query(
        "MATCH (n:Entity) WHERE n.id >= $start RETURN n.id AS id ORDER BY id LIMIT $limit", name="entity_ids"
    ),
    "FormerId": Query(
        "MATCH (n:FormerId) WHERE n.id >= $start RETURN n.id AS id ORDER BY id LIMIT $limit", name="former_ids"
    ),
}

NODES = {
    "Article": Query(
        """
        UNWIND $ids AS id MATCH (n:Article {id: id})
        RETURN id AS source, [{kind: 'Article', properties: properties(n)}] AS items
        """,
        name="article_nodes",
    ),
    "Entity": Query(
        """
        UNWIND $ids AS id MATCH (n:Entity {id: id})
        RETURN id AS source, [{kind: 'Entity', properties: properties(n)}] AS items
        """,
        name="entity_nodes",
    ),
    "FormerId": Query(
        """
        UNWIND $ids AS id MATCH (n:FormerId {id: id})
        RETURN id AS source, [{kind: 'FormerId', properties: properties(n)}] AS items
        """,
        name="former_id_nodes",
    ),
}

# The relationships that leave a node, of every type; in lists, which take half the time of a record for each.
LEAVING = {
    "Article": Query(
        """
        UNWIND $ids AS id MATCH (:Article {id: id})-[r]->(e:Entity)
        WITH id, collect({kind: type(r), target: e.id, properties: properties(r)}) AS found
        UNWIND range(0, size(found) - 1, 500) AS first
        RETURN id AS source, found[first..first + 500] AS items
        """,
        name="leaving_articles",
    ),
    "Entity": Query(
        """
        UNWIND $ids AS id MATCH (:Entity {id: id})-[r]->(e:Entity)
        WITH id, collect({kind: type(r), target: e.id, properties: properties(r)}) AS found
        UNWIND range(0, size(found) - 1, 500) AS first
        RETURN id AS source, found[first..first + 500] AS items
        """,
        name="leaving_entities",
    ),
    "FormerId": Query(
        """
        UNWIND $ids AS id MATCH (:FormerId {id: id})-[r]->(e:Entity)
        WITH id, collect({kind: type(r), target: e.id, properties: properties(r)}) AS found
        UNWIND range(0, size(found) - 1, 500) AS first
        RETURN id AS source, found[first..first + 500] AS items
        """,
        name="leaving_former_ids",
    ),
}

GRAPH_NODE = Query("MATCH (g:Graph {id: 'graph'}) RETURN properties(g) AS properties", name="graph_node")

# These mean to read everything: how much there is, and which properties it has.
COUNT_NODES = Query("MATCH (n) RETURN count(n) AS count", name="count_nodes")
COUNT_RELATIONSHIPS = Query("MATCH ()-[r]->() RETURN count(r) AS count", name="count_relationships")
# What a graph keeps about its last writes; it says nothing about the news and stays where it is.
COUNT_LOGGED = Query("MATCH (w:Write) RETURN count(w) AS count", name="count_logged")

NODE_KEYS = Query(
    "MATCH (n) UNWIND keys(n) AS name RETURN DISTINCT labels(n)[0] AS kind, name ORDER BY kind, name", name="node_keys"
)
RELATIONSHIP_KEYS = Query(
    "MATCH ()-[r]->() UNWIND keys(r) AS name RETURN DISTINCT type(r) AS kind, name ORDER BY kind, name",
    name="relationship_keys",
)

# --- writing -------------------------------------------------------------------------------------------------------

PUT_NODES = {
    "Article": Query(
        """
        UNWIND $rows AS row MERGE (n:Article {id: row.id})
        ON CREATE SET n = row.properties ON MATCH SET n = row.properties
        """,
        name="move_articles",
    ),
    "Entity": Query(
        """
        UNWIND $rows AS row MERGE (n:Entity {id: row.id})
        ON CREATE SET n = row.properties ON MATCH SET n = row.properties
        """,
        name="move_entities",
    ),
    "FormerId": Query(
        """
        UNWIND $rows AS row MERGE (n:FormerId {id: row.id})
        ON CREATE SET n = row.properties ON MATCH SET n = row.properties
        """,
        name="move_former_ids",
    ),
}

CREATE_RELATIONSHIPS = {
    "MENTIONS": Query(
        """
        UNWIND $groups AS g MATCH (a:Article {id: g.source})
        UNWIND g.rows AS row MATCH (b:Entity {id: row.target})
        CREATE (a)-[r:MENTIONS]->(b) SET r = row.properties
        """,
        name="move_mentions",
    ),
    "NOW": Query(
        """
        UNWIND $groups AS g MATCH (a:FormerId {id: g.source})
        UNWIND g.rows AS row MATCH (b:Entity {id: row.target})
        CREATE (a)-[r:NOW]->(b) SET r = row.properties
        """,
        name="move_now",
    ),
    "CO_MENTIONED": Query(
        """
        UNWIND $groups AS g MATCH (a:Entity {id: g.source})
        UNWIND g.rows AS row MATCH (b:Entity {id: row.target})
        CREATE (a)-[r:CO_MENTIONED]->(b) SET r = row.properties
        """,
        name="move_co_mentioned",
    ),
    "LEADS": Query(
        """
        UNWIND $groups AS g MATCH (a:Entity {id: g.source})
        UNWIND g.rows AS row MATCH (b:Entity {id: row.target})
        CREATE (a)-[r:LEADS]->(b) SET r = row.properties
        """,
        name="move_leads",
    ),
    "HOLDS_OFFICE": Query(
        """
        UNWIND $groups AS g MATCH (a:Entity {id: g.source})
        UNWIND g.rows AS row MATCH (b:Entity {id: row.target})
        CREATE (a)-[r:HOLDS_OFFICE]->(b) SET r = row.properties
        """,
        name="move_holds_office",
    ),
    "MEMBER_OF": Query(
        """
        UNWIND $groups AS g MATCH (a:Entity {id: g.source})
        UNWIND g.rows AS row MATCH (b:Entity {id: row.target})
        CREATE (a)-[r:MEMBER_OF]->(b) SET r = row.properties
        """,
        name="move_member_of",
    ),
    "PART_OF": Query(
        """
        UNWIND $groups AS g MATCH (a:Entity {id: g.source})
        UNWIND g.rows AS row MATCH (b:Entity {id: row.target})
        CREATE (a)-[r:PART_OF]->(b) SET r = row.properties
        """,
        name="move_part_of",
    ),
    "BACKED_BY": Query(
        """
        UNWIND $groups AS g MATCH (a:Entity {id: g.source})
        UNWIND g.rows AS row MATCH (b:Entity {id: row.target})
        CREATE (a)-[r:BACKED_BY]->(b) SET r = row.properties
        """,
        name="move_backed_by",
    ),
    "ALLIED_WITH": Query(
        """
        UNWIND $groups AS g MATCH (a:Entity {id: g.source})
        UNWIND g.rows AS row MATCH (b:Entity {id: row.target})
        CREATE (a)-[r:ALLIED_WITH]->(b) SET r = row.properties
        """,
        name="move_allied_with",
    ),
    "OPPOSES": Query(
        """
        UNWIND $groups AS g MATCH (a:Entity {id: g.source})
        UNWIND g.rows AS row MATCH (b:Entity {id: row.target})
        CREATE (a)-[r:OPPOSES]->(b) SET r = row.properties
        """,
        name="move_opposes",
    ),
    "HEADQUARTERED_IN": Query(
        """
        UNWIND $groups AS g MATCH (a:Entity {id: g.source})
        UNWIND g.rows AS row MATCH (b:Entity {id: row.target})
        CREATE (a)-[r:HEADQUARTERED_IN]->(b) SET r = row.properties
        """,
        name="move_headquartered_in",
    ),
    "SIGNATORY_OF": Query(
        """
        UNWIND $groups AS g MATCH (a:Entity {id: g.source})
        UNWIND g.rows AS row MATCH (b:Entity {id: row.target})
        CREATE (a)-[r:SIGNATORY_OF]->(b) SET r = row.properties
        """,
        name="move_signatory_of",
    ),
}

# --- the mark of a move that is under way ----------------------------------------------------------------------------

# The first statement of every batch: writers, and other moves into the same graph, queue up behind it.
LOCK = Query("MERGE (g:Graph {id: 'graph'}) SET g.version = coalesce(g.version, 0)", name="lock_for_moving")

STATE = Query(
    """
    MATCH (g:Graph {id: 'graph'})
    RETURN g.version AS version, g.move_of AS move_of, g.move_position AS position
    """,
    name="move_state",
)

BEGIN = Query(
    """
    MATCH (g:Graph {id: 'graph'})
    SET g.version = 0, g.unfinished = $unfinished, g.move_of = $move_of, g.move_position = $position
    """,
    name="begin_move",
)

ADVANCE = Query("MATCH (g:Graph {id: 'graph'}) SET g.move_position = $position", name="advance_move")

# Replaces every property, those of the mark with them.
FINISH = Query("MATCH (g:Graph {id: 'graph'}) SET g = $properties", name="finish_move")
