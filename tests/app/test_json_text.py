"""JSON that no database takes is found before it gets there."""

from typing import Any

import pytest

from app.json_text import MAX_DEPTH, NotStorable, check_text


def nested(depth: int) -> Any:
    """A number in so many lists."""
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


STORABLE = [None, True, 1.5, -(2**63), 2**63 - 1, "ok 😀", {"a": [1, {"b": "c"}]}, nested(MAX_DEPTH)]


@pytest.mark.parametrize("value", STORABLE)
def test_plain_json_passes(value: Any) -> None:
    """What a database can store is let through."""
    check_text(value)


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ({"a": ["x", "\ud800"]}, "a[1]"),
        ({"a": {"\udfff": 1}}, "a"),
        ({"n": 2**63}, "n"),
        ({"n": -(2**63) - 1}, "n"),
        ({"deep": nested(MAX_DEPTH)}, "deep"),
    ],
)
def test_others_are_refused_with_their_place(value: Any, where: str) -> None:
    """Half surrogate pairs, numbers beyond 64 bits and endless nesting are refused, and the message says where."""
    with pytest.raises(NotStorable) as caught:
        check_text(value)
    assert str(caught.value).startswith(where)
