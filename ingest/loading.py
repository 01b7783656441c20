"""The extractor as the service, the command line and worker processes use it."""

from __future__ import annotations

from pathlib import Path

from ingest.extractor import NewsExtractor
from ingest.kb import load_knowledge_base


def load_extractor(own_entities: Path | None = None) -> NewsExtractor:
    """The extractor over our own knowledge base.

    Args:
        own_entities: a YAML file that is laid over it, see `ingest.kb.own_entities`.

    Raises:
        KnowledgeBaseError: with every problem of the file.
    """
    return NewsExtractor(load_knowledge_base(*filter(None, (own_entities,))))
