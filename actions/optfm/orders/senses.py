"""What reading and matching ask of whoever knows the goods."""

from dataclasses import dataclass
from typing import NamedTuple, Protocol


@dataclass(frozen=True, kw_only=True, slots=True)
class Sense:
    """What a piece of text says of goods."""

    goods: bool  #: says what the thing is: «дисплей», «акб»
    device: bool  #: names a model with its number: «11 про», «а12»
    line: bool  #: names a brand or a line of devices without a number: «redmi note»
    numbered: bool  #: names a model by a part number: «BN46»
    article: bool  #: has an article or a part number: «BX51», «B7000»
    code: bool  #: is a code of the list
    colour: bool
    plug: bool  #: says what it is plugged by: «тайпси»
    value: bool  #: has a value with a unit: «2 м», «50 мл»
    known_words: int  #: how many of its words some row has: «оригинал»
    strange: bool  #: says what the thing is by a noun that nobody knows: «холодильник»
    noun: bool  #: has a noun that rows are called by, if only by their names: «калоша»
    named: frozenset[str]  #: the words that say what the thing is
    empty: bool  #: nothing in it could be goods

    @property
    def known(self) -> bool:
        """Whether it has a word that some row has."""
        return self.known_words > 0

    @property
    def whole(self) -> bool:
        """Whether it can stand alone: a code, an article, or goods for a device."""
        return self.code or self.article or self.device


class Copied(NamedTuple):
    """A row of a message with a code in the place of the name."""

    row: str
    code: str
    name: str  #: as typed


class Goods(Protocol):
    """Knows words of goods and what the list has."""

    def sense(self, text: str) -> Sense:
        """What a piece of a customer's text says; never raises."""

    def heard(self, text: str) -> str:
        """The text in the right keyboard layout: «rfhnhblth 5 in» is «картридер 5 шт»."""

    def turned(self, text: str) -> str:
        """As `heard`, but only what was typed in the wrong layout is changed."""

    def finds(self, text: str) -> bool:
        """Whether the list has what the text asks for."""

    def is_kind_of(self, text: str, base: str) -> bool:
        """Whether the goods of a text are of the goods of `base`: «крона» of «батарейки»."""

    def goes_on(self, base: str, text: str) -> bool:
        """Whether the list has what `text` leaves to `base`: «12 gx» after «дисплей на 11»."""

    def leaning(self, base: str, text: str, *, goods_only: bool = False) -> str:
        """`text` with what it leaves to `base`."""

    def device_of(self, text: str) -> str:
        """The device that a text names, for people; "" where it names none."""

    def copied_name(self, row: str, /) -> Copied | None:
        """A row of a message that is a name of the list, whole, and perhaps a count."""

    def brand_alone(self, word: str) -> bool:
        """Whether a word is a maker or a line of devices without a model."""

    def finds_model(self, text: str) -> bool:
        """Whether the text names a model, and what the list has for it is for that model."""

    def names_wholly(self, text: str) -> bool:
        """Whether rows have all words of a text, its number, too: «клавиатура One 112»."""

    def is_sold_with(self, text: str, part: str) -> bool:
        """Whether what a text asks for comes with a part, in one name: «стекло 8 + рамка»."""

    def costs(self, text: str, roubles: int) -> bool:
        """Whether goods that a text names cost so much."""

    def tells_which(self, head: str, text: str) -> bool:
        """Whether what would be goods says which of those of a header: «12 зарядка» of «шлейфы»."""

    def names_by_number(self, text: str) -> bool:
        """Whether a number of the text is of the goods' names: «оплетка 1515»."""
