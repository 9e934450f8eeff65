"""The child processes of one `optfm run`: launched, known by name, ended, never left behind."""

import contextlib
import json
import signal
import socket
import subprocess
import time
from pathlib import Path

import psutil

from common import doors
from optfm.errors import Refused
from optfm.processes.children import die_with_parent
from optfm.processes.progress import say
from optfm.processes.services import TURNS_END_S, Service
from optfm.settings import ROOT, Settings

#: Rasa finishes its turns first; who serves those turns ends only then.
_TURNS_STOP_S = TURNS_END_S + 1.5
_ACTIONS_STOP_S = 1.5


class Programs:
    """The children below one `optfm_var`, by their names.

    :param settings: the folders.
    """

    def __init__(self, settings: Settings) -> None:
        self._var = settings.optfm_var
        self._logs = settings.optfm_logs
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._listeners: dict[str, socket.socket] = {}
        self._ending: dict[str, tuple[subprocess.Popen[bytes], float]] = {}

    def __getitem__(self, name: str) -> subprocess.Popen[bytes]:
        return self._processes[name]

    def __contains__(self, name: str) -> bool:
        return name in self._processes

    @property
    def two_generations(self) -> bool:
        """Whether programs of another generation are here yet."""
        return any(name.endswith(("-next", "-old")) for name in self._processes)

    def log(self, name: str) -> Path:
        """Where a program's output goes."""
        return self._logs / f"{name}.log"

    def claim(self, service: Service) -> None:
        """Take the service's port; one that its successor goes on with is kept open from now on.

        :raises Refused: another program listens there.
        """
        if service.port is None:
            return
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", service.port))
        except OSError as exc:
            listener.close()
            raise Refused(
                f"порт {service.port} занят другой программой: освободите его или задайте "
                f"{service.port_setting} в .env"
            ) from exc
        if not service.keeps_listener:
            listener.close()
            return
        listener.listen(doors.WAITING)
        self._listeners[service.name] = listener

    def launch(self, service: Service, name: str = "", *, opened: bool = True) -> None:
        """Start a program.

        :param name: what it is called here; "": as the service.
        :param opened: False: it waits for SIGUSR1 before it accepts what others accept, too.
        """
        name = name or service.name
        listener = self._listeners.get(service.name)
        door: dict[str, str] = {}
        if listener is not None:
            door = doors.handed(listener, service.own_port, opened=opened)
        elif service.own_port is not None and service.port is not None:
            door = doors.handed(service.port, service.own_port, opened=opened)
        with self.log(service.name).open("ab") as log:
            self._processes[name] = subprocess.Popen(
                service.command,
                cwd=ROOT,
                env={**service.environ, **door},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGTERM),
                pass_fds=(listener.fileno(),) if listener else (),
            )
        self.remember()

    def adopt(self, name: str, process: subprocess.Popen[bytes]) -> None:
        """Know a child that somebody else started."""
        self._processes[name] = process
        self.remember()

    def alive(self, name: str) -> bool:
        """Whether the program runs."""
        return name in self._processes and self._processes[name].poll() is None

    def tell(self, name: str, word: signal.Signals) -> None:
        """Send a signal, if the program lives."""
        if self.alive(name):
            self._processes[name].send_signal(word)

    def rename(self, name: str, new: str) -> None:
        """Call a program otherwise."""
        self._processes[new] = self._processes.pop(name)
        self.remember()

    def end(self, name: str, *, within_s: float) -> None:
        """Ask a program to end; `reap` kills it when its time is over."""
        if name in self._processes and name not in self._ending:
            self.tell(name, signal.SIGTERM)
            self._ending[name] = self._processes[name], time.monotonic() + within_s

    def reap(self) -> None:
        """Forget those that were asked to end and did, unless they have a successor by now."""
        for name, (process, deadline) in list(self._ending.items()):
            if process.poll() is None:
                if time.monotonic() > deadline:
                    process.kill()
                continue
            del self._ending[name]
            if self._processes.get(name) is process:
                del self._processes[name]
            self.remember()

    def require_alive(self, service: Service) -> None:
        """:raises Refused: the service ended while it should start; its last word."""
        if not self.alive(service.name):
            log = self.log(service.name)
            lines = log.read_text(errors="replace").strip().splitlines()
            raise Refused(f"{service.name} не запускается: {lines[-1] if lines else ''} ({log})")

    def stop(self) -> None:
        """End those that take messages, then the actions that they need; let the ports go."""
        actions = [name for name in self._processes if name.startswith("actions")]
        _end([p for n, p in self._processes.items() if n not in actions], _TURNS_STOP_S)
        _end([self._processes[name] for name in actions], _ACTIONS_STOP_S)
        for listener in self._listeners.values():
            listener.close()
        (self._var / "processes.json").unlink(missing_ok=True)

    def remember(self) -> None:
        """Write down our children, so that the next start can end those a killed parent left."""
        living = {
            name: [process.pid, psutil.Process(process.pid).create_time()]
            for name, process in self._processes.items()
            if process.poll() is None
        }
        written = self._var / "processes.json.new"
        with contextlib.suppress(OSError):  # a full disk ends no program
            written.write_text(json.dumps(living))
            written.replace(self._var / "processes.json")

    def end_orphans(self) -> None:
        """End what a parent that was killed has left here."""
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
