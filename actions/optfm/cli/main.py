"""`optfm …`: the shop's commands, each from a module that is imported when it is asked."""

import importlib
import io
import sys

import click

#: Where each command stands. `optfm --help` alone imports them all.
COMMANDS = {
    "api": "optfm.cli.api:api",
    "backup": "optfm.cli.backup:backup",
    "content": "optfm.cli.content:content",
    "db": "optfm.cli.db:db",
    "deploy": "optfm.cli.deploy:deploy",
    "doctor": "optfm.cli.doctor:doctor",
    "erase": "optfm.cli.erase:erase",
    "export": "optfm.cli.erase:export",
    "llm": "optfm.cli.llm:llm",
    "orders": "optfm.cli.orders:orders",
    "outbox": "optfm.cli.outbox:outbox",
    "prices": "optfm.cli.prices:prices",
    "rasa": "optfm.cli.rasa:rasa",
    "requests": "optfm.cli.requests:requests",
    "run": "optfm.cli.run:run",
    "staff": "optfm.cli.staff:staff",
    "watches": "optfm.cli.watches:watches",
}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def optfm() -> None:
    """Команды бота OptFM: прайс-лист, заявки, запуск и проверка."""


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal in cp1251 has no «₽»
    optfm(prog_name="optfm")
