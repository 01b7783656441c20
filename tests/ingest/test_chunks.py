"""Chunks of word pieces."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from small_encoder import PIECES

from ingest.tagger.chunks import CHUNK, LONGEST, NO_TAG, chunks_of
from ingest.tagger.wordpiece import PIECES_OF_A_WORD, WordPieces
from ingest.tokens import tokenize

CUTTER = WordPieces(PIECES)
SENTENCES = st.lists(st.lists(st.sampled_from(["Iran", "bobs", "x" * 30, "."]), max_size=60).map(" ".join), max_size=9)


@given(sentences=SENTENCES, times=st.sampled_from([1, 1, 20]))
def test_every_word_stands_in_one_chunk(sentences: list[str], times: int) -> None:
    """In the order of the text, with the tag it was given, between a begin and an end, and no chunk is too long."""
    document = [tokenize(sentence * times) for sentence in sentences]
    tags = [[position % 7 for position in range(len(sentence))] for sentence in document]
    chunks = list(chunks_of(document, CUTTER, tags))
    places = [place for chunk in chunks for place in chunk.places]
    assert places == [(number, position) for number, words in enumerate(document) for position in range(len(words))]
    for chunk in chunks:
        assert (chunk.pieces[0], chunk.pieces[-1]) == (CUTTER.begin, CUTTER.end)
        assert len(chunk.pieces) == len(chunk.shapes) <= LONGEST + PIECES_OF_A_WORD + 1
        for word, tag, (number, position) in zip(chunk.words, chunk.tags, chunk.places, strict=True):
            pieces, shapes = CUTTER.cut(document[number][position].text)
            assert chunk.pieces[word : word + len(pieces)] == pieces
            assert chunk.shapes[word : word + len(shapes)] == shapes
            assert tag == tags[number][position]


def test_sentences_are_packed_together_while_there_is_room() -> None:
    """One that does not fit any more begins a chunk, and is not torn unless it fills one alone."""
    half = tokenize("Iran " * (CHUNK // 2))
    chunks = list(chunks_of([half[:-2], half[:-2], half, tokenize("Iran " * (LONGEST + 5))], CUTTER))
    assert [sorted({number for number, _ in chunk.places}) for chunk in chunks] == [[0, 1], [2], [3], [3]]
    assert {tag for chunk in chunks for tag in chunk.tags} == {NO_TAG}


def test_a_document_without_words_has_no_chunks() -> None:
    """Whether it has sentences or not."""
    assert list(chunks_of([], CUTTER)) == list(chunks_of([(), ()], CUTTER)) == []
