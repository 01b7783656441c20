"""Which tagger is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True, slots=True)
class TaggerChoice:
    """A tagger by name.

    plug_in: one that others have trained, such as `spacy:en_core_web_sm`, or a file `*.npz` of weights for our own;
        without a name it is our own with the weights of this package.
    accurate: whether our own also asks the large network, which is slower.
    accurate_file: where that network is; None: in this package.
    """

    plug_in: str | None = None
    accurate: bool = False
    accurate_file: Path | None = None


OUR_OWN: Final = TaggerChoice()
