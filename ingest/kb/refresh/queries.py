"""The queries: where they are kept, what each takes, and how it becomes the texts that are sent.

A query with an empty `VALUES` block is asked once for each batch of values; one with `ORDER BY` page by page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Final, Literal, cast

PAGE: Final = 5000
"""Rows of one page; a page with fewer is the last."""

Parameter = Literal["item", "state", "title"]
BATCHES: Final[Mapping[Parameter, int]] = {"item": 200, "state": 1, "title": 200}
"""How many values are sent with one query, so that the public service answers within its minute."""

NAMES: Final = (
    "changed",
    "titles",
    "names",
    "state_names",
    "states",
    "heads",
    "office_holders",
    "legislators",
    "relations",
    "armed_groups",
    "intergovernmental",
    "state_bodies",
    "parties",
    "treaties",
    "weapons",
    "nuclear_sites",
    "cities",
)
"""Every query, in the order in which they are asked: offices get their names from what `states` says."""

_EMPTY_VALUES: Final = re.compile(r"VALUES \?(item|state|title) \{ \}")
_TO_ESCAPE: Final = re.compile(r'[\\"]')


@dataclass(frozen=True, slots=True)
class Query:
    """A query. gives: what it selects, in one sentence."""

    name: str
    gives: str
    text: str

    @property
    def parameter(self) -> Parameter | None:
        """What it is asked for in batches, if it is."""
        found = _EMPTY_VALUES.search(self.text)
        return cast(Parameter, found[1]) if found else None

    @property
    def is_paged(self) -> bool:
        """Whether its rows have an order, so that they can be asked for page by page."""
        return "ORDER BY" in self.text

    def text_for(self, values: Sequence[str], *, page: int = 0) -> str:
        """The text to send. values: ids or titles of one batch. page: from 0 on."""
        parameter = self.parameter
        if parameter is not None:
            terms = " ".join(_title(value) if parameter == "title" else f"wd:{value}" for value in values)
            return _EMPTY_VALUES.sub(lambda _: f"VALUES ?{parameter} {{ {terms} }}", self.text)
        return f"{self.text}LIMIT {PAGE} OFFSET {page * PAGE}\n" if self.is_paged else self.text


def load_queries() -> Mapping[str, Query]:
    """Every query by its name, in the order in which they are asked."""
    folder = files("ingest.kb") / "queries"
    return {name: _read(name, (folder / f"{name}.rq").read_text(encoding="utf-8")) for name in NAMES}


def _read(name: str, text: str) -> Query:
    comment, _, rest = text.partition("\n")
    return Query(name, comment.removeprefix("# "), rest.lstrip())


def _title(title: str) -> str:
    """A title as a literal in English."""
    return f'"{_TO_ESCAPE.sub(lambda found: chr(92) + found[0], title)}"@en'
