"""Which full-text searches an index answers in time (strict).

A search is a query in Lucene's language, read and planned by the index without a look at the clock: regular
expressions in slashes, words with wildcards and words with `~` become automata, and brackets are read by recursion. So
its text must stand in the statement or its parameters, where it can be looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from graph.cypher_guard.arguments import is_string
from graph.cypher_guard.limits import SEARCH_CHARACTERS, SEARCH_FUZZY, SEARCH_WILDCARDS
from graph.cypher_guard.refusal import Refusal
from graph.cypher_guard.tree import Clause, Group, Node, Operation, Parameter, Query

_FULLTEXT: Final = "db.index.fulltext."
_CYPHER_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
# What Lucene takes as it is: an escaped character, a phrase in quotes.
_TAKEN_AS_IT_IS: Final = re.compile(r'\\.|"(?:[^"\\]|\\.)*"', re.DOTALL)


def check_searches(query: Query, parameters: Mapping[str, Any]) -> None:
    """Refuse full-text searches whose text is computed, long, a regular expression, or full of wildcards."""
    for node in query.walk():
        if isinstance(node, Clause) and node.procedure.startswith(_FULLTEXT) and len(node.conditions) > 1:
            searched = node.conditions[1]
            if reason := _objection(list(_texts(searched, parameters))):
                raise Refusal(reason, searched.token.offset)


def _texts(node: Node, parameters: Mapping[str, Any]) -> Iterator[str]:
    """The texts that the search is joined of."""
    if isinstance(node, Group):
        yield from _texts(node.inner, parameters)
    elif isinstance(node, Operation) and all(isinstance(part, Node) or part.key in ("+", "||") for part in node.parts):
        for part in node.parts:
            if isinstance(part, Node):
                yield from _texts(part, parameters)
    elif isinstance(node, Parameter):
        yield str(parameters.get(node.name, ""))
    elif is_string(node):
        yield _CYPHER_ESCAPE.sub(r"\1", node.token.text[1:-1])
    else:
        raise Refusal("what is searched for is a text in quotes, a parameter, or both joined by +", node.token.offset)


def _objection(texts: list[str]) -> str | None:
    joined = "".join(texts)
    if len(joined) > SEARCH_CHARACTERS:
        return f"a search of more than {SEARCH_CHARACTERS:,} characters"
    # Joined, an escape or quote of one text may reach into the next.
    plain = _TAKEN_AS_IT_IS.sub("", joined) if len(texts) == 1 else joined
    if "/" in plain:
        return "a search for a regular expression: put a backslash before the slash, or quotes around the words"
    if sum(plain.count(sign) for sign in "*?") > SEARCH_WILDCARDS:
        return f"a search with more than {SEARCH_WILDCARDS} wildcards"
    return f"a search with more than {SEARCH_FUZZY} words with ~" if plain.count("~") > SEARCH_FUZZY else None
