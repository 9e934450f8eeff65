"""Vectors by the vendors' own libraries, pointed at strict stand-ins of their wires."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import grpc
import numpy as np
import pytest

from optfm.llm.providers import vendor_embeddings
from optfm.llm.providers.embeddings import embedder_of
from optfm.llm.providers.vendor_embeddings import SberEmbedder, YandexEmbedder
from optfm.llm.providers.wire_embeddings import EmbeddingsAway
from optfm.settings import Settings
from tests.llm.test_sber import GigaPeer
from tests.peers import crm, yandex_gpt
from tests.peers.models import KEY, ModelServer
from tests.peers.yandex_gpt import YandexPeer

TEXTS = ["где гараж", "в"]


@pytest.fixture
async def cloud() -> AsyncIterator[YandexPeer]:
    async with yandex_gpt.serving(YandexPeer(faulty_for_ever=False)) as peer:
        yield peer


@pytest.fixture
def giga() -> Iterator[GigaPeer]:
    with crm.serving(GigaPeer()) as peer:
        assert isinstance(peer, GigaPeer)
        yield peer


def yandex(peer: YandexPeer, *, key: str = "AQVN-key") -> YandexEmbedder:
    return YandexEmbedder(folder_id="folder-1", key=key, address=f"http://127.0.0.1:{peer.port}")


def sber(peer: GigaPeer, *, key: str = "a2V5") -> SberEmbedder:
    return SberEmbedder(
        key=key,
        scope="GIGACHAT_API_PERS",
        base_url=f"{peer.url}/v1",
        auth_url=f"{peer.url}/oauth",
    )


async def test_yandex_has_one_model_for_rows_and_one_for_questions(cloud: YandexPeer):
    """Unit vectors in the order of the texts; nothing is logged over there."""
    model = yandex(cloud)
    rows = await asyncio.to_thread(model.rows, TEXTS)
    asked = await asyncio.to_thread(model.question, TEXTS[1])
    assert rows.shape == (2, 8)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1) and np.allclose(rows[1], asked)
    assert [request.model_uri for _, request in cloud.calls] == [
        "emb://folder-1/text-search-doc/latest",
        "emb://folder-1/text-search-doc/latest",
        "emb://folder-1/text-search-query/latest",
    ]
    assert all(headers["x-data-logging-enabled"] == "false" for headers, _ in cloud.calls)


async def test_a_limit_by_the_second_is_waited_out_for_rows_only(
    cloud: YandexPeer, monkeypatch: pytest.MonkeyPatch
):
    """The vendor allows ten a second; a customer's question does not wait for it."""
    monkeypatch.setattr(vendor_embeddings, "_PAUSE_S", 0.01)
    model = yandex(cloud)
    cloud.fault = grpc.StatusCode.RESOURCE_EXHAUSTED
    assert len(await asyncio.to_thread(model.rows, TEXTS)) == 2
    cloud.fault = grpc.StatusCode.RESOURCE_EXHAUSTED
    with pytest.raises(EmbeddingsAway):
        await asyncio.to_thread(model.question, "где")


async def test_a_wrong_key_leaves_the_words(cloud: YandexPeer):
    """Said as what the search expects of a model that is away."""
    with pytest.raises(EmbeddingsAway, match="UNAUTHENTICATED"):
        await asyncio.to_thread(yandex(cloud, key="other").question, "где")


def test_gigachat_makes_vectors_of_many_texts_at_once(giga: GigaPeer):
    """In the order of the texts, whatever order they come back in; one token serves all."""
    model = sber(giga)
    rows, asked = model.rows(TEXTS), model.question(TEXTS[1])
    assert np.allclose(np.linalg.norm(rows, axis=1), 1) and np.allclose(rows[1], asked)
    assert [call.path for call in giga.calls] == ["/oauth", "/v1/embeddings", "/v1/embeddings"]


@pytest.mark.parametrize(
    "fault", [(500, {}, {}), (200, {"object": "list", "data": []}, {}), (200, {"x": 1}, {})]
)
def test_gigachats_faults_leave_the_words(fault, giga: GigaPeer):
    """Server errors, no vectors, another answer than was documented."""
    model = sber(giga)
    model.question("где")
    giga.faults.append(fault)
    with pytest.raises(EmbeddingsAway):
        model.question("где")


def test_the_settings_lead_to_the_vendor(giga: GigaPeer):
    """The key of the language model serves where there is no other."""
    settings = Settings(
        embeddings_provider="sber",
        embeddings_url=f"{giga.url}/v1",
        sber_auth_url=f"{giga.url}/oauth",
        ai_provider="sber",
        ai_api_key="a2V5",
    )
    model = embedder_of(settings)
    assert model is not None and model.question("где").shape == (8,)


@pytest.mark.parametrize(
    "given", [{"embeddings_provider": "sber"}, {"embeddings_provider": "yandex", "ai_api_key": "k"}]
)
def test_a_vendor_without_a_key_is_refused_at_once(given: dict[str, str]):
    """With the name of what is missing."""
    with pytest.raises(ValueError, match="EMBEDDINGS_API_KEY"):
        Settings(**given)


def test_what_a_customer_wrote_of_himself_is_not_sent_for_a_vector(server: ModelServer):
    """Neither to a vendor nor to anybody's server."""
    model = embedder_of(
        Settings(
            embeddings_provider="openai",
            embeddings_url=server.url,
            embeddings_api_key=KEY,
            embeddings_model="m",
        )
    )
    assert model is not None
    model.question("это Олег, 8 912 345 67 89, где дисплей")
    assert server.embedded == ["это [имя-1], [телефон-1], где дисплей"]
