"""An order whose lines differ by their colours alone, edited in words."""

import pytest

from optfm.orders import Editor, Matcher, Order, clauses, read

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
