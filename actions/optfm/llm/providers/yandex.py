"""YandexGPT, by the vendor's library.

`yandex-cloud-ml-sdk` 0.19 is a thin name over `yandex-ai-studio-sdk` and says so in a warning;
docs/adr/0016-model-gateway.md says why we keep to it.
"""

import contextlib
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import grpc  # type: ignore[import-untyped]

from optfm.llm.gateway.errors import (
    BadAnswer,
    ModelError,
    ProviderAway,
    ProviderBusy,
    ProviderFiltered,
    ProviderRefused,
    ProviderTimeout,
)
from optfm.llm.gateway.model import Prompt, Reply

#: IAM tokens begin so; all else is an API key.
_IAM = "t1."
_SERVICE = "ai-foundation-models"
_REFUSALS = (
    grpc.StatusCode.UNAUTHENTICATED,
    grpc.StatusCode.PERMISSION_DENIED,
    grpc.StatusCode.NOT_FOUND,
    grpc.StatusCode.INVALID_ARGUMENT,
    grpc.StatusCode.FAILED_PRECONDITION,
)


class Yandex:
    """One model of one folder."""

    name = "yandex"

    def __init__(
        self,
        *,
        folder_id: str,
        key: str,
        model: str,
        temperature: float,
        address: str = "",
        ca_file: Path | None = None,
    ) -> None:
        """:param key: an API key or an IAM token.

        :param address: another place than the cloud's: `https://host:port`, or `http://…` without
            encryption.
        """
        self.model = model
        self._temperature = temperature
        self._sdk = yandex_sdk(folder_id=folder_id, key=key, **elsewhere(address, ca_file))

    async def complete(self, prompt: Prompt, *, timeout_s: float) -> Reply:
        """As in `Provider`."""
        model = self._sdk.models.completions(self.model).configure(
            temperature=self._temperature,
            max_tokens=prompt.max_tokens,
            **({"response_format": "json"} if prompt.json else {}),
        )
        messages = [{"role": m.role, "text": m.text} for m in prompt.messages]
        with translated():
            result = await model.run(messages, timeout=timeout_s)
        if not len(result):
            raise BadAnswer("ответ без вариантов")
        first, usage = result[0], result.usage
        status = first.status.name
        if status == "CONTENT_FILTER":
            raise ProviderFiltered("фильтр поставщика")
        if status != "FINAL" or not first.text.strip():
            bad = BadAnswer("пустой ответ" if status == "FINAL" else f"ответ оборван ({status})")
            bad.tokens = (usage.input_text_tokens, usage.completion_tokens)
            raise bad
        return Reply(
            text=first.text,
            tokens_in=usage.input_text_tokens,
            tokens_out=usage.completion_tokens,
        )

    async def check(self, *, timeout_s: float) -> None:
        """As in `Provider`: the tokeniser answers for the model and is free."""
        with translated():
            await self._sdk.models.completions(self.model).tokenize("я", timeout=timeout_s)

    async def close(self) -> None:
        """As in `Provider`; the library keeps its channels for the life of the process."""


def elsewhere(address: str, ca_file: Path | None) -> dict[str, Any]:
    """What the library must be told of another place than the cloud's.

    :param address: `https://host:port`, or `http://…` without encryption; empty: the cloud.
    """
    place = urlsplit(address)
    given: dict[str, Any] = {"verify": ca_file or place.scheme != "http"}
    if place.netloc:
        given |= {"endpoint": None, "service_map": {_SERVICE: place.netloc}}
    return given


def yandex_sdk(*, folder_id: str, key: str, **given: Any) -> Any:  # noqa: ANN401 - the SDK's
    """The vendor's client: no tries of its own, and what is sent is not logged over there."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # "deprecated": see the module
        from yandex_cloud_ml_sdk import AsyncYCloudML
        from yandex_cloud_ml_sdk.auth import APIKeyAuth, IAMTokenAuth
        from yandex_cloud_ml_sdk.retry import NoRetryPolicy

    return AsyncYCloudML(
        folder_id=folder_id,
        auth=IAMTokenAuth(key) if key.startswith(_IAM) else APIKeyAuth(key),
        enable_server_data_logging=False,
        retry_policy=NoRetryPolicy(),  # type: ignore[no-untyped-call]
        **given,
    )


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """Errors of the library and of gRPC as ours."""
    try:
        yield
    except grpc.aio.AioRpcError as exc:
        raise _of_code(exc) from exc
    except TimeoutError as exc:
        raise ProviderTimeout("не ответил вовремя") from exc
    except OSError as exc:
        raise ProviderAway(f"нет связи: {exc}") from exc


def _of_code(exc: grpc.aio.AioRpcError) -> ModelError:
    words = f"{exc.code().name}: {exc.details()}"[:300]
    if exc.code() is grpc.StatusCode.DEADLINE_EXCEEDED:
        return ProviderTimeout(words)
    if exc.code() is grpc.StatusCode.RESOURCE_EXHAUSTED:
        return ProviderBusy(words)
    return ProviderRefused(words) if exc.code() in _REFUSALS else ProviderAway(words)
