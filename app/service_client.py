"""Talks to the service that holds the graph, for the commands that cannot open the folder themselves."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Self

import httpx

from app.ingestion import Result
from graph.errors import StatementError, StatementStopped, UnknownArticle
from graph.model import Article, Rows
from ingest.articles import article_to_json

PAGE = 200
# Reading is long: a batch of articles is extracted and stored before the service answers.
TIMEOUT = httpx.Timeout(10.0, read=600.0)

log = logging.getLogger(__name__)


class ServiceError(Exception):
    """The service did not do what was asked; the message says why and what to do."""


class ServiceClient:
    """The API of a running service, as far as the command line needs it."""

    def __init__(self, address: str, *, api_key: str | None) -> None:
        self.address = address.rstrip("/")
        headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        # No proxy of the environment stands between us and a service on our own machine.
        self._http = httpx.Client(
            base_url=f"{self.address}/api/v1", headers=headers, timeout=TIMEOUT, trust_env=False, follow_redirects=True
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def store(self, articles: Sequence[Article]) -> list[Result]:
        """Have a batch of articles stored; one result for each, in order."""
        response = self._ask("POST", "/articles", json=[article_to_json(article) for article in articles])
        if response.status_code in (413, 422):
            return self._store_less(articles, response)
        _check(response)
        return [_result(item) for item in response.json()["results"]]

    def _store_less(self, articles: Sequence[Article], response: httpx.Response) -> list[Result]:
        """The batch was too large, or its only article is bad: halve it, down to the one that cannot be taken."""
        if len(articles) == 1:
            return [Result(articles[0].id, articles[0].given_id, "failed", _detail(response))]
        half = len(articles) // 2
        return [*self.store(articles[:half]), *self.store(articles[half:])]

    def delete(self, article_id: str) -> None:
        """Have an article deleted. Raises UnknownArticle."""
        response = self._ask("DELETE", f"/articles/{article_id}")
        if response.status_code == 404:
            raise UnknownArticle(article_id)
        _check(response)

    def cypher(self, statement: str, parameters: Mapping[str, Any]) -> Rows:
        """Ask a Cypher statement. Raises StatementError or StatementStopped as the graph itself would."""
        response = self._ask("POST", "/cypher", json={"statement": statement, "parameters": dict(parameters)})
        if response.status_code == 400:
            raise _statement_error(response, statement)
        if response.status_code == 408:
            raise StatementStopped(_detail(response))
        _check(response)
        answer = response.json()
        values = tuple(tuple(row) for row in answer["data"]["values"])
        return Rows(tuple(answer["data"]["fields"]), values, truncated=answer["truncated"])

    def stats(self) -> dict[str, Any]:
        """Size and kind of the graph."""
        return self._get("/stats")

    def neighbourhood(self, entities: Sequence[str], *, form: str, max_nodes: int) -> dict[str, Any]:
        """The entities with those most strongly tied to them, as graph JSON."""
        return self._get("/graph", entity=list(entities), format=form, max_nodes=max_nodes)

    def articles(self) -> Iterator[dict[str, Any]]:
        """Every stored article with its text."""
        offset = 0
        while True:
            page = self._get("/articles", limit=PAGE, offset=offset)
            for entry in page["results"]:
                yield self._get(f"/articles/{entry['id']}")
            offset += PAGE
            if offset >= page["total"]:
                return

    def _get(self, path: str, **parameters: Any) -> dict[str, Any]:
        response = self._ask("GET", path, params=parameters)
        _check(response)
        answer: dict[str, Any] = response.json()
        return answer

    def _ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        try:
            return self._http.request(method, path, **options)
        except httpx.HTTPError as error:
            raise ServiceError(
                f"the service at {self.address} holds the graph but does not answer ({type(error).__name__}): "
                "wait for it, or stop it and try again"
            ) from error


def _check(response: httpx.Response) -> None:
    if response.is_success:
        return
    if response.status_code in (401, 403):
        raise ServiceError(f"the service refused: {_detail(response)}; set EIG_API_KEY to the key it was started with")
    raise ServiceError(f"the service answered {response.status_code}: {_detail(response)}")


def _detail(response: httpx.Response) -> str:
    problem = _problem(response)
    return str(problem.get("detail") or problem.get("title") or response.reason_phrase)


def _problem(response: httpx.Response) -> Mapping[str, Any]:
    """The answer's problem document (RFC 9457), empty where it is something else."""
    try:
        body = response.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _statement_error(response: httpx.Response, statement: str) -> StatementError:
    problem = _problem(response)
    return StatementError(
        _detail(response),
        statement=statement,
        line=problem.get("line"),
        column=problem.get("column"),
        offset=problem.get("offset"),
    )


def _result(item: Mapping[str, Any]) -> Result:
    return Result(
        id=item["id"],
        given_id=item.get("given_id"),
        outcome=item["outcome"],
        reason=item.get("reason"),
        mentions=item.get("mentions", 0),
        entities=tuple(item.get("entities", ())),
    )
