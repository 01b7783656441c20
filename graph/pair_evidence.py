"""Every sentence that proves the tie of two entities, newest article first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.counting.protocol import Counting
from graph.library import Library
from graph.model import Article, Filters, Page, PageRequest, Sentence

# Sentences that `proof` gives where none names both.
ONE_EACH = 2


def pair_evidence(
    first: str, second: str, *, library: Library, counting: Counting, filters: Filters, page: PageRequest
) -> Page[tuple[Article, Sentence]]:
    """A page of sentences, each with its article.

    An article gives all its sentences that name both; one that has none gives the nearest sentence for each of the two.
    """
    pair = (first, second)
    library.entities(pair)
    sizes = [(article, together or ONE_EACH) for article, together in counting.pair_sentences(*pair, filters=filters)]
    wanted = list(_window(sizes, page))
    evidence = library.evidence([article for article, _ in wanted], pair)
    results = (
        (found.article, sentence)
        for found, (_, part) in zip(evidence, wanted, strict=True)
        for sentence in found.sentences[part]
    )
    return Page(sum(size for _, size in sizes), tuple(results))


def _window(sizes: Sequence[tuple[str, int]], page: PageRequest) -> Iterator[tuple[str, slice]]:
    """The articles that a page touches, with the part of the sentences of each."""
    begin, end = page.offset, page.offset + page.limit
    place = 0
    for article, size in sizes:
        if place + size > begin and place < end:
            yield article, slice(max(0, begin - place), min(size, end - place))
        place += size
