"""Settings: read once, from the environment and `.env`; all faults at once, in sentences that say what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar, Literal
from urllib.parse import urlsplit, urlunsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.master_keys import HOW, BadKeys, read_text
from bot.redis_url import SCHEMES, BadAddress, read_address
from bot.setting_faults import sentence

SLACK = "https://slack.com/api/"
NOTHING = SecretStr("")


class CannotStart(Exception):
    """Between can't start as things are. `sentences` holds every fault, each with what to do."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


class Settings(BaseModel):
    """All settings. Made directly it reads nothing from outside; `load` reads the environment.

    With an app token Slack is reached over Socket Mode; without one, signed requests come by HTTP.
    """

    model_config = ConfigDict(frozen=True, validate_default=True, hide_input_in_errors=True)

    slack_bot_token: SecretStr = NOTHING
    slack_app_token: SecretStr = NOTHING
    slack_signing_secret: SecretStr = NOTHING
    slack_client_id: str = ""
    slack_client_secret: SecretStr = NOTHING
    between_url: str = ""
    slack_allowed_workspaces: str = ""
    slack_api_url: str = SLACK
    http_host: str = "127.0.0.1"
    http_port: int | None = Field(default=None, ge=0, le=65535)
    redis_url: SecretStr = NOTHING
    redis_wait_replicas: int | None = Field(default=None, ge=0, le=5)
    data_dir: Path = Path("data")
    erasures_file: Path | None = None
    between_keys: SecretStr = NOTHING
    between_keys_file: Path | None = None
    between_keys_command: SecretStr = NOTHING
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["console", "json"] = "console"

    @property
    def socket_mode(self) -> bool:
        """Else requests come to us by HTTP."""
        return bool(self.slack_app_token.get_secret_value())

    @property
    def port(self) -> int | None:
        """Where we listen: always in HTTP mode or where workspaces may install us, only if asked (for `/healthz`)
        in Socket Mode. 0: any free port."""
        needed = not self.socket_mode or self.installable
        return 3000 if self.http_port is None and needed else self.http_port

    @property
    def address(self) -> str:
        """Where browsers reach our pages; empty where nothing listens for them."""
        return self.between_url if self.port is not None else ""

    @property
    def installable(self) -> bool:
        """Whether other workspaces may install us, by OAuth."""
        return bool(self.slack_client_id)

    @property
    def erasures(self) -> Path | None:
        """The list of erasures: beside the embedded Redis's folder, so that no backup of it holds the list; with a
        Redis of one's own, where the settings say, or nowhere."""
        if self.erasures_file or self.redis_url.get_secret_value():
            return self.erasures_file
        data = self.data_dir.absolute()
        return data.with_name(f"{data.name}-erasures.txt")

    @property
    def redis_shown(self) -> str:
        """Where Redis is, without the password, fit for a sentence or a log."""
        url = self.redis_url.get_secret_value()
        if not url:
            return f"{self.data_dir} (embedded)"
        parts = urlsplit(url)
        return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))

    @field_validator("slack_client_id")
    @classmethod
    def _some_workspace(cls, client_id: str, info: ValidationInfo) -> str:
        token = info.data.get("slack_bot_token")
        if not client_id and token is not None and not token.get_secret_value():
            raise _said(
                "SLACK_BOT_TOKEN is missing. Find it in your Slack app's settings under "
                "OAuth & Permissions (it begins with xoxb-) and put it in .env."
            )
        return client_id

    @field_validator("slack_client_secret")
    @classmethod
    def _client_secret(cls, secret: SecretStr, info: ValidationInfo) -> SecretStr:
        if info.data.get("slack_client_id") and not secret.get_secret_value():
            raise _said(
                "SLACK_CLIENT_ID is set, and SLACK_CLIENT_SECRET is missing. Both stand in your Slack app's "
                "settings "
                "under Basic Information, App Credentials."
            )
        return secret

    @field_validator("between_url")
    @classmethod
    def _public_address(cls, url: str, info: ValidationInfo) -> str:
        parts = urlsplit(url)
        local = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost")
        if url and not (parts.netloc and (parts.scheme == "https" or local)):
            raise ValueError
        if info.data.get("slack_client_id") and not url:
            raise _said(
                "SLACK_CLIENT_ID is set, and BETWEEN_URL is missing: the public https:// address at which browsers "
                "reach Between to install it."
            )
        return url.rstrip("/")

    @field_validator("slack_allowed_workspaces")
    @classmethod
    def _ids(cls, ids: str) -> str:
        if not all(one[:1] in "TE" and one.isalnum() for one in ids.replace(",", " ").split()):
            raise ValueError
        return ids

    @field_validator("slack_bot_token", "slack_app_token")
    @classmethod
    def _right_kind(cls, token: SecretStr, info: ValidationInfo) -> SecretStr:
        """Catch a token that stands in another's place; other servers than Slack may have tokens of any look."""
        name, given = (info.field_name or "").upper(), token.get_secret_value()
        begins = "xoxb-" if name == "SLACK_BOT_TOKEN" else "xapp-"
        if given.startswith(("xoxb-", "xoxp-", "xoxe", "xapp-")) and not given.startswith(begins):
            raise _said(f"{name} holds a token of another kind: it must begin with {begins}.")
        if given != given.strip() or " " in given:
            raise _said(f"{name} has a space in it. Copy the token again, without spaces.")
        return token

    @field_validator("slack_signing_secret")
    @classmethod
    def _some_way_in(cls, secret: SecretStr, info: ValidationInfo) -> SecretStr:
        app_token = info.data.get("slack_app_token")
        if app_token is not None and not app_token.get_secret_value() and not secret.get_secret_value():
            raise _said(
                "Slack has no way to reach Between. Put SLACK_APP_TOKEN (it begins with xapp-; Basic Information, "
                "App-Level Tokens) in .env for Socket Mode, or SLACK_SIGNING_SECRET for signed HTTP."
            )
        return secret

    @field_validator("slack_api_url")
    @classmethod
    def _web_address(cls, url: str) -> str:
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
            raise ValueError
        return url.rstrip("/") + "/"

    @field_validator("redis_url")
    @classmethod
    def _redis_address(cls, url: SecretStr) -> SecretStr:
        if not url.get_secret_value():
            return url
        if urlsplit(url.get_secret_value()).scheme not in SCHEMES:
            raise ValueError
        try:
            read_address(url.get_secret_value())
        except BadAddress as fault:
            raise _said(str(fault)) from None
        return url

    @field_validator("between_keys")
    @classmethod
    def _master_keys(cls, given: SecretStr) -> SecretStr:
        if given.get_secret_value():
            try:
                read_text(given.get_secret_value(), "BETWEEN_KEYS")
            except BadKeys as fault:
                raise _said(str(fault)) from None
        return given

    @field_validator("between_keys_command")
    @classmethod
    def _one_source_of_keys(cls, command: SecretStr, info: ValidationInfo) -> SecretStr:
        """A Redis of Between's own gets a key of its own where none is given; another's is never trusted with words
        in the clear."""
        known = info.data
        if "between_keys" not in known or "between_keys_file" not in known:
            return command  # at fault, which is told already
        given = [known["between_keys"].get_secret_value(), known["between_keys_file"], command.get_secret_value()]
        if sum(map(bool, given)) > 1:
            raise _said("Set only one of BETWEEN_KEYS, BETWEEN_KEYS_FILE and BETWEEN_KEYS_COMMAND.")
        if not any(given) and known.get("redis_url", NOTHING).get_secret_value():
            raise _said(
                f"With a REDIS_URL Between needs a key to encrypt what it keeps there: {HOW}. Put it in .env as "
                "BETWEEN_KEYS, or say with BETWEEN_KEYS_FILE or BETWEEN_KEYS_COMMAND where it comes from."
            )
        return command

    @field_validator("log_level", "log_format", mode="before")
    @classmethod
    def _any_case(cls, value: Any) -> Any:
        return value.strip().lower() if isinstance(value, str) else value


class _FromEnvironment(BaseSettings, Settings):
    """The same settings, read from outside. What `.env` holds and we don't know is a fault: most likely a slip."""

    model_config: ClassVar[SettingsConfigDict] = SettingsConfigDict(
        env_ignore_empty=True, extra="forbid", frozen=True, validate_default=True, hide_input_in_errors=True
    )


def load(env_file: Path = Path(".env")) -> Settings:
    """The settings from the environment and `env_file`; the environment wins. Raises CannotStart."""
    try:
        return _FromEnvironment(_env_file=env_file)  # type: ignore[call-arg]
    except ValidationError as error:
        # what nobody can do without comes first, wherever it is found out
        faults = sorted(error.errors(include_url=False), key=lambda fault: fault["loc"][0] != "slack_client_id")
        raise CannotStart(*(sentence(fault, Settings.model_fields) for fault in faults)) from None


class _InPart(_FromEnvironment):
    model_config: ClassVar[SettingsConfigDict] = SettingsConfigDict(extra="ignore")


def load_in_part(env_file: Path = Path(".env")) -> tuple[Settings, frozenset[str]]:
    """For looking at what needs no token: the settings, with defaults in place of whatever is at fault and no real
    token in them; and the names of those at fault.
    """
    none = {
        "slack_bot_token": "none",
        "slack_app_token": "none",
        "slack_signing_secret": "",
    }
    try:
        return _InPart(_env_file=env_file, **none), frozenset()  # type: ignore[call-arg,arg-type]
    except ValidationError as error:
        at_fault = frozenset(str(fault["loc"][0]) for fault in error.errors(include_url=False))
    if at_fault & KEYS:  # without a key no Redis but our own can be looked at
        at_fault |= {*KEYS, "redis_url"}
    usual = {field: Settings.model_fields[field].default for field in at_fault}
    return _InPart(_env_file=env_file, **usual | none), at_fault  # type: ignore[call-arg]


KEYS = frozenset({"between_keys", "between_keys_file", "between_keys_command"})


def _said(sentence: str) -> PydanticCustomError:
    return PydanticCustomError("said", sentence)
