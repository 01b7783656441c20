"""The extractor as the service, the command line and worker processes use it."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from ingest.extractor import NewsExtractor
from ingest.kb import KnowledgeBase, load_knowledge_base
from ingest.tagger.tagger import Tagger
from ingest.tagger.weights import Model, load_model


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


def load_extractor(own_entities: Path | None = None) -> NewsExtractor:
    """The extractor over our own knowledge base.

    Args:
        own_entities: a YAML file that is laid over it, see `ingest.kb.own_entities`.

    Raises:
        KnowledgeBaseError: with every problem of the file.
    """
    return extractor_over(load_with_own(own_entities))


def extractor_over(kb: KnowledgeBase) -> NewsExtractor:
    """The extractor over a knowledge base, with our own tagger."""
    return NewsExtractor(kb, Tagger(packaged_model(), kb.name_lists()))
