"""A person of the site and of Telegram, with managers, files and two phones, is erased whole."""

import json
import queue
import random
import subprocess
import uuid
from collections.abc import Iterator
from typing import Any

import psycopg2
import pytest
import requests
import socketio
from conftest import ROOT
from managers.group import Customer, Group, eventually, got

_NAME = "Пелагея"
_PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


class Tab:
    """A page of the site with the chat open."""

    def __init__(self, group: Group) -> None:
        self.url = group.bot.url
        self.client, opened = socketio.Client(reconnection=False), queue.Queue[str]()
        self.client.on("session_confirm", opened.put)
        self.client.connect(self.url, transports=["websocket"])
        self.client.emit("session_request", {})
        self.session = opened.get(timeout=20)
        self.dialog = f"web:{self.session.partition('.')[0]}"

    def says(self, text: str) -> None:
        said = {"message": text, "message_id": uuid.uuid4().hex}
        assert self.client.call("user_uttered", said, timeout=30)["ok"]

    def sends_a_photo(self) -> None:
        headers = {"X-Session": self.session}
        answer = requests.post(
            f"{self.url}/webhooks/socketio/file",
            params={"name": f"{_NAME}.png"},
            data=_PNG,
            headers=headers,
            timeout=20,
        )
        assert answer.status_code == 200, answer.text

    def goes_on_in_telegram(self, customer: Customer) -> None:
        token = self.client.call("link_request", {}, timeout=30)["url"].partition("?start=")[2]
        customer.writes(f"/start {token}")
        customer.presses(got(customer, "Продолжить тот разговор"), "Да")
        got(customer, "Продолжаем разговор")


@pytest.fixture
def tab(group: Group) -> Iterator[Tab]:
    """A visitor."""
    visitor = Tab(group)
    yield visitor
    visitor.client.eio.disconnect(abort=True)


def optfm(group: Group, *arguments: str) -> str:
    """A command beside the running bot; what it printed."""
    command = [str(ROOT / "optfm"), *arguments]
    return subprocess.run(
        command, env=group.bot.environ, capture_output=True, text=True, check=True
    ).stdout


def everything(group: Group) -> str:
    """All rows of the database, and all files but the database's own, with their names."""
    connection = psycopg2.connect(group.bot.db_url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        rows = []
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT CAST(t AS text) FROM {table} t")
            rows += [row for (row,) in cursor.fetchall()]
    connection.close()
    folders = (group.bot.folder / name for name in ("logs", "var/files"))
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return "\n".join(
        [*rows, *(f"{path}\n{path.read_bytes().decode('utf-8', 'replace')}" for path in files)]
    )


def test_nothing_is_left_anywhere_of_who_wrote_in_two_places_and_to_managers(
    group: Group, tab: Tab
):
    """Found by the second phone; the proof of the consent is found by the first."""
    first, second = (f"9{random.randrange(16, 69)}{random.randrange(10**7):07}" for _ in range(2))
    customer: Any = group.customer(_NAME)
    customer.writes(f"это {_NAME}, мой номер 8-{first[:3]}-{first[3:]}")
    customer.waits_for(1)
    tab.goes_on_in_telegram(customer)
    for words in (
        "дисплей айфон 11",
        "оставить заявку",
        "Согласен",
        f"{_NAME}, +7 ({first[:3]}) {first[3:]}, 8 {second}, {_NAME}.example@example.ru",
        "Пропустить",
        "нужен дисплей",
        "Отправить",
        "Отправить",
    ):
        tab.says(words)
    topic = group.topic_of(f"+7{first}")
    mark = uuid.uuid4().hex
    for words in ("позовите человека", f"{mark} это снова {_NAME}"):
        tab.says(words)
    group.topic_of(mark)
    tab.sends_a_photo()
    group.writes(group.anna, topic, f"{_NAME}, перезвоню на {first}", photo={"name": "a.jpg"})
    group.writes(group.anna, topic, photo={"name": "a.jpg"}, caption=f"Вот, {_NAME}")
    got(customer, f"Вот, {_NAME}")
    group.telegram.tell("leave", chat=customer.chat)
    tab.client.eio.disconnect(abort=True)
    group.writes(group.anna, topic, f"Куда вы пропали, {_NAME}?")
    group.sees(topic, "Не доставлено")

    known = json.loads(optfm(group, "export", "--phone", second))
    assert known["tables"]["users"][0]["phone"] == f"+7{first}"
    assert len(known["files"]) >= 2 and known["tables"]["outbox"]
    traces = (_NAME, _NAME.lower(), first, second, tab.dialog, f"tg:{customer.chat}", mark)
    assert all(trace in everything(group) for trace in traces[:1] + traces[2:])
    optfm(group, "erase", "--phone", second, "--yes")
    left = everything(group)
    assert [trace for trace in traces if trace in left] == []
    assert not [m for m in left.splitlines() if second[3:] in "".join(filter(str.isdigit, m))]
    eventually(lambda: str(topic) not in group.telegram.ask("topics", chat=group.chat))

    shown = json.loads(optfm(group, "export", "--phone", first))
    assert (shown["tables"], shown["log_lines"], shown["files"]) == ({}, [], [])
    [consent] = shown["consents_of_erased"]
    assert tab.dialog not in json.dumps(consent) and consent["given_at"]
    assert "ничего нет" in optfm(group, "erase", "--dialog", tab.dialog, "--yes")
    assert "нечего" in optfm(group, "erase", "--replay")
    assert not any((group.bot.folder / "var" / file).exists() for file in known["files"])
