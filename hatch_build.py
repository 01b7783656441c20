"""Compiles the knowledge base when the package is built or installed, since its tables take seconds to read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[misc, type-arg, unused-ignore]
    """Runs before the files of a wheel are collected; an editable install too gets what it compiles."""

    def initialize(self, _version: str, _build_data: dict[str, Any]) -> None:
        """Write `ingest/kb/compiled`."""
        root = str(Path(self.root))
        sys.path.insert(0, root)
        try:
            from ingest.kb.load import build
        finally:
            sys.path.remove(root)
        build()
