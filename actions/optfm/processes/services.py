"""The programs of a running bot: how each is started, and how one knows that it serves."""

import http.client
import os
import socket
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from optfm.errors import Refused
from optfm.processes.secrets import internal_token
from optfm.settings import ROOT, Settings
from optfm.worker.readiness import is_ready

#: The Rasa server's Python; `make install` makes it.
RASA_PYTHON = ROOT / ".venv" / "bin" / "python"
ACTIONS_PYTHON = ROOT / "actions" / ".venv" / "bin" / "python"
#: How long a stopped Rasa finishes its turns: all of a run ends within ten seconds.
TURNS_END_S = 5.0


@dataclass(frozen=True, kw_only=True)
class Service:
    """A program that is kept alive."""

    name: str
    command: tuple[str, ...]
    environ: Mapping[str, str]
    serves: Callable[[], bool]  #: whether it answers now
    port: int | None = None  #: where it listens, if it does
    port_setting: str = ""  #: the setting that moves it, for the message about a taken port


def services(settings: Settings, db_url: str, endpoints: Path) -> tuple[Service, ...]:
    """The action server, the Rasa server, the worker and the API, in the order of their start.

    :param db_url: the address of a database that is up.
    :param endpoints: Rasa's endpoints file for these ports.
    """
    common = {
        **os.environ,
        "DB_URL": db_url,
        "OPTFM_VAR": str(settings.optfm_var),
        "OPTFM_LOGS": str(settings.optfm_logs),
        "INTERNAL_TOKEN": internal_token(settings.optfm_var),
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore",
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    }
    actions = Service(
        name="actions",
        command=(
            *(str(ACTIONS_PYTHON), "-m", "optfm.dialogue"),
            *("--port", str(settings.actions_port)),
        ),
        environ={
            **common,
            "PYTHONPATH": str(ROOT / "actions"),
            "SANIC_HOST": "127.0.0.1",
        },
        port=settings.actions_port,
        port_setting="ACTIONS_PORT",
        serves=lambda: answers(f"http://127.0.0.1:{settings.actions_port}/health"),
    )
    rasa = Service(
        name="rasa",
        command=(
            *(str(RASA_PYTHON), "-m", "components.lean", "run", "--interface", "127.0.0.1"),
            *("--port", str(settings.rasa_port), "--endpoints", str(endpoints)),
            *("--credentials", "credentials.yml", "--model", "models"),
        ),
        environ={
            **common,
            "STOP_PATIENCE_S": str(TURNS_END_S),
            "TF_CPP_MIN_LOG_LEVEL": "3",
        },
        port=settings.rasa_port,
        port_setting="RASA_PORT",
        serves=lambda: answers(f"http://127.0.0.1:{settings.rasa_port}/webhooks/rest/"),
    )
    worker = Service(
        name="worker",
        command=(str(ACTIONS_PYTHON), "-m", "optfm.worker"),
        environ={**common, "PYTHONPATH": str(ROOT / "actions")},
        serves=lambda: is_ready(settings.optfm_var),
    )
    api = Service(
        name="api",
        command=(str(ACTIONS_PYTHON), "-m", "optfm.api"),
        environ={**common, "PYTHONPATH": str(ROOT / "actions")},
        port=settings.desk_port,
        port_setting="DESK_PORT",
        serves=lambda: answers(f"http://127.0.0.1:{settings.desk_port}/health"),
    )
    return actions, rasa, worker, api


def write_endpoints(settings: Settings) -> Path:
    """Copy endpoints.yml into `optfm_var` with this run's action port.

    Rasa expands `${…}` there but knows no defaults, and `rasa shell` by hand must work without
    an environment; so the committed file says 5055 and a run says what it uses.
    """
    text = (ROOT / "endpoints.yml").read_text(encoding="utf-8")
    path = settings.optfm_var / "endpoints.yml"
    path.write_text(text.replace(":5055/", f":{settings.actions_port}/"), encoding="utf-8")
    return path


def answers(url: str) -> bool:
    """Whether `url` gives 200 within two seconds."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=2) as response:
            return bool(response.status == 200)
    except (OSError, http.client.HTTPException):
        return False


def require_free_port(service: Service) -> None:
    """:raises Refused: another program listens on the service's port."""
    if service.port is None:
        return
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", service.port))
        except OSError as exc:
            raise Refused(
                f"порт {service.port} занят другой программой: освободите его или задайте "
                f"{service.port_setting} в .env"
            ) from exc
