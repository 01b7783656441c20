"""Questions to the API, for the tests of its routes."""

from typing import Any

from fastapi.testclient import TestClient


def read(client: TestClient, path: str, **parameters: Any) -> Any:
    """The answer to a GET that must succeed; `path` begins after the API's prefix."""
    response = client.get(f"/api/v1{path}", params=parameters)
    assert response.status_code == 200, response.text
    return response.json()
