"""Which sentences of an article prove that it names several entities together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.model import Sentence


def proof(sentences: Sequence[Sentence], entities: Sequence[str]) -> tuple[Sentence, ...]:
    """All sentences that name every one of the entities; where there are none, for each entity the nearest that does.

    Nearest means: around the sentence from which the entities are the fewest sentences away in sum, the earliest such.
    Those are marked as not being one sentence. Empty where some entity is not named at all.
    """
    naming = {entity: [each for each in sentences if _names(each, entity)] for entity in entities}
    if not all(naming.values()):
        return ()
    together = [each for each in sentences if all(_names(each, entity) for entity in entities)]
    if together:
        return tuple(together)
    centre = min(
        (each.number for found in naming.values() for each in found),
        key=lambda number: (sum(abs(_nearest(found, number).number - number) for found in naming.values()), number),
    )
    nearest = {each.number: each for each in (_nearest(found, centre) for found in naming.values())}
    return tuple(replace(nearest[number], same_sentence=False) for number in sorted(nearest))


def _names(sentence: Sentence, entity: str) -> bool:
    return any(mention.entity == entity for mention in sentence.mentions)


def _nearest(sentences: Sequence[Sentence], number: int) -> Sentence:
    return min(sentences, key=lambda each: (abs(each.number - number), each.number))
