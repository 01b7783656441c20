"""Which regular expressions may stand behind =~."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.cypher_guard.regex import objection


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "abc",
        "(?i)north korea",
        "(?i).*(drone|missile|rocket)s?.*",
        ".*a.*b.*",
        r"Q\\d+",
        r"\\w+ \\w+",
        "[A-Za-z0-9_-]+",
        r"[^\\]\\s]*",
        r"\\p{Lu}.*",
        r"\\.\\*\\(",
        r"it\'s \"quoted\"",
        "a{2}b{2,5}c{3,}",
        "a*?b++c??",
        "(ab)?(?:c|d)(?i:e)",
        "(?i)(?s).+",
        "^a|b$",
        "a.*|b.*|c.*|d.*",
        "(a|b)(c|d)(e|f)",
        "a,b}c",
        r"tab\there",
    ],
)
def test_plain_expression_is_accepted(pattern: str) -> None:
    """Classes, alternatives, flags, bounds and a few unbounded repetitions are fine."""
    assert objection(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(a+)+", "repeats a group"),
        ("(a)*", "repeats a group"),
        ("(ab){2,9}", "repeats a group"),
        ("(a?)??+", "repeats a group"),
        ("(?:a|b)+c", "repeats a group"),
        ("a**", "repeats a repetition"),
        ("a+?*", "repeats a repetition"),
        ("a{2}{3}", "repeats a repetition"),
        ("*a", "repeats nothing"),
        ("a|+", "repeats nothing"),
        ("{2}", "repeats nothing"),
        (".*.*.*.*a", "unbounded repetitions"),
        (".*(a.*|b.*c.*d.*)e", "unbounded repetitions"),
        ("a?" * 10 + "b", "too many ways"),
        ("(a|a)" * 10, "too many ways"),
        ("a{0,99}b{0,99}", "too many ways"),
        ("(a|b?)?" * 6, "too many ways"),
        (r"(a)\\1", "back reference"),
        (r"\\k<x>", "back reference"),
        (r"\\Qa\\E", "back reference"),
        (r"\\x41", "back reference"),
        (r"a\\", "back reference"),
        (r"\d+", "doubled"),
        (r"\.", "doubled"),
        ("(?=a)b", "kind of group"),
        ("(?!a)b", "kind of group"),
        ("(?<=a)b", "kind of group"),
        ("(?<x>a)", "kind of group"),
        ("(?x) a", "kind of group"),
        ("(?>a)", "kind of group"),
        ("(?i", "kind of group"),
        ("(a", "does not close"),
        ("a)", "does not open"),
        ("[]a]", "empty class"),
        ("[^]", "empty class"),
        ("[a", "class that is not"),
        ("[a[b]]", "class that is not"),
        ("[a&&b]", "class that is not"),
        ("a{", "bounds"),
        ("a{x}", "bounds"),
        ("a{,3}", "bounds"),
        ("a{1,2,3}", "bounds"),
        ("a{1000}", "bounds"),
        ("a" * 201, "200 characters"),
    ],
)
def test_costly_or_unknown_expression_is_refused(pattern: str, reason: str) -> None:
    """What may back-track without end is refused, and so is what is not understood."""
    assert reason in (objection(pattern) or "")


PIECES = "a b . .* a+ b? ( (?: ) | [ab] [^a]+ {2} {0,3} ? *"
PATTERNS = st.lists(st.sampled_from(PIECES.split()), max_size=14).map("".join)


@settings(deadline=None)
@given(PATTERNS)
def test_accepted_expression_is_matched_in_moments(pattern: str) -> None:
    """A back-tracking engine finishes every accepted expression on a text that brings out the worst."""
    if objection(pattern) is not None:
        return
    compiled = re.compile(pattern)
    started = time.process_time()
    compiled.fullmatch("ab" * 60 + "!")
    assert time.process_time() - started < 2
