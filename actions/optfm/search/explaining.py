"""Why a question got its answer, in Russian, for somebody who sells phone parts."""

from collections.abc import Iterator, Mapping

import numpy as np

from optfm.search import roles
from optfm.search.answer import Answer
from optfm.search.answering import Judged
from optfm.search.confidence import CURVE
from optfm.search.demands import Demand
from optfm.search.index import PriceIndex
from optfm.search.postings import within
from optfm.search.question import Question
from optfm.search.shelf import Shelf
from optfm.search.terms import Term
from optfm.text.morphology import lemma, stem

_SORTS = {
    "noun": "товар или деталь", "adjective": "признак", "name": "название", "code": "артикул",
    "number": "число", "other": "уточнение",
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
    judged = answer.understood
    assert isinstance(judged, Judged)
    yield f"Вопрос: {answer.query}"
    yield from _steps(judged.question)
    yield from _understood(index.shelf, judged)
    yield from _demands(judged)
    yield from _rows(index.shelf, answer, judged, rows)
    yield from _verdict(answer, judged)


def _steps(question: Question) -> Iterator[str]:
    yield "Шаги:"
    for what, before, after in question.steps:
        yield f"  {what}: «{before}» → «{after}»"
    if not question.steps:
        yield "  править нечего"


def _understood(shelf: Shelf, judged: Judged) -> Iterator[str]:
    question = judged.question
    yield "Понято:"
    if question.section:
        yield f"  код раздела «{question.section}»: товаров в нём {len(question.code[1])}"  # type: ignore[index]
        return
    if question.code is not None:
        yield f"  код товара {question.code[0]}: строк {len(question.code[1])}"
        return
    if question.goods:
        yield f"  вид товара нажат кнопкой или стоит в кавычках: «{question.goods}»"
    printed = _printed(shelf)
    for term, match in zip(question.terms, judged.matches, strict=False):
        yield f"  {_term(term, printed)}; позиций с ним: {len(match.ids)}"
    for device in question.names.devices:
        yield f"  устройство: {' или '.join(m.label for m in device.readings[:4])}"
    for name in sorted(question.names.brands | question.names.series):
        yield f"  марка или линейка: {name}"
    for quantity in question.quantities:
        yield f"  величина: {shelf.units.spoken(quantity)}"
    if question.colours:
        yield f"  цвет: {', '.join(sorted(question.colours))}"
    money = question.money
    if question.sale:
        yield f"  статус: {question.sale}"
    if money.least is not None:
        yield f"  цена от {money.least:g} ₽"
    if money.most is not None:
        yield f"  цена до {money.most:g} ₽"
    if money.order:
        yield f"  порядок: {'сначала дешёвые' if money.order == 'cheap' else 'сначала дорогие'}"
    if question.count:
        yield f"  количество: {question.count} шт (на поиск не влияет)"
    if question.talk:
        yield f"  о магазине, не о товаре: {', '.join(question.talk)}"
    if question.idle:
        yield f"  не относится к товарам: {', '.join(question.idle)}"
    if question.empty:
        yield "  о товаре ничего не сказано"


def _printed(shelf: Shelf) -> dict[str, str]:
    """Stems as words: what goods are called in the list, by the stems of those words."""
    found: dict[str, str] = {}
    for name in shelf.head_names:
        for word in name.split():
            found.setdefault(stem(word), lemma(word))
    return found


def _term(term: Term, printed: Mapping[str, str]) -> str:
    need = "обязательно" if term.must else "желательно"
    said = f"«{term.typed}» — {_SORTS[term.sort]}, {need}"
    if not term.options:
        return f"{said}: в прайс-листе такого слова нет"
    known = {stem(term.typed): lemma(term.typed), **printed}
    options = [" + ".join(known.get(x, x) for x in option) for option in term.options[:5]]
    how = f" ({_HOW[term.how]})" if term.how in _HOW else ""
    return f"{said}: ищем «{'» или «'.join(options)}»{how}"


def _demands(judged: Judged) -> Iterator[str]:
    if judged.demanded is None:
        return
    yield "Условия (позиция подходит, когда выполнены все):"
    for demand in judged.demanded.demands:
        mark = "  ← вместе с остальными не выполняется нигде" if demand is judged.dropped else ""
        yield f"  {_demand(demand)}: подходит позиций {len(demand.ids)}{mark}"
    if judged.demanded.soft_devices:
        yield "  устройство не проверяется: такой товар подходит к любому"


def _demand(demand: Demand) -> str:
    return f"{_MISSING[demand.missing]} «{demand.asked}»"


def _rows(shelf: Shelf, answer: Answer, judged: Judged, rows: int) -> Iterator[str]:
    if not answer.hits:
        return
    sure = judged.met or judged.question.code is not None
    yield "Лучшие строки:" if sure else "Ближайшие строки (не всё выполнено):"
    position_of = {row.code: at for at, row in enumerate(shelf.rows)}
    for number, hit in enumerate(answer.hits[:rows], 1):
        yield f"  {number}. {hit.row.name} — {hit.row.price_kop / 100:g} ₽, оценка {hit.score:.2f}"
        here = np.array([position_of[hit.row.code]], dtype=np.int32)
        for term, match in zip(judged.question.terms, judged.matches, strict=False):
            place = within(here, match.ids)[0]
            if place < 0:
                yield f"       «{term.typed}»: нет"
            else:
                role = roles.NAMES[int(match.role[place])]
                weight = match.idf * term.weight
                yield f"       «{term.typed}»: есть ({role}), важность {weight:.1f}"
        demanded = judged.demanded
        if demanded is not None and len(demanded.closeness[0]) and not demanded.soft_devices:
            ids, closeness = demanded.closeness
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


def _verdict(answer: Answer, judged: Judged) -> Iterator[str]:
    sure = f"уверенность {answer.confidence:.2f} (отвечаем от {CURVE.threshold:.2f})"
    count = f", позиций {answer.total} (цвета одной вещи вместе)" if answer.total else ""
    yield f"{_VERDICTS[answer.kind]}; {sure}{count}."
    lowered = _lowered(judged)
    if lowered:
        yield f"  уверенность снижает: {', '.join(lowered)}"
    if answer.gap is not None:
        nearest = ", ".join(answer.gap.nearest) or "не подобрано"
        yield f"  нет: {_MISSING[answer.gap.missing]} «{answer.gap.asked}»; ближайшее: {nearest}"
    if answer.choice is not None:
        yield f"  уточнить: {' · '.join(option.label for option in answer.choice.options)}"


_REASONS = {
    "uncovered": "часть слов не нашлась в строке", "mended": "исправлялись опечатки",
    "unknown": "есть незнакомые слова", "closeness": "устройство названо неточно",
    "part": "товар есть только в составе другого", "unproved": "величина в прайс-листе не указана",
    "no_kind": "не сказано, что за товар", "colour_missing": "цвет в строке не указан",
    "weak_role": "слово стоит не в названии товара", "idle": "есть слова не о товаре",
    "beside": "не нашлось, для чего товар", "talk": "вопрос о магазине, а не о товаре",
    "wished": "нет признака, который у других таких товаров есть",
    "soft_device": "подходит ли к устройству, прайс-лист не говорит",
}  # fmt: skip


def _lowered(judged: Judged) -> list[str]:
    return [text for name, text in _REASONS.items() if judged.features.get(name, 0.0) > 0.05]
