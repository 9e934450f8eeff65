"""Starts a bot, keeps every part of it alive, and leaves nothing behind."""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from types import FrameType

from sqlalchemy import Engine

from optfm.catalog import profile, revisions
from optfm.db import connect, upgrade
from optfm.db.embedded import EmbeddedPostgres
from optfm.errors import Refused
from optfm.processes import learning
from optfm.processes.children import die_with_parent
from optfm.processes.control import Control, Words
from optfm.processes.notices import NOBODY_IS_TOLD
from optfm.processes.programs import Programs
from optfm.processes.progress import Step, say
from optfm.processes.services import ACTIONS_PYTHON, Service, services
from optfm.processes.takeover import Takeover
from optfm.processes.telegram_check import check_group
from optfm.processes.training import model_is_stale, require_trained, start_training
from optfm.settings import ROOT, Settings

_ROOM_NEEDED_MB = 300
_START_TIMEOUT_S = 120.0
_PAUSE_S = 0.2
#: A part that dies this often within a minute of its life is not restarted in a tight loop.
_RESTART_PAUSES_S = (0.0, 0.5, 2.0, 5.0)
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)
#: Between two tries to end a start that has swallowed the signal.
_STOP_AGAIN_S = 0.5


class Stopped(BaseException):
    """Ctrl-C or SIGTERM came: the start or the run ends, without an error.

    As KeyboardInterrupt no Exception: what a library does about errors of its own is no end of it.
    """


class Supervisor:
    """One running bot below one `optfm_var`.

    :param settings: ports, folders, the database.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._var = settings.optfm_var
        self._postgres: EmbeddedPostgres | None = None
        self._postgres_process: subprocess.Popen[bytes] | None = None
        self._programs = Programs(settings)
        self._deaths: dict[str, list[float]] = {}
        self._taught: learning.Phrases = {}  #: what a training at the start teaches

    def run(self) -> None:
        """Start everything, say how to talk to it, keep it alive until Ctrl-C or SIGTERM.

        :raises Refused: one line: what is in the way; nothing is left running.
        """
        try:
            self._var.mkdir(parents=True, exist_ok=True)
            self._settings.optfm_logs.mkdir(parents=True, exist_ok=True)
            with _signals(), self._only_one():
                try:
                    self._keep_alive(self._start())
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

    def _start(self) -> Takeover:
        self._programs.end_orphans()
        self._require_room()
        for left in self._var.glob("endpoints-*.yml"):
            left.unlink()
        for service in services(self._settings, ""):
            self._programs.claim(service)
        training = self._begin_training()
        url = self._start_database()
        engine = connect(url)
        try:
            with Step("Миграции базы"):
                upgrade(engine)
            self._first_price_list(engine)
        finally:
            engine.dispose()
        takeover = Takeover(self._settings, self._programs, url)
        actions, *others = takeover.current
        self._programs.launch(actions)
        if training:
            with Step("Обучение модели"):
                while training.poll() is None:
                    self._programs.require_alive(actions)
                    time.sleep(_PAUSE_S)
            require_trained(training, self._programs.log("train"))
            learning.keep(self._taught)
        for service in others:
            self._programs.launch(service)
        for service in takeover.current:
            with Step(f"Запуск {service.name}"):
                self._await_service(service)
        self._greet()
        return takeover

    def _require_room(self) -> None:
        free_mb = shutil.disk_usage(self._var).free // 2**20
        if free_mb < _ROOM_NEEDED_MB:
            raise Refused(
                f"на диске {self._var} свободно {free_mb} МБ, нужно хотя бы {_ROOM_NEEDED_MB} МБ"
            )

    def _begin_training(self) -> subprocess.Popen[bytes] | None:
        if not model_is_stale():
            return None
        self._taught = learning.last_taught()
        data = learning.training_data(self._taught, self._var)
        training = start_training(self._programs.log("train"), self._var, data=data)
        self._programs.adopt("train", training)
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

    def _await_service(self, service: Service) -> None:
        deadline = time.monotonic() + _START_TIMEOUT_S
        while not service.serves():
            self._programs.require_alive(service)
            if time.monotonic() > deadline:
                raise Refused(
                    f"{service.name} не отвечает {_START_TIMEOUT_S:.0f} с "
                    f"({self._programs.log(service.name)})"
                )
            time.sleep(_PAUSE_S)

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

    def _keep_alive(self, takeover: Takeover) -> None:
        control = Control(self._var)
        try:
            while True:
                if request := control.wait(_PAUSE_S):
                    learns = request.get("do") == "learn"
                    control.answer(self._learn() if learns else takeover.obey(request))
                self._restart_postgres()
                for service in takeover.current:
                    self._restart(service, opened=takeover.may_open(service))
                takeover.go_on()
        finally:
            control.close()

    def _learn(self) -> Words:
        """Start the command that teaches the bot what staff published."""
        if self._programs.alive("learning"):
            return {"error": "бот уже учится"}
        try:
            with self._programs.log("learning").open("wb") as output:
                process = subprocess.Popen(
                    [str(ACTIONS_PYTHON), "-m", "optfm.cli.main", "content", "teach"],
                    cwd=ROOT,
                    env={**os.environ, "PYTHONPATH": str(ROOT / "actions")},
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                    preexec_fn=die_with_parent(signal.SIGTERM),
                )
        except OSError as exc:  # a full disk: the bot goes on as it is
            return {"error": exc.strerror or str(exc)}
        self._programs.adopt("learning", process)
        return {"ok": True}

    def _restart_postgres(self) -> None:
        if self._postgres and self._postgres_process and self._postgres_process.poll() is not None:
            say("Postgres остановился, запускаю снова")
            try:
                self._postgres_process = self._postgres.start()
            except Refused as exc:
                say(f"{exc.message}; пробую ещё")
                time.sleep(1)

    def _restart(self, service: Service, *, opened: bool) -> None:
        if self._programs.alive(service.name) or not self._may_restart(service.name):
            return
        say(f"{service.name} остановился{self._code_of(service.name)}, запускаю снова")
        self._programs.launch(service, opened=opened)

    def _code_of(self, name: str) -> str:
        # One that was asked to end may be forgotten by now.
        return f" (код {self._programs[name].returncode})" if name in self._programs else ""

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
        """End the children in the reverse order of their start, Postgres last."""
        with _deaf():
            self._programs.stop()
            if self._postgres:
                self._postgres.stop()


@contextlib.contextmanager
def _signals() -> Iterator[None]:
    """Raise `Stopped` for Ctrl-C and SIGTERM, again and again until the stop begins.

    Raised in a destructor or a callback it is printed and lost, and the bot went on.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        signal.setitimer(signal.ITIMER_REAL, _STOP_AGAIN_S)
        raise Stopped

    before = {word: signal.signal(word, stop) for word in (*_STOP_SIGNALS, signal.SIGALRM)}
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        for word, handler in before.items():
            signal.signal(word, handler)


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """A second Ctrl-C must not cut the stop short and leave processes behind."""
    signal.setitimer(signal.ITIMER_REAL, 0)
    before = {word: signal.signal(word, signal.SIG_IGN) for word in _STOP_SIGNALS}
    try:
        yield
    finally:
        for word, handler in before.items():
            signal.signal(word, handler)
