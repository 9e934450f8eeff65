"""The pictures of docs/guides/рабочее-место.md: `pytest tests/desk/pictures.py`."""

import pytest
from conftest import ROOT
from desk.desks import Customer

_IMAGES = ROOT / "docs" / "images"
_ROW = {"code": "УТ-90000051", "codes": ["УТ-90000051"], "name": "Дисплей совместим с Samsung A51",
        "price": 2450.0, "final_price": 2450.0, "status": "NEW"}  # fmt: skip
_PHONE = {"viewport": {"width": 390, "height": 760}, "device_scale_factor": 2}


@pytest.mark.parametrize("theme", ["light"])
def test_pictures(manager, customer, theme):
    """A morning at the desk: two wait, one is answered."""
    customer.says("сколько стоит дисплей на самсунг а51?")
    customer.hears("Вот что есть:", custom={"rows": [_ROW], "list_date": "2025-06-25"},
                   buttons=[{"title": "Позвать менеджера", "payload": "/x"}])  # fmt: skip
    customer.says("а если возьму 20 штук, какая цена?")
    waits = Customer(customer.desk).says("где мой заказ?").calls()
    waits.desk.do(
        "UPDATE dialogs SET since = now() - interval '12 minutes' WHERE external_id = %s",
        waits.dialog,
    )
    Customer(customer.desk).says("доставка в Тулу").hears("В Тулу доставим за 2 дня.")
    anna = manager("Анна", color_scheme=theme, viewport={"width": 1200, "height": 620})
    anna.open("/desk/").page.screenshot(path=str(_IMAGES / "рабочее-место-очередь.png"))
    anna.page.set_viewport_size({"width": 1200, "height": 900})
    anna.open(customer)
    anna.words.fill("Здравствуйте! На 20 штук сделаю")
    anna.page.screenshot(path=str(_IMAGES / "рабочее-место-диалог.png"))
    phone = manager("Анна", color_scheme="dark", **_PHONE)
    phone.open("/desk/").page.screenshot(path=str(_IMAGES / "рабочее-место-телефон.png"))
