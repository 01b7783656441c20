"""Entities, what is mentioned with them, and when."""

from __future__ import annotations

from pydantic import Field

from app.schemas.articles import Article, TextSentence
from app.schemas.common import Answer, Page, Reason
from graph.model import EntityType, EvidenceKind, Granularity, RelationType


class EntityShort(Answer):
    """An entity where it is one of many."""

    id: str = Field(description="The Wikidata id where there is one, else an id of our own that begins with `x-`.")
    name: str
    type: EntityType
    wikidata_id: str | None


class Entity(EntityShort):
    """A person, state, place, organisation or another thing that articles name."""

    wikipedia: str | None = Field(description="Title of its article in the English Wikipedia.")
    description: str
    country: str | None = Field(description="Country it belongs to, as ISO 3166-1 alpha-2 where it has a code.")
    aliases: list[str]
    articles: int = Field(description="How many stored articles mention it.")


class Office(Answer):
    """An office that a person holds or held."""

    office: str
    of: EntityShort = Field(description="The state or body that the office belongs to.")
    since: str | None
    until: str | None


class Relation(Answer):
    """What the knowledge base knows about two entities of the graph."""

    type: RelationType
    entity: EntityShort = Field(description="The other entity.")
    since: str | None
    until: str | None
    source: str = Field(description="Where the knowledge base has it from.")
    outgoing: bool = Field(description="False where the other entity is the subject: it leads, is part of, …")


class EntityDetail(Entity):
    """An entity with its offices and relations."""

    offices: list[Office]
    relations: list[Relation]


class CoMention(Answer):
    """An entity that is named in the same articles, and how strongly the two go together."""

    entity: EntityShort
    articles: int = Field(description="Articles that name both.")
    sentences: int = Field(description="Sentences that name both.")
    first_seen: str | None = Field(description="Date of the first dated article that names both.")
    last_seen: str | None = Field(description="Date of the last one.")
    npmi: float = Field(description="Normalised pointwise mutual information, -1 to 1.")
    llr: float = Field(description="Dunning's log-likelihood ratio, from 0.")
    jaccard: float = Field(description="Shared articles by articles that name either, 0 to 1.")


class TimelinePoint(Answer):
    """Articles in one day, week or month."""

    start: str = Field(description="The day, the week's Monday or the month's first day.")
    articles: int


class Timeline(Answer):
    """How many articles name an entity, in time."""

    by: Granularity
    points: list[TimelinePoint] = Field(description="In order of time; empty spans are left out.")
    reason: Reason | None = Field(description="Why there is no point; null where there is one.")


class EntityArticle(Article):
    """An article that mentions the entity."""

    evidence: EvidenceKind = Field(description="Whether its text names the entity, or only its tags and themes.")


class Evidence(Answer):
    """A sentence that names both of a pair, with its article."""

    article: Article
    sentence: TextSentence


class EvidencedArticle(Answer):
    """An article that names all entities asked for, with the sentences that do."""

    article: Article
    sentences: list[TextSentence]


class SharedArticles(Answer):
    """The articles of an intersection."""

    total: int
    results: list[EvidencedArticle]


class SharedCoMentions(Answer):
    """The entities named together with all of an intersection."""

    total: int
    results: list[CoMention]


class Intersection(Answer):
    """What two to eight entities share. `limit` and `offset` hold for both lists."""

    entities: list[Entity]
    articles: SharedArticles
    co_mentioned: SharedCoMentions
    timeline: list[TimelinePoint] | None = Field(
        description="How many articles name all of them, in time, where `by` asks for it; empty spans are left out."
    )
    reason: Reason | None = Field(description="Why there is no article; null where there is one.")
    limit: int
    offset: int
    next: str | None = Field(description="Address of the next page; null where both lists are at their end.")


class EntityPage(Page[Entity]):
    """Entities that match."""


class CoMentionPage(Page[CoMention]):
    """What is named with an entity, strongest first."""


class EntityArticlePage(Page[EntityArticle]):
    """Articles that mention an entity, newest first."""


class EvidencePage(Page[Evidence]):
    """Sentences that name both of a pair, newest first."""
