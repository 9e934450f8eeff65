"""What Telegram may answer to getUpdates beside updates."""

import asyncio

import pytest

from connectors.telegram.polling import Polling


class _Api:
    """Answers getUpdates with what it was given, in turn."""

    def __init__(self, *answers):
        self._answers = list(answers)
        self.offsets = []

    async def call(self, method, *, offset, **_):
        assert method == "getUpdates"
        self.offsets.append(offset)
        return self._answers.pop(0)


class _Dispatcher:
    """Takes updates at once."""

    def __init__(self):
        self.taken = []

    def take(self, update):
        self.taken.append(update["update_id"])
        return asyncio.ensure_future(asyncio.sleep(0))

    def hurry(self, *, on):
        assert on is False


@pytest.mark.parametrize(
    "odd", [{}, {"message": {}}, {"update_id": None}, {"update_id": "x"}, None, 7]
)
def test_an_update_without_a_number_holds_up_no_other(odd):
    """It is left out; those around it are taken once and confirmed."""
    api = _Api([{"update_id": 4}, odd, {"update_id": 5}], [odd, {"update_id": 6}], [])
    dispatcher = _Dispatcher()

    async def three_rounds():
        polling = Polling(api, dispatcher, "token", "postgresql://unused")
        for _ in range(3):
            await polling._ask()

    asyncio.run(three_rounds())
    assert dispatcher.taken == [4, 5, 6]
    assert api.offsets == [0, 6, 7]


@pytest.mark.parametrize("answer", [None, {}, "ok", 0])
def test_an_answer_that_is_no_list_is_no_updates(answer):
    """The next question is asked as if nothing had come."""
    api = _Api(answer, [{"update_id": 9}])
    dispatcher = _Dispatcher()

    async def two_rounds():
        polling = Polling(api, dispatcher, "token", "postgresql://unused")
        for _ in range(2):
            await polling._ask()

    asyncio.run(two_rounds())
    assert dispatcher.taken == [9]
