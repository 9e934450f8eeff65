"""Lists of any structure: whatever stands in the cells, an outcome comes and no exception."""

import json
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from optfm.catalog import ListOptions, Questions, ReadList, Refused, as_json
from optfm.catalog.layout.amounts import Amount, read_amount
from optfm.catalog.readers import Cell
from optfm.catalog.reading import read_list
from tests.catalog.lists.pages import Page, Row, html, ods, spreadsheetml, text, xls, xlsx

HEADS = st.sampled_from(
    ["Номенклатура", "Код", "Артикул", "Цена", "Опт", "Розница", "Цена, $", "Остаток", "Ед.",
     "Статус", "Группа", "Характеристика", "Сумма", "Кол-во", "№", "Заказ", "ФМ1", None, ""]
)  # fmt: skip
VALUES = st.one_of(
    st.none(),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.integers(-5, 10**6),
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    st.sampled_from(
        ["Чехол", "  Чехол 12", "шт", "руб.", "1 234,50", "150-210", "12 $", "по запросу",
         "Итого", "0001", "УТ-00000001", "Прайс-лист на 14.03.2026", "32.13.2026", "#N/A",
         "<b>1</b>", "А", "-"]
    ),
    st.text("АБв12 .,-/$₽%«»\u00a0\n", max_size=12).filter(lambda value: not value.startswith("=")),
)  # fmt: skip


@st.composite
def pages(draw: st.DrawFn) -> Page:
    """A sheet with some heads, goods, looks and merged cells, none of them sure to make sense."""
    width = draw(st.integers(1, 6))
    rows = [
        Row(
            tuple(draw(HEADS if at in (1, 2) else VALUES) for _ in range(width)),
            level=draw(st.integers(0, 3)) if at > 2 else 0,
            indent=draw(st.integers(0, 3)),
            bold=draw(st.booleans()),
            hidden=draw(st.integers(0, 9)) == 0,
        )
        for at in range(draw(st.integers(1, 14)))
    ]
    top, left = draw(st.integers(1, 4)), draw(st.integers(1, width))
    merged = [f"{chr(64 + left)}{top}:{chr(65 + left)}{top + draw(st.integers(0, 2))}"]
    return Page(
        rows=rows,
        merged=merged if draw(st.booleans()) else (),
        formats={"C": draw(st.sampled_from(["General", "0000", '0.00"р."', "[$$-409]0.00"]))},
        hidden=False,
    )


def in_utf8(page: Page) -> bytes:
    """The page as a text that can hold every letter."""
    return text(page, encoding="utf-8")


OPTIONS = st.builds(
    ListOptions,
    price=st.sampled_from([(), ("Опт",), ("C",)]),
    list_date=st.sampled_from([None, date(2026, 3, 14)]),
    columns=st.sampled_from([{}, {"name": "A", "price": "B"}, {"name": "B", "price": "ZZ"}]),
    hidden=st.sampled_from(["", "take", "skip"]),
    currency=st.sampled_from(["", "RUB"]),
    code_width=st.sampled_from([0, 8]),
    skip_wrong=st.booleans(),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    page=pages(),
    options=OPTIONS,
    write=st.sampled_from([xls, xlsx, ods, in_utf8, html, spreadsheetml]),
)
def test_any_sheet_ends_in_a_list_questions_or_a_refusal(page: Page, options, write):
    """What is read can be sold from; what is asked has options; a refusal is one line."""
    found = read_list(write(page), options)
    json.dumps(as_json(found))
    if isinstance(found, ReadList):
        everything = (*found.price_list.rows, *found.price_list.groups, *found.price_list.unpriced)
        assert len({row.code for row in everything}) == len(everything)
        assert all(row.price_kop > 0 and row.name.strip() for row in found.price_list.rows)
        assert all("\x00" not in row.name for row in everything)
    elif isinstance(found, Questions):
        assert all(question.options for question in found.questions)
    else:
        assert isinstance(found, Refused)
        assert "\n" not in found.message


@given(said=st.text(max_size=30))
def test_any_text_in_a_price_cell_is_read(said: str):
    """As one number above zero, or as none."""
    reading = read_amount(Cell(said))
    assert not isinstance(reading, Amount) or reading.value > 0
