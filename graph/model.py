"""The domain: articles, mentions, entities, and the answers about them.

Standard library only, so that every layer can speak these types without drawing in a database or a web framework.
Everything is immutable. Offsets are code points, end exclusive. Dates are ISO 8601 text in the precision they were
given ("2024", "2024-05", "2024-05-17", "2024-05-17T10:00:00Z"); windows and order read a month or a year as its first
day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar, get_args

EntityType = Literal[
    "person", "state", "place", "organization", "armed_group", "party", "agreement", "weapon", "event", "community"
]
MentionKind = Literal["name", "acronym", "demonym", "metonym"]
DatePrecision = Literal["day", "month", "year", "none"]
EvidenceKind = Literal["text", "tags"]
RelationType = Literal[
    "LEADS",
    "HOLDS_OFFICE",
    "MEMBER_OF",
    "PART_OF",
    "BACKED_BY",
    "ALLIED_WITH",
    "OPPOSES",
    "HEADQUARTERED_IN",
    "SIGNATORY_OF",
]
Measure = Literal["articles", "npmi", "llr", "jaccard"]
Granularity = Literal["day", "week", "month"]
Naming = Literal["all", "any"]
Outcome = Literal["new", "changed", "same", "failed"]
ArticleState = Literal["ok", "pending", "no_entities", "below_threshold", "unsupported_language"]

ENTITY_TYPES: tuple[EntityType, ...] = get_args(EntityType)
MENTION_KINDS: tuple[MentionKind, ...] = get_args(MentionKind)
RELATION_TYPES: tuple[RelationType, ...] = get_args(RelationType)
MEASURES: tuple[Measure, ...] = get_args(Measure)

T = TypeVar("T")


class InconsistentExtraction(ValueError):
    """An extraction that contradicts itself; the message says where. Nothing of it is written."""


@dataclass(frozen=True, slots=True)
class Article:
    """One news article as it is kept.

    `id` is opaque and safe in a path; `given_id` is what the publisher called it. `content_hash` covers everything that
    extraction and the graph derive from, so an equal hash means that nothing has to be done. `extra` holds the fields
    of the input that we have no name for.
    """

    id: str
    title: str = ""
    text: str = ""
    url: str | None = None
    given_id: str | None = None
    publisher: str | None = None
    language: str = "en"
    published_at: str | None = None
    date_precision: DatePrecision = "none"
    tags: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    takeaways: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    content_hash: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an article names an entity.

    `sentence` numbers the article's sentences: 0 is the title (also where it is empty), then the takeaways, then the
    sentences of the text. `start` and `end` are offsets into that sentence. `stands_for` is set on metonyms alone.
    """

    entity: str
    sentence: int
    start: int
    end: int
    surface: str
    kind: MentionKind = "name"
    score: float = 1.0
    stands_for: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A canonical entity. `id` is the Wikidata id where there is one, else a stable own id (`x-…`).

    `articles` is the number of stored articles that mention it (0 where an entity is not read from a graph).
    `former_ids` are ids this entity had before; they lead to it.
    """

    id: str
    name: str
    type: EntityType
    wikidata_id: str | None = None
    wikipedia: str | None = None
    description: str = ""
    country: str | None = None
    aliases: tuple[str, ...] = ()
    articles: int = 0
    former_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """A fact of the knowledge base between two entities (ids), with the office for LEADS and HOLDS_OFFICE."""

    source: str
    type: RelationType
    target: str
    office: str | None = None
    since: str | None = None
    until: str | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """One article with everything found in it: the unit of write, stored whole or not at all.

    sentence_bounds: (start, end) offsets into `article.text` of its sentences, ascending, not overlapping.
    mentions: where the title, the takeaways or the text name an entity.
    tagged: ids of entities that tags or themes name (evidence of another kind; may also be among the mentions).
    sources: ids of entities that the article only cites as its source; their mentions make no tie.
    entities: every entity the above refer to, once. relations: knowledge base facts that touch them.
    extracted_by: names the versions of the extractor and the knowledge base.

    Raises InconsistentExtraction when parts contradict each other.
    """

    article: Article
    sentence_bounds: tuple[tuple[int, int], ...] = ()
    mentions: tuple[Mention, ...] = ()
    tagged: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()
    extracted_by: str = ""

    def __post_init__(self) -> None:
        known = {entity.id for entity in self.entities}
        if len(known) != len(self.entities):
            raise InconsistentExtraction(f"article {self.article.id}: an entity is listed twice")
        self._check_bounds()
        for mention in self.mentions:
            self._check_mention(mention, known)
        stray = {*self.tagged, *self.sources} - known
        if stray:
            raise InconsistentExtraction(f"article {self.article.id}: tags or sources name unlisted {sorted(stray)}")

    def _check_bounds(self) -> None:
        last = 0
        for start, end in self.sentence_bounds:
            if not last <= start < end <= len(self.article.text):
                raise InconsistentExtraction(f"article {self.article.id}: bounds ({start}, {end}) are out of order")
            last = end

    def _check_mention(self, mention: Mention, known: set[str]) -> None:
        where = f"article {self.article.id}: mention {mention.surface!r}"
        if mention.entity not in known:
            raise InconsistentExtraction(f"{where} names unlisted entity {mention.entity}")
        if not 0 <= mention.sentence < self.sentence_count:
            raise InconsistentExtraction(f"{where} stands in sentence {mention.sentence} of {self.sentence_count}")
        if self.sentence(mention.sentence)[mention.start : mention.end] != mention.surface or not mention.surface:
            raise InconsistentExtraction(f"{where} does not stand at {mention.start}–{mention.end} of its sentence")
        if (mention.stands_for is not None) != (mention.kind == "metonym"):
            raise InconsistentExtraction(f"{where}: a metonym, and only a metonym, stands for another entity")

    @property
    def sentence_count(self) -> int:
        """How many sentences the article has: title, takeaways and the sentences of the text."""
        return 1 + len(self.article.takeaways) + len(self.sentence_bounds)

    def sentence(self, number: int) -> str:
        """The text of one sentence by its number."""
        return sentence_text(self.article, self.sentence_bounds, number)


def sentence_text(article: Article, bounds: Sequence[tuple[int, int]], number: int) -> str:
    """The sentence `number` of an article: 0 is the title, then the takeaways, then the sentences of the text."""
    if number == 0:
        return article.title
    if number <= len(article.takeaways):
        return article.takeaways[number - 1]
    start, end = bounds[number - 1 - len(article.takeaways)]
    return article.text[start:end]


def sentence_start(article: Article, bounds: Sequence[tuple[int, int]], number: int) -> int | None:
    """Where the sentence `number` begins in the article's text; None for the title and the takeaways."""
    before = 1 + len(article.takeaways)
    return bounds[number - before][0] if number >= before else None


# --- what is asked -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a counting question. `since` and `until` are inclusive days (ISO, UTC); None leaves that side open.

    A window on either side leaves undated articles out. `types` keeps only co-mentioned entities of these types.
    """

    since: str | None = None
    until: str | None = None
    types: tuple[EntityType, ...] = ()
    min_articles: int = 1


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which part of a list is wanted."""

    limit: int = 20
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Expansion:
    """What is added to a neighbourhood: for each of `entities`, in turn, its `by` strongest neighbours not yet there.

    An entity may come several times and brings further neighbours each time. `most` is how many entities the whole may
    have.
    """

    entities: tuple[str, ...] = ()
    by: int = 12
    most: int = 5000


# --- what is answered ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A part of a list and the length of the whole list."""

    total: int
    results: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class Association:
    """How strongly two entities go together, by four measures (see graph.counting.measures)."""

    articles: int
    npmi: float
    llr: float
    jaccard: float


@dataclass(frozen=True, slots=True)
class Tie:
    """A co-mention as counted: the other entity's id, shared articles and sentences, first and last dated article."""

    entity: str
    articles: int
    sentences: int
    first_seen: str | None
    last_seen: str | None
    npmi: float
    llr: float
    jaccard: float


@dataclass(frozen=True, slots=True)
class CoMention:
    """A tie with the entity it leads to."""

    entity: Entity
    tie: Tie


@dataclass(frozen=True, slots=True)
class TimelinePoint:
    """Articles in one day, week (its Monday) or month (its first day)."""

    start: str
    articles: int


@dataclass(frozen=True, slots=True)
class EvidenceMention:
    """A mention inside a sentence that is shown as evidence; offsets into that sentence."""

    entity: str
    start: int
    end: int
    surface: str
    kind: MentionKind
    stands_for: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the mentions in it. `same_sentence` is False where it names only some of those asked for.

    `start` is its offset into the article's text; None for the title and the takeaways.
    """

    number: int
    text: str
    mentions: tuple[EvidenceMention, ...]
    same_sentence: bool = True
    start: int | None = None


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article read back, with the sentences that name entities and what was found in it.

    `text` of the article is empty where only sentences were kept (`text_kept` is then False). `evidence` gives for each
    entity whether the text or only the tags name it; `cited` are the entities that are only its source.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]
    evidence: Mapping[str, EvidenceKind]
    cited: frozenset[str] = frozenset()
    text_kept: bool = True
    extracted_by: str = ""
    ingested_at: str = ""


@dataclass(frozen=True, slots=True)
class ArticleEvidence:
    """An article (without text) and the sentences in it that prove something."""

    article: Article
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """An office a person holds or held, and of what."""

    office: str
    of: Entity
    since: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class RelatedEntity:
    """A knowledge base relation seen from one entity. `outgoing` is False where the other entity is its source."""

    type: RelationType
    entity: Entity
    since: str | None
    until: str | None
    source: str
    outgoing: bool = True


@dataclass(frozen=True, slots=True)
class EntityDetail:
    """An entity with its offices and its other relations to entities of the graph."""

    entity: Entity
    offices: tuple[Office, ...] = ()
    relations: tuple[RelatedEntity, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie between two entities in an answer that is a graph; `source` < `target` as text.

    `alpha` says how ordinary the tie is among those of its ends (see graph.backbone), 1 until it is worked out. In the
    graph of one article `in_article` counts the sentences that name both and `sentences` proves the tie.
    """

    source: str
    target: str
    articles: int
    sentences: int
    npmi: float
    llr: float
    jaccard: float
    first_seen: str | None = None
    last_seen: str | None = None
    alpha: float = 1.0
    in_article: int | None = None
    proof: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Subgraph:
    """Entities and the ties among them. `total` is how many entities there were before the cap, `shown` what stays.

    `ties_total` is how many ties there are among the entities shown, of which `ties_cut` were left out as ordinary.
    """

    nodes: tuple[Entity, ...]
    edges: tuple[Edge, ...]
    total: int
    truncated: bool = False
    ties_cut: int = 0
    node_data: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def shown(self) -> int:
        """How many entities the answer holds."""
        return len(self.nodes)

    @property
    def ties_total(self) -> int:
        """How many ties there are among these entities, those that were cut too."""
        return len(self.edges) + self.ties_cut


@dataclass(frozen=True, slots=True)
class RelatedArticle:
    """An article that shares entities with another; `score` weighs rare entities more (sum of idf)."""

    article: Article
    shared: tuple[Entity, ...]
    score: float


@dataclass(frozen=True, slots=True)
class ArticleGraph:
    """The box under an article."""

    article: Article
    state: ArticleState
    explanation: str
    graph: Subgraph
    related: tuple[RelatedArticle, ...]


@dataclass(frozen=True, slots=True)
class Intersection:
    """What two to eight entities share. `reason` is None or the code that explains an empty answer."""

    entities: tuple[Entity, ...]
    articles: Page[ArticleEvidence]
    co_mentioned: Page[CoMention]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a path with what proves it: a sentence that names both ends, else the nearest for each of them."""

    source: str
    target: str
    articles: int
    sentences: tuple[Sentence, ...]
    article: Article


@dataclass(frozen=True, slots=True)
class Path:
    """A chain of ties between two entities."""

    entities: tuple[Entity, ...]
    hops: tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """Local analysis of a neighbourhood (see graph.analysis)."""

    graph: Subgraph
    communities: tuple[tuple[Entity, ...], ...]
    centrality: tuple[tuple[Entity, Mapping[str, float]], ...]
    bridges: tuple[tuple[Entity, Entity], ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: field names and rows of plain values. `truncated` says that rows were left out."""

    fields: tuple[str, ...]
    values: tuple[tuple[Any, ...], ...]
    truncated: bool = False

    def dicts(self) -> list[dict[str, Any]]:
        """The rows as dictionaries by field name."""
        return [dict(zip(self.fields, row, strict=True)) for row in self.values]


@dataclass(frozen=True, slots=True)
class NamesOfKind:
    """A label or a type of relationship with the names of the properties that such things have."""

    name: str
    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CypherNames:
    """The names that a statement can use; `properties` are those of all kinds."""

    labels: tuple[NamesOfKind, ...]
    relationship_types: tuple[NamesOfKind, ...]
    properties: tuple[str, ...]
    functions: tuple[str, ...]
    procedures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stats:
    """Size and kind of a graph. `graph_version` grows by one with every write."""

    articles: int
    entities: int
    mentions: int
    ties: int
    graph_version: int
    database: str
    details: Mapping[str, Any] = field(default_factory=dict)
