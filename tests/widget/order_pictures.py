"""The pictures of docs/guides/заказы.md: `pytest tests/widget/order_pictures.py`."""

from conftest import ROOT

_IMAGES = ROOT / "docs" / "images"
_WIDE = {"viewport": {"width": 900, "height": 860}, "color_scheme": "light"}
_PHONE = {
    "viewport": {"width": 390, "height": 780},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
    "color_scheme": "dark",
}
_LIST = "\n".join(
    ("дисплей iPhone 11 — 2", "аккумулятор iPhone XR 5 шт", "чехол на iPhone 13 3 шт", "утюг 1")
)


def test_pictures(visit):
    """A list becomes lines, a line is chosen, an edit is told, the offer is printed."""
    visitor = visit(**_WIDE).open()
    visitor.ask(_LIST)
    visitor.page.wait_for_timeout(800)
    visitor.page.screenshot(path=str(_IMAGES / "заказ-список.png"))
    visitor.ask("самые дешёвые")
    visitor.ask("аккумуляторов сделай 10, чехлы не надо")
    visitor.page.wait_for_timeout(800)
    visitor.page.screenshot(path=str(_IMAGES / "заказ-правка.png"))
    visitor.ask("пришли файлом")
    said = visitor.said("bot")[-1]
    page = next(word for word in said.split() if word.startswith("http"))
    visitor.page.goto(page.rstrip(".,"))
    visitor.page.screenshot(path=str(_IMAGES / "заказ-предложение.png"))
    phone = visit(**_PHONE).open()
    phone.ask(_LIST)
    phone.page.wait_for_timeout(800)
    phone.page.screenshot(path=str(_IMAGES / "заказ-телефон.png"))
