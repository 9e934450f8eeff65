"""Edits whose words join clauses, point by numbers, or leave something to the order, real list."""

import pytest

from optfm.orders import Editor, IndexGoods, Matcher, read
from optfm.search import PriceIndex


@pytest.fixture(scope="module")
def editor(real_index: PriceIndex) -> Editor:
    """Edits over the shop's list."""
    return Editor(Matcher(IndexGoods(real_index)))


_SPEAKERS = "колонка BR19 красная 1\nколонка BR33 чёрная 1\nдержатель BH74 2"
_HOLDERS = "держатель BH18 2\nдержатель BH21 2\nдержатель BH116 1\nдержатель DH19 1"
_PASTES = "паста BGA RL-400 2\nпаста BGA RL-401 2\nпаста BGA RL-405 1"
_FOR_13 = "тачскрин iphone 13 1\nаккумулятор iphone 13 HG 2"
_S25 = "стекло remax gl-27 на самсунг s25 ultra 2"
_MEMORY = "флешка 16 гб smartbuy twist синяя 3\nкарта 32 гб smartbuy без адаптера 2"
_DISPLAYS = "дисплей самсунг а51 1\nдисплей самсунг а12 2"
_LIQUIDS = "изопропанол 1л 2\nклей B7000 110мл 3"


@pytest.mark.parametrize(
    ("start", "said", "lines"),
    [
        (_SPEAKERS, "держатель смени на BH203", "УТ-00034570 1, УТ-00032969 1, УТ-00032993 2"),
        (
            _SPEAKERS,
            "BR33 смените, на тёмно-зелёную",
            "УТ-00034570 1, УТ-00032979 1, УТ-00029662 2",
        ),
        (
            _SPEAKERS,
            "в BR19 цвет сменим, на бирюзовый",
            "УТ-00030710 1, УТ-00032969 1, УТ-00029662 2",
        ),
        (_SPEAKERS, "нужны лишь колонки", "УТ-00034570 1, УТ-00032969 1"),
        (_SPEAKERS, "держателей клади десять", "УТ-00034570 1, УТ-00032969 1, УТ-00029662 10"),
        (_PASTES, "из всего нужна лишь RL-401, остальное лишнее", "УТ-00037428 2"),
        (
            _PASTES,
            "из этого нужны лишь RL-400 и RL-405, прочее отменяется",
            "УТ-00030991 2, УТ-00031743 1",
        ),
        (_HOLDERS, "в 1 и 3 по пять", "УТ-00029664 5, УТ-00026091 2, УТ-00036033 5, УТ-00034991 1"),
        (
            _HOLDERS,
            "во 2 и 4 тоже по пять",
            "УТ-00029664 2, УТ-00026091 5, УТ-00036033 1, УТ-00034991 5",
        ),
        (
            _HOLDERS,
            "в 1, 2 и 3 сделай по 7",
            "УТ-00029664 7, УТ-00026091 7, УТ-00036033 7, УТ-00034991 1",
        ),
        (
            _HOLDERS,
            "1 и 4 по шесть штук",
            "УТ-00029664 6, УТ-00026091 2, УТ-00036033 1, УТ-00034991 6",
        ),
        ("держатель BH18 4", "ладно, пять так пять", "УТ-00029664 5"),
        ("держатель BH18 4", "ну три так три, клади три", "УТ-00029664 3"),
        (
            _LIQUIDS,
            "канифоль 20г пять штук впридачу",
            "00000039663 2, 00000031595 3, 00000039665 5",
        ),
        (_LIQUIDS, "припой RL-445 0,4 две до кучи", "00000039663 2, 00000031595 3, УТ-00035967 2"),
        (_DISPLAYS, "из а12 какой подешевле, такой и клади", "? 1, УТ-00036257 2"),
        (_DISPLAYS, "для а51 какой самый дешёвый, тот и давай", "УТ-00036550 1, ? 2"),
        (_FOR_13, "всё то же на 14", "УТ-00037398 1, УТ-00028675 2, УТ-00037401 1, УТ-00035694 2"),
        (
            _FOR_13,
            "такой же набор на 12 про",
            "УТ-00037398 1, УТ-00028675 2, УТ-00023609 1, УТ-00023056 2",
        ),
        (_S25, "и такое же на s25, одно", "УТ-00039025 2, УТ-00039024 1"),
        (_S25, "на s24 такое же, три штуки", "УТ-00039025 2, УТ-00039024 3"),
        (_S25, "такое же на s24", "УТ-00039025 2, УТ-00039024 2"),
        (
            "жало RELIFE 900M-T-K 3\nочиститель жал RL-461 1",
            "жал шесть",
            "УТ-00031712 6, УТ-00034810 1",
        ),
        (_MEMORY, "флешку на 32 поменяй", "УТ-00026120 3, 00000034181 2"),
        (_MEMORY, "карту замени на 64 pro", "УТ-00026113 3, ФМ-00016805 2"),
        (_MEMORY, "вместо твиста дай Scout, тоже 16 и синий", "УТ-00027125 3, 00000034181 2"),
    ],
)
def test_what_the_order_is_after_one_message(
    start: str, said: str, lines: str, editor: Editor
) -> None:
    """The lines by their codes, «?» for one still to be chosen, each with its quantity."""
    order = editor.matcher.order(read(start, editor.goods))
    edited = editor.edit(said, order)
    assert edited is not None
    said_of = [f"{line.code or '?'} {line.quantity}" for line in edited.order.lines]
    assert ", ".join(said_of) == lines


def test_an_and_between_codes_is_no_word_of_theirs(editor: Editor) -> None:
    """«… 1 и … 2»: each code has its count."""
    reading = read("УТ-00025531 2 и ФМ-00000079 1", editor.goods)
    assert [(line.said, line.quantity) for line in reading.lines] == [
        ("УТ-00025531", 2),
        ("ФМ-00000079", 1),
    ]


def test_a_quality_finds_no_other_part_of_a_phone(editor: Editor) -> None:
    """The vibration motor of the 12 is not sold; its sounder is another thing."""
    lines = editor.matcher.order(
        read("вибро айфон orig factory: 11 - 1, 12 - 1", editor.goods)
    ).lines
    assert [line.state for line in lines] == ["sure", "none"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "на айфон 11 две батареи hg, на редми 9а один дисплей orig factory",
            "ФМ-00014777 2, ФМ-00018581 1",
        ),
        ("на вотч 5 40мм один тачскрин", "УТ-00029376 1"),
        (
            "на 13 мини пару тачскринов, на 12 про два аккумулятора hg",
            "УТ-00037397 2, УТ-00023056 2",
        ),
        ("десять блистеров cr2032 gopower по 5 штук", "УТ-00035529 10"),
        ("дюжина наборов пластин для автодержателя по 2 шт", "ФМ-00016418 12"),
    ],
)
def test_a_count_before_the_goods_is_theirs(text: str, lines: str, editor: Editor) -> None:
    """The device or a pack said first does not hide it."""
    found = editor.matcher.order(read(text, editor.goods)).lines
    assert ", ".join(f"{line.code} {line.quantity}" for line in found) == lines


def test_what_may_be_a_phones_number_takes_the_place_of_an_article(editor: Editor) -> None:
    """«BQ19» after the WH-51 is no WH-51, though BQ makes phones."""
    found = editor.matcher.order(read("беспроводная зарядка WH-51 чёрная 2, BQ19 3", editor.goods))
    assert [(line.code, line.quantity) for line in found.lines] == [
        ("УТ-00033349", 2),
        ("УТ-00030718", 3),
    ]
