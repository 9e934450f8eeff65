"""What the customer sees while parts of the whole bot die, hang and come back."""

import contextlib
import os
import signal
import threading
import time
import uuid

import psycopg2
import pytest
import requests
from conftest import Bot, run_folder

APOLOGY = "Извините, сейчас не получилось ответить"


@pytest.fixture(scope="module")
def broken_bot():
    """A bot whose processes the tests of this module kill and stop, one after the other."""
    with run_folder() as folder:
        bot = Bot(folder, environ={"DIALOG_MESSAGES_PER_10_S": "1000"}).start()
        yield bot
        bot.stop()


@pytest.fixture
def customer():
    """A dialog of the test's own."""
    return f"customer-{uuid.uuid4().hex}"


def _sql(bot, query, *values):
    with contextlib.closing(psycopg2.connect(bot.db_url)) as connection:
        connection.set_session(autocommit=True)
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchall()


def _eventually(bot, words, message, customer):
    """Ask until the answer has these words; a minute is what a restart may take."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with contextlib.suppress(requests.RequestException):
            if words in bot.text(message, customer):
                return
        time.sleep(0.5)
    pytest.fail(f"no «{words}» within a minute")


def _await_another(bot, name, killed):
    """Wait until the supervisor has started the process anew."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError, ValueError, KeyError):  # being written, not there yet
            if bot.pid(name) != killed:
                return
        time.sleep(0.1)
    pytest.fail(f"{name} is not restarted")


class Load:
    """Four customers who ask one price after the other and note what they were told."""

    def __init__(self, bot):
        self._bot = bot
        self._over = threading.Event()
        self.dialogs = [f"load-{uuid.uuid4().hex}" for _ in range(4)]
        self.answered = []
        self.strange = []

    def __enter__(self):
        self._threads = [threading.Thread(target=self._ask, args=(d,)) for d in self.dialogs]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *exc):
        self._over.set()
        for thread in self._threads:
            thread.join()

    def answers(self, count):
        """Wait until so many more questions are answered."""
        deadline, enough = time.monotonic() + 90, len(self.answered) + count
        while len(self.answered) < enough:
            assert time.monotonic() < deadline, "no answers"
            time.sleep(0.05)

    def _ask(self, dialog):
        number = 0
        while not self._over.is_set():
            number += 1
            question = f"дисплей iphone 11, {number} шт"
            try:
                said = self._bot.text(question, dialog)
            except requests.RequestException:  # Rasa itself is being restarted
                time.sleep(0.2)
                continue
            if "₽" in said:
                self.answered.append((dialog, question))
            elif APOLOGY not in said:
                self.strange.append(said)


@pytest.mark.parametrize("name", ["actions", "postgres", "rasa"])
def test_a_process_killed_under_load_loses_and_repeats_nothing(broken_bot, name):
    """Every question that got its price is stored once; all others got the apology."""
    with Load(broken_bot) as load:
        load.answers(8)
        killed = broken_bot.pid(name)
        os.kill(killed, signal.SIGKILL)
        _await_another(broken_bot, name, killed)
        load.answers(8)
    stored = _sql(
        broken_bot,
        "SELECT dialog, text FROM messages WHERE dialog = ANY(%s) AND author = 'customer'",
        load.dialogs,
    )
    assert load.strange == []
    assert len(stored) == len(set(stored))
    assert set(load.answered) <= set(stored)


def test_a_form_goes_on_after_the_action_server_died(broken_bot, customer):
    """The apology, the same question again, and then the answer counts."""
    assert broken_bot.text("оставить заявку", customer)
    killed = broken_bot.pid("actions")
    os.kill(killed, signal.SIGSTOP)  # it hangs: the hardest way to be away
    try:
        assert APOLOGY in broken_bot.text("/affirm", customer)
    finally:
        os.kill(killed, signal.SIGKILL)
    _eventually(broken_bot, "₽", "дисплей iphone 11", customer + "2")
    consent = _sql(
        broken_bot,
        "SELECT data FROM events WHERE sender_id = %s AND type_name = 'active_loop'",
        customer,
    )
    assert "request_form" in consent[-1][0]
    assert APOLOGY not in broken_bot.text("да, согласен", customer)


def test_a_postgres_that_hangs_is_apologised_for(broken_bot, customer):
    """The process is there and does not answer; other answers come as soon as it does."""
    assert broken_bot.text("сколько стоит доставка", customer)
    backends = [
        pid
        for (pid,) in _sql(broken_bot, "SELECT pid FROM pg_stat_activity WHERE datname = 'optfm'")
    ]
    postmaster = broken_bot.pid("postgres")
    for pid in (postmaster, *backends):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGSTOP)
    try:
        assert APOLOGY in broken_bot.text("сколько стоит доставка", customer)
    finally:
        for pid in (postmaster, *backends):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)
    _eventually(broken_bot, "₽", "сколько стоит доставка", customer)


@pytest.mark.parametrize(
    "message",
    ["x" * 100_000, "😀😀", "\x00", "???", "", "дисплей\x00 iphone 11", "/", "/restart"],
    ids=lambda message: repr(message[:12]),
)
def test_strange_messages_get_a_civil_answer(bot: Bot, customer, message):
    """The whole bot answers whatever is typed."""
    assert bot.text(message, customer)
