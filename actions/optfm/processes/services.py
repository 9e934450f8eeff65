"""The programs of a running bot: how each is started, and how one knows that it serves."""

import http.client
import os
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

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
    #: Its successor goes on with the connections that wait: the launcher holds the socket.
    keeps_listener: bool = False
    own_port: int | None = None  #: where it listens besides, until it may and after it did


@dataclass(frozen=True, kw_only=True)
class Generation:
    """What of the services differs between those that run and those that take over from them."""

    model: Path  #: a model, or the folder whose newest one is meant
    own_ports: Mapping[str, int] = field(default_factory=dict)  #: none: the first generation


def services(
    settings: Settings, db_url: str, generation: Generation | None = None
) -> tuple[Service, ...]:
    """The action server, the Rasa server, the worker and the API, in the order of their start.

    :param db_url: the address of a database that is up.
    :param generation: None: the first one, with the newest model.
    """
    generation = generation or Generation(model=ROOT / "models")
    own = generation.own_ports
    endpoints = write_endpoints(settings, own.get("actions", settings.actions_port))

    def health(name: str, port: int, path: str) -> Callable[[], bool]:
        return lambda: answers(f"http://127.0.0.1:{own.get(name, port)}{path}")

    common = {
        # Whoever is started again compiles nothing anew: 3 s of processor for the action server.
        **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
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
        own_port=own.get("actions"),
        serves=health("actions", settings.actions_port, "/health"),
    )
    rasa = Service(
        name="rasa",
        command=(
            *(str(RASA_PYTHON), "-m", "components.lean", "run", "--interface", "127.0.0.1"),
            *("--port", str(settings.rasa_port), "--endpoints", str(endpoints)),
            *("--credentials", "credentials.yml", "--model", str(generation.model)),
        ),
        environ={
            **common,
            "STOP_PATIENCE_S": str(TURNS_END_S),
            "TF_CPP_MIN_LOG_LEVEL": "3",
        },
        port=settings.rasa_port,
        port_setting="RASA_PORT",
        keeps_listener=True,
        own_port=own.get("rasa"),
        serves=health("rasa", settings.rasa_port, "/webhooks/rest/"),
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
        keeps_listener=True,
        own_port=own.get("api"),
        serves=health("api", settings.desk_port, "/health"),
    )
    return actions, rasa, worker, api


def write_endpoints(settings: Settings, actions_port: int) -> Path:
    """Copy endpoints.yml into `optfm_var` with an action server's port.

    Rasa expands `${…}` there but knows no defaults, and `rasa shell` by hand must work without
    an environment; so the committed file says 5055 and a run says what it uses.
    """
    text = (ROOT / "endpoints.yml").read_text(encoding="utf-8")
    first = actions_port == settings.actions_port
    name = "endpoints.yml" if first else f"endpoints-{actions_port}.yml"
    path = settings.optfm_var / name
    path.write_text(text.replace(":5055/", f":{actions_port}/"), encoding="utf-8")
    return path


@cache
def _opener() -> urllib.request.OpenerDirector:
    """Past any proxy; made once: each reads the machine's certificates, a tenth of a second."""
    return urllib.request.build_opener(urllib.request.ProxyHandler({}))


def answers(url: str) -> bool:
    """Whether `url` gives 200 within two seconds."""
    try:
        with _opener().open(url, timeout=2) as response:
            return bool(response.status == 200)
    except (OSError, http.client.HTTPException):
        return False
