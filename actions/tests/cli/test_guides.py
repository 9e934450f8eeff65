"""What the guides tell staff to type is a command."""

import re

import click

from optfm.cli.main import optfm
from optfm.settings import ROOT

#: In a code span or a block: the command and the word after it, if it is a word.
_TYPED = re.compile(r"(?<![\w/.@=-])(?:\./)?optfm ([a-z]+)(?: ([a-z-]+)\b)?")


def typed(text: str) -> set[tuple[str, str]]:
    """Commands and subcommands in the code of a page."""
    code = re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL)
    return {found for piece in code for found in _TYPED.findall(piece)}


def test_every_command_of_the_guides_is_one():
    """Whoever is called at night copies it from the page."""
    seen = 0
    pages = [ROOT / "README.md", ROOT / "README.ru.md", *(ROOT / "docs" / "guides").glob("*.md")]
    for page in pages:
        for name, word in typed(page.read_text(encoding="utf-8")):
            command = optfm.get_command(click.Context(optfm), name)
            assert command is not None, (page.name, name)
            if isinstance(command, click.Group) and word:
                assert word in command.commands, (page.name, name, word)
            seen += 1
    assert seen > 30
