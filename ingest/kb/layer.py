"""A compiled table of entities: its rows as text, and an index of all forms, loaded without reading a single row.

Rows are parsed when an article names them, so a hundred thousand of them cost a few milliseconds at the start. Forms
stand under their token keys, joined by spaces ("islamic revolutionary guard corps").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ingest.tagger.name_lists import add_length

FORMAT: Final = 3
"""Changes with what a file holds; a file of another format is made anew."""


class Sense(NamedTuple):
    """What a form may mean: an entity's row, and which of its aliases the form is."""

    row: int
    alias: int


@dataclass(frozen=True, slots=True)
class Layer:
    """Rows, their forms, and what the tagger is told of each form.

    digest: of the files that it was made of. forms: number of a form by its token keys. lists: for each form the lists
    that hold it, a bit each. longest: see `add_length`. given, family: how many persons have a word
    as the first or the last of their name. ids, keys, titles: graph id, key and Wikipedia title (or
    nothing) of each row. prominence: how much in the news each is, 0 to 9. surnames: number of a surname's first
    word, see `surnamed`.
    """

    digest: str
    forms: Mapping[str, int]
    lists: Sequence[int]
    longest: Mapping[str, int]
    given: Mapping[str, int]
    family: Mapping[str, int]
    ids: Sequence[str]
    keys: Sequence[str]
    titles: Sequence[str]
    prominence: Sequence[int]
    surnames: Mapping[str, int]
    _rows: bytes
    _row_ends: NDArray[np.int64]
    _senses: NDArray[np.int32]
    _sense_ends: NDArray[np.int32]
    _surnamed: NDArray[np.int32]
    _surname_ends: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.ids)

    def cells(self, row: int) -> list[str]:
        """The cells of a row."""
        return self._rows[_slice(self._row_ends, row)].decode().split("\t")

    def senses(self, form: str) -> Iterator[Sense]:
        """What a form (token keys, joined by spaces) may mean."""
        number = self.forms.get(form)
        if number is None:
            return
        for row, alias in self._senses[_slice(self._sense_ends, number)].tolist():
            yield Sense(row, alias)

    def surnamed(self, word: str) -> list[int]:
        """The rows of persons with offices whose surname begins with a word (a token key)."""
        number = self.surnames.get(word)
        return [] if number is None else self._surnamed[_slice(self._surname_ends, number)].tolist()


@dataclass(slots=True)
class LayerBuilder:
    """Collects rows and forms, and makes a layer of them."""

    rows: list[bytes]
    ids: list[str]
    keys: list[str]
    titles: list[str]
    prominence: list[int]
    senses: dict[str, dict[Sense, None]]
    lists: dict[str, int]
    given: dict[str, int]
    family: dict[str, int]
    surnames: dict[str, dict[int, None]]

    @classmethod
    def empty(cls) -> LayerBuilder:
        """Nothing yet."""
        return cls([], [], [], [], [], {}, {}, {}, {}, {})

    def add_row(self, key: str, own_id: str, title: str, cells: Sequence[str], *, prominence: int = 0) -> int:
        """Add a row; its number."""
        self.prominence.append(prominence)
        self.rows.append("\t".join(cells).encode())
        self.ids.append(own_id)
        self.keys.append(key)
        self.titles.append(title)
        return len(self.ids) - 1

    def add_form(self, keys: Sequence[str], sense: Sense, lists: int) -> None:
        """Add a form of a row. lists: what the tagger is told of it, a bit for each list."""
        form = " ".join(keys)
        self.senses.setdefault(form, {})[sense] = None
        self.lists[form] = self.lists.get(form, 0) | lists

    def add_person_name(self, keys: Sequence[str]) -> None:
        """Count the first and the last word of a person's name."""
        if len(keys) > 1:
            self.given[keys[0]] = self.given.get(keys[0], 0) + 1
            self.family[keys[-1]] = self.family.get(keys[-1], 0) + 1

    def add_surname(self, word: str, row: int) -> None:
        """Add a person to those whose surname begins with a word."""
        self.surnames.setdefault(word, {})[row] = None

    def arrays(self, digest: str) -> dict[str, NDArray[np.generic]]:
        """The layer as arrays, as a file holds them."""
        forms = sorted(self.senses)
        longest: dict[str, int] = {}
        for form in forms:
            add_length(longest, form.split(" "))
        senses = [list(self.senses[form]) for form in forms]
        surnamed = [list(rows) for rows in self.surnames.values()]
        return {
            "digest": _text([str(FORMAT), digest]),
            "rows": np.frombuffer(b"".join(self.rows), np.uint8),
            "row ends": np.cumsum([len(row) for row in self.rows], dtype=np.int64),
            "ids": _text(self.ids),
            "keys": _text(self.keys),
            "titles": _text(self.titles),
            "prominence": np.asarray(self.prominence, np.int8),
            "forms": _text(forms),
            "lists": np.asarray([self.lists[form] for form in forms], np.uint32),
            "senses": np.asarray([sense for some in senses for sense in some], np.int32).reshape(-1, 2),
            "sense ends": _ends(senses),
            "surnames": _text(list(self.surnames)),
            "surnamed": np.asarray([row for rows in surnamed for row in rows], np.int32),
            "surname ends": _ends(surnamed),
            **_counts("longest", longest),
            **_counts("given", self.given),
            **_counts("family", self.family),
        }


def layer_of(arrays: Mapping[str, NDArray[np.generic]]) -> Layer | None:
    """The layer that arrays hold; None where they are of another format."""
    made, digest = _lines(arrays["digest"])
    if made != str(FORMAT):
        return None
    forms, ids = _lines(arrays["forms"]), _lines(arrays["ids"])
    return Layer(
        digest=digest,
        forms=dict(zip(forms, range(len(forms)), strict=True)),
        lists=arrays["lists"].tolist(),
        longest=_counted(arrays, "longest"),
        given=_counted(arrays, "given"),
        family=_counted(arrays, "family"),
        ids=ids,
        surnames={word: number for number, word in enumerate(_lines(arrays["surnames"]))},
        _surnamed=arrays["surnamed"].astype(np.int32),
        _surname_ends=arrays["surname ends"].astype(np.int32),
        keys=_lines(arrays["keys"]),
        prominence=arrays["prominence"].tolist(),
        titles=_lines(arrays["titles"]) or [""] * len(ids),  # a single row without a title leaves nothing
        _rows=arrays["rows"].tobytes(),
        _row_ends=arrays["row ends"].astype(np.int64),
        _senses=arrays["senses"].astype(np.int32),
        _sense_ends=arrays["sense ends"].astype(np.int32),
    )


def write_arrays(arrays: Mapping[str, NDArray[np.generic]], file: IO[bytes]) -> None:
    """Write a layer's arrays."""
    np.savez(file, allow_pickle=False, **arrays)


def read_layer(file: IO[bytes]) -> Layer | None:
    """Read what `write_arrays` wrote; None where it is of another format."""
    with np.load(file, allow_pickle=False) as arrays:
        return layer_of({name: arrays[name] for name in arrays.files})


def _slice(ends: NDArray[np.integer], number: int) -> slice:
    return slice(int(ends[number - 1]) if number else 0, int(ends[number]))


def _ends(groups: Sequence[Sequence[object]]) -> NDArray[np.int32]:
    return np.cumsum([len(group) for group in groups], dtype=np.int32)


def _text(lines: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(lines).encode(), np.uint8)


def _lines(array: NDArray[np.generic]) -> list[str]:
    return array.tobytes().decode().split("\n") if array.size else []


def _counts(name: str, counts: Mapping[str, int]) -> dict[str, NDArray[np.generic]]:
    return {name: _text(list(counts)), f"{name} counts": np.asarray(list(counts.values()), np.int32)}


def _counted(arrays: Mapping[str, NDArray[np.generic]], name: str) -> dict[str, int]:
    return dict(zip(_lines(arrays[name]), arrays[f"{name} counts"].tolist(), strict=True))
