"""The errors that a person may read; everything else is a bug and keeps its traceback.

- Refused: a command, a file or a setting that we do not take; one line says what is wrong and
  how to mend it.
"""

import click


class Refused(click.ClickException):
    """What was asked is not done, and nothing was changed.

    Exit code 1 and one line on stderr when it leaves a command (DESIGN section 5, CLI).

    :param message: one line in Russian: what is wrong and how to mend it.
    """

    exit_code = 1

    def show(self, file: object = None) -> None:
        click.echo(f"optfm: {' '.join(self.message.split())}", err=True)
