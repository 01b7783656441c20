"""Articles in and out, with their sentences."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from app.schemas.common import Answer, Page
from graph.model import DatePrecision, EntityType, EvidenceKind, MentionKind, Outcome


class Article(Answer):
    """An article without its text."""

    id: str = Field(description="Our id of the article: opaque, and safe in a path.")
    url: str | None
    title: str
    publisher: str | None
    language: str
    published_at: str | None = Field(description="ISO 8601, in the precision it was given.")
    date_precision: DatePrecision
    tags: list[str]
    themes: list[str]


class TextMention(Answer):
    """A place in a sentence that names an entity; `start` and `end` are code points in the sentence's text."""

    entity: str = Field(description="Id of the entity.")
    start: int
    end: int
    surface: str
    kind: MentionKind
    stands_for: str | None = Field(description="Of a metonym: the id of what it stands for.")


class TextSentence(Answer):
    """A sentence with the entities named in it."""

    number: int = Field(description="0 is the title, then come the takeaways, then the sentences of the text.")
    text: str
    mentions: list[TextMention]
    same_sentence: bool = Field(description="False where it names only some of those asked for.")


class StoredSentence(TextSentence):
    """A sentence of an article as it is stored."""

    start: int | None = Field(
        description="Where it begins in `text`, in code points; null for title and takeaways, or without a text."
    )


class ArticleEntity(Answer):
    """An entity of an article."""

    id: str
    name: str
    type: EntityType
    wikidata_id: str | None
    evidence: EvidenceKind = Field(description="Whether the text names it, or only tags and themes.")
    cited: bool = Field(description="True where the article only cites it as its source; it makes no tie then.")


class StoredArticle(Article):
    """An article as it is stored, with what was found in it."""

    text: str | None = Field(description="Null where only sentences are kept (EIG_KEEP_TEXT).")
    takeaways: list[str]
    sentences: list[StoredSentence] = Field(description="The sentences that name an entity.")
    entities: list[ArticleEntity]
    ingested_at: str
    extracted_by: str = Field(description="Versions of the extractor and the knowledge base.")


class StoreResult(Answer):
    """What became of one article that was sent."""

    id: str | None = Field(description="Our id of the article; null where it could not be read as one.")
    outcome: Outcome
    reason: str | None = Field(description="Why it failed.")
    given_id: str | None = Field(description="The id that the article came with.")
    mentions: int = Field(description="Mentions that were written.")
    entities: list[str] = Field(description="Ids of the entities that were written.")


class StoreResults(Answer):
    """What became of the articles that were sent, in their order."""

    results: list[StoreResult]


class ArticlePage(Page[Article]):
    """Articles that match, newest first."""


class ArticleInput(BaseModel):
    """An article as it is sent. A title or a text is needed; fields that are not named here are kept as they are."""

    model_config = ConfigDict(extra="allow")

    id: str | int | None = Field(None, description="The publisher's own id of the article.")
    url: str | None = Field(None, description="Its address; the same address again replaces the article.")
    title: str | None = None
    text: str | None = Field(None, description="The article itself; also `body` or `content`.")
    publisher: str | None = Field(None, description="Who published it; also `source`.")
    language: str | None = Field(None, description="ISO 639-1; detected where it is not given.")
    published_at: str | None = Field(None, description="ISO 8601, also a year or a month; also `date`, `published`.")
    tags: list[str] | None = None
    themes: list[str] | None = None
    takeaways: list[str] | None = None


_ONE = ArticleInput.model_json_schema()

# Read as plain JSON: an article that is wrong is reported by itself and does not lose the rest of the list.
ArticlesInput = Annotated[
    Any,
    WithJsonSchema({"title": "Articles", "anyOf": [_ONE, {"type": "array", "minItems": 1, "items": _ONE}]}),
]
