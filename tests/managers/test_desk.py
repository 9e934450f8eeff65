"""A dialog at the desk and in a topic of the group: one talk, each answer once."""

import hashlib
import re
import secrets
from urllib.parse import quote

import psycopg2
import requests
from managers.group import Group, eventually
from managers.test_hand_off import called


def _sign_in(group: Group, name: str) -> requests.Session:
    """A browser of somebody who is signed in at the desk of the group's bot."""
    token = secrets.token_urlsafe(32)
    connection = psycopg2.connect(group.bot.db_url)
    with connection, connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO staff (name, login, role, password) VALUES (%s, %s, 'manager', 'x')"
            " ON CONFLICT (login) DO UPDATE SET name = excluded.name RETURNING id",
            (name, name.casefold()),
        )
        (number,) = cursor.fetchone()
        cursor.execute(
            "INSERT INTO staff_sessions (token_sha256, staff_id, address) VALUES (%s, %s, '')",
            (hashlib.sha256(token.encode()).hexdigest(), number),
        )
    connection.close()
    browser = requests.Session()
    browser.cookies["desk"] = token
    browser.headers["Sec-Fetch-Site"] = "same-origin"
    return browser


def _form(browser: requests.Session, desk: str, dialog: str) -> dict[str, str]:
    """The fields of the answer's form."""
    page = browser.get(f"{desk}/dialogs/{quote(dialog, safe='')}", timeout=30).text
    return {
        "dialog": dialog,
        "seen": re.search(r'name="seen" value="(\d+)"', page)[1],
        "key": re.search(r'name="key" value="([0-9a-f]{32})"', page)[1],
    }


def test_desk_and_topic_see_each_other_and_the_customer_gets_each_answer_once(group: Group):
    """Written at the desk it stands in the topic; written in the topic it stands at the desk."""
    customer, topic = called(group)
    olga, desk = _sign_in(group, "Ольга"), f"http://127.0.0.1:{group.bot.desk_port}/desk"
    fields = {**_form(olga, desk, customer), "text": "Отвечаю с рабочего места"}
    done = olga.post(f"{desk}/answer", data=fields, timeout=30, allow_redirects=False)
    assert done.status_code == 303
    group.sees(topic, "Отвечаю с рабочего места")
    group.writes(group.anna, topic, "А я из группы")
    eventually(lambda: "А я из группы" in olga.get(f"{desk}/dialogs/{customer}", timeout=30).text)
    stale = olga.post(f"{desk}/answer", data={**fields, "key": "0" * 32}, timeout=30)
    assert stale.status_code == 409
    read = [part["text"] for part in group.bot.say("жду", customer)]
    assert read == ["Отвечаю с рабочего места", "А я из группы"]
