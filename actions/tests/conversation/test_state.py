"""What a conversation keeps between two messages."""

import pytest

from optfm.conversation import ConversationState


def test_rows_taken_are_remembered_in_turn_each_once():
    """«и те и те» are the last two, however often one of them was named."""
    state = ConversationState().choosing("A").choosing("B").choosing("A")
    assert (state.chosen, state.taken) == (("A",), ("B", "A"))


@pytest.mark.parametrize(
    "slot",
    [None, [], "x", {"text": "дисплей"}, {"focus": {"text": 5}}, {"listed": 3}, {"groups": [1]}],
)
def test_a_slot_of_another_form_begins_anew(slot: object):
    """An older version's slot, or a damaged one, is no error."""
    assert ConversationState.from_slot(slot) == ConversationState()
