"""Writes prices/demo.xls from prices/demo.yml in the format of 1C's export.

    actions/.venv/bin/python prices/make_demo.py

The same demo.yml always gives the same bytes. The format and where it was measured:
docs/adr/0004-price-list-format.md.
"""

import io
import itertools
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlwt
import yaml

HERE = Path(__file__).parent

_HEADER_ROW = 4  # 0-based, as in the real list
_NAME, _CODE, _ORDER, _STATUS, _PRICE = range(5)
_WIDTHS = (20906, 3968, 2133, 3285, 5077)  # 1/256 of a character
#: What a row of goods says about itself; every other key is a field of its name.
_OWN_KEYS = {"name", "price", "status", "statuses"}


@dataclass(frozen=True)
class Row:
    """A row of the sheet below the header."""

    depth: int
    name: str
    price: float | None
    status: str

    @property
    def code(self) -> str:
        """Made from the name, so that a new row gives no other one a new code.

        The shop's own codes never begin with these nines.
        """
        number = zlib.crc32(self.name.encode())
        kind, digits = number % 10, number // 10 % 1_000_000
        if kind < 6:
            return f"УТ-99{digits:06d}"
        return f"ФМ-99{digits:06d}" if kind < 8 else f"00099{digits:06d}"


def rows(entries: list[dict[str, Any]], depth: int = 0) -> Iterator[Row]:
    """The rows of demo.yml's tree, in order."""
    for entry in entries:
        if "group" in entry:
            yield Row(depth, entry["group"], entry.get("price"), entry.get("status", ""))
            yield from rows(entry["rows"], depth + 1)
        else:
            yield from _goods(entry, depth)


def _goods(entry: dict[str, Any], depth: int) -> Iterator[Row]:
    fields = {key: value for key, value in entry.items() if key not in _OWN_KEYS}
    statuses = entry.get("statuses", {})
    for values in itertools.product(*fields.values()):
        chosen = dict(zip(fields, values, strict=True))
        added = [part[chosen[field]] for field, part in fields.items() if isinstance(part, dict)]
        given = [statuses[value] for value in values if value in statuses]
        yield Row(
            depth,
            entry["name"].format(**chosen),
            entry.get("price", 0) + sum(added),
            given[0] if given else entry.get("status", ""),
        )


def book(demo: dict[str, Any]) -> bytes:
    """The whole file as 1C would have written it.

    :param demo: what demo.yml says.
    """
    workbook = xlwt.Workbook(encoding="utf-8")
    sheet = workbook.add_sheet("Лист_1")
    for column, width in enumerate(_WIDTHS):
        sheet.col(column).width = width
    bold = xlwt.easyxf("font: bold on, name Arial")
    plain = xlwt.easyxf("font: name Arial")
    number = xlwt.easyxf("font: name Arial", num_format_str="0")
    sheet.write(2, 0, demo["title"], bold)
    sheet.write(3, 0, demo["footnote"], plain)
    for column, heading in enumerate(("Номенклатура", "Код", "Заказ", "Статус")):
        sheet.write_merge(_HEADER_ROW, _HEADER_ROW + 1, column, column, heading, bold)
    sheet.write(_HEADER_ROW, _PRICE, demo["price_kind"], bold)
    sheet.write(_HEADER_ROW + 1, _PRICE, "Цена", bold)
    indented = [
        xlwt.easyxf(f"font: name Arial; align: indent {depth * 2}, wrap on") for depth in range(8)
    ]
    for index, row in enumerate(rows(demo["rows"]), start=_HEADER_ROW + 2):
        sheet.row(index).level = row.depth
        sheet.write(index, _NAME, row.name, indented[row.depth])
        sheet.write(index, _CODE, row.code, plain)
        sheet.write(index, _ORDER, None, plain)
        sheet.write(index, _STATUS, row.status or None, plain)
        sheet.write(index, _PRICE, row.price, plain if row.price is None else number)
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


if __name__ == "__main__":
    demo = yaml.safe_load((HERE / "demo.yml").read_text(encoding="utf-8"))
    (HERE / "demo.xls").write_bytes(book(demo))
