"""An order as a document in Telegram, and the offer that comes back as one."""

import base64

import pytest
import requests
from managers.group import Group, eventually, got, group
from running import TOKEN
from workbook import first_sheet, workbook

__all__ = ["group"]

_LINES = (("дисплей iPhone 11 Incell", 2), ("аккумулятор iPhone XR", 5), ("кабель Type-C", 10))

_CONTENTS = {
    "заказ.xlsx": workbook([("Наименование", "Кол-во"), *_LINES]),
    "заказ.csv": "\n".join(f"{name};{count}" for name, count in _LINES).encode("cp1251"),
    "заказ.txt": "\n".join(f"{name} - {count} шт" for name, count in _LINES).encode(),
}


def _document(name: str, content: bytes) -> dict[str, dict[str, str]]:
    return {"document": {"name": name, "mime": "", "base64": base64.b64encode(content).decode()}}


def _downloaded(group: Group, message: dict) -> bytes:
    told = requests.post(
        f"{group.telegram.url}/bot{TOKEN}/getFile",
        json={"file_id": message["document"]["file_id"]},
        timeout=10,
    ).json()
    path = told["result"]["file_path"]
    return requests.get(f"{group.telegram.url}/file/bot{TOKEN}/{path}", timeout=10).content


@pytest.mark.parametrize("name", sorted(_CONTENTS))
def test_a_document_becomes_an_order_and_its_offer_a_document(group: Group, name: str):
    """Read, counted, chosen in, and given back as a workbook that opens."""
    customer = group.customer("Заказов")
    customer.writes(**_document(name, _CONTENTS[name]))
    assert "3 строки" in got(customer, f"Прочитал «{name}»")["text"]
    customer.writes("самые дешёвые")
    eventually(lambda: any("нужно выбрать" not in m.get("text", "") for m in customer.got()[1:]))
    customer.writes("пришли файлом")
    sent = eventually(lambda: next((m for m in customer.got() if "document" in m), None))
    rows = first_sheet(_downloaded(group, sent))
    lines = [row for row in rows if row and row[0] in ("1", "2", "3")]
    assert [float(row[4]) for row in lines] == [2, 5, 10]
    assert all(float(row[4]) * float(row[5]) == float(row[6]) for row in lines)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("счёт.xlsx", b"PK\x03\x04 broken", "повреждён"),
        ("пусто.csv", b"\n\n", "пуст"),
        ("письмо.txt", "Уважаемые коллеги, приглашаем вас на выставку.".encode(), "не похоже"),
        ("договор.pdf", b"%PDF-1.4", "xlsx, xls, csv и txt"),
        ("большой.csv", b"a;1\n" * 1_400_000, "больше 5 МБ"),
    ],
)
def test_a_document_that_is_no_order_gets_one_clear_sentence(
    group: Group, name: str, content: bytes, said: str
):
    """And nothing is added to an order."""
    customer = group.customer("Бумагин")
    customer.writes(**_document(name, content))
    message = got(customer, said)
    assert "₽" not in message["text"]


def test_a_request_brings_its_order_as_a_workbook_to_the_managers(group: Group):
    """Below the card, once; and again where the customer changes it after sending."""
    customer = group.customer("Закупов")
    customer.writes("дисплей iphone 11 incell - 2 шт, аккумулятор iphone xr - 5 шт")
    got(customer, "2 строки")
    for said, answer in (
        ("самые дешёвые", "Итого"),
        ("оформляем", "согласны"),
        ("согласен", "обращаться"),
        ("Ирина", "телефон"),
        ("8 910 555 44 33", "почту"),
        ("нет", "города"),
        ("Шуя", "Проверьте"),
        ("отправить", "принята"),
    ):
        customer.writes(said)
        got(customer, answer)
    topic = group.topic_of("Ирина")
    [first] = eventually(lambda: [m for m in group.lines(topic) if "document" in m])
    lines = [row for row in first_sheet(_downloaded(group, first)) if row and row[0] in ("1", "2")]
    assert [float(row[4]) for row in lines] == [2, 5]
    customer.writes("аккумуляторов не 5 а 7")
    got(customer, "Исправил заказ")
    group.sees(topic, "Заказ изменён")
    eventually(lambda: len([m for m in group.lines(topic) if "document" in m]) == 2)
