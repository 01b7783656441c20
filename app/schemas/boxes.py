"""How to embed the box of an article."""

from __future__ import annotations

from pydantic import Field

from app.schemas.common import Answer


class Embedding(Answer):
    """What a publisher copies."""

    html: str = Field(description="Lines for the page: the script tag, and a link for readers without scripts.")
    box: str = Field(description="Address of the box as a web page.")
    svg: str = Field(description="Address of the box as an SVG picture.")
    png: str = Field(description="Address of the box as a PNG picture.")
