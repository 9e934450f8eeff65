"""Why a question got its answer, in Russian, for somebody who sells phone parts."""

import json
from collections.abc import Iterator, Mapping

import numpy as np

from optfm.search import roles
from optfm.search.answer import Answer
from optfm.search.confidence import CURVE
from optfm.search.constraints import Constraint, ExcludeConstraint
from optfm.search.finding import Found
from optfm.search.index import PriceIndex
from optfm.search.postings import within
from optfm.search.query import Query, WordName, Words
from optfm.search.shelf import Shelf
from optfm.text.morphology import lemma, stem
from optfm.text.units import Quantity

_NAMES: dict[WordName, str] = {
    "goods": "что за товар", "brand": "марка", "quality": "качество", "connector": "разъём",
    "packing": "упаковка", "property": "признак", "part": "деталь", "article": "артикул",
    "number": "число", "word": "уточнение",
}  # fmt: skip
_HOW = {
    "synonym": "по словарю synonyms.yml", "slang": "по словарю slang.yml",
    "typo": "после исправления",
}  # fmt: skip
_MISSING = {
    "kind": "вид товара", "model": "модель", "brand": "марка или название", "capacity": "ёмкость",
    "power": "мощность", "memory": "объём памяти", "length": "длина", "size": "размер",
    "voltage": "напряжение", "current": "ток", "connector": "разъём", "colour": "цвет",
    "price": "цена", "code": "артикул", "word": "слово", "goods": "товар",
}  # fmt: skip
_VERDICTS = {
    "found": "Ответ: показать найденное",
    "ask": "Ответ: показать и уточнить",
    "none": "Ответ: сказать, что такого нет",
}


def explained(index: PriceIndex, answer: Answer, rows: int) -> Iterator[str]:
    """Lines of text: the steps, the demands, the top rows and the verdict.

    :param answer: of this index.
    :param rows: how many of the top rows to explain.
    """
    found = answer.found
    assert found is not None
    yield f"Вопрос: {answer.query.text}"
    yield from _steps(found.query)
    yield from _understood(index.shelf, found)
    yield from _demands(found)
    yield from _rows(index.shelf, answer, found, rows)
    yield from _verdict(answer, found)


def _steps(query: Query) -> Iterator[str]:
    yield "Шаги:"
    for step in query.corrections:
        yield f"  {step.kind}: «{step.typed}» → «{step.read}»"
    if not query.corrections:
        yield "  править нечего"


def _understood(shelf: Shelf, found: Found) -> Iterator[str]:
    query = found.query
    yield "Понято:"
    if query.section:
        yield f"  код раздела «{query.section}»: товаров в нём {len(query.codes)}"
        return
    if query.code_said:
        yield f"  код товара {query.code_said}: строк {len(query.codes)}"
        return
    if query.pressed:
        yield f"  вид товара нажат кнопкой или стоит в кавычках: «{query.pressed}»"
    printed = _printed(shelf)
    for word, match in zip(query.words, found.matches, strict=False):
        yield f"  {_word(word, printed)}; позиций с ним: {len(match.ids)}"
    for device in query.models:
        yield f"  устройство: {' или '.join(m.label for m in device.readings[:4])}"
    for device in query.makes:
        yield f"  марка или линейка: {device.label}"
    for value in query.values:
        yield f"  величина: {shelf.units.spoken(Quantity(value.name, value.amount))}"
    if query.colours:
        yield f"  цвет: {', '.join(sorted(query.colours))}"
    for facet in query.excluded:
        yield f"  кроме: {facet.said}"
    for device in query.devices:
        if device.exclude:
            yield f"  кроме устройства: {device.label}"
    yield from _limits(query)
    if query.talk:
        yield f"  о магазине, не о товаре: {', '.join(query.talk)}"
    if query.idle:
        yield f"  не относится к товарам: {', '.join(query.idle)}"
    if query.empty:
        yield "  о товаре ничего не сказано"
    yield f"Запрос: {json.dumps(query.to_json(), ensure_ascii=False)}"


def _limits(query: Query) -> Iterator[str]:
    if query.sale:
        yield f"  статус: {query.sale}"
    if query.price.bounded:
        yield f"  цена {query.price}"
    if query.sort:
        yield f"  порядок: {'сначала дешёвые' if query.sort == 'cheap' else 'сначала дорогие'}"
    if query.quantity:
        yield f"  количество: {query.quantity} шт (упаковки по столько — первыми)"


def _printed(shelf: Shelf) -> dict[str, str]:
    """Stems as words: what goods are called in the list, by the stems of those words."""
    found: dict[str, str] = {}
    for name in shelf.head_names:
        for word in name.split():
            found.setdefault(stem(word), lemma(word))
    return found


def _word(word: Words, printed: Mapping[str, str]) -> str:
    need = "обязательно" if word.must else "желательно"
    said = f"«{word.said}» — {_NAMES[word.name]}, {need}"
    if not word.options:
        return f"{said}: в прайс-листе такого слова нет"
    known = {stem(word.said): lemma(word.said), **printed}
    options = [" + ".join(known.get(x, x) for x in option) for option in word.options[:5]]
    how = f" ({_HOW[word.how]})" if word.how in _HOW else ""
    return f"{said}: ищем «{'» или «'.join(options)}»{how}"


def _demands(found: Found) -> Iterator[str]:
    if found.constrained is None:
        return
    yield "Условия (позиция подходит, когда выполнены все):"
    for one in found.constrained.constraints:
        mark = "  ← вместе с остальными не выполняется нигде" if one is found.dropped else ""
        yield f"  {_demand(one)}: подходит позиций {len(one.ids)}{mark}"
    if found.constrained.soft_devices:
        yield "  устройство не проверяется: такой товар подходит к любому"


def _demand(constraint: Constraint) -> str:
    if isinstance(constraint, ExcludeConstraint):
        return f"кроме «{constraint.asked}»"
    return f"{_MISSING[constraint.missing]} «{constraint.asked}»"


def _rows(shelf: Shelf, answer: Answer, found: Found, rows: int) -> Iterator[str]:
    if not answer.hits:
        return
    sure = found.met
    yield "Лучшие строки:" if sure else "Ближайшие строки (не всё выполнено):"
    position_of = {row.code: at for at, row in enumerate(shelf.rows)}
    for number, hit in enumerate(answer.hits[:rows], 1):
        yield f"  {number}. {hit.row.name} — {hit.row.price_kop / 100:g} ₽, оценка {hit.score:.2f}"
        here = np.array([position_of[hit.row.code]], dtype=np.int32)
        for word, match in zip(found.query.words, found.matches, strict=False):
            place = within(here, match.ids)[0]
            if place < 0:
                yield f"       «{word.said}»: нет"
            else:
                role = roles.NAMES[int(match.role[place])]
                weight = match.idf * word.weight
                yield f"       «{word.said}»: есть ({role}), важность {weight:.1f}"
        constrained = found.constrained
        if (
            constrained is not None
            and len(constrained.closeness[0])
            and (not constrained.soft_devices)
        ):
            ids, closeness = constrained.closeness
            place = within(here, ids)[0]
            value = float(closeness[place]) if place >= 0 else 0.0
            yield f"       устройство: {_close(value)}"
        if hit.colours:
            yield f"       цвета в одной строке ответа: {', '.join(hit.colours[:10])}"


#: from so close on → what to say (optfm.text.devices.closeness)
_CLOSENESS = (
    (0.95, "то самое"),
    (0.88, "подходит; в прайс-листе указан ещё год или 4G/5G"),
    (0.7, "подходит; в вопросе не названа марка или линейка"),
    (0.01, "похоже; год, 4G/5G или марку сверить нельзя"),
)


def _close(value: float) -> str:
    return next((said for least, said in _CLOSENESS if value >= least), "другое")


def _verdict(answer: Answer, found: Found) -> Iterator[str]:
    sure = f"уверенность {answer.confidence:.2f} (отвечаем от {CURVE.threshold:.2f})"
    count = f", позиций {answer.total} (цвета одной вещи вместе)" if answer.total else ""
    yield f"{_VERDICTS[answer.kind]}; {sure}{count}."
    if answer.unmet:
        yield f"  нет ни в одной строке: {', '.join(answer.unmet)}"
    lowered = _lowered(found)
    if lowered:
        yield f"  уверенность снижает: {', '.join(lowered)}"
    if answer.gap is not None:
        nearest = ", ".join(one.label for one in answer.gap.nearest) or "не подобрано"
        yield f"  нет: {_MISSING[answer.gap.missing]} «{answer.gap.asked}»; ближайшее: {nearest}"
    if answer.choice is not None:
        yield f"  уточнить: {' · '.join(option.label for option in answer.choice.options)}"


_REASONS = {
    "uncovered": "часть слов не нашлась в строке", "mended": "исправлялись опечатки",
    "unmet": "есть слова, которых нет ни в одной строке", "closeness": "устройство названо неточно",
    "part": "товар есть только в составе другого", "no_kind": "не сказано, что за товар",
    "weak_role": "слово стоит не в названии товара", "idle": "есть слова не о товаре",
    "beside": "не нашлось, для чего товар", "talk": "вопрос о магазине, а не о товаре",
    "wished": "нет признака, который у других таких товаров есть",
    "soft_device": "подходит ли к устройству, прайс-лист не говорит",
}  # fmt: skip


def _lowered(found: Found) -> list[str]:
    return [text for name, text in _REASONS.items() if found.features.get(name, 0.0) > 0.05]
