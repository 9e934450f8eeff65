"""What a price list is made of once it has been read."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True, slots=True)
class PriceRow:
    """Something the shop sells."""

    code: str  #: as in 1C, e.g. "УТ-00025677"; unique in its list
    name: str  #: as printed
    price_kop: int  #: kopecks, without the discount of a «Распродажа» status
    status: str  #: as printed, "" where there is none
    path: tuple[str, ...]  #: names of the groups above, outermost first
    row_number: int  #: 1-based row of the sheet
    unit: str = ""  #: as printed, e.g. "шт"; "" where the list has none
    stock: str = ""  #: as printed on the day of the list, e.g. "12" or "есть"


@dataclass(frozen=True, kw_only=True, slots=True)
class UnpricedRow:
    """Something that the shop has and that the list puts no price on («по запросу»)."""

    code: str
    name: str  #: as printed
    said: str  #: what stands in place of the price, "" for an empty cell
    status: str
    path: tuple[str, ...]
    row_number: int
    unit: str = ""
    stock: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PriceGroup:
    """A heading of the list: a row with deeper rows below it."""

    code: str  #: as in 1C
    name: str  #: as printed
    price_kop: int | None  #: kopecks; 1C prints a price on some groups, nobody buys by it
    status: str  #: as printed, "" where there is none
    path: tuple[str, ...]  #: names of the groups above, outermost first
    row_number: int  #: 1-based row of the sheet
    depth: int  #: 0 for the outermost


@dataclass(frozen=True, kw_only=True, slots=True)
class PriceList:
    """One whole list as 1C exported it."""

    title: str  #: as printed, e.g. "Прайс-лист на 25 июня 2025 г."
    list_date: date  #: the day the title names
    rows: tuple[PriceRow, ...]  #: in the order of the sheet
    groups: tuple[PriceGroup, ...]  #: in the order of the sheet
    unpriced: tuple[UnpricedRow, ...] = ()  #: in the order of the sheet
