"""The page at `/` and the files it loads, as page_build.py made them when the package was built."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

STATIC = Path(__file__).parent / "web/static"

NOT_BUILT = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Entity Intersection Graph</title>
<h1>Entity Intersection Graph</h1>
<p>This service was installed without its page (EIG_SKIP_FRONTEND=1). To have it, install again without that variable,
in a clone with <code>make install</code>. Everything the page shows is also in the <a href="docs">API</a>.</p>
</html>
"""


class PageFiles(StaticFiles):
    """Files that were compressed when they were built; browsers ask each time whether theirs are still good."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, compressed where the browser can read that."""
        small = (
            await self._compressed(path, scope) if "gzip" in Headers(scope=scope).get("accept-encoding", "") else None
        )
        response = small or await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        response.headers["Vary"] = "Accept-Encoding"
        return response

    async def _compressed(self, path: str, scope: Scope) -> Response | None:
        try:
            response = await super().get_response(f"{path}.gz", scope)
        except HTTPException:
            return None
        if response.status_code == 200:
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Content-Type"] = _media_type(path)
        return response


def add_page(app: FastAPI, folder: Path = STATIC) -> None:
    """Serve the page of `folder` at `/` and its files under `/web`; where it was not built, say at `/` what to do."""
    index = folder / "index.html"

    async def page(_request: object) -> Response:
        return FileResponse(index, headers={"Cache-Control": "no-cache"})

    async def not_built(_request: object) -> Response:
        return HTMLResponse(NOT_BUILT, status_code=503)

    built = index.exists()
    app.add_route("/", page if built else not_built, include_in_schema=False)
    if built:
        app.mount("/web", PageFiles(directory=folder), name="web")


def _media_type(path: str) -> str:
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
