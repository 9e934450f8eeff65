"""Texts made to keep the readers of orders busy; what they cost: benchmarks/long_messages.py."""

import pytest

from optfm.orders import Editor, Matcher, read
from tests.orders.busy_texts import PIECES


@pytest.mark.parametrize("piece", PIECES, ids=repr)
def test_a_message_of_one_thing_again_and_again_is_heard(
    piece: str, matcher: Matcher, editor: Editor
) -> None:
    """«и и и» and «. . .» to an open order ended in errors: nothing is raised, the order stays."""
    order = matcher.order(read("акб 11 - 5, акб xr - 3, дисплей 11 - 2", matcher.goods))
    text = (piece * 4_000)[:4_000]
    editor.edit(text, order, 2, before=order)
    assert len(order.lines) == 3
    assert matcher.order(read(text, matcher.goods)).lines is not None
