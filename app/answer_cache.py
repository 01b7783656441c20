"""Answers of a SPARQL service in a folder, so that a run that was broken off goes on where it was."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path


class AnswerCache:
    """One file for each query, named by the digest of the service's address and the query.

    Args:
        folder: is made when the first answer is kept.
        max_age: an answer that is older counts as none.
    """

    def __init__(self, folder: Path, *, max_age: timedelta) -> None:
        self.folder = folder
        self._max_age = max_age

    def get(self, endpoint: str, query: str) -> bytes | None:
        """The answer that is kept, unless it is too old or its file is damaged."""
        try:
            entry = json.loads(self._path(endpoint, query).read_bytes())
            asked = datetime.fromisoformat(entry["asked"])
            answer = json.dumps(entry["answer"]).encode()
            return answer if datetime.now(UTC) - asked <= self._max_age else None
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None

    def put(self, endpoint: str, query: str, body: bytes) -> None:
        """Keep an answer (JSON) with the time; a file is there whole or not at all."""
        entry = {
            "asked": datetime.now(UTC).isoformat(timespec="seconds"),
            "endpoint": endpoint,
            "query": query,
            "answer": json.loads(body),
        }
        path = self._path(endpoint, query)
        self.folder.mkdir(parents=True, exist_ok=True)
        half, name = tempfile.mkstemp(dir=self.folder, prefix=path.stem, suffix=".half")
        with os.fdopen(half, "w", encoding="utf-8") as file:
            json.dump(entry, file)
        Path(name).replace(path)

    def _path(self, endpoint: str, query: str) -> Path:
        digest = hashlib.sha256(f"{endpoint}\n{query}".encode()).hexdigest()
        return self.folder / f"{digest}.json"
