"""Every sentence that proves the tie of two entities, newest article first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from graph.counting.protocol import Counting
from graph.evidence import proof
from graph.library import Library
from graph.model import Article, Filters, Page, PageRequest, Sentence

EVERY = 1_000_000_000


def pair_evidence(
    first: str, second: str, *, library: Library, counting: Counting, filters: Filters, page: PageRequest
) -> Page[tuple[Article, Sentence]]:
    """A page of sentences, each with its article.

    An article gives all its sentences that name both; one that has none gives the nearest sentence for each of the two.
    """
    pair = (first, second)
    library.entities(pair)
    common = counting.articles_with(pair, filters=filters, page=PageRequest(limit=EVERY)).results
    named = library.sentence_numbers(common, pair)
    sizes = {article: _size(named[article], pair) for article in common}
    wanted = list(_window(common, sizes, page))
    sentences = library.sentences([article for article, _ in wanted], pair)
    articles = {article.id: article for article in library.articles([article for article, _ in wanted])}
    results = (
        (articles[article], sentence)
        for article, part in wanted
        for sentence in islice(proof(sentences[article], pair), part.start, part.stop)
    )
    return Page(sum(sizes.values()), tuple(results))


def _size(numbers: dict[str, set[int]], pair: tuple[str, str]) -> int:
    """How many sentences `proof` will give."""
    together = len(numbers[pair[0]] & numbers[pair[1]])
    return together or 2


def _window(articles: Sequence[str], sizes: dict[str, int], page: PageRequest) -> Iterator[tuple[str, slice]]:
    """The articles that a page touches, with the part of the sentences of each."""
    begin, end = page.offset, page.offset + page.limit
    place = 0
    for article in articles:
        size = sizes[article]
        if place + size > begin and place < end:
            yield article, slice(max(0, begin - place), min(size, end - place))
        place += size
