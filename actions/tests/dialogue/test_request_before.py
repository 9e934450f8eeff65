"""What a request's form proposes as its subject."""

from rasa_sdk import Tracker

from optfm.dialogue.request_before import suggestion
from optfm.dialogue.shop import Shop


def _user(text: str, at: float) -> dict:
    return {
        "event": "user", "text": text, "timestamp": at,
        "parse_data": {"intent": {"name": "price_question"}},
    }  # fmt: skip


def _bot(custom: dict, at: float) -> dict:
    return {"event": "bot", "text": "…", "timestamp": at, "data": {"custom": custom}}


def test_what_the_order_took_is_no_subject(shop: Shop) -> None:
    """An order that was emptied leaves nothing to propose; a question beside it does."""
    events = [
        _user("есть чехлы на хонор?", 1.0), _bot({"rows": []}, 2.0),
        _user("дисплей 11 - 2, акб 11 - 3", 3.0), _bot({"order": {"lines": [1, 2]}}, 4.0),
        _user("второй строки 7", 5.0), _bot({"order": {"lines": [1, 2]}}, 6.0),
        _user("очисти заказ", 7.0), _bot({"order": {"lines": []}}, 8.0),
    ]  # fmt: skip
    latest = {"text": "/leave_request", "intent": {"name": "leave_request"}}
    events.append(
        {"event": "user", "text": "/leave_request", "timestamp": 9.0, "parse_data": latest}
    )
    events.append({"event": "active_loop", "name": "request_form", "timestamp": 9.1})
    tracker = Tracker("d-1", {}, latest, events, False, None, {}, "action_listen")
    assert suggestion(tracker, shop) == "есть чехлы на хонор?"
