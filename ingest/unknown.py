"""Entities for names that nothing knows, with ids that are the same again where the same is meant.

A full name in the same surroundings gets the same id in every article; a name of one word only inside its article,
since "Smith" of one story is seldom "Smith" of the next.
"""

from __future__ import annotations

import re
from hashlib import blake2b

from graph.model import Entity, EntityType
from ingest.kb import Alias, KbEntity
from ingest.kb.schema import NEW_RANK
from ingest.matches import Document
from ingest.tokens import token_keys

_ID_BYTES = 8
_ID = re.compile(f"x-[0-9a-f]{{{2 * _ID_BYTES}}}")


def unknown_entity(name: str, entity_type: EntityType, document: Document, *, surroundings: str) -> KbEntity:
    """The entity of a name that nothing knows.

    Args:
        name: as the article writes it.
        entity_type: what it names.
        document: the article.
        surroundings: what must agree so that another article's name is the same, such as the state it is about.
    """
    keys = [key for key in token_keys(name) if key[0].isalnum()]
    scope = surroundings if len(keys) > 1 else document.article.id
    digest = blake2b("\0".join((entity_type, scope, *keys)).encode(), digest_size=_ID_BYTES).hexdigest()
    own_id = f"x-{digest}"
    entity = Entity(id=own_id, name=" ".join(name.split()), type=entity_type)
    return KbEntity(key=own_id, entity=entity, aliases=(Alias(entity.name),), rank=NEW_RANK)


def is_unknown(entity: Entity) -> bool:
    """Whether an entity is one of a name that nothing knows."""
    return _ID.fullmatch(entity.id) is not None
