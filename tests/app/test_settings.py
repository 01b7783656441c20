"""Settings: where they come from, what is allowed, and how errors read."""

from pathlib import Path

import pytest

from app.settings import BadSettings, Settings, is_loopback, load_settings, variable
from ingest.tagger.choice import OUR_OWN, TaggerChoice


def names_in(error: BadSettings) -> list[str]:
    """The variables that an error names."""
    return [line.partition(":")[0] for line in str(error).splitlines()]


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Settings.model_fields:
        monkeypatch.delenv(variable(field), raising=False)


def test_defaults_are_local_and_open() -> None:
    """Without any variable the service is bound to loopback, without a key, on the embedded database."""
    settings = load_settings()
    assert (settings.host, settings.port, settings.neo4j_uri) == ("127.0.0.1", 8000, None)
    assert (settings.on_loopback, settings.cypher, settings.api_key) == (True, None, None)


def test_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our variables begin with EIG_, those of Neo4j are spelled as everyone spells them; lists are split at commas."""
    monkeypatch.setenv("EIG_HOSTS", "news.example.org, graph.example.org,")
    monkeypatch.setenv("EIG_PORT", "9000")
    monkeypatch.setenv("NEO4J_URI", "neo4j+s://db.example.org:7687")
    monkeypatch.setenv("NEO4J_PASSWORD", "secret")
    settings = load_settings()
    assert settings.hosts == ("news.example.org", "graph.example.org")
    assert (settings.port, settings.neo4j_uri) == (9000, "neo4j+s://db.example.org:7687")
    assert settings.neo4j_password.get_secret_value() == "secret"


def test_given_goes_before_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the caller gives wins over the environment; None means not given."""
    monkeypatch.setenv("EIG_PORT", "9000")
    monkeypatch.setenv("EIG_HOST", "::1")
    settings = load_settings(port=9001, host=None)
    assert (settings.port, settings.host) == (9001, "::1")


def test_a_tagger_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our own unless another is named; the large network where it is wanted, from a file of one's own."""
    assert load_settings().tagging == OUR_OWN
    monkeypatch.setenv("EIG_ACCURATE", "true")
    monkeypatch.setenv("EIG_ACCURATE_MODEL", "own.onnx.gz")
    assert load_settings().tagging == TaggerChoice(accurate=True, accurate_file=Path("own.onnx.gz"))
    assert load_settings(accurate=False, tagger="spacy:a b").tagging.plug_in == "spacy:a b"


def test_empty_is_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable that is set to nothing counts as unset, as compose files set them."""
    monkeypatch.setenv("EIG_API_KEY", "")
    monkeypatch.setenv("NEO4J_URI", "")
    settings = load_settings()
    assert (settings.api_key, settings.neo4j_uri) == (None, None)


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("EIG_PORT", "70000", "less than or equal to 65535"),
        ("EIG_PORT", "http", "valid integer"),
        ("EIG_HOST", "http://localhost", "without scheme and port"),
        ("EIG_TAGGER", "en_core_web_sm", "spacy: or gliner: and a model"),
        ("EIG_TAGGER", "spacy:", "spacy: or gliner: and a model"),
        ("EIG_ACCURATE", "perhaps", "valid boolean"),
        ("EIG_HOSTS", "a.example,https://b.example", "without scheme and port"),
        ("EIG_CORS_ORIGINS", "news.example.org", "https://example.org, or *"),
        ("EIG_CYPHER", "lax", "'strict' or 'trusted'"),
        ("EIG_KEEP_TEXT", "none", "'full' or 'sentences'"),
        ("EIG_COUNTING", "fast", "'auto', 'incidence' or 'cypher'"),
        ("EIG_CYPHER_SECONDS", "0", "greater than 0"),
        ("EIG_API_KEY", "two words", "without spaces"),
        ("NEO4J_URI", "http://db:7474", "bolt, bolt+s, bolt+ssc, neo4j"),
        ("NEO4J_URI", "bolt://neo4j:secret@db", "without user and password"),
        ("NEO4J_MAX_CONNECTION_POOL_SIZE", "1", "greater than or equal to 2"),
        ("NEO4J_CONNECTION_TIMEOUT", "0", "greater than 0"),
        ("NEO4J_CONNECTION_ACQUISITION_TIMEOUT", "soon", "valid number"),
        ("NEO4J_MAX_TRANSACTION_RETRY_TIME", "-1", "greater than or equal to 0"),
    ],
)
def test_errors_name_variable_and_what_is_allowed(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, allowed: str
) -> None:
    """A wrong value is refused with the name of its variable and what it may be."""
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings) as caught:
        load_settings()
    assert names_in(caught.value) == [name]
    assert allowed in str(caught.value)


def test_all_errors_come_at_once_and_repeat_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every wrong variable is named in one go, and a secret among the values is not repeated."""
    monkeypatch.setenv("EIG_PORT", "x")
    monkeypatch.setenv("EIG_API_KEY", "hush hush")
    with pytest.raises(BadSettings) as caught:
        load_settings(nonsense=1)
    assert set(names_in(caught.value)) == {"EIG_PORT", "EIG_API_KEY", "nonsense"}
    assert "hush" not in str(caught.value)


def test_secrets_are_not_shown() -> None:
    """Neither the key nor the password stands in the settings' text."""
    settings = load_settings(api_key="hush", neo4j_password="quiet")
    assert "hush" not in repr(settings)
    assert "quiet" not in repr(settings)


@pytest.mark.parametrize(("operator", "level"), [(True, "trusted"), (False, "strict")])
def test_cypher_of_strangers_is_strict(operator: bool, level: str) -> None:
    """Unset, the level follows who asks; set, it holds for all."""
    assert load_settings().cypher_level(operator=operator) == level
    assert load_settings(cypher="strict").cypher_level(operator=operator) == "strict"
    assert load_settings(cypher="trusted").cypher_level(operator=operator) == "trusted"


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("LOCALHOST", True), ("127.8.9.1", True), ("[::1]", True), ("0.0.0.0", False), ("example.org", False)],
)
def test_loopback(host: str, loopback: bool) -> None:
    """Loopback are the name localhost and the loopback addresses of both kinds."""
    assert is_loopback(host) is loopback


def test_every_setting_is_described() -> None:
    """Each setting says what it is for."""
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
