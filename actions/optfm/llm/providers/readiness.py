"""What `optfm doctor` says of the models: the very call that a conversation makes, once."""

import asyncio
from collections.abc import Iterator

from optfm.errors import Refused
from optfm.llm.gateway.cost import price_of
from optfm.llm.gateway.errors import ModelError
from optfm.llm.gateway.model import ChatMessage, Prompt
from optfm.llm.providers.providers import provider
from optfm.settings import ModelSettings, Settings

_PATIENCE_S = 10.0
#: In the form of every call of a conversation.
_CALL = Prompt(
    messages=(
        ChatMessage("system", 'Ответь объектом JSON: {"text": "да"}.'),
        ChatMessage("user", "Ты работаешь?"),
    ),
    max_tokens=300,
    json=True,
)


def check_models(settings: Settings) -> Iterator[tuple[str, str]]:
    """The name of each configured model, and what is wrong with it, "" where nothing is."""
    for chosen in settings.models():
        yield chosen.provider, asyncio.run(_wrong(chosen, settings))


async def _wrong(chosen: ModelSettings, settings: Settings) -> str:
    asked = provider(chosen, settings)
    try:
        price_of(asked.name, asked.model)
        await asyncio.wait_for(asked.check(timeout_s=_PATIENCE_S), _PATIENCE_S + 1)
        await asyncio.wait_for(asked.complete(_CALL, timeout_s=_PATIENCE_S), _PATIENCE_S + 1)
    except (ModelError, Refused, TimeoutError) as exc:
        words = exc.message if isinstance(exc, Refused) else str(exc)
        return words or "не отвечает"
    finally:
        await asked.close()
    return ""
