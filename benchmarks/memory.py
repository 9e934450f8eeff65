"""What the processes of a bot take with a price list in them, after a few hundred questions.

    .venv/bin/python benchmarks/memory.py [--prices FILE] [--questions 200]

Starts them as `make run` does, with a database of its own. The list is that of
OPTFM_REAL_PRICE_LIST, else the demo list. Ends with 1 where one takes more than it may. Needs a
trained model (`make train`).
"""

import argparse
import contextlib
import os
import subprocess
import sys
import time
import uuid
from pathlib import Path

import psutil
import requests
from turns import ACTIONS_PYTHON, ROOT, _postgres, _start, free_port, question, run_folder

#: Megabytes that each may take, of its own and shared ones (RSS).
LIMITS = {"rasa": 450, "actions": 200}


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    demo = ROOT / "prices" / "demo.xls"
    real = os.environ.get("OPTFM_REAL_PRICE_LIST")
    parser.add_argument("--prices", type=Path, default=Path(real) if real else demo)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--model", type=Path, default=ROOT / "models")
    parser.add_argument("--embeddings", default="local", help="EMBEDDINGS_PROVIDER")
    options = parser.parse_args()
    with run_folder() as folder, contextlib.ExitStack() as stack:
        url = stack.enter_context(_postgres(folder))
        environ = {
            **os.environ,
            "DB_URL": url,
            "OPTFM_VAR": str(folder / "var"),
            "OPTFM_LOGS": str(folder / "logs"),
            "DIALOG_MESSAGES_PER_10_S": "1000000",
            "EMBEDDINGS_PROVIDER": options.embeddings,
            "PYTHONWARNINGS": "ignore",
            "RASA_TELEMETRY_ENABLED": "false",
            "SANIC_HOST": "127.0.0.1",
            "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
            "TF_CPP_MIN_LOG_LEVEL": "3",
        }
        subprocess.run(
            [str(ROOT / "optfm"), "prices", "import", str(options.prices)],
            env=environ,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        actions_port, port = free_port(), free_port()
        endpoints = folder / "endpoints.yml"
        text = (ROOT / "endpoints.yml").read_text()
        endpoints.write_text(text.replace(":5055/", f":{actions_port}/"))
        began = {"actions": time.monotonic()}
        actions = _start(
            stack,
            folder,
            [ACTIONS_PYTHON, "-m", "optfm.dialogue", "--port", actions_port],
            {**environ, "PYTHONPATH": str(ROOT / "actions")},
            f"http://127.0.0.1:{actions_port}/health",
        )
        took = {"actions": time.monotonic() - began["actions"]}
        began["rasa"] = time.monotonic()
        command = [sys.executable, "-m", "components.lean", "run", "--interface", "127.0.0.1"]
        command += ["--port", port, "--model", options.model, "--endpoints", endpoints]
        rasa = _start(
            stack,
            folder,
            [*command, "--credentials", ROOT / "credentials.yml"],
            environ,
            f"http://127.0.0.1:{port}/webhooks/rest/",
        )
        took["rasa"] = time.monotonic() - began["rasa"]
        ask(port, options.questions)
        processes = {"rasa": psutil.Process(rasa.pid), "actions": psutil.Process(actions.pid)}
        print(f"\n{options.prices.name}, {options.questions} questions")
        print("| | started in s, processor s | MB | of its own MB | may take |")
        print("|---|---|---|---|---|")
        over = False
        for name, process in processes.items():
            memory, cpu = process.memory_full_info(), process.cpu_times()
            mb, own = memory.rss / 2**20, memory.uss / 2**20
            over |= mb > LIMITS[name]
            print(
                f"| {name} | {took[name]:.1f}, {cpu.user + cpu.system:.1f} | {mb:.0f} | {own:.0f}"
                f" | {LIMITS[name]} |"
            )
        raise SystemExit(int(over))


def ask(port: int, count: int) -> None:
    """Price questions, ten a dialog."""
    dialog = ""
    with requests.Session() as session:
        for turn in range(count):
            if turn % 10 == 0:
                dialog = uuid.uuid4().hex
            answer = session.post(
                f"http://127.0.0.1:{port}/webhooks/rest/webhook",
                json={"sender": dialog, "message": question(turn)},
                timeout=120,
            )
            assert answer.ok and answer.json(), answer.text


if __name__ == "__main__":
    main()
