"""Reading a message (Rasa's NLU): on a thread of its own, and the same words once.

It is the longest part of a turn that waits for nobody, most of it in C; on the server's one loop
every other dialog would wait for it. And customers ask the same: pressed buttons, «привет»,
«доставка», the display of the month. Rasa takes a message that was read before as it is.
"""

import asyncio
import copy
import threading
from collections import OrderedDict
from collections.abc import Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from threadpoolctl import threadpool_limits

from common.masking import mask

#: About 10 MB; longer texts are not asked twice, and somebody's phone is not kept.
_REMEMBERED = 5_000
_LONGEST_REMEMBERED = 100

_of_thread = threading.local()


def _begin_thread() -> None:
    threadpool_limits(1)
    # One loop for all messages: to make one takes longer than all of Rasa's own code in a reading.
    _of_thread.loop = asyncio.new_event_loop()


def _run(reading: Coroutine[Any, Any, Mapping[str, Any]]) -> Mapping[str, Any]:
    loop: asyncio.AbstractEventLoop = _of_thread.loop
    return loop.run_until_complete(reading)


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
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="nlu", initializer=_begin_thread)
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
                await loop.run_in_executor(self._thread, _run, processor.parse_message(message))
            )
            self._remember(message.text, read)
        else:
            self._remembered.move_to_end(message.text)
        message.parse_data = {
            **copy.deepcopy(read),
            "message_id": message.message_id,
            "metadata": message.metadata or {},
        }

    def _remember(self, text: str, read: dict[str, Any]) -> None:
        if len(text) > _LONGEST_REMEMBERED or mask(text) != text:
            return
        self._remembered[text] = read
        if len(self._remembered) > _REMEMBERED:
            self._remembered.popitem(last=False)
