"""A terminal whose code page lacks a sign of ours shows another in its place."""

import os
import subprocess
import sys

from optfm.settings import ROOT

#: A command that says a price, started as the launcher starts all of them.
_PRICE = """
import runpy, sys, click
sys.argv = ["optfm", "--help"]
click.Group.main = lambda self, **named: click.echo("1 234 ₽")
runpy.run_module("optfm.cli.main", run_name="__main__")
"""


def test_a_code_page_without_a_sign_is_no_error():
    """What can be shown is, and the command does its work."""
    environ = {"PYTHONIOENCODING": "cp1251", "PYTHONPATH": str(ROOT / "actions")}
    done = subprocess.run(
        [sys.executable, "-c", _PRICE], env={**os.environ, **environ}, capture_output=True
    )
    assert done.returncode == 0, done.stderr
    assert b"1 234 ?" in done.stdout
