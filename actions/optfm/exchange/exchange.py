"""One exchange with 1C from its log-in to its end; one at a time.

The steps may come twice, in parts, and stop at any point: what a file said is kept when all of it
was read, and customers see a new list only when 1C says that the exchange is complete.
"""

import hashlib
import logging
import secrets
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillRunning
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine, func, or_, select, text
from sqlalchemy.exc import SQLAlchemyError

from optfm.catalog.guard import MOST_GONE
from optfm.catalog.revisions import Import, Outcome
from optfm.db.tables import exchanges
from optfm.exchange.commerceml import BadFile, read
from optfm.exchange.files import Files
from optfm.exchange.publishing import publish
from optfm.exchange.store import decided, prune, take

log = logging.getLogger(__name__)

#: Another system's exchange that said nothing for so long is over.
_ABANDONED = timedelta(minutes=5)
#: 1C waits so long for an answer to a step, then it is told how far we are.
_PATIENCE_S = 3.0
#: An exchange of the old kind, without `complete`, is over after this silence. It may have been
#: cut: then less may be missing before a person must look.
_SILENCE_S = 20.0
_MOST_GONE_WHEN_SILENT = 0.05
_END = "complete"


class Busy(Exception):
    """Another exchange is under way."""


@dataclass(slots=True)
class _Job:
    """One file being read, or the list being made."""

    future: Future[str]
    done: int = 0


@dataclass(slots=True)
class _Going:
    """What this process knows of an exchange beyond the database."""

    files: Files
    jobs: dict[str, _Job] = field(default_factory=dict)
    timer: threading.Timer | None = None


class Exchanges:
    """The exchanges of one API process.

    :param engine: the shop's database.
    :param folder: for the files that come.
    :param price_type: name or id of the prices that customers see; "": there is only one.
    :param today: the date of a new list.
    """

    def __init__(
        self, engine: Engine, folder: Path, *, price_type: str, today: Callable[[], date]
    ) -> None:
        self._engine = engine
        self._folder = folder
        self._price_type = price_type
        self._today = today
        self._going: dict[int, _Going] = {}
        self._lock = threading.RLock()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="exchange")

    def close(self) -> None:
        """Stop reading; what was read whole is kept."""
        with self._lock:
            for going in self._going.values():
                if going.timer:
                    going.timer.cancel()
        self._worker.shutdown(wait=False, cancel_futures=True)

    def begin(self, client: str) -> str:
        """Log a client in; what he had begun before is over.

        :returns: the token of the new exchange.
        :raises Busy: somebody else exchanges, or a file of his is still being read.
        """
        token = secrets.token_urlsafe(32)
        with self._lock, self._engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(7210003)"))
            e = exchanges.c
            others = connection.execute(
                select(e.id).where(
                    e.state == "open",
                    e.client != client,
                    e.touched_at > func.now() - _ABANDONED,
                )
            ).scalars()
            if others.first() is not None or self._is_reading():
                raise Busy
            connection.execute(
                exchanges.update().where(e.state == "open").values(state="abandoned")
            )
            number = connection.execute(
                exchanges.insert().values(client=client, token_sha256=_hash(token)).returning(e.id)
            ).scalar_one()
            self._forget_others(number)
            self._going[number] = _Going(files=Files(self._folder / str(number)))
        return token

    def find(self, *, token: str, client: str) -> int | None:
        """The open exchange of a token, else of a client that shows his key again."""
        e = exchanges.c
        query = select(e.id).where(
            e.state == "open",
            or_(e.token_sha256 == _hash(token), e.client == client)
            if client
            else e.token_sha256 == _hash(token),
        )
        with self._engine.begin() as connection:
            number = connection.execute(query.order_by(e.id.desc()).limit(1)).scalar_one_or_none()
            if number is not None:
                connection.execute(
                    exchanges.update().where(e.id == number).values(touched_at=func.now())
                )
        return number

    def ended(self, token: str) -> str | None:
        """What became of the list of an exchange that is complete; None where this token has none.

        Who lost the answer to `complete`, or was told to ask again, asks for it once more.
        """
        e = exchanges.c
        with self._engine.connect() as connection:
            return connection.execute(
                select(e.outcome).where(e.state == "done", e.token_sha256 == _hash(token))
            ).scalar_one_or_none()

    def files(self, number: int) -> Files:
        """The files of an exchange."""
        return self._of(number).files

    def start_over(self, number: int) -> None:
        """Forget the files of an exchange, unless one is being read."""
        with self._lock:
            if self._is_reading():
                return
            going = self._of(number)
            going.files.clear()
            going.jobs.clear()
            self._mark(number, whole=[])

    def add_part(self, number: int, name: str) -> None:
        """Add the part that has come; a file that changes by it is read anew.

        :raises BadFile: too much.
        """
        with self._lock:
            going = self._of(number)
            if going.files.add_part(name):
                going.jobs.pop(name, None)
            self._wait_for_silence(number)

    def import_file(self, number: int, name: str) -> str:
        """Read a file that has come, or say how far that is.

        :returns: "" when it is read; else how far, in Russian.
        :raises BadFile: it is not here, or not to be taken.
        """
        return self._run(number, name, lambda job: self._read(number, name, job))

    def drop_unnamed(self, number: int) -> None:
        """Take an exchange for whole where its files did not say: `deactivate` comes after such."""
        with self._lock:
            self._mark(number, whole=sorted(decided(self._marks(number))))

    def complete(self, number: int) -> str:
        """Show customers what was told; as `import_file`.

        :raises BadFile: there is nothing to show.
        """
        return self._run(number, _END, lambda job: self._publish(number, MOST_GONE))

    def outcome(self, number: int) -> str:
        """What became of the list, in Russian; "" before."""
        with self._engine.connect() as connection:
            said = connection.execute(
                select(exchanges.c.outcome).where(exchanges.c.id == number)
            ).scalar_one_or_none()
        return said or ""

    def _run(self, number: int, name: str, work: Callable[[_Job], str]) -> str:
        with self._lock:
            going = self._of(number)
            job = going.jobs.get(name)
            if job is None or (job.future.done() and job.future.exception()):
                job = going.jobs[name] = _Job(Future())
                self._worker.submit(_fulfil, job, work)
        try:
            job.future.result(timeout=_PATIENCE_S)
        except StillRunning:
            return f"прочитано товаров и предложений: {job.done}"
        finally:
            if name != _END:
                self._wait_for_silence(number)
        return ""

    def _read(self, number: int, name: str, job: _Job) -> str:
        files = self._of(number).files
        files.unpack()
        path = files.find(name)
        if path is None:
            raise BadFile(f"файла «{name[:100]}» нет: передайте его ещё раз")

        def told(count: int) -> None:
            job.done = count

        with self._engine.begin() as connection:
            marks = take(connection, read(path), number, told)
            self._add_marks(connection, number, marks)
        return ""

    def _publish(self, number: int, most_gone: float) -> str:
        with self._engine.begin() as connection:
            whole = connection.execute(
                select(exchanges.c.whole).where(exchanges.c.id == number)
            ).scalar_one()
            prune(connection, number, set(whole))
        done = publish(
            self._engine,
            price_type=self._price_type,
            today=self._today(),
            most_gone=most_gone,
        )
        said = _said(done)
        log.info("exchange %s: %s", number, said)
        with self._engine.begin() as connection:
            connection.execute(
                exchanges.update()
                .where(exchanges.c.id == number)
                .values(state="done", outcome=said)
            )
        shutil.rmtree(self._folder / str(number), ignore_errors=True)
        return said

    def _wait_for_silence(self, number: int) -> None:
        with self._lock:
            going = self._of(number)
            if going.timer:
                going.timer.cancel()
            going.timer = threading.Timer(_SILENCE_S, self._end_silently, [number])
            going.timer.daemon = True
            going.timer.start()

    def _end_silently(self, number: int) -> None:
        """End an exchange whose files were all read and among them offers."""
        with self._lock:
            going = self._of(number)
            read_all = all(
                name in going.jobs and going.jobs[name].future.done()
                for name in going.files.names()
            )
            if not read_all or _END in going.jobs:
                return
        try:
            if "offers" in self._marks(number) and self._is_open(number):
                self._worker.submit(self._publish, number, _MOST_GONE_WHEN_SILENT).result()
        except BadFile as exc:
            log.error("exchange %s ended without a list: %s", number, exc)
        except (SQLAlchemyError, RuntimeError) as exc:
            log.error("exchange %s ended without a list: %s", number, type(exc).__name__)

    def _of(self, number: int) -> _Going:
        """Also of an exchange that another run of this process began."""
        with self._lock:
            if number not in self._going:
                self._going[number] = _Going(files=Files(self._folder / str(number)))
            return self._going[number]

    def _is_reading(self) -> bool:
        return any(
            not job.future.done() for going in self._going.values() for job in going.jobs.values()
        )

    def _forget_others(self, number: int) -> None:
        for other in [n for n in self._going if n != number]:
            going = self._going.pop(other)
            if going.timer:
                going.timer.cancel()
        for folder in self._folder.glob("*"):
            if folder.name != str(number):
                shutil.rmtree(folder, ignore_errors=True)

    def _marks(self, number: int) -> set[str]:
        with self._engine.connect() as connection:
            found = connection.execute(
                select(exchanges.c.whole).where(exchanges.c.id == number)
            ).scalar_one_or_none()
        return set(found or ())

    def _is_open(self, number: int) -> bool:
        with self._engine.connect() as connection:
            state = connection.execute(
                select(exchanges.c.state).where(exchanges.c.id == number)
            ).scalar_one_or_none()
        return state == "open"

    def _add_marks(self, connection: Connection, number: int, marks: set[str]) -> None:
        known = connection.execute(
            select(exchanges.c.whole).where(exchanges.c.id == number).with_for_update()
        ).scalar_one()
        connection.execute(
            exchanges.update()
            .where(exchanges.c.id == number)
            .values(whole=sorted({*known, *marks}))
        )

    def _mark(self, number: int, *, whole: list[str]) -> None:
        with self._engine.begin() as connection:
            connection.execute(
                exchanges.update().where(exchanges.c.id == number).values(whole=whole)
            )


def _fulfil(job: _Job, work: Callable[[_Job], str]) -> None:
    try:
        job.future.set_result(work(job))
    except BaseException as exc:  # whoever asks for the outcome gets it
        job.future.set_exception(exc)


def _said(done: Import) -> str:
    items = sum(map(len, (done.changes.new, done.changes.gone)))
    match done.outcome:
        case Outcome.HELD:
            number = done.revision.id if done.revision else ""
            return f"список № {number} ждёт решения человека: {'; '.join(done.doubts)}"
        case Outcome.UNCHANGED:
            return "в списке ничего не изменилось"
        case _:
            number = done.revision.id if done.revision else ""
            return f"список № {number} действует; новых и ушедших товаров: {items}"


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
