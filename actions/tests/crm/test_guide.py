"""The receiver of docs/guides/crm.md, run as it is printed there."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from optfm.crm.webhook import Webhook
from optfm.outbox.entries import Later
from optfm.settings import ROOT


@pytest.fixture
def receiver() -> Iterator[str]:
    """The address of the guide's ten lines."""
    guide = (ROOT / "docs" / "guides" / "crm.md").read_text(encoding="utf-8")
    found = re.search(r"```python\n(.*?)```", guide, re.DOTALL)
    assert found
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = {**os.environ, "CRM_API_KEY": "key", "PORT": str(port)}
    process = subprocess.Popen(
        [sys.executable, "-c", found[1]], env=environ, stderr=subprocess.DEVNULL
    )
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    process.kill()
    process.wait()


def test_the_guides_receiver_takes_what_we_sign_and_nothing_else(receiver: str):
    """A reader who copies it has a working one."""
    Webhook(receiver, "key").comment("1", "проверка", key="k")
    with pytest.raises(Later, match="403"):
        Webhook(receiver, "another").comment("1", "проверка", key="k")
