"""The API describes itself: every operation, parameter, answer and error, with examples that fit."""

from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest

from app.main import create_app
from app.problems import CODES, MEDIA_TYPE
from app.settings import Settings

Operation = tuple[str, dict[str, Any]]


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """The API's description."""
    return create_app(Settings()).openapi()


@pytest.fixture(scope="module")
def operations(document: dict[str, Any]) -> list[Operation]:
    """Its operations by method and path."""
    return [
        (f"{method.upper()} {path}", operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def contents(operations: list[Operation]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(where, media type, description) of every answer with a body."""
    for name, operation in operations:
        for status, response in operation["responses"].items():
            for media, content in response.get("content", {}).items():
                yield f"{name} {status}", media, content


def examples_of(described: dict[str, Any]) -> list[Any]:
    """Examples of a body or a parameter, wherever OpenAPI lets them stand."""
    single = [described["example"]] if "example" in described else []
    return [*single, *(one["value"] for one in described.get("examples", {}).values())]


def test_every_endpoint_is_there(operations: list[Operation]) -> None:
    """The API has these operations and no others."""
    assert sorted(name for name, _ in operations) == sorted(
        [
            "GET /api/v1/entities",
            "GET /api/v1/entities/{entity_id}",
            "GET /api/v1/entities/{entity_id}/co-mentions",
            "GET /api/v1/entities/{entity_id}/articles",
            "GET /api/v1/entities/{entity_id}/timeline",
            "GET /api/v1/intersections",
            "GET /api/v1/pairs/{a}/{b}/evidence",
            "GET /api/v1/articles",
            "POST /api/v1/articles",
            "GET /api/v1/articles/{article_id}",
            "DELETE /api/v1/articles/{article_id}",
            "GET /api/v1/articles/{article_id}/graph",
            "GET /api/v1/articles/{article_id}/embed",
            "GET /embed/articles",
            "GET /embed/articles.svg",
            "GET /embed/articles.png",
            "GET /embed/articles/{article_id}",
            "GET /embed/articles/{article_id}.svg",
            "GET /embed/articles/{article_id}.png",
            "GET /api/v1/graph",
            "GET /api/v1/paths",
            "GET /api/v1/analysis",
            "POST /api/v1/cypher",
            "GET /api/v1/cypher/schema",
            "GET /api/v1/stats",
            "GET /healthz",
            "GET /readyz",
            "GET /metrics",
        ]
    )


def test_every_operation_has_title_and_text(operations: list[Operation]) -> None:
    """Each operation has a summary, a description of a sentence or more, a tag, and an id of its own."""
    for name, operation in operations:
        assert operation["summary"], name
        assert operation["description"].rstrip().endswith("."), name
        assert operation["tags"], name
    ids = [operation["operationId"] for _, operation in operations]
    assert len(ids) == len(set(ids))


def test_every_parameter_is_described_with_an_example_that_fits(
    operations: list[Operation], document: dict[str, Any]
) -> None:
    """Each parameter says what it is for and gives an example of its own schema."""
    for name, operation in operations:
        for parameter in operation.get("parameters", []):
            where = f"{name} {parameter['name']}"
            assert parameter["description"], where
            examples = parameter["schema"].get("examples", [])
            assert examples, where
            for example in examples:
                check(example, parameter["schema"], document, where)


def test_every_answer_has_an_example_that_fits(operations: list[Operation], document: dict[str, Any]) -> None:
    """Each answer with a body, good or bad, gives an example of its own schema."""
    for where, media, content in contents(operations):
        examples = examples_of(content)
        assert examples, where
        if "json" in media:
            for example in examples:
                check(example, content["schema"], document, where)


def test_every_body_has_an_example_that_fits(operations: list[Operation], document: dict[str, Any]) -> None:
    """Each body that is sent gives an example of its own schema."""
    bodies = [(name, operation["requestBody"]) for name, operation in operations if "requestBody" in operation]
    assert [name for name, _ in bodies] == ["POST /api/v1/articles", "POST /api/v1/cypher"]
    for name, body in bodies:
        content = body["content"]["application/json"]
        assert examples_of(content), name
        for example in examples_of(content):
            check(example, content["schema"], document, name)


def test_every_error_is_a_problem(operations: list[Operation]) -> None:
    """Each status from 300 on is described as a problem document and nothing else; examples bear its status."""
    for where, media, content in contents(operations):
        status = int(where.rsplit(" ", 1)[1])
        if status < 300:
            continue
        assert media == MEDIA_TYPE, where
        assert content["schema"] == {"$ref": "#/components/schemas/Problem"}, where
        for example in examples_of(content):
            assert example["status"] == status, where
            assert example["code"] in CODES, where


def test_every_operation_tells_its_common_errors(operations: list[Operation]) -> None:
    """Each operation may meet an unknown host or an absent database; each with parameters refuses bad ones."""
    for name, operation in operations:
        assert {"421", "503"} <= set(operation["responses"]), name
        if operation.get("parameters") or "requestBody" in operation:
            assert "422" in operation["responses"], name


def check(example: Any, schema: dict[str, Any], document: dict[str, Any], where: str) -> None:
    """The example fits the schema, references looked up in the document."""
    whole = {**schema, "components": document["components"]}
    errors = [f"{where}: {error.message}" for error in jsonschema_rs.Draft202012Validator(whole).iter_errors(example)]
    assert errors == []
