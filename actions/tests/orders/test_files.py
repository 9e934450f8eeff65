"""Files as orders: tables of all kinds, and what is refused in one sentence."""

import io
import zipfile
from collections.abc import Sequence

import openpyxl
import pytest
import xlwt

from optfm.orders import FileRefused, Matcher, order_of_file

Rows = Sequence[Sequence[object]]


def xlsx(*sheets: Rows) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Лист{number}")
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls(rows: Rows) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Лист1")
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            if value is not None:
                sheet.write(i, j, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def goods_of(matcher: Matcher, count: int) -> list[tuple[str, str]]:
    """Codes and names of the demo list that are found by their names."""
    rows = [row for row in matcher.goods.index.rows[::7] if row.code.startswith("УТ")]
    return [(row.code, row.name) for row in rows[:count]]


def quantities(matcher: Matcher, name: str, content: bytes) -> list[tuple[str, int | None]]:
    return [(line.code, line.quantity) for line in order_of_file(name, content, matcher).lines]


def test_a_table_with_a_header_is_read(matcher: Matcher) -> None:
    """Title rows above, a numbering, a total and a signature are no lines."""
    (a, name_a), (b, name_b) = goods_of(matcher, 2)
    content = xlsx(
        [["Заявка № 5"], ["№", "Код", "Наименование", "Цена", "Кол-во", "Сумма"],
         [1, a, name_a, 10, 3, 30], [2, b, name_b, 20, 4, 80], [None, None, "Итого", None, 7, 110],
         ["Заказал: ________"]]
    )  # fmt: skip
    assert quantities(matcher, "заказ.xlsx", content) == [(a, 3), (b, 4)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_separated_text_is_read_in_any_encoding(
    encoding: str, separator: str, matcher: Matcher
) -> None:
    """As Excel, 1C and Google save it."""
    (a, _), (b, _) = goods_of(matcher, 2)
    rows = [("Код", "Количество"), (a, "3 шт."), (b, "4,0" if separator != "," else "4")]
    content = "\n".join(separator.join(row) for row in rows).encode(encoding)
    assert quantities(matcher, "заказ.csv", content) == [(a, 3), (b, 4)]


def test_codes_without_zeros_and_a_header_are_found(matcher: Matcher) -> None:
    """Excel makes numbers of codes."""
    plain = [row for row in matcher.goods.index.rows if row.code.isdigit()][:2]
    content = xls([[float(row.code), 5.0 + n] for n, row in enumerate(plain)])
    assert quantities(matcher, "1.xls", content) == [(r.code, 5 + n) for n, r in enumerate(plain)]


def test_the_shops_own_list_is_read_where_it_is_filled_in(matcher: Matcher) -> None:
    """Only rows with a quantity are ordered; a price that has changed is said."""
    rows = matcher.goods.index.rows
    table: list[list[object]] = [
        ["Прайс-лист на 1 мая 2025 г."],
        ["Номенклатура", "Код", "Заказ", "Статус", "ФМ1"],
        [None, None, None, None, "Цена"],
    ]
    for at, row in enumerate(rows):
        price = row.price_kop / 100 + (1 if at == 40 else 0)
        table.append([row.name, row.code, {40: 6, 90: 2}.get(at), row.status, price])
    order = order_of_file("прайс.xls", xls(table), matcher)
    assert [(x.code, x.quantity) for x in order.lines] == [(rows[40].code, 6), (rows[90].code, 2)]
    assert "В файле цена" in order.lines[0].note and "В файле цена" not in order.lines[1].note


def test_several_sheets_are_one_order(matcher: Matcher) -> None:
    """In the order of the sheets."""
    (a, _), (b, _) = goods_of(matcher, 2)
    content = xlsx([["код", "кол"], [a, 1]], [["код", "кол"], [b, 2]])
    assert quantities(matcher, "з.xlsx", content) == [(a, 1), (b, 2)]


def test_a_formula_is_text(matcher: Matcher) -> None:
    """Nothing of a cell is executed: what looks like a formula in a csv is words."""
    (a, _), *_ = goods_of(matcher, 1)
    content = f"код;количество\n{a};3\n=cmd|' /C calc'!A0;2\n".encode()
    order = order_of_file("з.csv", content, matcher)
    assert [line.state for line in order.lines] == ["sure", "none"]


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (70 * 2**20))
    return out.getvalue()


def _linked() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"<a/>")
        archive.writestr("xl/externalLinks/externalLink1.xml", b"<a/>")
    return out.getvalue()


_ACT = [["Акт сверки"], ["Дата", "Документ", "Дебет", "Кредит"],
        ["14.01.2025", "Реализация № 118", 35600, None],
        ["20.01.2025", "Оплата № 44", None, 40000]]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("пусто.xlsx", b""),
        ("пусто.txt", b"  \n"),
        ("сломан.xlsx", xlsx([["а", 1]])[:700]),
        ("сломан.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500),
        ("архив.zip", b"PK\x03\x04" + b"x" * 100),
        ("фото.jpg", b"\xff\xd8\xff\xe0" + b"x" * 100),
        ("двоичный.csv", bytes(range(256)) * 8),
        ("бомба.xlsx", _bomb()),
        ("ссылки.xlsx", _linked()),
        ("большой.csv", b"a;1\n" * 2_000_000),
        ("акт.xlsx", xlsx(_ACT)),
        ("письмо.txt", "Добрый день, пришлите договор".encode()),
        ("одна строка.txt", b"a" * 2_000_000),
        ("точки.txt", b". " * 1_000_000),
        ("длинный текст.txt", ("дисплей айфон 11, " * 40 + "\n").encode() * 1_500),
        ("одна ячейка.csv", b"name;quantity\n" + b"a" * 100_000 + b";2\n"),
        ("одна ячейка.xlsx", xlsx([["Товар", "Кол-во"], ["a " * 15_000, 2]])),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_order_is_refused_in_one_sentence(
    name: str, content: bytes, matcher: Matcher
) -> None:
    """The customer reads what is wrong and what to send."""
    with pytest.raises(FileRefused) as refused:
        order_of_file(name, content, matcher)
    assert "\n" not in refused.value.message and len(refused.value.message) > 20


def test_too_many_lines_are_refused_and_not_cut(matcher: Matcher) -> None:
    """501 lines are too many, and the customer is told how many there are."""
    codes = [row.code for row in matcher.goods.index.rows]
    rows = [["код", "количество"], *([codes[n % len(codes)], 1] for n in range(501))]
    with pytest.raises(FileRefused, match="501"):
        order_of_file("много.xlsx", xlsx(rows), matcher)


def test_tables_side_by_side_are_both_read(matcher: Matcher) -> None:
    """As managers save paper: two lists in one sheet, with headers and without."""
    (a, name_a), (b, name_b), (c, name_c) = goods_of(matcher, 3)
    head = ["Товар", "шт", None, "Товар", "шт"]
    rows = [[name_a, 5, None, name_b, 2], [name_c, 6, None, None, None]]
    assert quantities(matcher, "заказ.xlsx", xlsx([head, *rows])) == [(a, 5), (c, 6), (b, 2)]


def test_a_header_of_an_unknown_word_is_no_line(matcher: Matcher) -> None:
    """«Товар» above the names says what it is, whatever stands beside."""
    [(a, name_a)] = goods_of(matcher, 1)
    content = xlsx([["Товар", "Беру-беру"], [name_a, "5 шт"]])
    assert quantities(matcher, "заказ.xlsx", content) == [(a, 5)]


def test_a_formula_without_its_value_is_asked_about(matcher: Matcher) -> None:
    """A program that is not Excel saves none: the row stays, and says what it lacks."""
    (a, name_a), (b, name_b) = goods_of(matcher, 2)
    rows = [["Код", "Товар", "Кол-во"], [a, name_a, "=2+3"], [b, name_b, 4], [None, "=A5", 1]]
    order = order_of_file("з.xlsx", xlsx(rows), matcher)
    assert [line.quantity for line in order.lines] == [None, 4, 1]
    assert [line.state for line in order.lines] == ["sure", "sure", "unread"]
    assert "формула" in order.lines[0].note


def test_a_file_of_formulas_alone_is_refused(matcher: Matcher) -> None:
    """In a sentence that tells what to do."""
    rows = [["Код", "Кол-во"], *([code, "=1+1"] for code, _ in goods_of(matcher, 3))]
    with pytest.raises(FileRefused, match="формулами без значений"):
        order_of_file("з.xlsx", xlsx(rows), matcher)


def test_the_sums_may_be_formulas(matcher: Matcher) -> None:
    """Only what is ordered needs its values."""
    (a, _), *_ = goods_of(matcher, 1)
    rows = [["Код", "Цена", "Кол-во", "Сумма"], [a, 10, 3, "=B2*C2"], ["Итого", None, "=SUM(C2)"]]
    assert quantities(matcher, "з.xlsx", xlsx(rows)) == [(a, 3)]


@pytest.mark.parametrize("second", ["Цена", "Остаток"])
def test_prices_are_no_quantities(matcher: Matcher, second: str) -> None:
    """A price list of the customer's own, a stock list: nothing is ordered."""
    rows = [
        ["Код", "Товар", second],
        *([c, n, 40 + i] for i, (c, n) in enumerate(goods_of(matcher, 4))),
    ]
    with pytest.raises(FileRefused, match="столбца с количеством"):
        order_of_file("з.xlsx", xlsx(rows), matcher)


@pytest.mark.parametrize(
    "title", ["Табель за июнь", "АКТ № 7 выполненных работ", "Остатки на складе"]
)
def test_another_paper_is_called_by_its_name(matcher: Matcher, title: str) -> None:
    """Though its rows may be called as goods are."""
    (a, name), *_ = goods_of(matcher, 1)
    rows = [[title], ["№", "Наименование", "Кол-во"], [1, name, 2]]
    with pytest.raises(FileRefused, match=title):
        order_of_file("з.xlsx", xlsx(rows), matcher)
