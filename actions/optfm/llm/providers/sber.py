"""GigaChat, by the vendor's library; it renews its half-hour tokens by itself."""

import asyncio
import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gigachat.exceptions as sber
import httpx
from gigachat import GigaChat
from gigachat.models import Chat, Messages, MessagesRole
from pydantic import ValidationError

from optfm.llm.gateway.errors import (
    BadAnswer,
    ProviderAway,
    ProviderBusy,
    ProviderFiltered,
    ProviderRefused,
    ProviderTimeout,
)
from optfm.llm.gateway.model import Prompt, Reply
from optfm.llm.providers.openai_wire import retry_after

_ROLES = {"system": MessagesRole.SYSTEM, "user": MessagesRole.USER}


class Sber:
    """One model of one account."""

    name = "sber"

    def __init__(
        self,
        *,
        key: str,
        scope: str,
        model: str,
        temperature: float,
        base_url: str = "",
        auth_url: str = "",
        ca_file: Path | None = None,
    ) -> None:
        """:param key: the authorisation key of the account, base64.

        :param ca_file: the root certificate of the Ministry of Digital Development, which neither
            Python nor most systems bring.
        """
        self.model = model
        self._temperature = temperature
        self._client = sber_client(
            key=key, scope=scope, base_url=base_url, auth_url=auth_url, ca_file=ca_file
        )

    async def complete(self, prompt: Prompt, *, timeout_s: float) -> Reply:
        """As in `Provider`."""
        chat = Chat(
            model=self.model,
            messages=[Messages(role=_ROLES[m.role], content=m.text) for m in prompt.messages],
            temperature=self._temperature or None,  # zero is refused there
            max_tokens=prompt.max_tokens,
        )
        with translated():
            # The library knows one time-out a client, so ours stands around it.
            async with asyncio.timeout(timeout_s):
                answer = await self._client.achat(chat)
        if not answer.choices:
            raise BadAnswer("ответ без вариантов")
        choice, usage = answer.choices[0], answer.usage
        if choice.finish_reason == "blacklist":
            raise ProviderFiltered("фильтр поставщика")
        if choice.finish_reason != "stop" or not (choice.message.content or "").strip():
            stopped = choice.finish_reason == "stop"
            bad = BadAnswer(
                "пустой ответ" if stopped else f"ответ оборван ({choice.finish_reason})"
            )
            bad.tokens = (usage.prompt_tokens, usage.completion_tokens)
            raise bad
        return Reply(
            text=choice.message.content,
            tokens_in=usage.prompt_tokens,
            tokens_out=usage.completion_tokens,
        )

    async def check(self, *, timeout_s: float) -> None:
        """As in `Provider`: the list of models, which costs nothing."""
        with translated():
            async with asyncio.timeout(timeout_s):
                listed = await self._client.aget_models()
        names = [model.id_ for model in listed.data]
        if self.model not in names:
            raise ProviderRefused(f"модели «{self.model}» там нет, есть: {', '.join(names[:5])}")

    async def close(self) -> None:
        """As in `Provider`."""
        await self._client.aclose()


def sber_client(
    *, key: str, scope: str, base_url: str = "", auth_url: str = "", ca_file: Path | None = None
) -> GigaChat:
    """The vendor's client, without tries of its own."""
    given: dict[str, Any] = {"base_url": base_url, "auth_url": auth_url}
    if ca_file:
        given["ca_bundle_file"] = str(ca_file)
    return GigaChat(
        credentials=key,
        scope=scope,
        verify_ssl_certs=True,
        max_retries=0,
        **{name: value for name, value in given.items() if value},
    )


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """Errors of the library and of HTTP as ours."""
    try:
        yield
    except sber.RateLimitError as exc:
        asked = exc.headers.get("retry-after") if exc.headers else None
        raise ProviderBusy("429", retry_after(asked)) from exc
    except sber.ServerError as exc:
        raise ProviderAway(f"{exc.status_code}") from exc
    except sber.ResponseError as exc:
        words = (exc.content or b"").decode(errors="replace")[:200]
        raise ProviderRefused(f"{exc.status_code}: {words}") from exc
    except (TimeoutError, httpx.TimeoutException) as exc:
        raise ProviderTimeout("не ответил вовремя") from exc
    except (httpx.HTTPError, OSError) as exc:
        raise ProviderAway(f"нет связи: {exc}") from exc
    except (ValidationError, ValueError, sber.GigaChatException) as exc:
        raise BadAnswer("ответ не по протоколу") from exc
