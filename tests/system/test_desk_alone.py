"""A shop without a group in Telegram: its managers answer at the desk."""

import re
import subprocess
import time

import requests
from conftest import ROOT, Bot, run_folder


def _staff(bot: Bot, *words: str) -> str:
    done = subprocess.run(
        [str(ROOT / "optfm"), "staff", *words],
        env=bot.environ, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    return done.stdout.strip()


def test_customer_is_heard_answered_and_given_back():
    """Nobody with a password: a form. With one: a person is called, and the bot is silent."""
    with run_folder() as folder:
        bot = Bot(folder, {"WORK_HOURS": "24/7"}).start()
        try:
            assert "Зову менеджера" not in bot.text("позовите человека", "early")
            desk = f"http://127.0.0.1:{bot.desk_port}/desk"
            token = _staff(bot, "add", "Анна").rpartition("/")[2]
            anna = requests.Session()
            anna.headers["Sec-Fetch-Site"] = "same-origin"
            form = {"password": "четыре кота под зонтом", "again": "четыре кота под зонтом"}
            assert anna.post(f"{desk}/invitation/{token}", data=form, timeout=30).ok
            time.sleep(2.5)  # both processes look for the staff every 2 s
            assert "Зову менеджера" in bot.text("позовите человека", "masha")
            assert bot.say("вы тут?", "masha") == []
            assert anna.get(f"{desk}/waiting", timeout=30).json()["count"] == 1
            page = anna.get(f"{desk}/dialogs/masha", timeout=30).text
            fields = {
                "dialog": "masha", "text": "Слушаю вас",
                "seen": re.search(r'name="seen" value="(\d+)"', page)[1],
                "key": re.search(r'name="key" value="([0-9a-f]{32})"', page)[1],
            }  # fmt: skip
            assert anna.post(f"{desk}/answer", data=fields, timeout=30).ok
            assert [part["text"] for part in bot.say("счёт нужен", "masha")] == ["Слушаю вас"]
            back = {"dialog": "masha", "what": "release"}
            assert anna.post(f"{desk}/act", data=back, timeout=30).ok
            assert "Снова на связи бот" in bot.text("дисплей на айфон 11", "masha")
        finally:
            bot.stop()
