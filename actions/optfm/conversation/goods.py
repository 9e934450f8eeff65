"""What a conversation needs of the price list."""

from typing import Protocol

from optfm.catalog import PriceRow
from optfm.search import Answer, Device, Facet, Query, RowFacts, Value


class Goods(Protocol):
    """One revision of the list, ready for questions."""

    def heard(self, text: str) -> str:
        """A text in the right keyboard layout and alphabet, its small words as they are spelt."""

    def parse(self, text: str, *, about: Query | None = None) -> list[Query]:
        """One query for each of the goods that a text asks for; never empty."""

    def find(self, query: Query, *, limit: int = 10) -> Answer:
        """The rows that answer a query."""

    def general(self, query: Query) -> str:
        """What the goods of a query are called together with their kin: «зарядка»; "" for none."""

    def row(self, code: str) -> PriceRow | None:
        """The row of a code."""

    def facts(self, code: str) -> RowFacts | None:
        """What a row's name says."""

    def has(self, code: str, facet: Facet) -> bool | None:
        """Whether a row has something; None where it says nothing of that kind."""

    def fits(self, code: str, device: Device) -> bool | None:
        """Whether a row fits a device by its name; None where it names no device."""

    def spoken(self, value: Value) -> str:
        """A value for people: «3500 mAh»."""
