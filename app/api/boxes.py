"""The box of an article for other pages: a document, a picture, and the lines that put it there."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.api import PREFIX
from app.api.addresses import article_at
from app.api.dependencies import MAX_OFFSET, ArticleInPath, SettingsOfApp, Store
from app.box.card import Card, read_card
from app.box.document import Look, document, style_source
from app.box.image import ImageLook, png, svg
from app.box.links import Links
from app.box.palette import COLOUR, Chosen, Theme
from app.box.shelf import Made, Shelf
from app.box.snippet import snippet
from app.openapi import answer, problems
from app.page import STATIC, PageFiles
from app.schemas import examples
from app.schemas.boxes import Embedding
from app.security import box_policy
from graph.store import GraphStore

router = APIRouter(tags=["embedding"])

# Readers may see a box that is so many seconds old.
MAX_AGE = 60
HTML, SVG, PNG = "text/html; charset=utf-8", "image/svg+xml; charset=utf-8", "image/png"

Colour = Annotated[str | None, Query(pattern=f"^{COLOUR}$", description="As rrggbb or rgb.", examples=["1d4f91"])]
AddressOfArticle = Annotated[
    str,
    Query(
        max_length=4000,
        description="The article's address in any spelling.",
        examples=["https://example.org/a?utm_source=x"],
    ),
]
WidthOfImage = Annotated[int, Query(ge=240, le=1200, description="Width in pixels of a page.", examples=[640])]
LeastArticles = Annotated[
    int, Query(ge=1, le=MAX_OFFSET, description="Only entities and ties of at least so many articles.", examples=[1])
]


def _chosen(accent: Colour = None, background: Colour = None, text: Colour = None) -> Chosen:
    """The colours a host chooses; those that could not be read on the background are made darker or lighter."""
    return Chosen(accent=accent, background=background, text=text)


ChosenColours = Annotated[Chosen, Depends(_chosen)]


def _look(
    chosen: ChosenColours,
    theme: Annotated[Theme, Query(description="`auto` follows the reader's system.", examples=["light"])] = "light",
) -> Look:
    return Look(theme, chosen)


def _image_look(
    chosen: ChosenColours,
    theme: Annotated[Literal["light", "dark"], Query(description="Light or dark.", examples=["light"])] = "light",
    width: WidthOfImage = 640,
) -> ImageLook:
    return ImageLook(theme, chosen, width)


@dataclass(frozen=True, slots=True)
class _Boxes:
    """Makes boxes for one request."""

    request: Request
    store: GraphStore
    settings: SettingsOfApp
    min_articles: int

    def document(self, article_id: str | None, look: Look) -> Response:
        """The box as a page."""
        depth = self.request.url.path.removeprefix(self.request.scope.get("root_path", "")).count("/") - 1
        links, files = Links("../" * depth), "../" * (depth - 1)

        def make(card: Card) -> Made:
            page = document(card, look, files=files, links=links)
            return Made(page.encode(), style_source(look.style()))

        return self._answer(("html", article_id, look, depth), article_id, make, HTML)

    def image(self, article_id: str | None, look: ImageLook, kind: str) -> Response:
        """The box as a picture."""

        def make(card: Card) -> Made:
            return Made(png(card, look) if kind == PNG else svg(card, look).encode())

        return self._answer((kind, article_id, look), article_id, make, kind)

    def _answer(
        self, key: tuple[object, ...], article_id: str | None, make: Callable[[Card], Made], kind: str
    ) -> Response:
        shelf: Shelf = self.request.app.state.boxes
        made = shelf.get(
            (self.store.version(), self.min_articles, *key),
            lambda: make(read_card(self.store, article_id, min_articles=self.min_articles)),
        )
        headers = {
            "ETag": made.tag,
            "Cache-Control": f"public, max-age={MAX_AGE}",
            "Vary": "Accept-Encoding",
            "Cross-Origin-Resource-Policy": "cross-origin",
            "Content-Security-Policy": box_policy(self.settings.embed_sites, made.style),
        }
        if made.tag in self.request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        body = made.body
        if kind != PNG and "gzip" in self.request.headers.get("accept-encoding", ""):
            body, headers["Content-Encoding"] = gzip.compress(body, mtime=0), "gzip"
        return Response(body, media_type=kind, headers=headers)


def _boxes(request: Request, store: Store, settings: SettingsOfApp, min_articles: LeastArticles = 1) -> _Boxes:
    return _Boxes(request, store, settings, min_articles)


Boxes = Annotated[_Boxes, Depends(_boxes)]


def _of_kind(kind: str, example: str | bytes) -> dict[int | str, dict[str, object]]:
    """The answers of a route that does not answer with JSON."""
    media = kind.partition(";")[0]
    unchanged: dict[str, object] = {"description": "The one that the reader has is still good (`If-None-Match`)."}
    return {
        200: {"description": "The box.", "content": {media: {"example": example}}},
        304: unchanged,
        **problems("invalid"),
    }


@router.get(
    "/embed/articles",
    summary="The box of an article by its address",
    response_class=Response,
    responses=_of_kind(HTML, examples.BOX),
)
def read_box_by_url(
    boxes: Boxes, store: Store, url: AddressOfArticle, look: Annotated[Look, Depends(_look)]
) -> Response:
    """The box as a web page, to be shown in a frame. An article that is not known is told of kindly, by a 200."""
    return boxes.document(article_at(url, store), look)


@router.get(
    "/embed/articles.svg",
    summary="The box as an SVG picture, by address",
    response_class=Response,
    responses=_of_kind(SVG, examples.BOX_SVG),
)
def read_svg_by_url(
    boxes: Boxes, store: Store, url: AddressOfArticle, look: Annotated[ImageLook, Depends(_image_look)]
) -> Response:
    """The picture, for pages that run no script."""
    return boxes.image(article_at(url, store), look, SVG)


@router.get(
    "/embed/articles.png",
    summary="The box as a PNG picture, by address",
    response_class=Response,
    responses=_of_kind(PNG, "(PNG)"),
)
def read_png_by_url(
    boxes: Boxes, store: Store, url: AddressOfArticle, look: Annotated[ImageLook, Depends(_image_look)]
) -> Response:
    """The picture, for mails and feeds; it has two pixels for each one of its width."""
    return boxes.image(article_at(url, store), look, PNG)


@router.get(
    "/embed/articles/{article_id}.svg",
    summary="The box as an SVG picture",
    response_class=Response,
    responses=_of_kind(SVG, examples.BOX_SVG),
)
def read_svg(boxes: Boxes, article_id: ArticleInPath, look: Annotated[ImageLook, Depends(_image_look)]) -> Response:
    """The picture, for pages that run no script."""
    return boxes.image(article_id, look, SVG)


@router.get(
    "/embed/articles/{article_id}.png",
    summary="The box as a PNG picture",
    response_class=Response,
    responses=_of_kind(PNG, "(PNG)"),
)
def read_png(boxes: Boxes, article_id: ArticleInPath, look: Annotated[ImageLook, Depends(_image_look)]) -> Response:
    """The picture, for mails and feeds; it has two pixels for each one of its width."""
    return boxes.image(article_id, look, PNG)


@router.get(
    "/embed/articles/{article_id}",
    summary="The box of an article",
    response_class=Response,
    responses=_of_kind(HTML, examples.BOX),
)
def read_box(boxes: Boxes, article_id: ArticleInPath, look: Annotated[Look, Depends(_look)]) -> Response:
    """The box as a web page, to be shown in a frame. An article that is not known is told of kindly, by a 200."""
    return boxes.document(article_id, look)


@router.get(
    f"{PREFIX}/articles/{{article_id}}/embed",
    summary="How to embed the box of an article",
    responses=answer(examples.EMBEDDING, "article in the path", "invalid"),
)
def read_embedding(request: Request, store: Store, article_id: ArticleInPath) -> Embedding:
    """The lines of HTML that put the box onto a page, and the addresses of the box as a page and as pictures."""
    store.article(article_id)
    box = f"{request.base_url}embed/articles/{article_id}"
    return Embedding(html=snippet(article_id, root=str(request.base_url)), box=box, svg=f"{box}.svg", png=f"{box}.png")


_files = PageFiles(directory=STATIC, check_dir=False)


@router.get("/embed.js", include_in_schema=False)
async def read_script(request: Request) -> Response:
    """The script that other sites load."""
    return await _file("embed.js", request)


@router.get("/embed/{name}", include_in_schema=False)
async def read_file(request: Request, name: Literal["box.js", "box.css"]) -> Response:
    """What the box itself loads."""
    return await _file(name, request)


async def _file(name: str, request: Request) -> Response:
    """One of the built files, for every origin: the frame of a box has none."""
    response = await _files.get_response(name, request.scope)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
