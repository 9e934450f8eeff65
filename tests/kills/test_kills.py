"""Whatever is killed while a request is left, it is stored once and told of once."""

import random

from kill_loop import run


def test_requests_survive_the_death_of_any_part():
    """Twelve kills in an everyday test; `make kills` makes two hundred."""
    assert run(12, random.Random(7)) == 0
