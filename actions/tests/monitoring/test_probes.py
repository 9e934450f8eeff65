"""What answers, looked at aside."""

import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from prometheus_client import CollectorRegistry, generate_latest

from optfm.monitoring.probes import Probes, certificate_seconds_left


def test_a_certificate_says_when_it_ends_whoever_signed_it(tmp_path):
    """Read from a real TLS server whose certificate nobody trusts and which ends in ten days."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=10))
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "both.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            plain, _ = listener.accept()
            context.wrap_socket(plain, server_side=True).close()

        server = threading.Thread(target=answer)
        server.start()
        left = certificate_seconds_left(f"https://localhost:{listener.getsockname()[1]}")
        server.join()
    assert left is not None and abs(left - 10 * 86_400) < 60


def test_no_certificate_is_no_number():
    """A plain address has none, and a server that is away shows none."""
    assert certificate_seconds_left("http://localhost") is None
    assert certificate_seconds_left("https://127.0.0.1:9") is None


def test_a_probe_that_fails_leaves_the_others(caplog):
    """Its metric is missing rather than old or wrong."""
    answers = iter((1.0, None))

    def broken() -> float:
        raise RuntimeError("no")

    probes = Probes({"a": ("A.", lambda: next(answers)), "b": ("B.", broken)})
    registry = CollectorRegistry()
    registry.register(probes)
    probes.look()
    assert "optfm_a 1.0" in generate_latest(registry).decode()
    assert "optfm_b" not in generate_latest(registry).decode()
    probes.look()
    assert "optfm_a" not in generate_latest(registry).decode()
