"""An order edited in words."""

from dataclasses import replace

import pytest

from optfm.orders import Editor, Matcher, Order, read, telling


def _order(matcher: Matcher) -> Order:
    rows = [r for r in matcher.goods.index.rows if "Аккумулятор совместим с iPhone" in r.name][:1]
    rows += [r for r in matcher.goods.index.rows if r.name.startswith("Мышь")][:1]
    rows += [r for r in matcher.goods.index.rows if r.name.startswith("Колонка")][:1]
    assert len(rows) == 3
    text = "\n".join(f"{row.code} - {n}" for n, row in enumerate(rows, 2))
    return matcher.order(read(text, matcher.goods))


def _quantities(order: Order) -> list[int | None]:
    return [line.quantity for line in order.lines]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("второй строки 20", [2, 20, 4]),
        ("в последней 15", [2, 3, 15]),
        ("мышей сделай 7", [2, 7, 4]),
        ("не 3 а 10", [2, 10, 4]),
        ("мышей 10 вместо 3", [2, 10, 4]),
        ("всё по 5", [5, 5, 5]),
        ("и по 6 штук каждого", [6, 6, 6]),
        ("3 не надо", [2, 3]),
        ("убери мышь", [2, 4]),
        ("мышь не нужна, клиент отказался", [2, 4]),
        ("убери мышь и колонку", [2]),
        ("кроме колонки", [2, 3]),
        ("оставь только мышь", [3]),
        ("удали последнюю", [2, 3]),
        ("первую строку убери", [3, 4]),
        ("строка 1 - 9 шт", [9, 3, 4]),
        ("добавь ещё 2 мыши", [2, 5, 4]),
        ("второе и третье возьми по 9", [2, 9, 9]),
        ("строки 2-3 по 9", [2, 9, 9]),
        ("1 и 3 по 7", [7, 3, 7]),
        ("со второй по третью убери", [2]),
        ("убери последние два", [2]),
        ("оставь первые две", [2, 3]),
        ("предпоследнюю убери", [2, 4]),
        ("мышей на 2 больше", [2, 5, 4]),
        ("увеличь мышей на 4", [2, 7, 4]),
        ("второй минус 2", [2, 1, 4]),
        ("удвой первую", [4, 3, 4]),
        ("ещё 5 таких же, как второе", [2, 8, 4]),
        ("убери одну мышь", [2, 2, 4]),
        ("мышей 0", [2, 4]),
        ("всё по 20, кроме мыши", [20, 3, 20]),
        ("мышь и колонку по 6", [2, 6, 6]),
        ("все три по 8", [8, 8, 8]),
        ("колонку снимаю, остальные в силе", [2, 3]),
        ("колонку не трогай, мышей 7", [2, 7, 4]),
        ("мышь убери, прочее без изменений", [2, 4]),
    ],
)
def test_a_message_changes_what_it_says(
    said: str, left: list[int], matcher: Matcher, editor: Editor
) -> None:
    """Lines are named by number, by their goods, or all at once."""
    edited = editor.edit(said, _order(matcher), 0)
    assert edited is not None
    assert _quantities(edited.order) == left


@pytest.mark.parametrize(
    ("said", "what", "value"),
    [
        ("убери пятую строку", "absent", (5,)),
        ("9 не надо", "absent", (9,)),
        ("убери чехлы", "missing", ("чехлы",)),
        ("второй строки 1000000", "absurd", True),
    ],
)
def test_what_is_not_there_is_told_and_changes_nothing(
    said: str, what: str, value: object, matcher: Matcher, editor: Editor
) -> None:
    """Neither a line nor goods nor a quantity that nobody can have."""
    order = _order(matcher)
    edited = editor.edit(said, order, 0)
    assert edited is not None and edited.refused and edited.order == order
    assert getattr(edited, what) == value
    assert telling.refused(edited)


def test_words_that_mean_two_lines_are_asked_about(matcher: Matcher, editor: Editor) -> None:
    """A quantity is put into neither of them."""
    order = matcher.order(
        read("аккумулятор iphone 11 - 2, аккумулятор iphone xr - 3", matcher.goods)
    )
    edited = editor.edit("аккумуляторов 7 штук", order, -1)
    assert edited is not None and edited.which == (0, 1) and edited.order == order


@pytest.mark.parametrize(
    "said", ["спасибо, первый раз заказываю", "позвоните во второй половине дня, номер 5"]
)
def test_an_ordinal_is_not_always_a_line(said: str, matcher: Matcher, editor: Editor) -> None:
    """«первый раз» names none."""
    assert editor.edit(said, _order(matcher), 0) is None


def test_a_note_on_the_goods_outlives_another_quantity(matcher: Matcher, editor: Editor) -> None:
    """Only what was said of the quantity goes with it."""
    order = _order(matcher)
    noted = replace(order.lines[1], note="Цвет любой (белый, чёрный). От 10 шт дешевле.")
    edited = editor.edit("второй строки 20", order.with_line(1, noted), 0)
    assert edited is not None and edited.order.lines[1].note == "Цвет любой (белый, чёрный)."


@pytest.mark.parametrize(
    ("said", "act"),
    [
        ("что у меня в заказе?", "show"),
        ("сколько всего?", "total"),
        ("по сумме что?", "total"),
        ("очисти", "clear"),
        ("верни как было", "undo"),
        ("повтори прошлый заказ", "repeat"),
        ("оформляем", "checkout"),
        ("оформляем, самовывоз завтра", "checkout"),
        ("теперь точно всё", "checkout"),
        ("пришли файлом", "offer"),
    ],
)
def test_a_command_is_understood(said: str, act: str, matcher: Matcher, editor: Editor) -> None:
    """Whatever stands beside it."""
    edited = editor.edit(said, _order(matcher), 0)
    assert edited is not None
    assert edited.act == act


@pytest.mark.parametrize(
    "said",
    ["а до Казани сколько идёт?", "какая у вас гарантия?", "спасибо", "вы до скольки работаете?",
     "менеджера позовите", "мышь сколько стоит?"],
)  # fmt: skip
def test_a_question_in_the_middle_changes_nothing(
    said: str, matcher: Matcher, editor: Editor
) -> None:
    """It is left to whoever answers questions."""
    assert editor.edit(said, _order(matcher), 0) is None


@pytest.mark.parametrize(
    ("said", "place", "quantity"),
    [
        ("второе возьми 10", 1, 10),
        ("возьмите первого 7", 0, 7),
        ("второго посчитайте 4", 1, 4),
        ("первую запишите 3", 0, 3),
    ],
)
def test_an_ordinal_with_a_verb_and_a_number_is_no_new_line(
    editor: Editor, said: str, place: int, quantity: int
) -> None:
    """Ordinals, verbs and numbers name no goods."""
    text = "аккумулятор iphone 11 - 2, кабель type-c 5 шт"
    order = editor.matcher.order(read(text, editor.goods))
    edited = editor.edit(said, order, 0)
    assert edited is not None and len(edited.order.lines) == 2
    assert edited.order.lines[place].quantity == quantity


@pytest.mark.parametrize(
    ("said", "option", "quantity"),
    [
        ("б", 1, 2),
        ("а", 0, 2),
        ("А)", 0, 2),
        ("a", 0, 2),
        ("давай вариант б", 1, 2),
        ("ну а тогда б, пожалуйста", 1, 2),
        ("б, 3 штуки", 1, 3),
        ("а) 3 шт", 0, 3),
        ("а 3 шт", None, 3),
        ("д", None, 2),
    ],
)
def test_an_option_is_chosen_by_the_letter_that_it_is_shown_with(matcher, said, option, quantity):
    """A letter that is a word, too, counts only alone or marked."""
    order = matcher.order(read("дисплей iphone 11 - 2 шт, кабель type-c 5 шт", matcher.goods))
    first = replace(order.lines[0], options=order.lines[0].options[:3])
    order = order.with_line(0, first)
    edited = Editor(matcher).edit(said, order, 0)
    line = edited.order.lines[0] if edited else order.lines[0]
    assert (line.code or None) == (None if option is None else first.options[option].code)
    assert line.quantity == quantity


@pytest.mark.parametrize(
    ("said", "asked", "quantity"),
    [
        ("айфон 7 не надо, лучше на 8", "айфон 8", 3),
        ("акб убери, дайте на xr", "айфон xr", 3),
        ("акб не нужен. тогда возьму на восьмой 5 штук", "айфон 8", 5),
    ],
)
def test_what_is_taken_rather_is_of_the_goods_just_removed(
    said: str, asked: str, quantity: int, matcher: Matcher, editor: Editor
) -> None:
    """The words after the removal say what is other; nothing else of the order changes."""
    order = matcher.order(read("кабель type-c 2 шт\nакб айфон 7 3 шт", matcher.goods))
    wanted = matcher.order(read(f"акб на {asked} - 1", matcher.goods)).lines[0]
    edited = editor.edit(said, order, -1)
    assert edited is not None
    cable, battery = edited.order.lines
    assert cable == order.lines[0]
    assert battery.quantity == quantity
    assert (battery.state, battery.code, battery.options) == (
        wanted.state,
        wanted.code,
        wanted.options,
    )


def test_goods_rather_than_those_removed_are_for_their_device(
    matcher: Matcher, editor: Editor
) -> None:
    """«дисплей на 11 не нужен, лучше стекло»."""
    order = matcher.order(read("дисплей айфон 11 2 шт\nакб айфон 7 3 шт", matcher.goods))
    wanted = matcher.order(read("стекло на айфон 11 - 1", matcher.goods)).lines[0]
    edited = editor.edit("дисплей не нужен, лучше стекло", order, -1)
    assert edited is not None
    assert [line.quantity for line in edited.order.lines] == [3, 2]
    assert edited.order.lines[1].options == wanted.options
    assert edited.order.lines[1].code == wanted.code


def test_nothing_in_the_place_of_what_was_removed_is_told(matcher: Matcher, editor: Editor) -> None:
    """The line is gone all the same."""
    order = matcher.order(read("кабель type-c 2 шт\nакб айфон 7 3 шт", matcher.goods))
    edited = editor.edit("акб убери, лучше на нокиа 3310", order, -1)
    assert edited is not None
    assert edited.order.lines == order.lines[:1]
    assert edited.told == ("Взамен («нокиа 3310») в прайс-листе ничего нет.",)


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("одну {old} поменяй на {new}", [3, 1, 2]),
        ("вместо двух {old} дай {new}", [2, 2, 2]),
        ("2 шт {old} замени на {new}", [2, 2, 2]),
        ("{old} замени на {new}", [4, 2]),
        ("четыре {old} замени на {new}", [4, 2]),
    ],
)
def test_some_pieces_of_a_line_become_other_goods(
    said: str, left: list[int], matcher: Matcher, editor: Editor
) -> None:
    """The rest stays as it was; a count of all of them, or none, means the line."""
    colours = {"черная": "белая", "черный": "белый"}
    row, old = next(
        (row, old) for row in matcher.goods.index.rows for old in colours
        if old in row.name.split() and matcher.in_colour(row.code, colours[old])
    )  # fmt: skip
    other = next(r for r in matcher.goods.index.rows if r.name.startswith("Аккумулятор"))
    order = matcher.order(read(f"{row.code} - 4\n{other.code} - 2", matcher.goods))
    edited = editor.edit(said.format(old=old, new=colours[old]), order, -1)
    assert edited is not None and _quantities(edited.order) == left
    changed = edited.order.lines[len(left) - 2]
    assert changed.code == matcher.in_colour(row.code, colours[old])


@pytest.mark.parametrize(
    "said",
    [
        "дисплей дороговат, а есть попроще?",
        "не, дисплей дорогой, поставь самый дешёвый",
        "первая строка кусается, замени на самый дешёвый",
        "замени дисплей на самый дешёвый",
    ],
)
def test_what_is_said_after_a_complaint_is_of_its_line(
    said: str, matcher: Matcher, editor: Editor
) -> None:
    """The last line, which the talk was about, stays as it is."""
    rows = [r for r in matcher.goods.index.rows if "исплей совместим с iPhone 11 " in r.name]
    dear = max(rows, key=lambda row: row.price_kop)
    order = matcher.order(
        read(f"{dear.code} - 1\n{_order(matcher).lines[1].code} - 3", matcher.goods)
    )
    edited = editor.edit(said, order, 1)
    assert edited is not None and edited.order.lines[1] == order.lines[1]
    if "?" in said:
        assert edited.told and edited.focus == 0 and edited.order == order
    else:
        assert edited.order.lines[0].price_kop < dear.price_kop


def test_a_count_after_goods_that_are_added_as_well_is_theirs(
    matcher: Matcher, editor: Editor
) -> None:
    """«X ещё добавь, один» leaves the line before it alone."""
    order = _order(matcher)
    speaker = order.lines[2]
    edited = editor.edit(
        f"{speaker.code} ещё добавь, один", replace(order, lines=order.lines[:2]), 1
    )
    assert edited is not None and _quantities(edited.order) == [2, 3, 1] and not edited.lost


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ("ошиблась нулём! не по 100, а по 10", [10, 10, 4]),
        ("по 12 вместо по 100", [12, 12, 4]),
        ("мышей не 100, а 10", [100, 10, 4]),
    ],
)
def test_each_of_the_lines_that_have_so_many_is_corrected(
    said: str, counts: list[int], matcher: Matcher, editor: Editor
) -> None:
    """«по» tells that it is not of one line."""
    order = _order(matcher)
    for at in (0, 1):
        order = order.with_line(at, replace(order.lines[at], quantity=100))
    edited = editor.edit(said, order)
    assert edited is not None and _quantities(edited.order) == counts


@pytest.mark.parametrize(
    "said",
    [
        "{price} за мышь кусается, замени её на что подешевле",
        "мышь за {price} рублей дороговата, попроще бы",
        "за {price} дорого, мышь подешевле",
    ],
)
def test_the_price_complained_of_is_no_count(said: str, matcher: Matcher, editor: Editor) -> None:
    """The line keeps its count, and no other line is exchanged."""
    order = _order(matcher)
    edited = editor.edit(said.format(price=order.lines[1].price_kop // 100), order)
    assert edited is not None and _quantities(edited.order) == [2, 3, 4]
    changed = [a != b for a, b in zip(order.lines, edited.order.lines, strict=True)]
    assert not changed[0] and not changed[2]
