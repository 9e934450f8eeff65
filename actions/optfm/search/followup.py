"""What a message means after a price question: «а на 12?», «подешевле», «второй», «ещё»."""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace

from optfm.search.index import PriceIndex
from optfm.search.query import Query, Value

_WORD = r"[а-яёa-z]*"
_MORE = re.compile(
    rf"^(?:а |и )*(?:ещ[её]|дальше|остальные|все|больше|другие)(?: {_WORD}){{0,2}}\W*$"
)
#: How somebody says that he takes it.
_TAKES = r"беру|возьм[уё]м?|закажу|заказываю|покупаю|куплю|хочу|нужно|надо|давай(?:те)?"
_SO = r"а|и|ок|окей|хорошо|тогда|ладно|да|мне|нам"
_ORDINALS = ("перв", "втор", "трет", "четв[её]рт", "пят")
_PICK = re.compile(
    rf"^(?:(?:{_SO}|{_TAKES}|по|сколько|цена|ст[оа]ит),? )*(?:№ ?|номер |вариант )?"
    rf"(?:(?P<digit>[1-5])|{'|'.join(f'(?P<o{i}>{o}{_WORD})' for i, o in enumerate(_ORDINALS))})"
    rf"(?: (?:вариант|номер|{_WORD} ?ст[оа]и{_WORD}|сколько|почем|поч[её]м|цена|беру|подойд[её]т)"
    r"| строк[аи]| (?:ещ[её] )?(?:в наличии|на складе|есть|остал[а-я]*))*\W*$"
)
_COUNT = re.compile(
    rf"^(?:(?:{_SO}|{_TAKES}|если|сколько|{_WORD} ?(?:ст[оа]ит|будет|за)),? )*"
    rf"(?P<count>\d{{1,5}}) ?(?:шт{_WORD}|экземпляр{_WORD}|так(?:их|ие))?\.?"
    r"(?: (?:сколько|почем|поч[её]м|будет|выйдет|это|цена|брать|если|взять)"
    rf"| (?:{_TAKES})| {_WORD} ?ст[оа]и{_WORD})*\W*$"
)
#: the pieces at the end of «третий 10 шт»
_AT_LAST = re.compile(rf"[, ]+(?P<count>\d{{1,5}}) ?(?:шт{_WORD}|экземпляр{_WORD})?\W*$")
_PIECES = re.compile(r"\d ?(?:шт|экземпляр|так(?:их|ие)\b)")
_NUMERALS = dict(
    [("одну", 1), ("одна", 1), ("две", 2), ("два", 2), ("три", 3), ("четыре", 4), ("пять", 5)]
    + [("шесть", 6), ("десять", 10), ("двадцать", 20), ("тридцать", 30), ("сто", 100)]
)
_NUMERAL = re.compile(rf"\b(?:{'|'.join(_NUMERALS)})\b(?= (?:шт|так(?:их|ие)\b))")
_COUNTING = re.compile(
    r"\b(?:сколько|почем|поч[её]м|за|будет|выйдет|взять|возьму|беру|закажу|если)\b"
)
_AROUND_AN_ORDER = frozenset(
    """
    а и ну есть что чего можно покажи покажите давай нибудь то чуть немного самый самая самое самые
    из них этих сначала какой какая какие вариант варианты тогда еще ещё мне
    """.split()  # noqa: SIM905 - a list of words reads worse
)
_CHEAPER = re.compile(r"(?:по)?деш[её]в\w*|недорог\w*|бюджетн\w*")
_DEARER = re.compile(r"(?:по)?дорож\w*|дорог\w*|топов\w*")
_UNBRANDED = re.compile(r"[A-Za-z]?\d")
#: «а 27», «на 27 про»: another model of the same family, also one that the list does not know.
_SIBLING = re.compile(
    r"^(?:(?:а|и|ну|есть|если|вот)\s+)*(?P<for>(?:на|для|к)\s+)?"
    r"(?P<model>\d{1,3}[a-zа-я]?(?:\s?(?:про|pro|макс|max|мини|mini|плюс|plus|\+))*)\W*$"
)
#: «мини», «а про макс»: the mark of the same model.
_MARKED = re.compile(
    r"^(?:(?:а|и|ну|есть|если|нужен|на)\s+)*"
    r"(?P<marks>(?:(?:про|pro|макс|max|мини|mini|плюс|plus|ультра|ultra|лайт|lite)\s?)+)\W*$"
)
_FAMILY = re.compile(r"(?:[A-Za-z]{3,} )+(?=\w*\d)")


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
    listed: tuple[str, ...] = ()  #: those among which one was picked since
    offset: int = 0  #: how many lines of the answer were shown so far
    order: str = ""  #: "cheap" or "dear" where the rows were put in order of price
    count: int = 0  #: how many pieces of the row that was picked; 0: not said

    @classmethod
    def of(cls, query: Query, spoken: Callable[[Value], str]) -> "LastQuestion":
        """The parts of a question as the index understood it.

        :param spoken: a value in words that are read back as the same value.
        """
        device = ", ".join(d.label for d in query.models)
        quoted = f'"{query.pressed}"' if query.pressed else ""
        makes = (d.readings[0].series or min(d.readings[0].brands, default="") for d in query.makes)
        return cls(
            text=query.text,
            goods=" ".join([quoted, *(w.said for w in query.words if len(w.said) > 1)]).strip(),
            device=device or " ".join(sorted(makes)),
            values=" ".join(spoken(value) for value in query.values),
            colour=" ".join(sorted(query.colours)),
            money=_bounds(query),
        )

    @classmethod
    def from_slot(cls, slot: Mapping[str, object] | None) -> "LastQuestion | None":
        """What `as_slot` gave, or None for what is not of this form (an older version's)."""
        try:
            read = cls(**slot)  # type: ignore[arg-type]
            return replace(read, shown=tuple(read.shown), listed=tuple(read.listed))
        except TypeError:
            return None

    def as_slot(self) -> dict[str, object]:
        """As JSON, to be kept in the dialog."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """Search this."""

    question: str
    #: The same without the device of the last question: for goods that fit no device at all.
    plain: str | None = None


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Again:
    """The rows that were shown last: «сколько стоит», «какие цвета есть»."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Unclear:
    """About rows of an answer that the dialog does not have."""


Meaning = Ask | More | Sort | Pick | Total | Again | Unclear


def meaning(text: str, index: PriceIndex, last: LastQuestion | None) -> Meaning:
    """What the customer wants, in the light of his last question.

    :param text: as typed.
    :param last: None where the dialog has asked nothing yet.
    """
    query = index.understand(text)
    if query.code_said:
        return Ask(question=text)
    said = " ".join(text.lower().split())
    if _MORE.match(said):
        return More()
    if order := _order(said):
        return Sort(cheapest=order == "cheap") if last else Unclear()
    if _PICK.match(said):
        picked = _picked(said, last) if last else None
        return Pick(code=picked) if picked else Unclear()
    if last and (of_one := _so_many_of_one(said, last)):
        return of_one
    if count := _counted(said, last):
        return Total(code=last.shown[0], count=count) if last and last.shown else Unclear()
    if _names_nothing(query):
        return Again() if last and last.shown else Unclear()
    if last is None:
        return Ask(question=text)
    return _completed(said, query, last, index)


def _names_nothing(query: Query) -> bool:
    """A question of price with no goods in it, and no word that might be some."""
    return query.empty and not query.idle and any(char.isalpha() for char in query.text)


def pieces(text: str) -> int:
    """How many pieces somebody takes: «беру 10 штук, мой номер …»; 0 where he names no number."""
    parts = re.split(r"[,.;!\n]+", text.lower())
    return next((count for part in parts if (count := _counted(part.strip(), None))), 0)


def _order(said: str) -> str:
    """ "cheap", "dear", or "" where the text says more than how to sort."""
    words = [word.strip(",.!?") for word in said.split()]
    left = [word for word in words if word not in _AROUND_AN_ORDER]
    if len(left) != 1:
        return ""
    return "cheap" if _CHEAPER.fullmatch(left[0]) else "dear" if _DEARER.fullmatch(left[0]) else ""


def _counted(said: str, last: LastQuestion | None) -> int:
    """How many pieces are asked about; 0 where a number is something else (a model, say)."""
    said = _NUMERAL.sub(lambda word: str(_NUMERALS[word[0]]), said)
    found = _COUNT.match(said)
    if not found:
        return 0
    alone = said.strip(" .!?") == found["count"]
    one_row = last is not None and len(last.shown) == 1 and not _FAMILY.match(last.device)
    meant = _PIECES.search(said) or _COUNTING.search(said) or (alone and one_row)
    return int(found["count"]) if meant else 0


def _so_many_of_one(said: str, last: LastQuestion) -> Total | None:
    """«третий 10 шт», «второй беру 5»: pieces of a row that is named by its place."""
    said = _NUMERAL.sub(lambda word: str(_NUMERALS[word[0]]), said)
    count = _AT_LAST.search(said)
    if not count or not _PICK.match(said[: count.start()]):
        return None
    code = _picked(said[: count.start()], last)
    return Total(code=code, count=int(count["count"])) if code else None


def _picked(said: str, last: LastQuestion) -> str | None:
    found = _PICK.match(said)
    assert found is not None
    number = int(found["digit"] or 0) or 1 + next(
        i for i in range(len(_ORDINALS)) if found[f"o{i}"]
    )
    rows = last.listed or last.shown
    return rows[number - 1] if number <= len(rows) else None


def _completed(said: str, query: Query, last: LastQuestion, index: PriceIndex) -> Ask:
    """The question with what it leaves out taken from the last one."""
    family = _FAMILY.match(last.device)
    sibling = _SIBLING.match(said)
    numbered = family or last.device[:1].isdigit()
    if numbered and sibling and (sibling["for"] or sibling["model"] != said.strip(" ?.!")):
        device = f"{family[0] if family else ''}{sibling['model']}"
        return Ask(question=joined(replace(last, colour="", money=""), device=device))
    marked = _MARKED.match(said)
    if marked and last.device[-1:].isdigit():
        return Ask(question=joined(last, device=f"{last.device} {marked['marks'].strip()}"))
    new = LastQuestion.of(query, index.spoken)
    if _goods(query, index.shelf.heads):
        if new.device or new.values or not last.device:
            return Ask(question=query.text)
        return Ask(question=joined(new, device=last.device), plain=query.text)
    if not (new.device or new.values or new.colour or new.money or new.goods):
        return Ask(question=query.text)
    device = new.device or last.device
    if new.device and not query.models and _UNBRANDED.match(last.device):
        device = f"{new.device} {last.device}"  # «самсунг» after «а12»
    elif _UNBRANDED.match(new.device) and not any(char.isdigit() for char in last.device):
        device = f"{last.device} {new.device}".strip()  # «а12» after «самсунг»
    full = joined(
        new,
        goods=f"{last.goods} {new.goods}".strip(),
        device=device,
        values=new.values or last.values,
        colour=new.colour or ("" if new.device else last.colour),
    )
    # A brand or a part number may be of other goods; a property is of those asked for.
    named = any(word.speech in ("name", "code", "number") for word in query.words)
    return Ask(question=full, plain=query.text if named else None)


def _goods(query: Query, heads: Mapping[str, float]) -> bool:
    """Whether the text names a thing, and not only a property of one: «беспроводные», «силикон».

    :param heads: lexeme → the share of its rows that are called so.
    """
    return bool(query.pressed) or any(
        word.speech == "noun"
        and not word.governed
        and (not word.options or any(heads.get(x, 0.0) > 0 for o in word.options for x in o))
        for word in query.words
    )


def _bounds(query: Query) -> str:
    """The price bounds in words that are read back as the same bounds."""
    least, most = query.price.least, query.price.most
    words = [f"от {least:.0f} рублей"] if least else []
    words += [f"до {most:.0f} рублей"] if most else []
    return " ".join([*words, *([str(query.sale)] if query.sale else [])])


def joined(parts: LastQuestion, **taken: str) -> str:
    """A question in words out of its parts.

    :param taken: parts to put in place of those given.
    """
    full = replace(parts, **taken)  # type: ignore[arg-type]
    return " ".join(
        part for part in (full.goods, full.device, full.values, full.colour, full.money) if part
    )
