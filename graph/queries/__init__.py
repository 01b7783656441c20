"""Every Cypher text of ours, as plain literals with names. Parameters carry all that varies."""
