"""The extractor as the service, the command line and worker processes use it."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from ingest.extractor import NewsExtractor
from ingest.kb import load_knowledge_base
from ingest.tagger.weights import Model, load_model


def packaged_model() -> Model:
    """The tagger's weights of this package.

    Raises:
        OSError: there are none.
    """
    with (files("ingest.tagger") / "model.npz").open("rb") as file:
        return load_model(file)


def load_extractor(own_entities: Path | None = None) -> NewsExtractor:
    """The extractor over our own knowledge base.

    Args:
        own_entities: a YAML file that is laid over it, see `ingest.kb.own_entities`.

    Raises:
        KnowledgeBaseError: with every problem of the file.
    """
    return NewsExtractor(load_knowledge_base(*filter(None, (own_entities,))))
