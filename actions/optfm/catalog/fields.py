"""What may stand in a cell of the list: a name, a code, a status, a price."""

import math
import unicodedata

from optfm.catalog.sheet import Cell, Odd

#: Characters; the longest name of the real list has 112.
MAX_NAME = 500
MAX_CODE = 50
MAX_STATUS = 100
MAX_PRICE_KOP = 10_000_000_00


class BadField(Exception):
    """A cell that cannot be taken; says what is wrong with it, in Russian."""


def name(cell: Cell | None) -> str:
    """The name as printed; BadField when there is none."""
    return _text(cell, "названия", MAX_NAME)


def code(cell: Cell | None) -> str:
    """The code as in 1C; BadField when there is none or Excel has made a number of it."""
    if cell and isinstance(cell.value, float):
        raise BadField(
            f"код записан числом {cell.value:.15g}, его ведущие нули потеряны: "
            "выгрузите прайс-лист из 1С без правки в Excel"
        )
    return _text(cell, "кода", MAX_CODE)


def status(cell: Cell | None) -> str:
    """The status as printed, "" where there is none."""
    if cell is None or (isinstance(cell.value, str) and not clean(cell.value)):
        return ""
    return _text(cell, "статуса", MAX_STATUS)


def price_kop(cell: Cell) -> int:
    """The price in kopecks, > 0; BadField for anything that nobody could pay."""
    if isinstance(cell.value, Odd):
        raise BadField(f"вместо цены {cell.value.what}")
    if isinstance(cell.value, str):
        raise BadField(f"вместо цены текст «{clean(cell.value)[:40]}»")
    if not math.isfinite(cell.value):
        raise BadField("цена не число")
    kop = round(cell.value * 100)
    if kop <= 0:
        raise BadField(f"цена {cell.value:.15g}: нужна больше нуля")
    if kop > MAX_PRICE_KOP:
        raise BadField(f"цена {cell.value:.15g}: больше {MAX_PRICE_KOP // 100} ₽")
    return kop


def clean(text: str) -> str:
    """The text as it looks in print: in one line, without characters that have no shape."""
    if not text.isprintable():
        text = "".join(
            char if char.isprintable() else " " if _is_space(char) else "" for char in text
        )
    return text.strip()


def _is_space(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Zs", "Zl", "Zp")


def _text(cell: Cell | None, what: str, longest: int) -> str:
    if cell and isinstance(cell.value, Odd):
        raise BadField(f"вместо {what} {cell.value.what}")
    if cell and isinstance(cell.value, float):
        raise BadField(f"вместо {what} число {cell.value:.15g}")
    text = clean(cell.value) if cell else ""  # type: ignore[arg-type]
    if not text:
        raise BadField(f"нет {what}")
    if len(text) > longest:
        raise BadField(f"длиннее {longest} знаков")
    return text
