"""FAQ and price answers beside 50 dialogs that wait for a model of 10 s, in one run.

Starts a bot of its own (free ports, its own folder) and a stand-in model:
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
from pathlib import Path

from tests.peers.models import KEY, ModelServer, extractive, serving

ROOT = Path(__file__).resolve().parents[1]
_DIALOGS, _ROUNDS, _SLOW_S = 50, 60, 10.0
#: No rule knows it and it is long: the model is asked what it is about.
_RAMBLING = "работаете ли вы в ночь на новый год"
_PLAIN = ("сколько стоит доставка", "дисплей iphone 11", "адрес офиса", "чехол samsung a12")


def main() -> None:
    """Print medians without and with the load, and what came of it."""
    with (
        tempfile.TemporaryDirectory(prefix="optfm-load-") as folder,
        serving(ModelServer(answer=extractive, delay_s=_SLOW_S)) as model,
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
                "AI_PROVIDER": "openai",
                "AI_MODEL": "m",
                "AI_API_KEY": KEY,
                "AI_BASE_URL": model.url,
                "AI_AT_ONCE": "50",
                "AI_QUEUE": "50",
                "AI_DAILY_TOKENS": "0",
                "AI_MONTHLY_RUB": "0",
                "AI_TIMEOUT_S": "20",
            },
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            wait_for(port)
            measured(port, model)
        finally:
            bot.send_signal(signal.SIGINT)
            bot.wait(30)


def measured(port: int, model: ModelServer) -> None:
    """Warm up, then without, with, and without the load again."""
    seconds(port, rounds=20)
    before = seconds(port, rounds=_ROUNDS)
    with concurrent.futures.ThreadPoolExecutor(_DIALOGS) as pool:
        asked = len(model.bodies)
        slow = [pool.submit(say, port, f"slow-{n}", _RAMBLING) for n in range(_DIALOGS)]
        # The turns themselves cost what any 50 messages do; what is measured is the waiting.
        while len(model.bodies) - asked < _DIALOGS and not slow[0].done():
            time.sleep(0.05)
        loaded = seconds(port, until=slow)
        took = [one.result() for one in slow]
    after = seconds(port, rounds=_ROUNDS)
    plain = statistics.median(before + after)
    print(
        f"модель спрошена: {len(model.bodies)}; ответ {_DIALOGS} диалогам через {max(took):.1f} с"
    )
    print(f"вопросы и цены без нагрузки: {plain * 1000:.0f} мс ({len(before + after)} ответов)")
    under = statistics.median(loaded)
    print(f"рядом с нагрузкой: {under * 1000:.0f} мс ({len(loaded)} ответов), {under / plain:.2f}x")


def seconds(
    port: int, *, rounds: int = 10_000, until: list[concurrent.futures.Future[float]] | None = None
) -> list[float]:
    """What plain questions take, one after the other, until the rounds or the others are over."""
    took = []
    for number in range(rounds):
        if until and any(one.done() for one in until):
            break
        took.append(say(port, f"plain-{number % 7}", _PLAIN[number % len(_PLAIN)]))
        time.sleep(0.05)
    return took


def say(port: int, dialog: str, text: str) -> float:
    """Seconds to the answer."""
    body = json.dumps({"sender": dialog, "message": text}).encode()
    url = f"http://127.0.0.1:{port}/webhooks/rest/webhook"
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    began = time.monotonic()
    with urllib.request.urlopen(request, timeout=60) as response:
        assert json.loads(response.read()), "an answer"
    return time.monotonic() - began


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
