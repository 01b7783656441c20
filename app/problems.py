"""Every error as RFC 9457 `application/problem+json` with a stable `code`.

`type` stays `about:blank` and `title` the HTTP phrase, as the RFC wants where `code` tells the kind; `detail` says what
to do. Errors of the graph are mapped in STATUS_OF, which a test proves complete.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Literal, get_args
from urllib.parse import parse_qsl, quote, urlencode

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from graph import errors

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"

Code = Literal[
    "bad_article",
    "bad_request",
    "database_unavailable",
    "entity_merged",
    "folder_taken",
    "foreign_origin",
    "internal_error",
    "invalid_request",
    "key_needed",
    "method_not_allowed",
    "not_found",
    "statement_error",
    "statement_refused",
    "statement_stopped",
    "text_not_kept",
    "too_large",
    "unknown_article",
    "unknown_entity",
    "unknown_host",
    "writes_closed",
]
CODES: tuple[Code, ...] = get_args(Code)

STATUS_OF: Mapping[type, tuple[int, Code]] = {
    errors.GraphError: (500, "internal_error"),
    errors.DatabaseUnavailable: (503, "database_unavailable"),
    errors.CommitUnknown: (503, "database_unavailable"),
    errors.TiesClaimed: (503, "database_unavailable"),
    errors.FolderTaken: (503, "folder_taken"),
    errors.StatementError: (400, "statement_error"),
    errors.StatementRefused: (400, "statement_refused"),
    errors.ConstraintViolated: (400, "statement_error"),
    errors.StatementStopped: (408, "statement_stopped"),
    errors.TextNotKept: (409, "text_not_kept"),
    errors.NotInGraph: (404, "not_found"),
    errors.UnknownEntity: (404, "unknown_entity"),
    errors.UnknownArticle: (404, "unknown_article"),
    errors.EntityMerged: (308, "entity_merged"),
}

_CODE_OF_STATUS: Mapping[int, Code] = {
    404: "not_found",
    405: "method_not_allowed",
    500: "internal_error",
}


class FieldProblem(BaseModel):
    """One part of a request that is wrong."""

    where: str = Field(description="`path`, `query`, `header` or `body`.", examples=["query"])
    field: str = Field(description="The parameter, or the way to the field in the body.", examples=["limit"])
    message: str = Field(description="What is allowed.", examples=["Input should be less than or equal to 1000"])


class Problem(BaseModel):
    """What went wrong, after RFC 9457."""

    type: str = Field("about:blank", description="Always `about:blank`: `code` tells the kind.")
    title: str = Field(description="The phrase of the HTTP status.", examples=["Unprocessable Entity"])
    status: int = Field(description="The HTTP status.", examples=[422])
    detail: str = Field(description="What is wrong and what to do.", examples=["limit: at most 1000"])
    code: Code = Field(description="Stable name of the kind of error.", examples=["invalid_request"])
    errors: list[FieldProblem] | None = Field(None, description="The parts of the request that are wrong.")
    id: str | None = Field(None, description="The id that is unknown or was merged.", examples=["Q999999999"])
    canonical: str | None = Field(None, description="The id that a merged one leads to.", examples=["Q794"])
    statement: str | None = Field(None, description="The Cypher statement that was not accepted.")
    line: int | None = Field(None, description="Line in it, from 1.")
    column: int | None = Field(None, description="Column in that line, from 1.")
    offset: int | None = Field(None, description="Code points before it, from 0.")


class ProblemException(HTTPException):
    """An error of our own, with its code."""

    def __init__(
        self,
        status: int,
        code: Code,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        problems: Sequence[FieldProblem] = (),
    ) -> None:
        super().__init__(status, detail, headers)
        self.code: Code = code
        self.problems = problems


def invalid(where: str, field: str, message: str) -> ProblemException:
    """The 422 for one field that is wrong on grounds that its type does not know."""
    problem = FieldProblem(where=where, field=field, message=message)
    return ProblemException(422, "invalid_request", _summary([problem]), problems=[problem])


def problem_response(
    status: int, code: Code, detail: str, *, headers: Mapping[str, str] | None = None, **more: Any
) -> JSONResponse:
    """A problem document. `more` are members beyond the common ones; those that are None are left out."""
    problem = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, code=code, **more)
    return _AsciiJSON(problem.model_dump(exclude_none=True), status, headers=headers, media_type=MEDIA_TYPE)


def add_handlers(app: FastAPI) -> None:
    """Let `app` answer every error as a problem document."""
    app.exception_handler(errors.GraphError)(_graph_error)
    app.exception_handler(RequestValidationError)(_validation_error)
    app.exception_handler(HTTPException)(_http_error)
    app.exception_handler(Exception)(_unexpected_error)


class _AsciiJSON(JSONResponse):
    """JSON in ASCII alone: what is quoted from a request may hold half a surrogate pair, which UTF-8 cannot."""

    def render(self, content: Any) -> bytes:
        return json.dumps(content).encode("ascii")


async def _graph_error(request: Request, error: errors.GraphError) -> Response:
    status, code = next(STATUS_OF[kind] for kind in type(error).__mro__ if kind in STATUS_OF)
    if isinstance(error, errors.NotInGraph):
        return _missing(request, error, status, code)
    if isinstance(error, errors.StatementError):
        return problem_response(status, code, str(error), **_place(error))
    if status >= 500:
        log.error("%s %s: %s", request.method, request.url.path, error)
    return problem_response(status, code, str(error) if code != "internal_error" else _UNEXPECTED)


def _missing(request: Request, error: errors.NotInGraph, status: int, code: Code) -> Response:
    """404 for an id in the path, 422 for one that is a parameter, 308 for one that has become another."""
    if isinstance(error, errors.EntityMerged):
        headers = {"Location": _location(request, error.id, error.canonical)}
        return problem_response(status, code, str(error), headers=headers, id=error.id, canonical=error.canonical)
    if error.id in request.path_params.values():
        return problem_response(status, code, str(error), id=error.id)
    named = [name for name, value in request.query_params.multi_items() if value == error.id]
    problems = [FieldProblem(where="query", field=name, message=str(error)) for name in dict.fromkeys(named)]
    return problem_response(422, code, str(error), id=error.id, errors=problems or None)


def _place(error: errors.StatementError) -> dict[str, Any]:
    return {
        "statement": error.statement or None,
        "line": error.line,
        "column": error.column,
        "offset": error.offset,
    }


def _location(request: Request, old: str, new: str) -> str:
    """The address of `request` with one id replaced by another, in the path and in the parameters."""
    path = "/".join(quote(new if part == old else part, safe="") for part in request.url.path.split("/"))
    query = [(name, new if value == old else value) for name, value in parse_qsl(request.url.query)]
    return f"{path}?{urlencode(query)}" if query else path


async def _validation_error(_request: Request, error: RequestValidationError) -> Response:
    problems = [_field_problem(problem) for problem in error.errors()]
    return problem_response(422, "invalid_request", _summary(problems), errors=problems)


def _field_problem(problem: Mapping[str, Any]) -> FieldProblem:
    where, *way = (str(part) for part in problem["loc"])
    return FieldProblem(where=where, field=".".join(way), message=str(problem["msg"]).removeprefix("Value error, "))


def _summary(problems: Sequence[FieldProblem], *, most: int = 3) -> str:
    said = [f"{problem.field or problem.where}: {problem.message}" for problem in problems[:most]]
    more = len(problems) - most
    return "; ".join(said) + (f"; and {more} more" if more > 0 else "")


async def _http_error(request: Request, error: HTTPException) -> Response:
    if isinstance(error, ProblemException):
        more = {"errors": list(error.problems) or None}
        return problem_response(error.status_code, error.code, error.detail, headers=error.headers, **more)
    code = _CODE_OF_STATUS.get(error.status_code, "bad_request")
    headers = {"Allow": _allowed(request)} if error.status_code == 405 else error.headers
    return problem_response(error.status_code, code, _DETAIL.get(code, error.detail), headers=headers)


def _allowed(request: Request) -> str:
    """All methods of an address; the router knows only those of the first route that fits."""
    template = getattr(request.scope.get("route"), "path", "")
    operations = request.app.openapi()["paths"].get(template, {"get": None})
    return ", ".join(sorted(method.upper() for method in operations))


async def _unexpected_error(request: Request, error: Exception) -> Response:
    log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem_response(500, "internal_error", _UNEXPECTED)


_UNEXPECTED = "The service made a mistake; its log says more."
_DETAIL: Mapping[Code, str] = {
    "not_found": "There is nothing at this address: see /docs for all that there are.",
    "method_not_allowed": "This address takes other methods: see the Allow header.",
}
