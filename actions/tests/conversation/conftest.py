"""The demo list as the bot's process holds it, and a conversation over it."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from optfm.catalog.read import read_price_list
from optfm.conversation import ConversationState, Turn, take_turn
from optfm.search import PriceIndex
from optfm.search.live import Current
from optfm.text import load_vocabulary

DEMO = Path(__file__).parents[3] / "prices" / "demo.xls"

Say = Callable[..., Turn]


@pytest.fixture(scope="session")
def goods() -> Current:
    """The demo list, ready for questions."""
    index = PriceIndex.build(read_price_list(DEMO).rows, load_vocabulary())
    return Current(index=index, list_id=1, list_date=date(2025, 9, 1), weaviate=None, meaning=None)


@pytest.fixture
def say(goods: Current) -> Say:
    """Says messages one after the other; gives the last one's turn. State goes through JSON."""
    state = ConversationState()

    def say(*texts: str) -> Turn:
        nonlocal state
        turn = None
        for text in texts:
            turn = take_turn(text, state, goods)
            state = ConversationState.from_slot(json.loads(json.dumps(turn.state.as_slot())))
            assert state == turn.state
        assert turn is not None
        return turn

    return say
