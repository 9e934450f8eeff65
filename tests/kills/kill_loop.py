"""Kill a part of a working bot again and again while customers leave requests, then count.

    .venv/bin/python tests/kills/kill_loop.py [--kills 200]

`make kills` runs this; test_kills.py a short one. Ends with 0 only where every acknowledged
request is in the database once, and the CRM stand-in holds exactly one lead of each request.
"""

import argparse
import importlib.util
import os
import random
import signal
import sys
import threading
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import psycopg2
import requests

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from conftest import Bot, run_folder  # noqa: E402

_VICTIMS = ("rasa", "actions", "worker", "postgres")
#: Between kills: a part comes back within this, mostly.
_PAUSE_S = (0.5, 3.5)
_CUSTOMERS = 3
_PATIENCE_S = 120
#: What a customer answers to each question of the form.
_ANSWERS = {
    "consent": "Согласен",
    "name": "Анна",
    "email": "Пропустить",
    "about": "дисплей на а12",
    "town": "Пропустить",
    "confirm": "Отправить",
}


@dataclass
class Customers:
    """People who leave one request after another, each with a phone of its own."""

    bot: Bot
    acknowledged: dict[str, set[int]] = field(default_factory=dict)  #: numbers by phone
    silent: int = 0  #: answers of 200 without a word
    stopping: threading.Event = field(default_factory=threading.Event)

    def one(self, seed: int) -> None:
        """Leave requests until the kills are over."""
        count = 0
        while not self.stopping.is_set():
            self._leave(f"+7910{seed:02}{count:05}", f"customer-{seed}-{count}")
            count += 1

    def _leave(self, phone: str, sender: str) -> None:
        says, deadline = "оставить заявку", time.monotonic() + _PATIENCE_S
        while time.monotonic() < deadline:
            answers = self._say(sender, says)
            if answers is None:  # the server is away: the same once more
                time.sleep(0.3)
                continue
            custom = [answer.get("custom") or {} for answer in answers]
            for part in custom:
                if number := part.get("request", {}).get("id"):
                    self.acknowledged.setdefault(phone, set()).add(number)
                    return
            fields = [part["form"]["field"] for part in custom if "form" in part]
            if fields:
                says = _ANSWERS.get(fields[-1], phone)

    def _say(self, sender: str, text: str) -> list[dict] | None:
        try:
            answer = requests.post(
                f"{self.bot.url}/webhooks/rest/webhook",
                json={"sender": sender, "message": text},
                timeout=40,
            )
        except requests.RequestException:
            return None
        if answer.status_code != 200:
            return None
        self.silent += not answer.json()
        return answer.json() or None


def main() -> int:
    """Kill, wait until all is told, count; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    return run(asked.kills, random.Random(asked.seed))


def run(kills: int, chance: random.Random) -> int:
    """The whole of it: 0 where nothing was lost or doubled."""
    peers = _stand_ins()
    with ExitStack() as stack:
        portal = stack.enter_context(peers.serving(peers.Portal()))
        folder = stack.enter_context(run_folder())
        crm = {"CRM_KIND": "bitrix24", "CRM_URL": f"{portal.url}/rest/1/secret"}
        bot = Bot(folder, {**crm, "DIALOG_MESSAGES_PER_10_S": "1000"}).start()
        stack.callback(bot.stop)
        customers = Customers(bot)
        threads = [threading.Thread(target=customers.one, args=(n,)) for n in range(_CUSTOMERS)]
        for thread in threads:
            thread.start()
        done = _kill(bot, kills, chance)
        customers.stopping.set()
        for thread in threads:
            thread.join()
        told = _wait_until_told(bot)
        return _count(bot, customers, portal, done, told)


def _stand_ins() -> ModuleType:
    """actions/tests/peers/crm.py, which needs nothing but the standard library."""
    path = ROOT / "actions" / "tests" / "peers" / "crm.py"
    spec = importlib.util.spec_from_file_location("crm_stand_ins", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _kill(bot: Bot, kills: int, chance: random.Random) -> dict[str, int]:
    done = dict.fromkeys(_VICTIMS, 0)
    while sum(done.values()) < kills:
        time.sleep(chance.uniform(*_PAUSE_S))
        name = chance.choice(_VICTIMS)
        with suppress(OSError, KeyError, ValueError):
            os.kill(bot.pid(name), signal.SIGKILL)
            done[name] += 1
    return done


def _wait_until_told(bot: Bot) -> bool:
    deadline = time.monotonic() + 240  # jobs of a dead worker are taken up once a minute
    while time.monotonic() < deadline:
        with suppress(psycopg2.Error):
            if _rows(bot, "SELECT 1 FROM outbox WHERE status <> 'sent' LIMIT 1") == []:
                return True
        time.sleep(1)
    return False


def _rows(bot: Bot, question: str) -> list[tuple]:
    connection = psycopg2.connect(bot.db_url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchall()
    finally:
        connection.close()


def _count(
    bot: Bot, customers: Customers, portal: ModuleType, done: dict[str, int], told: bool
) -> int:
    stored = _rows(bot, "SELECT id, phone FROM requests")
    phones = [phone for _, phone in stored]
    by_phone = {phone: number for number, phone in stored}
    faults = {
        "acknowledged but not stored, or under another number": [
            phone
            for phone, numbers in customers.acknowledged.items()
            if numbers != {by_phone.get(phone)}
        ],
        "stored twice": [phone for phone in by_phone if phones.count(phone) > 1],
        "not told of": [] if told else ["the outbox is not empty"],
    }
    origins = [lead["ORIGIN_ID"] for lead in portal.leads.values()]
    faults["leads missing"] = [n for n, _ in stored if f"request-{n}" not in origins]
    faults["leads doubled"] = [origin for origin in set(origins) if origins.count(origin) > 1]
    print("kills", done, "sum", sum(done.values()))
    print("acknowledged", len(customers.acknowledged), "stored", len(stored), "leads", len(origins))
    print("answers without a word", customers.silent)
    for what, which in faults.items():
        print(f"{what}: {len(which)} {which[:5] if which else ''}")
    return int(any(faults.values()) or customers.silent > 0)


if __name__ == "__main__":
    sys.exit(main())
