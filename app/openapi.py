"""The API's own description: which errors an operation may answer with, and the one shape that all of them have."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.problems import MEDIA_TYPE, Code, Problem

REF = "#/components/schemas/{model}"


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of `app`, made once; to FastAPI's own it adds the shape of a problem."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title,
            version=app.version,
            summary=app.summary,
            description=app.description,
            routes=app.routes,
            tags=app.openapi_tags,
        )
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        problem = Problem.model_json_schema(ref_template=REF)
        schemas.update(problem.pop("$defs"))
        schemas["Problem"] = problem
        _read_examples(document)
        app.openapi_schema = document
    return app.openapi_schema


def answer(example: Any, *errors: str, description: str = "Found.") -> dict[int | str, dict[str, Any]]:
    """The `responses` of an operation: an example of what it answers, and its errors (see `problems`)."""
    # As text until `_read_examples`: FastAPI takes every null out of its document, also out of examples.
    ok = {"description": description, "content": {"application/json": {"example": json.dumps(example)}}}
    return {200: ok, **problems(*errors)}


def problems(*names: str) -> dict[int | str, dict[str, Any]]:
    """The errors of an operation by their names in _EXAMPLES.

    Every operation may also meet an unknown host, or a database that is away.
    """
    described: dict[int | str, dict[str, Any]] = {}
    for name in (*names, "host", "database"):
        example = _EXAMPLES[name]
        status = described.setdefault(example.status, _empty(example.status))
        status["content"][MEDIA_TYPE]["examples"][name] = {"value": _document(example)}
    return described


@dataclass(frozen=True, slots=True)
class _Example:
    """One error as the API's description shows it."""

    status: int
    code: Code
    detail: str
    more: Mapping[str, Any]


def _example(status: int, code: Code, detail: str, **more: Any) -> _Example:
    return _Example(status, code, detail, more)


_EXAMPLES: Mapping[str, _Example] = {
    "entity in the path": _example(
        404, "unknown_entity", "no entity 'Q0' in the graph: look it up with a search", id="Q0"
    ),
    "entity as a parameter": _example(
        422, "unknown_entity", "no entity 'Q0' in the graph: look it up with a search", id="Q0"
    ),
    "article in the path": _example(404, "unknown_article", "no article 'a0' in the graph", id="a0"),
    "merged": _example(
        308, "entity_merged", "entity 'x-iran-deal' is now 'Q17001802'", id="x-iran-deal", canonical="Q17001802"
    ),
    "invalid": _example(422, "invalid_request", "limit: Input should be less than or equal to 1000"),
    "article": _example(422, "bad_article", "the article has neither a title nor a text: give at least one"),
    "body": _example(400, "bad_request", "There was an error parsing the body"),
    "statement": _example(
        400, "statement_error", "Invalid input 'RETRUN'", statement="RETRUN 1", line=1, column=1, offset=0
    ),
    "refused": _example(
        400,
        "statement_refused",
        "CREATE would write: only reading is allowed",
        statement="CREATE (n)",
        line=1,
        column=1,
    ),
    "stopped": _example(408, "statement_stopped", "the statement was stopped after 10 seconds"),
    "key": _example(401, "key_needed", "This needs the header 'Authorization: Bearer <EIG_API_KEY>'."),
    "closed": _example(403, "writes_closed", "Writing is closed: the service is bound beyond loopback without a key."),
    "origin": _example(403, "foreign_origin", "Pages of https://example.org may not do this (EIG_CORS_ORIGINS)."),
    "size": _example(413, "too_large", "The request is too large: send fewer or shorter articles (EIG_MAX_BODY_MB)."),
    "host": _example(421, "unknown_host", "This service is not known as 'example.org' (EIG_HOSTS)."),
    "database": _example(503, "database_unavailable", "the database does not answer"),
}


def _read_examples(document: dict[str, Any]) -> None:
    """Turn the examples of `answer` from text into what they say."""
    for operations in document["paths"].values():
        for operation in operations.values():
            content = operation["responses"].get("200", {}).get("content", {}).get("application/json")
            if content is not None:
                content["example"] = json.loads(content["example"])


def _empty(status: int) -> dict[str, Any]:
    content = {MEDIA_TYPE: {"schema": {"$ref": REF.format(model="Problem")}, "examples": {}}}
    described: dict[str, Any] = {"description": HTTPStatus(status).phrase, "content": content}
    if status == 308:
        described["headers"] = {
            "Location": {"description": "The same address with the id that counts.", "schema": {"type": "string"}}
        }
    return described


def _document(example: _Example) -> dict[str, Any]:
    title = HTTPStatus(example.status).phrase
    problem = Problem(title=title, status=example.status, detail=example.detail, code=example.code, **example.more)
    return problem.model_dump(exclude_none=True)
