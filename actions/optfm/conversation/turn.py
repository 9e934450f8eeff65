"""What a message came to: what is said, and what the talk is about then."""

from dataclasses import dataclass

from optfm.conversation.acts import (
    Act,
)
from optfm.conversation.replies import (
    Reply,
)
from optfm.conversation.state import ConversationState
from optfm.search import Answer


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """What a message came to."""

    act: Act
    replies: tuple[Reply, ...]
    state: ConversationState
    answers: tuple[Answer, ...] = ()  #: the searches behind the replies, for the record
    sure: bool = False  #: the message is about goods beyond doubt
    counted: tuple[tuple[str, int], ...] = ()  #: codes with the pieces that were counted
