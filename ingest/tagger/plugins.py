"""Taggers that others have trained, in the place of our own: spaCy pipelines and GLiNER models, by name.

Both are extras. They give us spans with labels of theirs, in which countries, cities and provinces are often one kind:
they count as places here, and what the knowledge base knows as a state is one where names are joined.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from itertools import chain
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from ingest.tagger.labels import Label, Span
from ingest.tagger.tagging import Document, NoTagger, Sentence, Tagging

SPACY_LABELS: Final[Mapping[str, Label]] = MappingProxyType(
    {
        "PERSON": "person",
        "PER": "person",
        "GPE": "place",
        "LOC": "place",
        "FAC": "place",
        "ORG": "organization",
        "NORP": "demonym",
        "EVENT": "event",
        "LAW": "agreement",
    }
)
"""What pipelines call our labels, those of OntoNotes and those of WikiNER; all else they find is left out."""

GLINER_LABELS: Final[Mapping[str, Label]] = MappingProxyType(
    {
        "person": "person",
        "country": "state",
        "place": "place",
        "organization": "organization",
        "political party": "party",
        "armed group": "armed_group",
        "nationality": "demonym",
        "event": "event",
        "treaty or law": "agreement",
        "weapon": "weapon",
    }
)
"""What GLiNER is asked for."""

GLINER_THRESHOLD: Final = 0.5
"""What it is surer of than this is a name; the library's own default."""

Found: TypeAlias = tuple[int, int, Label | None]
"""Where a name begins and ends in the text of a sentence, and its label if it has one of ours."""


class SpacyTagger:
    """A spaCy pipeline that is installed as a package, or lies in a folder.

    Args:
        name: of the package, such as `en_core_web_sm`, or the path of the folder.

    Raises:
        NoTagger: spaCy or the pipeline is not installed, or the pipeline finds no names.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._pipeline = _spacy_pipeline(name)
        self.version = f"spacy-{name}-{self._pipeline.meta['version']}"

    def __reduce__(self) -> tuple[type[SpacyTagger], tuple[str]]:
        return SpacyTagger, (self._name,)

    def tag_all(self, documents: Sequence[Document]) -> list[list[list[Span]]]:
        """The names in each sentence of each document."""
        sentences = list(chain.from_iterable(documents))
        read = self._pipeline.pipe(map(_text, sentences))
        found = (list(token_spans(sentence, _entities(doc))) for sentence, doc in zip(sentences, read, strict=True))
        return [[next(found) for _ in document] for document in documents]


class GlinerTagger:
    """A GLiNER model.

    Args:
        name: its folder, or its name on the hub, from which the library downloads it.

    Raises:
        NoTagger: GLiNER is not installed, or the model cannot be had.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._model = _gliner_model(name)
        # What is longer than a model reads at once is dropped; half of it, since its words are not quite our tokens.
        self._at_once = self._model.config.max_len // 2
        self.version = f"gliner-{name}-{version('gliner')}"

    def __reduce__(self) -> tuple[type[GlinerTagger], tuple[str]]:
        return GlinerTagger, (self._name,)

    def tag_all(self, documents: Sequence[Document]) -> list[list[list[Span]]]:
        """The names in each sentence of each document."""
        return [[list(self._tag(sentence)) for sentence in document] for document in documents]

    def _tag(self, sentence: Sentence) -> Iterator[Span]:
        for begin in range(0, len(sentence), self._at_once):
            part = sentence[begin : begin + self._at_once]
            for first, stop, label in token_spans(part, self._entities(_text(part))):
                yield Span(begin + first, begin + stop, label)

    def _entities(self, text: str) -> Iterator[Found]:
        found: list[dict[str, Any]] = self._model.predict_entities(
            text, list(GLINER_LABELS), threshold=GLINER_THRESHOLD, flat_ner=True
        )
        return ((each["start"], each["end"], GLINER_LABELS.get(each["label"])) for each in found)


PLUG_INS: Final[Mapping[str, type[SpacyTagger] | type[GlinerTagger]]] = MappingProxyType(
    {"spacy": SpacyTagger, "gliner": GlinerTagger}
)


def plugged_in(name: str) -> Tagging:
    """The tagger that a name such as `spacy:en_core_web_sm` means.

    Raises:
        NoTagger: it names no kind of tagger, or what it needs is not installed.
    """
    kind, _, model = name.partition(":")
    if kind not in PLUG_INS or not model:
        raise NoTagger(
            f"{name!r} names no tagger: write {', '.join(f'{each}:MODEL' for each in PLUG_INS)}"
            " or the name of a file FILE.npz that eig train wrote"
        )
    return PLUG_INS[kind](model)


def token_spans(sentence: Sentence, found: Iterable[Found]) -> Iterator[Span]:
    """Spans of tokens from spans of characters, widened to whole tokens; what overlaps an earlier one is left out."""
    offset = sentence[0].start if sentence else 0
    taken = 0
    for start, end, label in sorted(found, key=lambda each: each[:2]):
        inside = [
            place for place, token in enumerate(sentence) if token.start - offset < end and token.end - offset > start
        ]
        if label is not None and inside and inside[0] >= taken:
            taken = inside[-1] + 1
            yield Span(inside[0], taken, label)


def _spacy_pipeline(name: str) -> Any:
    try:
        import spacy
    except ImportError as error:
        raise _not_installed("spacy") from error
    try:
        pipeline = spacy.load(name, exclude=["parser", "lemmatizer", "attribute_ruler", "tagger"])
    except OSError as error:
        raise NoTagger(f"spacy: no pipeline {name!r} is installed, nor is it a folder with one") from error
    if not {"ner", "entity_ruler"} & set(pipeline.pipe_names):
        raise NoTagger(f"spacy: the pipeline {name!r} finds no names: it has no component ner")
    return pipeline


def _gliner_model(name: str) -> Any:
    try:
        from gliner import GLiNER
    except ImportError as error:
        raise _not_installed("gliner") from error
    try:
        return GLiNER.from_pretrained(name)
    except Exception as error:  # of the hub, of the network, of files: each has its own
        raise NoTagger(f"gliner: {name!r} is neither a folder with a model nor one that can be downloaded") from error


def _not_installed(kind: str) -> NoTagger:
    return NoTagger(f"{kind} is not installed: pip install 'entity-intersection-graph[{kind}]'")


def _entities(doc: Any) -> Iterator[Found]:
    return ((each.start_char, each.end_char, SPACY_LABELS.get(each.label_)) for each in doc.ents)


def _text(sentence: Sentence) -> str:
    """The sentence from its first token on, with its tokens where they stood."""
    parts: list[str] = []
    end = sentence[0].start if sentence else 0
    for token in sentence:
        parts += (" " * (token.start - end), token.text)
        end = token.end
    return "".join(parts)
