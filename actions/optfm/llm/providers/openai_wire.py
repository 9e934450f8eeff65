"""Models behind the OpenAI wire: OpenAI itself, Ollama, LM Studio, vLLM, llama.cpp, a proxy.

Streamed only where a server does nothing else: an answer is checked whole before anybody sees it.
What differs between servers
was seen on Ollama 0.9.6 and llama.cpp: Ollama knows `max_tokens` only and never stops without it,
says 200 and `finish_reason: null` when its runner died, and both hold `json_object` by a grammar.
"""

import contextlib
import json
import logging
import ssl
from collections.abc import Iterator
from pathlib import Path

import httpx2
import openai
from openai import AsyncOpenAI
from openai.types.chat import ChatCompletionMessageParam

from common.pauses import asked_pause
from optfm.llm.gateway.errors import (
    BadAnswer,
    ProviderAway,
    ProviderBusy,
    ProviderFiltered,
    ProviderRefused,
    ProviderTimeout,
)
from optfm.llm.gateway.model import ChatMessage, Prompt, Reply, guessed_tokens
from optfm.llm.providers.chat_completion import read_completion, read_stream
from optfm.llm.providers.request_form import RequestForm

log = logging.getLogger(__name__)

#: A server may refuse one parameter after the other.
_MOST_ADAPTATIONS = 4
#: Codes and types in a 400 that say that the vendor's filter did not like the text.
_FILTERS = ("content_filter", "content_policy_violation", "moderation")


class OpenAiWire:
    """One model behind one address."""

    def __init__(
        self,
        *,
        name: str,
        base_url: str,
        api_key: str,
        model: str,
        temperature: float,
        ca_file: Path | None = None,
    ) -> None:
        """:param base_url: with `/v1` at its end.

        :param api_key: "" where the server asks for none.
        """
        self.name = name
        self.model = model
        self._temperature = temperature
        self._form = RequestForm()
        trusted = ssl.create_default_context(cafile=str(ca_file)) if ca_file else None
        http = openai.DefaultAsyncHttpxClient(verify=trusted) if trusted else None
        self._client = AsyncOpenAI(
            base_url=base_url, api_key=api_key or "none", max_retries=0, http_client=http
        )

    async def complete(self, prompt: Prompt, *, timeout_s: float) -> Reply:
        """As in `Provider`."""
        for _ in range(_MOST_ADAPTATIONS):
            try:
                return await self._once(prompt, timeout_s)
            except ProviderRefused as exc:
                if not self._form.adapt(str(exc)):
                    raise
                log.info("%s %s: другой вид вызова после отказа: %s", self.name, self.model, exc)
        return await self._once(prompt, timeout_s)

    async def _once(self, prompt: Prompt, timeout_s: float) -> Reply:
        with _translated():
            answer = await self._client.chat.completions.with_raw_response.create(
                model=self.model,
                messages=[_message(message) for message in prompt.messages],
                timeout=timeout_s,
                extra_body=self._form.parameters(prompt, self._temperature),
            )
            content = answer.http_response.text
            body = read_stream(content.splitlines()) if self._form.stream else json.loads(content)
        said = read_completion(body)
        return Reply(
            text=said.text,
            tokens_in=prompt.tokens if said.tokens_in is None else said.tokens_in,
            tokens_out=guessed_tokens(said.text) if said.tokens_out is None else said.tokens_out,
        )

    async def check(self, *, timeout_s: float) -> None:
        """As in `Provider`: the list of models, which costs nothing."""
        with _translated():
            listed = await self._client.models.list(timeout=timeout_s)
            names = [model.id async for model in listed]
        if names and not any(n in (self.model, f"{self.model}:latest") for n in names):
            raise ProviderRefused(f"модели «{self.model}» там нет, есть: {', '.join(names[:5])}")

    async def close(self) -> None:
        """As in `Provider`."""
        await self._client.close()


def _message(message: ChatMessage) -> ChatCompletionMessageParam:
    if message.role == "system":
        return {"role": "system", "content": message.text}
    return {"role": "user", "content": message.text}


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except openai.APITimeoutError as exc:
        raise ProviderTimeout("не ответил вовремя") from exc
    except openai.APIConnectionError as exc:
        where = exc.request.url.netloc.decode()
        raise ProviderAway(f"нет связи с {where}: {exc.__cause__ or exc}") from exc
    except openai.APIResponseValidationError as exc:
        raise BadAnswer("ответ не по протоколу") from exc
    except openai.APIStatusError as exc:
        raise _of_status(exc) from exc
    except (openai.OpenAIError, httpx2.HTTPError) as exc:
        raise ProviderAway(f"{type(exc).__name__}: {exc}") from exc
    except (ValueError, TypeError, AttributeError, RecursionError) as exc:  # 200 with no JSON
        raise BadAnswer("ответ не по протоколу") from exc


def _of_status(exc: openai.APIStatusError) -> Exception:
    status = exc.status_code
    words = f"{status}: {exc.message.removeprefix(f'Error code: {status} - ')}"[:300]
    if status in (429, 503):
        return ProviderBusy(words, retry_after(exc.response.headers.get("retry-after")))
    if status in (408, 409) or status >= 500:
        return ProviderAway(words)
    if any(mark in str(exc.body) for mark in _FILTERS):
        return ProviderFiltered(words)
    return ProviderRefused(words)


def retry_after(value: str | None) -> float | None:
    """Seconds of a Retry-After header; None where there is none, or it names a day."""
    return asked_pause(value)
