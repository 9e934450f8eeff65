"""Files that are no price list, or pretend to be one: each is refused in one line, none hurts."""

import io
from pathlib import Path

import openpyxl
import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from xlwt.CompoundDoc import XlsDoc

from optfm.catalog import PriceList
from optfm.catalog.errors import PriceListError
from optfm.catalog.read import MAX_FILE_BYTES, parse_price_list, read_price_list
from optfm.catalog.readers.xlsx import MAX_UNPACKED_BYTES
from tests.catalog.price_files import BOOKS, a_list, archive, part, with_parts, xls, xlsx

SHEET = "xl/worksheets/sheet1.xml"


def refusal(data: bytes) -> str:
    """What the reader says of a file that it does not take."""
    with pytest.raises(PriceListError) as refused:
        parse_price_list(data)
    assert "\n" not in refused.value.message
    return refused.value.message


def ole(stream: str) -> bytes:
    """An OLE container whose only stream has this name."""
    data = xls(a_list())
    old = "Workbook".encode("utf-16-le").ljust(64, b"\0") + bytes([18, 0])
    assert data.count(old) == 1
    new = stream.encode("utf-16-le").ljust(64, b"\0") + bytes([2 * len(stream) + 2, 0])
    return data.replace(old, new)


def biff(edit) -> bytes:
    """An .xls whose stream of records went through `edit`."""
    book = xlwt.Workbook()
    book.add_sheet("Лист_1").write(0, 0, "Номенклатура")
    output = io.BytesIO()
    XlsDoc().save(output, edit(book.get_biff_data()))
    return output.getvalue()


_ODS_BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><office:document-content'
    b' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">&a;'
    b"</office:document-content>"
)
_ENCRYPTED = b"<manifest><encryption-data/></manifest>"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (archive(mimetype=b"", **{"content.xml": _ODS_BOMB}), "повреждён"),
        (archive(mimetype=b"", **{"content.xml": b"<a"}), "повреждён"),
        (
            archive(mimetype=b"", **{"content.xml": b"x", "META-INF/manifest.xml": _ENCRYPTED}),
            "парол",
        ),
        (b"", "файл пуст"),
        (b"\0" * 4096, "файл пуст"),
        ("\ufeffНоменклатура\tКод\tЦена\n".encode(), "нужен прайс-лист"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "нужен прайс-лист"),
        (b"<html><p>1</p></html>", "веб-страница"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html>", "веб-страница"),
        (b'<?xml version="1.0"?><Workbook/>', "файл XML"),
        (b"%PDF-1.7 ...", "файл PDF"),
        (b"MOXCEL\0\x08\0\x01\0", "табличный документ 1С"),
        (b"Rar!\x1a\x07\x01\0", "архив RAR"),
        (b"PK\x03\x04" + b"\0" * 100, "файл повреждён"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "файл повреждён"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 5000, "файл повреждён"),
        (archive(**{"one.xls": xls(a_list()), "two.xls": xls(a_list())}), "это архив"),
        (archive(**{"more.zip": archive(**{"list.xls": xls(a_list())})}), "это архив"),
        (archive(**{"mimetype": b"", "content.xml": b"<a/>"}), "OpenDocument"),
        (archive(**{"[Content_Types].xml": b"<Types/>", "word/d.xml": b"<a/>"}), "Word"),
        (archive(**{"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b""}), "xlsb"),
        (ole("WordDocument"), "не книга Excel"),
    ],
)
def test_another_kind_of_file_is_refused(data: bytes, says: str):
    """Whatever its name says, by its content."""
    assert says in refusal(data)


def test_a_password_is_named():
    """Both formats hide a protected book in an OLE container."""
    file_pass = b"\x2f\x00\x06\x00" + bytes(6)
    assert "паролем" in refusal(biff(lambda records: records[:20] + file_pass + records[20:]))
    assert "паролем" in refusal(ole("EncryptedPackage"))


def test_an_encrypted_zip_is_named():
    """The flag of an encrypted member, as archivers set it."""
    data = bytearray(xlsx(a_list()))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert "паролем" in refusal(bytes(data))


def test_a_book_of_macros_or_charts_only_is_refused():
    """There is nothing to sell in it."""

    def as_macro_sheet(records: bytes) -> bytes:
        at = records.index(b"\x85\x00")
        return records[: at + 9] + b"\x01" + records[at + 10 :]

    charts = openpyxl.Workbook()
    charts.remove(charts.active)
    charts.create_chartsheet("Диаграмма")
    output = io.BytesIO()
    charts.save(output)
    assert "нет листов с данными" in refusal(biff(as_macro_sheet))
    assert "нет листов с данными" in refusal(output.getvalue())
    assert "только макросы" in refusal(ole("_VBA_PROJECT"))


def test_macros_beside_a_price_list_are_not_run_and_do_no_harm():
    """The goods are read, the macros are left alone."""
    book = with_parts(xlsx(a_list()), **{"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
    assert len(parse_price_list(book).rows) == 3


def test_a_zip_bomb_is_not_unpacked():
    """A few kilobytes that promise more than any list needs."""
    bomb = with_parts(xlsx(a_list()), **{SHEET: b" " * (MAX_UNPACKED_BYTES + 1)})
    assert len(bomb) < 200_000
    assert "распаковывается" in refusal(bomb)


def test_millions_of_cells_are_not_read():
    """Small when packed, gigabytes once every cell is an object."""
    book = xlsx(a_list())
    cells = b"<row>" + b"<c><v>1</v></c>" * 1_100_000 + b"</row>"
    sheet = part(book, SHEET).replace(b"</sheetData>", cells + b"</sheetData>")
    assert "слишком много ячеек" in refusal(with_parts(book, **{SHEET: sheet}))


def test_a_lying_zip_header_is_a_damaged_file():
    """A part that is longer than its header promises is not read past the promise."""
    data = bytearray(xlsx(a_list()))
    name = SHEET.encode()
    at = data.rindex(name) - 46  # its entry in the central directory
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert "повреждён" in refusal(bytes(data))


def test_xml_that_grows_by_entities_is_refused():
    """The billion laughs."""
    laughs = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ха">' for n in range(10)
    )
    sheet = part(xlsx(a_list()), SHEET).replace(b"<sheetData>", b"<sheetData>&l9;", 1)
    head, _, body = sheet.partition(b"<worksheet")
    bomb = head + f"<!DOCTYPE x [{laughs}]>".encode() + b"<worksheet" + body
    assert "повреждён" in refusal(with_parts(xlsx(a_list()), **{SHEET: bomb}))


@pytest.mark.parametrize(
    "tail",
    [
        b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        b'<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>',
    ],
)
def test_a_range_over_the_whole_sheet_costs_nothing(tail: bytes):
    """Seventeen billion cells that exist only by name."""
    book = xlsx(a_list())
    sheet = part(book, SHEET).replace(b"</sheetData>", b"</sheetData>" + tail)
    assert len(parse_price_list(with_parts(book, **{SHEET: sheet})).rows) == 3


def test_hundreds_of_thousands_of_blank_rows_are_passed_over():
    """What Excel leaves behind when somebody formats a whole column."""
    book = xlsx(a_list())
    blank = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (n, n) for n in range(11, 200_011))
    far = b'<row r="1048576" ht="12"><c r="XFD1048576"/></row>'
    sheet = part(book, SHEET).replace(b"</sheetData>", blank + far + b"</sheetData>")
    assert len(parse_price_list(with_parts(book, **{SHEET: sheet})).rows) == 3


def test_blank_rows_to_the_end_of_an_xls_are_passed_over():
    """The same in the older format, whose sheets end at row 65,536."""
    sheet = a_list()
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("Лист_1")
    for row, cells in enumerate(sheet.rows()):
        page.row(row).level = sheet.style(row + 1)[0]
        for column, value in enumerate(cells):
            page.write(row, column, value)
    for row in range(20, 65_536):
        page.row(row).set_cell_blank(0)
    output = io.BytesIO()
    book.save(output)
    assert len(parse_price_list(output.getvalue()).rows) == 3


def test_a_file_that_is_too_big_is_not_read(tmp_path: Path):
    """Only its beginning is touched."""
    path = tmp_path / "list.xls"
    with path.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    with pytest.raises(PriceListError, match="файл больше"):
        read_price_list(path)


@pytest.mark.parametrize("name", ["", "нет такого.xls"])
def test_what_is_no_file_is_refused(tmp_path: Path, name: str):
    """A folder, a name that leads nowhere."""
    with pytest.raises(PriceListError, match="нет такого файла"):
        read_price_list(tmp_path / name)


@pytest.mark.parametrize("kind", BOOKS)
def test_a_file_that_was_cut_short_is_refused(kind: str):
    """At every twentieth of its length."""
    data = BOOKS[kind]
    for twentieth in range(20):
        refusal(data[: len(data) * twentieth // 20])


def test_the_real_list_cut_short_is_refused(real_price_list: Path):
    """The same with the shop's own file, where much more is inside."""
    data = real_price_list.read_bytes()
    for twentieth in range(20):
        refusal(data[: len(data) * twentieth // 20])


@given(data=st.binary(max_size=2000), start=st.sampled_from([b"", b"PK\x03\x04", ole("x")[:512]]))
def test_any_bytes_end_in_a_refusal(data: bytes, start: bytes):
    """Never in a traceback."""
    refusal(start + data)


@pytest.mark.parametrize("kind", BOOKS)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_damaged_bytes_end_in_a_list_or_a_refusal(kind: str, data: st.DataObject):
    """A few bytes changed anywhere; harmless ones leave a price list."""
    book = bytearray(BOOKS[kind])
    spots = st.tuples(st.integers(0, len(book) - 1), st.integers(0, 255))
    for at, value in data.draw(st.lists(spots, min_size=1, max_size=6)):
        book[at] = value
    try:
        assert isinstance(parse_price_list(bytes(book)), PriceList)
    except PriceListError as refused:
        assert "\n" not in refused.message
