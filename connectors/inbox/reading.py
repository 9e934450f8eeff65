"""Reading a message (Rasa's NLU): on a thread of its own, and the same words once.

It is the longest part of a turn that waits for nobody, most of it in C; on the server's one loop
every other dialog would wait for it. And customers ask the same: pressed buttons, «привет»,
«доставка», the display of the month. Rasa takes a message that was read before as it is.
"""

import asyncio
import copy
import re
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from threadpoolctl import threadpool_limits

from common.masking import mask
from connectors.managers.alarm import alarming
from connectors.settings import settings

#: About 10 MB; longer texts are not asked twice, and somebody's phone is not kept.
_REMEMBERED = 5_000
_LONGEST_REMEMBERED = 100


#: The shop's own numbers and addresses, which customers only ask about.
_OFFICE = re.compile(r"8\D{0,2}800\D{0,2}444\D{0,2}10\D{0,2}81|\w+@optfm\.ru")

#: As the site's «Хочу это» writes it, with a code and a name that would be a price question.
_REQUEST_FOR = re.compile(
    r"\W*(?:хочу |можно |мне )?(?:остав|оформ|сдела)\w+ заявк\w+ (?:на|по)\b", re.IGNORECASE
)


def _wish_of(text: str, read: dict[str, Any]) -> dict[str, Any]:
    """What was understood; but who leaves his phone with a question wants to be called.

    No examples teach that: to the words around it the number is nothing. Nor is a wish for a
    request about a row of the price list a question about that row.
    """
    intent = read.get("intent") or {}
    asks = str(intent.get("name") or "").startswith("faq_")
    theirs = _OFFICE.sub("", text)
    if (asks and mask(theirs) != theirs) or _REQUEST_FOR.match(text):
        return {**read, "intent": {**intent, "name": "leave_request"}}
    return read


class Reader:
    """Reads messages one after the other: not all components may be used by two threads.

    What it makes of a text depends on the text alone: the model of a server does not change, and
    no component looks at the dialog.

    :param agent: with a loaded model; without one nothing is read.
    """

    def __init__(self, agent: Agent) -> None:
        self._agent = agent
        # A short text is computed on one thread: more wait for each other in a spin, and on a
        # busy machine take ten times as long. OpenMP keeps that number for each thread apart.
        self._thread = ThreadPoolExecutor(
            1, thread_name_prefix="nlu", initializer=threadpool_limits, initargs=(1,)
        )
        self._remembered: OrderedDict[str, dict[str, Any]] = OrderedDict()

    async def read(self, message: UserMessage) -> None:
        """Put into `message` what Rasa's NLU makes of it.

        :raises Exception: whatever a component raises.
        """
        processor = self._agent.processor
        if processor is None:
            return
        read = self._remembered.get(message.text)
        if read is None:
            loop = asyncio.get_running_loop()
            read = dict(
                await loop.run_in_executor(
                    self._thread, lambda: asyncio.run(processor.parse_message(message))
                )
            )
            self._remember(message.text, read)
        else:
            self._remembered.move_to_end(message.text)
        understood = _wish_of(message.text, copy.deepcopy(read))
        # Without a group of managers nobody comes when he is called.
        if settings().telegram_managers_chat and alarming(message.text):
            understood["intent"] = {"name": "call_manager", "confidence": 1.0}
            message.metadata = {**(message.metadata or {}), "alarm": True}
        message.parse_data = {
            **understood,
            "message_id": message.message_id,
            "metadata": message.metadata or {},
        }

    def _remember(self, text: str, read: dict[str, Any]) -> None:
        if len(text) > _LONGEST_REMEMBERED or mask(text) != text:
            return
        self._remembered[text] = read
        if len(self._remembered) > _REMEMBERED:
            self._remembered.popitem(last=False)
