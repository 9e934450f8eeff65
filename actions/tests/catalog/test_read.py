"""The reader of 1C's export: what it takes, from files that Excel's own formats hold."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlrd
from openpyxl.styles import Alignment

from optfm.catalog import PriceGroup, PriceRow
from optfm.catalog.errors import PriceListError, UnansweredError
from optfm.catalog.outcome import ListOptions, Questions, ReadList
from optfm.catalog.read import parse_price_list, read_price_list
from optfm.catalog.reading import read_list
from tests.catalog.price_files import WRITERS, Line, Sheet, a_list, goods


@pytest.fixture(params=WRITERS)
def write(request):
    """Writes sheets in each of the two formats."""
    return WRITERS[request.param]


def test_the_real_list_arrives_whole(real_price_list: Path):
    """Every item and group of the shop's own list, as counted by hand (DESIGN section 6)."""
    price_list = read_price_list(real_price_list)
    assert len(price_list.rows) == 6562
    assert len(price_list.groups) == 238
    assert sum(group.price_kop is not None for group in price_list.groups) == 36
    assert price_list.list_date == date(2025, 6, 25)
    assert max(len(row.path) for row in price_list.rows) == 7


def test_groups_goods_prices_and_statuses_are_told_apart(write):
    """A row with deeper rows below it is a group, also when a price stands on it."""
    price_list = parse_price_list(write(a_list()))
    assert price_list.title == "Прайс-лист на 25 июня 2025 г."
    assert price_list.list_date == date(2025, 6, 25)
    assert price_list.rows == (
        PriceRow(
            code="ФМ-90000003",
            name="Дисплей Samsung A12",
            price_kop=89000,
            status="",
            path=("OPTFM", "Дисплеи"),
            row_number=8,
        ),
        PriceRow(
            code="УТ-90000004",
            name="Дисплей iPhone 11",
            price_kop=124050,
            status="Хит",
            path=("OPTFM", "Дисплеи"),
            row_number=9,
        ),
        PriceRow(
            code="УТ-90000005",
            name="Пакет",
            price_kop=2500,
            status="Распродажа -50%",
            path=("OPTFM",),
            row_number=10,
        ),
    )
    assert price_list.groups[1] == PriceGroup(
        code="00090000002",
        name="Дисплеи",
        price_kop=89000,
        status="",
        path=("OPTFM",),
        row_number=7,
        depth=1,
    )


@pytest.mark.parametrize("lost", ["outlined", "indented"])
def test_outline_or_indent_alone_tell_the_depth(write, lost: str):
    """A program that drops one of the two when it saves does no harm."""
    whole = parse_price_list(write(a_list()))
    assert parse_price_list(write(a_list(**{lost: False}))) == whole


def test_below_the_seventh_level_the_indent_tells_the_depth():
    """Excel has no eighth outline level, 1C goes on indenting."""

    class Capped(Sheet):
        def style(self, row: int) -> tuple[int, int]:
            level, indent = super().style(row)
            return min(level, 7), indent

    lines = [
        Line(name=f"Уровень {n}", code=f"УТ-9000000{n}", price=None, depth=n) for n in range(9)
    ]
    lines[-1] = replace(lines[-1], price=10)
    [row] = parse_price_list(WRITERS["xlsx"](Capped(lines=lines))).rows
    assert len(row.path) == 8


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("Прайс-лист на 1 января 2026 г.", date(2026, 1, 1)),
        ("ПРАЙС-ЛИСТ  НА  31  ДЕКАБРЯ  2025 Г.", date(2025, 12, 31)),
        ("Прайс-лист на 05.02.2026", date(2026, 2, 5)),
        ("Прайс-лист ФМ1 на 29\u00a0февраля\u00a02024 года", date(2024, 2, 29)),
    ],
)
def test_the_date_is_read_from_the_title(write, title: str, day: date):
    """In words as 1C writes it, or in digits."""
    assert parse_price_list(write(a_list(title=title))).list_date == day


def test_columns_are_found_by_their_headings(write):
    """1C's user may move, add and leave out columns that nobody needs."""
    sheet = a_list(header=[("Номенклатура", "Код", "Остаток", "СТАТУС ", " Цена")])
    assert len(parse_price_list(write(sheet)).rows) == 3


def test_the_price_list_may_stand_on_another_sheet(write):
    """A cover sheet before it is passed over."""
    cover = Sheet(title="Наши контакты", header=())
    assert len(parse_price_list(write(cover, a_list())).rows) == 3


def test_texts_lose_what_has_no_shape():
    """Control and zero-width characters go, Postgres and the eye take the rest."""
    name = " Чехол\u00a0для\tRedmi\n12 \u200b«Книжка»\ufeff  "
    sheet = Sheet(lines=[Line(name=name, code=" УТ-90000001 ", status=" ")])
    [row] = parse_price_list(WRITERS["xlsx"](sheet)).rows
    assert row.name == "Чехол для Redmi 12 «Книжка»"
    assert (row.code, row.status) == ("УТ-90000001", "")


def test_a_nul_in_a_name_is_dropped():
    """A NUL fits into an .xls and into no column of Postgres."""
    [row] = parse_price_list(WRITERS["xls"](Sheet(lines=[Line(name="Чехол\0 12\x01")]))).rows
    assert "\0" not in row.name
    assert row.name.startswith("Чехол")


def test_empty_rows_between_goods_are_passed_over(write):
    """Also when some cell outside of our columns is filled."""
    blank = Line(name=None, code=None, price=None)
    lines = [a_list().lines[0], blank, *a_list().lines[1:], blank]
    assert len(parse_price_list(write(a_list(lines=lines))).rows) == 3


def test_the_suffix_of_the_file_does_not_matter(tmp_path: Path):
    """An .xlsx that somebody renamed .xls is still read."""
    path = tmp_path / "прайс.xls"
    path.write_bytes(WRITERS["xlsx"](a_list()))
    assert len(read_price_list(path).rows) == 3


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (Line(price=-5), "цена -5"),
        (Line(price=0.001), "больше нуля"),
        (Line(price=1e300), "больше 10000000"),
        (Line(price=date(2025, 6, 25)), "вместо цены дата"),
        (Line(price="1,234"), "тысячи это или доли"),
        (Line(name=None), "названия нет"),
        (Line(name="Ч" * 501), "длиннее 500"),
    ],
)
def test_a_row_that_cannot_be_sold_from_is_left_out_and_told(write, line: Line, why: str):
    """With its row and the reason; one such row stops nothing."""
    lines = [*goods(40), replace(line, code="УТ-80000001", depth=1)]
    found = read_list(write(Sheet(lines=lines)))
    assert isinstance(found, ReadList)
    assert len(found.price_list.rows) == 40
    [wrong] = found.report.wrong
    assert why in wrong.why
    assert wrong.row == 47


def test_many_wrong_rows_are_asked_about(write):
    """A list whose prices cannot be read is not loaded for the few that can."""
    lines = [*goods(20), *(Line(code=f"УТ-8{n}", price=-n, depth=1) for n in range(1, 9))]
    found = read_list(write(Sheet(lines=lines)))
    assert isinstance(found, Questions)
    assert [question.kind for question in found.questions] == ["rows"]
    taken = read_list(write(Sheet(lines=lines)), ListOptions(skip_wrong=True))
    assert isinstance(taken, ReadList)
    assert len(taken.report.wrong) == 8


@pytest.mark.parametrize("price", ["договорная", 0, True, "звоните", "150-210"])
def test_words_in_place_of_a_price_make_a_row_without_one(write, price: object):
    """It is kept apart, with what stands there."""
    lines = [*goods(3), Line(name="Кабель", code="УТ-80000001", price=price, depth=1)]
    found = parse_price_list(write(Sheet(lines=lines)))
    assert len(found.rows) == 3
    [row] = found.unpriced
    assert (row.code, row.name) == ("УТ-80000001", "Кабель")


def test_a_formula_without_its_value_is_no_price():
    """What it would come to is known to Excel only."""
    lines = [*goods(3), Line(code="УТ-80000001", price="=2*50", depth=1)]
    [row] = parse_price_list(WRITERS["xlsx"](Sheet(lines=lines))).unpriced
    assert row.said == "формула"


def test_an_error_of_excel_is_no_price():
    """A broken reference keeps its name."""
    lines = [*goods(3), Line(code="УТ-80000001", price="#REF!", depth=1)]
    [row] = parse_price_list(WRITERS["xlsx"](Sheet(lines=lines))).unpriced
    assert row.said == "ошибка #REF!"


def test_codes_that_excel_made_numbers_of_are_asked_about(write):
    """Among codes with leading zeros a number has lost its own."""
    lines = [*goods(5), Line(code=15182, depth=1)]
    found = read_list(write(Sheet(lines=lines)))
    assert isinstance(found, Questions)
    assert [question.kind for question in found.questions] == ["code_width"]
    padded = read_list(write(Sheet(lines=lines)), ListOptions(code_width=11))
    assert isinstance(padded, ReadList)
    assert padded.price_list.rows[-1].code == "00000015182"


@pytest.mark.parametrize(
    ("sheet", "asks"),
    [
        (a_list(title=None), "date"),
        (a_list(title="Прайс-лист"), "date"),
        (a_list(title="Прайс-лист на 31 июня 2025 г."), "date"),
        (a_list(header=[("Номенклатура", "Код", "", "Статус", "ФМ1")]), "price"),
    ],
)
def test_what_the_list_does_not_say_is_asked(write, sheet: Sheet, asks: str):
    """Neither a date nor a price is guessed."""
    found = read_list(write(sheet))
    assert isinstance(found, Questions)
    assert asks in {question.kind for question in found.questions}
    with pytest.raises(UnansweredError, match="--"):
        parse_price_list(write(sheet))


@pytest.mark.parametrize(
    "sheet",
    [
        a_list(lines=[]),
        Sheet(title="Отчёт", header=[("Дата", "Сумма")], lines=[Line(name=None, code="1.1")]),
    ],
)
def test_a_sheet_that_is_not_a_price_list_is_refused(write, sheet: Sheet):
    """In one sentence."""
    with pytest.raises(PriceListError) as refused:
        parse_price_list(write(sheet))
    assert "нужен прайс-лист" in refused.value.message
    assert "\n" not in refused.value.message


def test_the_real_list_saved_as_xlsx_reads_the_same(real_price_list: Path):
    """Whichever format the manager chooses, the bot sells the same."""
    source = xlrd.open_workbook(real_price_list, formatting_info=True)
    page = source.sheet_by_index(0)
    book = openpyxl.Workbook()
    for row in range(page.nrows):
        info = page.rowinfo_map.get(row)
        book.active.row_dimensions[row + 1].outlineLevel = info.outline_level if info else 0
        for column in range(page.ncols):
            cell = book.active.cell(row + 1, column + 1, page.cell_value(row, column) or None)
            style = source.xf_list[page.cell_xf_index(row, column)]
            if style.alignment.indent_level:
                cell.alignment = Alignment(indent=style.alignment.indent_level)
    saved = io.BytesIO()
    book.save(saved)
    assert parse_price_list(saved.getvalue()) == read_price_list(real_price_list)
