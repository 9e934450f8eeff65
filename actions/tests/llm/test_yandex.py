"""YandexGPT by the vendor's library, pointed at a strict stand-in over real gRPC."""

from collections.abc import AsyncIterator

import grpc
import pytest
from yandex.cloud.ai.foundation_models.v1.text_common_pb2 import Alternative

from optfm.llm.gateway.errors import (
    BadAnswer,
    ProviderAway,
    ProviderBusy,
    ProviderFiltered,
    ProviderRefused,
    ProviderTimeout,
)
from optfm.llm.gateway.model import ChatMessage, Prompt
from optfm.llm.providers.yandex import Yandex
from tests.peers.yandex_gpt import YandexPeer, serving

PROMPT = Prompt(
    messages=(ChatMessage("system", "Правила"), ChatMessage("user", "Вопрос")), max_tokens=50
)


@pytest.fixture
async def peer() -> AsyncIterator[YandexPeer]:
    async with serving(YandexPeer()) as peer:
        yield peer


def yandex(peer: YandexPeer, *, key: str = "AQVN-key", model: str = "yandexgpt-lite") -> Yandex:
    return Yandex(
        folder_id="folder-1",
        key=key,
        model=model,
        temperature=0.1,
        address=f"http://127.0.0.1:{peer.port}",
    )


@pytest.mark.parametrize("key", ["AQVN-key", "t1.token"])
async def test_the_whole_request_is_as_the_vendor_wants_it(peer: YandexPeer, key: str):
    """Key or IAM token, folder, limits, roles; what is sent is not logged over there."""
    reply = await yandex(peer, key=key).complete(PROMPT, timeout_s=5)
    assert (reply.text, reply.tokens_in, reply.tokens_out) == ("Здравствуйте", 12, 3)
    ((headers, request),) = peer.calls
    assert headers["x-data-logging-enabled"] == "false"
    assert request.model_uri == "gpt://folder-1/yandexgpt-lite/latest"
    assert request.completion_options.max_tokens.value == 50
    assert [m.role for m in request.messages] == ["system", "user"]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (grpc.StatusCode.UNAUTHENTICATED, ProviderRefused),
        (grpc.StatusCode.NOT_FOUND, ProviderRefused),
        (grpc.StatusCode.RESOURCE_EXHAUSTED, ProviderBusy),
        (grpc.StatusCode.UNAVAILABLE, ProviderAway),
        (grpc.StatusCode.INTERNAL, ProviderAway),
        (grpc.StatusCode.DEADLINE_EXCEEDED, ProviderTimeout),
    ],
)
async def test_each_code_has_its_name_and_one_try(fault, error, peer: YandexPeer):
    """The library's own tries are off: one call, one error."""
    peer.fault = fault
    with pytest.raises(error):
        await yandex(peer).complete(PROMPT, timeout_s=5)
    assert len(peer.calls) == 1


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (Alternative.ALTERNATIVE_STATUS_CONTENT_FILTER, ProviderFiltered),
        (Alternative.ALTERNATIVE_STATUS_TRUNCATED_FINAL, BadAnswer),
    ],
)
async def test_filtered_and_cut_answers_are_none(status, error, peer: YandexPeer):
    """The vendor says so in the status, with 200."""
    peer.status = status
    with pytest.raises(error):
        await yandex(peer).complete(PROMPT, timeout_s=5)


async def test_the_check_spends_nothing_and_knows_a_wrong_model(peer: YandexPeer):
    """The tokeniser answers for the model."""
    await yandex(peer).check(timeout_s=5)
    with pytest.raises(ProviderRefused):
        await yandex(peer, model="nope").check(timeout_s=5)


async def test_nobody_there_is_away():
    """A port that nobody listens on."""
    with pytest.raises((ProviderAway, ProviderTimeout)):
        await yandex(YandexPeer(port=9)).complete(PROMPT, timeout_s=3)
