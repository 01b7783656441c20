"""Every miss, false hit, wrong type and wrong link in its sentence, as one page that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from ingest.evaluation.gold import Mark, Marked, Spot
from ingest.evaluation.scores import invented

CONTEXT = 90
"""Characters that are shown on each side."""

_STYLE = """
:root { color-scheme: light dark; --line: #8884; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin-top: 2.5rem; } table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); }
mark { padding: 0 .15em; border-radius: .2em; } td:first-child { white-space: nowrap; }
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: what kind, where, what should be said and what was."""

    kind: str
    article: str
    before: str
    name: str
    after: str
    wanted: str
    said: str


def faults(pairs: Iterable[tuple[Marked, Marked]]) -> Iterator[Fault]:
    """Everything that differs, article by article, in order of the text."""
    for gold, found in pairs:
        own = [*_differing(gold, found), *((spot, "invented", None, mark) for spot, mark in invented(gold, found))]
        for spot, kind, wanted, said in sorted(own, key=lambda each: each[0]):
            yield _fault(gold, spot, kind, wanted, said)


def error_page(title: str, all_faults: Iterable[Fault]) -> str:
    """The page. title: what was measured."""
    by_kind: dict[str, list[Fault]] = {}
    for fault in all_faults:
        by_kind.setdefault(fault.kind, []).append(fault)
    sections = "".join(_section(kind, by_kind[kind]) for kind in sorted(by_kind)) or "<p>Nothing is wrong.</p>"
    links = " · ".join(f'<a href="#{kind}">{kind}: {len(by_kind[kind])}</a>' for kind in sorted(by_kind))
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style>'
        f"<h1>{escape(title)}</h1><p>{links}</p>{sections}</html>\n"
    )


def _differing(gold: Marked, found: Marked) -> Iterator[tuple[Spot, str, Mark | None, Mark | None]]:
    for spot, mark in gold.marks.items():
        answer = found.marks.get(spot)
        if answer is None:
            yield spot, "missed", mark, None
        elif answer.type != mark.type:
            yield spot, "type", mark, answer
        elif answer.title != mark.title and (mark.title or answer.title):
            yield spot, "link", mark, answer


def _fault(gold: Marked, spot: Spot, kind: str, wanted: Mark | None, said: Mark | None) -> Fault:
    start, end = spot
    return Fault(
        kind=kind,
        article=gold.id,
        before=gold.text[max(0, start - CONTEXT) : start],
        name=gold.text[start:end],
        after=gold.text[end : end + CONTEXT],
        wanted=_shown(wanted),
        said=_shown(said),
    )


def _shown(mark: Mark | None) -> str:
    return "nothing" if mark is None else f"{mark.type}, {mark.title or 'no title'}"


def _section(kind: str, found: Iterable[Fault]) -> str:
    rows = "".join(
        f"<tr><td>{escape(each.article)}</td>"
        f"<td>…{escape(each.before)}<mark>{escape(each.name)}</mark>{escape(each.after)}…</td>"
        f"<td>{escape(each.wanted)}</td><td>{escape(each.said)}</td></tr>"
        for each in found
    )
    head = "<tr><th>article</th><th>where</th><th>wanted</th><th>said</th></tr>"
    return f'<h2 id="{kind}">{kind}</h2><table>{head}{rows}</table>'
