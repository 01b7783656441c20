"""What the student learns from: sentences, and some of them once more as headlines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from small_tagger import VOCABULARY, name_lists

from ingest.tagger.labels import TAGS
from ingest.tagger.marks import MARKS, Marker
from ingest.tagger.network import Floats
from ingest.tagger.word_features import FEATURES, word_features
from ingest.training.corpus import Sentence, sentences_of
from ingest.training.examples import Examples, wanted_of
from ingest.training.student import Example

LISTS = name_lists({"Vienna": ["city"], "House of Lords": ["organization"]})
TEXT = (
    "Iran said the talks in Vienna went on. The House of Lords voted for the pact. He said no. Nobody, it seems, left. "
    "The ß of Strauß stays as it is."
)
CASE_BLIND = [column for column, table in enumerate(FEATURES) if table != "shapes"]
SHAPE = FEATURES.index("shapes")


def document(text: str = TEXT) -> tuple[tuple[Sentence, ...], list[Floats]]:
    """The sentences of a text, each with probabilities of its own."""
    sentences = sentences_of(text)
    random = np.random.default_rng(0)
    return sentences, [random.random((len(sentence), len(TAGS))).astype(np.float32) for sentence in sentences]


def examples(seed: int) -> Examples:
    """A maker of examples."""
    return Examples(VOCABULARY, Marker(LISTS), seed=seed)


def headlines(seeds: Sequence[int]) -> Iterator[list[tuple[Example, Example]]]:
    """The headlines that each seed makes of the document, each with the plain sentence that has its tags."""
    for seed in seeds:
        plain, more = (list(each) for each in _halves(seed))
        yield [(next(each for each in plain if each.wanted is one.wanted), one) for one in more]


def _halves(seed: int) -> tuple[list[Example], list[Example]]:
    sentences, wanted = document()
    found = list(examples(seed).of(sentences, wanted))
    return found[: len(sentences)], found[len(sentences) :]


def test_every_sentence_comes_first_as_it_stands() -> None:
    """Its features, its marks in the document and the probabilities that were given for it."""
    sentences, wanted = document()
    for seed in range(5):
        plain, _ = _halves(seed)
        for sentence, marks, given, found in zip(sentences, Marker(LISTS).mark(sentences), wanted, plain, strict=True):
            rows = [word_features(token.text, VOCABULARY) for token in sentence]
            np.testing.assert_array_equal(found.features, rows)
            np.testing.assert_array_equal(found.wanted, given)
            assert found.marks == marks
            assert found.weight == 1


def test_headlines_keep_the_tags_and_change_the_case_only() -> None:
    """Only the shapes of a headline's words differ from those of its sentence, and its probabilities are the same."""
    changed = 0
    for pairs in headlines(range(40)):
        for plain, headline in pairs:
            np.testing.assert_array_equal(headline.features[:, CASE_BLIND], plain.features[:, CASE_BLIND])
            changed += bool((headline.features[:, SHAPE] != plain.features[:, SHAPE]).any())
    assert changed > 20


@pytest.mark.parametrize(
    ("headline", "mark"),
    [
        ("IRAN SAID THE TALKS IN VIENNA WENT ON .", "mostly upper case"),
        ("Iran Said The Talks In Vienna Went On .", "mostly capitalised"),
        ("Iran Said the Talks in Vienna Went on .", "mostly capitalised"),
    ],
)
def test_headlines_are_made_in_every_style(headline: str, mark: str) -> None:
    """All capitals, capitals at every word or at every word but small ones; their words are marked accordingly."""
    rows = [list(word_features(word, VOCABULARY)) for word in headline.split()]
    made = [one for pairs in headlines(range(60)) for _, one in pairs if one.features.tolist() == rows]
    assert made
    assert all(MARKS.index(mark) + 1 in marks for each in made for marks in each.marks)


def test_letters_without_a_capital_of_their_own_stay() -> None:
    """A word that would grow longer in capitals is left as it is, so that its offsets hold."""
    sentence = sentences_of("Strauß sang")[0]
    stays, grows = (word_features(word, VOCABULARY) for word in ("Strauß", "SANG"))
    found = [each for seed in range(60) for each in examples(seed).of([sentence], [wanted_of([1, 0])])]
    assert [list(stays), list(grows)] in [each.features.tolist() for each in found]


def test_about_half_of_the_documents_have_headlines() -> None:
    """Most of those have two, a few are headlines from end to end."""
    counts = [len(pairs) for pairs in headlines(range(400))]
    assert set(counts) == {0, 2, len(document()[0])}
    assert counts.count(0) == pytest.approx(200, abs=40)
    assert counts.count(2) > 3 * counts.count(5) > 0


def test_equal_seeds_make_equal_headlines() -> None:
    """What is chosen depends on the seed and on what came before alone."""
    sentences, wanted = document()
    one, two = examples(3), examples(3)
    for _ in range(5):
        for each, other in zip(one.of(sentences, wanted), two.of(sentences, wanted), strict=True):
            np.testing.assert_array_equal(each.features, other.features)
            assert each.marks == other.marks


def test_nothing_is_learnt_from_nothing() -> None:
    """Sentences without words and documents without sentences give no examples."""
    nothing = np.zeros((0, len(TAGS)), np.float32)
    for seed in range(20):
        assert list(examples(seed).of([], [])) == []
        assert list(examples(seed).of([()], [nothing])) == []
    assert examples(0).features(()).shape == (0, len(FEATURES))


def test_a_document_of_one_sentence_has_one_headline_at_most() -> None:
    """No more sentences are chosen than there are."""
    sentences, wanted = document("Iran said so.")
    assert {len(list(examples(seed).of(sentences, wanted))) for seed in range(30)} == {1, 2}


def test_gold_tags_are_certain() -> None:
    """Each token has probability 1 for its tag and 0 for all others."""
    np.testing.assert_array_equal(wanted_of([2, 0]).argmax(1), [2, 0])
    np.testing.assert_array_equal(wanted_of((2, 0)).sum(1), [1, 1])
    assert wanted_of([]).shape == (0, len(TAGS))
    assert wanted_of([5]).dtype == np.float32
