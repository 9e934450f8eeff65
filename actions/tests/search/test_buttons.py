"""Every button under a broad question leads on: to rows, or to a narrower question."""

import json

import pytest

from optfm.search import Answer, PriceIndex, Query

BROAD = """
дисплей|акб|чехол|стекло|редми|айфон 11|наушники|кабель|зарядка|чехол самсунг|дисплей huawei
стекло на айфон 13 про макс|аккумулятор honor|повербанк|шлейф самсунг|колонка|смарт часы
держатель|клей|отвертка|чехол на а52|акб на а12|самсунг|xiaomi|honor|tecno|крышка|камера|динамик
микрофон|батарейки|мышь|клавиатура|флюс|припой|паяльник|скотч|пленка|штатив|лампа|ремешок
ремешок эпл вотч|переходник|шлейф айфон 7|задняя крышка|стекло камеры|тачскрин|рамка|кнопка
чехол книжка|чехол прозрачный|блок питания|автодержатель|гирлянда|аукс|iphone|редми нот 8|флешка
карта памяти|хаб|разъем|аккумулятор iphone|защитное стекло|чехлы на айфон до 300 рублей|lbcgktq
""".strip().replace("\n", "|")


@pytest.fixture(scope="module")
def real(real_index: PriceIndex) -> PriceIndex:
    """The shop's real list, indexed."""
    return real_index


def pressed(index: PriceIndex, question: str) -> list[tuple[str, str]]:
    """Buttons of the question that do not lead on, each with what is wrong."""
    wrong = []
    for answer in index.search_all(question):
        for option in answer.choice.options if answer.choice else ():
            after = index.find(Query.from_json(json.loads(json.dumps(option.query.to_json()))))
            if trouble := _trouble(answer, after, option.label):
                wrong.append((option.query.spoken, trouble))
    return wrong


def _trouble(before: Answer, after: Answer, label: str) -> str:
    if after.kind == "none" or not after.hits:
        return "a dead end"
    if after.total > before.total:
        return "leads away"
    if after.choice is None or before.choice is None:
        return ""
    if label in [option.label for option in after.choice.options]:
        return "the same button again"
    return "the same question again" if after.choice == before.choice else ""


@pytest.mark.parametrize("question", BROAD.split("|"))
def test_every_button_leads_on(demo, question):
    """No dead end and no circle over the demo list."""
    assert pressed(demo, question) == []


def test_every_button_leads_on_over_the_real_list(real):
    """The same where the rows are those of a shop."""
    assert {q: wrong for q in BROAD.split("|") if (wrong := pressed(real, q))} == {}


def test_a_kind_that_was_pressed_is_settled(demo):
    """The next question is another one, and all rows are called so."""
    answer = demo.search("стекло")
    assert answer.choice is not None
    assert answer.choice.what == "kind"
    for option in answer.choice.options:
        rows = demo.find(option.query, limit=1000).hits
        assert {h.row.name.lower().startswith(option.label.lower()) for h in rows} == {True}


def test_the_plain_word_is_asked_for_its_brand(demo):
    """«акб» needs a phone, not a kind of battery."""
    answer = demo.search("акб")
    assert answer.choice is not None
    assert answer.choice.what in ("brand", "model")


def test_a_word_in_capitals_is_not_taken_for_a_brand(demo):
    """«кабель anker» is not sold; USB and TWS are no brands to offer."""
    gap = demo.search("кабель anker").gap
    assert gap is not None
    assert not {"USB", "HDMI", "AUX", "OTG"} & {one.label for one in gap.nearest}
