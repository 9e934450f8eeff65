"""The action server: `python -m optfm.dialogue --port 5055`, on this machine only."""

import logging

import click
from rasa_sdk.endpoint import run
from rasa_sdk.executor import ActionExecutor

from optfm.bootstrap import settings
from optfm.dialogue import actions
from optfm.dialogue.shop import open_shop


@click.command()
@click.option("--port", type=int, default=5055, show_default=True)
def main(port: int) -> None:
    """Serve the actions until SIGTERM."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    with open_shop(settings()) as shop:
        executor = ActionExecutor()
        for action in actions(shop):
            executor.register_action(action)
        run(executor, port=port)


if __name__ == "__main__":
    main(prog_name="optfm.dialogue")
