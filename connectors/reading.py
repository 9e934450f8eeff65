"""Reading a message (Rasa's NLU) on a thread of its own.

It is the longest part of a turn that waits for nobody, most of it in C; on the server's one loop
every other dialog would wait for it. Rasa takes a message that was read before as it is.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from threadpoolctl import threadpool_limits


class Reader:
    """Reads messages one after the other: not all components may be used by two threads.

    :param agent: with a loaded model; without one nothing is read.
    """

    def __init__(self, agent: Agent) -> None:
        self._agent = agent
        # A short text is computed on one thread: more wait for each other in a spin, and on a
        # busy machine take ten times as long. OpenMP keeps that number for each thread apart.
        self._thread = ThreadPoolExecutor(
            1, thread_name_prefix="nlu", initializer=threadpool_limits, initargs=(1,)
        )

    async def read(self, message: UserMessage) -> None:
        """Put into `message` what Rasa's NLU makes of it.

        :raises Exception: whatever a component raises.
        """
        processor = self._agent.processor
        if processor is None:
            return
        loop = asyncio.get_running_loop()
        message.parse_data = await loop.run_in_executor(
            self._thread, lambda: asyncio.run(processor.parse_message(message))
        )
