"""Runs actions aside: the server's loop only takes calls and gives answers.

Each action has threads of its own: whatever one waits for, the others go on. More calls than an
action has threads for wait their turn; Rasa gives the customer the apology where that takes too
long (connectors/server/action_server.py).
"""

import asyncio
import inspect
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher
from rasa_sdk.types import DomainDict

#: Of an action that computes: more would only take turns.
_THREADS = 4
#: Of an action that waits for language models, whose own queues are shorter.
_WAITING_THREADS = 32

Run = Callable[[CollectingDispatcher, Tracker, DomainDict], Any]


class PooledExecutor(ActionExecutor):
    """rasa-sdk's executor, which itself runs a plain `run` on the server's loop."""

    def register_function(self, action_name: str, f: Run) -> None:
        """As rasa-sdk's, with the function on threads of its own."""
        waits = inspect.iscoroutinefunction(f)
        pool = ThreadPoolExecutor(
            _WAITING_THREADS if waits else _THREADS, thread_name_prefix=action_name
        )
        loops = threading.local()  # a loop for each call costs a tenth of a price turn

        async def aside(
            dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
        ) -> Any:  # noqa: ANN401 - rasa-sdk checks the events itself
            def work() -> Any:  # noqa: ANN401
                made = f(dispatcher, tracker, domain)
                if not waits:
                    return made
                if not hasattr(loops, "runner"):
                    loops.runner = asyncio.Runner()
                return loops.runner.run(made)

            return await asyncio.get_running_loop().run_in_executor(pool, work)

        super().register_function(action_name, aside)
