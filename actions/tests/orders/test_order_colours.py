"""An order whose lines differ by their colours alone, edited in words."""

import pytest

from optfm.orders import Editor, Matcher, Order, clauses, read, several

BLACK, WHITE, RED = "00099787528", "УТ-99297653", "ФМ-99205576"


def _lines(order: Order) -> list[tuple[str, int | None]]:
    return [(line.code, line.quantity) for line in order.lines]


def _order(matcher: Matcher, text: str) -> Order:
    return matcher.order(read(text, matcher.goods))


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("красных штуки три туда же", [(BLACK, 6), (WHITE, 2), (RED, 3)]),
        ("и красных десяток к ним", [(BLACK, 6), (WHITE, 2), (RED, 10)]),
        ("красных столько же, сколько белых", [(BLACK, 6), (WHITE, 2), (RED, 2)]),
        ("белые забудьте", [(BLACK, 6)]),
        ("чёрный с белым не берём", []),
        ("белых ещё 4 сверху", [(BLACK, 6), (WHITE, 6)]),
        ("белых 3 чёрных 1", [(BLACK, 1), (WHITE, 3)]),
        ("+5 к белым", [(BLACK, 6), (WHITE, 7)]),
        ("всех поровну, по 8", [(BLACK, 8), (WHITE, 8)]),
    ],
)
def test_a_colour_names_its_line_or_brings_another(
    said: str, left: list[tuple[str, int]], matcher: Matcher, editor: Editor
) -> None:
    """«красных столько же, сколько белых»: of the goods that the order has in other colours."""
    order = _order(matcher, f"{BLACK} - 6\n{WHITE} - 2")
    edited = editor.edit(said, order)
    assert edited is not None and _lines(edited.order) == left


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("поделите пополам: белые и чёрные", [(WHITE, 3), (BLACK, 3)]),
        ("половину красными", [(RED, 3), (BLACK, 3)]),
        ("из них две белых", [(WHITE, 2), (BLACK, 4)]),
        ("1 белый, 2 красных и 3 чёрных", [(WHITE, 1), (RED, 2), (BLACK, 3)]),
    ],
)
def test_a_line_is_divided_by_colours(
    said: str, left: list[tuple[str, int]], matcher: Matcher, editor: Editor
) -> None:
    """«половину красными»: what is not spoken of stays as it was."""
    edited = editor.edit(said, _order(matcher, f"{BLACK} - 6"))
    assert edited is not None and _lines(edited.order) == left


def test_a_price_is_never_a_quantity(matcher: Matcher, editor: Editor) -> None:
    """«чехлы за 615»: goods at that price, or a word that there are none."""
    order = _order(matcher, f"{BLACK} - 6")
    edited = editor.edit("давай чехол за 615", order)
    assert edited is not None and _lines(edited.order) == [(BLACK, 6)]
    assert "615 ₽" in edited.order.lines[0].note


@pytest.mark.parametrize("said", ["отмени всё", "ладно, отмени тогда всё", "отмени весь заказ"])
def test_whoever_cancels_all_wants_no_undo(said: str) -> None:
    """«отмени» alone takes the last change back; with «всё» it clears."""
    assert clauses.command(said) == "clear"
    assert clauses.command("отмени последнее") == "undo"


def test_the_quantity_from_before_is_given_back(matcher: Matcher, editor: Editor) -> None:
    """«давай как сначала чехлы»: as many as before the last change."""
    before = _order(matcher, f"{BLACK} - 6")
    order = _order(matcher, f"{BLACK} - 2")
    edited = editor.edit("нет, давай как сначала чехлы", order, 0, before=before)
    assert edited is not None and _lines(edited.order) == [(BLACK, 6)]


def test_a_question_about_a_colour_is_what_is_added_next(matcher: Matcher, editor: Editor) -> None:
    """«а красные есть? добавьте два»: of the goods in that colour."""
    edited = editor.edit("а красные есть? добавьте два", _order(matcher, f"{BLACK} - 6"))
    assert edited is not None and _lines(edited.order) == [(BLACK, 6), (RED, 2)]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("чёрные замените белыми", [(WHITE, 6), (RED, 4)]),
        ("чёрный и красный минус по два", [(BLACK, 4), (RED, 2)]),
        ("красные под нож", [(BLACK, 6)]),
        ("сделай наоборот", [(BLACK, 4), (RED, 6)]),
        ("давайте только красные", [(RED, 4)]),
        ("накладок каждой по 9", [(BLACK, 9), (RED, 9)]),
    ],
)
def test_an_act_is_heard_in_other_words(
    said: str, left: list[tuple[str, int]], matcher: Matcher, editor: Editor
) -> None:
    """«чёрные замените белыми»: by the case of a word alone."""
    edited = editor.edit(said, _order(matcher, f"{BLACK} - 6\n{RED} - 4"))
    assert edited is not None and _lines(edited.order) == left


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"{BLACK} {WHITE} по 2 шт", [(BLACK, 2), (WHITE, 2)]),
        (f"{BLACK}*3, {RED}*2", [(BLACK, 3), (RED, 2)]),
    ],
)
def test_codes_side_by_side_are_lines(
    text: str, lines: list[tuple[str, int]], matcher: Matcher
) -> None:
    """Two codes without a comma between them are two lines."""
    assert _lines(_order(matcher, text)) == lines


@pytest.mark.parametrize(
    ("said", "other", "series"),
    [
        ("жала 900m-t-ks", "900m-t-ki", True),
        ("t-k", "t-i", True),
        ("мышь gm-14", "hoco", False),
        ("wh-25", "rl-25", False),
        ("rl-2515", "rl-2515", False),
    ],
)
def test_part_numbers_of_one_series_are_told_by_their_beginnings(
    said: str, other: str, series: bool
) -> None:
    """«900m-t-ks, 900m-t-ki»: two goods, not one with a longer name."""
    assert several.of_one_series(said, other) is series


def test_when_to_call_is_no_quantity(matcher: Matcher, editor: Editor) -> None:
    """«звонить до шести»: it was read as six pieces in the middle of the request's form."""
    order = _order(matcher, f"{BLACK} - 5")
    edited = editor.edit("Сергей Палыч, звонить до шести", order, 0)
    assert edited is None or edited.order == order


def test_what_stays_changes_nothing(matcher: Matcher, editor: Editor) -> None:
    """«белые ладно оставь» of a line that is there is no question about other goods."""
    order = _order(matcher, f"{BLACK} - 6\n{WHITE} - 2")
    edited = editor.edit("белые ладно оставь", order)
    assert edited is not None and edited.order == order


def test_a_count_for_each_stands_above_the_goods(matcher: Matcher) -> None:
    """«соберите на пробу по 1 шт: …»: of all that follows."""
    text = f"соберите на пробу по 3 шт: {BLACK}, {RED}"
    assert _lines(_order(matcher, text)) == [(BLACK, 3), (RED, 3)]
