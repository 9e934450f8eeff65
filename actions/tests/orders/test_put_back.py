"""Lines that were taken out of an order and come back, and an order read aloud."""

from dataclasses import replace

import pytest

from optfm.orders import Editor, Matcher, Order, clauses, read, refreshed


def _order(matcher: Matcher) -> Order:
    rows = matcher.goods.index.rows
    found = [
        next(row for row in rows if row.name.startswith(kind))
        for kind in ("Аккумулятор совместим с iPhone", "Мышь", "Колонка")
    ]
    text = "\n".join(f"{row.code} - {n}" for n, row in enumerate(found, 2))
    return matcher.order(read(text, matcher.goods))


def _after(editor: Editor, order: Order, *said: str) -> Order:
    before, focus = None, -1
    for text in said:
        done = editor.edit(text, order, focus, before=before)
        assert done is not None, text
        assert done.act == "edited", text
        before, order, focus = (before if done.order == order else order), done.order, done.focus
    return order


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("хотя мышь всё-таки нужна", [2, 3, 4]),
        ("нет, мышь пусть останется", [2, 3, 4]),
        ("мышку верните на место, передумала", [2, 3, 4]),
        ("а мышка пригодится", [2, 3, 4]),
        ("мышь всё же возьму", [2, 3, 4]),
        ("ладно, мышь всё же надо, 1 шт", [2, 1, 4]),
        ("мышек всё-таки возьмём 6 штук", [2, 6, 4]),
        ("мышь давайте обратно", [2, 3, 4]),
    ],
)
def test_a_removed_line_comes_back_with_its_count(
    editor: Editor, matcher: Matcher, said: str, left: list[int]
) -> None:
    order = _after(editor, _order(matcher), "мышь не нужна", said)
    assert [line.quantity for line in order.lines] == left


@pytest.mark.parametrize("said", ["верни мышь", "мышка всё же нужна", "мышь на место положите"])
def test_a_line_comes_back_after_other_changes(editor: Editor, matcher: Matcher, said: str) -> None:
    order = _after(editor, _order(matcher), "убери мышь", "колонок 7", "акб 9", said)
    assert sorted(line.quantity or 0 for line in order.lines) == [3, 7, 9]


def test_a_line_comes_back_once(editor: Editor, matcher: Matcher) -> None:
    order = _after(editor, _order(matcher), "убери мышь", "верни мышь", "убери мышь", "верни мышь")
    assert [line.quantity for line in order.lines] == [2, 3, 4]
    assert order.gone == ()


def test_what_was_taken_out_is_kept(editor: Editor, matcher: Matcher) -> None:
    order = _after(editor, _order(matcher), "убери мышь")
    assert Order.from_json(order.to_json()) == order
    assert [line.quantity for line in order.gone] == [3]


def test_what_was_taken_out_comes_back_at_the_price_of_today(
    editor: Editor, matcher: Matcher
) -> None:
    order = _after(editor, _order(matcher), "убери мышь")
    (mouse,) = order.gone
    dearer = replace(order, gone=(replace(mouse, price_kop=1),))
    now, news = refreshed(dearer, matcher, None)
    assert (now.lines, news) == (order.lines, "")
    assert now.gone[0].price_kop == mouse.price_kop


@pytest.mark.parametrize(
    "said",
    [
        "обратно её положите",
        "нет нет, верни его на место",
        "нет, давай обратно",
        "верните эту обратно",
    ],
)
def test_what_names_nothing_takes_back_the_last_change(said: str) -> None:
    assert clauses.command(said) == "undo"


@pytest.mark.parametrize(
    "said",
    [
        "зачитайте, что у меня набрано",
        "прочти весь мой список",
        "озвучьте, что я заказала",
        "и что там в конечном итоге лежит?",
        "перечисли, пожалуйста, все позиции",
        "давай пробежимся по списку",
        "ну и что в итоге имеем",
        "продиктуйте, что записали",
        "напомни, что я взял",
        "а что там сейчас числится",
    ],
)
def test_an_order_is_shown_in_words_of_ones_own(said: str) -> None:
    assert clauses.command(said) == "show"


BLACK, WHITE, RED = "00099787528", "УТ-99297653", "ФМ-99205576"


def _codes(order: Order) -> list[tuple[str, int | None]]:
    return [(line.code, line.quantity) for line in order.lines]


@pytest.mark.parametrize(
    "said",
    [
        "чёрные не надо, белые надо",
        "чёрные не нужны, белые давайте",
        "чёрные уберите, возьму белые",
        "не чёрные, а белые нужны",
        "чёрные на белые поменять можно? поменяйте",
        "а можете чёрные заменить на белые? замените",
    ],
)
def test_a_colour_is_exchanged_without_naming_the_line(
    editor: Editor, matcher: Matcher, said: str
) -> None:
    mouse = next(row.code for row in matcher.goods.index.rows if row.name.startswith("Мышь"))
    order = _after(editor, matcher.order(read(f"{BLACK} - 4\n{mouse} - 2", matcher.goods)), said)
    assert sorted(_codes(order)) == sorted([(WHITE, 4), (mouse, 2)])


@pytest.mark.parametrize(
    "said", ["две чёрные плюс белая", "чёрных две и белая", "две чёрные, белая", "белую и чёрных 2"]
)
def test_a_colour_without_a_count_is_one_piece(editor: Editor, matcher: Matcher, said: str) -> None:
    order = _after(editor, matcher.order(read(f"{BLACK} - 3", matcher.goods)), said)
    assert sorted(_codes(order)) == sorted([(BLACK, 2), (WHITE, 1)])


def test_a_question_alone_changes_nothing(editor: Editor, matcher: Matcher) -> None:
    order = matcher.order(read(f"{BLACK} - 4", matcher.goods))
    done = editor.edit("а белые есть?", order)
    assert done is None or done.order == order


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("BR24 беру", None),
        ("BR24 штучку доложите", 1),
        ("и BR24 возьму пару", 2),
        ("BR24 надо", None),
    ],
)
def test_an_article_alone_is_added(
    editor: Editor, matcher: Matcher, said: str, count: int | None
) -> None:
    order = _after(editor, matcher.order(read(f"{BLACK} - 4", matcher.goods)), said)
    assert "BR24" in order.lines[-1].name
    assert order.lines[-1].quantity == count


@pytest.mark.parametrize("said", ["BR24 беру", "BR24 пойдёт", "давайте BR24"])
def test_an_article_takes_the_place_of_what_was_too_dear(
    editor: Editor, matcher: Matcher, said: str
) -> None:
    start = matcher.order(read("колонка REMAX RB-M55 - 2", matcher.goods))
    asked = editor.edit("колонку бы подешевле", start)
    assert asked is not None
    done = editor.edit(said, asked.order, asked.focus, before=start)
    assert done is not None
    assert [("BR24" in line.name, line.quantity) for line in done.order.lines] == [(True, 2)]


def test_an_exchanged_line_comes_back_in_its_place(editor: Editor, matcher: Matcher) -> None:
    start = "колонка REMAX RB-M55 - 2\nнаушники EarPods Lightning черный - 1"
    order = _after(
        editor,
        matcher.order(read(start, matcher.goods)),
        "колонку замени на borofone BR24",
        "нет, обратно REMAX, как стояла",
    )
    assert [("RB-M55" in line.name, line.quantity) for line in order.lines] == [
        (True, 2),
        (False, 1),
    ]
