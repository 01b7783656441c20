"""What a wheel carries that git does not know: the compiled knowledge base, and the page."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[misc, type-arg, unused-ignore]
    """Runs before the files of a wheel or a source archive are collected, and of an editable install too."""

    def dependencies(self) -> list[str]:
        """Node, where the page has to be built and the machine has none."""
        with self._project():
            from page_build import needed_packages

            return needed_packages()

    def initialize(self, _version: str, _build_data: dict[str, Any]) -> None:
        """Write `app/web/static`, which takes Node, and `ingest/kb/compiled`, whose tables take seconds to read.

        A source archive carries the page, so that who installs from it needs no Node.
        """
        with self._project():
            from page_build import build as build_page

            build_page()
            if self.target_name == "wheel":
                from ingest.kb.load import build as compile_knowledge_base

                compile_knowledge_base()

    @contextmanager
    def _project(self) -> Iterator[None]:
        """The project's modules can be imported inside."""
        sys.path.insert(0, self.root)
        try:
            yield
        finally:
            sys.path.remove(self.root)
