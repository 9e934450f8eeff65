"""The embedded Postgres: private, borrowed by several, back after a kill."""

import os
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from optfm.db.embedded import EmbeddedPostgres
from optfm.errors import Refused


@pytest.fixture
def var() -> Iterator[Path]:
    """A run-time folder that any user may walk to."""
    with tempfile.TemporaryDirectory(prefix="optfm-") as folder:
        os.chmod(folder, 0o711)
        yield Path(folder) / "var"


def _modes(folder: Path) -> dict[Path, int]:
    return {path: stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.parents)}


def test_a_borrowed_server_answers_and_ends_with_the_block(var: Path):
    """A command without a running bot starts the server only for itself."""
    postgres = EmbeddedPostgres(var)
    with postgres.borrow() as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert postgres.pid() is None


def test_no_mode_of_a_folder_above_changes(var: Path):
    """Starting it opens nobody's home folder."""
    var.mkdir()
    before = _modes(var)
    with EmbeddedPostgres(var).borrow():
        assert _modes(var) == before


def test_nobody_else_reaches_the_socket(var: Path):
    """The server listens on no network address and its socket's folder is private."""
    postgres = EmbeddedPostgres(var)
    with postgres.borrow() as url, psycopg.connect(url) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert stat.S_IMODE(postgres.socket_folder.stat().st_mode) == 0o700


def test_data_outlives_a_kill(var: Path):
    """After SIGKILL a new server starts on the same data, which is whole."""
    postgres = EmbeddedPostgres(var)
    process = postgres.own()
    try:
        with psycopg.connect(postgres.url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
        process.kill()
        process.wait()
        postgres.start()
        with psycopg.connect(postgres.url) as connection:
            assert connection.execute("SELECT n FROM kept").fetchone() == (7,)
    finally:
        postgres.stop()


def test_a_second_borrower_keeps_the_server_of_the_first(var: Path):
    """The command that started the server waits for the one beside it."""
    holder = (
        "import sys; from pathlib import Path; "
        "from optfm.db.embedded import EmbeddedPostgres\n"
        "with EmbeddedPostgres(Path(sys.argv[1])).borrow() as url:\n"
        "    print(url, flush=True); sys.stdin.readline()\n"
    )
    first = subprocess.Popen(
        [sys.executable, "-c", holder, str(var)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert first.stdin and first.stdout
    first.stdout.readline()
    with EmbeddedPostgres(var).borrow() as url:
        first.stdin.write("\n")
        first.stdin.flush()
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    assert first.wait(timeout=20) == 0
    first.stdin.close()
    first.stdout.close()
    assert EmbeddedPostgres(var).pid() is None


def test_the_server_ends_when_its_parent_is_killed(var: Path):
    """No orphan is left by kill -9 of the command that started it."""
    if sys.platform != "linux":
        pytest.skip("only Linux tells a child of its parent's death")
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time; from pathlib import Path; "
            "from optfm.db.embedded import EmbeddedPostgres; "
            "EmbeddedPostgres(Path(sys.argv[1])).own(); print('up', flush=True); time.sleep(60)",
            str(var),
        ],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert parent.stdout
    parent.stdout.readline()
    postgres = EmbeddedPostgres(var)
    assert postgres.pid() is not None
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    for _ in range(100):
        if postgres.pid() is None:
            break
        subprocess.run(["sleep", "0.1"], check=True)
    assert postgres.pid() is None


def test_a_broken_cluster_is_one_clear_line(var: Path):
    """Damaged data stops the start with Postgres' own reason."""
    postgres = EmbeddedPostgres(var)
    with postgres.borrow():
        pass
    (postgres.data / "global" / "pg_control").unlink()
    with pytest.raises(Refused, match="Postgres не запускается: .*pg_control"):
        postgres.start()


def test_a_private_folder_above_moves_the_cluster_instead_of_opening_it():
    """As root with a 0700 home the data goes to /var/lib, and no mode changes."""
    if os.geteuid() != 0:
        pytest.skip("only root runs the server as another user")
    with tempfile.TemporaryDirectory(prefix="optfm-private-") as folder:
        var = Path(folder) / "var"
        var.mkdir()
        before = _modes(var)
        postgres = EmbeddedPostgres(var)
        try:
            with postgres.borrow() as url, psycopg.connect(url) as connection:
                assert connection.execute("SELECT 1").fetchone() == (1,)
            assert not postgres.data.is_relative_to(var)
            assert _modes(var) == before
        finally:
            subprocess.run(["rm", "-rf", str(postgres.data.parent)], check=True)
