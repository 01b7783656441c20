"""The container's files: as careful as the service itself. The image is built nowhere in the tests."""

import json
import re
from pathlib import Path
from typing import Any

import yaml

from app.neo4j_checks import RECOMMENDED

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")


def instructions(name: str) -> list[str]:
    """What stands behind each instruction of that name."""
    return re.findall(rf"^ *{name} +(.+)$", DOCKERFILE, re.MULTILINE)


def compose(name: str = "eig") -> dict[str, Any]:
    """A service of compose.yaml."""
    service: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"][name]
    return service


def test_the_image_serves_as_a_user_without_rights() -> None:
    """The last stage leaves root before it starts the service."""
    last = DOCKERFILE[DOCKERFILE.rindex("\nFROM ") :]
    assert re.search(r"^USER (?!root|0)\w+$", last, re.MULTILINE)
    assert last.index("\nUSER ") < last.index("\nCMD ")


def test_the_image_installs_the_lock_and_nothing_else() -> None:
    """Every package comes hashed from a lock, and the project itself without looking for more."""
    runtime, node, project = [command for command in instructions("RUN") if "pip install" in command]
    assert "--require-hashes --requirement requirements/runtime.txt" in runtime
    assert "--require-hashes --requirement requirements/node.txt" in node
    assert "--no-deps --no-build-isolation ." in project


def test_node_builds_the_page_of_the_image_and_stays_behind() -> None:
    """Node goes into a folder of its own, which the project's build sees and the last stage does not copy."""
    _, node, project = [command for command in instructions("RUN") if "pip install" in command]
    folder = node.partition("--target ")[2].split()[0]
    assert project.startswith(f"PYTHONPATH={folder} ")
    assert not any(f"--from=build {folder}" in command for command in instructions("COPY"))


def test_the_health_check_asks_whether_the_service_is_ready() -> None:
    """It asks /readyz, with nothing but Python."""
    check = re.search(r"^HEALTHCHECK .*CMD (\[.+\])$", DOCKERFILE, re.MULTILINE)
    assert check
    program, option, code = json.loads(check[1])
    compile(code, "health check", "exec")
    assert (program, option) == ("python3", "-c")
    assert "/readyz" in code


def test_what_the_image_copies_is_let_in() -> None:
    """.dockerignore keeps everything out but the files that the Dockerfile copies."""
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    copied = [source for words in instructions("COPY") if "--from" not in words for source in words.split()[:-1]]
    assert [source for source in copied if not any(f"{source}/".startswith(f"{name}/") for name in allowed)] == []
    assert [name for name in allowed if not (ROOT / name).exists()] == []


def test_compose_keeps_the_data_and_opens_no_door() -> None:
    """The port is bound to loopback, writes need a key that has to be chosen, and the data outlives the container."""
    service = compose()
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    assert service["environment"]["EIG_API_KEY"].startswith("${EIG_API_KEY:?")
    assert [volume.split(":")[1] for volume in service["volumes"]] == ["/data"]


def test_compose_starts_the_service_on_a_database_that_answers() -> None:
    """Neo4j has a fixed version, keeps its data, is reached by the service alone, and its password must be chosen."""
    service, neo4j = compose(), compose("neo4j")
    assert re.fullmatch(r"neo4j:\d+\.\d+\.\d+-community", neo4j["image"])
    assert "ports" not in neo4j
    assert neo4j["environment"]["NEO4J_AUTH"].startswith("neo4j/${NEO4J_PASSWORD:?")
    assert [volume.split(":")[1] for volume in neo4j["volumes"]] == ["/data"]
    assert neo4j["healthcheck"]["test"]
    assert service["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    assert service["environment"]["NEO4J_URI"] == "bolt://neo4j:7687"


def test_compose_sets_what_the_doctor_recommends() -> None:
    """The container's variables spell a setting with `_` for a dot and `__` for an underscore."""
    variables = {
        f"NEO4J_{setting.replace('_', '__').replace('.', '_')}": value for setting, value in RECOMMENDED.items()
    }
    assert variables.items() <= compose("neo4j")["environment"].items()


def test_the_recommended_settings_are_documented() -> None:
    """docs/neo4j.md has each line for neo4j.conf."""
    lines = (ROOT / "docs" / "neo4j.md").read_text("utf-8").splitlines()
    assert [f"{setting}={value}" for setting, value in RECOMMENDED.items() if f"{setting}={value}" not in lines] == []
