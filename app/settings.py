"""What can be set, by environment variables.

Our own settings are `EIG_*`; those of Neo4j are spelled as everyone spells them. A variable that is set but empty
counts as unset. Lists are comma-separated text. docs/settings.md lists them all.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from ingest.tagger.choice import TaggerChoice

NEO4J_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")

_HOST = re.compile(r"[A-Za-z0-9._-]+|\[?[0-9A-Fa-f:]+\]?")
_ORIGIN = re.compile(r"\*|https?://[A-Za-z0-9._:\[\]-]+")
# It stands between brackets in a User-Agent header.
_CONTACT = re.compile(r"https?://[!-'*-~]+|[!-'*-?A-~]+@[!-'*-?A-~]+")
_TAGGER = re.compile(r"(?:spacy|gliner):\S.*|.+\.npz")
_NEO4J_URI = re.compile(rf"(?:{'|'.join(map(re.escape, NEO4J_SCHEMES))})://[^\s/@]+/?(?:\?\S*)?")


class BadSettings(ValueError):
    """Settings that cannot be used; the message has a line for each variable: its name and what is allowed."""


def _split(value: object) -> object:
    """Comma-separated text as a list; anything else as it is."""
    if isinstance(value, str):
        return tuple(part for raw in value.split(",") if (part := raw.strip()))
    return value


def _split_or_none(value: object) -> object:
    """The same, where the word `none` is an empty list."""
    return () if value == "none" else _split(value)


def _text_matching(pattern: re.Pattern[str], allowed: str) -> AfterValidator:
    """A check that text matches `pattern` whole; the error says what is `allowed`."""

    def check(text: str) -> str:
        if not pattern.fullmatch(text):
            raise ValueError(f"should be {allowed}")
        return text

    return AfterValidator(check)


def _sendable(key: SecretStr) -> SecretStr:
    """A key that fits into an HTTP header."""
    if not re.fullmatch(r"[\x21-\x7e]+", key.get_secret_value()):
        raise ValueError("should be visible ASCII characters without spaces")
    return key


Host = Annotated[str, _text_matching(_HOST, "a host name or an address, without scheme and port")]
Origin = Annotated[str, _text_matching(_ORIGIN, "an origin such as https://example.org, or *")]
Neo4jUri = Annotated[
    str,
    _text_matching(_NEO4J_URI, f"an address with a scheme of {', '.join(NEO4J_SCHEMES)}, without user and password"),
]
Contact = Annotated[
    str, _text_matching(_CONTACT, "an e-mail address, or a page that begins with https:// or http://, without spaces")
]
Hosts = Annotated[tuple[Host, ...], NoDecode, BeforeValidator(_split)]
Origins = Annotated[tuple[Origin, ...], NoDecode, BeforeValidator(_split)]
OriginsOrNone = Annotated[tuple[Origin, ...], NoDecode, BeforeValidator(_split_or_none)]
ApiKey = Annotated[SecretStr, AfterValidator(_sendable)]


TaggerName = Annotated[str, _text_matching(_TAGGER, "spacy: or gliner: and a model, or a file.npz of eig train")]


class Settings(BaseSettings):
    """Every setting, read from the environment where it is not given. Use `load_settings` for errors that explain."""

    model_config = SettingsConfigDict(
        env_prefix="EIG_", env_ignore_empty=True, frozen=True, extra="forbid", populate_by_name=True
    )

    home: Path = Field(Path("data"), description="Folder of the embedded database and of everything else we write.")
    host: Host = Field(
        "127.0.0.1",
        description="Address the service binds to. Beyond loopback, writes and trusted Cypher need EIG_API_KEY.",
    )
    port: int = Field(8000, ge=0, le=65535, description="Port the service listens on; 0 takes a free one.")
    api_key: ApiKey | None = Field(
        None,
        description="Key that writes and trusted Cypher carry as `Authorization: Bearer <key>`. Never logged or shown.",
    )
    hosts: Hosts = Field(
        (), description="Further host names that requests may carry in their Host header, such as news.example.org."
    )
    cors_origins: Origins = Field(
        (), description="Origins whose pages may read the API, such as https://news.example.org; * allows every one."
    )
    embed_sites: OriginsOrNone = Field(
        ("*",), description="Origins that may embed the box of an article; * allows every one, none not even our own."
    )
    entities: Path | None = Field(None, description="YAML file of entities of your own, laid over the knowledge base.")
    tagger: TaggerName | None = Field(
        None, description="Another tagger: spacy:en_core_web_sm, gliner:FOLDER, or weights of `eig train`, FILE.npz."
    )
    accurate: bool = Field(False, description="Whether our own tagger asks the large network too, which is slower.")
    accurate_model: Path | None = Field(
        None, description="File of the large network that `eig train --accurate-out` wrote. Unset: the one we ship."
    )
    keep_text: Literal["full", "sentences"] = Field(
        "full",
        description="What is stored of an article's text: all of it, or only the sentences that name an entity.",
    )
    cypher: Literal["strict", "trusted"] | None = Field(
        None,
        description="How far Cypher that is sent is trusted. Unset: trusted on loopback or with the key, else strict.",
    )
    cypher_seconds: float = Field(10.0, gt=0, le=3600, description="Seconds after which a Cypher statement is stopped.")
    cypher_rows: int = Field(
        1000, ge=1, le=1_000_000, description="Most rows a Cypher statement answers with; more are cut and reported."
    )
    counting: Literal["auto", "incidence", "cypher"] = Field(
        "auto",
        description="What counts co-mentions: an index in memory, the database alone, or the index while it fits.",
    )
    heap_mb: int = Field(512, ge=128, le=1_048_576, description="Memory in MB for the embedded database's heap.")
    max_nodes: int = Field(
        300, ge=2, le=5000, description="Most entities in an answer that is a graph; more are left out and reported."
    )
    max_batch: int = Field(500, ge=1, le=10_000, description="Most articles in one request.")
    max_body_mb: int = Field(20, ge=1, le=1024, description="Largest request body in MB.")

    contact: Contact | None = Field(
        None,
        description="E-mail address or page of whoever runs `eig kb refresh`, which Wikidata's operators want to know.",
    )

    neo4j_uri: Neo4jUri | None = Field(
        None,
        validation_alias="NEO4J_URI",
        description="Address of a Neo4j server, such as neo4j://db:7687. Unset: the embedded database in EIG_HOME.",
    )
    neo4j_username: str = Field("neo4j", validation_alias="NEO4J_USERNAME", description="User on that server.")
    neo4j_password: SecretStr = Field(
        SecretStr(""), validation_alias="NEO4J_PASSWORD", description="Password of that user. Never logged or shown."
    )
    neo4j_database: str = Field(
        "neo4j", min_length=1, validation_alias="NEO4J_DATABASE", description="Database on that server."
    )
    neo4j_max_connection_pool_size: int = Field(
        100,
        ge=2,
        le=10_000,
        validation_alias="NEO4J_MAX_CONNECTION_POOL_SIZE",
        description="Most connections to one server that are kept for our own statements.",
    )
    neo4j_connection_timeout: float = Field(
        5.0,
        gt=0,
        le=300,
        validation_alias="NEO4J_CONNECTION_TIMEOUT",
        description="Seconds until a server must have taken a new connection.",
    )
    neo4j_connection_acquisition_timeout: float = Field(
        30.0,
        gt=0,
        le=3600,
        validation_alias="NEO4J_CONNECTION_ACQUISITION_TIMEOUT",
        description="Seconds to wait for a connection to be free, or to be made; not less than the one before.",
    )
    neo4j_max_transaction_retry_time: float = Field(
        30.0,
        ge=0,
        le=3600,
        validation_alias="NEO4J_MAX_TRANSACTION_RETRY_TIME",
        description="Seconds for which a transaction is tried again after faults that pass, such as a restart.",
    )

    @property
    def tagging(self) -> TaggerChoice:
        """The tagger that is wanted."""
        return TaggerChoice(self.tagger, accurate=self.accurate, accurate_file=self.accurate_model)

    @property
    def on_loopback(self) -> bool:
        """Whether the service is bound to this machine alone."""
        return is_loopback(self.host)

    def cypher_level(self, *, operator: bool) -> Literal["strict", "trusted"]:
        """How far a statement is trusted. operator: whether it comes from who runs the service (see app.security)."""
        return self.cypher or ("trusted" if operator else "strict")

    @property
    def max_body_bytes(self) -> int:
        """Largest request body in bytes."""
        return self.max_body_mb * 1_000_000


def load_settings(**given: Any) -> Settings:
    """Settings from the environment; `given` (by field name) goes before it, None standing for not given.

    Raises BadSettings, which names each variable that is wrong and says what is allowed. Values are not repeated in
    the message: one of them may be a secret.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        raise BadSettings("\n".join(_line(dict(problem)) for problem in error.errors())) from None


def variable(field: str) -> str:
    """The environment variable of a field of Settings."""
    alias = Settings.model_fields[field].validation_alias
    return alias if isinstance(alias, str) else f"EIG_{field.upper()}"


def is_loopback(host: str) -> bool:
    """Whether `host` is this machine alone: `localhost` or a loopback address."""
    name = host.strip("[]").lower().rstrip(".")
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


def _line(problem: Mapping[str, Any]) -> str:
    """One line about one setting; pydantic names it by its field or, where it has one, by its alias."""
    where = str(problem["loc"][0])
    meanings = {variable(field): info.description for field, info in Settings.model_fields.items()}
    name = variable(where) if where in Settings.model_fields else where
    if name not in meanings:
        return f"{name}: there is no such setting"
    said = str(problem["msg"]).removeprefix("Value error, ").removeprefix("Input ")
    return f"{name}: {said}. It means: {meanings[name]}"
