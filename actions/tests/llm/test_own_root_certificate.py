"""AI_CA_FILE over real TLS: an unknown root is refused, with the setting it is trusted."""

from pathlib import Path

import grpc
import pytest

from optfm.llm.gateway.errors import ProviderAway, ProviderTimeout
from optfm.llm.gateway.model import ChatMessage, Prompt, Provider
from optfm.llm.providers.providers import providers
from optfm.llm.providers.vendor_embeddings import SberEmbedder
from optfm.llm.providers.wire_embeddings import EmbeddingsAway
from optfm.settings import Settings
from tests.llm.test_sber import GigaPeer
from tests.peers import crm, yandex_gpt
from tests.peers.models import KEY, ModelServer, serving
from tests.peers.own_ca import OwnCa, own_ca
from tests.peers.yandex_gpt import YandexPeer

PROMPT = Prompt(
    messages=(ChatMessage("system", "Правила"), ChatMessage("user", "Вопрос")), max_tokens=50
)


@pytest.fixture(scope="module")
def ca(tmp_path_factory: pytest.TempPathFactory) -> OwnCa:
    return own_ca(tmp_path_factory.mktemp("ca"))


@pytest.fixture(scope="module")
def strangers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another root: a file that is set, but the wrong one."""
    return own_ca(tmp_path_factory.mktemp("strangers"), "Another Root CA").root


def model(ca_file: Path | None, **more: str) -> Provider:
    (one,) = providers(Settings(ai_ca_file=ca_file, ai_api_key="a2V5", **more))
    return one


async def said(provider: Provider) -> str:
    try:
        return (await provider.complete(PROMPT, timeout_s=5)).text
    finally:
        await provider.close()


async def test_gigachat_needs_the_root_that_the_setting_names(ca: OwnCa, strangers: Path):
    """Both its addresses, tokens and answers, are behind that certificate."""
    with crm.serving(GigaPeer(), ca.server_side()) as peer:
        places = {
            "ai_provider": "sber",
            "ai_base_url": f"{peer.url}/v1",
            "sber_auth_url": f"{peer.url}/oauth",
        }
        for wrong in (None, strangers):
            with pytest.raises(ProviderAway, match="certificate verify failed"):
                await said(model(wrong, **places))
        assert not peer.calls, "no key was sent to a server that was not trusted"
        assert await said(model(ca.root, **places)) == "Здравствуйте"


def test_gigachats_vectors_need_it_too(ca: OwnCa):
    """The same client, the same certificate."""
    with crm.serving(GigaPeer(), ca.server_side()) as peer:
        places = {"base_url": f"{peer.url}/v1", "auth_url": f"{peer.url}/oauth"}
        account = {"key": "a2V5", "scope": "GIGACHAT_API_PERS"}
        with pytest.raises(EmbeddingsAway, match="certificate verify failed"):
            SberEmbedder(**account, **places).question("где")
        trusted = SberEmbedder(**account, **places, ca_file=ca.root)
        assert trusted.question("где").shape == (8,)


async def test_a_proxy_with_the_openai_wire_behind_an_own_root(ca: OwnCa):
    """The usual root certificates stay out of it."""
    with serving(ModelServer(), tls=ca.server_side()) as server:
        places = {"ai_provider": "openai", "ai_model": "m", "ai_base_url": server.url}
        with pytest.raises(ProviderAway):
            await said(model(None, **places))
        (trusted,) = providers(Settings(ai_ca_file=ca.root, ai_api_key=KEY, **places))
        assert await said(trusted) == "Здравствуйте"
        assert not server.complaints


async def test_yandex_behind_an_own_root(ca: OwnCa):
    """gRPC's own TLS takes the file as well."""
    pair = [(ca.key.read_bytes(), ca.certificate.read_bytes())]
    async with yandex_gpt.serving(YandexPeer(), grpc.ssl_server_credentials(pair)) as peer:
        places = {
            "ai_provider": "yandex",
            "yandex_folder_id": "folder-1",
            "ai_base_url": f"https://127.0.0.1:{peer.port}",
        }
        with pytest.raises((ProviderAway, ProviderTimeout)):
            await said(model(None, **places))
        (trusted,) = providers(Settings(ai_ca_file=ca.root, **places, ai_api_key="AQVN-key"))
        assert await said(trusted) == "Здравствуйте"


def test_a_file_that_is_no_certificate_is_refused_at_once(tmp_path: Path):
    """A clear line at the start rather than a failing handshake later."""
    file = tmp_path / "root.pem"
    file.write_text("not a certificate", encoding="utf-8")
    with pytest.raises(ValueError, match="AI_CA_FILE"):
        Settings(ai_ca_file=file)
