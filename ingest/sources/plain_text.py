"""Articles as plain text or Markdown, one in each file."""

from __future__ import annotations

import re
from typing import Any

import yaml

from ingest.characters import clean_text, one_line
from ingest.page_form import PageForm, parse_page
from ingest.records import MAX_DEPTH, BadArticle, RawArticle, raw_from_json
from ingest.sources.markdown import markdown_to_text, split_heading

MAX_FRONT_MATTER = 64_000
LONGEST_TITLE = 150

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_NO_TITLE_ENDS_IN = (".", ",", ";", ":", "…")


def read_plain_text(content: str) -> RawArticle:
    """An article as plain text.

    Its first line is the title only where it clearly is one: at most 150 characters, not ending like a sentence, with a
    blank line and more text after it. A text in page form is left for `make_article` to take apart.
    """
    text = clean_text(content)
    first, _, rest = text.partition("\n")
    is_title = len(first) <= LONGEST_TITLE and not first.endswith(_NO_TITLE_ENDS_IN) and rest.startswith("\n")
    if is_title and parse_page(text) is None:
        return RawArticle(title=first, text=rest)
    return RawArticle(text=text)


def read_markdown(content: str) -> RawArticle:
    """An article as Markdown, perhaps with YAML front matter that has the field names of a JSON article.

    The title is the front matter's, else the first heading of the first level. Raises BadArticle where the front matter
    cannot be read.
    """
    fields, text = _front_matter(clean_text(content))
    head = raw_from_json(fields)
    page = parse_page(text)
    body = _page(page) if page else _document(text, head.title)
    return _joined(head, body)


def _document(text: str, title: str) -> RawArticle:
    heading, rest = split_heading(text)
    if title and one_line(heading) != one_line(title):
        return RawArticle(text=markdown_to_text(text))
    return RawArticle(title=heading, text=markdown_to_text(rest))


def _page(page: PageForm) -> RawArticle:
    return RawArticle(
        title=markdown_to_text(page.title),
        text=markdown_to_text(page.text),
        tags=page.tags,
        themes=page.themes,
        takeaways=tuple(markdown_to_text(takeaway) for takeaway in page.takeaways),
    )


def _joined(head: RawArticle, body: RawArticle) -> RawArticle:
    """The article of front matter and body; the front matter's own word comes first."""
    return RawArticle(
        given_id=head.given_id,
        url=head.url,
        title=head.title or body.title,
        text=body.text or head.text,
        publisher=head.publisher,
        language=head.language,
        published_at=head.published_at,
        tags=head.tags + body.tags,
        themes=head.themes + body.themes,
        takeaways=head.takeaways + body.takeaways,
        extra=head.extra,
    )


class _Loader(yaml.SafeLoader):
    """YAML without what would change a date or blow up: dates stay text, aliases and deep nesting are refused."""

    _depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not read")
        if self._depth > MAX_DEPTH:
            raise yaml.YAMLError("it is nested too deeply")
        self._depth += 1
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The fields of the front matter and the text after it. A rule across the page ("---") is none."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return {}, text
    if len(match[1]) > MAX_FRONT_MATTER:
        raise BadArticle(f"its front matter is longer than {MAX_FRONT_MATTER:,} characters")
    try:
        fields = yaml.load(match[1], Loader=_Loader)
    except (yaml.YAMLError, ValueError) as error:
        raise BadArticle(f"its front matter cannot be read: {one_line(str(error))}") from None
    return (fields, text[match.end() :]) if isinstance(fields, dict) else ({}, text)
