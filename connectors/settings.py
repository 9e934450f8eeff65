"""Every setting of the Rasa server's environment: typed, read once.

A value comes from the environment, else from `.env` at the root, else from the default here;
`.env.example` has a line for each. The action server has its own half:
actions/optfm/settings.py.
"""

import functools
import ipaddress
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from pydantic import BaseModel, Field, SecretStr, ValidationError, validator
from rasa.shared.exceptions import RasaException

from connectors.site.origin_list import read_origins

#: The project's root: where `.env`, `models/` and `var/` are.
ROOT = Path(__file__).resolve().parents[1]


class WrongSetting(RasaException):
    """A value that the server cannot start with; Rasa's command line prints it as one line."""


class Settings(BaseModel):
    """What a deployment may set; field names are the environment's names in lower case."""

    #: Postgres by a libpq address; empty: the embedded one of a running bot (`database_url`).
    db_url: SecretStr = SecretStr("")
    #: Run-time files; `postgres.url` in it is written by whoever starts the embedded Postgres.
    optfm_var: Path = Path("var")
    optfm_logs: Path = Path("logs")
    #: Where customers reach the server's pages; empty: this machine only.
    public_url: str = ""
    #: What callers of REST outside this machine must show; empty: none may call.
    rest_token: SecretStr = SecretStr("")
    #: Signs what a CRM tells us (`POST /webhooks/crm`); empty: none may.
    crm_api_key: SecretStr = SecretStr("")
    #: What readers of /metrics outside this machine must show; empty: none may read.
    metrics_token: SecretStr = SecretStr("")
    #: Origins of the pages that may carry the chat, as `origin_list` reads them; ours always may.
    widget_origins: str = ""
    #: Keys that sign session ids, the newest first; empty: one is made and kept in `optfm_var`.
    session_keys: SecretStr = SecretStr("")
    #: How long a visitor's dialog can be continued.
    session_days: int = Field(default=30, ge=1)
    #: The largest file that a visitor may send to a manager.
    largest_file_mb: int = Field(default=10, ge=1)
    #: For several Rasa servers: tells the others what a tab must see.
    redis_url: SecretStr = SecretStr("")
    #: Messages of one dialog taken in any ten seconds.
    dialog_messages_per_10_s: int = Field(default=30, ge=1)
    #: Messages of one dialog waiting for an answer at the same time.
    dialog_messages_at_once: int = Field(default=5, ge=1)
    #: Proxies whose X-Forwarded-For counts, besides this machine: addresses or networks, commas.
    trusted_proxies: str = ""
    #: Messages from one network address taken in any ten seconds; REST's callers are not counted.
    address_messages_per_10_s: int = Field(default=300, ge=1)
    #: An answer that takes longer is announced, where the channel can speak first.
    slow_answer_s: float = Field(default=8.0, gt=0)
    #: The Bot API: empty token: no Telegram.
    telegram_bot_token: SecretStr = SecretStr("")
    telegram_api_url: str = "https://api.telegram.org"
    #: An HTTP proxy on the way to it.
    telegram_proxy: SecretStr = SecretStr("")
    #: polling: the bot asks for messages; webhook: Telegram brings them to PUBLIC_URL.
    telegram_mode: Literal["polling", "webhook"] = "polling"
    #: What Telegram shows with each message in webhook mode: 16 to 256 of A-Z a-z 0-9 _ -.
    telegram_webhook_secret: SecretStr = SecretStr("")
    #: The managers' group, a number such as -1001234567890; 0: none.
    telegram_managers_chat: int = 0
    #: How customers read a manager's name, by his id in Telegram: `123456:Анна, 234567:Олег`.
    manager_names: str = ""
    #: After so long without a word of the manager the bot has the dialog again.
    manager_silence_min: float = Field(default=30, gt=0)
    timezone: str = "Europe/Moscow"
    #: How long a server that is stopped may finish what it has in hand.
    stop_patience_s: float = Field(default=20, ge=1)
    #: How long customers wait for an action server that is started again; a turn has 25 s.
    actions_start_s: float = Field(default=22, ge=1, le=24)
    #: What the processes of one bot show each other; the launcher makes it.
    internal_token: SecretStr = SecretStr("")

    class Config:
        allow_mutation = False

    @validator("optfm_var", "optfm_logs", always=True)
    def _from_root(cls, value: Path) -> Path:
        return value if value.is_absolute() else ROOT / value

    @validator("db_url")
    def _is_postgres(cls, value: SecretStr) -> SecretStr:
        url = value.get_secret_value()
        if url and not url.startswith(("postgresql://", "postgres://")):
            raise ValueError("нужна база Postgres; пример: postgresql://user@host/optfm")
        return value

    @validator("session_keys")
    def _are_keys(cls, value: SecretStr) -> SecretStr:
        keys = filter(None, (key.strip() for key in value.get_secret_value().split(",")))
        if any(len(key) < 16 for key in keys):
            raise ValueError("каждый ключ от 16 знаков: короткий угадывают")
        return value

    @validator("widget_origins")
    def _are_origins(cls, value: str) -> str:
        read_origins(value)
        return value

    @validator("trusted_proxies")
    def _are_networks(cls, value: str) -> str:
        for part in filter(None, (part.strip() for part in value.split(","))):
            try:
                ipaddress.ip_network(part, strict=False)
            except ValueError:
                raise ValueError(f"«{part}» не адрес и не сеть; пример: 10.0.0.0/8") from None
        return value

    @validator("telegram_bot_token")
    def _is_a_token(cls, value: SecretStr) -> SecretStr:
        token = value.get_secret_value()
        if token and not re.fullmatch(r"\d+:[\w-]{20,}", token, re.ASCII):
            raise ValueError("нужен токен от @BotFather, такой как 123456:AbC…")
        return value

    @validator("telegram_api_url")
    def _is_an_address(cls, value: str) -> str:
        if not re.fullmatch(r"https?://[^\s/]+[^\s?#]*", value):
            raise ValueError("нужен адрес, такой как https://api.telegram.org")
        return value.rstrip("/")

    @validator("telegram_proxy")
    def _is_a_proxy(cls, value: SecretStr) -> SecretStr:
        if not re.fullmatch(r"(https?://[^\s/]+/?)?", value.get_secret_value()):
            raise ValueError("нужен HTTP-прокси, такой как http://user:password@host:3128")
        return value

    @validator("telegram_mode", pre=True)
    def _is_a_mode(cls, value: str) -> str:
        if value not in ("polling", "webhook"):
            raise ValueError("нужно polling или webhook")
        return value

    @validator("telegram_webhook_secret", always=True)
    def _webhook_is_whole(cls, value: SecretStr, values: dict[str, Any]) -> SecretStr:
        secret, token = value.get_secret_value(), values.get("telegram_bot_token")
        if secret and not re.fullmatch(r"[\w-]{16,256}", secret, re.ASCII):
            raise ValueError("нужны латинские буквы, цифры, _ и -, от 16 до 256 знаков")
        if values.get("telegram_mode") == "webhook" and token and token.get_secret_value():
            if not secret:
                raise ValueError("нужен для TELEGRAM_MODE=webhook: придумайте длинный секрет")
            if not values.get("public_url"):
                raise ValueError("для TELEGRAM_MODE=webhook нужен и PUBLIC_URL")
        return value

    @validator("timezone")
    def _is_a_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError("нет такого часового пояса, пример: Europe/Moscow") from None
        return value

    @validator("manager_names")
    def _are_names(cls, value: str) -> str:
        for part in filter(None, (part.strip() for part in value.split(","))):
            if not re.fullmatch(r"\d+\s*:\s*[^:]{1,40}", part, re.ASCII):
                raise ValueError(f"«{part}» не номер и имя; пример: 123456:Анна, 234567:Олег")
        return value

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> "Settings":
        """Read the environment over `.env`; an empty value means the default.

        :param environ: usually `os.environ`.
        :raises WrongSetting: the first wrong value, with its name and how to mend it.
        """
        try:
            file = dotenv_values(ROOT / ".env")
        except (OSError, UnicodeDecodeError) as exc:
            raise WrongSetting(f".env не читается: {exc}") from exc
        given = {**{k: v for k, v in file.items() if v is not None}, **environ}
        values: dict[str, Any] = {
            name: value.strip()
            for name in cls.__fields__
            if (value := given.get(name.upper(), "")).strip()
        }
        try:
            return cls(**values)
        except ValidationError as exc:
            raise WrongSetting(_first_error(exc)) from exc

    def database_url(self) -> str:
        """The address of the shop's database, or "" where none was ever started here.

        :returns: `DB_URL`, else what the embedded Postgres wrote into `optfm_var`.
        """
        if url := self.db_url.get_secret_value():
            return url
        try:
            return (self.optfm_var / "postgres.url").read_text(encoding="utf-8").strip()
        except OSError:
            return ""


@functools.lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read at the first call.

    Rasa builds channels and stores by their class names and hands them no object of ours, so
    each asks here.

    :raises WrongSetting: as `Settings.from_env`.
    """
    return Settings.from_env(os.environ)


def _first_error(exc: ValidationError) -> str:
    error = exc.errors()[0]
    words = {
        "type_error.integer": "нужно целое число",
        "type_error.float": "нужно число",
        "value_error.number.not_ge": "нужно число от 1",
        "value_error.number.not_gt": "нужно число больше нуля",
        "value_error.number.not_le": "слишком большое число",
    }
    name = str(error["loc"][0]).upper()
    return f"{name}: {words.get(error['type'], error['msg'])} (.env или окружение)"
