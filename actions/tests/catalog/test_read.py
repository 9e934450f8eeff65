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
from optfm.catalog.errors import PriceListError
from optfm.catalog.read import parse_price_list, read_price_list
from tests.catalog.price_files import HEADER, WRITERS, Line, Sheet, a_list


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
    ("line", "column", "says"),
    [
        (Line(price="договорная"), "«Цена» (E)", "текст «договорная»"),
        (Line(price="100"), "«Цена» (E)", "текст «100»"),
        (Line(price=-5), "«Цена» (E)", "-5"),
        (Line(price=0), "«Цена» (E)", "больше нуля"),
        (Line(price=0.001), "«Цена» (E)", "больше нуля"),
        (Line(price=1e300), "«Цена» (E)", "больше"),
        (Line(price=None), "«Цена» (E)", "нет цены"),
        (Line(price=True), "«Цена» (E)", "да/нет"),
        (Line(price=date(2025, 6, 25)), "«Цена» (E)", "вместо цены"),
        (Line(code=None), "«Код» (B)", "нет кода"),
        (Line(code="   "), "«Код» (B)", "нет кода"),
        (Line(code=15182), "«Код» (B)", "ведущие нули"),
        (Line(code="У" * 51), "«Код» (B)", "длиннее 50"),
        (Line(code="УТ-90000003"), "«Код» (B)", "уже стоит в строке 6"),
        (Line(name=None), "«Номенклатура» (A)", "нет названия"),
        (Line(name=42), "«Номенклатура» (A)", "число 42"),
        (Line(name="Ч" * 501), "«Номенклатура» (A)", "длиннее 500"),
        (Line(status=0.5), "«Статус» (D)", "число 0.5"),
    ],
)
def test_a_row_that_cannot_be_sold_from_is_named(write, line: Line, column: str, says: str):
    """The first wrong cell, by row and column, in one line."""
    good = Line(code="УТ-90000003", name="Пленка")
    with pytest.raises(PriceListError) as refused:
        parse_price_list(write(Sheet(lines=[good, line])))
    assert refused.value.message.startswith(f"строка 7, столбец {column}: ")
    assert says in refused.value.message
    assert (refused.value.row, refused.value.column) == (7, column)
    assert "\n" not in refused.value.message


def test_a_formula_is_no_price():
    """What it would come to is known to Excel only."""
    with pytest.raises(PriceListError, match=r"строка 6, столбец «Цена» \(E\): .*формула"):
        parse_price_list(WRITERS["xlsx"](Sheet(lines=[Line(price="=2*50")])))


def test_an_error_of_excel_is_no_price():
    """A broken reference keeps its name in the refusal."""
    with pytest.raises(PriceListError, match="ошибка #REF!"):
        parse_price_list(WRITERS["xlsx"](Sheet(lines=[Line(price="#REF!")])))


@pytest.mark.parametrize(
    ("sheet", "says"),
    [
        (a_list(title=None), "нет строки с датой"),
        (a_list(title="Прайс-лист"), "нет строки с датой"),
        (a_list(title="Остатки на 25 июня 2025 г."), "нет строки с датой"),
        (a_list(title="Прайс-лист на 31 июня 2025 г."), "такой даты нет"),
        (a_list(header=[("Номенклатура", "Код", "", "Статус", "ФМ1")]), "нет столбца «Цена»"),
        (a_list(header=[("Номенклатура", "Код", "", "", "Цена")]), "нет столбца «Статус»"),
        (
            a_list(header=[HEADER[0], (None, None, None, "Цена", "Цена")]),
            r"несколько столбцов «Цена» \(D, E\)",
        ),
        (a_list(lines=[]), "нет ни одного товара"),
        (a_list(header=[]), "это не прайс-лист"),
        (Sheet(title="Отчёт", header=[("Дата", "Сумма")], lines=[Line()]), "это не прайс-лист"),
    ],
)
def test_a_sheet_that_is_not_a_price_list_is_refused(write, sheet: Sheet, says: str):
    """What is missing is said, not guessed."""
    with pytest.raises(PriceListError, match=says):
        parse_price_list(write(sheet))


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
