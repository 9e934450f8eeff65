"""Run the peer until it is ended."""

import argparse

from aiohttp import web

from tests.peers.telegram.bot_methods import BotMethods
from tests.peers.telegram.control import Control
from tests.peers.telegram.running import TOKEN
from tests.peers.telegram.server import BotApi
from tests.peers.telegram.updates import Updates
from tests.peers.telegram.world import World


def application(token: str, *, http_webhooks: bool = True) -> web.Application:
    """The server's routes.

    :param http_webhooks: as a Bot API server of one's own allows them; the public one does not.
    """
    updates = Updates()
    api = BotApi(BotMethods(World(token), updates, http_webhooks=http_webhooks))
    control = Control(api)
    app = web.Application(client_max_size=60 * 2**20)
    app.router.add_route("*", "/bot{token}/{method}", api.handle)
    app.router.add_get("/file/bot{token}/{path:.+}", api.download)
    app.router.add_route("*", "/control/{word}", control.handle)
    return app


def main() -> None:
    """Read the options and serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--https-webhooks-only", action="store_true")
    options = parser.parse_args()
    app = application(options.token, http_webhooks=not options.https_webhooks_only)
    web.run_app(app, host="127.0.0.1", port=options.port, print=None, shutdown_timeout=1)


if __name__ == "__main__":
    main()
