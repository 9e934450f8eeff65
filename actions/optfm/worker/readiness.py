"""How the supervisor, in another process, knows that the worker takes jobs."""

from pathlib import Path

import psutil

_FILE = "worker.pid"


def tell_ready(var: Path, pid: int) -> None:
    """Say that the worker with this process id takes jobs."""
    (var / _FILE).write_text(f"{pid} {psutil.Process(pid).create_time()}", encoding="ascii")


def is_ready(var: Path) -> bool:
    """Whether the worker that said so last is alive."""
    try:
        pid, began = (var / _FILE).read_text(encoding="ascii").split()
        return psutil.Process(int(pid)).create_time() == float(began)
    except (OSError, ValueError, psutil.Error):
        return False
