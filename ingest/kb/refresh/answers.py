"""Answers of a SPARQL service, as the SPARQL 1.1 Query Results JSON Format describes them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

_ENTITY: Final = re.compile(r"https?://www\.wikidata\.org/entity/(Q[1-9][0-9]*)")


class NotAnAnswer(ValueError):
    """The text is no complete answer in that format; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Value:
    """What a variable is bound to. kind: "uri", "literal" or "bnode". language: tag of a literal, or empty."""

    kind: str
    text: str
    language: str = ""


Binding: TypeAlias = Mapping[str, Value]


def read_answer(body: bytes) -> Sequence[Binding]:
    """The bindings of an answer, in order; a variable without a value is left out of its binding.

    Raises:
        NotAnAnswer: where the body is no JSON, was cut off, or is JSON of another form.
    """
    try:
        answer = json.loads(body)
        return [_binding(each) for each in answer["results"]["bindings"]]
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise NotAnAnswer(f"the answer is no whole JSON: {error}") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise NotAnAnswer("the answer is JSON, but not SPARQL results") from error


def text_of(binding: Binding, variable: str) -> str:
    """The text of a variable on one line; empty where it has no value, or one that is not known."""
    value = binding.get(variable)
    return " ".join(value.text.split()) if value is not None and value.kind != "bnode" else ""


def item_of(binding: Binding, variable: str) -> str:
    """The Wikidata id that a variable holds; empty where it holds none."""
    found = _ENTITY.fullmatch(text_of(binding, variable))
    return found[1] if found else ""


def number_of(binding: Binding, variable: str) -> int:
    """The whole number that a variable holds; 0 where it holds none."""
    text = text_of(binding, variable)
    return int(text) if text.isdecimal() else 0


def _binding(values: Mapping[str, Mapping[str, Any]]) -> Binding:
    return {
        name: Value(_kind(value["type"]), _text(value["value"]), value.get("xml:lang", ""))
        for name, value in values.items()
    }


def _kind(kind: str) -> str:
    """Older services call a literal with a datatype "typed-literal"."""
    return "literal" if kind == "typed-literal" else kind


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a value is text")
    return value.encode("utf-8", "replace").decode()  # half a surrogate pair could not be written into a file
