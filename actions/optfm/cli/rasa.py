"""`optfm rasa …`: one of the maintainer's rasa commands with the database and the actions up."""

import contextlib
import signal
import socket
import subprocess
import time
from collections.abc import Iterator

import click

from optfm.bootstrap import database, settings
from optfm.errors import Refused
from optfm.processes.children import die_with_parent
from optfm.processes.progress import Step
from optfm.processes.services import RASA_PYTHON, Service, services, write_endpoints
from optfm.processes.teaching import file_by_topic, keep_layout
from optfm.processes.training import MODEL, model_is_stale
from optfm.settings import ROOT

_START_TIMEOUT_S = 60.0


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("word", type=click.Choice(["shell", "interactive", "test"]))
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def rasa(word: str, arguments: tuple[str, ...]) -> None:
    """Команда rasa (shell, interactive, test) с базой и сервером действий: бота или своими."""
    config = settings()
    with database(config) as engine:
        db_url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        endpoints = write_endpoints(config, config.actions_port)
        started = {one.name: one for one in services(config, db_url)}
        actions, server = started["actions"], started["rasa"]
        with _running(actions):
            command = [str(RASA_PYTHON), "-m", "rasa", word, *arguments]
            command += ["--endpoints", str(endpoints)]
            if word == "interactive" and not model_is_stale():
                command += ["--model", str(MODEL)]  # else it trains one of its own every time
            if word != "test":  # the running bot keeps its own port
                command += ["--port", str(_free_port())]
            domain = (ROOT / "domain.yml").read_text(encoding="utf-8")
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=dict(server.environ),
                preexec_fn=die_with_parent(signal.SIGTERM),  # a terminal that is closed
            )
            while process.poll() is None:
                # Ctrl-C is the conversation's own; we only wait for its end.
                with contextlib.suppress(KeyboardInterrupt):
                    process.wait()
            if word == "interactive":
                _file_lessons(domain)
    raise SystemExit(1 if process.returncode else 0)


def _file_lessons(domain: str) -> None:
    lesson = file_by_topic(ROOT / "data")
    for intent, count in lesson.added.items():
        click.echo(f"Новых примеров {intent}: {count}")
    if lesson.left:
        click.echo(f"Для новых тем заведите файл: {', '.join(lesson.left)} (data/nlu.yml)")
    if keep_layout(ROOT / "domain.yml", domain):
        click.echo("В domain.yml есть новое: посмотрите git diff domain.yml")


@contextlib.contextmanager
def _running(service: Service) -> Iterator[None]:
    """The service answers inside the block: the one that runs already, or one for its length."""
    if service.serves():
        yield
        return
    process = subprocess.Popen(
        service.command,
        cwd=ROOT,
        env=dict(service.environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=die_with_parent(signal.SIGTERM),
    )
    try:
        deadline = time.monotonic() + _START_TIMEOUT_S
        with Step(f"Запуск {service.name}"):
            while not service.serves():
                if process.poll() is not None or time.monotonic() > deadline:
                    raise Refused(f"{service.name} не запускается: посмотрите ./optfm run")
                time.sleep(0.2)
        yield
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
