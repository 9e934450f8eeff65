"""The wire against llama.cpp's own server, with a model file made here."""

import socket
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from optfm.llm.gateway.errors import BadAnswer, ProviderAway, ProviderRefused
from optfm.llm.gateway.model import ChatMessage, Prompt
from optfm.llm.providers.openai_wire import OpenAiWire
from tests.conftest import skip_or_fail
from tests.peers.tiny_model import write_tiny_model

KEY = "key-1"
TEXT = "Маленькая модель всегда говорит это"


def serving(*, endless: bool) -> Iterator[str]:
    try:
        import xllamacpp
    except ImportError:
        skip_or_fail("xllamacpp is not there: llama.cpp's real server is not tested")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "tiny.gguf"
        write_tiny_model(file, endless=endless)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        parameters = xllamacpp.CommonParams()
        parameters.model.path = str(file)
        parameters.hostnames = ["127.0.0.1"]
        parameters.port = port
        parameters.n_ctx = 512
        parameters.api_keys = [KEY]
        server = xllamacpp.Server(parameters)
        address = f"http://127.0.0.1:{port}"
        for _ in range(200):
            try:
                urllib.request.urlopen(f"{address}/health", timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield f"{address}/v1"
        del server


@pytest.fixture(scope="module")
def llama() -> Iterator[str]:
    yield from serving(endless=False)


@pytest.fixture(scope="module")
def endless() -> Iterator[str]:
    yield from serving(endless=True)


def wire(url: str, key: str = KEY) -> OpenAiWire:
    return OpenAiWire(name="ollama", base_url=url, api_key=key, model="m", temperature=0.0)


def prompt(text: str = "Привет", tokens: int = 40, *, json: bool = False) -> Prompt:
    return Prompt(
        messages=(ChatMessage("system", "Я"), ChatMessage("user", text)),
        max_tokens=tokens,
        json=json,
    )


async def test_a_real_server_answers(llama: str):
    """Text and token counts come over the wire."""
    reply = await wire(llama).complete(prompt(), timeout_s=20)
    assert reply.text.strip() == TEXT
    assert reply.tokens_in > 0 and reply.tokens_out > 0


async def test_a_wrong_key_is_refused(llama: str):
    """401 of the real server."""
    with pytest.raises(ProviderRefused):
        await wire(llama, key="other").complete(prompt(), timeout_s=20)


async def test_a_prompt_beyond_the_context_is_refused(llama: str):
    """400 exceed_context_size_error: another try would not help."""
    with pytest.raises((ProviderRefused, ProviderAway)):
        await wire(llama).complete(prompt("слово " * 2000), timeout_s=20)


async def test_a_model_that_never_stops_is_cut_and_not_taken(endless: str):
    """max_tokens ends it; half an answer is none."""
    with pytest.raises(BadAnswer):
        await wire(endless).complete(prompt(tokens=30), timeout_s=20)


async def test_the_check_is_the_list_of_models(llama: str):
    """A wrong name is found, although the server itself ignores names."""
    with pytest.raises(ProviderRefused):
        await wire(llama).check(timeout_s=20)
