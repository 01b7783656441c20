"""A graph that is moved arrives whole, once, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime

import pytest
from building import extraction, graph_of
from hostile_graph import clear, fill

from graph.database import Database, Query
from graph.moving.content import Item, Position, content, item
from graph.moving.digest import GraphDigest, Summing, Watch, digest, unwatched
from graph.moving.errors import CopyDiffers, SourceChanged, TargetChanged, TargetTaken, UnknownContent
from graph.moving.transfer import Moved, move
from graph.schema import GraphUnfinished, migrate, require_whole, schema_runner
from graph.writer import Writer

Sides = tuple[Database, Database]


@pytest.fixture(params=["embedded to neo4j", "neo4j to embedded"])
def sides(request: pytest.FixtureRequest, embedded: Database, on_neo4j: Database) -> Iterator[Sides]:
    """A source that holds the hostile graph and an empty target; both ways."""
    both = (embedded, on_neo4j) if request.param.startswith("embedded") else (on_neo4j, embedded)
    for each in both:
        clear(each)
    fill(both[0])
    yield both
    for each in both:
        clear(each)


class Killed(Exception):
    """Stands for the end of the process."""


def stopping(after: int, what: str = "moving", then: Callable[[], object] | None = None) -> Watch:
    """Stops a move once so many items are done, or does something else at that moment."""

    @contextmanager
    def showing(doing: str, _total: int) -> Iterator[Callable[[int], None]]:
        def show(done: int) -> None:
            if doing == what and done >= after:
                if then is None:
                    raise Killed
                then()

        yield show

    def watch(doing: str, total: int, /) -> AbstractContextManager[Callable[[int], None]]:
        return showing(doing, total)

    return watch


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch for every few items, and many pages, so that there is a middle to break off in."""
    monkeypatch.setattr("graph.moving.transfer.BATCH_BYTES", 4_000)
    monkeypatch.setattr("graph.moving.content.IDS_AT_ONCE", 3)
    monkeypatch.setattr("graph.moving.content.NODES_AT_ONCE", 2)


def test_a_graph_arrives_with_everything_it_holds(sides: Sides) -> None:
    """Counts, digest, every property of every node and relationship, and the Graph node are those of the source."""
    source, target = sides
    moved = move(source, target)
    assert (moved.resumed, moved.already, moved.version) == (False, False, 1)
    assert graph_of(target) == graph_of(source)
    assert digest(target) == digest(source)
    assert (moved.digest, moved.counts) == (digest(source).text, digest(source).counts)
    assert moved.counts.keys() >= {"Graph", "Article", "Entity", "FormerId", "MENTIONS", "CO_MENTIONED", "NOW", "LEADS"}
    require_whole(target)


def test_a_graph_that_comes_back_is_the_same(sides: Sides) -> None:
    """There and back, the digest stays."""
    source, target = sides
    there = move(source, target)
    clear(source)
    assert move(target, source).digest == there.digest


def test_moving_what_is_there_already_compares_it(sides: Sides) -> None:
    """A second move writes nothing and says so; with one property changed it is refused."""
    source, target = sides
    moved = move(source, target)
    again = move(source, target)
    assert (again.already, again.digest) == (True, moved.digest)
    target.write([Query("MATCH (a:Article {id: 'a0'}) SET a.real = 2.0")])
    with pytest.raises(TargetTaken, match="another graph"):
        move(source, target)


@pytest.mark.parametrize("after", [1, 20, 40])
def test_a_move_that_broke_off_goes_on_where_it_was(sides: Sides, after: int) -> None:
    """The half graph cannot be opened and says what to do; the same move completes it, each item there once."""
    source, target = sides
    with pytest.raises(Killed):
        move(source, target, watch=stopping(after))
    with pytest.raises(GraphUnfinished, match="run `eig move` again"):
        migrate(target, dialect="neo4j", run=schema_runner(target))
    moved = move(source, target)
    assert (moved.resumed, moved.already) == (True, False)
    assert digest(target) == digest(source)


def test_a_move_that_broke_off_before_the_end_was_told_is_complete(sides: Sides) -> None:
    """Killed while the copy is compared, the next run has nothing left to move but the mark to take off."""
    source, target = sides
    total = sum(digest(source).counts.values())

    @contextmanager
    def no_comparing(what: str, _total: int) -> Iterator[Callable[[int], None]]:
        if what == "comparing":
            raise Killed
        yield lambda _done: None

    with pytest.raises(Killed):
        move(source, target, watch=no_comparing)
    position = target.read(Query("MATCH (g:Graph) RETURN g.move_position")).values[0][0]
    assert Position.from_text(position).done == total - 1
    assert move(source, target).resumed
    assert graph_of(target) == graph_of(source)


def test_two_moves_into_one_target_help_each_other(sides: Sides) -> None:
    """A second run of the same move, while the first is under way, leaves each item there once."""
    source, target = sides
    finished: list[Moved] = []
    with pytest.raises(TargetChanged):  # the mark it follows has been taken off
        move(source, target, watch=stopping(20, then=lambda: finished.append(move(source, target))))
    assert [moved.resumed for moved in finished] == [True]
    assert digest(target) == digest(source)


def test_a_batch_that_is_there_already_is_passed_over(sides: Sides) -> None:
    """A batch whose commit was told to nobody, here because another run made it, is not made twice."""
    source, target = sides
    ahead: list[bool] = []

    def one_batch_ahead() -> None:
        if not ahead:
            with pytest.raises(Killed):
                move(source, target, watch=stopping(0))
            ahead.append(True)

    moved = move(source, target, watch=stopping(20, then=one_batch_ahead))
    assert (ahead, moved.resumed) == ([True], False)
    assert digest(target) == digest(source)


def test_a_target_that_holds_something_is_refused(sides: Sides) -> None:
    """Articles of somebody else, or nodes of another application, stay as they are."""
    source, target = sides
    Writer(target).write([extraction("z", [["Q1", "Q2"]])])
    before = graph_of(target)
    with pytest.raises(TargetTaken, match="empty this one"):
        move(source, target)
    assert graph_of(target) == before
    clear(target)
    target.write([Query("CREATE (:Article {id: 'not even of ours'})")])
    with pytest.raises(TargetTaken):
        move(source, target)


def test_a_part_of_another_move_is_refused(sides: Sides) -> None:
    """What was broken off is not completed from a source that has changed since."""
    source, target = sides
    with pytest.raises(Killed):
        move(source, target, watch=stopping(20))
    Writer(source).write([extraction("new", [["Q1"]])])
    with pytest.raises(TargetTaken, match="as it was before"):
        move(source, target)


def test_a_source_that_is_written_to_meanwhile_is_found_out(sides: Sides) -> None:
    """The move fails, and the target stays closed."""
    source, target = sides
    writing = stopping(20, then=lambda: Writer(source).write([extraction("new", [["Q1"]])]))
    with pytest.raises(SourceChanged, match="was written to"):
        move(source, target, watch=writing)
    with pytest.raises(GraphUnfinished):
        require_whole(target)


def test_a_target_that_is_written_to_meanwhile_is_found_out(sides: Sides) -> None:
    """A service that opened the empty target before the move began cannot mix its articles in unseen."""
    source, target = sides
    writing = stopping(20, then=lambda: Writer(target).write([extraction("new", [["Q1"]])]))
    with pytest.raises(TargetChanged, match="something else writes"):
        move(source, target, watch=writing)


def test_a_copy_that_differs_stays_closed(sides: Sides) -> None:
    """A property changed behind the move's back is named by its kind, with the mark left on."""
    source, target = sides
    spoil = Query("MATCH (a:Article {id: 'a0'}) SET a.whole = 1.0")

    @contextmanager
    def spoiling(what: str, _total: int) -> Iterator[Callable[[int], None]]:
        if what == "comparing":
            target.write([spoil])
        yield lambda _done: None

    with pytest.raises(CopyDiffers, match=r"Article \(12 and 12\) differ"):
        move(source, target, watch=spoiling)
    with pytest.raises(GraphUnfinished):
        require_whole(target)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("CREATE (:Article)", "are ours"),
        ("MATCH (a:Article {id: 'a0'}), (b:Article {id: 'a1'}) CREATE (a)-[:MENTIONS]->(b)", "are ours"),
        ("MATCH (a:Entity {id: 'Q1'}), (b:Entity {id: 'Q2'}) CREATE (a)-[:LIKES]->(b)", "of type LIKES"),
    ],
)
def test_what_would_be_lost_is_named_before_anything_is_written(
    on_neo4j: Database, sides: Sides, statement: str, said: str
) -> None:
    """Nodes and relationships that are not ours end the move at its beginning."""
    source, target = sides
    if "LIKES" in statement and source is not on_neo4j:
        pytest.skip("the embedded database makes a type on its first use, and it would stay")
    source.write([Query(statement)])  # type: ignore[arg-type,unused-ignore]
    with pytest.raises(UnknownContent, match=said):
        move(source, target)
    assert digest(target).counts == {"Graph": 1}


def test_reading_can_be_taken_up_anywhere(sides: Sides) -> None:
    """From each position on come exactly the items behind it, in the same order."""
    source, _ = sides
    everything = list(content(source))
    assert [position.done for position, _ in everything] == list(range(1, len(everything) + 1))
    for place in range(1, len(everything) + 1, 7):
        position = everything[place - 1][0]
        assert list(content(source, start=Position.from_text(position.to_text()))) == everything[place:]


def test_canonical_form_tells_types_apart_and_nothing_else() -> None:
    """Whole numbers, reals, truths and texts differ; a missing value and none at all, or the order of names, do not."""

    def form(**properties: object) -> bytes:
        return item("Article", "a", None, properties).canonical

    values = [1, 1.0, True, "1", [1], ["1"], [], [""], b"\x01", date(2024, 1, 1), datetime(2024, 1, 1, tzinfo=UTC)]
    assert len({form(x=value) for value in values}) == len(values)
    assert form(a=1, b=None, c="é") == form(c="é", a=1)
    with pytest.raises(UnknownContent, match="holds a object"):
        form(x=object())


def test_digest_does_not_depend_on_order_but_on_every_item() -> None:
    """Sums are equal for the same items in any order, and differ for one item twice or one kind instead of another."""
    a, b = item("Article", "a", None, {}), item("Article", "b", None, {})
    assert summed(a, b) == summed(b, a)
    assert len({summed(*items).text for items in ([a], [b], [a, a], [a, b], [a, a, b])}) == 5
    assert summed(a, b).differences(summed(a)) == ["Article (2 and 1)"]


def summed(*items: Item) -> GraphDigest:
    """The digest of some items."""
    sums = Summing()
    for each in items:
        sums.add(each)
    return sums.finished(item("Graph", "graph", None, {}), expected=len(items))


def test_nothing_is_shown_where_nobody_watches() -> None:
    """The default takes any number."""
    with unwatched("moving", 1) as show:
        show(1)
