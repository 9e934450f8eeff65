"""The actions that Rasa calls: each reads the tracker, asks a domain package, words the answer."""

import functools

from rasa_sdk import Action

from optfm.dialogue.agree import Agree
from optfm.dialogue.facts import AnswerFacts, GoOn, OnceGoneOn
from optfm.dialogue.fallback import AnswerOther
from optfm.dialogue.follow_up import FollowUp
from optfm.dialogue.hand_off import HandOff
from optfm.dialogue.model_answers import Understand
from optfm.dialogue.orders import OrderTurn
from optfm.dialogue.prices import AboutRows, OnlyOfRows, PriceSearch, ShowMore, named_beside
from optfm.dialogue.request import ValidateRequestForm
from optfm.dialogue.request_ask import AskField
from optfm.dialogue.request_end import AnswerInForm, StopRequest, SubmitRequest
from optfm.dialogue.request_fields import FIELDS
from optfm.dialogue.sent_request import SentRequest
from optfm.dialogue.shop import Shop
from optfm.dialogue.trade_terms import ExplainTerms
from optfm.dialogue.watching import WatchTurn


def actions(shop: Shop) -> list[Action]:
    """All actions of the bot."""
    return [
        OnceGoneOn(PriceSearch(shop), shop.facts),
        ShowMore(shop),
        OrderTurn(shop),
        SentRequest(shop),
        WatchTurn(shop),
        FollowUp(shop),
        AboutRows(shop),
        OnlyOfRows(shop),
        Understand(shop),
        AnswerOther(shop),
        AnswerFacts(shop.facts, functools.partial(named_beside, shop)),
        GoOn(shop.facts),
        ExplainTerms(shop),
        Agree(),
        HandOff(shop),
        ValidateRequestForm(shop),
        *(AskField(field, shop) for field in FIELDS),
        AnswerInForm(shop),
        SubmitRequest(shop),
        StopRequest(),
    ]
