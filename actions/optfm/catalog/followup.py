"""What a message means after a price question: «а на 12?», «подешевле», «второй», «ещё»."""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace

from optfm.catalog.index import PriceIndex
from optfm.catalog.language.units import Quantity
from optfm.catalog.search.question import Question

_WORD = r"[а-яёa-z]*"
_MORE = re.compile(
    rf"^(?:а |и )*(?:ещ[её]|дальше|остальные|все|больше|другие)(?: {_WORD}){{0,2}}\W*$"
)
_ORDINALS = ("перв", "втор", "трет", "четв[её]рт", "пят")
_PICK = re.compile(
    r"^(?:а |беру |хочу |давай(?:те)? |по |сколько |цена )*(?:№ ?|номер |вариант )?"
    rf"(?:(?P<digit>[1-5])|{'|'.join(f'(?P<o{i}>{o}{_WORD})' for i, o in enumerate(_ORDINALS))})"
    rf"(?: (?:вариант|номер|{_WORD} ?ст[оа]и{_WORD}|сколько|почем|поч[её]м|цена|беру|подойд[её]т)"
    r"| строк[аи])*\W*$"
)
_COUNT = re.compile(
    rf"^(?:а |и |если |сколько |{_WORD} ?(?:ст[оа]ит|будет|за) )*(?P<count>\d{{1,5}}) ?"
    rf"(?:шт{_WORD}|экземпляр{_WORD})?\.?"
    r"(?: (?:сколько|почем|поч[её]м|будет|выйдет|это|цена|брать|если|взять|возьму)"
    rf"| {_WORD} ?ст[оа]и{_WORD})*\W*$"
)
_PIECES = re.compile(r"\d ?(?:шт|штук|экземпляр)")
_FAMILY = re.compile(r"(?:[A-Za-z]{3,} )+(?=\w*\d)")
_SAME_DEVICE = re.compile(r"^(?:а|и|ещ[её])\s|\b(?:к|на|для) (?:нему|ней|него|не[её])\b")


@dataclass(frozen=True, kw_only=True, slots=True)
class LastQuestion:
    """What the dialog last asked of the price list, in parts that the next message may replace."""

    text: str  #: the whole question that was searched
    goods: str = ""  #: words for what the thing is, with its quality
    device: str = ""  #: the device or the brand it is for
    values: str = ""  #: capacity, length, power…
    colour: str = ""
    money: str = ""  #: «до 500 рублей»
    shown: tuple[str, ...] = ()  #: codes of the rows shown last, in their order
    offset: int = 0  #: how many lines of the answer were shown so far

    @classmethod
    def of(cls, question: Question, spoken: Callable[[Quantity], str]) -> "LastQuestion":
        """The parts of a question as the index understood it.

        :param spoken: a value in words that are read back as the same value.
        """
        names = question.names
        device = ", ".join(d.label for d in names.devices)
        return cls(
            text=question.text,
            goods=" ".join(term.typed for term in question.terms if len(term.typed) > 1),
            device=device or " ".join(sorted(names.brands | names.series)),
            values=" ".join(spoken(quantity) for quantity in question.quantities),
            colour=" ".join(sorted(question.colours)),
            money=_bounds(question),
        )

    @classmethod
    def from_slot(cls, slot: Mapping[str, object] | None) -> "LastQuestion | None":
        """What `as_slot` gave, or None for what is not of this form (an older version's)."""
        try:
            read = cls(**slot)  # type: ignore[arg-type]
            return replace(read, shown=tuple(read.shown))
        except TypeError:
            return None

    def as_slot(self) -> dict[str, object]:
        """As JSON, to be kept in the dialog."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """Search this."""

    question: str


@dataclass(frozen=True, kw_only=True, slots=True)
class More:
    """Go on with the rows of the last answer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sort:
    """The last answer again, the cheapest or the dearest first."""

    cheapest: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Pick:
    """One of the rows that were shown."""

    code: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Total:
    """What so many pieces of a shown row cost."""

    code: str
    count: int


Meaning = Ask | More | Sort | Pick | Total


def meaning(text: str, index: PriceIndex, last: LastQuestion | None) -> Meaning:
    """What the customer wants, in the light of his last question.

    :param text: as typed.
    :param last: None where the dialog has asked nothing yet.
    """
    question = index.understand(text)
    if last is None or question.code:
        return Ask(question=text)
    said = " ".join(text.lower().split())
    if _MORE.match(said):
        return More()
    if last.shown:
        if picked := _picked(said, last):
            return Pick(code=picked)
        if (counted := _COUNT.match(said)) and (_PIECES.search(said) or len(last.shown) == 1):
            return Total(code=last.shown[0], count=int(counted["count"]))
    if question.money.order and question.empty:
        return Sort(cheapest=question.money.order == "cheap")
    return Ask(question=_completed(said, question, last, index.spoken))


def _picked(said: str, last: LastQuestion) -> str | None:
    found = _PICK.match(said)
    if not found:
        return None
    number = int(found["digit"] or 0) or 1 + next(
        i for i in range(len(_ORDINALS)) if found[f"o{i}"]
    )
    return last.shown[number - 1] if number <= len(last.shown) else None


def _completed(
    said: str, question: Question, last: LastQuestion, spoken: Callable[[Quantity], str]
) -> str:
    """The question with what it leaves out taken from the last one."""
    new = LastQuestion.of(question, spoken)
    if _goods(question):
        if new.device or not _SAME_DEVICE.search(said):
            return question.text
        return joined(new, device=last.device)
    if not (new.device or new.values or new.colour or new.money or new.goods):
        return question.text
    return joined(
        new,
        goods=f"{last.goods} {new.goods}".strip(),
        device=_of_the_family(new.device, last.device),
        values=new.values or last.values,
        colour=new.colour or ("" if new.device else last.colour),
    )


def _of_the_family(device: str, last: str) -> str:
    """A bare number after «iPhone 11» is another iPhone."""
    family = _FAMILY.match(last)
    if family and device[:1].isdigit():
        return f"{family[0]}{device}"
    return device or last


def _goods(question: Question) -> bool:
    """Whether the text names a thing, and not only a property of one."""
    return any(term.sort == "noun" and not term.governed for term in question.terms)


def _bounds(question: Question) -> str:
    """The price bounds in words that are read back as the same bounds."""
    least, most = question.money.least, question.money.most
    words = [f"от {least:.0f} рублей"] if least else []
    return " ".join([*words, *([f"до {most:.0f} рублей"] if most else [])])


def joined(parts: LastQuestion, **taken: str) -> str:
    """A question in words out of its parts.

    :param taken: parts to put in place of those given.
    """
    full = replace(parts, **taken)  # type: ignore[arg-type]
    return " ".join(
        part for part in (full.goods, full.device, full.values, full.colour, full.money) if part
    )
