"""Which tagger the extractor gets."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from small_kb import small_kb

from graph.model import Article
from ingest.loading import extractor_over, load_extractor, load_tagging
from ingest.tagger.choice import OUR_OWN, TaggerChoice
from ingest.tagger.tagger import Tagger
from ingest.tagger.tagging import NoTagger
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
    }
    for reason, choice in choices.items():
        for load in (partial(load_tagging, small_kb()), partial(load_extractor, None)):
            with pytest.raises(NoTagger, match=reason):
                load(choice)
        with pytest.raises(NoTagger, match=reason), extracting(None, choice, workers=2):
            pass


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
