"""What can go wrong while a graph is moved, each saying what to do."""

from __future__ import annotations

from graph.errors import GraphError


class MoveError(GraphError):
    """Root of what stops a move or an export. The source is never changed by it."""


class TargetTaken(MoveError):
    """The target holds something else already."""


class TargetChanged(MoveError):
    """Something else wrote into the target while the move was under way."""


class SourceChanged(MoveError):
    """The source was written to while it was read."""


class CopyDiffers(MoveError):
    """What arrived is not what was sent; the target keeps its mark, so that nothing takes it for a whole graph."""


class UnknownContent(MoveError):
    """The graph holds something that would not come along."""


class NotForImport(MoveError):
    """Something that the files of the bulk importer cannot carry."""


class DelimiterTaken(MoveError):
    """A list holds the character that was to part its elements."""
