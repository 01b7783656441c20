"""From scores of tags to the tags of a sentence."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from ingest.tagger.labels import OUTSIDE, TAGS, may_follow
from ingest.tagger.network import Floats

_NEVER = np.float32(-1e4)


def best_tags(scores: Floats) -> list[int]:
    """The best tags (numbers) that can stand one behind the other; mostly they are the best of each word."""
    best: list[int] = scores.argmax(1).tolist()
    before = OUTSIDE
    for tag in best:
        if tag != OUTSIDE and not may_follow(before, tag):
            return _viterbi(scores)
        before = tag
    return best


def _viterbi(scores: Floats) -> list[int]:
    """The best path through the scores (Viterbi 1967)."""
    reached = scores[0] + _first_scores()
    came_from: list[NDArray[np.intp]] = []
    follows = _follow_scores()
    for row in scores[1:]:
        paths = reached[:, None] + follows
        before = paths.argmax(0)
        came_from.append(before)
        reached = paths[before, np.arange(len(TAGS))] + row
    tags = [int(reached.argmax())]
    for before in reversed(came_from):
        tags.append(int(before[tags[-1]]))
    return tags[::-1]


@cache
def _first_scores() -> Floats:
    return np.asarray([0 if may_follow(OUTSIDE, tag) else _NEVER for tag in range(len(TAGS))], np.float32)


@cache
def _follow_scores() -> Floats:
    rows = [[0 if may_follow(one, other) else _NEVER for other in range(len(TAGS))] for one in range(len(TAGS))]
    return np.asarray(rows, np.float32)
