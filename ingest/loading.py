"""The extractor as the service, the command line and worker processes use it."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from ingest.extractor import NewsExtractor
from ingest.kb import KnowledgeBase, load_knowledge_base
from ingest.tagger.weights import Model, load_model


def packaged_model() -> Model:
    """The tagger's weights of this package.

    Raises:
        OSError: there are none; the message says what to do.
    """
    file = files("ingest.tagger") / "model.npz"
    if not file.is_file():
        raise OSError(
            "this package holds no weights of a tagger to take vectors of words from: name some with --vectors"
        )
    with file.open("rb") as opened:
        return load_model(opened)


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
    return NewsExtractor(load_with_own(own_entities))
