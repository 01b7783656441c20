"""A compiled layer answers as what it was made of, also when it was written and read."""

from __future__ import annotations

from io import BytesIO
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.kb.layer import FORMAT, Layer, LayerBuilder, Sense, layer_of, read_layer, write_arrays
from ingest.tokens import token_keys

text = st.text(st.characters(codec="utf-8", exclude_characters="\t\n\r"), max_size=6)
filled = st.text(st.characters(codec="utf-8", exclude_characters="\t\n\r "), min_size=1, max_size=6)


class Row(NamedTuple):
    """What a test adds as one row."""

    key: str
    title: str
    cells: list[str]
    forms: list[tuple[list[str], int]]
    surnames: list[str]


row_lists = st.lists(
    st.builds(
        Row,
        filled,
        text,
        st.lists(text, min_size=1, max_size=4),
        st.lists(st.tuples(st.lists(filled, min_size=1, max_size=3), st.integers(0, 2**18 - 1)), max_size=3),
        st.lists(filled, max_size=2),
    ),
    max_size=5,
)


def build(rows: list[Row]) -> LayerBuilder:
    """A builder that was given the rows."""
    builder = LayerBuilder.empty()
    for row in rows:
        number = builder.add_row(row.key, f"x-{row.key}", row.title, row.cells)
        for alias, (keys, lists) in enumerate(row.forms):
            builder.add_form(keys, Sense(number, alias), lists)
            builder.add_person_name(keys)
        for word in row.surnames:
            builder.add_surname(word, number)
    return builder


def kept(builder: LayerBuilder, digest: str = "d") -> Layer:
    """The layer after it was written and read."""
    file = BytesIO()
    write_arrays(builder.arrays(digest), file)
    file.seek(0)
    layer = read_layer(file)
    assert layer is not None
    return layer


@given(row_lists)
def test_what_was_added_is_found(rows: list[Row]) -> None:
    """Each row by its number, each form with its senses and lists, each surname with its rows."""
    builder = build(rows)
    layer = kept(builder)
    assert len(layer) == len(rows)
    assert [layer.cells(number) for number in range(len(rows))] == [row.cells for row in rows]
    assert (layer.keys, layer.titles) == ([row.key for row in rows], [row.title for row in rows])
    assert layer.ids == [f"x-{row.key}" for row in rows]
    assert {form: list(layer.senses(form)) for form in layer.forms} == {
        form: list(senses) for form, senses in builder.senses.items()
    }
    assert {form: layer.lists[number] for form, number in layer.forms.items()} == builder.lists
    assert {word: layer.surnamed(word) for word in layer.surnames} == {
        word: list(found) for word, found in builder.surnames.items()
    }


def test_a_layer_that_was_read_is_the_one_that_was_made() -> None:
    """Writing and reading changes no answer."""
    row = Row("a", "A b", ["a", "", "c"], [(["bob", "trentino"], 1), (["trentino"], 2)], ["trentino"])
    builder = build([row, row._replace(key="b", title="", surnames=["trentino", "bob"])])
    made, read = layer_of(builder.arrays("d")), kept(builder)
    assert made is not None
    for name in ("digest", "forms", "lists", "longest", "given", "family", "ids", "keys", "titles", "surnames"):
        assert getattr(made, name) == getattr(read, name), name
    assert list(made.senses("trentino")) == list(read.senses("trentino")) == [Sense(0, 1), Sense(1, 1)]
    assert made.surnamed("trentino") == read.surnamed("trentino") == [0, 1]
    assert made.cells(1) == read.cells(1) == ["a", "", "c"]


def test_names_are_counted() -> None:
    """The longest form by its first word and its first two; first and last words of names of several words."""
    forms = [(["bob", "trentino"], 1), (["bob"], 1), (["bob", "van", "trentino"], 1), (["pinky"], 1)]
    layer = kept(build([Row("a", "", ["a"], forms, [])]))
    assert layer.longest == {"bob": 3, "bob trentino": 2, "bob van": 3, "pinky": 1}
    assert layer.given == {"bob": 2}
    assert layer.family == {"trentino": 2}


def test_the_lists_of_a_form_are_united() -> None:
    """Each row adds its bits; the same sense twice is one."""
    builder = LayerBuilder.empty()
    for bits in (1, 4, 4):
        builder.add_form(["zenda"], Sense(0, 0), bits)
    layer = kept(builder)
    assert layer.lists == [5]
    assert list(layer.senses("zenda")) == [Sense(0, 0)]


def test_what_is_not_there_is_not_found() -> None:
    """Neither a form nor a surname, in an empty layer too."""
    for layer in (kept(LayerBuilder.empty()), kept(build([Row("a", "", ["a"], [(["zenda"], 1)], ["zenda"])]))):
        assert list(layer.senses("nowhere")) == []
        assert layer.surnamed("nowhere") == []


def test_a_single_row_without_a_title_has_an_empty_one() -> None:
    """As many titles as rows."""
    assert kept(build([Row("a", "", ["a"], [], [])])).titles == [""]


def test_a_file_of_another_format_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an older or a newer version wrote is made anew."""
    file = BytesIO()
    write_arrays(LayerBuilder.empty().arrays("d"), file)
    monkeypatch.setattr("ingest.kb.layer.FORMAT", FORMAT + 1)
    file.seek(0)
    assert read_layer(file) is None


def test_the_digest_is_kept() -> None:
    """It says what the layer was made of."""
    assert kept(LayerBuilder.empty(), "3f2a").digest == "3f2a"


def test_a_form_is_taken_apart_as_texts_are() -> None:
    """Its keys have no case, dots or diacritics."""
    assert token_keys("U.S. Café-Bar") == ("us", "cafe", "-", "bar")
