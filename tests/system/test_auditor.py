"""What an auditor asks: show what you know of this phone, prove the consent, erase it, prove that.

One walk over a whole bot that goes on running; the steps stand in the order in which they are
asked.
"""

import json
import random
import subprocess
import time
import uuid

import psycopg2
import pytest
from conftest import ROOT, Bot

NAME = "Аграфена"
MASKED = "Квитанция №"


@pytest.fixture
def digits() -> str:
    """A number that nobody left before, without the country's code."""
    return f"912{random.randrange(10**7):07}"


def optfm(bot: Bot, *arguments: str, code: int = 0) -> str:
    """A command beside the running bot; what it printed."""
    done = subprocess.run(
        [str(ROOT / "optfm"), *arguments], env=bot.environ, capture_output=True, text=True
    )
    assert done.returncode == code, done.stderr
    return done.stdout + done.stderr


def everything(bot: Bot) -> str:
    """All text of the database, as a dump has it, and of every log file."""
    connection = psycopg2.connect(bot.db_url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        rows = []
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT CAST(t AS text) FROM {table} t")
            rows += [row for (row,) in cursor.fetchall()]
    connection.close()
    return "\n".join(rows) + in_logs(bot)


def in_logs(bot: Bot) -> str:
    """All log files."""
    return "\n".join(path.read_text("utf-8") for path in (bot.folder / "logs").glob("*.log*"))


def leave_request(bot: Bot, digits: str, customer: str) -> int:
    """A talk before it, contacts at once, and the number of the request."""
    phone = f"8 ({digits[:3]}) {digits[3:6]}-{digits[6:8]}-{digits[8:]}"
    bot.say("дисплей на айфон 11", customer)
    bot.say(f"перезвоните мне {phone}", customer)
    bot.say("Согласен", customer)
    bot.say(NAME, customer)
    for answer in ("-", "Да, верно", "Кохма"):
        bot.say(answer, customer)
    return bot.say("Отправить", customer)[0]["custom"]["request"]["id"]


def wait_for_the_log_table(bot: Bot, customer: str) -> None:
    """It is written aside, in batches."""
    connection = psycopg2.connect(bot.db_url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        for _ in range(100):
            cursor.execute("SELECT count(*) FROM logs WHERE dialog = %s", (customer,))
            if cursor.fetchone()[0] >= 16:  # eight turns
                break
            time.sleep(0.1)
    connection.close()


def test_the_auditors_walk(bot: Bot, digits: str):
    """Shown, proved, erased, proved; and a neighbour keeps everything."""
    customer, neighbour = uuid.uuid4().hex, uuid.uuid4().hex
    bot.say("чехол на а12", neighbour)
    number = leave_request(bot, digits, customer)
    wait_for_the_log_table(bot, customer)

    # Nothing personal is in the logs, even before anybody asks.
    assert NAME not in in_logs(bot) and digits[3:6] + "-" + digits[6:8] not in in_logs(bot)
    connection = psycopg2.connect(bot.db_url)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(text, ' ') FROM logs WHERE dialog = %s", (customer,))
        logged = cursor.fetchone()[0]
    connection.close()
    assert NAME not in logged and digits[-4:-2] + "-" + digits[-2:] not in logged

    # Show what you know of this phone.
    known = json.loads(optfm(bot, "export", "--phone", f"8{digits}"))
    tables = known["tables"]
    assert [row["id"] for row in tables["requests"]] == [number]
    assert tables["users"][0]["name"] == NAME
    assert {"events", "logs", "price_searches", "dialogs", "consents"} <= set(tables)

    # Prove the consent.
    [consent] = tables["consents"]
    assert "согласны" in consent["wording"] and "/consent" in consent["wording"]
    assert consent["version"] and consent["question_id"] and consent["message_id"]
    assert consent["asked_at"] < consent["given_at"]

    # Erase it.
    assert "events" in optfm(bot, "erase", "--phone", digits, "--dry-run")
    assert json.loads(optfm(bot, "export", "--phone", digits))["tables"] == tables
    assert MASKED in optfm(bot, "erase", "--phone", digits, "--yes")

    # Prove that.
    left = everything(bot)
    assert not any(trace in left for trace in (NAME, digits, customer))
    assert digits[3:6] + "-" + digits[6:8] not in left
    shown = json.loads(optfm(bot, "export", "--phone", digits))
    assert (shown["tables"], shown["log_lines"], shown["files"]) == ({}, [], [])
    [receipt] = shown["erasures"]
    assert receipt["counts"]["requests"] == 1 and digits not in json.dumps(receipt)
    [kept] = shown["consents_of_erased"]
    assert (kept["given_at"], kept["wording"]) == (consent["given_at"], consent["wording"])
    assert "ничего нет" in optfm(bot, "erase", "--phone", digits, "--yes")

    # The running bot brings nothing back, and goes on; the log's file, too.
    assert "Как к вам" not in bot.text("привет", customer)
    assert NAME not in everything(bot)
    assert neighbour in everything(bot)
    assert customer in in_logs(bot)


@pytest.mark.parametrize(
    "arguments",
    [
        ("erase",),
        ("erase", "--phone", "1", "--email", "a@b.ru"),
        ("erase", "--replay", "--dry-run"),
    ],
)
def test_an_unclear_order_to_erase_is_wrong_usage(bot: Bot, arguments: tuple[str, ...]):
    """Nobody is erased by guessing."""
    optfm(bot, *arguments, code=2)


def test_erasing_is_asked_for_once_more(bot: Bot, digits: str):
    """Without a yes nothing goes; what is no phone is refused in one line."""
    customer = uuid.uuid4().hex
    bot.say(f"перезвоните мне 8{digits}", customer)
    subprocess.run(
        [str(ROOT / "optfm"), "erase", "--phone", digits],
        env=bot.environ,
        input="n\n",
        text=True,
        capture_output=True,
    )
    assert json.loads(optfm(bot, "export", "--dialog", customer))["tables"]["events"]
    assert "не телефон" in optfm(bot, "erase", "--phone", "123", "--yes", code=1)
