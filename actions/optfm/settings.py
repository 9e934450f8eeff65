"""Every setting of the action server, the commands and the launcher: typed, read once.

A value comes from the environment, else from `.env` at the root, else from the default here;
`.env.example` has a line for each. The Rasa server has its own half: connectors/settings.py.
"""

import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from email_validator import EmailNotValidError, validate_email
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)

from common.base64url import decoded
from common.holidays import read_holidays
from common.work_hours import WorkHours
from optfm.errors import Refused

#: The project's root: where `.env`, `models/` and `var/` are.
ROOT = Path(__file__).resolve().parents[2]


def _from_root(value: Path) -> Path:
    return value if value.is_absolute() else ROOT / value


def _known_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as exc:
        raise ValueError("нет такого часового пояса, пример: Europe/Moscow") from exc
    return value


def _work_hours(value: str) -> str:
    WorkHours.read(value)
    return value


def _holidays(value: str) -> str:
    read_holidays(value)
    return value


def _web_address(value: str) -> str:
    if value and not value.startswith(("http://", "https://")):
        raise ValueError("адрес начинается с http:// или https://")
    return value.rstrip("/")


def _bucket(value: str) -> str:
    value = _web_address(value)
    if value and not urlsplit(value).path.strip("/"):
        raise ValueError("нужны хранилище и корзина, пример: https://storage.example.net/optfm")
    return value


def _secret_address(value: SecretStr) -> SecretStr:
    return SecretStr(_web_address(value.get_secret_value()))


def _mail_server(value: SecretStr) -> SecretStr:
    url = value.get_secret_value()
    if url and not _is_mail_server(url):
        raise ValueError("нужен адрес почтового сервера, пример: smtps://user:password@host:465")
    return value


def _is_mail_server(url: str) -> bool:
    try:
        server = urlsplit(url)
        return server.scheme in ("smtp", "smtps") and bool(server.hostname) and server.port != 0
    except ValueError:  # a port that is no number
        return False


def _mail_addresses(value: str) -> str:
    for address in filter(None, (part.strip() for part in value.split(","))):
        try:
            validate_email(address, check_deliverability=False)
        except EmailNotValidError as exc:
            raise ValueError(f"«{address}» не похоже на адрес почты") from exc
    return value


#: Keys of the curve P-256 are below it (FIPS 186-5).
_ORDER_OF_P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def _push_key(value: SecretStr) -> SecretStr:
    try:
        key = decoded(value.get_secret_value())
        wrong = key and (len(key) != 32 or not 0 < int.from_bytes(key) < _ORDER_OF_P256)
    except ValueError:
        wrong = True
    if wrong:
        raise ValueError("нужен ключ из команды optfm staff push-keys")
    return value


def _origins(value: str) -> str:
    for origin in _parts(value):
        address = urlsplit(origin)
        if address.scheme not in ("http", "https") or address.path or not address.hostname:
            raise ValueError(f"«{origin}»: нужен адрес вида https://shop.ru, без пути")
    return value


def _networks(value: str) -> str:
    for network in _parts(value):
        try:
            ip_network(network, strict=False)
        except ValueError as exc:
            raise ValueError(f"«{network}»: нужен адрес или сеть, пример: 10.0.0.0/8") from exc
    return value


def _parts(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


def _known_uses(value: str) -> str:
    uses = [use.strip() for use in value.split(",") if use.strip()]
    if wrong := set(uses) - {*AI_USES, "none"}:
        raise ValueError(f"«{sorted(wrong)[0]}»: возможны {', '.join(AI_USES)} или none")
    return ",".join(uses)


#: What a model may be used for.
AI_USES = ("answer", "understand", "summary")
Port = Annotated[int, Field(ge=1, le=65535)]
Days = Annotated[int, Field(ge=1, le=36500)]
RootPath = Annotated[Path, AfterValidator(_from_root)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
_Lower = BeforeValidator(lambda value: value.lower() if isinstance(value, str) else value)
ModelName = Annotated[Literal["ollama", "openai", "yandex", "sber", ""], _Lower]


def _require_certificates(file: Path) -> None:
    if not file.is_file():
        raise ValueError("AI_CA_FILE: нет такого файла")
    try:
        ssl.create_default_context(cafile=str(file))
    except (ssl.SSLError, OSError) as exc:
        raise ValueError("AI_CA_FILE: это не сертификаты в формате PEM") from exc


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelSettings:
    """One language model."""

    provider: str
    base_url: str
    api_key: SecretStr
    model: str


class Settings(BaseModel):
    """What a deployment may set; field names are the environment's names in lower case."""

    model_config = ConfigDict(frozen=True, extra="ignore", validate_default=True)

    #: Postgres by a libpq address; empty: the embedded one below `optfm_var`.
    db_url: SecretStr = SecretStr("")

    rasa_port: Port = 5005
    actions_port: Port = 5055
    #: The API for the company's systems, its description, the exchange with 1C: where it listens.
    desk_host: str = "127.0.0.1"
    desk_port: Port = 8000
    #: Where the worker and the doctor find the other parts; empty: this machine.
    rasa_url: WebAddress = ""
    actions_url: WebAddress = ""
    api_url: WebAddress = ""
    #: Where the worker shows /metrics and /health.
    worker_host: str = "127.0.0.1"
    worker_port: Port = 5065
    #: What readers of /metrics on another machine must show; empty: none may read.
    metrics_token: SecretStr = SecretStr("")
    #: Where customers reach the bot's pages; empty: this machine only.
    public_url: WebAddress = ""
    #: Run-time files: the embedded Postgres, locks, caches.
    optfm_var: RootPath = Path("var")
    optfm_logs: RootPath = Path("logs")
    #: Where backups are kept: the newest so many always, older ones for so many days.
    optfm_backups: RootPath = Path("backups")
    backup_keep: Annotated[int, Field(ge=1)] = 14
    backup_days: Days = 35
    #: Seals them; without it a backup is as open as the database.
    backup_key: SecretStr = SecretStr("")
    #: A bucket that each backup goes to as well: https://store/bucket/prefix; empty: none.
    backup_s3_url: Annotated[str, AfterValidator(_bucket)] = ""
    backup_s3_key_id: str = ""
    backup_s3_secret: SecretStr = SecretStr("")
    backup_s3_region: str = "us-east-1"
    #: The list that a first start imports.
    price_list: RootPath = Path("prices/demo.xls")

    #: Origins of pages whose scripts may use the API; empty: none.
    api_origins: Annotated[str, AfterValidator(_origins)] = ""
    #: Requests a second of one client of the API: reading, and changing.
    api_reads_per_s: Annotated[float, Field(gt=0)] = 300.0
    api_writes_per_s: Annotated[float, Field(gt=0)] = 30.0
    #: Name or id of 1C's type of price that customers see; empty: there is only one.
    exchange_price_type: str = ""
    #: Hosts, addresses and networks of the own network that webhooks may call.
    webhook_inner_hosts: str = ""
    #: Proxies whose X-Forwarded-For counts, besides this machine: addresses or networks.
    trusted_proxies: Annotated[str, AfterValidator(_networks)] = ""

    #: Empty: prices are searched in the action server itself.
    weaviate_url: WebAddress = ""
    weaviate_grpc_port: Port = 50051
    weaviate_api_key: SecretStr = SecretStr("")
    #: A Chroma server for the vectors of EMBEDDINGS_PROVIDER; empty: in the action server itself.
    chroma_url: WebAddress = ""
    #: Second opinions on prices and knowledge by meaning (docs/adr/0007).
    embeddings_provider: Annotated[
        Literal["local", "ollama", "openai", "yandex", "sber", "none"], _Lower
    ] = "none"
    embeddings_url: WebAddress = ""
    embeddings_api_key: SecretStr = SecretStr("")
    embeddings_model: str = ""

    #: The bot of the shop, and the group of its managers (a supergroup with topics).
    telegram_bot_token: SecretStr = SecretStr("")
    telegram_managers_chat: int | None = None
    #: The Bot API, and an HTTP proxy on the way to it.
    telegram_api_url: WebAddress = "https://api.telegram.org"
    telegram_proxy: Annotated[SecretStr, AfterValidator(_secret_address)] = SecretStr("")
    telegram_mode: Annotated[Literal["polling", "webhook"], _Lower] = "polling"
    telegram_webhook_secret: SecretStr = SecretStr("")
    #: Mail about requests: `smtp://user:password@host:587?starttls=1`, `smtps://…`.
    smtp_url: Annotated[SecretStr, AfterValidator(_mail_server)] = SecretStr("")
    #: Who gets it, with commas between.
    notify_email: Annotated[str, AfterValidator(_mail_addresses)] = ""
    #: Who is told of alerts; in containers only, by Alertmanager.
    alerts_email: Annotated[str, AfterValidator(_mail_addresses)] = ""
    crm_kind: Annotated[Literal["bitrix24", "amocrm", "webhook", ""], _Lower] = ""
    #: Its address is a secret, too: Bitrix24 keeps the key in it.
    crm_url: Annotated[SecretStr, AfterValidator(_secret_address)] = SecretStr("")
    crm_api_key: SecretStr = SecretStr("")
    #: What the processes of one bot show each other; the launcher makes it.
    internal_token: SecretStr = SecretStr("")

    #: The language model; empty: none. The reserve answers where the first does not.
    ai_provider: ModelName = ""
    ai_fallback: ModelName = ""
    #: Where the model is; empty: the vendor's own address, for ollama this machine.
    ai_base_url: WebAddress = ""
    ai_api_key: SecretStr = SecretStr("")
    ai_model: str = ""
    ai_fallback_base_url: WebAddress = ""
    ai_fallback_api_key: SecretStr = SecretStr("")
    ai_fallback_model: str = ""
    yandex_folder_id: str = ""
    sber_scope: Literal["GIGACHAT_API_PERS", "GIGACHAT_API_B2B", "GIGACHAT_API_CORP"] = (
        "GIGACHAT_API_PERS"
    )
    sber_auth_url: WebAddress = ""
    #: Root certificates (PEM) for the models' servers: GigaChat needs the Russian one.
    ai_ca_file: RootPath | None = None
    #: answer: the last answer before contacts; understand: what a rambling question is about;
    #: summary: of a dialog, for the manager.
    ai_use: Annotated[str, AfterValidator(_known_uses)] = "answer,understand,summary"
    ai_temperature: Annotated[float, Field(ge=0, le=2)] = 0.1
    #: All that a customer waits for a model, its tries and its reserve; a turn has 25 s.
    ai_timeout_s: Annotated[float, Field(ge=1, le=20)] = 18.0
    ai_at_once: Annotated[int, Field(ge=1)] = 4
    ai_queue: Annotated[int, Field(ge=0)] = 20
    #: 0: no limit. Tokens of a dialog and of all a day; roubles a calendar month.
    ai_dialog_tokens: Annotated[int, Field(ge=0)] = 20_000
    ai_daily_tokens: Annotated[int, Field(ge=0)] = 500_000
    ai_monthly_rub: Annotated[int, Field(ge=0)] = 3_000
    #: Whether masked questions and answers are kept in llm_calls.
    ai_keep_text: bool = True

    timezone: Annotated[str, AfterValidator(_known_zone)] = "Europe/Moscow"
    #: Days of every year on which the offices are closed besides Saturday and Sunday.
    holidays: Annotated[str, AfterValidator(_holidays)] = (
        "01-01..01-08, 02-23, 03-08, 05-01, 05-09, 06-12, 11-04"
    )
    #: When managers answer: `Mon-Fri 09:00-20:00; Sat 10:00-14:00`, or `24/7`.
    work_hours: Annotated[str, AfterValidator(_work_hours)] = "Mon-Fri 09:00-20:00"
    #: After so long without a word of the manager the bot has the dialog again.
    manager_silence_min: Annotated[float, Field(gt=0)] = 30
    #: A letter to NOTIFY_EMAIL where nobody has answered a customer for so long; 0: none.
    desk_letter_min: Annotated[int, Field(ge=0)] = 10
    #: The key that signs notifications of closed browsers of the staff; empty: there are none.
    push_private_key: Annotated[SecretStr, AfterValidator(_push_key)] = SecretStr("")

    #: How long what is kept, after its last use: dialogs, log lines, requests, models' texts.
    retention_days: Days = 365
    retention_logs_days: Days = 90
    retention_requests_days: Days = 1095
    retention_llm_days: Days = 30
    #: Of the hashes in receipts of erasures; empty: a file below `optfm_var`.
    erasure_key: SecretStr = SecretStr("")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        """Settings that mean nothing alone come together."""
        if bool(self.crm_kind) != bool(self.crm_url.get_secret_value()):
            raise ValueError("CRM_KIND и CRM_URL задаются вместе")
        if self.notify_email and not self.smtp_url.get_secret_value():
            raise ValueError("для NOTIFY_EMAIL нужен SMTP_URL: сервер, через который уходит почта")
        if self.smtp_url.get_secret_value() and not (self.notify_email or self.alerts_email):
            raise ValueError("к SMTP_URL нужен NOTIFY_EMAIL (заявки) или ALERTS_EMAIL (тревоги)")
        if self.push_private_key.get_secret_value() and not self.push_contact:
            raise ValueError(
                "для PUSH_PRIVATE_KEY нужен NOTIFY_EMAIL или PUBLIC_URL с https://:"
                " сервисы уведомлений спрашивают, кто отправитель"
            )
        if self.backup_s3_url and not (
            self.backup_s3_key_id and self.backup_s3_secret.get_secret_value()
        ):
            raise ValueError("для BACKUP_S3_URL нужны BACKUP_S3_KEY_ID и BACKUP_S3_SECRET")
        if self.backup_s3_url and not self.backup_key.get_secret_value():
            raise ValueError("для BACKUP_S3_URL нужен BACKUP_KEY: в копиях личные данные")
        if self.crm_kind in ("amocrm", "webhook") and not self.crm_api_key.get_secret_value():
            raise ValueError(f"для CRM_KIND={self.crm_kind} нужен CRM_API_KEY")
        for model, prefix in zip(self.models(), ("AI", "AI_FALLBACK"), strict=False):
            key = model.api_key.get_secret_value()
            if model.provider in ("ollama", "openai") and not model.model:
                raise ValueError(f"для {model.provider} нужен {prefix}_MODEL")
            if model.provider in ("yandex", "sber") and not key:
                raise ValueError(f"для {model.provider} нужен {prefix}_API_KEY")
            if model.provider == "yandex" and not self.yandex_folder_id:
                raise ValueError("для yandex нужен YANDEX_FOLDER_ID")
        if self.chroma_url and self.embeddings_provider == "none":
            raise ValueError("CHROMA_URL без EMBEDDINGS_PROVIDER: хранить нечего")
        if self.embeddings_provider in ("ollama", "openai") and not self.embeddings_model:
            raise ValueError(f"для {self.embeddings_provider} нужен EMBEDDINGS_MODEL")
        if self.embeddings_provider in ("yandex", "sber"):
            if not self.embeddings_key().get_secret_value():
                raise ValueError(f"для {self.embeddings_provider} нужен EMBEDDINGS_API_KEY")
            if self.embeddings_provider == "yandex" and not self.yandex_folder_id:
                raise ValueError("для yandex нужен YANDEX_FOLDER_ID")
        if self.ai_fallback and not self.ai_provider:
            raise ValueError("AI_FALLBACK без AI_PROVIDER")
        if self.ai_ca_file:
            _require_certificates(self.ai_ca_file)
        return self

    @model_validator(mode="after")
    def _telegram_is_whole(self) -> Self:
        """A webhook without a secret would let anybody speak for the customers."""
        if self.telegram_mode == "webhook" and self.telegram_bot_token.get_secret_value():
            if not self.telegram_webhook_secret.get_secret_value():
                raise ValueError("для TELEGRAM_MODE=webhook нужен TELEGRAM_WEBHOOK_SECRET")
            if not self.public_url:
                raise ValueError("для TELEGRAM_MODE=webhook нужен PUBLIC_URL")
        return self

    def embeddings_key(self) -> SecretStr:
        """Of EMBEDDINGS_PROVIDER: its own, else that of the language model at the same vendor."""
        same = (m.api_key for m in self.models() if m.provider == self.embeddings_provider)
        own = self.embeddings_api_key
        return own if own.get_secret_value() else next(same, own)

    def models(self) -> list[ModelSettings]:
        """The language model and its reserve; none where AI_PROVIDER is empty."""
        return list(self._models())

    def _models(self) -> Iterator[ModelSettings]:
        if self.ai_provider:
            yield ModelSettings(
                provider=self.ai_provider,
                base_url=self.ai_base_url,
                api_key=self.ai_api_key,
                model=self.ai_model,
            )
        if self.ai_provider and self.ai_fallback:
            yield ModelSettings(
                provider=self.ai_fallback,
                base_url=self.ai_fallback_base_url,
                api_key=self.ai_fallback_api_key,
                model=self.ai_fallback_model,
            )

    @property
    def push_contact(self) -> str:
        """Whom a push service's people may ask: an address of mail, else of the site; or ""."""
        if self.notify_email:
            return f"mailto:{_parts(self.notify_email)[0]}"
        site = urlsplit(self.public_url)
        return f"https://{site.hostname}" if site.scheme == "https" else ""

    @property
    def api_origin_list(self) -> list[str]:
        """`api_origins`, one by one."""
        return _parts(self.api_origins)

    @property
    def webhook_inner_list(self) -> list[str]:
        """`webhook_inner_hosts`, one by one."""
        return _parts(self.webhook_inner_hosts)

    @property
    def trusted_proxy_list(self) -> list[str]:
        """`trusted_proxies`, one by one."""
        return _parts(self.trusted_proxies)

    @property
    def rasa_server(self) -> str:
        """The address of the Rasa server, without a slash at its end."""
        return self.rasa_url or f"http://127.0.0.1:{self.rasa_port}"

    @property
    def action_server(self) -> str:
        """The address of the action server, without a slash at its end."""
        return self.actions_url or f"http://127.0.0.1:{self.actions_port}"

    @property
    def api_server(self) -> str:
        """The address of the API, without a slash at its end."""
        host = "127.0.0.1" if self.desk_host == "0.0.0.0" else self.desk_host
        return self.api_url or f"http://{host}:{self.desk_port}"

    @property
    def notices(self) -> tuple[str, ...]:
        """The kinds of outbox entries that tell of a new request; none: nobody is told."""
        configured = {
            "request_topic": self.telegram_bot_token.get_secret_value()
            and self.telegram_managers_chat,
            "request_email": self.notify_email,
            "request_crm": self.crm_kind,
        }
        return tuple(kind for kind, there in configured.items() if there)

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> "Settings":
        """Read the environment over `.env`; an empty value means the default.

        :param environ: usually `os.environ`.
        :raises Refused: the first wrong value, with its name and how to mend it.
        """
        try:
            file = dotenv_values(ROOT / ".env")
        except (OSError, UnicodeDecodeError) as exc:
            raise Refused(f".env не читается: {exc}") from exc
        given = {**{k: v for k, v in file.items() if v is not None}, **environ}
        values = {
            name: value.strip()
            for name in cls.model_fields
            if (value := given.get(name.upper(), "")).strip()
        }
        try:
            return cls(**values)  # type: ignore[arg-type]
        except ValidationError as exc:
            raise Refused(_first_error(exc)) from exc


def _first_error(exc: ValidationError) -> str:
    error = exc.errors(include_url=False)[0]
    if not error["loc"]:
        return f"{error['ctx']['error']} (.env или окружение)"
    name = str(error["loc"][0]).upper()
    words = {
        "int_parsing": "нужно целое число",
        "float_parsing": "нужно число",
        "bool_parsing": "нужно true или false",
        "greater_than": f"нужно число больше {error.get('ctx', {}).get('gt')}",
        "greater_than_equal": f"нужно число не меньше {error.get('ctx', {}).get('ge')}",
        "less_than_equal": f"нужно число не больше {error.get('ctx', {}).get('le')}",
        "literal_error": f"возможны только {error.get('ctx', {}).get('expected')}",
        "value_error": str(error.get("ctx", {}).get("error", error["msg"])),
    }
    shown = "" if _is_secret(name) else f" «{error['input']}»"
    return f"{name}{shown}: {words.get(error['type'], error['msg'])} (.env или окружение)"


def _is_secret(name: str) -> bool:
    return name.endswith(("_KEY", "_TOKEN")) or name in ("DB_URL", "SMTP_URL", "CRM_URL")
