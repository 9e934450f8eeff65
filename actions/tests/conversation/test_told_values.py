"""Values, part numbers and parts told in a word or two of the rows shown."""

from datetime import date

import pytest

from optfm.catalog import PriceRow
from optfm.conversation import Attribute, ConversationState, Rows, Total, Whether, take_turn
from optfm.search import PriceIndex
from optfm.search.live import Current
from optfm.text import load_vocabulary

_ROWS = {
    "Флюс-паста RELIFE RL-421": 185,
    "Флюс-паста RELIFE RL-422S": 222,
    "Кольцевая лампа 26см": 420,
    "Кольцевая лампа 26см + штатив": 450,
    "Кольцевая лампа 33см WALKER": 800,
    "Кабель HDMI-HDMI нейлоновая оплетка (5м)": 190,
    "Кабель HDMI-HDMI ПВХ (1,5м)": 61,
    "Оплетка для выпайки RELIFE RL-1515": 145,
    "Припой-катушка RELIFE RL-445 0,5mm (25г)": 78,
    "Припой-катушка RELIFE RL-440 0,5mm (40г)": 169,
    "Системный разъем совместим с Samsung J5/SM-J500 (10шт)": 134,
}


@pytest.fixture(scope="module")
def shop() -> Current:
    rows = [
        PriceRow(code=f"УТ-{at:08}", name=name, price_kop=price * 100, status="", row_number=at,
                 path=("Товары",))
        for at, (name, price) in enumerate(_ROWS.items())
    ]  # fmt: skip
    index = PriceIndex.build(rows, load_vocabulary())
    return Current(index=index, list_id=1, list_date=date(2025, 9, 1), weaviate=None, meaning=None)


def _last(shop: Current, *texts: str):
    state = ConversationState()
    for text in texts:
        turn = take_turn(text, state, shop)
        state = turn.state
    (reply,) = turn.replies
    return reply


def _names(reply) -> list[str]:
    assert isinstance(reply, Rows)
    return [hit.row.name for hit in reply.hits]


def test_digits_of_a_part_number_name_another_row(shop: Current):
    """«а 421?» after RL-422S is RL-421, and not 421 pieces."""
    assert _names(_last(shop, "флюс-паста relife", "422", "а 421?")) == ["Флюс-паста RELIFE RL-421"]


def test_a_value_that_is_told_is_kept(shop: Current):
    """«диаметр 26» narrows, so that «walker не надо» brings no lamp of another size."""
    reply = _last(shop, "кольцевая лампа", "диаметр 26", "walker не надо")
    assert all("26см" in name for name in _names(reply)) and len(_names(reply)) == 2


def test_what_a_part_is_like_is_asked_of_the_row_shown(shop: Current):
    """«оплётка какая» of a cable brings no braid for soldering."""
    reply = _last(shop, "кабель hdmi 5м", "оплетка какая")
    assert isinstance(reply, Whether) and "нейлоновая" in reply.row.name


def test_the_word_for_a_sum_is_no_other_goods(shop: Current):
    """«5 катушек, сумма?» counts the row that was chosen."""
    reply = _last(shop, "припой релайф катушка 0.5", "который 25г", "5 катушек, сумма?")
    assert isinstance(reply, Total) and [pieces for _, pieces in reply.lines] == [5]


def test_a_cable_of_a_metre_and_a_half(shop: Current):
    """«полутораметровый» is 1,5 м."""
    assert _names(_last(shop, "кабель hdmi", "а полутораметровый почем")) == [
        "Кабель HDMI-HDMI ПВХ (1,5м)"
    ]


def test_a_bound_that_is_refused_is_the_most(shop: Current):
    """«дороже двухсот не беру» of what is shown."""
    reply = _last(shop, "флюс-паста relife", "дороже двухсот не беру")
    assert _names(reply) == ["Флюс-паста RELIFE RL-421"]


def test_how_many_are_in_the_bag(shop: Current):
    """«сколько их в пакетике?» asks for the pack."""
    reply = _last(shop, "разъем самсунг j500", "сколько их в пакетике?")
    assert isinstance(reply, Attribute) and "10" in reply.told[0][1]
