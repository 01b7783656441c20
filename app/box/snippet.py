"""The lines of HTML that put a box onto somebody's page."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from app.box.document import NAME


def snippet(article_id: str, *, root: str) -> str:
    """The script tag, and a link to the box for readers without scripts. root: the service's address with a slash."""
    box = f"{root}embed/articles/{quote(article_id, safe='')}"
    return (
        f'<script async src="{escape(root)}embed.js" data-article="{escape(article_id)}"></script>\n'
        f'<noscript><a href="{escape(box)}">{NAME} of this article</a></noscript>'
    )
