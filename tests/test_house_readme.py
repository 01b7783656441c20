"""The README tells the truth: its commands exist, its questions are answered, its sample is what the service says."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from starlette.exceptions import StarletteDeprecationWarning

from app.cli.program import create_program
from app.ingestion import store_articles
from app.main import create_app
from app.opening import open_store
from app.settings import Settings
from ingest.articles import article_to_json
from ingest.loading import load_extractor
from ingest.sources import Failure, read

with warnings.catch_warnings():
    # The test client asks for httpx2 on import and works with httpx all the same.
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from fastapi.testclient import TestClient

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
SERVICE = "http://127.0.0.1:8000"
BOX = "/api/v1/articles/a2a2b6ed3f6b8c8cd067d/graph"


def commands(program: str) -> list[list[str]]:
    """The commands of the README's shell blocks that run `program`, each as its words, without redirections."""
    blocks = re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in re.split(r"\n(?=curl |make |\.venv/)", block)]
    found = [shlex.split(re.sub(r" [<>] \S+", "", line), comments=True) for line in lines]
    return [words for words in found if words and words[0].endswith(program)]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The service over the sample articles."""
    articles = [found for found in read([ROOT / "app/samples"]) if not isinstance(found, Failure)]
    extractor = load_extractor()
    settings = Settings(home=tmp_path_factory.mktemp("samples"))
    with open_store(settings) as store:
        store_articles([article_to_json(article) for article in articles], store=store, extractor=extractor)
        with TestClient(create_app(settings, store=store, extractor=extractor), base_url=SERVICE) as client:
            yield client


def ask(service: TestClient, curl: list[str]) -> Any:
    """Send what curl would send and give the answer's JSON."""
    arguments = curl[1:]
    options = dict(zip(arguments[1::2], arguments[2::2], strict=True))
    assert options.keys() <= {"-H", "-d"}
    headers = dict([options["-H"].split(": ", 1)]) if "-H" in options else {}
    method = "POST" if "-d" in options else "GET"
    answer = service.request(method, arguments[0], headers=headers, content=options.get("-d"))
    assert answer.status_code == 200, (arguments[0], answer.text)
    return answer.json()


def test_every_question_is_answered_with_something(service: TestClient) -> None:
    """Each curl example answers 200, and none of them with an empty list."""
    answers = [ask(service, command) for command in commands("curl")]
    assert len(answers) >= 10
    assert [answer for answer in answers if answer.get("results") == [] or answer.get("reason")] == []


def test_the_sample_is_part_of_the_real_answer(service: TestClient) -> None:
    """The box on the first screen is what the service answers, shortened."""
    sample = re.search(r"^```json\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert sample
    assert f"{SERVICE}{BOX}" in README
    assert is_part(json.loads(sample[1]), service.get(BOX).json())


def is_part(shortened: Any, whole: Any) -> bool:
    """Whether a JSON value is another one with fields and items left out."""
    if isinstance(shortened, dict):
        return isinstance(whole, dict) and all(
            key in whole and is_part(value, whole[key]) for key, value in shortened.items()
        )
    if isinstance(shortened, list):
        return isinstance(whole, list) and all(any(is_part(item, other) for other in whole) for item in shortened)
    return bool(shortened == whole)


def test_every_eig_command_is_understood() -> None:
    """Each command line of `eig` in the README names a command that exists with options that it has."""
    program = typer.main.get_command(create_program())
    lines = commands("eig")
    assert len(lines) >= 5
    for _, name, *arguments in lines:
        with program.make_context("eig", [name, *arguments]) as context:
            command = program.get_command(context, name)  # type: ignore[attr-defined]
            assert command is not None, name
            command.make_context(name, list(arguments), parent=context)


def test_every_make_target_is_there() -> None:
    """Each `make` command of the README and of CONTRIBUTING.md has its target, which `make help` lists."""
    text = README + (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE))
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert named >= {"run", "test", "lint"}
    assert named <= set(re.findall(r"^ +make (\w+)", listed, re.MULTILINE))


@pytest.mark.parametrize(
    "page", sorted(path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
)
def test_links_lead_somewhere(page: str) -> None:
    """Every relative link of a page leads to a file of the project."""
    path = ROOT / page
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []
