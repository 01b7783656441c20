"""Our figures are those of the script that defines what counts as right, where it is at hand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.evaluation.gold import found_in, read_gold, read_titles
from ingest.evaluation.scores import score
from ingest.extract_lines import extract_lines
from ingest.extractor import NewsExtractor
from ingest.kb import load_knowledge_base

pytestmark = pytest.mark.no_cover  # it runs what others cover, and tracing takes as long again


def test_all_figures_agree_with_the_reference_script(shared: Path, tmp_path: Path) -> None:
    """On the same answers, with the titles of our knowledge base as the known ones."""
    data, kb = shared / "data", load_knowledge_base()
    articles = data / "articles" / "voa-annotated.jsonl"
    lines = [
        line for line in articles.read_text("utf-8").split("\n") if line and json.loads(line).get("split") == "dev"
    ]
    answers = list(extract_lines(lines, NewsExtractor(kb)))
    answer_file, title_file = tmp_path / "answers.jsonl", tmp_path / "titles.txt"
    answer_file.write_text("".join(f"{json.dumps(answer)}\n" for answer in answers), encoding="utf-8")
    title_file.write_text("\n".join(kb.titles()), encoding="utf-8")
    options = ("--json", "--split", "dev", "--known", str(title_file))
    command = [sys.executable, str(data / "evaluate.py"), str(articles), str(answer_file), *options]
    theirs = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    states = (data / "state-titles.txt").read_text("utf-8").splitlines()
    titles = read_titles(data / "title-equivalents.tsv", states)
    gold, _ = read_gold(articles, titles, split="dev")
    pairs = [(article, found_in(article, answer, titles)) for article, answer in zip(gold, answers, strict=True)]
    ours = score(pairs, known={titles.same(title) or "" for title in kb.titles()})

    assert ours.span.f1 > 50  # there is something to compare
    assert (theirs["articles"], theirs["missing"]) == (ours.articles, 0)
    assert theirs["span PRF"] == list(ours.span)
    assert theirs["typed PRF"] == list(ours.typed)
    assert theirs["end-to-end PRF"] == list(ours.end_to_end)
    assert theirs["tie PRF"] == list(ours.tie)
    assert theirs["link accuracy on found"] == ours.link_found
    assert theirs["link accuracy on found and known"] == ours.link_known
    assert theirs["link accuracy on all"] == ours.link_all
    assert theirs["by type F1"] == {name: figures.f1 for name, figures in ours.types.items()}
