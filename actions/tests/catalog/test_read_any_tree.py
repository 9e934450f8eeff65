"""Whatever tree of goods 1C writes, the reader gives it back; checked on generated lists."""

from hypothesis import given, settings
from hypothesis import strategies as st

from optfm.catalog.errors import PriceListError
from optfm.catalog.read import parse_price_list
from tests.catalog.price_files import BOOKS, WRITERS, Line, Sheet, part, with_parts

#: Blanks before a name are levels of a tree where nothing else tells them (lists/cases.py).
NAMES = st.text("АБвгдёABcz019 /-+().\"'*%«»№°=", min_size=1, max_size=60).filter(
    lambda name: name.strip() and not name.startswith(("=", " ", "\u00a0"))
)
STATUSES = st.sampled_from([None, "Хит", "Распродажа -50%", "Кратно 5 шт"])


@st.composite
def lists(draw: st.DrawFn) -> list[Line]:
    """Lines of an outline that goes down by one level at a time and up by any number."""
    lines: list[Line] = []
    count = draw(st.integers(1, 25))
    for number in range(count):
        deepest = lines[-1].depth + 1 if lines else 0
        line = Line(
            name=draw(NAMES),
            code=f"УТ-9{number:07d}",
            price=draw(st.integers(1, 10**9)) / 100,
            status=draw(STATUSES),
            depth=draw(st.integers(0, min(deepest, 7))),
        )
        lines.append(line)
    return lines


@settings(max_examples=60, deadline=None)
@given(lines=lists())
def test_both_formats_give_back_what_was_written(lines: list[Line]):
    """Names, codes, prices to the kopeck, statuses, order, and each item's way to the top."""
    sheet = Sheet(lines=lines)
    price_list = parse_price_list(WRITERS["xls"](sheet))
    assert parse_price_list(WRITERS["xlsx"](sheet)) == price_list
    read = sorted((*price_list.rows, *price_list.groups), key=lambda row: row.row_number)
    assert [(row.code, row.name, row.price_kop, row.status, len(row.path)) for row in read] == [
        (line.code, line.name.strip(), round(line.price * 100), line.status or "", line.depth)
        for line in lines
    ]
    groups = {group.row_number for group in price_list.groups}
    for line, after, row in zip(lines, lines[1:], read, strict=False):
        assert (row.row_number in groups) == (after.depth > line.depth)
    for index, line in enumerate(lines):
        way = []
        for above in reversed(lines[:index]):
            if above.depth == line.depth - 1 - len(way):
                way.append(above.name.strip())
        assert read[index].path == tuple(reversed(way))


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_damaged_xml_ends_in_a_list_or_a_refusal(data: st.DataObject):
    """The parts of a book that an archive's checksum does not protect from a bad program."""
    name = data.draw(st.sampled_from(["xl/worksheets/sheet1.xml", "xl/styles.xml"]))
    xml = part(BOOKS["xlsx"], name)
    at = data.draw(st.integers(0, len(xml)))
    cut = data.draw(st.integers(0, 20))
    piece = data.draw(
        st.sampled_from(
            [
                b"",
                b"<row>",
                b"</row>",
                b'<c r="ZZZZ9"/>',
                b' s="99999"',
                b' t="d"',
                b"&#0;",
                b"\xff",
            ]
        )
        | st.binary(max_size=8)
    )
    try:
        parse_price_list(with_parts(BOOKS["xlsx"], **{name: xml[:at] + piece + xml[at + cut :]}))
    except PriceListError as refused:
        assert "\n" not in refused.message
