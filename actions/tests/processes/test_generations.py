"""A whole `optfm deploy` over real processes: little servers, the doors and signals of big ones."""

import contextlib
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine

from optfm.content import current, document, publish
from optfm.errors import Refused
from optfm.processes import deploying, learning, takeover, training
from optfm.processes.control import Control
from optfm.processes.deploying import deploy, teach
from optfm.processes.programs import Programs
from optfm.processes.services import Generation, Service, answers
from optfm.processes.takeover import Takeover
from optfm.settings import ROOT, Settings

_SERVER = Path(__file__).with_name("little_server.py")
_WAITS_S = 30.0
#: Trains and judges as it is told by the files beside the model.
_RASA_PYTHON = """#!/bin/sh
case "$*" in
*evaluate.py*) cat "{folder}/floors" && ! grep -q failed "{folder}/floors" ;;
*" train "*)
  echo "$*" >>"{folder}/trained"
  cat "{folder}/training" && cp "{folder}/training" "{model}"
  ;;
esac
"""


class Shop:
    """A bot of little servers that runs, and the customers who talk to it all the while.

    :param label: of the generation that a deploy brings.
    """

    def __init__(self, folder: Path, label: str) -> None:
        ports = [_free_port() for _ in range(3)]
        self.settings = Settings(
            optfm_var=folder / "var",
            optfm_logs=folder / "logs",
            rasa_port=ports[0],
            actions_port=ports[1],
            desk_port=ports[2],
        )
        self.settings.optfm_var.mkdir()
        self.settings.optfm_logs.mkdir()
        self._label = label
        self.heard: list[str] = []
        self.asked: list[str] = []  #: of the launcher
        self._to_start: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._programs = Programs(self.settings)
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=work) for work in (self._keep, self._talk)]

    def services(
        self, settings: Settings, db_url: str, generation: Generation | None = None
    ) -> tuple[Service, ...]:
        """As optfm.processes.services, of little servers."""
        label = self._label if generation else "old"
        own = generation.own_ports if generation else {}
        ports = {
            "actions": settings.actions_port,
            "rasa": settings.rasa_port,
            "worker": None,
            "api": settings.desk_port,
        }
        return tuple(
            Service(
                name=name,
                command=(sys.executable, str(_SERVER), str(port or 0), label),
                environ={**os.environ, "PYTHONPATH": str(ROOT)},
                serves=_serving(port),
                port=port,
                keeps_listener=name in ("rasa", "api"),
                own_port=own.get(name),
            )
            for name, port in ports.items()
        )

    @contextlib.contextmanager
    def open(self) -> Iterator["Shop"]:
        """Runs in the block."""
        self.takeover = Takeover(self.settings, self._programs, "")
        try:
            for service in self.takeover.current:
                self._programs.claim(service)
                self._programs.launch(service)
            self.control = Control(self.settings.optfm_var)
            _await(lambda: all(service.serves() for service in self.takeover.current))
            for thread in self._threads:
                thread.start()
            yield self
        finally:
            self._ended.set()
            for thread in self._threads:
                if thread.ident is not None:
                    thread.join()
            self._programs.stop()

    def hears(self, label: str) -> None:
        """Wait until customers are answered by this generation alone."""
        _await(lambda: self.heard[-5:] == [label] * 5)

    def loses(self, name: str) -> None:
        """A program is killed, and not started again by itself."""
        process = self._programs[name]
        process.kill()
        process.wait()

    def hangs(self, name: str) -> subprocess.Popen[bytes]:
        """A program lives and does nothing, not even end; returns it."""
        process = self._programs[name]
        process.send_signal(signal.SIGSTOP)
        return process

    def starts(self, name: str) -> None:
        """Start one again that was lost."""
        self._to_start.put(name)

    def runs(self, name: str) -> None:
        """Wait until a program runs."""
        _await(lambda: self._programs.alive(name))

    def _keep(self) -> None:
        while not self._ended.is_set():
            if request := self.control.wait(0.05):
                self.asked.append(request["do"])
                self.control.answer(self.takeover.obey(request))
            with contextlib.suppress(queue.Empty):
                name = self._to_start.get_nowait()
                service = next(one for one in self.takeover.current if one.name == name)
                self._programs.launch(service)
            self.takeover.go_on()
        self.control.close()

    def _talk(self) -> None:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        while not self._ended.wait(0.03):
            try:
                url = f"http://127.0.0.1:{self.settings.rasa_port}/say"
                with opener.open(url, timeout=20) as answer:
                    self.heard.append(answer.read().decode())
            except OSError as exc:
                self.heard.append(repr(exc))


@pytest.fixture
def begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: Engine
) -> Iterator[Callable[[str], Shop]]:
    """Opens a shop whose next generation has this label, with a model that is out of date."""
    model = tmp_path / "models" / "optfm.tar.gz"
    python = tmp_path / "python"
    model.parent.mkdir()
    model.write_text("the model of before")
    (tmp_path / "training").write_text("the new model")
    (tmp_path / "floors").write_text("all floors are reached")
    trained = tmp_path / "var" / "deploy" / model.name
    python.write_text(_RASA_PYTHON.format(folder=tmp_path, model=trained))
    python.chmod(0o755)
    for module in (training, deploying):
        monkeypatch.setattr(module, "RASA_PYTHON", python)
    for module in (takeover, deploying):
        monkeypatch.setattr(module, "MODEL", model)
    monkeypatch.setattr(deploying, "model_is_stale", lambda: True)
    monkeypatch.setattr(deploying, "database", lambda settings: contextlib.nullcontext(engine))
    monkeypatch.setattr(deploying, "smoke", lambda rasa, engine: [])  # tests/system has its bot
    with contextlib.ExitStack() as stack:

        def opened(label: str) -> Shop:
            shop = Shop(tmp_path, label)
            monkeypatch.setattr(takeover, "services", shop.services)
            return stack.enter_context(shop.open())

        yield opened


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _serving(port: int | None) -> Callable[[], bool]:
    return lambda: port is None or answers(f"http://127.0.0.1:{port}/")


def _await(question: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _WAITS_S
    while not question():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_deploy_trains_and_brings_everybody_over(begin: Callable[[str], Shop], tmp_path: Path):
    """Who talks is answered by the one, then by the other; the next start has the new model."""
    shop = begin("new")
    deploy(shop.settings, watch_s=0.5)
    shop.hears("new")
    assert shop.heard == sorted(shop.heard, key=["old", "new"].index)
    assert (tmp_path / "models" / "optfm.tar.gz").read_text() == "the new model"
    assert (tmp_path / "var/deploy/previous.tar.gz").read_text() == "the model of before"


def test_a_part_that_is_started_again_comes_up_first(begin: Callable[[str], Shop]):
    """A new generation beside it would take the processor that its customers wait for."""
    shop = begin("new")
    shop.loses("actions")
    with ThreadPoolExecutor() as pool:
        change = pool.submit(deploy, shop.settings, watch_s=0.5)
        _await(lambda: len(shop.asked) >= 3 or change.done())
        assert set(shop.asked) == {"look"}
        shop.starts("actions")
        change.result()
    shop.hears("new")


def test_a_part_that_does_not_start_keeps_no_deploy_away(
    begin: Callable[[str], Shop], monkeypatch: pytest.MonkeyPatch
):
    """The new files may be what mends it."""
    monkeypatch.setattr(deploying, "_WHOLE_TIMEOUT_S", 0.1)
    shop = begin("new")
    shop.loses("actions")
    deploy(shop.settings, watch_s=0.5)
    shop.hears("new")


def test_a_worker_that_hangs_makes_room_for_the_next(
    begin: Callable[[str], Shop], monkeypatch: pytest.MonkeyPatch
):
    """It hears no SIGTERM; what waits for it would wait for ever."""
    monkeypatch.setattr(takeover, "_DRAIN_S", 0.5)
    shop = begin("new")
    hanging = shop.hangs("worker")
    deploy(shop.settings, watch_s=0.5)
    _await(lambda: hanging.poll() == -signal.SIGKILL)
    shop.starts("worker")
    shop.runs("worker")


def test_customers_go_back_by_themselves_when_apologies_rise(
    begin: Callable[[str], Shop], tmp_path: Path
):
    """Well when it was tried, it apologises to customers: they are the old one's again."""
    shop = begin("bad")
    with pytest.raises(Refused, match=r"извинений .* на прежней версии"):
        deploy(shop.settings, watch_s=60)
    shop.hears("old")
    assert set(shop.heard) == {"old", "bad"}
    assert (tmp_path / "models" / "optfm.tar.gz").read_text() == "the model of before"


@pytest.mark.parametrize(
    ("step", "said", "why"),
    [
        ("training", None, "обучение не удалось"),
        ("floors", "talk: 70 of 100, failed", r"не прошла проверку: talk: 70 of 100"),
    ],
)
def test_a_model_that_is_no_good_meets_no_customer(
    begin: Callable[[str], Shop], tmp_path: Path, step: str, said: str | None, why: str
):
    """It is refused in a line, and nothing of a second generation was started."""
    if said is None:
        (tmp_path / step).unlink()
    else:
        (tmp_path / step).write_text(said)
    shop = begin("new")
    with pytest.raises(Refused, match=why):
        deploy(shop.settings, watch_s=60)
    shop.hears("old")
    assert set(shop.heard) == {"old"}


COST = document("data/nlu#faq_delivery_cost")


def _published(engine: Engine, text: str) -> None:
    with engine.begin() as connection:
        there = current(connection, COST.name)
        publish(connection, COST, text, author="Мария", base=there.id if there else 0)


def test_published_phrases_are_taught_beside_the_customers(
    begin: Callable[[str], Shop], tmp_path: Path, engine: Engine
):
    """From a copy of the data that has them; then nothing waits, and nothing is taught again."""
    model = tmp_path / "models" / "optfm.tar.gz"
    shop = begin("new")
    _published(engine, COST.in_file() + "\nпривоз на дачу почём")
    with engine.connect() as connection:
        assert learning.look(connection, shop.settings.optfm_var, model).state == "waits"
    teach(shop.settings, watch_s=0.2)
    shop.hears("new")
    taught = tmp_path / "var" / "deploy" / "data"
    assert f"--data {taught}" in (tmp_path / "trained").read_text()
    assert "- привоз на дачу почём" in (taught / "nlu" / "delivery.yml").read_text("utf-8")
    with engine.connect() as connection:
        assert learning.look(connection, shop.settings.optfm_var, model).state == "learnt"
    teach(shop.settings, watch_s=0.2)
    assert (tmp_path / "trained").read_text().count("train") == 1


def test_phrases_under_a_floor_are_given_back(
    begin: Callable[[str], Shop], tmp_path: Path, engine: Engine
):
    """Customers notice nothing; the page says why, and the history has what was tried."""
    (tmp_path / "floors").write_text("topics right: 0.7, failed")
    shop = begin("new")
    _published(engine, "\n".join(COST.in_file().splitlines()[:9]))
    with pytest.raises(Refused, match="topics right"):
        teach(shop.settings, watch_s=60)
    shop.hears("old")
    with engine.connect() as connection:
        there = current(connection, COST.name)
        model = tmp_path / "models" / "optfm.tar.gz"
        now = learning.look(connection, shop.settings.optfm_var, model)
    assert there is not None
    assert there.text is None
    assert "topics right" in there.note
    assert now.state == "learnt"
    assert "topics right" in now.failed
