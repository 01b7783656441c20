"""Finds and types names that no list holds: a small convolutional network over words, in numpy."""
