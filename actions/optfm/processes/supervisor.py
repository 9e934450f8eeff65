"""Starts a bot, keeps every part of it alive, and leaves nothing behind."""

import contextlib
import fcntl
import json
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import psutil
from sqlalchemy import Engine

from optfm.catalog import profile, revisions
from optfm.db import connect, upgrade
from optfm.db.embedded import EmbeddedPostgres
from optfm.errors import Refused
from optfm.processes.checks import NOBODY_IS_TOLD
from optfm.processes.children import die_with_parent
from optfm.processes.progress import Step, say
from optfm.processes.services import (
    TURNS_END_S,
    Service,
    require_free_port,
    services,
    write_endpoints,
)
from optfm.processes.telegram_check import check_group
from optfm.processes.training import model_is_stale, require_trained, start_training
from optfm.settings import ROOT, Settings

_ROOM_NEEDED_MB = 300
_START_TIMEOUT_S = 120.0
#: Rasa finishes its turns first; who serves those turns ends only then.
_TURNS_STOP_S = TURNS_END_S + 1.5
_ACTIONS_STOP_S = 1.5
_PAUSE_S = 0.2
#: A part that dies this often within a minute of its life is not restarted in a tight loop.
_RESTART_PAUSES_S = (0.0, 0.5, 2.0, 5.0)


class Stopped(Exception):
    """Ctrl-C or SIGTERM came: the start or the run ends, without an error."""


class Supervisor:
    """One running bot below one `optfm_var`.

    :param settings: ports, folders, the database.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._var = settings.optfm_var
        self._postgres: EmbeddedPostgres | None = None
        self._postgres_process: subprocess.Popen[bytes] | None = None
        self._services: tuple[Service, ...] = ()
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._deaths: dict[str, list[float]] = {}

    def run(self) -> None:
        """Start everything, say how to talk to it, keep it alive until Ctrl-C or SIGTERM.

        :raises Refused: one line: what is in the way; nothing is left running.
        """
        try:
            self._var.mkdir(parents=True, exist_ok=True)
            self._settings.optfm_logs.mkdir(parents=True, exist_ok=True)
            with _signals(), self._only_one():
                try:
                    self._start()
                    self._keep_alive()
                finally:
                    self._stop()
        except Stopped:
            say("Остановлено.")
        except OSError as exc:
            raise Refused(f"запуск не удался: {exc.strerror}: {exc.filename or self._var}") from exc

    @contextlib.contextmanager
    def _only_one(self) -> Iterator[None]:
        with (self._var / "run.lock").open("a+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as exc:
                raise Refused(
                    f"бот уже запущен на порту {self._settings.rasa_port}; вторую копию можно "
                    "запустить с другими OPTFM_VAR, RASA_PORT, ACTIONS_PORT и DESK_PORT"
                ) from exc
            yield

    def _start(self) -> None:
        self._end_orphans()
        self._require_room()
        endpoints = write_endpoints(self._settings)
        for service in services(self._settings, "", endpoints):
            require_free_port(service)
        training = self._begin_training()
        url = self._start_database()
        engine = connect(url)
        try:
            with Step("Миграции базы"):
                upgrade(engine)
            self._first_price_list(engine)
        finally:
            engine.dispose()
        self._services = services(self._settings, url, endpoints)
        actions, *others = self._services
        self._launch(actions)
        if training:
            with Step("Обучение модели"):
                while training.poll() is None:
                    self._require_alive(actions)
                    time.sleep(_PAUSE_S)
            require_trained(training, self._log("train"))
        for service in others:
            self._launch(service)
        for service in self._services:
            with Step(f"Запуск {service.name}"):
                self._await_service(service)
        self._greet()

    def _require_room(self) -> None:
        free_mb = shutil.disk_usage(self._var).free // 2**20
        if free_mb < _ROOM_NEEDED_MB:
            raise Refused(
                f"на диске {self._var} свободно {free_mb} МБ, нужно хотя бы {_ROOM_NEEDED_MB} МБ"
            )

    def _begin_training(self) -> subprocess.Popen[bytes] | None:
        if not model_is_stale():
            return None
        training = start_training(self._log("train"), self._var)
        self._processes["train"] = training
        self._remember()
        return training

    def _start_database(self) -> str:
        url = self._settings.db_url.get_secret_value()
        if url:
            return url
        self._postgres = EmbeddedPostgres(self._var)
        with Step("Запуск Postgres"):
            self._postgres_process = self._postgres.own()
        return self._postgres.url

    def _first_price_list(self, engine: Engine) -> None:
        if revisions.active(engine) is not None:
            return
        with Step("Загрузка прайс-листа"):
            kept = profile.load(self._settings.optfm_var)
            revisions.import_file(engine, self._settings.price_list, kept)

    def _launch(self, service: Service) -> None:
        with self._log(service.name).open("ab") as log:
            self._processes[service.name] = subprocess.Popen(
                service.command,
                cwd=ROOT,
                env=dict(service.environ),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGTERM),
            )
        self._remember()

    def _await_service(self, service: Service) -> None:
        deadline = time.monotonic() + _START_TIMEOUT_S
        while not service.serves():
            self._require_alive(service)
            if time.monotonic() > deadline:
                raise Refused(
                    f"{service.name} не отвечает {_START_TIMEOUT_S:.0f} с "
                    f"({self._log(service.name)})"
                )
            time.sleep(_PAUSE_S)

    def _require_alive(self, service: Service) -> None:
        """:raises Refused: the service ended while it should start; its last word."""
        if self._processes[service.name].poll() is not None:
            log = self._log(service.name)
            lines = log.read_text(errors="replace").strip().splitlines()
            raise Refused(f"{service.name} не запускается: {lines[-1] if lines else ''} ({log})")

    def _greet(self) -> None:
        port = self._settings.rasa_port
        say(
            "\nБот OptFM запущен. Поговорить с ним:\n"
            "  make shell                         (во втором окне)\n"
            f"  curl -s http://127.0.0.1:{port}/webhooks/rest/webhook"
            " -H 'Content-Type: application/json'"
            ' -d \'{"sender": "me", "message": "скок стоит диспл на 11 айфон"}\'\n'
            f"API для систем компании: http://127.0.0.1:{self._settings.desk_port}/docs\n"
            "Остановить: Ctrl-C"
        )
        if not self._settings.notices:
            say(f"\nВНИМАНИЕ: оповещения {NOBODY_IS_TOLD}")
        if "request_topic" in self._settings.notices:
            # Telegram may take its time, and the bot serves meanwhile.
            threading.Thread(target=self._warn_of_group, daemon=True).start()

    def _warn_of_group(self) -> None:
        well, words = check_group(self._settings)
        if not well:
            say(f"\nВНИМАНИЕ: группа менеджеров не примет заявок: {words}")

    def _keep_alive(self) -> None:
        while True:
            time.sleep(_PAUSE_S)
            if (
                self._postgres
                and self._postgres_process
                and self._postgres_process.poll() is not None
            ):
                say("Postgres остановился, запускаю снова")
                try:
                    self._postgres_process = self._postgres.start()
                except Refused as exc:
                    say(f"{exc.message}; пробую ещё")
                    time.sleep(1)
            for service in self._services:
                process = self._processes[service.name]
                if process.poll() is not None and self._may_restart(service.name):
                    say(f"{service.name} остановился (код {process.returncode}), запускаю снова")
                    self._launch(service)

    def _may_restart(self, name: str) -> bool:
        """Restart at once the first time, with growing pauses when it dies again and again."""
        now = time.monotonic()
        deaths = [at for at in self._deaths.get(name, []) if now - at < 60]
        pause = _RESTART_PAUSES_S[min(len(deaths), len(_RESTART_PAUSES_S) - 1)]
        if deaths and now - deaths[-1] < pause:
            return False
        self._deaths[name] = [*deaths, now]
        return True

    def _stop(self) -> None:
        """End those that take messages, then the actions that they need, then Postgres."""
        with _deaf():
            actions = self._processes.pop("actions", None)
            _end(list(self._processes.values()), _TURNS_STOP_S)
            _end([actions] if actions else [], _ACTIONS_STOP_S)
            if self._postgres:
                self._postgres.stop()
            (self._var / "processes.json").unlink(missing_ok=True)

    def _remember(self) -> None:
        """Write down our children, so that the next start can end those a killed parent left."""
        living = {
            name: [process.pid, psutil.Process(process.pid).create_time()]
            for name, process in self._processes.items()
            if process.poll() is None
        }
        written = self._var / "processes.json.new"
        written.write_text(json.dumps(living))
        written.replace(self._var / "processes.json")

    def _end_orphans(self) -> None:
        try:
            left = json.loads((self._var / "processes.json").read_text())
        except (OSError, ValueError):
            return
        orphans = []
        for name, (pid, created) in left.items():
            with contextlib.suppress(psutil.Error):
                process = psutil.Process(pid)
                if process.create_time() == created:
                    say(f"Завершаю {name} от прошлого запуска (pid {pid})")
                    process.terminate()
                    orphans.append(process)
        _, stubborn = psutil.wait_procs(orphans, timeout=5)
        for process in stubborn:
            with contextlib.suppress(psutil.Error):
                process.kill()
        psutil.wait_procs(stubborn, timeout=5)

    def _log(self, name: str) -> Path:
        return self._settings.optfm_logs / f"{name}.log"


def _end(processes: list[subprocess.Popen[bytes]], patience_s: float) -> None:
    """Ask processes to end, all at once, and end those that do not."""
    for process in processes:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
    deadline = time.monotonic() + patience_s
    for process in processes:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def _signals() -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        raise Stopped

    before = {word: signal.signal(word, stop) for word in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for word, handler in before.items():
            signal.signal(word, handler)


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """A second Ctrl-C must not cut the stop short and leave processes behind."""
    before = {word: signal.signal(word, signal.SIG_IGN) for word in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for word, handler in before.items():
            signal.signal(word, handler)
