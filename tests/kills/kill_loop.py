"""Kill a part of a working bot again and again while customers leave requests, then count.

    .venv/bin/python tests/kills/kill_loop.py [--kills 200]

`make kills` runs this; test_kills.py a short one. Ends with 0 only where every acknowledged
request is in the database once, the CRM stand-in holds exactly one lead of each, the mail server
one letter of each (a repetition bears the same Message-ID), and the managers' group its card.
"""

import argparse
import importlib.util
import mailbox
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import psycopg2
import requests

ROOT = Path(__file__).resolve().parents[2]
# The root first: `components` is the bot's, not the folder of its tests.
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from conftest import Bot, free_port, run_folder  # noqa: E402
from managers.group import Group, playing  # noqa: E402

#: How often each is killed: Rasa takes long to come back, and nothing happens without it.
_VICTIMS = {"worker": 5, "postgres": 3, "actions": 2, "rasa": 1}
#: Between kills, once Rasa answers.
_PAUSE_S = (0.1, 2.0)
_RASA_BACK_IN_S = 90
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
        letters, mail_port = stack.enter_context(_mail_server())
        group = stack.enter_context(
            playing(
                CRM_KIND="bitrix24",
                CRM_URL=f"{portal.url}/rest/1/secret",
                SMTP_URL=f"smtp://127.0.0.1:{mail_port}",
                NOTIFY_EMAIL="sales@example.ru",
                DIALOG_MESSAGES_PER_10_S="1000",
            )
        )
        bot = group.bot
        customers = Customers(bot)
        threads = [threading.Thread(target=customers.one, args=(n,)) for n in range(_CUSTOMERS)]
        for thread in threads:
            thread.start()
        done = _kill(bot, kills, chance)
        customers.stopping.set()
        for thread in threads:
            thread.join()
        told = _wait_until_told(bot)
        print("kills", done, "sum", sum(done.values()))
        return _count(bot, customers, Told(told, portal, letters, group))


@contextmanager
def _mail_server() -> Iterator[tuple[Path, int]]:
    """aiosmtpd by itself; the folder of what it took, and its port."""
    port = free_port()
    with run_folder() as folder:
        program = ROOT / "actions" / ".venv" / "bin" / "aiosmtpd"
        options = ("-n", "-l", f"127.0.0.1:{port}", "-c", "aiosmtpd.handlers.Mailbox")
        server = subprocess.Popen([program, *options, folder / "mail"])
        try:
            yield folder / "mail", port
        finally:
            server.terminate()
            server.wait()


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
        _wait_for_rasa(bot)
        time.sleep(chance.uniform(*_PAUSE_S))
        [name] = chance.choices(list(_VICTIMS), list(_VICTIMS.values()))
        with suppress(OSError, KeyError, ValueError):
            os.kill(bot.pid(name), signal.SIGKILL)
            done[name] += 1
    return done


def _wait_for_rasa(bot: Bot) -> None:
    deadline = time.monotonic() + _RASA_BACK_IN_S
    while time.monotonic() < deadline:
        with suppress(requests.RequestException):
            if requests.get(f"{bot.url}/webhooks/rest/", timeout=2).ok:
                return
        time.sleep(0.2)


def _wait_until_told(bot: Bot) -> bool:
    deadline = time.monotonic() + 240  # pauses have grown while parts were dead
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


@dataclass(frozen=True)
class Told:
    """What the far sides hold."""

    everything: bool  #: the outbox is empty
    portal: ModuleType
    letters: Path
    group: Group

    def faults(self, numbers: list[int]) -> dict[str, list]:
        """What is missing or doubled of these requests."""
        origins = [lead["ORIGIN_ID"] for lead in self.portal.leads.values()]
        ids = [letter["Message-ID"] for letter in mailbox.Maildir(self.letters)]
        mailed = [int(name.split("-")[1]) for name in set(ids)]
        cards = self._cards()
        print(
            "leads", len(origins), "letters", len(ids), "of them repeated", len(ids) - len(mailed)
        )
        print("cards in the group", len(cards), "of them repeated", len(cards) - len(set(cards)))
        return {
            "not told of": [] if self.everything else ["the outbox is not empty"],
            "leads missing": [n for n in numbers if f"request-{n}" not in origins],
            "leads doubled": [one for one in set(origins) if origins.count(one) > 1],
            "letters missing": [n for n in numbers if n not in mailed],
            "letters with another Message-ID": [n for n in numbers if mailed.count(n) > 1],
            "cards missing": [n for n in numbers if n not in cards],
        }

    def _cards(self) -> list[int]:
        threads = dict(self.group.sql("SELECT thread_id, request_id FROM topics"))
        log = self.group.telegram.ask("chat", chat=self.group.chat)
        return [
            threads[message["message_thread_id"]]
            for message in log
            if message.get("reply_markup") and message.get("message_thread_id") in threads
        ]


def _count(bot: Bot, customers: Customers, told: Told) -> int:
    stored = _rows(bot, "SELECT id, phone FROM requests")
    phones = [phone for _, phone in stored]
    by_phone = {phone: number for number, phone in stored}
    print("acknowledged", len(customers.acknowledged), "stored", len(stored))
    print("answers without a word", customers.silent)
    faults = {
        "acknowledged but not stored, or under another number": [
            phone
            for phone, numbers in customers.acknowledged.items()
            if numbers != {by_phone.get(phone)}
        ],
        "stored twice": [phone for phone in by_phone if phones.count(phone) > 1],
        **told.faults([number for number, _ in stored]),
    }
    for what, which in faults.items():
        print(f"{what}: {len(which)} {which[:5] if which else ''}")
    return int(any(faults.values()) or customers.silent > 0)


if __name__ == "__main__":
    sys.exit(main())
