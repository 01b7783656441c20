"""Makes the tagger's weights: a teacher learns from annotated articles and labels more, a small network follows it.

Nothing here is needed to extract.
"""
