"""The knowledge base: who and what the news names, under which forms, and how they are related."""

from ingest.kb.knowledge_base import KnowledgeBase
from ingest.kb.load import load_folders, load_knowledge_base
from ingest.kb.schema import Alias, KbEntity
from ingest.kb.tables import KnowledgeBaseError

__all__ = ["Alias", "KbEntity", "KnowledgeBase", "KnowledgeBaseError", "load_folders", "load_knowledge_base"]
