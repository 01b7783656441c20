"""The fonts of pictures that no browser draws: they come with a package, whatever the machine has."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache
from importlib.util import find_spec
from pathlib import Path

FAMILY = "Noto Sans"
_SYMBOLS = "Noto Emoji"


@cache
def font_files() -> tuple[str, ...]:
    """The files of all fonts: letters of most scripts, and emoji."""
    package = find_spec("manimgx_fonts")
    folder = Path(package.origin).parent if package and package.origin else Path()
    return tuple(str(path) for path in sorted(folder.glob("*.ttf")) if "Italic" not in path.name)


def family(text: str) -> str:
    """The font that has most letters of the text; a line is set in one, as shaping does not cross from font to font."""
    scripts = Counter(script for char in text if (script := _script(char)))
    most = scripts.most_common(1)[0][0] if scripts else ""
    wanted = _SYMBOLS if most == _SYMBOLS else f"{FAMILY} {most}"
    return wanted if wanted.replace(" ", "") in _families() else FAMILY


def lacks(text: str) -> bool:
    """Whether a text has letters of scripts, such as Chinese, that need a font of the machine."""
    return any(unicodedata.east_asian_width(char) in "WF" and unicodedata.category(char) == "Lo" for char in text)


def _script(char: str) -> str:
    category = unicodedata.category(char)
    if category == "So":
        return _SYMBOLS
    return unicodedata.name(char, "").partition(" ")[0].title() if category[0] in "LM" else ""


@cache
def _families() -> frozenset[str]:
    return frozenset(Path(path).name.partition("[")[0] for path in font_files())
