"""Whole graphs on the move: from one database to another, and into the files of Neo4j's bulk importer."""
