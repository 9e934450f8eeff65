"""An order edited in words."""

import pytest

from optfm.orders import Editor, Matcher, Order, read


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
