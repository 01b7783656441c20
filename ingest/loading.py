"""The extractor as the service, the command line and worker processes use it."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Final

from ingest.extractor import NewsExtractor
from ingest.kb import KnowledgeBase, load_knowledge_base
from ingest.tagger.choice import OUR_OWN, TaggerChoice
from ingest.tagger.large_network import LargeNetwork
from ingest.tagger.plugins import plugged_in
from ingest.tagger.small_network import SmallNetwork
from ingest.tagger.tagger import Tagger
from ingest.tagger.tagging import NoTagger, Tagging
from ingest.tagger.weights import Model, load_model

WEIGHTS: Final = ".npz"
"""What the names of files with weights end with."""


def packaged_model() -> Model:
    """The tagger's weights of this package, see `ingest/tagger/MODEL_CARD.md`."""
    with (files("ingest.tagger") / "model.npz").open("rb") as file:
        return load_model(file)


def load_with_own(own_entities: Path | None) -> KnowledgeBase:
    """Our own knowledge base with a YAML file laid over it, if there is one.

    Raises:
        KnowledgeBaseError: with every problem of the file.
    """
    return load_knowledge_base(*filter(None, (own_entities,)))


def load_tagging(kb: KnowledgeBase, choice: TaggerChoice = OUR_OWN) -> Tagging:
    """A tagger by name.

    Args:
        kb: our own knows the names of it.
        choice: which one.

    Raises:
        NoTagger: it cannot be had.
    """
    if choice.plug_in is None or choice.plug_in.endswith(WEIGHTS):
        small = SmallNetwork(_model(choice.plug_in), kb.name_lists())
        return Tagger(small, _large_network(choice.accurate_file)) if choice.accurate else Tagger(small)
    if choice.accurate:
        raise NoTagger(f"the accurate tier belongs to our own tagger: leave it out, or {choice.plug_in}")
    return plugged_in(choice.plug_in)


def load_extractor(own_entities: Path | None = None, choice: TaggerChoice = OUR_OWN) -> NewsExtractor:
    """The extractor over our own knowledge base.

    Args:
        own_entities: a YAML file that is laid over it, see `ingest.kb.own_entities`.
        choice: the tagger that it uses.

    Raises:
        KnowledgeBaseError: with every problem of the file.
        NoTagger: the tagger cannot be had.
    """
    return extractor_over(load_with_own(own_entities), choice)


def extractor_over(kb: KnowledgeBase, choice: TaggerChoice = OUR_OWN) -> NewsExtractor:
    """The extractor over a knowledge base.

    Raises:
        NoTagger: the tagger cannot be had.
    """
    return NewsExtractor(kb, load_tagging(kb, choice))


def _model(name: str | None) -> Model:
    """The weights in a file that `eig train` wrote, or those of this package."""
    if name is None:
        return packaged_model()
    try:
        with Path(name).open("rb") as file:
            return load_model(file)
    except OSError as error:
        raise NoTagger(f"{name}: {error.strerror or error}") from error
    except ValueError as error:
        raise NoTagger(f"{name}: {error}") from error


def _large_network(file: Path | None) -> LargeNetwork:
    return LargeNetwork(file or files("ingest.tagger") / "accurate.onnx.gz")
