"""The tagger's weights as a file, and the tagger at work with them."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import numpy as np
import pytest
from small_tagger import VOCABULARY, name_lists, small_model, tagger_of

from ingest.tagger.decoding import best_tags
from ingest.tagger.labels import TAGS, spans_of
from ingest.tagger.network import Floats
from ingest.tagger.weights import Model, load_model, save_model
from ingest.tokens import Token, tokenize

BYTE_TABLES = ("vectors", "words", "prefixes", "suffixes", "shapes", "marks")
LISTS = name_lists({"Iran": ["state"], "Vienna Accord": ["agreement"]}, given={"john": 30}, family={"kerry": 9})

Document = list[tuple[Token, ...]]


def document(*sentences: str) -> Document:
    """Sentences as tokens."""
    return [tokenize(sentence) for sentence in sentences]


DOCUMENTS = [
    document("Iran said the Vienna Accord holds.", "Mr. Kerry left Vienna", "and John Kerry came"),
    document("", "Talks in Iran", ""),
    document("Iran"),
    document(),
    document("A strait, 33 F-16s and the U.S. Navy near Kish Island", "The IRGC said nothing."),
]


def saved(model: Model) -> bytes:
    """The file of a model."""
    file = BytesIO()
    save_model(model, file)
    return file.getvalue()


def assert_close(found: list[Floats], wanted: list[Floats], tolerance: float = 1e-4) -> None:
    """The scores of every sentence are nearly the same."""
    assert len(found) == len(wanted)
    for one, other in zip(found, wanted, strict=True):
        np.testing.assert_allclose(one, other, atol=tolerance)


@pytest.fixture(scope="module")
def model() -> Model:
    """A small network."""
    return small_model(11)


def test_a_model_comes_back_nearly_as_it_was(model: Model) -> None:
    """A row of a table is off by less than half a percent of its largest value, other weights by half a per mille."""
    again = load_model(BytesIO(saved(model)))
    assert again.weights.keys() == model.weights.keys()
    assert again.vocabulary == VOCABULARY
    for name, weight in model.weights.items():
        largest = np.abs(weight).max(1, keepdims=True) if name in BYTE_TABLES else np.abs(weight)
        assert again.weights[name].dtype == np.float32
        assert (np.abs(again.weights[name] - weight) <= (5e-3 if name in BYTE_TABLES else 5e-4) * largest + 1e-7).all()


def test_a_model_that_came_back_scores_nearly_alike(model: Model) -> None:
    """What is lost in the file moves scores by far less than they differ."""
    one, other = tagger_of(model, LISTS), tagger_of(load_model(BytesIO(saved(model))), LISTS)
    for each in DOCUMENTS:
        assert_close(other.scores(each), one.scores(each), tolerance=0.05)
    spread = np.concatenate(one.scores(DOCUMENTS[0])).std(1).mean()
    assert spread > 0.5


def test_equal_models_give_equal_bytes(model: Model) -> None:
    """Neither the order of weights and words nor the time of day is in the file."""
    weights = {name: model.weights[name].copy() for name in reversed(list(model.weights))}
    words = dict(reversed(list(model.vocabulary.items())))
    assert saved(Model(weights, words)) == saved(model)
    assert saved(small_model(12)) != saved(model)


def test_a_model_that_came_back_is_saved_alike(model: Model) -> None:
    """Saving what was loaded loses next to nothing more."""
    once = load_model(BytesIO(saved(model)))
    twice = load_model(BytesIO(saved(once)))
    for name, weight in once.weights.items():
        np.testing.assert_allclose(twice.weights[name], weight, rtol=1e-3, atol=1e-6)


def test_rows_of_zeros_stay_zeros(model: Model) -> None:
    """The row that stands for "none" adds nothing after it was read back."""
    again = load_model(BytesIO(saved(model)))
    for name in BYTE_TABLES:
        assert not again.weights[name][0].any()


def test_a_document_is_scored_alike_alone_and_behind_others(model: Model) -> None:
    """What the tagger keeps of the words of one document changes nothing in the next."""
    tagger = tagger_of(model, LISTS)
    for each in (*DOCUMENTS, *reversed(DOCUMENTS)):
        assert_close(tagger.scores(each), tagger_of(model, LISTS).scores(each))
        assert tagger.tag(each) == tagger_of(model, LISTS).tag(each)


def test_documents_are_tagged_alike_together_and_alone(model: Model) -> None:
    """Also in another process, and where one of them is empty."""
    tagger = tagger_of(Model(model.weights, dict(model.vocabulary)), LISTS)
    together = [*DOCUMENTS, document(), *DOCUMENTS]
    assert tagger.tag_all(together) == [tagger_of(model, LISTS).tag(each) for each in together]
    assert pickle.loads(pickle.dumps(tagger)).tag_all(together) == tagger.tag_all(together)
    assert tagger.tag_all([]) == []


def test_threads_share_a_tagger(model: Model) -> None:
    """Words that one thread brings do not disturb another."""
    tagger = tagger_of(model, LISTS)
    many = [document(" ".join(f"W{number}" for number in range(begin, begin + 200))) for begin in range(0, 4000, 200)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(tagger.scores, many))
    for each, scores in zip(many, found, strict=True):
        assert_close(tagger_of(model, LISTS).scores(each), scores)


def test_scores_stand_for_tokens(model: Model) -> None:
    """Every token of every sentence has a score for each tag; the names are those of the best tags."""
    tagger = tagger_of(model, LISTS)
    for each in DOCUMENTS:
        scores = tagger.scores(each)
        assert [scored.shape for scored in scores] == [(len(sentence), len(TAGS)) for sentence in each]
        assert tagger.tag(each) == [list(spans_of(best_tags(scored))) for scored in scores]


def test_sentences_without_words_change_nothing(model: Model) -> None:
    """An empty sentence has no names and its neighbours keep their scores; an empty document has no sentences."""
    tagger = tagger_of(model, LISTS)
    with_empty = tagger.scores(document("", "Talks in Iran", "", "Vienna Accord", ""))
    without = tagger.scores(document("Talks in Iran", "Vienna Accord"))
    assert_close([with_empty[1], with_empty[3]], without)
    assert tagger.tag(document("", "")) == [[], []]
    assert tagger.tag([]) == []


def test_marks_reach_their_words(model: Model) -> None:
    """A name that is known changes the scores of its own sentence, here the second of three, and of no other."""
    sentences = document("Talks went on", "in Vienna at noon", "and ended")
    known = tagger_of(model, name_lists({"Vienna": ["city"]})).scores(sentences)
    unknown = tagger_of(model, name_lists()).scores(sentences)
    changed = [bool((np.abs(one - other) > 1e-3).any()) for one, other in zip(known, unknown, strict=True)]
    assert changed == [False, True, False]


def test_words_beyond_those_kept_are_forgotten(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forgetting all words and computing their vectors anew changes no answer."""
    wanted = [tagger_of(model, LISTS).scores(each) for each in DOCUMENTS]
    monkeypatch.setattr("ingest.tagger.small_network.WORDS_KEPT", 5)
    tagger = tagger_of(model, LISTS)
    for _ in range(2):
        for each, scores in zip(DOCUMENTS, wanted, strict=True):
            assert_close(tagger.scores(each), scores)


def test_there_is_room_for_as_many_words_as_come(model: Model) -> None:
    """The table of kept vectors grows while words come, by one document or by many."""
    tagger = tagger_of(model, LISTS)
    first = tagger.scores(DOCUMENTS[0])
    many = [tokenize(" ".join(f"W{number}" for number in range(begin, begin + 50))) for begin in range(0, 9000, 50)]
    scores = tagger.scores(many)
    for begin in range(0, 9000, 3000):
        tagger.scores([tokenize(" ".join(f"v{number}" for number in range(begin, begin + 3000)))])
    assert_close(tagger.scores(many)[100:102], scores[100:102])
    assert_close(tagger_of(model, LISTS).scores(many)[100:102], scores[100:102])
    assert_close(tagger.scores(DOCUMENTS[0]), first)
