"""Words of a text with their offsets, cut so that the parts of news names can match.

A possessive is a token of its own ("Iran" "'s"), so are hyphens ("Iran" "-" "backed"); dotted acronyms, initials and
short titles keep their dot ("U.S.", "W.", "St."). Every token has a key under which forms of one spelling meet.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r"""
    [a-z]{2,}(?=[\s,.;)]|\Z)                         # most words, quickly
  | https?://\S+
  | [^\W\d_](?:\.[^\W\d_])+\b\.?                    # U.S.  U.N  J.D.
  | (?:St|Jr|Sr|Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Capt|Maj|Adm|Sen|Rep|Gov|Prof|Rev|Brig|Mt|Ft)\.
  | [A-Z]\.(?!\w)                                   # an initial
  | \d+(?:[.,]\d+)*\w*                              # 3.5  1,000  16s  47M2
  | ['’ʼ][sS]\b                                     # a possessive
  | \w[\w\u0300-\u036f\u00ad]*(?:['’ʼ‘`ʻʿ](?![sS]\b)\w[\w\u0300-\u036f\u00ad]*)*
  | \S
    """,
    re.VERBOSE,
)
_UNMARKED = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "`": "'",
        "ʻ": "'",
        "ʿ": "'",
        "ʾ": "'",
        "‐": "-",
        "‑": "-",
        "‒": "-",
        "–": "-",
        "\u00ad": None,
        "ł": "l",
        "Ł": "L",
        "ø": "o",
        "Ø": "O",
        "đ": "d",
        "Đ": "D",
        "ı": "i",
        "ð": "d",
        "Ð": "D",
        "æ": "ae",
        "Æ": "Ae",
        "œ": "oe",
        "Œ": "Oe",
        "ß": "ss",
        "ə": "a",
        "Ə": "A",
    }
)


class Token(NamedTuple):
    """A word, number or mark at text[start:end]; `key` is its spelling without case, marks and dots."""

    text: str
    start: int
    end: int
    key: str


def tokenize(text: str) -> tuple[Token, ...]:
    """The tokens of a text in order; whatever is between them is white space."""
    new = tuple.__new__  # twice as quick as the class itself, which is half of the work here
    return tuple([new(Token, (word := match[0], *match.span(), _key(word))) for match in _TOKEN.finditer(text)])


def token_keys(text: str) -> tuple[str, ...]:
    """The keys of the tokens of a text, in order."""
    return tuple(map(_key, _TOKEN.findall(text)))


@lru_cache(maxsize=1 << 16)
def _key(word: str) -> str:
    """The key of a token; texts use few different words, so it is mostly known."""
    return plain(word).lower()


def plain(word: str) -> str:
    """A word without diacritics, inner apostrophes and dots, its case kept: "Sa’ar" → "Saar", "U.S." → "US".

    A word of nothing but such marks stays as it is, in its plain spelling ("’" → "'").
    """
    if not word.isascii():
        decomposed = unicodedata.normalize("NFKD", word.translate(_UNMARKED))
        word = "".join(char for char in decomposed if not unicodedata.combining(char)).translate(_UNMARKED) or word
    if word.isalnum():
        return word
    if word[0] == "'":
        return word  # a possessive or a quotation mark
    return word.replace(".", "").replace("'", "") or word
