"""The whole API against its own description: no 5xx, and no status or answer that it does not document."""

from __future__ import annotations

import socket
import threading
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn
from hypothesis import HealthCheck
from hypothesis import settings as examples

from app.ingestion import store_articles
from app.main import create_app
from app.opening import open_store
from app.settings import Settings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import schemathesis
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import (
        allow_header_conformance,
        content_type_conformance,
        response_headers_conformance,
        response_schema_conformance,
        status_code_conformance,
        unsupported_method,
    )

# Left out are those that take every refusal of a well-formed request, such as an unknown id, for a mistake.
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
    allow_header_conformance,
]

api = schemathesis.openapi.from_dict(create_app(Settings()).openapi())


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, extractor: Any, news: list[dict[str, Any]]) -> Iterator[str]:
    """The address of a service over a graph of its own, as it is written to."""
    settings = Settings(home=tmp_path_factory.mktemp("schemathesis"), cypher="strict", cypher_seconds=2)
    with open_store(settings) as store, socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else every answer waits for 40 ms
        store_articles(news, store=store, extractor=extractor)
        app = create_app(settings, store=store, extractor=extractor)
        server = uvicorn.Server(uvicorn.Config(app, log_config=None))
        serving = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        serving.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        serving.join()


@api.parametrize()
@examples(max_examples=15, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_operation_keeps_to_its_description(case: Any, service: str) -> None:
    """Whatever is sent, the answer has a documented status, and the type and shape documented for it."""
    case.call_and_validate(base_url=service, checks=CHECKS)
