"""Whatever is killed while a request is left, it is stored once and told of once."""

import random
import subprocess
import sys

import kill_loop
from kill_loop import run


def test_requests_survive_the_death_of_any_part():
    """Twelve kills in an everyday test; `make kills` makes two hundred."""
    assert run(12, random.Random(7)) == 0


def test_the_loop_starts_by_itself():
    """`make kills` is no test: what pytest finds for it must be found without."""
    command = [sys.executable, kill_loop.__file__, "--help"]
    assert subprocess.run(command, capture_output=True, timeout=120).returncode == 0
