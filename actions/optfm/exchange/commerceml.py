"""Reads files of CommerceML 2 (versions 2.05 to 3.1) as streams.

A file may hold a classifier with groups, a catalogue with goods, a package of offers with prices
and stock; what it holds is seen from its elements, never from its name. Names of elements and
attributes: v8.1c.ru, «CommerceML 2», and what 1C:UT 11 and 1C:UNF write.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from lxml import etree

_TRUE = ("true", "1", "да", "истина")
_BEGINNING = 4096
_TAGS = tuple(
    f"{{*}}{name}"
    for name in (
        *("Классификатор", "Каталог", "ПакетПредложений", "ИзмененияПакетаПредложений"),
        *("Товар", "Предложение", "ТипЦены"),
    )
)
_PACKAGES = ("ПакетПредложений", "ИзмененияПакетаПредложений")


class BadFile(Exception):
    """A file that is not taken; one line in Russian for whoever set up the exchange."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Whole:
    """A catalogue or a package begins."""

    what: str  #: "catalog" or "offers"
    whole: bool | None  #: False: it holds changes only; None: it does not say (3.x)


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """A group of goods."""

    id: str
    parent: str | None
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PriceType:
    """A kind of price, such as «Розничная»."""

    id: str
    name: str
    currency: str  #: of its prices that name none; "" where it is not said


@dataclass(frozen=True, kw_only=True, slots=True)
class Good:
    """Something in the catalogue."""

    id: str
    code: str  #: as people know it; "" where 1C does not say
    name: str
    group: str | None
    deleted: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Price:
    """What an offer costs by one type of price."""

    type: str
    amount: Decimal
    currency: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """A good that is sold, or one of its characteristics; each part may be left out."""

    id: str  #: of the good, or `good#characteristic`
    name: str
    features: str  #: values of the characteristic, in words
    prices: tuple[Price, ...] | None = None  #: None: nothing is said of prices
    stock: Decimal | None = None  #: pieces in all stores; None: nothing is said of it
    deleted: bool = field(default=False)


Item = Whole | Group | PriceType | Good | Offer


def read(path: Path) -> Iterator[Item]:
    """Everything that a file says, in its order, a part at a time.

    :raises BadFile: no XML, cut short, with a DOCTYPE, or not CommerceML.
    """
    with path.open("rb") as file:
        beginning = file.read(_BEGINNING).upper()
    if b"<!DOCTYPE" in beginning or b"<!ENTITY" in beginning or b"\0" in beginning:
        raise BadFile("XML с DOCTYPE или в UTF-16 не принимается")
    known = False
    version = ""
    try:
        steps = etree.iterparse(
            str(path),
            events=("start", "end"),
            tag=_TAGS,
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
        )
        for event, element in steps:
            if not known:
                version = _version(element.getroottree())
                known = True
            yield from _begun(element, version) if event == "start" else _ended(element)
        if not known:  # stores, units, partners: files of their own in 3.1, and nothing for us
            _version(steps.root.getroottree())
    except etree.XMLSyntaxError as exc:
        raise BadFile(f"файл не читается как XML: строка {exc.lineno}") from exc


def _version(tree: Any) -> str:  # noqa: ANN401 - lxml's trees and elements
    """:raises BadFile: it is not CommerceML."""
    if tree.docinfo.doctype or tree.docinfo.internalDTD is not None:
        raise BadFile("XML с DOCTYPE не принимается")
    if _tag(tree.getroot()) != "КоммерческаяИнформация":
        raise BadFile("это не CommerceML: нет «КоммерческаяИнформация»")
    return str(tree.getroot().get("ВерсияСхемы") or "").strip()


def _begun(element: Any, version: str) -> Iterator[Item]:  # noqa: ANN401
    name = _tag(element)
    if name == "Каталог" or name in _PACKAGES:
        changes = (element.get("СодержитТолькоИзменения") or "").strip().lower()
        whole = None if version.startswith("3") and not changes else changes not in _TRUE
        if name == "ИзмененияПакетаПредложений":
            whole = False
        yield Whole(what="catalog" if name == "Каталог" else "offers", whole=whole)


def _ended(element: Any) -> Iterator[Item]:  # noqa: ANN401
    match _tag(element):
        case "Классификатор":
            yield from _groups(element, None)
        case "ТипЦены":
            if number := _text(element, "Ид"):
                yield PriceType(
                    id=number,
                    name=_text(element, "Наименование") or number,
                    currency=_text(element, "Валюта"),
                )
            return  # the classifier may hold types of prices: it is cleared when it ends
        case "Товар":
            yield from _good(element)
        case "Предложение":
            yield from _offer(element)
        case _:
            pass
    _forget(element)


def _forget(element: Any) -> None:  # noqa: ANN401
    """Let a part that was read go, with all before it: a file may be larger than the memory."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _groups(element: Any, parent: str | None) -> Iterator[Group]:  # noqa: ANN401
    for below in _children(element, "Группы"):
        for group in _children(below, "Группа"):
            number = _text(group, "Ид")
            if number:
                yield Group(id=number, parent=parent, name=_text(group, "Наименование") or "—")
                yield from _groups(group, number)


def _good(element: Any) -> Iterator[Good]:  # noqa: ANN401
    number = _text(element, "Ид")
    if not number:
        return
    facts = {
        _text(fact, "Наименование"): _text(fact, "Значение")
        for values in _children(element, "ЗначенияРеквизитов")
        for fact in _children(values, "ЗначениеРеквизита")
    }
    group = next(
        (said.text for groups in _children(element, "Группы") for said in _children(groups, "Ид")),
        None,
    )
    code = _text(element, "Код") or facts.get("Код") or _text(element, "Артикул")
    yield Good(
        id=number.partition("#")[0],
        code=code,
        name=_text(element, "Наименование") or facts.get("Полное наименование") or "",
        group=(group or "").strip() or None,
        deleted=_is_deleted(element),
    )


def _offer(element: Any) -> Iterator[Offer]:  # noqa: ANN401
    number = _text(element, "Ид")
    if not number:
        return
    features = [
        _text(feature, "Значение")
        for all_of_them in _children(element, "ХарактеристикиТовара")
        for feature in _children(all_of_them, "ХарактеристикаТовара")
    ]
    yield Offer(
        id=number,
        name=_text(element, "Наименование"),
        features=", ".join(filter(None, features)),
        prices=_prices(element),
        stock=_stock(element),
        deleted=_is_deleted(element),
    )


def _prices(element: Any) -> tuple[Price, ...] | None:  # noqa: ANN401
    holders = list(_children(element, "Цены"))
    if not holders:
        return None
    found = []
    for said in (price for holder in holders for price in _children(holder, "Цена")):
        amount = _number(_text(said, "ЦенаЗаЕдиницу"))
        if amount is not None:
            kind, currency = _text(said, "ИдТипаЦены"), _text(said, "Валюта")
            found.append(Price(type=kind, amount=amount, currency=currency))
    return tuple(found)


def _stock(element: Any) -> Decimal | None:  # noqa: ANN401
    """The sum of all stores, in whichever of the three ways it is written."""
    by_store = [
        _number(store.get("КоличествоНаСкладе") or _text(store, "Количество"))
        for store in _children(element, "Склад")
    ]
    by_rest = [
        _number(_text(place, "Количество"))
        for rests in _children(element, "Остатки")
        for rest in _children(rests, "Остаток")
        for place in (list(_children(rest, "Склад")) or [rest])
    ]
    for counted in (by_rest, by_store, [_number(_text(element, "Количество"))]):
        said = [count for count in counted if count is not None]
        if said:
            return sum(said, Decimal())
    return None


def _is_deleted(element: Any) -> bool:  # noqa: ANN401
    marked = _text(element, "ПометкаУдаления").lower() in _TRUE
    return marked or (element.get("Статус") or "").lower().startswith("удал")


def _number(said: str | None) -> Decimal | None:
    try:
        found = Decimal((said or "").replace(" ", "").replace("\u00a0", "").replace(",", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) < Decimal(10) ** 12 else None


def _children(element: Any, name: str) -> Iterator[Any]:  # noqa: ANN401
    return (child for child in element if _tag(child) == name)


def _text(element: Any, name: str) -> str:  # noqa: ANN401
    child = next(_children(element, name), None)
    return (child.text or "").strip() if child is not None else ""


def _tag(element: Any) -> str:  # noqa: ANN401
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
