"""Which words the small network looks at, and which it remembers."""

from __future__ import annotations

import numpy as np
import pytest
from small_tagger import name_lists, small_model

from ingest.tagger import small_network
from ingest.tagger.labels import OUTSIDE
from ingest.tagger.small_network import SmallNetwork
from ingest.tokens import tokenize


def looked_at(text: str) -> list[str]:
    """The words of a sentence that are scored closely; of the others it is only said that they are no names."""
    tokens = tokenize(text)
    ((scores,),) = SmallNetwork(small_model(1), name_lists({})).scores_all([[tokens]])
    return [token.text for token, row in zip(tokens, scores, strict=True) if len(set(np.delete(row, OUTSIDE))) > 1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The men left the South Pars gas field today.", "the South Pars gas field"),
        ("All were with al-Nusra today.", "with al - Nusra today ."),
        ("On Monday I was there.", ""),
        ("It hit 9 trucks there.", "hit 9 trucks there"),
        ("So it is with IT now.", "with IT now ."),
    ],
)
def test_words_near_those_that_can_begin_a_name(text: str, words: str) -> None:
    """One before and two behind; neither a word that only opens a sentence nor a weekday begins one."""
    assert looked_at(text) == words.split()


def test_what_is_remembered_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scores are the same however many words are kept."""
    documents = [[tokenize("Ann Lee met Bob Hope."), tokenize("They left.")], [tokenize("Ann Lee won.")]]
    network = SmallNetwork(small_model(2), name_lists({}))
    wanted = network.scores_all(documents)
    monkeypatch.setattr(small_network, "WORDS_KEPT", 2)
    for _ in range(2):
        for found, scores in zip(network.scores_all(documents), wanted, strict=True):
            for mine, theirs in zip(found, scores, strict=True):
                np.testing.assert_allclose(mine, theirs, rtol=1e-5, atol=1e-5)
