"""Every number again, counted in Python from the bare tables: neither by the reports' SQL nor by
the views that they read."""

import json
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, text

from common.work_hours import WorkHours
from optfm.reports import REPORTS, Period, number, parts, rows
from optfm.reports.waiting import share, waits
from tests.reports.conftest import Shop

ZONE = ZoneInfo("Europe/Moscow")
WEEK = Period(first=date(2026, 11, 24), last=date(2026, 11, 27), zone=ZONE)
NOW = datetime.fromisoformat("2026-12-01T12:00:00+03:00")
HOURS = WorkHours.read("Mon-Fri 09:00-18:00; Sat 10:00-14:00")
DAY = 24 * 60


def _busy_week(shop: Shop, seed: int) -> None:
    """Some hundred dialogs of all kinds, from before the period until after it."""
    chance = random.Random(seed)
    gives_way = ["utter_hand_off", "utter_hand_off_calm", "utter_hand_off_failure",
                 "utter_hand_off_closed", "utter_call_manager", "utter_sorry"]  # fmt: skip
    for n in range(120):
        dialog, minute = f"d{n}", chance.uniform(0, 6 * DAY)
        with_manager = False
        for _ in range(chance.randint(1, 8)):
            minute += chance.uniform(1, 300)
            shop.asks(
                dialog, minute, chance.choice(["цена", "привет", "акб"]), manager=with_manager
            )
            minute += 0.1
            event = chance.random()
            if with_manager:
                if event < 0.6:
                    shop.manager(dialog, minute + chance.uniform(0, 400))
                    minute += 400
                with_manager = event < 0.8
            elif event < 0.45:
                kind = chance.choice(["found", "none", "ask"])
                shop.searches(dialog, minute, "дисплей a12", kind)
                if kind == "none":
                    shop.watches(dialog, minute, chance.choice(["on", "told", "off", "over"]))
                shown = {"rows": [{"code": "1", "price": 5}] if kind == "found" else []}
                shop.bot(dialog, minute, custom=shown)
            elif event < 0.6:
                response = chance.choice(gives_way)
                shop.bot(dialog, minute, response)
                with_manager = response.startswith("utter_hand_off") and "closed" not in response
            elif event < 0.7:
                shop.bot(
                    dialog, minute, chance.choice(["utter_other_unknown", "utter_topic_unsaid"])
                )
            elif event < 0.85:
                phone = f"+7910000{chance.randint(0, 30):04}"
                request = shop.leaves_request(
                    dialog, minute, phone, taken_after=chance.choice([None, 5, 2000])
                )
                if chance.random() < 0.6:
                    shop.orders(dialog, minute, request)
            else:
                shop.bot(dialog, minute, "utter_faq_hours")


@dataclass
class Recount:
    """The bare tables, in Python."""

    connection: Connection
    events: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for sender, at, data in self.connection.execute(
            text('SELECT sender_id, "timestamp", data FROM events ORDER BY id')
        ):
            self.events[sender].append({**json.loads(data), "at": datetime.fromtimestamp(at, ZONE)})
        users = self.connection.execute(text("SELECT external_id, user_id FROM dialogs")).all()
        self.users = {dialog: user for dialog, user in users if user}

    def table(self, name: str) -> list[dict[str, Any]]:
        return [dict(r) for r in self.connection.execute(text(f"SELECT * FROM {name}")).mappings()]

    def person(self, dialog: str) -> object:
        return self.users.get(dialog, dialog)

    def inside(self, moment: datetime | None) -> bool:
        return moment is not None and WEEK.first <= moment.astimezone(ZONE).date() <= WEEK.last

    def said(self, who: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for dialog, events in self.events.items():
            for event in events:
                metadata = event.get("metadata") or {}
                author = "manager" if metadata.get("manager") else event["event"]
                if author == who and self.inside(event["at"]):
                    yield dialog, event

    def dialogs(self) -> set[str]:
        return {dialog for dialog, _ in self.said("user")}

    def gave_way(self) -> list[tuple[str, dict[str, Any]]]:
        ways = ("utter_hand_off", "utter_call_manager", "utter_sorry")
        return [
            (d, e) for d, e in self.said("bot")
            if (e["metadata"].get("utter_action") or "").startswith(ways)
        ]  # fmt: skip

    def requests(self) -> list[dict[str, Any]]:
        names = {d["id"]: d["external_id"] for d in self.table("dialogs")}
        return [
            {**r, "dialog": names[r["dialog_id"]]}
            for r in self.table("requests") if self.inside(r["created_at"])
        ]  # fmt: skip

    def alone(self) -> set[str]:
        people = {d for d, _ in self.said("manager")} | {d for d, _ in self.gave_way()}
        return self.dialogs() - people - {r["dialog"] for r in self.requests()}

    def funnel(self) -> list[int]:
        names = {d["id"]: d["external_id"] for d in self.table("dialogs")}
        asked = {s["dialog"] for s in self.table("price_searches") if self.inside(s["at"])}
        asked |= {o["dialog"] for o in self.table("orders") if self.inside(o["created_at"])}
        priced = {d for d, e in self.said("bot") if (e["data"].get("custom") or {}).get("rows")}
        agreed = {
            names[c["dialog_id"]] for c in self.table("consents") if self.inside(c["given_at"])
        }
        sent = {o["dialog"] for o in self.table("orders") if self.inside(o["sent_at"])}
        steps = [asked, priced, agreed, {r["dialog"] for r in self.requests()}, sent]
        counts, those = [], None
        for step in steps:
            people = {self.person(d) for d in step}
            those = people if those is None else those & people
            counts.append(len(those))
        return counts

    def waited(self) -> tuple[list[float], int]:
        """Minutes of those who were answered, and how many are still waiting."""
        minutes, still = [], 0
        for events in self.events.values():
            since = None
            for event in events:
                metadata = event.get("metadata") or {}
                called = metadata.get("utter_action") in (
                    "utter_hand_off", "utter_hand_off_calm", "utter_hand_off_failure",
                )  # fmt: skip
                if event["at"] < WEEK.since:
                    continue
                if (called or metadata.get("to") == "manager") and since is None:
                    since = event["at"]
                elif metadata.get("manager") and since is not None:
                    if since < WEEK.until:
                        minutes.append(_minute_by_minute(since, event["at"]))
                    since = None
            still += since is not None and since < WEEK.until
        return minutes, still


def _minute_by_minute(began: datetime, ended: datetime) -> float:
    """Working time, counted up minute by minute."""
    seconds, moment, step = 0.0, began, timedelta(seconds=60)
    while moment < ended:
        seconds += 60 if HOURS.open_at(moment.astimezone(ZONE)) else 0
        moment += step
    return seconds / 60


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_number_is_what_the_tables_hold(shop: Shop, seed: int):
    """Counted twice, by two people who did not look at each other's query."""
    _busy_week(shop, seed)
    mine = Recount(shop.connection)
    searches = [s for s in mine.table("price_searches") if mine.inside(s["at"])]
    misses = [
        e for _, e in mine.said("bot")
        if e["metadata"].get("utter_action") in ("utter_other_unknown", "utter_topic_unsaid")
    ]  # fmt: skip
    expected = {
        "dialogs": len(mine.dialogs()),
        "people": len({mine.person(d) for d in mine.dialogs()}),
        "alone": len(mine.alone()),
        "calls": len(mine.gave_way()),
        "requests": len(mine.requests()),
        "hours": len(list(mine.said("user"))),
        "not-found": sum(s["answer"] == "none" for s in searches),
        "found": sum(s["answer"] == "found" for s in searches),
        "not-answered": len(misses),
        "watches": sum(mine.inside(watch["created_at"]) for watch in mine.table("watches")),
        **dict(zip(("asked", "priced", "agreed", "requested", "ordered"), mine.funnel(),
                   strict=True)),
    }  # fmt: skip
    told = {name: int(number(shop.connection, REPORTS[name], WEEK)) for name in expected}
    assert told == expected
    assert min(expected.values()) > 0, "a number that is nought proves nothing"


@pytest.mark.parametrize("seed", [4, 5])
def test_waiting_is_what_a_clock_would_show(shop: Shop, seed: int):
    """In working hours, by managers' words only, and whoever waits still is told apart."""
    _busy_week(shop, seed)
    minutes, still = Recount(shop.connection).waited()
    told = waits(shop.connection, WEEK, of="dialogs", is_open=HOURS.open_at, now=NOW)
    assert sorted(w.minutes for w in told.answered) == pytest.approx(sorted(minutes), abs=2.1)
    assert len(told.open) == still
    assert len(minutes) > 5


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_a_number_has_its_rows_behind_it(shop: Shop, name: str):
    """As many rows, or people, as the number says; and so for each bar."""
    _busy_week(shop, 6)
    report = REPORTS[name]
    whole = rows(shop.connection, report, WEEK, limit=100_000)

    def counted(some: list[Any]) -> float:
        if report.counts == "people":
            return len({row.person for row in some})
        if report.counts == "roubles":
            return float(sum(row.amount for row in some))
        return len(some)

    assert counted(whole) == number(shop.connection, report, WEEK)
    for part in parts(shop.connection, report, WEEK, most=5):
        behind = rows(shop.connection, report, WEEK, key=part.key, limit=100_000)
        assert counted(behind) == part.number
        assert all(row.key == part.key for row in behind)


@pytest.mark.parametrize(
    ("values", "part", "is_"),
    [([1.0], 0.5, 1.0), ([1, 2, 3, 4], 0.5, 2), ([1, 2, 3], 0.5, 2),
     (list(range(1, 11)), 0.9, 9), (list(range(1, 12)), 0.9, 10), ([5, 1], 0.9, 5)],
)  # fmt: skip
def test_a_median_is_a_value_that_somebody_waited(values: list[float], part: float, is_: float):
    """The smallest that this part of all does not exceed."""
    assert share(values, part) == is_
    assert share([], part) is None
