"""An order as a file on the site, dropped and chosen, and the offer that comes back."""

import base64
from pathlib import Path

import pytest
from widget.browsing import PHONE
from workbook import first_sheet, workbook

_ORDER = workbook(
    [("Наименование", "Кол-во"), ("дисплей iPhone 11 Incell", 2), ("аккумулятор iPhone XR", 5)]
)
_DROP = """([name, content]) => {
    const bytes = Uint8Array.from(atob(content), (one) => one.charCodeAt(0));
    const held = new DataTransfer();
    held.items.add(new File([bytes], name));
    return held;
}"""


@pytest.mark.parametrize("way", ["dropped", "chosen"])
def test_a_file_becomes_cards_and_its_offer_is_downloaded(visit, tmp_path: Path, way: str):
    """On a desktop by dropping it, on a phone by choosing it."""
    visitor = visit(**(PHONE if way == "chosen" else {})).open()
    page = visitor.page
    if way == "dropped":
        held = page.evaluate_handle(_DROP, ["заказ.xlsx", base64.b64encode(_ORDER).decode()])
        for event in ("dragover", "drop"):
            page.locator(".scroll").dispatch_event(event, {"dataTransfer": held})
    else:
        file = tmp_path / "заказ.xlsx"
        file.write_bytes(_ORDER)
        page.locator("input[type=file]").set_input_files(file)
    page.locator(".card.line").nth(1).wait_for()
    assert page.locator(".card.line").count() == 2
    visitor.ask("самые дешёвые")
    visitor.ask("пришли файлом")
    link = page.locator("a.file").last
    sent = page.request.get(link.get_attribute("href") or "")
    lines = [row for row in first_sheet(sent.body()) if row and row[0] in ("1", "2")]
    assert [float(row[4]) for row in lines] == [2, 5]


def test_a_broken_file_gets_a_sentence(visit, tmp_path: Path):
    """And no card."""
    visitor = visit().open()
    file = tmp_path / "заказ.xlsx"
    file.write_bytes(b"PK\x03\x04 broken")
    visitor.page.locator("input[type=file]").set_input_files(file)
    visitor.page.locator(".bubble", has_text="повреждён").wait_for()
    assert visitor.page.locator(".card").count() == 0
