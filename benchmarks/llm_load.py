"""FAQ and price answers beside 50 dialogs that wait for a model of 10 s, in one run.

Starts a bot of its own (free ports, its own folder) and a stand-in model. Rounds without and with
the load alternate, so that whatever else the machine does falls on both:
`cd actions && PYTHONPATH=. .venv/bin/python ../benchmarks/llm_load.py`
"""

import concurrent.futures
import json
import os
import signal
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from optfm.db import connect
from sqlalchemy import Engine, text
from tests.peers.models import KEY, ModelServer, extractive, serving

ROOT = Path(__file__).resolve().parents[1]
_DIALOGS, _ROUNDS, _SLOW_S = 50, 5, 10.0
#: A round without the load asks for so long as one with it does, about.
_PLAIN_S = 7.0
#: Which of them no rule knows hangs on what Rasa has learned.
_ONLY_A_MODEL = (
    "кто ваш отдел контроля",
    "сколько сотрудников работает",
    "делаете ли вы подарочную упаковку",
    "заказал на 700 рублей как отправите",
)
_PLAIN = ("сколько стоит доставка", "дисплей iphone 11", "адрес офиса", "чехол samsung a12")


def main() -> None:
    """Print medians without and with the load, and what came of it."""
    with (
        tempfile.TemporaryDirectory(prefix="optfm-load-") as folder,
        serving(ModelServer(answer=extractive)) as model,
    ):
        os.chmod(folder, 0o711)  # the embedded Postgres walks through as its own user
        port, actions = free_port(), free_port()
        bot = subprocess.Popen(
            ["./optfm", "run"],
            cwd=ROOT,
            env={
                **os.environ,
                "OPTFM_VAR": f"{folder}/var",
                "OPTFM_LOGS": f"{folder}/logs",
                "RASA_PORT": str(port),
                "ACTIONS_PORT": str(actions),
                "DESK_PORT": str(free_port()),
                "AI_PROVIDER": "openai",
                "AI_MODEL": "m",
                "AI_API_KEY": KEY,
                "AI_BASE_URL": model.url,
                "AI_AT_ONCE": "50",
                "AI_QUEUE": "50",
                "AI_DAILY_TOKENS": "0",
                "AI_MONTHLY_RUB": "0",
                "AI_DIALOG_TOKENS": "0",
                "AI_USE": "answer",
                "DIALOG_MESSAGES_PER_10_S": "1000",
                "AI_TIMEOUT_S": "20",
            },
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            wait_for(port)
            database = Path(folder, "var", "postgres.url").read_text().strip()
            measured(port, model, connect(database))
        finally:
            bot.send_signal(signal.SIGINT)
            bot.wait(30)


def measured(port: int, model: ModelServer, database: Engine) -> None:
    """Rounds without and with the load by turns, and what came of it."""
    question = only_a_model(port)
    plain(port, ends=time.monotonic() + 3)  # warm
    model.delay_s = _SLOW_S
    both: list[tuple[float, float]] = []
    for number in range(_ROUNDS):
        without = plain(port, ends=time.monotonic() + _PLAIN_S)
        with database.begin() as connection:
            connection.execute(text("TRUNCATE llm_cache"))
        with concurrent.futures.ThreadPoolExecutor(_DIALOGS) as pool:
            asked = len(model.bodies)
            slow = [pool.submit(say, port, f"slow-{number}-{n}", question) for n in range(_DIALOGS)]
            # The turns themselves cost what any 50 messages do; what is measured is the waiting.
            while len(model.bodies) - asked < _DIALOGS:
                assert not any(one.done() for one in slow), "somebody did not wait for the model"
                time.sleep(0.05)
            loaded = plain(port, until=slow)
            took = [one.result() for one in slow]
        both.append((statistics.median(without), statistics.median(loaded)))
        print(
            f"без нагрузки {both[-1][0] * 1000:4.0f} мс ({len(without)} ответов), рядом с ней "
            f"{both[-1][1] * 1000:4.0f} мс ({len(loaded)}); {_DIALOGS} диалогов ждали модель "
            f"до {max(took):.1f} с",
            flush=True,
        )
    ratios = sorted(under / free for free, under in both)
    print(
        f"отношение: медиана {statistics.median(ratios):.2f}, все {[round(r, 2) for r in ratios]}"
    )


def only_a_model(port: int) -> str:
    """A question that this bot's rules do not answer."""
    for number, question in enumerate(_ONLY_A_MODEL):
        if answer(port, f"probe-{number}", question)[0].get("custom", {}).get("source") == "llm":
            return question
    raise SystemExit("every question is answered without a model: add another one")


def plain(
    port: int,
    *,
    ends: float = float("inf"),
    until: Sequence[concurrent.futures.Future[float]] = (),
) -> list[float]:
    """What plain questions take, one after the other, until the time or one of the others ends."""
    took: list[float] = []
    while time.monotonic() < ends and not any(one.done() for one in until):
        number = len(took)
        took.append(say(port, f"plain-{number % 7}-{ends}", _PLAIN[number % len(_PLAIN)]))
        time.sleep(0.05)
    return took


def say(port: int, dialog: str, words: str) -> float:
    """Seconds to the answer."""
    began = time.monotonic()
    assert answer(port, dialog, words), "an answer"
    return time.monotonic() - began


def answer(port: int, dialog: str, words: str) -> list[dict[str, Any]]:
    """What the bot says."""
    body = json.dumps({"sender": dialog, "message": words}).encode()
    url = f"http://127.0.0.1:{port}/webhooks/rest/webhook"
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as response:
        said: list[dict[str, Any]] = json.loads(response.read())
    return said


def wait_for(port: int) -> None:
    """Until the bot answers."""
    ends = time.monotonic() + 300
    while time.monotonic() < ends:
        try:
            say(port, "first", "привет")
            return
        except OSError:
            time.sleep(1)
    raise SystemExit("the bot did not start")


def free_port() -> int:
    """A port that nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
