"""Formats and encodings told by content."""

import pytest

from ingest.records import BadArticle
from ingest.sources.detect import detect_format, format_by_suffix
from ingest.sources.streams import decode_text, is_binary


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("a.JSONL", b"", "json-lines"),
        ("a.ndjson.gz", b"", "json-lines"),
        ("a.json", b"", "json"),
        ("a.md", b"{}", "markdown"),
        ("a.HTM", b"plain", "html"),
        ("a.txt", b"plain", "text"),
        ("a.txt", b'{"text": "x"}', "json"),
        ("a.txt", b"[1] Vienna", "text"),
        ("a.txt", b"{curly} text", "text"),
        ("a", b'\xef\xbb\xbf [\n{"a": 1}]', "json"),
        ("a", b"{\n", "json"),
        ("a", b"[]", "json"),
        ("a", '{"a": 1}'.encode("utf-16"), "json"),
        ("a", b"\n<!DOCTYPE HTML>", "html"),
        ("a", b'<?xml version="1.0"?>\n<!-- x -->\n<html lang="en">', "html"),
        ("a", b"<p>text", "text"),
        ("a.gz", b"---\r\ntitle: x", "markdown"),
        ("a.txt", b"---\ntitle: x", "markdown"),
        ("a.txt", b"--- Vienna", "text"),
        ("<stdin>", b"plain", "text"),
    ],
)
def test_formats(name: str, head: bytes, expected: str) -> None:
    """A telling suffix decides; else the content does."""
    assert detect_format(name, head) == expected


@pytest.mark.parametrize("name", ["a", "a.pdf", "a.gz", "gz", ".txt.bak", "jsonl"])
def test_unknown_suffixes(name: str) -> None:
    """Names without a known suffix tell nothing."""
    assert format_by_suffix(name) is None


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Téhéran \u2013 \u201cno\u201d", "utf-8"),
        ("Téhéran", "utf-8-sig"),
        ("Téhéran", "utf-16"),
        ("Téhéran", "utf-16-be"),
        ("Caf\u00e9", "windows-1252"),
        ("The minister\u2019s caf\u00e9 in Téhéran \u2013 \u201cwe will not yield\u201d.", "windows-1252"),
        ("Президент России провёл телефонный разговор с премьер-министром. Обсуждались вопросы.", "windows-1251"),
        ("日本の首相は火曜日に東京で記者会見を開いた。" * 5, "shift_jis"),
    ],
)
def test_encodings_are_told_apart(text: str, encoding: str) -> None:
    """UTF-8, UTF-16 with its mark, Western and other old encodings are read."""
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    assert decode_text(mark + text.encode(encoding)) == text


def test_bytes_of_no_encoding_are_replaced() -> None:
    """Where nothing fits, what cannot be read is replaced and the rest is kept."""
    assert decode_text(b"caf\xe9 \x81 text") == "caf\xe9 \ufffd text"
    assert "text" in decode_text(b"\x81\x8d\x8f\x90\x9d text")


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"PK\x03\x04", b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", b"a\x00b\x00c\x00"])
def test_binary_files_are_refused(data: bytes) -> None:
    """Documents, archives, pictures, and text in UTF-16 without its mark, say what is read instead."""
    assert is_binary(data)
    with pytest.raises(BadArticle, match="binary file: only text, Markdown, HTML and JSON"):
        decode_text(data)


def test_a_stray_control_character_makes_no_binary_file() -> None:
    """Text with an odd character in a hundred is text."""
    assert not is_binary(b"text " * 40 + b"\x00")
    assert not is_binary(b"")
