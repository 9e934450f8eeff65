"""GigaChat by the vendor's library, pointed at a strict stand-in over real HTTP."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from optfm.llm.gateway.errors import (
    BadAnswer,
    ProviderAway,
    ProviderBusy,
    ProviderFiltered,
    ProviderRefused,
)
from optfm.llm.gateway.model import ChatMessage, Prompt
from optfm.llm.providers.sber import Sber
from tests.peers.crm import Answer, Call, StandIn, serving

PROMPT = Prompt(
    messages=(ChatMessage("system", "Правила"), ChatMessage("user", "Вопрос")), max_tokens=50
)


@dataclass
class GigaPeer(StandIn):
    """Tokens and answers; refuses what the vendor documents as wrong."""

    finish: str = "stop"
    tokens: int = 0
    token_s: float = 1800.0  #: how long a token lives

    def reply(self, call: Call) -> Answer:
        if call.path == "/oauth":
            return self._token(call)
        if call.headers.get("authorization") != f"Bearer token-{self.tokens}":
            return 401, {"status": 401, "message": "Token has expired"}, {}
        if call.path == "/v1/models":
            model = {"id": "GigaChat", "object": "model", "owned_by": "salutedevices"}
            return 200, {"object": "list", "data": [model]}, {}
        if call.path == "/v1/embeddings":
            return self._embeddings(call)
        if call.path != "/v1/chat/completions" or call.content["max_tokens"] not in (50, 300):
            return self.refuse(call, "path or limits")
        if [m["role"] for m in call.content["messages"]] != ["system", "user"]:
            return self.refuse(call, "roles")
        message = {"role": "assistant", "content": "Здравствуйте"}
        used = {"prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 15}
        return (
            200,
            {
                "choices": [{"message": message, "index": 0, "finish_reason": self.finish}],
                "created": 1,
                "model": "GigaChat",
                "object": "chat.completion",
                "usage": used,
            },
            {},
        )

    def _embeddings(self, call: Call) -> Answer:
        if set(call.content) != {"input", "model"} or call.content["model"] != "Embeddings":
            return self.refuse(call, "fields")
        data = [
            {
                "object": "embedding",
                "index": n,
                "embedding": [text.lower().count(letter) for letter in "абвгдежз"],
                "usage": {"prompt_tokens": 3},
            }
            for n, text in enumerate(call.content["input"])
        ]
        return 200, {"object": "list", "data": data[::-1], "model": "Embeddings"}, {}

    def _token(self, call: Call) -> Answer:
        if call.headers.get("authorization") != "Basic a2V5" or "rquid" not in call.headers:
            return 401, {"code": 6, "message": "credentials"}, {}
        if call.body != b"scope=GIGACHAT_API_PERS":
            return 400, {"code": 1, "message": "scope"}, {}
        self.tokens += 1
        ends = int((time.time() + self.token_s) * 1000)
        return 200, {"access_token": f"token-{self.tokens}", "expires_at": ends}, {}


@pytest.fixture
def peer() -> Iterator[GigaPeer]:
    with serving(GigaPeer()) as peer:
        assert isinstance(peer, GigaPeer)
        yield peer


def sber(peer: GigaPeer, *, key: str = "a2V5", model: str = "GigaChat") -> Sber:
    return Sber(
        key=key,
        scope="GIGACHAT_API_PERS",
        model=model,
        temperature=0.1,
        base_url=f"{peer.url}/v1",
        auth_url=f"{peer.url}/oauth",
    )


async def test_the_whole_request_is_as_the_vendor_wants_it(peer: GigaPeer):
    """A token for the key and scope, then the question with it."""
    reply = await sber(peer).complete(PROMPT, timeout_s=5)
    assert (reply.text, reply.tokens_in, reply.tokens_out) == ("Здравствуйте", 12, 3)
    assert [call.path for call in peer.calls] == ["/oauth", "/v1/chat/completions"]


async def test_a_token_is_renewed_when_it_is_refused(peer: GigaPeer):
    """One token serves many questions; an expired one is replaced and the question goes on."""
    model = sber(peer)
    await model.complete(PROMPT, timeout_s=5)
    await model.complete(PROMPT, timeout_s=5)
    assert peer.tokens == 1
    peer.tokens = 7  # what it holds is no longer valid
    assert (await model.complete(PROMPT, timeout_s=5)).text == "Здравствуйте"
    assert peer.tokens == 8


async def test_a_token_is_renewed_when_it_ends(peer: GigaPeer):
    """By its date, before a question is sent with it: no call is refused for that."""
    peer.token_s = -1.0
    model = sber(peer)
    await model.complete(PROMPT, timeout_s=5)
    await model.complete(PROMPT, timeout_s=5)
    assert [call.path for call in peer.calls] == 2 * ["/oauth", "/v1/chat/completions"]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ((429, {}, {"Retry-After": "3"}), ProviderBusy),
        ((500, {}, {}), ProviderAway),
        ((400, {"message": "no"}, {}), ProviderRefused),
        ((404, {"message": "No such model"}, {}), ProviderRefused),
        ((200, {"what": "else"}, {}), BadAnswer),
    ],
)
async def test_each_fault_has_its_name(fault, error, peer: GigaPeer):
    """The library's own tries are off."""
    model = sber(peer)
    await model.complete(PROMPT, timeout_s=5)
    peer.faults.append(fault)
    with pytest.raises(error):
        await model.complete(PROMPT, timeout_s=5)
    assert len(peer.calls) == 3


@pytest.mark.parametrize(
    ("finish", "error"), [("blacklist", ProviderFiltered), ("length", BadAnswer)]
)
async def test_filtered_and_cut_answers_are_none(finish, error, peer: GigaPeer):
    """The vendor says so in finish_reason, with 200."""
    peer.finish = finish
    with pytest.raises(error):
        await sber(peer).complete(PROMPT, timeout_s=5)


async def test_the_check_knows_a_wrong_key_and_model(peer: GigaPeer):
    """For nothing: the list of models."""
    await sber(peer).check(timeout_s=5)
    with pytest.raises(ProviderRefused):
        await sber(peer, key="bm8=").check(timeout_s=5)
    with pytest.raises(ProviderRefused):
        await sber(peer, model="nope").check(timeout_s=5)
