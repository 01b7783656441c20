"""Text for training, read from annotated and from plain articles."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from ingest.tagger.labels import ANNOTATED, LABELS, spans_of
from ingest.training.corpus import Sentence, Tagged, read_annotated, read_texts, sentences_of, tagged
from ingest.training.progress import silent

TEXT = "John Kerry left Vienna. The Iran-backed Houthis did not."


def marks(text: str, *names: tuple[str, str]) -> list[dict[str, Any]]:
    """Annotations of the first place of each name in a text."""
    return [
        {"start": text.index(name), "end": text.index(name) + len(name), "label": label, "wiki": None}
        for name, label in names
    ]


def names_of(document: Tagged) -> list[list[tuple[str, str]]]:
    """The names that the tags of a document mark, as words with blanks between, and their labels."""
    return [
        [(" ".join(token.text for token in sentence[first:stop]), label) for first, stop, label in spans_of(tags)]
        for sentence, tags in zip(document.sentences, document.tags, strict=True)
    ]


def texts_of(documents: Iterable[tuple[Sentence, ...]]) -> list[str]:
    """The words of each document."""
    return [" ".join(token.text for sentence in document for token in sentence) for document in documents]


def written(path: Path, *rows: dict[str, Any]) -> Path:
    """A file of JSON lines, gzipped if its name says so."""
    lines = "".join(f"{json.dumps(row)}\n" for row in rows).encode()
    path.write_bytes(gzip.compress(lines) if path.suffix == ".gz" else lines)
    return path


def row(text: str, **others: Any) -> dict[str, Any]:
    """An annotated article without names."""
    return {"id": text, "text": text, "entities": [], **others}


def test_every_label_of_the_annotators_is_one_of_ours() -> None:
    """No label is left without a name in the annotations."""
    assert sorted(ANNOTATED.values()) == sorted(LABELS)


def test_annotated_names_become_tags() -> None:
    """Names in any sentence and in any order; offsets count from the text's beginning."""
    entities = marks(TEXT, ("Houthis", "GROUP"), ("John Kerry", "PERSON"), ("Iran", "STATE"), ("Vienna", "PLACE"))
    assert names_of(tagged(TEXT, entities)) == [
        [("John Kerry", "person"), ("Vienna", "place")],
        [("Iran", "state"), ("Houthis", "armed_group")],
    ]


@pytest.mark.parametrize(
    ("marked", "name"),
    [("Kerr", "Kerry"), ("ohn Kerr", "John Kerry"), ("n", "John"), ("Kerry ", "Kerry"), (" Vienna", "Vienna")],
)
def test_marks_that_end_inside_a_token_are_widened_to_it(marked: str, name: str) -> None:
    """Part of a word stands for the word, blanks for nothing."""
    assert names_of(tagged(TEXT, marks(TEXT, (marked, "PERSON")))) == [[(name, "person")], []]


def test_a_mark_on_nothing_but_blanks_is_no_name() -> None:
    """What touches no token is left out, and the sentence keeps its other names."""
    text = "John  Kerry"
    entities = [{"start": 4, "end": 6, "label": "ORG"}, {"start": 6, "end": 11, "label": "PERSON"}]
    assert names_of(tagged(text, entities)) == [[("Kerry", "person")]]


def test_of_marks_that_overlap_the_one_that_begins_first_stays() -> None:
    """Each token has one tag."""
    text = "the Bank of England Governor"
    entities = marks(text, ("England Governor", "PERSON"), ("Bank of England", "ORG"))
    assert names_of(tagged(text, entities)) == [[("Bank of England", "organization")]]


def test_a_mark_ends_with_its_sentence() -> None:
    """What an annotator marked across a full stop counts up to it."""
    text = "He left Vienna. The talks ended."
    assert names_of(tagged(text, marks(text, ("Vienna. The", "PLACE")))) == [[("Vienna .", "place")], []]


def test_sentences_count_from_their_own_beginning() -> None:
    """The offsets of a token are those in its sentence."""
    first, second = sentences_of(TEXT)
    assert (first[0].text, first[0].start) == ("John", 0)
    assert (second[0].text, second[0].start) == ("The", 0)
    assert tagged(TEXT, []).sentences == (first, second)


def test_articles_are_read_by_their_split(tmp_path: Path) -> None:
    """Those of another split are left out; an article that names none belongs to each."""
    one = written(tmp_path / "one.jsonl", row("One.", split="train"), row("Two.", split="dev"))
    more = written(tmp_path / "more.jsonl.gz", row("Three."), row("Four.", split="train"))

    def read(**which: str) -> list[str]:
        return texts_of(each.sentences for each in read_annotated([one, more], **which))

    assert read() == ["One .", "Three .", "Four ."]
    assert read(split="dev") == ["Two .", "Three ."]


def test_annotated_articles_keep_their_names(tmp_path: Path) -> None:
    """What is read from a file is tagged as its annotations say."""
    path = written(tmp_path / "one.jsonl", row(TEXT) | {"entities": marks(TEXT, ("Vienna", "PLACE"))})
    assert [names_of(each) for each in read_annotated([path])] == [[[("Vienna", "place")], []]]


def test_texts_come_from_plain_and_gzipped_files(tmp_path: Path) -> None:
    """Every document of every file is read once if there are fewer words than asked for."""
    paths = [
        written(tmp_path / "one.jsonl", {"text": "Alpha here. Beta there."}),
        written(tmp_path / "two.jsonl.gz", {"text": "Gamma"}, {"text": "Delta"}),
    ]
    documents = list(read_texts(paths, words=100, seed=1))
    assert sorted(texts_of(documents)) == ["Alpha here . Beta there .", "Delta", "Gamma"]
    assert sorted(map(len, documents)) == [1, 1, 2]


def test_texts_are_read_until_there_are_words_enough(tmp_path: Path) -> None:
    """The document that reaches the number is read to its end, none after it."""
    path = written(tmp_path / "ten.jsonl", *({"text": f"Text number {number}"} for number in range(10)))
    for words, documents in ((0, 0), (1, 1), (3, 1), (4, 2), (30, 10), (31, 10)):
        assert len(list(read_texts([path], words=words, seed=1))) == documents


def test_the_order_of_texts_is_that_of_the_seed(tmp_path: Path) -> None:
    """Equal seeds read equal documents; another seed reads others."""
    path = written(tmp_path / "many.jsonl", *({"text": f"Text {number}"} for number in range(40)))
    one, again, other = (texts_of(read_texts([path], words=40, seed=seed)) for seed in (1, 1, 2))
    assert one == again != other
    assert len(one) == 20


def test_texts_that_hold_measured_ones_are_left_out(tmp_path: Path) -> None:
    """A text is left out wherever the first 80 characters of a measured one stand in it, and only then."""
    measured = "".join(f"Sentence number {number} of what is measured. " for number in range(9))
    near = measured[:79]
    path = written(
        tmp_path / "texts.jsonl",
        {"text": f"Headline. {measured[:80]} and another end"},
        {"text": f"{near}, but then otherwise"},
        {"text": "Something else."},
    )
    kept = texts_of(read_texts([path], words=1000, seed=1, without=[measured, "Not there at all."]))
    assert len(kept) == 2
    assert not any("another end" in text for text in kept)


def test_work_that_nobody_watches_goes_on_all_the_same() -> None:
    """Every item is handed on in its order."""
    assert list(silent([3, 1, 2], "numbers")) == [3, 1, 2]


def test_short_texts_that_follow_each_other_may_be_joined(tmp_path: Path) -> None:
    """Six at a time, a line each; long ones stand alone, measured ones are gone before."""
    short = [{"text": f"Sentence {number}."} for number in range(8)]
    path = written(
        tmp_path / "texts.jsonl", *short[:3], {"text": "Long text. " * 60}, {"text": "Measured."}, *short[3:]
    )
    documents = list(read_texts([path], words=1000, seed=1, without=["Measured."], joined=True))
    assert sorted(map(len, documents)) == [2, 6, 60]
