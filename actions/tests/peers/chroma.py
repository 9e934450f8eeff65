"""A real Chroma server for tests: its whole package, in an environment of its own."""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

from optfm.search.chroma.engine import answers
from optfm.settings import ROOT

VERSION = "1.5.9"
_HOME = ROOT / ".tools" / f"chroma-{VERSION}"


def binary() -> Path | None:
    """The program `chroma`, installed where it is missing; None where that cannot be."""
    program = _HOME / "bin" / "chroma"
    if not program.exists():
        uv = shutil.which("uv") or str(ROOT / ".tools" / "bin" / "uv")
        python = _HOME / "bin" / "python"
        for command in (
            [uv, "venv", "-q", "--clear", "--python", sys.executable, str(_HOME)],
            [uv, "pip", "install", "-q", "--python", str(python), f"chromadb=={VERSION}"],
        ):
            try:
                subprocess.run(command, check=True, timeout=300)
            except (OSError, subprocess.SubprocessError):
                return None
    return program if program.exists() else None


class ChromaServer:
    """One server.

    :param folder: its data.
    """

    def __init__(self, program: Path, folder: Path) -> None:
        self._program = program
        self._folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "ChromaServer":
        """Start it, or start it again; returns when it answers."""
        self._process = subprocess.Popen(
            [
                *(str(self._program), "run", "--path", str(self._folder)),
                *("--host", "127.0.0.1", "--port", str(self._port)),
            ],
            env={**os.environ, "ANONYMIZED_TELEMETRY": "false"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 180
        while not answers(self.url):
            assert self._process.poll() is None, "chroma ended"
            assert time.monotonic() < deadline, "chroma does not answer"
            time.sleep(0.1)
        return self

    def kill(self) -> None:
        """End it at once, as a machine that loses its power."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
