"""The whole training, on a handful of made-up sentences."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from small_tagger import name_lists, tagger_of

from ingest.tagger.labels import Span
from ingest.tagger.weights import save_model
from ingest.tokens import tokenize
from ingest.training.progress import silent
from ingest.training.run import Plan, read_vectors, train

VECTORS = "iran 0.5 -0.1 0.3\nvienna -0.4 0.2 0.1\nmet 0.1 0.1 -0.5\nin 0.0 0.3 0.2\nand 9 9 9\n"
NAMES = {"PERSON": ["Ann Lee", "Bo Chan", "Cy Diaz"], "STATE": ["Iran", "Oman", "Peru"], "PLACE": ["Vienna", "Lagos"]}


def annotated(folder: Path) -> Path:
    """Sentences of which the label of a name can be told by its words; those of `dev` are wrong."""
    rows = []
    for number in range(12):
        person, state, place = (names[number % len(names)] for names in NAMES.values())
        text = f"{person} met {state} in {place}."
        marks = [(person, "PERSON"), (state, "STATE"), (place, "PLACE")]
        entities = [
            {"start": text.index(name), "end": text.index(name) + len(name), "label": label} for name, label in marks
        ]
        rows.append({"id": number, "text": text, "split": "train", "entities": entities})
        wrong = [{**entity, "label": "WEAPON"} for entity in entities]
        rows.append({"id": f"dev {number}", "text": text, "split": "dev", "entities": wrong})
    path = folder / "annotated.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def vectors(folder: Path) -> Path:
    """A few vectors as text."""
    path = folder / "vectors.txt"
    path.write_text(VECTORS, encoding="utf-8")
    return path


def test_vectors_are_read_as_they_are_published(tmp_path: Path) -> None:
    """The first so many lines, row 0 for words without one, scaled to a spread of 1."""
    model = read_vectors(vectors(tmp_path), words=4)
    assert model.vocabulary == {"iran": 1, "vienna": 2, "met": 3, "in": 4}
    table = model.weights["vectors"]
    assert table.shape == (5, 3)
    assert not table[0].any()
    assert table[1:].std() == pytest.approx(1)
    assert table[1] / table[1][0] == pytest.approx(np.asarray([1, -0.2, 0.6]))


def test_what_was_learnt_is_found_again(tmp_path: Path) -> None:
    """From the rows of the split `train` alone; equal plans give equal bytes, other seeds others."""
    given = read_vectors(vectors(tmp_path), words=100)
    made = []
    for seed in (1, 1, 2):
        plan = Plan((annotated(tmp_path),), epochs=60, width=16, layers=1, seed=seed)
        made.append(train(plan, given, name_lists({}), silent))
    files = []
    for model in made:
        file = BytesIO()
        save_model(model, file)
        files.append(file.getvalue())
    assert files[0] == files[1] != files[2]
    (found,) = tagger_of(made[0], name_lists({})).tag([tokenize("Ann Lee met Oman in Lagos.")])
    assert found == [Span(0, 2, "person"), Span(3, 4, "state"), Span(5, 6, "place")]
