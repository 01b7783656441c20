"""The colours of a box: two themes, and what a host chooses, kept legible."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal, TypeAlias

from graph.model import EntityType

Theme = Literal["light", "dark", "auto"]
Rgb: TypeAlias = tuple[int, int, int]

# The least contrast of texts, and of shapes that mean something: WCAG 2.2, success criteria 1.4.3 and 1.4.11.
TEXT_CONTRAST = 4.5
SHAPE_CONTRAST = 3.0

COLOUR = r"#?(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})"
_COLOUR = re.compile(COLOUR)


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as `#rrggbb`. `types` holds one for each type of entity, `pale` what shapes outside are filled with."""

    background: str
    text: str
    soft: str
    line: str
    tie: str
    accent: str
    types: Mapping[EntityType, str]
    pale: Mapping[EntityType, str]

    def variables(self) -> str:
        """The colours as custom properties of CSS."""
        single = [(field.name, getattr(self, field.name)) for field in fields(self)[:6]]
        filled = [(f"{kind}-pale", colour) for kind, colour in self.pale.items()]
        return ";".join(f"--{name}:{colour}" for name, colour in (*single, *self.types.items(), *filled))


@dataclass(frozen=True, slots=True)
class Chosen:
    """The colours that a host chooses, as hexadecimal digits; None leaves ours."""

    accent: str | None = None
    background: str | None = None
    text: str | None = None


NONE_CHOSEN = Chosen()

# Those of the page, app/web/frontend/src/shared/tokens.css.
_TYPES: Mapping[EntityType, tuple[str, str]] = {
    "person": ("#225e9f", "#6fb0f5"),
    "state": ("#b03a2e", "#f08a7c"),
    "place": ("#2b7645", "#6cc48a"),
    "organization": ("#6d479c", "#bb9bee"),
    "armed_group": ("#84500f", "#d9a35d"),
    "party": ("#a8326f", "#ef8dbd"),
    "agreement": ("#0d6e7c", "#5cc3d1"),
    "weapon": ("#4b5560", "#a7b3c0"),
    "event": ("#9a6200", "#e8b53e"),
    "community": ("#5f6b14", "#b9c95a"),
}
_PAPER = {"light": "#fffefb", "dark": "#1c1f23"}
_INK = {"light": "#1b1d20", "dark": "#eceae4"}
_LINK = {"light": "#1d4f91", "dark": "#8fbdf5"}


def palette(theme: Literal["light", "dark"], chosen: Chosen | None = None) -> Palette:
    """The colours of a theme with those that the host chooses.

    Colours that would not be legible on the background are moved towards black or white until they are. A background
    that is chosen decides which theme the others are taken from.
    """
    wanted = chosen or Chosen()
    background = _hex(wanted.background) or _PAPER[theme]
    base: Literal["light", "dark"] = theme
    if wanted.background:
        base = "light" if _luminance(background) > 0.18 else "dark"
    text = legible(_hex(wanted.text) or _INK[base], background, TEXT_CONTRAST)
    types = {kind: legible(colours[base == "dark"], background, SHAPE_CONTRAST) for kind, colours in _TYPES.items()}
    return Palette(
        background=background,
        text=text,
        soft=legible(mix(text, background, 0.3), background, TEXT_CONTRAST),
        line=mix(text, background, 0.84),
        tie=mix(text, background, 0.55),
        accent=legible(_hex(wanted.accent) or _LINK[base], background, TEXT_CONTRAST),
        types=types,
        pale={kind: mix(colour, background, 0.72) for kind, colour in types.items()},
    )


def legible(colour: str, background: str, least: float) -> str:
    """The colour, or the nearest to it on the way to black or white that has at least that contrast."""
    goal = "#000000" if _luminance(background) > 0.18 else "#ffffff"
    for step in range(21):
        moved = mix(colour, goal, step / 20)
        if contrast(moved, background) >= least:
            return moved
    return goal


def mix(colour: str, other: str, share: float) -> str:
    """The colour with that share of another one in it."""
    parts = zip(_rgb(colour), _rgb(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in parts)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    """WCAG 2.2, "relative luminance"."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in _rgb(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _rgb(colour: str) -> Rgb:
    digits = colour[1:]
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def _hex(colour: str | None) -> str | None:
    """`#rrggbb` for three or six hexadecimal digits, with or without the mark before them."""
    if colour is None or not _COLOUR.fullmatch(colour):
        return None
    digits = colour.lstrip("#").lower()
    return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))
