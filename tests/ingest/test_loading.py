"""Which tagger the extractor gets."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from small_kb import small_kb
from small_tagger import small_model

from graph.model import Article
from ingest.loading import extractor_over, load_extractor, load_tagging
from ingest.tagger.choice import OUR_OWN, TaggerChoice
from ingest.tagger.tagger import Tagger
from ingest.tagger.tagging import NoTagger
from ingest.tagger.weights import load_model, save_model
from ingest.workers import extracting


def test_our_own_tagger_is_the_default() -> None:
    """Its version is part of the extractor's."""
    tagging = load_tagging(small_kb())
    assert isinstance(tagging, Tagger)
    assert tagging.version.startswith("cnn-")
    assert f"+{tagging.version}+" in extractor_over(small_kb()).version
    assert load_tagging(small_kb(), OUR_OWN).version == tagging.version


def test_a_tagger_that_cannot_be_had_is_an_error_that_says_why(tmp_path: Path) -> None:
    """It is told before a process begins, too."""
    choices = {
        "names no tagger": TaggerChoice("nosuch:model"),
        "belongs to our own tagger": TaggerChoice("spacy:en_core_web_sm", accurate=True),
        "file is not there": TaggerChoice(accurate=True, accurate_file=tmp_path / "nosuch"),
        "No such file": TaggerChoice(str(tmp_path / "nosuch.npz")),
    }
    for reason, choice in choices.items():
        for load in (partial(load_tagging, small_kb()), partial(load_extractor, None)):
            with pytest.raises(NoTagger, match=reason):
                load(choice)
        with pytest.raises(NoTagger, match=reason), extracting(None, choice, workers=2):
            pass


def test_weights_of_ones_own_take_the_place_of_ours(tmp_path: Path) -> None:
    """A file that was trained is named like a plug-in."""
    path = tmp_path / "own.npz"
    with path.open("w+b") as file:
        save_model(small_model(5), file)
        file.seek(0)
        digest = load_model(file).digest
    assert load_tagging(small_kb(), TaggerChoice(str(path))).version == f"cnn-{digest}"


@pytest.mark.parametrize("kept", [0, 10, 2000, -40])
def test_damaged_weights_are_an_error_that_names_the_file(tmp_path: Path, kept: int) -> None:
    """Cut anywhere; the end of the file too."""
    path = tmp_path / "own.npz"
    with path.open("wb") as file:
        save_model(small_model(5), file)
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(NoTagger, match=r"own\.npz: these are no weights"):
        load_tagging(small_kb(), TaggerChoice(str(path)))


def test_worker_processes_have_the_tagger_that_was_chosen(tmp_path: Path) -> None:
    """Here one that knows a name and nothing else."""
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed: only who plugs it in needs it")
    pipeline = spacy.blank("en")
    pipeline.add_pipe("entity_ruler").add_patterns([{"pattern": "Zzyzx Pact", "label": "LAW"}])
    pipeline.to_disk(tmp_path)
    article = Article(id="a", text="The Zzyzx Pact of Jane Roe was signed.")
    with extracting(None, TaggerChoice(f"spacy:{tmp_path}"), workers=2) as extractor:
        extraction = extractor.extract(article)
    assert [(each.surface, each.kind) for each in extraction.mentions] == [("Zzyzx Pact", "name")]
    assert extraction.extracted_by == extractor.version
    assert "+spacy-" in extractor.version
