"""What is wrong with a Weaviate server is said in one line that tells how to mend it."""

import json
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from pydantic import SecretStr

from optfm.search.weaviate.address import WeaviateAddress, WeaviateUnusable
from optfm.search.weaviate.link import WeaviateLink


def refusal(address: WeaviateAddress) -> str:
    with pytest.raises(WeaviateUnusable) as caught:
        WeaviateLink(address)
    return str(caught.value)


@pytest.mark.parametrize("key", ["wrong", ""])
def test_wrong_or_missing_key_is_named(address, key):
    """The line names the setting and not the key."""
    line = refusal(replace(address, api_key=SecretStr(key)))
    assert "WEAVIATE_API_KEY" in line
    assert address.api_key.get_secret_value() not in line


def test_nobody_listening_is_named(address):
    """A closed port points at WEAVIATE_URL."""
    assert "WEAVIATE_URL" in refusal(replace(address, url="http://127.0.0.1:1"))


def test_wrong_grpc_port_is_named(address):
    """REST alone is not enough, and the line says which of the two is missing."""
    assert "WEAVIATE_GRPC_PORT" in refusal(replace(address, grpc_port=1))


def test_server_without_aliases_is_too_old(address):
    """A server older than 1.32 is refused with both versions."""

    class Old(BaseHTTPRequestHandler):
        def do_GET(self):
            body = json.dumps({"version": "1.31.9"}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Old) as old:
        threading.Thread(target=old.serve_forever, daemon=True).start()
        line = refusal(replace(address, url=f"http://127.0.0.1:{old.server_port}"))
        old.shutdown()
    assert "1.31.9" in line
    assert "1.32" in line
