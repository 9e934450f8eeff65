"""Every setting of the action server, the commands and the launcher: typed, read once.

A value comes from the environment, else from `.env` at the root, else from the default here;
`.env.example` has a line for each. The Rasa server has its own half: connectors/settings.py.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
)

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


def _web_address(value: str) -> str:
    if value and not value.startswith(("http://", "https://")):
        raise ValueError("адрес начинается с http:// или https://")
    return value.rstrip("/")


Port = Annotated[int, Field(ge=1, le=65535)]
Days = Annotated[int, Field(ge=1, le=36500)]
RootPath = Annotated[Path, AfterValidator(_from_root)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
_Lower = BeforeValidator(lambda value: value.lower() if isinstance(value, str) else value)


class Settings(BaseModel):
    """What a deployment may set; field names are the environment's names in lower case."""

    model_config = ConfigDict(frozen=True, extra="ignore", validate_default=True)

    #: Postgres by a libpq address; empty: the embedded one below `optfm_var`.
    db_url: SecretStr = SecretStr("")

    rasa_port: Port = 5005
    actions_port: Port = 5055
    #: Where customers reach the bot's pages; empty: this machine only.
    public_url: WebAddress = ""
    #: Run-time files: the embedded Postgres, locks, caches.
    optfm_var: RootPath = Path("var")
    optfm_logs: RootPath = Path("logs")
    #: The list that a first start imports.
    price_list: RootPath = Path("prices/demo.xls")

    #: Empty: prices are searched in the action server itself.
    weaviate_url: WebAddress = ""
    weaviate_grpc_port: Port = 50051
    weaviate_api_key: SecretStr = SecretStr("")
    embeddings_provider: Annotated[Literal["local", "none"], _Lower] = "none"

    timezone: Annotated[str, AfterValidator(_known_zone)] = "Europe/Moscow"

    #: How long what is kept, after its last use: dialogs, log lines, requests, models' texts.
    retention_days: Days = 365
    retention_logs_days: Days = 90
    retention_requests_days: Days = 1095
    retention_llm_days: Days = 30
    #: Of the hashes in receipts of erasures; empty: a file below `optfm_var`.
    erasure_key: SecretStr = SecretStr("")

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
    name = str(error["loc"][0]).upper()
    words = {
        "int_parsing": "нужно целое число",
        "greater_than_equal": f"нужно число не меньше {error.get('ctx', {}).get('ge')}",
        "less_than_equal": f"нужно число не больше {error.get('ctx', {}).get('le')}",
        "literal_error": f"возможны только {error.get('ctx', {}).get('expected')}",
        "value_error": str(error.get("ctx", {}).get("error", error["msg"])),
    }
    shown = "" if "KEY" in name or name == "DB_URL" else f" «{error['input']}»"
    return f"{name}{shown}: {words.get(error['type'], error['msg'])} (.env или окружение)"
