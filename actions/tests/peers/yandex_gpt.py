"""A strict stand-in for YandexGPT, over gRPC as the vendor's library speaks it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import grpc
from yandex.cloud.ai.foundation_models.v1.embedding import (
    embedding_service_pb2 as vectors,
)
from yandex.cloud.ai.foundation_models.v1.embedding import (
    embedding_service_pb2_grpc as vector_services,
)
from yandex.cloud.ai.foundation_models.v1.text_common_pb2 import (
    Alternative,
    ContentUsage,
    Message,
    Token,
)
from yandex.cloud.ai.foundation_models.v1.text_generation import (
    text_generation_service_pb2 as wire,
)
from yandex.cloud.ai.foundation_models.v1.text_generation import (
    text_generation_service_pb2_grpc as services,
)


@dataclass
class YandexPeer(
    services.TextGenerationServiceServicer,  # type: ignore[misc]
    services.TokenizerServiceServicer,  # type: ignore[misc]
    vector_services.EmbeddingsServiceServicer,  # type: ignore[misc]
):
    """Answers one text; `fault` is a code to abort with."""

    text: str = "Здравствуйте"
    status: Any = Alternative.ALTERNATIVE_STATUS_FINAL
    fault: grpc.StatusCode | None = None
    faulty_for_ever: bool = True
    calls: list[tuple[dict[str, str], Any]] = field(default_factory=list)
    port: int = 0

    async def Completion(self, request: Any, context: Any) -> AsyncIterator[Any]:
        await self._judge(request, context)
        yield wire.CompletionResponse(
            alternatives=[
                Alternative(message=Message(role="assistant", text=self.text), status=self.status)
            ],
            usage=ContentUsage(input_text_tokens=12, completion_tokens=3, total_tokens=15),
            model_version="1",
        )

    async def TokenizeCompletion(self, request: Any, context: Any) -> Any:
        await self._judge(request, context)
        return wire.TokenizeResponse(tokens=[Token(id=1, text="я")], model_version="1")

    async def TextEmbedding(self, request: Any, context: Any) -> Any:
        await self._judge(request, context, scheme="emb")
        if not request.text or len(request.text) > 8000:
            await context.abort(grpc.StatusCode.INVALID_ARGUMENT, "text")
        letters = [request.text.lower().count(letter) for letter in "абвгдежз"]
        return vectors.TextEmbeddingResponse(embedding=letters, num_tokens=3, model_version="1")

    async def _judge(self, request: Any, context: Any, scheme: str = "gpt") -> None:
        headers = dict(context.invocation_metadata())
        self.calls.append((headers, request))
        if self.fault:
            fault, self.fault = self.fault, self.fault if self.faulty_for_ever else None
            await context.abort(fault, "как велено")
        if headers.get("authorization") not in ("Api-Key AQVN-key", "Bearer t1.token"):
            await context.abort(grpc.StatusCode.UNAUTHENTICATED, "ключ")
        if headers.get("x-data-logging-enabled") != "false":
            await context.abort(grpc.StatusCode.INVALID_ARGUMENT, "data logging is on")
        if not request.model_uri.startswith(f"{scheme}://folder-1/"):
            await context.abort(grpc.StatusCode.PERMISSION_DENIED, "folder")
        if "nope" in request.model_uri:
            await context.abort(grpc.StatusCode.NOT_FOUND, "model")


@asynccontextmanager
async def serving(
    peer: YandexPeer, tls: grpc.ServerCredentials | None = None
) -> AsyncIterator[YandexPeer]:
    """Serve on a free port for as long as the block runs."""
    server = grpc.aio.server()
    services.add_TextGenerationServiceServicer_to_server(peer, server)
    services.add_TokenizerServiceServicer_to_server(peer, server)
    vector_services.add_EmbeddingsServiceServicer_to_server(peer, server)
    place = "127.0.0.1:0"
    peer.port = server.add_secure_port(place, tls) if tls else server.add_insecure_port(place)
    await server.start()
    try:
        yield peer
    finally:
        await server.stop(0)
