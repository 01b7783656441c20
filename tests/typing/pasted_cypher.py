"""Cypher texts, one of them pasted together. Never run or imported: the type checker must point at the pasted one.

tests/test_house_typing.py holds it to that.
"""

from graph.database import Query


def written(entity_id: str) -> Query:
    """What is asked for travels as a parameter, and the text is a literal: allowed."""
    return Query("MATCH (e:Entity {id: $id}) RETURN e.name AS name", {"id": entity_id})


def assembled_from_literals() -> Query:
    """Literals joined with literals stay literals: allowed."""
    return Query("MATCH (e:Entity) " + "RETURN count(e) AS entities")


def pasted(entity_id: str) -> Query:
    """A value of unknown origin inside the text: the way to injection, and the one error of this file."""
    return Query(f"MATCH (e:Entity {{id: '{entity_id}'}}) RETURN e.name AS name")
