"""The knowledge base's tables: their columns, and how one row is read and checked.

Every parser takes the cells of a row and a `report` function. It reports each problem it sees and still returns a row,
so that a loader can go on and show all problems of all files at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, cast, get_args

from graph.model import ENTITY_TYPES, RELATION_TYPES, Entity, EntityType, MentionKind, RelationType

ENTITY_COLUMNS = (
    "key",
    "name",
    "type",
    "wikidata_id",
    "wikipedia",
    "country",
    "description",
    "aliases",
    "flags",
)
PROMINENCE_COLUMNS = ("key", "points")
MOST_PROMINENT = 9
CURATED_RANK: Final = 10
"""The least rank of the curated layer."""
NEW_RANK: Final = -1
"""The rank of what nothing is known of."""
RELATION_COLUMNS = ("source", "type", "target", "office", "since", "until", "reference")

AliasFlag = Literal["acronym", "demonym", "metonym", "context", "never"]
ALIAS_FLAGS: tuple[AliasFlag, ...] = get_args(AliasFlag)
OFFICE_RELATIONS: tuple[RelationType, ...] = ("LEADS", "HOLDS_OFFICE")

Report = Callable[[str], None]


def unreported(_problem: str) -> None:
    """A report for rows that were checked before: of what is wrong nothing is left to say."""


_KINDS: tuple[MentionKind, ...] = ("acronym", "demonym", "metonym")
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WIKIDATA_ID = re.compile(r"Q[1-9][0-9]*")
_OWN_ID = re.compile(r"x-[a-z0-9]+(?:-[a-z0-9]+)*")
_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")


@dataclass(frozen=True, slots=True)
class Alias:
    """A form under which texts name an entity, matched as written.

    kind: what a mention by this form is, unless the context says more ("metonym": a place's form that can stand for its
    state). needs_context: taken only where another form names the entity in the same article. never: not to be matched.
    """

    form: str
    kind: MentionKind = "name"
    needs_context: bool = False
    never: bool = False


@dataclass(frozen=True, slots=True)
class KbEntity:
    """An entity as the knowledge base holds it; `entity` is what a graph stores of it.

    aliases: every form with its flags, the name first. stands_for: key of the state or body whose seat this place is.
    is_source: a medium or agency that articles usually only cite. rank: how well known it is: 0 to 9 in the wide
    layer, 10 to 19 in the curated one, under 0 where nothing is known of it. country: key of its state.
    """

    key: str
    entity: Entity
    aliases: tuple[Alias, ...]
    stands_for: str | None = None
    is_source: bool = False
    rank: int = CURATED_RANK
    country: str | None = None

    def __hash__(self) -> int:
        return hash(self.key)  # of all its aliases it would take long

    @property
    def is_new(self) -> bool:
        """Whether it is the entity of a name that nothing knows."""
        return self.rank < 0

    @property
    def is_curated(self) -> bool:
        """Whether it is one of the curated layer."""
        return self.rank >= CURATED_RANK


@dataclass(frozen=True, slots=True)
class Flags:
    """The entity flags of one row."""

    stands_for: str | None = None
    is_source: bool = False
    former_ids: tuple[str, ...] = ()


NO_FLAGS = Flags()


@dataclass(frozen=True, slots=True)
class EntityRow:
    """One line of an entities file; `country` and `flags.stands_for` are still keys."""

    key: str
    name: str
    type: EntityType
    wikidata_id: str | None
    wikipedia: str | None
    country: str | None
    description: str
    aliases: tuple[Alias, ...]
    flags: Flags
    cells: tuple[str, ...]

    @property
    def id(self) -> str:
        """The graph id: the Wikidata id where there is one, else our own."""
        return self.wikidata_id or f"x-{self.key}"


@dataclass(frozen=True, slots=True)
class RelationRow:
    """One line of a relations file; `source` and `target` are keys."""

    source: str
    type: RelationType
    target: str
    office: str | None
    since: str | None
    until: str | None
    reference: str


def parse_entity(cells: Sequence[str], report: Report) -> EntityRow:
    """Read one line of an entities file.

    Args:
        cells: as many as ENTITY_COLUMNS, in that order.
        report: is called with each problem found in the row.
    """
    key, name, kind, wikidata_id, wikipedia, country, description, aliases, flags = cells
    if not _KEY.fullmatch(key):
        report(f"key {key!r} is not lower-case letters, digits and single hyphens")
    if not name:
        report("the name is empty")
    if kind not in ENTITY_TYPES:
        report(f"unknown type {kind!r}; known: {', '.join(ENTITY_TYPES)}")
    if wikidata_id and not _WIKIDATA_ID.fullmatch(wikidata_id):
        report(f"{wikidata_id!r} is not a Wikidata id (Q…)")
    row = EntityRow(
        key=key,
        name=name,
        type=cast(EntityType, kind),
        wikidata_id=wikidata_id or None,
        wikipedia=wikipedia or None,
        country=country or None,
        description=description,
        aliases=parse_aliases(name, aliases, report),
        flags=parse_flags(flags, report) if flags else NO_FLAGS,
        cells=tuple(cells),
    )
    if row.flags.stands_for is None and any(alias.kind == "metonym" for alias in row.aliases):
        report("a metonym needs the entity flag stands_for=KEY")
    return row


def parse_aliases(name: str, cell: str, report: Report) -> tuple[Alias, ...]:
    """Read the aliases of one entity: `form` or `form~flag,flag`, separated by `|`.

    The name comes first. It is listed in the cell only where it needs flags of its own.
    """
    forms: dict[str, Alias] = {}
    for item in cell.split("|") if cell else ():
        alias = _parse_alias(item, report)
        if alias.form in forms:
            report(f"alias {alias.form!r} is listed twice")
        if alias.form == name and "~" not in item:
            report(f"alias {name!r} repeats the name without a flag")
        forms[alias.form] = alias
    own = forms.pop(name, None) or Alias(name)
    return (own, *forms.values())


def _parse_alias(item: str, report: Report) -> Alias:
    form, flagged, flag_text = item.partition("~")
    if not form or form != form.strip():
        report(f"alias {form!r} is empty or has spaces around it")
    if not flagged:
        return Alias(form)
    flags = flag_text.split(",")
    for flag in flags:
        if flag not in ALIAS_FLAGS:
            report(f"unknown flag {flag!r} of alias {form!r}; known: {', '.join(ALIAS_FLAGS)}")
    kinds = [kind for kind in _KINDS if kind in flags]
    if len(kinds) > 1:
        report(f"alias {form!r} has several kinds: {', '.join(kinds)}")
    return Alias(form, kinds[0] if kinds else "name", needs_context="context" in flags, never="never" in flags)


def parse_flags(cell: str, report: Report) -> Flags:
    """Read the entity flags of one row: `stands_for=KEY`, `source`, `former=ID` (repeatable), separated by `|`."""
    stands_for: str | None = None
    is_source = False
    former: list[str] = []
    for flag in cell.split("|") if cell else ():
        name, _, value = flag.partition("=")
        if flag == "source":
            is_source = True
        elif name == "stands_for" and value:
            stands_for = value
        elif name == "former" and is_entity_id(value):
            former.append(value)
        else:
            report(f"unknown entity flag {flag!r}; known: stands_for=KEY, source, former=ID (Q… or x-…)")
    return Flags(stands_for=stands_for, is_source=is_source, former_ids=tuple(former))


def parse_relation(cells: Sequence[str], report: Report) -> RelationRow:
    """Read one line of a relations file.

    Args:
        cells: as many as RELATION_COLUMNS, in that order.
        report: is called with each problem found in the row.
    """
    source, kind, target, office, since, until, reference = cells
    if kind not in RELATION_TYPES:
        report(f"unknown relation {kind!r}; known: {', '.join(RELATION_TYPES)}")
    elif bool(office) != (kind in OFFICE_RELATIONS):
        report(f"{kind} {'takes no' if office else 'needs an'} office")
    if source == target:
        report(f"{source!r} is related to itself")
    if not reference:
        report("the reference is empty")
    _check_dates(since, until, report)
    return RelationRow(
        source=source,
        type=cast(RelationType, kind),
        target=target,
        office=office or None,
        since=since or None,
        until=until or None,
        reference=reference,
    )


def _check_dates(since: str, until: str, report: Report) -> None:
    for text in (since, until):
        if text and not is_date(text):
            report(f"{text!r} is not a date (YYYY, YYYY-MM or YYYY-MM-DD)")
    shared = min(len(since), len(until))  # dates of unequal precision compare by what both say
    if since[:shared] > until[:shared]:
        report(f"the relation ends ({until}) before it begins ({since})")


def is_date(text: str) -> bool:
    """Whether the text is an existing day, month or year in ISO 8601 form."""
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def is_entity_id(text: str) -> bool:
    """Whether the text has the shape of a graph id: Q… or x-…."""
    return bool(_WIKIDATA_ID.fullmatch(text) or _OWN_ID.fullmatch(text))
