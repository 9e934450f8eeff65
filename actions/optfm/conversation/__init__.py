"""A conversation about goods: what it is about now, and what a message does with it."""

from optfm.conversation.counts import pieces
from optfm.conversation.coverage import over_rows
from optfm.conversation.naming import naming
from optfm.conversation.replies import (
    Attribute,
    Cheaper,
    Comparison,
    Fit,
    HowMany,
    NoMore,
    NothingCounted,
    NotMeant,
    NotThere,
    Reply,
    Rows,
    TooMany,
    Total,
    Whether,
    WhichGoods,
    WhichRow,
)
from optfm.conversation.state import ConversationState
from optfm.conversation.turn import Turn
from optfm.conversation.turns import press, take_turn

__all__ = [
    "Attribute",
    "Cheaper",
    "Comparison",
    "ConversationState",
    "Fit",
    "HowMany",
    "NoMore",
    "NothingCounted",
    "NotMeant",
    "NotThere",
    "Reply",
    "Rows",
    "TooMany",
    "Total",
    "Turn",
    "WhichGoods",
    "WhichRow",
    "Whether",
    "naming",
    "over_rows",
    "pieces",
    "press",
    "take_turn",
]
