"""What the worker watches where the bot has a certificate and Telegram."""

import time

from prometheus_client import CollectorRegistry, generate_latest
from sqlalchemy import Engine

from optfm.settings import Settings
from optfm.worker import watching


def test_what_is_configured_is_watched(engine: Engine, tmp_path, monkeypatch):
    """Neither a site without a certificate nor a bot without Telegram has an alert for it."""
    registry = CollectorRegistry()
    plain = Settings(optfm_var=tmp_path, optfm_logs=tmp_path)
    watching.watch(plain, engine, registry)
    shown = generate_latest(registry).decode()
    assert "optfm_disk_free_bytes" in shown and "optfm_telegram_up" not in shown
    whole = CollectorRegistry()
    configured = plain.model_copy(
        update={
            "public_url": "https://127.0.0.1:9",
            "telegram_api_url": "http://127.0.0.1:9",
            "telegram_bot_token": type(plain.telegram_bot_token)("1:nobody"),
        }
    )
    monkeypatch.setattr(watching, "certificate_seconds_left", lambda url: 86_400.0)
    watching.watch(configured, engine, whole)
    deadline = time.monotonic() + 60
    wanted = ("optfm_certificate_seconds_left 86400.0", "optfm_telegram_up 0.0")
    while not all(line in generate_latest(whole).decode() for line in wanted):
        assert time.monotonic() < deadline, "the probes show nothing"
        time.sleep(0.1)
