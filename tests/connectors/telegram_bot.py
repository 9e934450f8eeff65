"""A toy bot that talks in the strict Telegram of actions/tests/peers."""

import contextlib
import sys

from conftest import ROOT, free_port
from toy_bot import running

sys.path.insert(0, str(ROOT / "actions"))
from tests.peers.telegram.running import Telegram, telegram_peer

__all__ = ["Telegram", "talking", "telegram_peer"]

#: Telegram's servers take no plain HTTP; a Bot API server of one's own does.
SECRET = "a-secret-that-only-telegram-knows"


@contextlib.contextmanager
def talking(postgres_url, folder, model, **environ):
    """A running bot and its Telegram, for the block."""
    with telegram_peer(free_port()) as telegram:
        settings = {"TELEGRAM_BOT_TOKEN": telegram.token, "TELEGRAM_API_URL": telegram.url}
        with running(postgres_url, folder, model, **settings, **environ) as server:
            yield server, telegram
