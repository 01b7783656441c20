"""The teacher, where torch is installed: its network against a plain reading of BERT, and whether it learns."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

torch = pytest.importorskip("torch", reason="torch is not installed: only whoever trains needs it")
pytest.importorskip("safetensors", reason="safetensors is not installed: only whoever trains needs it")

from safetensors.numpy import save_file  # noqa: E402
from small_tagger import name_lists  # noqa: E402

from ingest.tagger.chunks import CHUNK, LONGEST  # noqa: E402
from ingest.tagger.labels import OUTSIDE, TAGS, begin_of  # noqa: E402
from ingest.tokens import tokenize  # noqa: E402
from ingest.training.corpus import Sentence, Tagged  # noqa: E402
from ingest.training.minilm import MiniLM, pretrained  # noqa: E402
from ingest.training.progress import silent  # noqa: E402
from ingest.training.run import Plan, read_vectors, train  # noqa: E402
from ingest.training.teacher import Teacher  # noqa: E402

Arrays = Mapping[str, NDArray[np.float32]]
Doubles = NDArray[np.float64]

PIECES = "[PAD] [UNK] [CLS] [SEP] alice bob iran said met in the ##s . president x ##x".split()  # noqa: SIM905
WIDTH, HEADS, LAYERS, INNER = 24, 3, 2, 16
PERSON, STATE = begin_of("person"), begin_of("state")


def published(seed: int) -> Arrays:
    """Weights of a small encoder under the names that BERT's have."""
    random = np.random.default_rng(seed)
    found: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (len(PIECES), WIDTH),
        "embeddings.position_embeddings.weight": (LONGEST + 20, WIDTH),
        "embeddings.token_type_embeddings.weight": (2, WIDTH),
        "pooler.dense.weight": (WIDTH, WIDTH),
    }
    linear = {"intermediate.dense": (INNER, WIDTH), "output.dense": (WIDTH, INNER)}
    linear |= {f"attention.{name}": (WIDTH, WIDTH) for name in ("self.query", "self.key", "self.value", "output.dense")}
    norms = ["embeddings.LayerNorm"]
    for prefix in (f"encoder.layer.{layer}." for layer in range(LAYERS)):
        for name, shape in linear.items():
            found |= {f"{prefix}{name}.weight": shape, f"{prefix}{name}.bias": shape[:1]}
        norms += [f"{prefix}attention.output.LayerNorm", f"{prefix}output.LayerNorm"]
    found |= {f"{name}.{part}": (WIDTH,) for name in norms for part in ("weight", "bias")}
    # Positions say little, so that a few sentences are enough to learn words from.
    spreads = {"embeddings.position_embeddings.weight": 0.05, "embeddings.word_embeddings.weight": 1.0}
    means = {name: 1.0 for name in found if name.endswith("LayerNorm.weight")}
    return {
        name: random.normal(means.get(name, 0), spreads.get(name, 0.3), shape).astype(np.float32)
        for name, shape in found.items()
    }


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Networks as small as these are slower on several threads."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files of a small encoder, and a network of its size to read them."""
    for name, value in {"WIDTH": WIDTH, "HEADS": HEADS, "LAYERS": LAYERS, "INNER": INNER}.items():
        monkeypatch.setattr(f"ingest.training.minilm.{name}", value)
    monkeypatch.setattr("ingest.training.minilm.VOCABULARY", len(PIECES))
    monkeypatch.setattr("ingest.training.minilm.POSITIONS", LONGEST + 20)
    (tmp_path / "vocab.txt").write_text("\n".join(PIECES), encoding="utf-8")
    save_file(dict(published(1)), tmp_path / "model.safetensors")
    return tmp_path


def plain_norm(given: Arrays, name: str, rows: Doubles) -> Doubles:
    """Layer normalisation as BERT has it."""
    normed: Doubles = (rows - rows.mean(1, keepdims=True)) / np.sqrt(rows.var(1, keepdims=True) + 1e-12)
    return normed * given[f"{name}.weight"] + given[f"{name}.bias"]


def plain_linear(given: Arrays, name: str, rows: Doubles) -> Doubles:
    """Rows through a matrix and its bias."""
    return rows @ given[f"{name}.weight"].T + given[f"{name}.bias"]


def plain_layer(given: Arrays, prefix: str, rows: Doubles) -> Doubles:
    """One layer of BERT over the pieces of one chunk, head by head."""
    query, key, value = (
        plain_linear(given, f"{prefix}attention.self.{name}", rows) for name in ("query", "key", "value")
    )
    heads = []
    for head in np.split(np.arange(WIDTH), HEADS):
        strength = np.exp(query[:, head] @ key[:, head].T / math.sqrt(len(head)))
        heads.append(strength / strength.sum(1, keepdims=True) @ value[:, head])
    attended = plain_linear(given, f"{prefix}attention.output.dense", np.hstack(heads))
    rows = plain_norm(given, f"{prefix}attention.output.LayerNorm", rows + attended)
    inner = plain_linear(given, f"{prefix}intermediate.dense", rows)
    inner = inner * (1 + np.vectorize(math.erf)(inner / math.sqrt(2))) / 2
    return plain_norm(given, f"{prefix}output.LayerNorm", rows + plain_linear(given, f"{prefix}output.dense", inner))


def plain_scores(given: Arrays, network: MiniLM, pieces: Sequence[int], shapes: Sequence[int]) -> Doubles:
    """Scores of one chunk; what was not published, shapes and scores, is taken from the network."""
    own = {name: tensor.detach().double().numpy() for name, tensor in network.state_dict().items()}
    rows = given["embeddings.word_embeddings.weight"][list(pieces)].astype(np.float64)
    rows += given["embeddings.position_embeddings.weight"][: len(pieces)]
    rows += given["embeddings.token_type_embeddings.weight"][0] + own["shapes.weight"][list(shapes)]
    rows = plain_norm(given, "embeddings.LayerNorm", rows)
    for layer in range(LAYERS):
        rows = plain_layer(given, f"encoder.layer.{layer}.", rows)
    return plain_linear(own, "scores", rows)


@pytest.mark.parametrize("prefix", ["", "bert."])
def test_the_network_is_the_published_one(folder: Path, prefix: str) -> None:
    """Chunks of a batch score as each does by BERT's formulas alone, whatever stands where they are padded."""
    given = published(2)
    save_file({prefix + name: array for name, array in given.items()}, folder / "other.safetensors")
    network = pretrained(folder / "other.safetensors").eval()
    chunks = [([2, 4, 7, 6, 3], [0, 6, 3, 6, 0]), ([2, 5, 3], [0, 4, 0])]
    pieces, shapes = torch.full((2, 5), 9), torch.full((2, 5), 5)
    mask = torch.zeros((2, 5), dtype=torch.bool)
    for row, (own, written) in enumerate(chunks):
        pieces[row, : len(own)], shapes[row, : len(own)], mask[row, : len(own)] = (
            *map(torch.tensor, (own, written)),
            True,
        )
    with torch.no_grad():
        scores = network(pieces, shapes, mask).numpy()
    for found, (own, written) in zip(scores, chunks, strict=True):
        np.testing.assert_allclose(found[: len(own)], plain_scores(given, network, own, written), rtol=1e-3, atol=1e-3)


def annotated(*sentences: str) -> Tagged:
    """A document in which names are tagged."""
    tags = {"alice": PERSON, "bob": PERSON, "iran": STATE}
    tokens = tuple(tokenize(sentence) for sentence in sentences)
    return Tagged(tokens, tuple([tags.get(token.key, OUTSIDE) for token in sentence] for sentence in tokens))


DOCUMENTS = [
    annotated("Alice met Bob in Iran.", "Bob said the president met Alice."),
    annotated("The president said Iran met Alice."),
    annotated("In Iran the president met the president.", "", "said Bob."),
]


def taught(folder: Path, *, seed: int, epochs: int) -> Teacher:
    """A teacher that has learnt from the documents."""
    teacher = Teacher(folder, seed=seed)
    teacher.learn(DOCUMENTS, epochs=epochs, rate=0.01, progress=silent)
    return teacher


def test_a_teacher_learns_what_was_annotated(folder: Path) -> None:
    """It labels sentences it has not seen by the words it has."""
    words = "Alice Bob Iran said met in the president".split()  # noqa: SIM905
    random = np.random.default_rng(1)
    documents = [annotated(" ".join(random.choice(words, 6)), " ".join(random.choice(words, 3))) for _ in range(40)]
    teacher = Teacher(folder, seed=3)
    teacher.learn(documents, epochs=100, rate=0.007, progress=silent)
    unseen = annotated("Bob met the president", "Iran said Alice in the president met Bob")
    labels = teacher.label(unseen.sentences)
    assert [found.argmax(1).tolist() for found in labels] == list(unseen.tags)


def test_equal_seeds_give_equal_teachers(folder: Path) -> None:
    """Two teachers agree in what they say, one of another seed does not."""
    one, two, other = (taught(folder, seed=seed, epochs=2).label(DOCUMENTS[0].sentences) for seed in (1, 1, 2))
    np.testing.assert_array_equal(np.concatenate(one), np.concatenate(two))
    assert not np.array_equal(np.concatenate(one), np.concatenate(other))


def test_every_token_has_probabilities(folder: Path) -> None:
    """Whether a sentence is empty, is packed with others, fills a chunk or is longer than the longest chunk."""
    sentences: list[Sentence] = [
        tokenize("Alice said"),
        (),
        tokenize("Bob met the president in Iran. " * (CHUNK // 8)),
        tokenize("Bobs " * LONGEST),
        tokenize("xxxxxxxxxxxxxxxx " * LONGEST),
        tokenize("Iran"),
    ]
    found = Teacher(folder, seed=1).label(sentences)
    assert [each.shape for each in found] == [(len(sentence), len(TAGS)) for sentence in sentences]
    np.testing.assert_allclose(np.concatenate(found).sum(1), 1, atol=1e-4)


def test_a_document_without_sentences_has_no_labels(folder: Path) -> None:
    """Nothing is asked of the network."""
    teacher = Teacher(folder, seed=1)
    assert teacher.label([]) == []
    assert [each.shape for each in teacher.label([(), ()])] == [(0, len(TAGS))] * 2


def test_learning_leaves_the_teacher_ready_to_label(folder: Path) -> None:
    """Nothing is dropped at random while it labels: twice the same."""
    teacher = taught(folder, seed=1, epochs=1)
    one, two = (np.concatenate(teacher.label(DOCUMENTS[0].sentences)) for _ in range(2))
    np.testing.assert_array_equal(one, two)


def small_plan(folder: Path) -> Plan:
    """A little to learn from, and its vectors."""
    marks = [{"start": 0, "end": 5, "label": "PERSON", "wiki": None}]
    rows = [{"id": "a", "text": "Alice said.", "split": "train", "entities": marks}]
    rows.append({"id": "b", "text": "Nobody may read this.", "split": "dev", "entities": []})
    (folder / "annotated.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (folder / "texts.jsonl").write_text(json.dumps({"text": "Bob met Alice in Iran. " * 30}) + "\n", encoding="utf-8")
    (folder / "vectors.txt").write_text("iran 0.5 -0.1\nsaid -0.4 0.2\n", encoding="utf-8")
    return Plan(
        annotated=(folder / "annotated.jsonl",),
        texts=((folder / "texts.jsonl", 50),),
        teacher=folder,
        work=folder,
        teacher_epochs=1,
        epochs=1,
        width=8,
        layers=1,
    )


def test_a_teacher_labels_what_the_student_learns_from(folder: Path) -> None:
    """What it has learnt and said is kept: the second run asks it no more."""
    plan, vectors = small_plan(folder), read_vectors(folder / "vectors.txt", words=10)
    first = train(plan, vectors, name_lists({}), silent)
    assert {path.name for path in folder.iterdir()} >= {"teacher.pt", "silver.pickle"}
    (folder / "silver.pickle").unlink()
    assert train(plan, vectors, name_lists({}), silent).digest == first.digest  # from what it had learnt
    (folder / "teacher.pt").unlink()
    assert train(plan, vectors, name_lists({}), silent).digest == first.digest  # from what it had said
    assert not (folder / "teacher.pt").exists()


def test_the_teacher_is_written_for_the_accurate_tier(folder: Path) -> None:
    """What is read from the file says nearly what the teacher says; also where it has learnt and labelled before."""
    pytest.importorskip("onnx", reason="onnx is not installed: only whoever trains needs it")
    pytest.importorskip("onnxruntime", reason="onnxruntime is not installed: only the accurate tier needs it")
    from ingest.tagger.large_network import LargeNetwork

    plan = replace(small_plan(folder), accurate_out=folder / "accurate.onnx.gz", teacher_epochs=30)
    vectors, files = read_vectors(folder / "vectors.txt", words=10), []
    for _ in range(2):
        train(plan, vectors, name_lists({}), silent)
        files.append((folder / "accurate.onnx.gz").read_bytes())
    assert files[0] == files[1]

    teacher = Teacher(folder, seed=plan.seed)
    teacher.network.load_state_dict(torch.load(folder / "teacher.pt"))
    sentences = [tokenize("Alice met Bob in Iran."), tokenize("Bob said.")]
    (scores,) = LargeNetwork(folder / "accurate.onnx.gz").scores_all([sentences])
    for found, wanted in zip(scores, teacher.label(sentences), strict=True):
        probabilities = np.exp(found) / np.exp(found).sum(1, keepdims=True)
        np.testing.assert_allclose(probabilities, wanted, atol=0.1)
