"""The whole training: gold articles, a teacher's labels for more text, and the student that learns from both."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ingest.tagger.labels import TAGS
from ingest.tagger.marks import MARKS, Marker
from ingest.tagger.name_lists import NameLists
from ingest.tagger.network import Floats, shapes
from ingest.tagger.weights import Model
from ingest.tagger.word_features import SIZES
from ingest.training.corpus import Sentence, Tagged, read_annotated, read_texts, texts_not_learnt, words_of
from ingest.training.examples import Examples, wanted_of
from ingest.training.pieces_met import pieces_met
from ingest.training.progress import Progress
from ingest.training.schedule import rate_share
from ingest.training.student import Batch, Example, Optimizer, Student, batches, collate, initial

if TYPE_CHECKING:
    from ingest.training.teacher import Teacher

WORDS_AT_ONCE: Final = 1500
STUDENT_RATE: Final = 2e-3
TEACHER_RATE: Final = 2e-4

Labelled = tuple[Sequence[Sentence], Sequence[Floats]]
"""The sentences of a document and the probabilities (tokens, tags) of each."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is learnt from, and how long.

    annotated: articles with labels; rows of the split `train` are learnt from. texts: articles without labels, and how
    many words of each file a teacher labels. teacher: folder of a published MiniLM-L6; without one only annotated
    articles are learnt from. work: keeps what the teacher has learnt and said, so that an interrupted run goes on.
    accurate_out: file that the teacher itself is written to, for the accurate tier.
    """

    annotated: tuple[Path, ...]
    texts: tuple[tuple[Path, int], ...] = ()
    teacher: Path | None = None
    work: Path | None = None
    accurate_out: Path | None = None
    teacher_epochs: int = 7
    epochs: int = 12
    width: int = 112
    layers: int = 4
    seed: int = 1


def train(plan: Plan, vectors: Model, lists: NameLists, progress: Progress) -> Model:
    """A model trained by a plan; equal plans give equal models on equal machines.

    Args:
        plan: what is learnt from.
        vectors: its vectors of words are taken over as they are.
        lists: the known names.
        progress: shows how far it is.
    """
    examples = Examples(vectors.vocabulary, Marker(lists), seed=plan.seed)
    learnt = [example for labelled in _labelled(plan, progress) for example in examples.of(*labelled)]
    random = np.random.default_rng(plan.seed)
    table = vectors.weights["vectors"]
    weights = initial(
        shapes(
            width=plan.width,
            layers=plan.layers,
            vectors=(table.shape[0], table.shape[1]),
            tables=SIZES,
            marks=len(MARKS) + 1,
            tags=len(TAGS),
        ),
        table,
        random,
    )
    learn(weights, learnt, epochs=plan.epochs, random=random, progress=progress)
    return Model(weights, vectors.vocabulary)


def learn(
    weights: dict[str, Floats],
    examples: Sequence[Example],
    *,
    epochs: int,
    random: np.random.Generator,
    progress: Progress,
) -> None:
    """Train weights in place: the rate rises over a twentieth of the steps and falls to a hundredth."""
    student, optimizer = Student(weights, random=random), Optimizer(weights)
    steps = [batch for _ in range(epochs) for batch in batches(examples, WORDS_AT_ONCE, random)]
    for step, numbers in enumerate(progress(steps, "student")):
        batch: Batch = collate([examples[number] for number in numbers])
        _, gradients = student.loss(batch)
        optimizer.step(gradients, STUDENT_RATE * rate_share(step, len(steps), rising=0.05, least=0.01))


def read_vectors(path: Path, *, words: int) -> Model:
    """The first so many vectors of a text file, as GloVe is published: a word and its numbers on each line.

    They are scaled to a standard deviation of 1. The weights are those vectors alone.
    """
    vocabulary: dict[str, int] = {}
    rows: list[Sequence[float]] = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            word, *numbers = line.rstrip("\n").split(" ")
            rows.append([float(number) for number in numbers])
            vocabulary[word] = len(rows)
            if len(rows) == words:
                break
    table = np.asarray(rows, np.float32)
    table /= table.std()
    return Model({"vectors": np.concatenate([np.zeros((1, table.shape[1]), np.float32), table])}, vocabulary)


def _labelled(plan: Plan, progress: Progress) -> Iterator[Labelled]:
    gold = list(read_annotated(plan.annotated))
    for document in gold:
        yield document.sentences, [wanted_of(tags) for tags in document.tags]
    if plan.teacher is not None:
        teacher = cache(partial(_taught, plan, plan.teacher, gold, progress))
        said = _kept(plan.work, "silver.pickle", lambda: list(_silver(plan, teacher(), progress)))
        if plan.accurate_out is not None:
            plan.accurate_out.write_bytes(_accurate(plan, teacher()))
        for sentences, probabilities in said:
            yield sentences, [each.astype(np.float32) for each in probabilities]


def _taught(plan: Plan, folder: Path, gold: Sequence[Tagged], progress: Progress) -> Teacher:
    """The teacher with what it has learnt, in this run or before."""
    import torch  # an extra: only who has a teacher needs it

    from ingest.training.teacher import Teacher

    teacher = Teacher(folder, seed=plan.seed)
    weights = plan.work / "teacher.pt" if plan.work else None
    if weights is not None and weights.exists():
        teacher.network.load_state_dict(torch.load(weights))
        return teacher
    teacher.learn(gold, epochs=plan.teacher_epochs, rate=TEACHER_RATE, progress=progress)
    if weights is not None:
        torch.save(teacher.network.state_dict(), weights)
    return teacher


def _silver(plan: Plan, teacher: Teacher, progress: Progress) -> Iterator[tuple[Any, Any]]:
    """Documents with the teacher's probabilities in half precision, which two million words fit into memory with."""
    for document in progress(list(_texts(plan)), "labelling"):
        yield document, [each.astype(np.float16) for each in teacher.label(document)]


def _accurate(plan: Plan, teacher: Teacher) -> bytes:
    """The teacher for the accurate tier, with the word pieces of all texts, those that it did not label too."""
    from ingest.training import minilm
    from ingest.training.onnx_file import onnx_file  # needs a package of the extra

    kept = pieces_met(teacher.pieces, words_of([*plan.annotated, *(path for path, _ in plan.texts)]))
    weights = {name: weight.float().numpy() for name, weight in teacher.network.state_dict().items()}
    return onnx_file(weights, teacher.pieces.vocabulary, kept, heads=minilm.HEADS)


def _texts(plan: Plan) -> Iterator[tuple[Sentence, ...]]:
    measured = list(texts_not_learnt(plan.annotated))
    for path, words in plan.texts:
        yield from read_texts([path], words=words, seed=plan.seed, without=measured, joined=True)


def _kept(folder: Path | None, name: str, make: Callable[[], Iterable[Any]]) -> Iterable[Any]:
    """What is in a file of a folder of our own, made where it is not."""
    if folder is None:
        return make()
    path = folder / name
    if path.exists():
        with path.open("rb") as file:
            kept: Iterable[Any] = pickle.load(file)
            return kept
    made = make()
    half = path.with_suffix(".half")
    with half.open("wb") as file:
        pickle.dump(made, file)
    half.replace(path)
    return made
