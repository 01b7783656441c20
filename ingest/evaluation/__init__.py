"""How good extraction is, measured on annotated articles."""
