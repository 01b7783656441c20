"""What the tagger says of a token: outside, or the begin or inside of a name of one of ten labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

Label: TypeAlias = Literal[
    "person", "state", "place", "organization", "party", "armed_group", "demonym", "event", "agreement", "weapon"
]
LABELS: Final[tuple[Label, ...]] = get_args(Label)

ANNOTATED: Final[Mapping[str, Label]] = MappingProxyType(
    {
        "PERSON": "person",
        "STATE": "state",
        "PLACE": "place",
        "ORG": "organization",
        "PARTY": "party",
        "GROUP": "armed_group",
        "DEMONYM": "demonym",
        "EVENT": "event",
        "AGREEMENT": "agreement",
        "WEAPON": "weapon",
    }
)
"""What annotated articles call the labels."""

OUTSIDE: Final = 0
TAGS: Final = ("O", *(f"{prefix}-{label}" for label in LABELS for prefix in "BI"))
"""Tag numbers: 0 outside, odd ones begin a name, the even one behind each goes on with it."""


class Span(NamedTuple):
    """Tokens first:stop of a sentence name something of a label."""

    first: int
    stop: int
    label: Label


def begin_of(label: Label) -> int:
    """The tag that begins a name of a label."""
    return 2 * LABELS.index(label) + 1


def is_begin(tag: int) -> bool:
    """Whether a tag begins a name."""
    return tag % 2 == 1


def may_follow(before: int, tag: int) -> bool:
    """Whether a tag can stand behind another: inside needs the begin or inside of its own label."""
    return tag == OUTSIDE or is_begin(tag) or before in (tag, tag - 1)


def spans_of(tags: Iterable[int]) -> Iterator[Span]:
    """The names that the tags of a sentence mark. An inside that follows nothing of its label begins a name."""
    first, current = 0, OUTSIDE
    position = -1
    for position, tag in enumerate(tags):
        if current != OUTSIDE and tag != current:
            yield Span(first, position, LABELS[current // 2 - 1])
            current = OUTSIDE
        if tag != OUTSIDE and current == OUTSIDE:
            first, current = position, tag + 1 if is_begin(tag) else tag
    if current != OUTSIDE:
        yield Span(first, position + 1, LABELS[current // 2 - 1])


def tags_of(spans: Iterable[Span], length: int) -> list[int]:
    """The tags of a sentence of a length; of spans that overlap the first in the order given stays."""
    tags = [OUTSIDE] * length
    for first, stop, label in spans:
        if not any(tags[first:stop]):
            tags[first:stop] = _run(label, stop - first)
    return tags


def _run(label: Label, length: int) -> Sequence[int]:
    begin = begin_of(label)
    return [begin] + [begin + 1] * (length - 1)
