"""The action server: `python -m optfm.dialogue --port 5055`, on this machine only."""

import asyncio
import gc
import logging

import click
import uvloop
from prometheus_client import CollectorRegistry, Gauge, ProcessCollector
from rasa_sdk.endpoint import run

from optfm.bootstrap import settings
from optfm.dialogue import actions
from optfm.dialogue.measuring import MeasuredExecutor, serve_metrics
from optfm.dialogue.serving import serve_at_the_door
from optfm.dialogue.shop import open_shop
from optfm.monitoring import LoopAges


@click.command()
@click.option("--port", type=int, default=5055, show_default=True)
def main(port: int) -> None:
    """Serve the actions until SIGTERM."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    configured = settings()
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    registry.register(LoopAges())
    serve_at_the_door()
    serve_metrics(registry, configured.metrics_token.get_secret_value())
    with open_shop(configured) as shop:
        age = Gauge(
            "optfm_price_follower_age_seconds",
            "Since it was last seen which price list is active.",
            registry=registry,
        )
        age.set_function(shop.prices.age_s)
        executor = MeasuredExecutor(registry)
        for action in actions(shop):
            executor.register_action(action)
        # Sanic sets it in the worker processes of its own only, and rasa-sdk starts none.
        asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
        run(executor, port=port)
    # At its end Python would look through the whole price index for garbage: half a second of
    # processor, which whoever waits for the next action server waits for, too.
    gc.freeze()


if __name__ == "__main__":
    main(prog_name="optfm.dialogue")
