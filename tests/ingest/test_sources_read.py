"""Files, folders, patterns and standard input."""

import gzip
import io
import json
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TextIO

import pytest

from graph.model import Article
from ingest.sources import Failure, count, read

Tree = Callable[[dict[str, str | bytes]], Path]


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Writes files by their names into a fresh folder."""

    def write(files: dict[str, str | bytes]) -> Path:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return tmp_path

    return write


def _texts(*paths: str | Path, stdin: TextIO | BinaryIO | None = None) -> list[str]:
    """The texts of articles and the places of failures, in order."""
    found = read(paths, stdin=stdin)
    return [f"!{one.where}: {one.reason}" if isinstance(one, Failure) else one.text for one in found]


def test_a_folder_is_read_sorted_and_whole(tree: Tree) -> None:
    """Sub-folders are read too; hidden files and folders and unknown suffixes are passed over."""
    root = tree(
        {
            "b.txt": "B.",
            "a.md": "A.",
            "c/d.jsonl": '{"text": "D."}\n',
            ".hidden.txt": "H.",
            ".git/e.txt": "E.",
            "f.png": b"\x89PNG",
        }
    )
    assert _texts(root) == ["A.", "B.", "D."]
    assert count([root]) == 3


def test_a_folder_with_nothing_usable_is_a_failure(tree: Tree) -> None:
    """It says which suffixes are known."""
    root = tree({"f.png": b"\x89PNG", ".a.txt": "A."})
    (said,) = _texts(root)
    assert said.startswith(f"!{root}: the folder holds no file with a known suffix (.jsonl ")
    assert count([root]) == 1


def test_a_missing_path_is_a_failure_and_the_rest_goes_on(tree: Tree) -> None:
    """What exists is read, whatever stands around it."""
    root = tree({"a.txt": "A."})
    paths = [root / "none.txt", root / "a.txt", root / "none-*.txt"]
    assert _texts(*paths) == [
        f"!{paths[0]}: there is no such file or folder",
        "A.",
        f"!{paths[2]}: the pattern matches no file",
    ]
    assert count(paths) == 3


def test_patterns_match_in_depth(tree: Tree) -> None:
    """Two stars match any folders; a matched file is read whatever its suffix; folders alone match nothing."""
    root = tree({"a.news": "A.", "x/y/b.news": "B.", "x/c.txt": "C."})
    assert _texts(str(root / "**" / "*.news")) == ["A.", "B."]
    assert _texts(str(root / "[x]")) == [f"!{root / '[x]'}: the pattern matches no file"]


def test_a_name_with_brackets_is_a_name_first(tree: Tree) -> None:
    """A file whose name looks like a pattern is read."""
    assert _texts(tree({"[a].txt": "A."}) / "[a].txt") == ["A."]


def test_an_unreadable_file_is_a_failure(tree: Tree) -> None:
    """Binary, broken and empty files say why, and the rest goes on."""
    root = tree(
        {
            "a.txt": b"\x00\x01\x02" * 100,
            "b.txt": b"",
            "c.jsonl.gz": gzip.compress(b'{"text": "C."}\n' * 500)[:-20],
            "d.txt": "D.",
            "e.jsonl": b" \n",
            "f.jsonl.gz": b"\x1f\x8b" + b"x" * 50,
            "g.md": "---\ntitle: [\n---\nG.",
        }
    )
    said = [line for line in _texts(root) if line != "C."]
    assert [line.removeprefix(f"!{root}/").split(":")[0] for line in said] == [
        "a.txt",
        "b.txt",
        "c.jsonl.gz",
        "D.",
        "e.jsonl",
        "f.jsonl.gz",
        "g.md",
    ]
    assert "binary" in said[0]
    assert "neither title nor text" in said[1]
    assert "it cannot be read" in said[2]
    assert "the file is empty" in said[4]
    assert "front matter" in said[6]


def test_a_file_too_large_for_an_article_is_a_failure(tmp_path: Path) -> None:
    """Ten megabytes are the limit, also for what a small gzip file unpacks to."""
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(b"a " * 6_000_000))
    (failure,) = read([path])
    assert isinstance(failure, Failure)
    assert "larger than 10,000,000 bytes" in failure.reason


@pytest.mark.skipif(os.geteuid() == 0, reason="no file is forbidden to root")
def test_a_forbidden_file_is_a_failure(tree: Tree) -> None:
    """What may not be read says so."""
    root = tree({"a.txt": "A.", "b.txt": "B."})
    (root / "a.txt").chmod(0)
    assert _texts(root) == [f"!{root / 'a.txt'}: it cannot be read: Permission denied", "B."]


def test_an_article_of_a_file_keeps_its_id(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    """The id of a text file is that of its place, however the place is written, and not of its text."""
    root = tree({"x/a.txt": "A."})
    (first,) = read([root / "x" / "a.txt"])
    (root / "x" / "a.txt").write_text("Changed.")
    monkeypatch.chdir(root / "x")
    (second,) = read(["../x/a.txt"])
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.id == second.id


def test_records_are_scoped_by_their_file(tree: Tree) -> None:
    """The same id in two files is two articles; a failure knows the file it came from."""
    root = tree({"a.jsonl": '{"id": 1, "text": "A."}\n{"id": 2}', "b.jsonl": '{"id": 1, "text": "A."}'})
    one, failure, other = read([root])
    assert isinstance(one, Article)
    assert isinstance(other, Article)
    assert isinstance(failure, Failure)
    assert one.id != other.id
    assert failure.origin == str(root / "a.jsonl")


def test_standard_input_is_read_by_content() -> None:
    """JSON lines, an array, HTML-free text and gzip all work, as bytes or as text."""
    lines = '\n{"text": "A."}\n{"text": "B."}\n'
    assert _texts("-", stdin=io.BytesIO(lines.encode())) == ["A.", "B."]
    assert _texts("-", stdin=io.StringIO(lines)) == ["A.", "B."]
    assert _texts("-", stdin=io.TextIOWrapper(io.BytesIO(gzip.compress(lines.encode())))) == ["A.", "B."]
    assert _texts("-", stdin=io.BytesIO(b'[{"text": "A."}, 5]')) == [
        "A.",
        "!<stdin>#2: an article must be a JSON object, not a number",
    ]
    assert _texts("-", stdin=io.BytesIO(b"Plain text.")) == ["Plain text."]
    assert _texts("-", stdin=io.BytesIO(b"")) == ['!<stdin>: it has neither title nor text: give "title" or "text"']
    assert count(["-"]) is None


def test_standard_input_is_the_process_s_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where none is given, the process's standard input is read."""
    monkeypatch.setattr("sys.stdin", io.StringIO("Plain text."))
    assert _texts("-") == ["Plain text."]


def test_lines_are_read_as_they_come() -> None:
    """An article of a slow pipe is there before the next one is written."""
    read_end, write_end = os.pipe()
    with os.fdopen(read_end, "rb") as source, os.fdopen(write_end, "wb", buffering=0) as sink:
        sink.write(b'{"text": "A."}\n')
        articles = read(["-"], stdin=source)
        first = next(articles)
        sink.write(b'{"text": "B."}\n')
        second = next(articles)
        sink.close()
        assert list(articles) == []
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.text, second.text) == ("A.", "B.")


def test_a_named_pipe_is_read_like_standard_input(tmp_path: Path) -> None:
    """A path that is a pipe is read by content and cannot be counted."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert count([pipe]) is None
    writer = threading.Thread(target=pipe.write_bytes, args=(b'{"text": "A."}\n',))
    writer.start()
    assert _texts(pipe) == ["A."]
    writer.join()


def test_reading_is_lazy(tree: Tree) -> None:
    """Nothing is opened before it is asked for."""
    root = tree({"a.txt": "A.", "b.txt": "B."})
    articles = read([root / "a.txt", root / "b.txt"])
    next(articles)
    (root / "b.txt").unlink()
    assert isinstance(next(articles), Failure)


def test_a_folder_that_vanishes_is_a_failure(tree: Tree) -> None:
    """What cannot be listed says so, and what was there before is read."""
    root = tree({"a.txt": "A.", "x/b.txt": "B."})
    articles = read([root])
    next(articles)
    shutil.rmtree(root / "x")
    (failure,) = articles
    assert isinstance(failure, Failure)
    assert (failure.where, failure.reason) == (str(root / "x"), "it cannot be read: No such file or directory")


def test_web_pages_are_read(tree: Tree) -> None:
    """A saved page is an article of its file, whatever suffix it has."""
    page = "<!DOCTYPE html><html><title>Talks</title><article><p>The ministers met in Vienna on Tuesday.</p></article>"
    root = tree({"a.html": page, "b.txt": page})
    text = "The ministers met in Vienna on Tuesday."
    assert _texts(root) == [text, text]


def test_counting(tree: Tree) -> None:
    """Lines are counted without parsing, also in gzip; other files count one; arrays would have to be read."""
    lines = b'{"text": "A."}\n' * 3
    root = tree(
        {
            "a.jsonl": lines,
            "b.ndjson": lines.strip(),
            "c.jsonl.gz": gzip.compress(lines),
            "d.txt": "D.",
            "e.json": "{\n}",
        }
    )
    assert count([root]) == 11
    assert count([*tree({"f.json": lines}).glob("f.json")]) == 3
    assert count([*tree({"g.json": json.dumps([1, 2])}).glob("g.json")]) is None
    assert count([*tree({"h.jsonl.gz": b"\x1f\x8b"}).glob("h.*")]) == 1
