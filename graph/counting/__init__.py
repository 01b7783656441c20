"""Counting who is named with whom: one protocol, answered from memory (incidence) or by the database (cypher)."""
