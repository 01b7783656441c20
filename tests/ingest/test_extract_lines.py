"""JSON lines in, mentions out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_kb import extractor

from ingest.extract_lines import extract_lines

GERMAN = (
    "Der iranische Außenminister sagte am Montag vor Journalisten, dass die Verhandlungen über das Abkommen in der "
    "kommenden Woche fortgesetzt werden sollen. Iran und Israel haben sich dazu noch nicht geäußert, hieß es weiter. "
    "Die Regierung erklärte außerdem, dass sie an einer friedlichen Lösung interessiert sei."
)


def run(*records: object) -> list[dict[str, Any]]:
    """The answers to these records, as they come back from JSON."""
    answers = extract_lines([json.dumps(record) for record in records], extractor())
    return [json.loads(json.dumps(answer)) for answer in answers]


def test_a_line_gives_its_mentions_and_entities() -> None:
    """Offsets are those of the text as given, white space and all."""
    text = "  \n\nTehran warned.\r\n\n  Iranian 😀 men left.  "
    (answer,) = run({"id": "a", "text": text})
    assert answer["error"] is None
    assert [text[m["start"] : m["end"]] for m in answer["mentions"]] == ["Tehran", "Iranian"]
    assert answer["mentions"][0] == {
        "start": 4,
        "end": 10,
        "surface": "Tehran",
        "type": "place",
        "kind": "metonym",
        "entity": "x-tehran",
        "score": 0.97,
        "link": "linked",
        "stands_for": "x-iran",
    }
    assert [entity["id"] for entity in answer["entities"]] == ["x-tehran", "x-iran"]
    assert answer["entities"][0] == {
        "id": "x-tehran",
        "name": "Tehran",
        "type": "place",
        "wikidata_id": None,
        "wikipedia": "Tehran",
    }


def test_the_title_tells_who_is_meant_and_is_not_listed() -> None:
    """Only what the text names comes out."""
    (answer,) = run({"id": 7, "title": "Benjamin Netanyahu in Iran", "text": "Netanyahu left."})
    assert answer["id"] == 7
    assert [m["surface"] for m in answer["mentions"]] == ["Netanyahu"]
    assert [entity["id"] for entity in answer["entities"]] == ["x-benjamin-netanyahu"]


def test_the_page_form_is_text_like_any_other() -> None:
    """Headings and the box stay in the text."""
    text = "A title\n#Iran\nKey Takeaways\n- Israel\nFull Retelling\nHamas.\nEntity Intersection Graph\nHezbollah"
    (answer,) = run({"id": "a", "text": text})
    assert [m["surface"] for m in answer["mentions"]] == ["Iran", "Israel", "Hamas", "Hezbollah"]


def test_a_date_helps_and_never_hurts() -> None:
    """Under any of its names; a date that cannot be read is none."""
    text = "President Bush spoke."
    answers = run(
        {"id": 1, "text": text, "published_at": "5 May 2005"},
        {"id": 2, "text": text, "date": "1990-01-01"},
        {"id": 3, "text": text, "date": "some day"},
        {"id": 4, "text": text, "published_at": ["2005"]},
        {"id": 5, "text": text, "published_at": "99999999999999999999"},
    )
    named = [[m["entity"] for m in answer["mentions"]] for answer in answers]
    assert named == [["x-george-w-bush"], ["x-george-h-w-bush"], [], [], []]
    assert all(answer["error"] is None for answer in answers)


def test_another_language_has_no_mentions() -> None:
    """Whether the line says so or the detector does; what the line says counts first."""
    answers = run(
        {"id": 1, "text": GERMAN},
        {"id": 2, "text": "Iran", "language": "German"},
        {"id": 3, "text": GERMAN, "language": "en-GB"},
        {"id": 4, "text": "Iran", "language": 5},
    )
    assert [len(answer["mentions"]) for answer in answers] == [0, 0, 2, 1]


def test_one_answer_for_each_line_in_order() -> None:
    """Equal ids are answered each; blank lines are no lines."""
    lines = ['{"id": 1, "text": "Iran"}', "  ", '{"id": 1, "text": "Israel"}\n', '{"id": 2, "text": ""}']
    answers = list(extract_lines(lines, extractor()))
    assert [answer["id"] for answer in answers] == [1, 1, 2]
    assert [len(answer["mentions"]) for answer in answers] == [1, 1, 0]


@pytest.mark.parametrize(
    ("line", "given_id", "reason"),
    [
        ("{broken", None, "not a line of JSON"),
        ("[1]", None, "not a JSON object"),
        ("[" * 100_000, None, "not a line of JSON"),
        ('{"text": "Iran"}', None, 'no usable "id"'),
        ('{"id": "a"}', "a", 'no usable "text"'),
        ('{"id": "a", "text": 5}', "a", 'no usable "text"'),
    ],
)
def test_a_bad_line_says_what_is_wrong(line: str, given_id: object, reason: str) -> None:
    """And the next line is answered all the same."""
    bad, good = extract_lines([line, '{"id": "b", "text": "Iran"}'], extractor())
    assert (bad["id"], bad["mentions"], bad["entities"]) == (given_id, [], [])
    assert reason in bad["error"]
    assert len(good["mentions"]) == 1


@given(
    st.lists(
        st.one_of(
            st.text(), st.dictionaries(st.sampled_from(["id", "text", "title", "date"]), st.text()).map(json.dumps)
        )
    )
)
def test_any_lines_are_answered(lines: list[str]) -> None:
    """Each that is not blank, whatever it holds."""
    answers = list(extract_lines(lines, extractor()))
    assert len(answers) == sum(bool(line.strip()) for line in lines)
    assert all(set(answer) == {"id", "mentions", "entities", "error"} for answer in answers)
