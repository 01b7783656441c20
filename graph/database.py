"""The one seam to every database: Bolt, through the official driver."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, LiteralString


@dataclass(frozen=True, slots=True)
class Query:
    """A named Cypher text of ours with its parameters. The text is a literal: nothing is ever pasted into it."""

    text: LiteralString
    parameters: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""
