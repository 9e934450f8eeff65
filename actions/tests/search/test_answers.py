"""What the search answers over the demo list."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optfm.catalog import PriceRow
from optfm.search import PriceIndex
from optfm.text import load_vocabulary


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("дисплей самсунг а12", "Дисплей Samsung A12"),
        ("lbcgktq yf cfvceyu f12", "Дисплей Samsung A12"),
        ("диспл самс а12", "Дисплей Samsung A12"),
        ("чехол на 12 про", "Чехол iPhone 12 Pro"),
        ("ремешок на эпл вотч 42", "Ремешок Apple Watch 42"),
        ("нижний шлейф айфон 11", "Шлейф iPhone 11 разъем"),
        ("камера на редми нот 8 про", "Камера Redmi Note 8 Pro"),
        ("стекло бронь хонор х7а", "стекло Honor X7a"),
        ("клей b7000", "Клей B-7000"),
        ("пауэрбанк ремакс 10000", "Внешний REMAX 10000mAh"),
        ("аккум 18650 3000", "18650 3000mAh"),
        ("чехол реалми нот 50", "Чехол Realme Note 50"),
        ("steklo samsung a55", "стекло Samsung A55"),
        ("акамулятор айфон 11", "Аккумулятор iPhone 11"),
        ("displey na iphone 11", "Дисплей iPhone 11"),
        ("chehol na iphone 13", "Чехол iPhone 13"),
        ("метровый кабель лайтнинг", "Кабель Lightning 1m"),
        ("fr, fqajy [", "Аккумулятор iPhone X"),
    ],
)
def test_a_question_of_the_trade_finds_its_row(demo, question, words):
    """Slang, transliteration, layout, slips: the first row has all that was asked."""
    answer = demo.search(question)
    assert answer.kind in ("found", "ask")
    assert all(w.lower() in answer.hits[0].row.name.lower() for w in words.split())


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("фен", "found"),
        ("фен для пайки sunshine", "found"),
        ("термоковрик 400x290", "found"),
        ("адаптер питания 5в", "found"),
        ("ноутбук asus", "none"),
        ("ноут", "none"),
        ("матрица для ноутбука", "found"),
        ("стекло антишпион iphone 13", "unmet"),
        ("керамика стекло iphone 13", "unmet"),
    ],
)
def test_things_values_and_properties_are_told_from_their_like(question, kind):
    """A laptop is not its charger, «5в» no part number, a property that no row has is said."""
    rows = [
        _row("1", "Фен SUNSHINE RS_1600", "Паяльное оборудование и материалы для пайки"),
        _row("2", "Термостойкий коврик RELIFE 400*290 mm", "Оборудование"),
        _row("3", "Адаптер питания [5V, 2A, штекер 5,5*2,5]", "Адаптеры"),
        _row("4", "ЗУ для ноутбуков совместим с Asus 19V/3,42A", "Зарядки"),
        _row("5", "Матрица 15,4 Led совместим с Asus N50Vc", "Матрицы для ноутбуков"),
        _row("6", "Защитное стекло совместим с iPhone 13 2,5D", "Стёкла"),
        _row("7", "Защитное стекло совместим с iPhone 12 2,5D", "Стёкла"),
    ]
    answer = PriceIndex.build(rows, load_vocabulary()).search(question)
    assert (answer.kind == "none") == (kind == "none")
    assert bool(answer.unmet) == (kind == "unmet")


def test_goods_for_another_device_are_not_for_this_one():
    """Films that name no device fit an iPad; those for an iPhone do not."""
    rows = [
        _row(str(n), f"Гидрогелевая пленка Mietubl 180*120мм рисунок {n}", "Плёнки")
        for n in range(8)
    ]
    rows.append(_row("9", "Транспортировочная пленка совместим с iPhone 5 задняя", "Плёнки"))
    answer = PriceIndex.build(rows, load_vocabulary()).search("пленка на айпад", limit=20)
    assert not any("iPhone" in hit.row.name for hit in answer.hits)


def _row(code: str, name: str, group: str) -> PriceRow:
    return PriceRow(
        code=f"УТ-{code}", name=name, price_kop=10_000, status="", path=(group,), row_number=1
    )


@pytest.mark.parametrize(
    ("question", "missing", "asked"),
    [
        ("дисплей на iphone 27", "model", "iPhone 27"),
        ("чехол на редми нот 99", "model", "Redmi Note 99"),
        ("дисплей huawei p30 pro", "model", "Huawei P30 Pro"),
        ("аккумулятор 18650 на 9900 mah", "capacity", "9900 mAh"),
        ("флешка 2 тб", "memory", "2 TB"),
        ("кабель usb type-c 9 метров", "length", "9 м"),
        ("сзу 500w", "power", "500 W"),
        ("кабель anker", "brand", "anker"),
        ("чехол на айфон 13 до 20 рублей", "price", "до 20 ₽"),
    ],
)
def test_what_is_not_there_is_said_with_the_nearest(demo, question, missing, asked):
    """A wrong model, value or brand is never shown as if it were right."""
    answer = demo.search(question)
    assert answer.kind == "none"
    assert answer.confidence < 0.5
    assert answer.total == 0
    assert answer.gap is not None
    assert (answer.gap.missing, answer.gap.asked) == (missing, asked)


def test_the_nearest_values_come_nearest_first(demo):
    """«на 27-й нет; есть на …» names phones of the same line."""
    gap = demo.search("дисплей на iphone 27").gap
    assert gap.nearest
    assert all("iPhone" in one.label for one in gap.nearest)
    gap = demo.search("аккумулятор 18650 на 9900 mah").gap
    assert gap.nearest[0].label.endswith("mAh")


@pytest.mark.parametrize(
    "question",
    [
        "стиральная машина", "принтер лазерный hp", "кофе", "привет", "как дела?", "спасибо",
        "позови оператора", "какие способы оплаты?", "доставка в казань", "", "   ", "😀😀", "?!",
        "стекло для духовки", "аккумулятор для шуруповерта",
    ],
)  # fmt: skip
def test_what_is_not_sold_gets_no_answer(demo, question):
    """Other goods, talk and other topics."""
    answer = demo.search(question)
    assert answer.kind == "none"
    assert answer.choice is None


def test_an_ambiguous_question_is_asked_back_with_rows_at_hand(demo):
    """«дисплей» offers brands; each button is a whole question that narrows."""
    answer = demo.search("дисплей")
    assert answer.kind == "ask"
    assert answer.hits
    assert 2 <= len(answer.choice.options) <= 6
    for option in answer.choice.options:
        narrowed = demo.find(option.query)
        assert narrowed.kind in ("found", "ask")
        assert narrowed.total < answer.total


@pytest.mark.parametrize("question", ["акб", "чехол", "наушники", "айфон 11", "шлейф самсунг"])
def test_a_pressed_button_is_not_offered_again(demo, question):
    """Who has chosen a kind of goods goes on: no going round in a circle."""
    choice = demo.search(question).choice
    for option in choice.options if choice else ():
        narrowed = demo.find(option.query)
        assert narrowed.kind in ("found", "ask")
        again = narrowed.choice.options if narrowed.choice else ()
        assert option.label not in [other.label for other in again]


def test_colours_of_one_thing_are_one_line(demo):
    """The line lists its colours; its rows differ by nothing else."""
    hit = next(h for h in demo.search("чехол iphone", limit=50).hits if len(h.rows) > 1)
    assert len(hit.colours) >= 2
    assert len({(r.price_kop, r.status, r.path) for r in hit.rows}) == 1


def test_a_colour_chooses_its_row(demo):
    """The best row of a line is the one in the colour asked for."""
    answer = demo.search("ремешок apple watch 42 черный")
    assert "черн" in answer.hits[0].row.name


@pytest.mark.parametrize("form", ["{}", "код {}", "{} есть?"])
def test_a_code_finds_exactly_its_row(demo, form):
    """Any row by its code."""
    row = demo.rows[17]
    answer = demo.search(form.format(row.code))
    assert (answer.kind, answer.hits[0].row, answer.total) == ("found", row, 1)


def test_cheaper_first_when_asked(demo):
    """«самый дешевый» orders by the price with its discount."""
    prices = []
    for hit in demo.search("самый дешевый дисплей", limit=5).hits:
        discount = re.search(r"-(\d+)%", hit.row.status)
        prices.append(hit.row.price_kop * (100 - int(discount[1] if discount else 0)))
    assert prices == sorted(prices)


def test_several_goods_are_several_answers(demo):
    """«дисплей и акб на …» is two questions; each gets the device."""
    answers = demo.search_all("дисплей и чехол на айфон 13")
    assert len(answers) == 2
    assert "Дисплей" in answers[0].hits[0].row.name
    assert "Чехол" in answers[1].hits[0].row.name
    assert all("iPhone 13" in a.hits[0].row.name for a in answers)
    assert len(demo.search_all("чехол на айфон 13 с рамкой")) == 1


def test_the_number_of_lines_is_told_beyond_the_limit(demo):
    """`total` counts all lines, `hits` only those asked for."""
    answer = demo.search("чехол", limit=3)
    assert len(answer.hits) == 3
    assert answer.total > 3
    assert demo.search("чехол", limit=0).hits == ()


def test_an_empty_list_answers_nothing():
    """A shop without a row has no answer and no error."""
    index = PriceIndex.build([], load_vocabulary())
    assert index.search("дисплей iphone 11").kind == "none"


@pytest.mark.parametrize(
    "question",
    [
        "а" * 10_000, "дисплей " * 500, "1" * 400, ".*[a-z]+(", "'; DROP TABLE price_rows; --",
        "<script>alert(1)</script>", "‮дисплей айфон‬", "дис\u200bплей", "\x00", "9" * 5000,
        "a b c d e f g h i j k l m n o p", "айфон" * 100, "-" * 300, "1 2 3 4 5 6 7 8 9 0 " * 20,
        "%s %d {0} {}", "\\", "🔋 на 🍏 11", "½ ² ① Ⅻ",
    ],
)  # fmt: skip
def test_odd_questions_are_answered_like_others(demo, question):
    """Nothing a person can send breaks it."""
    assert demo.search(question).kind in ("found", "ask", "none")
    assert demo.search_all(question)


def test_letters_that_have_no_name_break_nothing(demo):
    """A letter that Unicode has no name for, beside Russian ones."""
    assert demo.search("г\U00017600гг чехол").kind in ("found", "ask", "none")


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_text_gets_an_answer(demo, text):
    """Never an error, always a confidence in [0, 1] and a total that fits."""
    answer = demo.search(text)
    assert 0 <= answer.confidence <= 1
    assert len(answer.hits) <= 10
    assert (answer.total > 0) == (answer.kind != "none")


def test_rows_of_any_shape_are_indexed():
    """Names and paths that no list should have."""
    names = ["", "   ", "((((", "1", "iPhone", "/", "A12/13/14/", "ё" * 2000, "Чехол для"]
    rows = [
        PriceRow(
            code=str(n), name=name, price_kop=100, status="", path=("", name), row_number=n
        )
        for n, name in enumerate(names)
    ]  # fmt: skip
    index = PriceIndex.build(rows, load_vocabulary())
    assert index.search("чехол").kind in ("found", "ask", "none")
