"""A real Weaviate for the tests of the search engines."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from optfm.search.weaviate.address import WeaviateAddress
from optfm.search.weaviate.link import WeaviateLink
from tests.conftest import skip_or_fail
from tests.peers.weaviate import WeaviateServer, binary


@pytest.fixture(scope="session")
def _running_weaviate() -> Iterator[WeaviateServer]:
    program = binary()
    if program is None:
        skip_or_fail("no Weaviate in .tools/bin and no Go to build it: it is not tested")
        return
    with tempfile.TemporaryDirectory(prefix="optfm-weaviate-") as folder:
        server = WeaviateServer(program, Path(folder)).start()
        yield server
        server.stop()


@pytest.fixture
def server(_running_weaviate: WeaviateServer) -> WeaviateServer:
    """A running server with no list in it."""
    link = WeaviateLink(address_of(_running_weaviate))
    for name in link.client.alias.list_all():
        link.client.alias.delete(alias_name=name)
    link.client.collections.delete_all()
    link.close()
    return _running_weaviate


def address_of(server: WeaviateServer) -> WeaviateAddress:
    """What a correct `.env` would say."""
    return WeaviateAddress(
        url=server.url, grpc_port=server.grpc_port, api_key=SecretStr(server.api_key)
    )


@pytest.fixture
def address(server: WeaviateServer) -> WeaviateAddress:
    """Where the server is and its key."""
    return address_of(server)


@pytest.fixture
def link(address: WeaviateAddress) -> Iterator[WeaviateLink]:
    """An open connection to the server."""
    link = WeaviateLink(address)
    yield link
    link.close()
