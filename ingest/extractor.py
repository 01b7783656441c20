"""One article in, everything found in it out.

The steps are plain functions in a row; each takes what the one before it found. A tagger adds its matches beside the
gazetteer's, a ranking by context goes into `resolve`; neither changes the order here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Final, Protocol

from graph.model import Article, Extraction, Mention, Relation
from ingest.acronyms import apply_definitions
from ingest.citations import cited_only
from ingest.enclosing import outside_longer_names
from ingest.gazetteer import Gazetteer
from ingest.kb import KnowledgeBase
from ingest.kb.short_forms import PersonForms
from ingest.language import SUPPORTED_LANGUAGES
from ingest.lexicon import DIVISIONS, GENERIC_HEADS, GENERIC_TAILS, NAME_TITLES
from ingest.matches import Document, Named, read_document
from ingest.metonyms import mark_metonyms
from ingest.names import chain_names
from ingest.office_holders import Holdings, name_office_holders
from ingest.resolve import main_state, resolve
from ingest.sentences import sentence_bounds
from ingest.tagged_names import United, persons_left, unite
from ingest.tagger.labels import Span
from ingest.tagger.tagging import Tagging
from ingest.tokens import Token
from ingest.unknown import unknown_entity

CHARACTERS_AT_ONCE: Final = 6_000
"""Of texts that are tagged together: more is no quicker."""


class Extractor(Protocol):
    """Finds and resolves what an article names."""

    @property
    def version(self) -> str:
        """Names the extractor and its knowledge base; equal versions give equal extractions."""

    def extract(self, article: Article) -> Extraction:
        """Extract one article. Depends on nothing but the article; never fails because of what its text holds."""

    def extract_all(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        """Extract articles, in order; some extractors are quicker so than one by one."""
        return map(self.extract, articles)


class NewsExtractor:
    """Finds names by the knowledge base's forms and by a tagger, and resolves them by what the article says.

    It can be pickled, and be used by several threads.

    Args:
        kb: who and what is known.
        tagger: finds names that are not; without one only known names and their short forms are found.
    """

    def __init__(self, kb: KnowledgeBase, tagger: Tagging | None = None) -> None:
        self.version = f"names-4+{kb.version}" if tagger is None else f"names-4+{tagger.version}+{kb.version}"
        self._tagger = tagger
        self._kb = kb
        self._gazetteer = Gazetteer(kb)
        self._short_forms = PersonForms()
        self._holdings = Holdings(kb, self._short_forms)

    def extract(self, article: Article) -> Extraction:
        """Extract one article; one in a language we do not read gets its sentence bounds and nothing else."""
        return next(self.extract_all([article]))

    def extract_all(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        """Extract articles, in order. Texts are tagged some thousand words at a time."""
        for group in _groups(articles):
            documents = [None if each.language not in SUPPORTED_LANGUAGES else read_document(each) for each in group]
            spans = iter(self._tag([each for each in documents if each]))
            for article, document in zip(group, documents, strict=True):
                yield self._unread(article) if document is None else self._read(document, next(spans))

    def _unread(self, article: Article) -> Extraction:
        bounds = sentence_bounds(article.text)
        return Extraction(article=article, sentence_bounds=bounds, extracted_by=self.version)

    def _read(self, document: Document, spans: Sequence[Sequence[Span]]) -> Extraction:
        return self._extraction(document, self._find(document, spans))

    def _find(self, document: Document, spans: Sequence[Sequence[Span]]) -> list[Named]:
        matches = self._gazetteer.find(document.passages)
        about = main_state(matches) if self._tagger else ""
        coin = partial(unknown_entity, document=document, surroundings=about)
        united = United(matches) if self._tagger is None else unite(document, matches, spans, self._kb, coin)
        matches = apply_definitions(document, united.matches)
        matches = outside_longer_names(document, matches)
        matches = name_office_holders(document, matches, self._holdings, self._short_forms)
        matches = chain_names(document, matches, self._short_forms)
        matches += persons_left(document, matches, united.pending, self._holdings.famous, coin)
        return mark_metonyms(document, resolve(document, matches, instead=united.contested))

    def _tag(self, documents: Sequence[Document]) -> list[list[list[Span]]]:
        """The tagger's names in each passage of each document; labels are no text."""
        texts = [[each.tokens for each in document.passages if each.part != "label"] for document in documents]
        found = self._tagger.tag_all(texts) if self._tagger else [[[] for _ in text] for text in texts]
        return [
            [*spans, *([] for _ in document.passages[len(spans) :])]
            for document, spans in zip(documents, found, strict=True)
        ]

    def _extraction(self, document: Document, named: Sequence[Named]) -> Extraction:
        entities = {item.entity.entity.id: item.entity.entity for item in named}
        return Extraction(
            article=document.article,
            sentence_bounds=document.bounds,
            mentions=self._mentions(document, named),
            tagged=_tagged(document, named),
            sources=cited_only(document, named),
            entities=tuple(entities.values()),
            relations=tuple(self._relations(entities)),
            extracted_by=self.version,
        )

    def _relations(self, entities: Iterable[str]) -> Iterable[Relation]:
        """The facts that touch what is named, each once; of thousands it is quicker to compare which object each is."""
        found = {id(each): each for entity_id in entities for each in self._kb.relations_of(entity_id)}
        return found.values()

    def _mentions(self, document: Document, named: Iterable[Named]) -> tuple[Mention, ...]:
        found = [self._mention(document, item) for item in named if not _is_label(document, item)]
        return tuple(sorted(found, key=lambda mention: (mention.sentence, mention.start)))

    def _mention(self, document: Document, item: Named) -> Mention:
        passage = document.passages[item.match.passage]
        tokens = _name_alone(passage.tokens[item.match.first : item.match.stop], item)
        start, end = tokens[0].start, tokens[-1].end
        return Mention(
            entity=item.entity.entity.id,
            sentence=passage.number,
            start=start,
            end=end,
            surface=passage.text[start:end],
            kind=item.kind,
            score=item.score,
            stands_for=self._stands_for(item),
        )

    def _stands_for(self, item: Named) -> str | None:
        if item.kind != "metonym" or item.entity.stands_for is None:
            return None
        return self._kb.entities[item.entity.stands_for].entity.id


def _groups(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """The articles in lists of about CHARACTERS_AT_ONCE."""
    group: list[Article] = []
    characters = 0
    for article in articles:
        group.append(article)
        characters += len(article.text)
        if characters >= CHARACTERS_AT_ONCE:
            yield group
            group, characters = [], 0
    if group:
        yield group


def _name_alone(tokens: tuple[Token, ...], item: Named) -> tuple[Token, ...]:
    """The tokens without what is no part of the name: "the", a person's title, a word for what it is.

    "Pope Francis" names Francis, "Darfur region" Darfur, "Houthi rebels" the Houthis.
    """
    while len(tokens) > 1 and _is_outside(tokens[0], item):
        tokens = tokens[1:]
    own_words = item.entity.entity.name.lower().split()
    while len(tokens) > 1 and tokens[-1].text in GENERIC_TAILS:
        if tokens[-1].text in own_words and tokens[-1].text not in DIVISIONS:
            break
        tokens = tokens[:-1]
    return tokens


def _is_outside(token: Token, item: Named) -> bool:
    is_title = item.entity.entity.type == "person" and token.key in NAME_TITLES
    return token.key == "the" or token.text in GENERIC_HEADS or is_title


def _is_label(document: Document, item: Named) -> bool:
    return document.passages[item.match.passage].part == "label"


def _tagged(document: Document, named: Iterable[Named]) -> tuple[str, ...]:
    """The entities that tags and themes name."""
    return tuple(dict.fromkeys(item.entity.entity.id for item in named if _is_label(document, item)))
