"""A running bot goes over to the files as they are now: texts, examples, model, code.

train → floors → second generation → smoke dialogs → switch → watch → the first one ends. Whatever
goes wrong on the way leaves the customers where they were. docs/adr/0032-handover.md.
"""

import hashlib
import os
import re
import subprocess
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from optfm.bootstrap import database
from optfm.errors import Refused
from optfm.processes import learning
from optfm.processes.control import Launcher
from optfm.processes.progress import Step, say
from optfm.processes.services import RASA_PYTHON, answers
from optfm.processes.smoke import smoke
from optfm.processes.training import MODEL, model_is_stale, require_trained, start_training
from optfm.settings import ROOT, Settings

#: The digest of the model that has passed last: a change of code alone does not judge it again.
PASSED = "passed.sha256"
_START_TIMEOUT_S = 180.0
#: For a part that is started again just now. One that does not start at all may be what the new
#: files mend, so a deploy goes on without it.
_WHOLE_TIMEOUT_S = 60.0
_END_TIMEOUT_S = 60.0
_PAUSE_S = 0.5
#: While it is watched: so many apologies, and such a share of the messages, are no accident.
_FEWEST_APOLOGIES = 3
_WORST_SHARE = 0.05
#: A server that does not answer so many times in a row hangs.
_MOST_SILENCES = 3
_SAMPLES = {
    "apologies": re.compile(r"^optfm_apologies_total (\S+)$", re.MULTILINE),
    "messages": re.compile(
        r'^optfm_messages_total\{[^}]*direction="in"[^}]*\} (\S+)$', re.MULTILINE
    ),
}
_HEALTH = {"rasa": "/webhooks/rest/", "actions": "/health", "api": "/health"}


@dataclass(frozen=True)
class Counted:
    """What a server has counted since it began."""

    messages: float
    apologies: float


def deploy(settings: Settings, *, watch_s: float) -> None:
    """Bring everything over, or nothing.

    :param watch_s: how long the new generation is watched before the old one is let go.
    :raises Refused: the customers are where they were; one line says why.
    """
    began = time.monotonic()
    with Launcher(settings.optfm_var) as launcher:
        with database(settings) as engine:
            with engine.connect() as connection:
                phrases = learning.published_phrases(connection)
            model = _model(settings, phrases)
            _require_floors(settings, model)
            _await_whole(launcher)
            ports = launcher.ask("prepare", model=str(model))["ports"]
            with Step("Запуск нового поколения"):
                _await(launcher, ports)
            with Step("Пробные диалоги"):
                faults = smoke(_address(ports["rasa"]), engine)
        if faults:
            _back(launcher, "; ".join(faults))
        launcher.ask("switch")
        say(f"Клиенты у нового поколения; смотрю {watch_s:.0f} с")
        if fault := _watch(launcher, ports["rasa"], watch_s):
            _back(launcher, fault)
        launcher.ask("finish")
        learning.keep(phrases, MODEL)
        with Step("Старое поколение договаривает"):
            _await_end(launcher)
    say(f"Готово за {time.monotonic() - began:.0f} с.")


def teach(settings: Settings, *, watch_s: float) -> None:
    """Let the bot that runs learn the phrases that staff published.

    What does not train or falls under a floor is given back: what the bot knows is published again.

    :raises Refused: the customers are where they were; one line says why.
    """
    with learning.under_way(settings.optfm_var), database(settings) as engine:
        tried: learning.Phrases | None = None
        while True:
            with engine.connect() as connection:
                wanted = learning.published_phrases(connection)
            if wanted in (tried, learning.learnt(MODEL)):
                return
            tried = wanted  # what is published meanwhile is learnt after it
            try:
                deploy(settings, watch_s=watch_s)
            except learning.Unfit as exc:
                for name in learning.give_back(engine, wanted, exc.message, MODEL):
                    say(f"{name}: прежние фразы")
                raise


def _model(settings: Settings, phrases: learning.Phrases) -> Path:
    """The model of the files and the phrases as they are: the one there is, or a new one.

    :raises Unfit: they do not train.
    """
    if not model_is_stale() and phrases == learning.learnt(MODEL):
        say("Модель не старше данных: остаётся.")
        return MODEL
    model = settings.optfm_var / "deploy" / MODEL.name
    model.parent.mkdir(exist_ok=True)
    model.unlink(missing_ok=True)
    log = settings.optfm_logs / "train.log"
    data = learning.training_data(phrases, settings.optfm_var)
    training = start_training(log, settings.optfm_var, model, data=data, politely=True)
    with Step("Обучение модели"):
        training.wait()
    try:
        require_trained(training, log)
    except Refused as exc:
        raise learning.Unfit(exc.message) from exc
    if not model.exists():  # Rasa found the same one in its cache, and wrote nothing
        raise Refused(f"обучение не дало модели ({log})")
    return model


def _require_floors(settings: Settings, model: Path) -> None:
    """:raises Unfit: the model understands less than is demanded."""
    passed = settings.optfm_var / "deploy" / PASSED
    with model.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    if passed.exists() and passed.read_text().strip() == digest:
        say("Модель уже проверена.")
        return
    log = settings.optfm_logs / "floors.log"
    with Step("Проверка модели"), log.open("wb") as output:
        code = subprocess.run(
            [
                *("nice", "-n", "15", str(RASA_PYTHON), "-W", "ignore", "tests/nlu/evaluate.py"),
                *("--model", str(model), "--floors"),
            ],
            cwd=ROOT,
            env={**os.environ, "OPTFM_VAR": str(settings.optfm_var)},
            stdout=output,
            stderr=subprocess.STDOUT,
        ).returncode
    if code:
        last = log.read_text(errors="replace").strip().splitlines()[-1:]
        raise learning.Unfit(f"модель не прошла проверку: {''.join(last)} ({log})")
    passed.parent.mkdir(exist_ok=True)
    passed.write_text(digest)


def _await_whole(launcher: Launcher) -> None:
    """Let a part that is started again come up first: two generations would take its processor.

    Customers wait 22 s for an action server (ACTIONS_START_S). On a machine with a load of 13 a
    restart alone took less, one beside three new processes 32 s: 78 messages got an apology.
    """
    deadline = time.monotonic() + _WHOLE_TIMEOUT_S
    # A launcher that was started from files before these says no ports.
    while missing := _silent(launcher.ask("look").get("ports", {})):
        if time.monotonic() > deadline:
            say(f"Не отвечают: {', '.join(missing)}; ставлю новое рядом")
            return
        time.sleep(_PAUSE_S)


def _silent(ports: dict[str, int]) -> list[str]:
    return [name for name, port in ports.items() if not answers(f"{_address(port)}{_HEALTH[name]}")]


def _await(launcher: Launcher, ports: dict[str, int]) -> None:
    deadline = time.monotonic() + _START_TIMEOUT_S
    waiting = dict(ports)
    while waiting:
        pids = launcher.ask("look")["pids"]
        for name, port in list(waiting.items()):
            if pids.get(f"{name}-next") is None:
                _back(launcher, f"новый {name} не запускается (журнал {name}.log)")
            if answers(f"{_address(port)}{_HEALTH[name]}"):
                del waiting[name]
        if time.monotonic() > deadline:
            _back(launcher, f"новые {', '.join(waiting)} не отвечают {_START_TIMEOUT_S:.0f} с")
        time.sleep(_PAUSE_S)


def _watch(launcher: Launcher, port: int, seconds: float) -> str:
    """What is wrong with the new generation under its customers; "" where nothing is."""
    address, silences = _address(port), 0
    born = launcher.ask("look")["pids"]
    before = counted(address)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        time.sleep(1.0)
        if any(launcher.ask("look")["pids"].get(name) != born[name] for name in _HEALTH):
            return "процесс нового поколения упал"
        now = counted(address)
        silences = silences + 1 if now is None else 0
        if silences >= _MOST_SILENCES:
            return "новый сервер Rasa не отвечает"
        if now and (fault := risen(before or Counted(0, 0), now)):
            return fault
    return ""


def risen(before: Counted, now: Counted) -> str:
    """Whether apologies are more than an accident; "" where they are not."""
    apologies, messages = now.apologies - before.apologies, now.messages - before.messages
    if apologies < _FEWEST_APOLOGIES or apologies <= _WORST_SHARE * messages:
        return ""
    return f"извинений {apologies:.0f} на {messages:.0f} сообщений"


def counted(address: str) -> Counted | None:
    """A Rasa server's own counts; None where it does not answer."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{address}/metrics", timeout=5) as answer:
            text = answer.read().decode("utf-8", "replace")
    except OSError:
        return None
    sums = {name: sum(map(float, found.findall(text))) for name, found in _SAMPLES.items()}
    return Counted(messages=sums["messages"], apologies=sums["apologies"])


def _await_end(launcher: Launcher) -> None:
    deadline = time.monotonic() + _END_TIMEOUT_S
    while any(name.endswith("-old") for name in launcher.ask("look")["pids"]):
        if time.monotonic() > deadline:
            say("Старые процессы ещё не закончились: их завершит ./optfm run.")
            return
        time.sleep(_PAUSE_S)


def _back(launcher: Launcher, why: str) -> None:
    """:raises Refused: always; the customers are the old generation's."""
    launcher.ask("back")
    raise Refused(f"{why}; клиенты остались на прежней версии")


def _address(port: int) -> str:
    return f"http://127.0.0.1:{port}"
