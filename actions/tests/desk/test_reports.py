"""Reports at the desk: the numbers that the rows behind them add up to, for the owner only."""

import io
import re
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
from sqlalchemy import Engine

from optfm.reports import CHAPTERS, FUNNEL, REPORTS
from tests.reports.conftest import START, Shop

HOSTILE = '=cmd|"/c calc"!A1 <script>alert(1)</script> tg://"><img src=x>'
WEEK = {"from": "2026-11-23", "to": "2026-11-29"}


@pytest.fixture(scope="module", autouse=True)
def busy(server) -> Engine:
    """A week with everything in it."""
    with server.engine.begin() as connection:
        shop = Shop(connection)
        for n in range(12):
            dialog = f"r{n}"
            shop.asks(dialog, 10 + n, HOSTILE if n == 0 else f"дисплей модели {n}")
            shop.searches(dialog, 10 + n, f"паяльник т{n % 3}", "none" if n % 2 else "found")
            shop.bot(dialog, 11 + n, custom={"rows": [{"code": "1"}]})
            if n % 3 == 0:
                shop.bot(dialog, 12 + n, "utter_hand_off")
                shop.asks(dialog, 13 + n, "вы где", manager=True)
            if n % 6 == 0:
                shop.manager(dialog, 42 + n)
            if n == 5:
                shop.bot(dialog, 30, "utter_other_unknown")
                shop.orders(dialog, 60, shop.leaves_request(dialog, 50, "+79100000000"))
    return server.engine


@pytest.fixture
def owner(signed_in):
    return signed_in("Хозяйка", "owner")


def test_a_manager_sees_no_reports(signed_in):
    """Neither in the bar nor by the address."""
    client = signed_in("Пётр")
    assert "Отчёты" not in client.get("/desk/requests").text
    for place in ("", "/dialogs", "/dialogs.xlsx", "/vain/not-found", "/waits/dialogs"):
        assert client.get(f"/desk/reports{place}").status_code == 403
    assert client.post("/desk/reports/vain/not-found", data={}).status_code == 403


def test_every_number_has_its_definition_and_opens_its_rows(owner):
    """As many rows as it says, or people in them; the same in the book for Excel."""
    said = owner.get("/desk/reports", params=WEEK).text
    for name in [*(n for _, names in CHAPTERS for n in names), *FUNNEL]:
        report = REPORTS[name]
        assert report.definition in said.replace("&#39;", "'")
        assert f"/desk/reports/{name}?from=2026-11-23&amp;to=2026-11-29" in said
        behind = owner.get(f"/desk/reports/{name}", params=WEEK).text
        figure = re.search(r'class="figure">([\d ]+)', behind)
        assert figure
        book = owner.get(f"/desk/reports/{name}.xlsx", params=WEEK).content
        rows = list(openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows(min_row=2))
        if report.counts == "rows":
            assert len(rows) == int(figure[1].replace(" ", ""))
        assert "f" not in {cell.data_type for row in rows for cell in row}


def test_a_part_opens_its_own_rows(owner):
    """By the key in the address, whatever stands in it."""
    said = owner.get("/desk/reports/calls", params={**WEEK, "key": "utter_hand_off"}).text
    assert said.count(">открыть</a>") == 4
    odd = owner.get("/desk/reports/calls", params={**WEEK, "key": "' OR 1=1 --"}).text
    assert "ничего нет" in odd


def test_what_a_customer_wrote_is_text(owner):
    """In the page and in the address of his dialog."""
    said = owner.get("/desk/reports/dialogs", params=WEEK).text
    assert "&lt;script&gt;" in said
    assert "<script>alert" not in said
    assert "<img src=x" not in said


def test_waiting_is_told_with_those_who_still_wait(owner):
    """Two were answered after half an hour, two wait."""
    said = owner.get("/desk/reports/waits/dialogs", params=WEEK).text
    assert re.search(r'class="figure">30 мин', said)
    assert said.count(">ещё ждёт<") == 2


def test_what_was_asked_in_vain_is_decided_once(owner, server):
    """A verdict takes the group out of the list, and brings it into its own."""
    page = "/desk/reports/vain/not-found"
    said = owner.get(page, params=WEEK).text
    groups = re.findall(r'name="key" value="([0-9a-f]{64})"', said)
    assert len(groups) == 3
    done = owner.post(page, data={"key": groups[0], "verdict": "purchase",
                                  "back": "from=2026-11-23&to=2026-11-29"})  # fmt: skip
    assert done.headers["location"] == f"{page}?from=2026-11-23&to=2026-11-29"
    assert groups[0] not in owner.get(page, params=WEEK).text
    bought = owner.get(page, params={**WEEK, "verdict": "purchase"}).text
    assert groups[0] in bought
    assert "закупить, Хозяйка" in bought
    book = owner.get(f"{page}.xlsx", params={**WEEK, "verdict": "purchase"}).content
    rows = list(openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows(min_row=2))
    assert len(rows) == 1
    owner.post(page, data={"key": groups[0], "verdict": "open"})
    assert groups[0] in owner.get(page, params=WEEK).text


@pytest.mark.parametrize(
    "days", [{}, {"from": "чушь", "to": "2026-99-99"}, {"from": "2030-01-01", "to": "2020-01-01"},
             {"from": "0001-01-01"}, {"to": "1999-01-01"}],
)  # fmt: skip
def test_any_days_are_answered(owner, days: dict[str, str]):
    """What is no date is the last week; an empty week says what to do."""
    assert owner.get("/desk/reports", params=days).status_code == 200


def test_a_report_that_is_not_there_is_said_so(owner):
    """Nor a wait, nor a list."""
    assert owner.get("/desk/reports/secrets").status_code == 404
    assert owner.get("/desk/reports/waits/secrets").status_code == 422
    assert owner.get("/desk/reports/vain/secrets").status_code == 422


def test_the_clock_of_the_tests_is_in_that_week():
    """Else everything above would be true of nothing."""
    assert START.date().isoformat() == WEEK["from"]
    assert datetime.now(UTC) - START > -timedelta(days=1)
