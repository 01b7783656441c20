"""The large network of the accurate tier: written, read and run."""

from __future__ import annotations

import gzip
import pickle
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path

import numpy as np
import onnx
import pytest
from small_encoder import HEADS, PIECES, read_by_hand, small_encoder
from small_tagger import name_lists, small_model

from ingest.tagger.chunks import LONGEST, chunks_of
from ingest.tagger.labels import TAGS
from ingest.tagger.large_network import LargeNetwork
from ingest.tagger.network import Floats
from ingest.tagger.small_network import SmallNetwork
from ingest.tagger.tagger import Tagger
from ingest.tagger.tagging import NoTagger
from ingest.tagger.wordpiece import WordPieces
from ingest.tokens import Token, tokenize
from ingest.training.onnx_file import onnx_file

Document = list[tuple[Token, ...]]


def document(*sentences: str) -> Document:
    """Sentences as tokens."""
    return [tokenize(sentence) for sentence in sentences]


DOCUMENTS = [
    document("Iran said Kerry met Bob in Vienna.", "", "Bobs in IRAN"),
    document(),
    document("Talks in the U.S. - xxx"),
    document("Kerry met the " * 150, "in Iran"),
]


def written(folder: Path, seed: int = 1, kept: range = range(len(PIECES))) -> Path:
    """The file of a small network."""
    file = folder / f"{seed}.onnx.gz"
    file.write_bytes(onnx_file(small_encoder(seed), PIECES, kept, heads=HEADS))
    return file


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> LargeNetwork:
    """A small network, read from its file."""
    return LargeNetwork(written(tmp_path_factory.mktemp("large")))


def assert_equal(found: list[list[Floats]], wanted: list[list[Floats]]) -> None:
    """All scores are the same to the bit."""
    assert [len(each) for each in found] == [len(each) for each in wanted]
    for one, other in zip(chain(*found), chain(*wanted), strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_scores_nearly_as_its_formulas_do(tmp_path: Path, seed: int) -> None:
    """What rounding to bytes costs is small beside what tells one score from another."""
    network = LargeNetwork(written(tmp_path, seed))
    for each in DOCUMENTS:
        found = network.scores_all([each])[0]
        for chunk in chunks_of(each, WordPieces(PIECES)):
            wanted = read_by_hand(small_encoder(seed), chunk.pieces, chunk.shapes)[chunk.words]
            rows = np.asarray([found[sentence][position] for sentence, position in chunk.places])
            assert np.abs(rows - wanted).mean() < 0.05 * wanted.std()


def test_every_token_has_scores(network: LargeNetwork) -> None:
    """Of an empty sentence too, and of one that is longer than the network can read at once."""
    long = document("Kerry " * (LONGEST + 50), "x" * 3000)
    for each in (*DOCUMENTS, long):
        (scores,) = network.scores_all([each])
        assert [scored.shape for scored in scores] == [(len(sentence), len(TAGS)) for sentence in each]
        assert all(scored.any(1).all() for scored in scores)


def test_documents_are_scored_alike_together_and_alone(network: LargeNetwork) -> None:
    """To the bit: also in another process and in threads."""
    alone = [network.scores_all([each])[0] for each in DOCUMENTS]
    assert_equal(network.scores_all(DOCUMENTS), alone)
    assert_equal(pickle.loads(pickle.dumps(network)).scores_all(DOCUMENTS), alone)
    with ThreadPoolExecutor(4) as pool:
        assert_equal(list(pool.map(lambda each: network.scores_all([each])[0], DOCUMENTS * 5)), alone * 5)
    assert network.scores_all([]) == []


def test_a_piece_that_is_left_out_is_cut_into_smaller_ones(tmp_path: Path) -> None:
    """The others keep their rows under new numbers."""
    whole, fewer = (LargeNetwork(written(tmp_path, kept=kept)) for kept in (range(len(PIECES)), range(1, len(PIECES))))
    given = [document("Iran met Kerry")]
    assert_equal(whole.scores_all(given), fewer.scores_all(given))


def test_equal_weights_give_equal_bytes(tmp_path: Path) -> None:
    """And so an equal version; the time of day is not in the file."""
    one, same, other = (written(tmp_path, seed).read_bytes() for seed in (1, 1, 2))
    assert one == same != other
    versions = [LargeNetwork(written(tmp_path, seed)).version for seed in (1, 1, 2)]
    assert versions[0] == versions[1] != versions[2]
    assert versions[0].startswith("minilm-")


def test_a_tagger_asks_both_networks(network: LargeNetwork) -> None:
    """What it finds depends on each, and its version names both."""
    small = SmallNetwork(small_model(1), name_lists({}))
    both = Tagger(small, network)
    assert both.version == f"{small.version}+{network.version}"
    scores = both.scores(DOCUMENTS[0])
    for one in (small, network):
        assert not np.array_equal(scores[0].argmax(1), one.scores_all(DOCUMENTS)[0][0].argmax(1))


def test_what_is_wrong_with_a_file_is_said(tmp_path: Path) -> None:
    """It is not there, is not gzipped, is cut off, is no network, or is somebody else's."""
    whole = written(tmp_path).read_bytes()
    other = onnx.load_from_string(gzip.decompress(whole))
    del other.metadata_props[:]
    contents = {
        "is no file of the accurate tier": b"text",
        "is no file of the": whole[:1000],
        "cannot be run": gzip.compress(b"text"),
        "none that eig train --accurate-out wrote": gzip.compress(other.SerializeToString()),
    }
    file = tmp_path / "file"
    with pytest.raises(NoTagger, match="eig train --accurate-out makes one"):
        LargeNetwork(file)
    for reason, content in contents.items():
        file.write_bytes(content)
        with pytest.raises(NoTagger, match=reason):
            LargeNetwork(file)
