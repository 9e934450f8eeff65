"""Two servers of one machine have a turn of one dialog one after the other."""

import asyncio
import subprocess
import sys
import time

from conftest import ROOT

from connectors.inbox.locks import MachineLocks

_HOLD = """
import asyncio, sys
from pathlib import Path
from connectors.inbox.locks import MachineLocks

async def main():
    async with MachineLocks(Path(sys.argv[1])).message("one"):
        print("held", flush=True)
        sys.stdin.readline()

asyncio.run(main())
"""


def _holder(folder) -> subprocess.Popen:
    """Another server in the middle of a turn."""
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", _HOLD, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout.readline() == b"held\n"
    return process


async def _taken_within(locks: MachineLocks, dialog: str, seconds: float) -> bool:
    async def take() -> None:
        async with locks.message(dialog):
            pass

    try:
        await asyncio.wait_for(take(), seconds)
    except asyncio.TimeoutError:
        return False
    return True


def test_a_dialog_waits_for_the_other_server_and_others_do_not(tmp_path):
    """It goes on as soon as the other one has done."""
    other, locks = _holder(tmp_path), MachineLocks(tmp_path)
    assert not asyncio.run(_taken_within(locks, "one", 0.3))
    assert asyncio.run(_taken_within(locks, "two", 0.3))
    other.communicate(b"\n", timeout=20)
    assert asyncio.run(_taken_within(locks, "one", 0.3))


def test_a_dead_server_holds_nothing(tmp_path):
    """The kernel gives back what it had, at once."""
    other, locks = _holder(tmp_path), MachineLocks(tmp_path)
    other.kill()
    other.communicate(timeout=20)
    began = time.monotonic()
    assert asyncio.run(_taken_within(locks, "one", 1))
    assert time.monotonic() - began < 0.5
