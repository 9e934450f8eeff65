"""The wire against a real Ollama, where one is installed: an external check, no part of CI.

`CGO_ENABLED=1 GOBIN=$PWD/.tools/bin go install github.com/ollama/ollama@v0.9.6` builds it.
"""

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from optfm.llm.gateway.errors import BadAnswer, ProviderRefused
from optfm.llm.gateway.model import ChatMessage, Prompt
from optfm.llm.providers.openai_wire import OpenAiWire
from optfm.llm.providers.readiness import check_models
from optfm.settings import ROOT, Settings
from tests.peers.tiny_model import write_tiny_model

_FILE = 'FROM ./{name}.gguf\nTEMPLATE """{{{{ .System }}}} {{{{ .Prompt }}}}"""\n'


@pytest.fixture(scope="module")
def ollama(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Its address; it has `tiny`, that says one sentence, and `loop`, that never stops."""
    program = shutil.which("ollama") or shutil.which("ollama", path=str(ROOT / ".tools" / "bin"))
    if program is None:
        pytest.skip("no Ollama: the real one is not tested")
    folder: Path = tmp_path_factory.mktemp("ollama")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{probe.getsockname()[1]}"
    places = {"OLLAMA_HOST": place, "OLLAMA_MODELS": str(folder / "models"), "HOME": str(folder)}
    env = {**os.environ, **places}
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen([program, "serve"], env=env, stdout=log, stderr=log)
        try:
            for _ in range(150):
                try:
                    urllib.request.urlopen(f"http://{place}/api/version", timeout=1).close()
                    break
                except OSError:
                    time.sleep(0.1)
            for name in ("tiny", "loop"):
                write_tiny_model(folder / f"{name}.gguf", endless=name == "loop")
                (folder / name).write_text(_FILE.format(name=name))
                create = [program, "create", name, "-f", name]
                subprocess.run(create, env=env, cwd=folder, check=True, capture_output=True)
            yield f"http://{place}"
        finally:
            server.terminate()
            server.wait()


def wire(url: str, model: str) -> OpenAiWire:
    return OpenAiWire(name="ollama", base_url=f"{url}/v1", api_key="", model=model, temperature=0.0)


PROMPT = Prompt(messages=(ChatMessage("system", "Я"), ChatMessage("user", "Привет")), max_tokens=30)


async def test_a_real_ollama_answers(ollama: str):
    """Text and token counts come over the wire."""
    reply = await wire(ollama, "tiny").complete(PROMPT, timeout_s=60)
    assert "Маленькая модель" in reply.text and reply.tokens_in and reply.tokens_out


async def test_a_model_that_never_stops_is_cut_and_not_taken(ollama: str):
    """Without `max_tokens` it would have no end there."""
    with pytest.raises(BadAnswer):
        await wire(ollama, "loop").complete(PROMPT, timeout_s=60)


async def test_a_wrong_model_is_refused(ollama: str):
    """404 with its reason; no further try."""
    with pytest.raises(ProviderRefused, match="not found"):
        await wire(ollama, "nope").complete(PROMPT, timeout_s=60)


@pytest.mark.parametrize(("model", "said"), [("tiny", ""), ("nope", "модели «nope» там нет")])
def test_doctor_knows_its_models(model: str, said: str, ollama: str):
    """`tiny` is `tiny:latest` there."""
    settings = Settings(ai_provider="ollama", ai_model=model, ai_base_url=ollama)
    ((_, words),) = check_models(settings)
    assert said in words and bool(words) == bool(said)
