"""The next generation of a bot's programs: started beside the one that runs, then in its place.

prepare → switch → finish, or back at any time before that. The customers are the old generation's
until the switch, the new one's from then on; the old one lives, with its door shut, until the new
one has proved itself. Why so: docs/adr/0032-handover.md.
"""

import shutil
import signal
import socket
from collections.abc import Callable
from pathlib import Path

from optfm.errors import Refused
from optfm.processes.control import Words
from optfm.processes.programs import Programs
from optfm.processes.services import Generation, Service, services
from optfm.processes.training import MODEL
from optfm.settings import Settings

#: For turns in hand (25 s at most) and for those who are slow to go.
_DRAIN_S = 30.0
_NEVER_OPENED_S = 5.0


class Takeover:
    """What of two generations runs.

    :param programs: the children; the new one's are called NAME-next, the old one's NAME-old.
    :param db_url: the address of the database.
    """

    def __init__(self, settings: Settings, programs: Programs, db_url: str) -> None:
        self._settings = settings
        self._programs = programs
        self._db_url = db_url
        #: Those that are kept alive.
        self.current = services(settings, db_url)
        self._other: tuple[Service, ...] = ()  #: the next ones, after the switch the old ones
        self._model = MODEL
        self._own_ports: dict[str, int] = {}
        self._switched = False
        self._actions_wait = False  #: for the port that the old action server has
        self._works: dict[str, Callable[[Words], Words]] = {
            "prepare": self._prepare,
            "switch": self._switch,
            "finish": self._finish,
            "back": self._back,
            "look": self._look,
            "gone": self._gone,
        }

    def obey(self, request: Words) -> Words:
        """Do what a command asks; refusals are answers, too."""
        work = self._works.get(str(request.get("do")))
        if work is None:
            return {"error": f"неизвестная просьба: {request.get('do')}"}
        try:
            return work(request)
        except Refused as exc:
            return {"error": exc.message}
        except OSError as exc:  # a full disk: customers stay where they are
            return {"error": f"{exc.strerror or exc}: {exc.filename or ''}"}

    def go_on(self) -> None:
        """What waits for the end of a program."""
        self._programs.reap()
        if self._switched or "rasa-old" in self._programs:
            return
        if "actions-next" in self._programs and not self._other:
            if "rasa-next" not in self._programs:  # taken back: its last turns are done
                self._programs.end("actions-next", within_s=_NEVER_OPENED_S)
        elif "actions-old" in self._programs:  # it served the old Rasa to its last turn
            self._programs.end("actions-old", within_s=_NEVER_OPENED_S)
        elif self._actions_wait:
            self._actions_wait = False
            self._programs.tell("actions", signal.SIGUSR1)

    def may_open(self, service: Service) -> bool:
        """Whether a program that is started again finds its place free."""
        return service.keeps_listener or f"{service.name}-old" not in self._programs

    def _prepare(self, request: Words) -> Words:
        if self._other or self._programs.two_generations:
            raise Refused("прошлая смена ещё не кончилась: повторите через минуту")
        self._model = Path(str(request["model"]))
        self._own_ports = _free_ports("actions", "rasa", "api")
        generation = Generation(model=self._model, own_ports=self._own_ports)
        self._other = services(self._settings, self._db_url, generation)
        for service in self._doubled(self._other):
            self._programs.launch(service, f"{service.name}-next", opened=False)
        return {"ports": self._own_ports}

    def _switch(self, request: Words) -> Words:
        self._require_next()
        for service in self._doubled(self._other):
            self._programs.rename(service.name, f"{service.name}-old")
            self._programs.rename(f"{service.name}-next", service.name)
            if service.keeps_listener:
                self._programs.tell(service.name, signal.SIGUSR1)
                self._programs.tell(f"{service.name}-old", signal.SIGUSR2)
        self.current, self._other = self._other, self.current
        self._switched = True
        return {"ok": True}

    def _finish(self, request: Words) -> Words:
        if not self._switched:
            raise Refused("ещё нечего заканчивать")
        _install(self._model)
        generation = Generation(model=MODEL.parent, own_ports=self._own_ports)
        self.current = services(self._settings, self._db_url, generation)
        self._other, self._switched = (), False
        for name in ("rasa-old", "api-old"):
            self._programs.end(name, within_s=_DRAIN_S)
        self._actions_wait = True
        self._programs.end("worker", within_s=_DRAIN_S)  # it is started again, from the new files
        return {"ok": True}

    def _back(self, request: Words) -> Words:
        if self._switched:
            for service in self._doubled(self._other):
                self._programs.rename(service.name, f"{service.name}-next")
                self._programs.rename(f"{service.name}-old", service.name)
                if service.keeps_listener:
                    self._programs.tell(service.name, signal.SIGUSR1)
                    self._programs.tell(f"{service.name}-next", signal.SIGUSR2)
            self.current, self._other = self._other, self.current
        patience_s = _DRAIN_S if self._switched else _NEVER_OPENED_S
        for service in self._doubled(self._other):
            if service.name != "actions":  # `go_on` ends it after the turns that it serves
                self._programs.end(f"{service.name}-next", within_s=patience_s)
        self._other, self._switched = (), False
        return {"ok": True}

    def _look(self, request: Words) -> Words:
        current = self._doubled(self.current)
        return {
            "pids": {
                name: self._programs[name].pid if self._programs.alive(name) else None
                for stem in (service.name for service in current)
                for name in (stem, f"{stem}-next", f"{stem}-old")
                if name in self._programs
            },
            "ports": {service.name: service.own_port or service.port for service in current},
        }

    def _gone(self, request: Words) -> Words:
        return self._back(request) if self._other else {"ok": True}

    def _require_next(self) -> None:
        dead = [s.name for s in self._doubled(self._other) if not self._alive_next(s)]
        if dead or not self._other or self._switched:
            raise Refused(f"новые процессы не готовы: {', '.join(dead) or 'их нет'}")

    def _alive_next(self, service: Service) -> bool:
        return self._programs.alive(f"{service.name}-next")

    @staticmethod
    def _doubled(generation: tuple[Service, ...]) -> tuple[Service, ...]:
        """Those that two generations have at a time: the worker is just started again."""
        return tuple(service for service in generation if service.port is not None)


def _install(model: Path) -> None:
    """Let the next start find a model that has proved itself."""
    if model == MODEL:
        return
    fresh = MODEL.with_name(f"{MODEL.name}.new")
    shutil.copy2(model, fresh)
    if MODEL.exists():
        shutil.copy2(MODEL, model.with_name("previous.tar.gz"))
    fresh.replace(MODEL)


def _free_ports(*names: str) -> dict[str, int]:
    probes = {name: socket.socket() for name in names}
    for probe in probes.values():
        probe.bind(("127.0.0.1", 0))
    ports = {name: int(probe.getsockname()[1]) for name, probe in probes.items()}
    for probe in probes.values():
        probe.close()
    return ports
